"""Activities in the store: plans, check-ins, the county's joint activities, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import InputProblem, PersonalData, StaleEdit
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, editing
from fardplan_desktop.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return new_workplace(tmp_path / "egen.fardplan", "1462", clock=lambda: datetime(2026, 9, 14, 12, tzinfo=UTC))


def added(workplace: Workplace, title: str = "Rutin för SIP") -> Activity:
    return activities.add(workplace, title=title)[0]


def test_the_first_activity_makes_the_plan_of_the_year_and_the_next_joins_it(workplace: Workplace) -> None:
    first, second = added(workplace), added(workplace, "Utbildning")
    assert [(plan.title, plan.year) for plan in activities.plans(workplace)] == [("Handlingsplan 2026", 2026)]
    assert first.plan == second.plan


def test_a_title_is_tidied_and_a_blank_one_refused(workplace: Workplace) -> None:
    assert added(workplace, "  Rutin \n för  SIP ").title == "Rutin för SIP"
    with pytest.raises(InputProblem, match="saknar namn"):
        added(workplace, " \t ")
    assert len(activities.activities(workplace)) == 1


def test_an_activity_that_was_changed_meanwhile_is_not_overwritten(workplace: Workplace) -> None:
    seen = added(workplace)
    activities.update(workplace, before=seen, after=msgspec.structs.replace(seen, responsible="MAS"))
    with pytest.raises(StaleEdit):
        activities.update(workplace, before=seen, after=msgspec.structs.replace(seen, responsible="SAS"))
    stored = activities.find(workplace, activity=seen.id)
    assert stored is not None
    assert stored.responsible == "MAS"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"start": date(2026, 5, 2), "end": date(2026, 5, 1)}, InputProblem),
        ({"goal": "x" * 4001}, InputProblem),
        ({"lesson": "Gäller 19570428-9999"}, PersonalData),
        ({"indicators": [{"text": "", "target": "000101-T220"}]}, PersonalData),
        ({"indicators": [{"text": "", "unit": "000101-T220"}]}, PersonalData),
    ],
    ids=["end before start", "too long", "identity in a text", "identity within the indicator", "identity as a unit"],
)
def test_what_cannot_be_kept_is_refused_whole(
    workplace: Workplace, fields: dict[str, object], error: type[Exception]
) -> None:
    seen = added(workplace)
    given = {**msgspec.to_builtins(seen), **fields}
    with pytest.raises(error):
        activities.update(workplace, before=seen, after=msgspec.convert(given, Activity))
    assert activities.activities(workplace) == (seen,)


def test_a_check_in_is_kept_and_moves_the_status_with_it(workplace: Workplace) -> None:
    seen = added(workplace)
    activities.check_in(
        workplace, activity=seen, status="avvaktar", forecast="risk", comment=" Två av tre ", status_note="beslut i VVG"
    )
    (entry,) = activities.check_ins(workplace, activity=seen.id)
    assert (entry.date, entry.status, entry.forecast, entry.comment) == (
        date(2026, 9, 14), "avvaktar", "risk", "Två av tre",
    )  # fmt: skip
    stored = activities.find(workplace, activity=seen.id)
    assert stored is not None
    assert (stored.status, stored.status_note, stored.forecast) == ("avvaktar", "beslut i VVG", "risk")
    activities.check_in(workplace, activity=stored, status="klar", forecast="enligt-plan", comment="")
    done = activities.find(workplace, activity=seen.id)
    assert done is not None
    assert (done.status, done.status_note) == ("klar", None)
    assert [each.status for each in activities.check_ins(workplace)] == ["klar", "avvaktar"]


def test_removing_takes_the_check_ins_and_one_undo_brings_all_back(workplace: Workplace) -> None:
    seen = added(workplace)
    activities.check_in(workplace, activity=seen, status="pagar", forecast=None, comment="Igång")
    stored = activities.find(workplace, activity=seen.id)
    assert stored is not None
    activities.remove(workplace, activity=stored)
    assert activities.activities(workplace) == ()
    assert activities.check_ins(workplace) == ()
    editing.undo(workplace)
    assert activities.activities(workplace) == (stored,)
    assert [each.comment for each in activities.check_ins(workplace)] == ["Igång"]


def test_the_ten_joint_activities_come_with_the_status_the_source_states(workplace: Workplace) -> None:
    activities.add_joint(workplace)
    found = {each.joint: each for each in activities.activities(workplace)}
    assert sorted(found, key=lambda joint: int(str(joint)[1:])) == [f"G{number}" for number in range(1, 11)]
    stated = {joint: (each.status, each.status_note) for joint, each in found.items()}
    assert stated["G8"] == ("avvaktar", "samsjuklighetsutredningen")
    assert stated["G2"] == ("planerad", "Startar april 2022")
    assert stated["G4"] == ("status-saknas", None)
    assert found["G2"].start == date(2022, 4, 1)
    assert {plan.title for plan in activities.plans(workplace)} == {"Färdplanens gemensamma 2022"}


def test_joint_activities_already_here_are_left_as_they_are(workplace: Workplace) -> None:
    activities.add_joint(workplace)
    first = activities.activities(workplace)[0]
    ours = msgspec.structs.replace(first, status="klar")
    activities.update(workplace, before=first, after=ours)
    activities.add_joint(workplace)
    assert activities.find(workplace, activity=first.id) == ours
    assert len(activities.activities(workplace)) == 10
