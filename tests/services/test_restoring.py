"""The history of every kind of record, found and put back."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import InputProblem, Locked, WorldError
from fardplan_desktop.domain.records import CheckIn, Count, Decision, Meeting, Plan, Record, UnitCount
from fardplan_desktop.services import (
    activities,
    counts,
    deviations,
    editing,
    erasure,
    meetings,
    plans,
    restoring,
    units,
)
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal


def latest(workplace: Workplace, record: Record) -> int:
    return restoring.of_record(workplace, name=restoring.name_of(record), limit=1)[0].nr


def test_an_activity_is_put_back_as_it_was_in_one_step_that_can_be_undone(edet: Workplace) -> None:
    first, _ = activities.add(edet, title="Utbilda i SIP")
    then = latest(edet, first)
    now = msgspec.structs.replace(first, obstacle="Tid saknas", title="Utbilda alla i SIP")
    activities.update(edet, before=first, after=now)
    change = restoring.restore(edet, entry=then)
    assert activities.find(edet, activity=first.id) == first
    assert change.label.startswith("Aktivitet: återställt till 14 sep 2026")
    assert change.undoable
    editing.undo(edet)
    assert activities.find(edet, activity=first.id) == now


def test_what_was_taken_away_comes_back(edet: Workplace) -> None:
    blank = msgspec.structs.replace(
        deviations.blank(edet), direction="kommun-region", counterpart="vardcentral", category="lakemedel"
    )
    made, _ = deviations.add(edet, draft=blank)
    then = latest(edet, made)
    deviations.remove(edet, deviation=made)
    restoring.restore(edet, entry=then)
    assert deviations.find(edet, deviation=made.id) == made
    with pytest.raises(InputProblem, match="togs den bort just då"):
        restoring.restore(edet, entry=then + 1)


def test_every_kind_of_record_has_a_history_and_a_way_back(edet: Workplace) -> None:
    plan, _ = plans.add(edet, title="Handlingsplan 2026", type="egen-handlingsplan", year=2026)
    activity, _ = activities.add(edet, title="Utbilda i SIP", plan=plan.id)
    activities.check_in(edet, activity=activity, status="pagar", forecast=None, comment="Går bra")
    (check_in,) = activities.check_ins(edet)
    cell = Count(measure="SIP04", period="2026-05", n=4)
    counts.put(edet, values=[cell])
    meeting = Meeting(id="", forum=edet.codebook.forums[0].id, date=date(2026, 10, 1))
    meetings.put_meeting(edet, before=None, after=meeting)
    (held,) = meetings.meetings(edet)
    meetings.put_decision(edet, before=None, after=Decision(id="", meeting=held.id, text="Fler SIP"))
    (decision,) = meetings.decisions(edet, meeting=held.id)
    records: list[Record] = [plan, check_in, cell, decision]
    for record in records:
        name = type(record).__name__
        (entry,) = restoring.entries(edet, kind=name)
        assert restoring.can_restore(entry)
        edet.store.write([_changed(record)], label="Ändrat", signature=edet.signature)
        restoring.restore(edet, entry=entry.nr)
        assert edet.store.get(type(record), record.id) == record
        assert restoring.KIND_WORDS[name]


def _changed(record: Record) -> Edit:
    field = {Plan: "title", CheckIn: "comment", Count: "comment", Decision: "text"}[type(record)]
    return Edit(record, msgspec.structs.replace(record, **{field: "Något annat"}))


def test_the_check_ins_of_an_activity_stand_in_its_history(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    activities.check_in(edet, activity=activity, status="pagar", forecast=None, comment="Går bra")
    told = [each.record.partition(":")[0] for each in restoring.of_record(edet, name=restoring.name_of(activity))]
    assert sorted(told) == ["Activity", "Activity", "CheckIn"]


def test_a_sealed_count_is_not_put_back(edet: Workplace, seal: Seal) -> None:
    for n in (4, 5):
        counts.put(edet, values=[Count(measure="SIP04", period="2026-05", n=n)])
    seal(edet)
    with pytest.raises(Locked, match="Öppna rättelse"):
        restoring.restore(edet, entry=1)
    with pytest.raises(Locked, match="Öppna rättelse"):
        editing.undo(edet)
    assert counts.counts(edet)["SIP04/2026-05"].n == 5


def test_a_count_is_not_put_back_beside_a_value_for_the_whole_period(edet: Workplace) -> None:
    month = Count(measure="SIP04", period="2026-05", n=4)
    counts.put(edet, values=[month])
    counts.clear(edet, ids=[month.id])
    counts.put(edet, values=[Count(measure="SIP04", period="2026-T2", n=9)])
    with pytest.raises(InputProblem, match="redan ifyllt på annat sätt"):
        restoring.restore(edet, entry=1)


def test_a_check_in_whose_activity_is_gone_waits_for_it(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    activities.check_in(edet, activity=activity, status="pagar", forecast=None, comment="Går bra")
    (entry,) = restoring.entries(edet, kind="CheckIn")
    now = activities.find(edet, activity=activity.id)
    assert now is not None
    activities.remove(edet, activity=now)
    with pytest.raises(InputProblem, match="aktiviteten"):
        restoring.restore(edet, entry=entry.nr)


def test_an_erased_entry_and_an_act_are_no_place_to_go_back_to(edet: Workplace) -> None:
    activity, _ = activities.add(edet, title="Utbilda i SIP")
    activities.update(edet, before=activity, after=msgspec.structs.replace(activity, obstacle="Grannen"))
    erasure.erase(edet, record=f"Activity:{activity.id}", fields=["obstacle"], reason="Fel")
    told = restoring.of_record(edet, name=restoring.name_of(activity))
    assert [(each.act, restoring.can_restore(each)) for each in told] == [
        ("erase", False),
        ("edit", False),
        ("edit", True),
    ]
    for entry in (told[0].nr, told[1].nr, 999):
        with pytest.raises(WorldError, match="Det går inte att återställa till den posten"):
            restoring.restore(edet, entry=entry)


def test_the_history_is_found_by_kind_and_text_a_page_at_a_time(edet: Workplace) -> None:
    for number in range(7):
        activities.add(edet, title=f"Öppenvård {number}")
    counts.put(edet, values=[Count(measure="SIP04", period="2026-05", n=4, comment="Övningen räknas inte")])
    assert len(restoring.entries(edet, kind="Activity")) == 7
    assert [each.record for each in restoring.entries(edet, text="övning")] == ["Count:SIP04/2026-05"]
    found = restoring.entries(edet, text="ÖPPENVÅRD", limit=5)
    assert [each.after and each.after["title"] for each in found] == [f"Öppenvård {n}" for n in (6, 5, 4, 3, 2)]
    rest = restoring.entries(edet, text="öppenvård", before=found[-1].nr)
    assert [each.after and each.after["title"] for each in rest] == ["Öppenvård 1", "Öppenvård 0"]
    assert restoring.entries(edet, text="responsible") == ()


def test_a_units_count_that_is_put_back_takes_the_sum_with_it(edet: Workplace) -> None:
    unit, _ = units.add_unit(edet, name="Norr")
    for n in (4, 9):
        units.put(edet, values=[UnitCount(unit=unit.id, measure="SIP04", period="2026-05", n=n)])
    first = next(each for each in reversed(restoring.entries(edet, kind="UnitCount")) if each.after)
    restoring.restore(edet, entry=first.nr)
    assert [each.n for each in counts.counts(edet).values()] == [4]
    editing.undo(edet)
    assert [each.n for each in counts.counts(edet).values()] == [9]
