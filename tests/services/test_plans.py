"""Plans beside each other, what lies in them, and a plan that goes on next year."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Activity, Answer, Indicator, Outcome, Plan
from fardplan_desktop.services import activities, editing, inquiries, overview, plan_copy, plans, units
from fardplan_desktop.services.due import due
from fardplan_desktop.services.workplace import Workplace

AREA = "Närområdesplan mellan kommunen och Västra Götalandsregionen 2026"


def added(workplace: Workplace, type: str = "aldres-halsa", year: int = 2026, **more: object) -> Plan:
    made, _ = plans.add(workplace, type=type, year=year)
    if more:
        plans.update(workplace, before=made, after=msgspec.structs.replace(made, **more))
    return next(each for each in activities.plans(workplace) if each.id == made.id)


def written(workplace: Workplace, plan: Plan, title: str, **more: object) -> Activity:
    made, _ = activities.add(workplace, title=title, plan=plan.id)
    after = msgspec.structs.replace(made, **more)
    activities.update(workplace, before=made, after=after)
    return after


def held(workplace: Workplace) -> dict[str, list[str]]:
    return {each.plan.title: [one.title for one in each.activities] for each in plans.contents(workplace)}


@pytest.mark.parametrize(
    ("type", "years", "title"),
    [
        ("fardplanens-gemensamma", (2026, None), "Gemensamma aktiviteter, del av handlingsplan 2026"),
        ("psykisk-halsa-barn-och-unga", (2024, 2026), "Handlingsplan psykisk hälsa, barn och unga 2024–2026"),
        ("naromradesplan", (2026, None), AREA),
        ("egen-handlingsplan", (2026, None), "Handlingsplan 2026"),
        ("annat", (2026, None), "Handlingsplan 2026"),
    ],
)
def test_a_plan_is_named_after_its_template_and_years(
    edet: Workplace, type: str, years: tuple[int, int | None], title: str
) -> None:
    made, _ = plans.add(edet, type=type, year=years[0], until=years[1])
    assert made.title == title


def test_every_template_of_the_code_book_is_a_kind_of_plan(edet: Workplace) -> None:
    offered = {each.id for each in plans.kinds(edet)}
    assert {each.id for each in edet.codebook.plan_templates} <= offered
    assert "uppgift-saknas" not in offered


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "handlingsplan ÄLDRES hälsa 2025"}, "title"),
        ({"type": "ny-sort"}, "type"),
        ({"year": 26}, "year"),
        ({"until": 2025}, "until"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused_and_the_field_named(
    edet: Workplace, wrong: dict[str, object], field: str
) -> None:
    added(edet, year=2025)
    seen = added(edet)
    with pytest.raises(InputProblem) as refused:
        plans.update(edet, before=seen, after=msgspec.structs.replace(seen, **wrong))
    assert refused.value.detail == field
    assert seen in activities.plans(edet)


def test_activities_move_between_plans_and_only_an_empty_plan_goes(edet: Workplace) -> None:
    first, second = added(edet), added(edet, "naromradesplan")
    seen = written(edet, first, "Trygg hemgång")
    assert held(edet) == {"Handlingsplan äldres hälsa 2026": ["Trygg hemgång"], AREA: []}
    with pytest.raises(InputProblem, match="kan inte tas bort"):
        plans.remove(edet, plan=first)
    plans.move(edet, activity=seen, plan=second.id)
    plans.remove(edet, plan=first)
    assert held(edet) == {AREA: ["Trygg hemgång"]}
    editing.undo(edet)
    assert first in activities.plans(edet)


def test_an_activity_is_not_moved_to_a_plan_that_is_gone(edet: Workplace) -> None:
    first, second = added(edet), added(edet, "naromradesplan")
    seen = written(edet, first, "Trygg hemgång")
    plans.remove(edet, plan=second)
    with pytest.raises(InputProblem, match="finns inte längre"):
        plans.move(edet, activity=seen, plan=second.id)


INDICATOR = Indicator(text="Andel trygga", unit="%", start="40", target="80", outcomes=(Outcome(value="52"),))


def full(workplace: Workplace) -> tuple[Plan, Activity]:
    plan = added(workplace, level="lokal", target_group="aldre-multisjuka")
    seen = written(
        workplace, plan, "Trygg hemgång", method="A4", responsible="MAS", goal="Alla är trygga", obstacle="Få platser",
        start=date(2024, 2, 29), end=date(2026, 12, 31), status="avvaktar", status_note="beslut", forecast="risk",
        percent=50, lift_to="delregional", forum="delregional-styrgrupp", themes=("egenvard",), partners=("tandvard",),
        indicators=(INDICATOR,), answers=(Answer(question="1", text="Tryggheten"),), shareable=True,
    )  # fmt: skip
    written(workplace, plan, "Utbildning", status="klar")
    return plan, seen


def test_what_is_not_finished_comes_along_with_its_texts_and_begins_anew(edet: Workplace) -> None:
    plan, seen = full(edet)
    copy, _ = plan_copy.copy_to_next_year(edet, plan=plan)
    assert (copy.title, copy.year, copy.level, copy.target_group, copy.copied_from) == (
        "Handlingsplan äldres hälsa 2027", 2027, "lokal", "aldre-multisjuka", plan.id,
    )  # fmt: skip
    (brought,) = [each for each in activities.activities(edet) if each.plan == copy.id]
    assert brought.id != seen.id
    kept = ("title", "method", "responsible", "goal", "obstacle", "themes", "partners", "answers")
    assert [getattr(brought, name) for name in kept] == [getattr(seen, name) for name in kept]
    assert (brought.start, brought.end) == (date(2025, 2, 28), date(2027, 12, 31))
    anew = ("status", "status_note", "forecast", "percent", "lift_to", "forum")
    assert {getattr(brought, name) for name in anew} == {None}
    assert brought.indicators == (msgspec.structs.replace(INDICATOR, outcomes=()),)
    assert brought.unedited == ("goal", "indicators", "obstacle", "answers")
    assert activities.find(edet, activity=seen.id) == seen


def test_copying_is_one_step_and_copying_twice_says_so(edet: Workplace) -> None:
    plan, _ = full(edet)
    copy, _ = plan_copy.copy_to_next_year(edet, plan=plan)
    assert plan_copy.copied_to(edet, plan=plan) == copy
    with pytest.raises(InputProblem, match="redan kopierad till ”Handlingsplan äldres hälsa 2027”"):
        plan_copy.copy_to_next_year(edet, plan=plan)
    editing.undo(edet)
    assert activities.plans(edet) == (plan,)
    assert len(activities.activities(edet)) == 2


def test_a_plan_of_several_years_goes_on_for_as_many(edet: Workplace) -> None:
    plan, _ = plans.add(edet, type="psykisk-halsa-vuxna", year=2024, until=2026)
    copy, _ = plan_copy.copy_to_next_year(edet, plan=plan)
    assert (copy.title, copy.year, copy.until) == ("Handlingsplan psykisk hälsa, vuxna 2027–2029", 2027, 2029)


def test_a_plan_without_a_year_in_its_name_gets_the_new_one_after_it(edet: Workplace) -> None:
    plan, _ = plans.add(edet, type="naromradesplan", year=2026, title="Norra området")
    assert plan_copy.copy_to_next_year(edet, plan=plan)[0].title == "Norra området 2027"


def test_a_text_that_is_edited_is_no_longer_marked_and_the_others_are(edet: Workplace) -> None:
    plan, _ = full(edet)
    copy, _ = plan_copy.copy_to_next_year(edet, plan=plan)
    (brought,) = [each for each in activities.activities(edet) if each.plan == copy.id]
    after = msgspec.structs.replace(brought, goal="Alla är trygga hemma", status="pagar")
    activities.update(edet, before=brought, after=after)
    stored = activities.find(edet, activity=brought.id)
    assert stored is not None
    assert stored.unedited == ("indicators", "obstacle", "answers")


@given(st.integers(2000, 2090), st.none() | st.integers(1, 8), st.sampled_from(["Plan {}", "Plan", "{} års plan"]))
def test_the_copied_title_always_names_the_years_it_is_for(year: int, more: int | None, form: str) -> None:
    until = None if more is None else year + more
    plan = Plan(id="1", title=form.format(plans.years_words(year, until)), type="annat", year=year, until=until)
    years = plan_copy.next_year(plan) - year
    title = plan_copy.moved_title(plan, years)
    assert plans.years_words(year + years, None if until is None else until + years) in title
    assert str(year) not in title


def test_nobody_is_asked_about_a_plan_for_next_year_yet(edet: Workplace) -> None:
    plan = added(edet)
    now = written(edet, plan, "Rutin vid utskrivning", responsible="Samordnare")
    copy, _ = plan_copy.copy_to_next_year(edet, plan=plan)
    period = parse_period("2026-T2")
    (brought,) = [each for each in activities.activities(edet) if each.plan == copy.id]
    assert [each.activity.id for each in due(edet)] == [now.id]
    assert [each.activities for each in inquiries.colleagues(edet, period=period)] == [(now.id,)]
    reported = overview.overview(edet, period=period).reported
    assert reported is not None
    assert reported.activities == 1
    next_year = parse_period("2027-T1")
    assert [each.activities for each in inquiries.colleagues(edet, period=next_year)] == [(brought.id,)]


def test_what_history_keeps_of_a_step_is_a_whole_sentence_without_the_quoted_name(edet: Workplace) -> None:
    unit, _ = units.add_unit(edet, name="Norr")
    units.rename_unit(edet, unit=unit, name="Norra")
    plan_copy.copy_to_next_year(edet, plan=added(edet))
    labels = [each.label for each in editing.history(edet)]
    assert labels[0] == "Kopierad plan"
    assert "Ändrat namn på enhet" in labels
