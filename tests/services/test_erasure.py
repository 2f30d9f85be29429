"""*Rensa uppgift*: the texts are gone, from the record, its history, the index and the bytes; the rest stands."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import RECORD_TYPES, Activity, Count, Deviation
from fardplan_desktop.services import (
    activities,
    activity_views,
    counts,
    deviations,
    editing,
    erasure,
    inquiries,
    safekeeping,
)
from fardplan_desktop.services.activity_views import View
from fardplan_desktop.services.inquiries import Colleague
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store.store import Store
from tests.services.conftest import Seal

SECRET = "Grannen till fiskaffären på Storgatan"
CODES = frozenset(
    {
        *("id", "plan", "copied_from", "activity", "activities", "deviations", "meeting", "unit", "forum", "document"),
        *("type", "level", "target_group", "method", "also_methods", "preconditions", "areas", "joint", "status"),
        *("forecast", "lift_to", "lifted_to", "themes", "agreements", "unedited", "score", "measure", "measures"),
        *("period", "breakdown", "value", "number", "month", "direction", "reporter", "counterpart", "category"),
        *("subcategory", "kind", "stage", "age_group", "consequence", "severity", "likelihood", "causes", "action"),
        *("effect", "lex", "system", "time", "asked_of", "about", "replaced_by", "answer", "member"),
    }
)


def written(workplace: Workplace) -> Deviation:
    """A deviation with the secret in two fields, changed once after, and a number that says nothing."""
    draft = msgspec.structs.replace(
        deviations.blank(workplace), direction="kommun-region", counterpart="vardcentral", category="lakemedel"
    )
    made, _ = deviations.add(workplace, draft=msgspec.structs.replace(draft, summary=SECRET, reference="640823-3234"))
    after = msgspec.structs.replace(made, description=f"{SECRET} ringde", action="andrad-rutin")
    deviations.update(workplace, before=made, after=after)
    return after


def raw(workplace: Workplace) -> bytes:
    """Every byte that lies beside the store under its name: the file, its journal."""
    path = workplace.store.path
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*") if each.is_file())


def test_the_texts_are_emptied_and_the_rest_of_the_record_stands(edet: Workplace) -> None:
    made = written(edet)
    found, change = erasure.erase(edet, record=f"Deviation:{made.id}", reason="Gick att känna igen")
    now = deviations.find(edet, deviation=made.id)
    assert now == msgspec.structs.replace(made, summary=None, description=None, reference=None)
    assert found.entries == (1, 2)
    assert (change.label, change.undoable, change.kinds) == ("Rensad uppgift", False, frozenset({"Deviation"}))


def test_not_a_byte_of_the_texts_is_left_in_the_file_nor_in_the_index(edet: Workplace) -> None:
    made = written(edet)
    assert SECRET.encode() in raw(edet)
    assert edet.store.search(Deviation, "fiskaffären") == (made.id,)
    erasure.erase(edet, record=made.number, reason="Gick att känna igen")
    for text in (SECRET, "fiskaffären", "Storgatan", "640823-3234"):
        assert text.encode() not in raw(edet)
    assert edet.store.search(Deviation, "fiskaffären") == ()
    assert edet.store.search(Deviation, made.number) == (made.id,)
    assert edet.store.check() is None


def test_what_was_overwritten_long_before_is_gone_too(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    for text in (SECRET, "Något annat", None):
        after = msgspec.structs.replace(activity, obstacle=text)
        activities.update(edet, before=activity, after=after)
        activity = after
    erasure.erase(edet, record=f"Activity:{activity.id}", reason="Fel", fields=["obstacle"])
    assert SECRET.encode() not in raw(edet)
    assert activities.find(edet, activity=activity.id) == activity


def test_a_title_leaves_the_labels_of_undo_too(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    activities.update(edet, before=activity, after=msgspec.structs.replace(activity, title=SECRET))
    assert editing.undo_labels(edet)[0] == f"Ändrad aktivitet ”{SECRET}”"
    erasure.erase(edet, record=f"Activity:{activity.id}", reason="Fel")
    assert SECRET.encode() not in raw(edet)
    now = activities.find(edet, activity=activity.id)
    assert now is not None
    assert now.title == "Rensad uppgift"


def test_a_title_that_quotes_something_stands_in_no_label_of_the_history(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title=f"Utbildning ”{SECRET}” för chefer"[:60])
    activities.update(edet, before=activity, after=msgspec.structs.replace(activity, goal="Fler"))
    assert editing.history(edet, limit=1)[0].label == "Ändrad aktivitet"


def test_a_title_leaves_the_labels_of_other_records_steps_too(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title=SECRET)
    activities.plan_check_in(edet, activity=activity, day=date(2026, 12, 24))
    erasure.erase(edet, record=f"Activity:{activity.id}", reason="Fel")
    assert SECRET.encode() not in raw(edet)


def test_what_an_indicator_said_before_version_2_of_the_store_is_erased_too(tmp_path: Path, edet: Workplace) -> None:
    golden = Path(__file__).parents[1] / "golden" / "store-v1.fardplan"
    older = replace(edet, store=Store.open(Path(shutil.copy(golden, tmp_path))))
    (activity,) = activities.activities(older)
    assert "Fler planer" in str(older.store.history(records=[f"Activity:{activity.id}"]))
    found, _ = erasure.erase(older, record=f"Activity:{activity.id}", reason="Fel", fields=["indicators"])
    assert b"Fler planer" not in older.store.path.read_bytes()
    assert found.backups == ("store-v1.fardplan.version-1",)
    older.store.close()


def test_choices_that_were_remembered_by_the_text_are_forgotten(edet: Workplace) -> None:
    kept = {"line:sip-möten": "SIP04", f"same:{SECRET.casefold()}|norr": f"only:{SECRET}"}
    edet.store.set_setting("sheet_answers:counts", msgspec.json.encode(kept).decode())
    made = written(edet)
    erasure.erase(edet, record=made.number, reason="Fel")
    assert edet.store.setting("sheet_answers:counts") == '{"line:sip-möten":"SIP04"}'
    assert b"fiskaff" not in raw(edet)


def test_saved_views_and_questions_on_disk_that_may_hold_the_text_are_named(edet: Workplace, tmp_path: Path) -> None:
    activity, _ = activities.add(edet, title=SECRET, responsible="Samordnare")
    activity_views.save_view(edet, name="Affären", view=View(text="fiskaffären"))
    activity_views.save_view(edet, name="Alla", view=View())
    who = Colleague(to="Samordnare", activities=(activity.id,))
    inquiries.ask(
        edet, period=parse_period("2026-T2"), colleagues=[who], latest=date(2026, 9, 20), folder=tmp_path / "ut"
    )
    stays = "\n".join(erasure.look(edet, record=f"Activity:{activity.id}").stays)
    assert "Sparade vyer som kan ha uppgiften kvar: Affären. Ta bort dem själv." in stays
    assert "Frågor som kan ha uppgiften kvar: Fråga 2026-T2 Samordnare." in stays


def test_the_erasure_is_an_entry_of_its_own_that_says_why_and_what_but_not_the_text(edet: Workplace) -> None:
    made = written(edet)
    copy = safekeeping.back_up(edet)
    erasure.erase(edet, record=made.number, reason="Gick att känna igen", function="Dataskyddsombud")
    entry = editing.history(edet, limit=1)[0]
    assert (entry.act, entry.label, entry.record) == ("erase", "Rensad uppgift", f"Deviation:{made.id}")
    assert entry.facts["reason"] == "Gick att känna igen"
    assert entry.facts["function"] == "Dataskyddsombud"
    assert entry.facts["entries"] == [1, 2]
    assert entry.facts["backups"] == [copy.path.name]
    assert SECRET not in str(entry)
    assert [each.after for each in editing.history(edet)[1:]] == [None, None]


def test_copies_made_before_the_text_was_written_are_not_named(edet: Workplace) -> None:
    activities.add(edet, title="Något att kopiera")
    early = safekeeping.back_up(edet)
    made = written(edet)
    late = safekeeping.back_up(edet)
    found = erasure.look(edet, record=made.number)
    assert found.backups == (late.path.name,)
    assert early.path.name not in "".join(found.stays)


def test_earlier_steps_cannot_be_undone_and_that_is_said_but_later_and_other_ones_can(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    made = written(edet)
    erasure.erase(edet, record=made.number, reason="Fel")
    now = deviations.find(edet, deviation=made.id)
    assert now is not None
    deviations.update(edet, before=now, after=msgspec.structs.replace(now, summary="Läkemedelslistan saknades"))
    undone = editing.undo(edet)
    assert undone is not None
    assert deviations.find(edet, deviation=made.id) == now
    for label in (f"Ändrad avvikelse {made.number}", f"Ny avvikelse {made.number}"):
        passed = editing.undo(edet)
        assert passed is not None
        assert (passed.label, passed.kinds) == (label, frozenset())
        assert deviations.find(edet, deviation=made.id) == now
    assert editing.undo(edet) is not None
    assert activities.find(edet, activity=activity.id) is None


def test_of_a_step_with_several_records_the_others_are_still_taken_back(edet: Workplace) -> None:
    cells = [Count(measure="SIP04", period=f"2026-0{month}", n=month, comment=SECRET) for month in (5, 6)]
    counts.put(edet, values=cells)
    erasure.erase(edet, record=f"Count:{cells[0].id}", reason="Fel")
    editing.undo(edet)
    assert counts.counts(edet) == {cells[0].id: msgspec.structs.replace(cells[0], comment=None)}


def test_a_step_that_was_undone_is_not_done_again(edet: Workplace) -> None:
    made = written(edet)
    editing.undo(edet)
    erasure.erase(edet, record=made.number, reason="Fel")
    passed = editing.redo(edet)
    assert passed is not None
    assert not passed.kinds
    assert SECRET.encode() not in raw(edet)


def test_in_a_sealed_period_the_words_go_the_number_stays_and_the_package_is_named(
    edet: Workplace, seal: Seal, period: Period
) -> None:
    cell = Count(measure="SIP04", period="2026-05", n=9, comment=SECRET)
    counts.put(edet, values=[cell])
    sent = seal(edet, period)
    found, _ = erasure.erase(edet, record=f"Count:{cell.id}", reason="Fel")
    assert found.packages == (sent.delivery.file_name,)
    assert found.stays[0].startswith("Det som redan är skickat kan inte rensas")
    assert counts.counts(edet)[cell.id] == msgspec.structs.replace(cell, comment=None)
    assert edet.store.check() is None


def test_what_is_taken_away_already_is_erased_from_its_history(edet: Workplace) -> None:
    made = written(edet)
    deviations.remove(edet, deviation=made)
    erasure.erase(edet, record=f"Deviation:{made.id}", reason="Fel")
    assert SECRET.encode() not in raw(edet)
    passed = editing.undo(edet)
    assert passed is not None
    assert not passed.kinds


def test_the_file_opens_again_and_its_copies_are_made_as_before(edet: Workplace) -> None:
    made = written(edet)
    erasure.erase(edet, record=made.number, reason="Fel")
    path = edet.store.path
    copy = safekeeping.back_up(edet)
    with sqlite3.connect(copy.path) as opened:
        assert opened.execute("SELECT summary FROM deviations").fetchone() == (None,)
    edet.store.close()
    again = open_workplace(path)
    assert again.store.check() is None
    again.store.close()


@pytest.mark.parametrize(
    ("record", "reason", "fields", "sentence"),
    [
        ("Deviation:finns-inte", "Fel", [], "Det finns ingen text att rensa."),
        ("Kund:1", "Fel", [], "Uppgiften finns inte."),
        ("1462-2026-0001", "  ", [], "Skälet saknas."),
        ("1462-2026-0001", "x" * 301, [], "Skälet är för långt."),
        ("1462-2026-0001", "Fel", ["status"], "Fältet status går inte att rensa."),
    ],
)
def test_what_cannot_be_erased_is_refused_and_nothing_is_touched(
    edet: Workplace, record: str, reason: str, fields: list[str], sentence: str
) -> None:
    made = written(edet)
    head = edet.store.history_head()
    with pytest.raises(InputProblem) as refused:
        erasure.erase(edet, record=record, reason=reason, fields=fields)
    assert refused.value.what == sentence
    assert edet.store.history_head() == head
    assert deviations.find(edet, deviation=made.id) == made


def test_the_reason_itself_must_not_name_the_person(edet: Workplace) -> None:
    made = written(edet)
    with pytest.raises(PersonalData):
        erasure.erase(edet, record=made.number, reason="Gällde 19640823-3234")
    assert deviations.find(edet, deviation=made.id) == made


def test_every_field_of_every_record_is_either_words_that_can_be_erased_or_a_code() -> None:
    for kind in RECORD_TYPES:
        for field in msgspec.structs.fields(kind):
            holds_text = any(word in str(field.type) for word in ("str", "Indicator", "Answer", "tuple"))
            if holds_text:
                assert (field.name in erasure.TEXTS[kind]) != (field.name in CODES), f"{kind.__name__}.{field.name}"


def test_an_emptied_record_of_any_kind_is_still_one_of_its_kind(edet: Workplace) -> None:
    activity = Activity(id="a", plan="p", title=SECRET, goal=SECRET, partners=("Grannen",))
    assert erasure.emptied(activity, erasure.TEXTS[Activity]) == Activity(id="a", plan="p", title="Rensad uppgift")
