"""Joint plans as county and delregion write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.joint import Verb
from fardplan_desktop.domain.records import Indicator, JointPlan, JointTask
from fardplan_desktop.services import editing, joint_plans
from fardplan_desktop.services.joint_changes import changes
from fardplan_desktop.services.joint_list import Version
from fardplan_desktop.services.workplace import Workplace


@pytest.fixture
def plan(fyrbodal: Workplace) -> JointPlan:
    return joint_plans.add_plan(fyrbodal, title="Äldres hälsa 2026", year=2026, type="aldres-halsa")[0]


def add(workplace: Workplace, plan: JointPlan, title: str, **fields: object) -> JointTask:
    return joint_plans.add_task(workplace, plan=plan.id, title=title, **fields)[0]


def changed(plan: JointPlan, fields: Mapping[str, object]) -> JointPlan:
    return msgspec.structs.replace(plan, **fields)


def version(workplace: Workplace) -> Version:
    found = joint_plans.contents(workplace)
    return Version(tuple(each.plan for each in found), tuple(task for each in found for task in each.tasks))


def told(before: Version, after: Version) -> list[str]:
    return list(changes(before, after).sentences)


def test_a_plan_holds_its_activities_in_the_order_they_were_written(fyrbodal: Workplace, plan: JointPlan) -> None:
    for title in ("Fast vårdkontakt", "Närområdesplan"):
        add(fyrbodal, plan, title)
    (found,) = joint_plans.contents(fyrbodal)
    assert [each.title for each in found.tasks] == ["Fast vårdkontakt", "Närområdesplan"]


def test_a_municipality_makes_no_joint_plans(edet: Workplace) -> None:
    with pytest.raises(InputProblem, match="Läs in deras planer"):
        joint_plans.add_plan(edet, title="Plan", year=2026)


def test_what_cannot_be_sealed_is_not_saved(fyrbodal: Workplace, plan: JointPlan) -> None:
    other, _ = joint_plans.add_plan(fyrbodal, title="Närvård 2026", year=2026)
    for field, fields in (
        ("title", {"title": " "}),
        ("title", {"title": "närvård 2026"}),
        ("title", {"title": "x" * 201}),
        ("type", {"title": "P", "type": "okänd"}),
        ("year", {"title": "P", "year": 26}),
        ("until", {"title": "P", "until": 2025}),
        ("text", {"title": "P", "text": "x" * 4001}),
    ):
        with pytest.raises(InputProblem) as refused:
            joint_plans.update_plan(fyrbodal, before=plan, after=changed(plan, fields))
        assert refused.value.detail == field
    assert [each.plan for each in joint_plans.contents(fyrbodal)] == [other, plan]


def test_a_person_is_not_named_in_a_plan(fyrbodal: Workplace, plan: JointPlan) -> None:
    with pytest.raises(PersonalData):
        joint_plans.update_plan(fyrbodal, before=plan, after=msgspec.structs.replace(plan, text="Gäller 19121212-1212"))


def test_days_come_in_order_and_one_indicator_is_kept(fyrbodal: Workplace, plan: JointPlan) -> None:
    with pytest.raises(InputProblem, match="Slutdatum"):
        add(fyrbodal, plan, "A", start=date(2026, 5, 1), end=date(2026, 4, 1))
    task = add(fyrbodal, plan, "A", indicators=(Indicator(text="Andel med SIP", target="80 %"), Indicator(text="")))
    assert [each.text for each in task.indicators] == ["Andel med SIP"]


def test_an_activity_is_ended_with_what_comes_instead_and_one_undo_brings_it_back(
    fyrbodal: Workplace, plan: JointPlan
) -> None:
    old, new = add(fyrbodal, plan, "Gammal"), add(fyrbodal, plan, "Ny")
    joint_plans.end_task(fyrbodal, task=old, replaced_by=new.id)
    (found,) = joint_plans.contents(fyrbodal)
    assert [(each.title, each.ended, each.replaced_by) for each in found.tasks][-1] == (
        "Gammal", date(2026, 9, 14), new.id,
    )  # fmt: skip
    assert [each.title for each in found.asked] == ["Ny"]
    editing.undo(fyrbodal)
    assert len(joint_plans.contents(fyrbodal)[0].asked) == 2
    with pytest.raises(InputProblem):
        joint_plans.end_task(fyrbodal, task=old, replaced_by=old.id)


def test_what_nobody_has_seen_may_be_removed_with_all_in_it(fyrbodal: Workplace, plan: JointPlan) -> None:
    task = add(fyrbodal, plan, "A")
    joint_plans.remove_task(fyrbodal, task=task)
    add(fyrbodal, plan, "B")
    joint_plans.remove_plan(fyrbodal, plan=plan)
    assert joint_plans.contents(fyrbodal) == ()
    editing.undo(fyrbodal)
    assert [each.title for each in joint_plans.contents(fyrbodal)[0].tasks] == ["B"]


def test_next_years_plan_keeps_the_ids_and_moves_years_and_days(fyrbodal: Workplace, plan: JointPlan) -> None:
    kept = add(fyrbodal, plan, "Kvar", start=date(2026, 1, 1), end=date(2026, 12, 31))
    gone = add(fyrbodal, plan, "Slut")
    joint_plans.end_task(fyrbodal, task=gone)
    before = version(fyrbodal)
    after, _ = joint_plans.next_year(fyrbodal, plan=plan)
    assert (after.id, after.title, after.year) == (plan.id, "Äldres hälsa 2027", 2027)
    moved = joint_plans.contents(fyrbodal)[0].asked
    assert [(each.id, each.start, each.end) for each in moved] == [(kept.id, date(2027, 1, 1), date(2027, 12, 31))]
    assert told(before, version(fyrbodal)) == [
        "Planen ”Äldres hälsa 2027” är ändrad: namnet och året. Den hette ”Äldres hälsa 2026”.",
        "”Kvar” är ändrad: starten och sista dagen.",
    ]
    editing.undo(fyrbodal)
    assert version(fyrbodal) == before


def test_a_plan_of_several_years_goes_on_after_its_last(fyrbodal: Workplace) -> None:
    plan, _ = joint_plans.add_plan(fyrbodal, title="Färdplan 2024–2026", year=2024, until=2026)
    after, _ = joint_plans.next_year(fyrbodal, plan=plan)
    assert (after.title, after.year, after.until) == ("Färdplan 2027–2029", 2027, 2029)


def test_what_a_version_changes_is_told_and_counted(fyrbodal: Workplace, plan: JointPlan) -> None:
    first, second = add(fyrbodal, plan, "Första"), add(fyrbodal, plan, "Andra")
    third = add(fyrbodal, plan, "Tredje")
    joint_plans.end_task(fyrbodal, task=third)
    before = version(fyrbodal)
    assert told(before, before) == []
    joint_plans.update_task(
        fyrbodal, before=first, after=msgspec.structs.replace(first, title="Ett", goal="Mer", responsible="Socialchef")
    )
    new = add(fyrbodal, plan, "Fjärde")
    joint_plans.end_task(fyrbodal, task=second, replaced_by=new.id)
    joint_plans.resume_task(fyrbodal, task=joint_plans.contents(fyrbodal)[0].tasks[-1])
    found = changes(before, version(fyrbodal))
    assert {each.title: each.sentence for each in found.differences} == {
        "Ett": "”Ett” är ändrad: namnet, målet och ansvarig funktion. Den hette ”Första”.",
        "Andra": "”Andra” avslutas 14\N{NO-BREAK SPACE}september 2026. Den ersätts av ”Fjärde”.",
        "Tredje": "”Tredje” är återupptagen.",
        "Fjärde": "”Fjärde” är ny.",
    }
    assert found.summary == "1 ny, 1 ändrad, 1 avslutad, 1 återupptagen"
    assert all(each.verb in Verb for each in found.differences)


def test_what_was_ended_before_anybody_saw_it_is_no_news(fyrbodal: Workplace, plan: JointPlan) -> None:
    joint_plans.end_task(fyrbodal, task=add(fyrbodal, plan, "Ångrad"))
    assert told(Version(), version(fyrbodal)) == ["Planen ”Äldres hälsa 2026” är ny."]
