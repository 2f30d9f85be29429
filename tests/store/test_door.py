"""The one write door: compared, written and logged in one transaction, or not at all."""

from __future__ import annotations

import msgspec
import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import Locked, StaleEdit
from fardplan_desktop.domain.records import Activity, Count, Plan
from fardplan_desktop.store import packages
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

PLAN = Plan(id="p1", title="Handlingsplan", type="handlingsplan", year=2026)
MAY = Count(measure="SIP08", period="2026-05", n=4)


def _renamed(plan: Plan, title: str) -> Plan:
    return msgspec.structs.replace(plan, title=title)


def _sealed(period: str, **values: object) -> Delivery:
    whole: dict[str, object] = {
        "digest": f"{period}-{values.get('sequence', 1)}", "direction": Direction.OWN, "kind": "kommun",
        "issuer": "1462", "audience": "fyrbodal", "period": period, "sequence": 1, "supersedes": None, "active": True,
        "approved_at": "2026-09-14T08:00:00Z", "approved_by": "Socialchef", "at": "2026-09-14T08:00:00Z",
        "key_id": "k", "file_name": "p.fardpaket", "file_sha256": "ab", "code_book": 1,
    }  # fmt: skip
    return msgspec.convert({**whole, **values}, Delivery)


def test_a_stale_edit_is_refused_and_nothing_of_its_step_is_written(store: Store, signature: Signature) -> None:
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)
    head = store.history_head()
    with pytest.raises(StaleEdit, match="har ändrats sedan du öppnade den"):
        store.write(
            [Edit(None, MAY), Edit(_renamed(PLAN, "En annan"), _renamed(PLAN, "En tredje"))],
            label="Två på en gång",
            signature=signature,
        )
    assert store.own(Count) == ()
    assert store.own(Plan) == (PLAN,)
    assert store.history_head() == head
    assert store.undo_labels() == ("Ny plan", None)


@pytest.mark.parametrize(
    "edit",
    [Edit(None, _renamed(PLAN, "Finns redan")), Edit(MAY, None), Edit(MAY, msgspec.structs.replace(MAY, n=5))],
    ids=["makes what is there", "removes what is not there", "changes what is not there"],
)
def test_an_edit_must_start_from_what_is_stored(store: Store, signature: Signature, edit: Edit) -> None:
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)
    with pytest.raises(StaleEdit):
        store.write([edit], label="Fel", signature=signature)


def test_a_record_edited_twice_in_one_step_goes_through_both_and_is_undone_as_one(
    store: Store, signature: Signature
) -> None:
    second, third = _renamed(PLAN, "Andra"), _renamed(PLAN, "Tredje")
    store.write([Edit(None, PLAN), Edit(PLAN, second), Edit(second, third)], label="Tre steg", signature=signature)
    assert store.own(Plan) == (third,)
    store.undo(signature)
    assert store.own(Plan) == ()
    store.redo(signature)
    assert store.own(Plan) == (third,)


def test_a_large_step_is_one_step_and_says_what_it_changed(store: Store, signature: Signature) -> None:
    made = [msgspec.structs.replace(MAY, breakdown="alder", value=str(n), n=n) for n in range(1200)]
    change = store.write([Edit(None, each) for each in made], label="1 200 rutor", signature=signature)
    assert (change.kinds, len(change.ids), change.undoable) == (frozenset({"Count"}), 1200, True)
    assert store.own(Count) == tuple(made)
    assert store.history_head().count == 1200
    undone = store.undo(signature)
    assert undone is not None
    assert (undone.label, undone.undoable) == ("1 200 rutor", False)
    assert store.own(Count) == ()
    assert store.check() is None


def test_an_edit_that_changes_nothing_is_no_step(store: Store, signature: Signature) -> None:
    assert store.write([Edit(PLAN, PLAN)], label="Inget", signature=signature).ids == ()
    assert store.undo_labels() == (None, None)
    assert store.undo(signature) is None
    assert store.redo(signature) is None


def test_an_edit_that_turns_one_record_into_another_is_a_bug(store: Store, signature: Signature) -> None:
    with pytest.raises(ValueError, match="turns"):
        store.write([Edit(PLAN, msgspec.structs.replace(PLAN, id="p2"))], label="Fel", signature=signature)


def test_the_next_undo_shows_what_it_would_take_back(store: Store, signature: Signature) -> None:
    assert store.next_undo() is None
    edit = Edit(None, Activity(id="a1", plan="p1", title="Utbilda i SIP", areas=("unga",)))
    store.write([edit], label="Ny aktivitet", signature=signature)
    assert store.next_undo() == (edit,)


def test_history_tells_who_when_and_what_newest_first(store: Store, signature: Signature) -> None:
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)
    store.write([Edit(PLAN, _renamed(PLAN, "Bättre"))], label="Nytt namn", signature=signature)
    store.undo(signature)
    latest = store.history(records=["Plan:p1"])
    assert [(entry.act, entry.label) for entry in latest] == [
        ("undo", "Nytt namn"),
        ("edit", "Nytt namn"),
        ("edit", "Ny plan"),
    ]
    assert (latest[0].who, latest[0].at) == (signature.who, signature.at)
    assert latest[1].before is not None
    assert (latest[1].before["title"], latest[2].before) == ("Handlingsplan", None)


@pytest.mark.parametrize("sealed", ["2026-05", "2026-T2", "2026"])
def test_counts_of_a_sealed_period_and_of_its_months_are_locked(
    store: Store, signature: Signature, sealed: str
) -> None:
    store.write([Edit(None, MAY)], label="Antal", signature=signature)
    packages.add_delivery(store, _sealed(sealed), b"fil", {}, label="Förseglat", signature=signature)
    with pytest.raises(Locked, match=r"maj 2026 är låst.*Öppna rättelse"):
        store.write([Edit(MAY, msgspec.structs.replace(MAY, n=5))], label="Antal", signature=signature)
    april_before = Count(measure="SIP08", period="2025-04", n=1)
    store.write([Edit(None, april_before), Edit(None, PLAN)], label="Annat", signature=signature)
    assert store.own(Count) == (MAY, april_before)


def test_undo_and_redo_of_a_locked_count_are_refused_and_leave_everything(store: Store, signature: Signature) -> None:
    store.write([Edit(None, MAY)], label="Antal", signature=signature)
    packages.add_delivery(store, _sealed("2026-T2"), b"fil", {}, label="Förseglat", signature=signature)
    head = store.history_head()
    with pytest.raises(Locked):
        store.undo(signature)
    assert store.own(Count) == (MAY,)
    assert store.history_head() == head
    assert store.undo_labels() == ("Antal", None)
    packages.reopen(store, "2026-T2-1", reason="Fel siffra", label="Rättelse öppnad", signature=signature)
    store.undo(signature)
    packages.add_delivery(
        store,
        _sealed("2026-T2", sequence=2, supersedes="2026-T2-1"),
        b"fil 2",
        {},
        label="Förseglat",
        signature=signature,
    )
    with pytest.raises(Locked):
        store.redo(signature)
    assert store.undo_labels() == (None, "Antal")
