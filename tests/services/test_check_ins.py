"""Check-ins planned ahead: made when their day has come, and counted nowhere before."""

from __future__ import annotations

from datetime import date

import pytest

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import activities, deliveries, editing, review
from fardplan_desktop.services.overview import overview
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal

TODAY = date(2026, 9, 14)
LATER = date(2026, 9, 21)


@pytest.fixture
def activity(edet: Workplace) -> Activity:
    return activities.add(edet, title="Rutin för SIP", method="A4", status="pagar")[0]


def now(workplace: Workplace, activity: Activity) -> Activity:
    found = activities.find(workplace, activity=activity.id)
    assert found is not None
    return found


def say(
    workplace: Workplace, activity: Activity, *, planned: CheckIn | None = None, next_on: date | None = None
) -> None:
    activities.check_in(
        workplace,
        activity=now(workplace, activity),
        status="pagar",
        forecast="risk",
        comment="Två av tre",
        planned=planned,
        next_on=next_on,
    )


def days(workplace: Workplace) -> list[date]:
    return [each.date for each in activities.planned_check_ins(workplace)]


def on_the(workplace: Workplace, activity: Activity, *when: date) -> None:
    for day in when:
        activities.plan_check_in(workplace, activity=activity, day=day)


def test_a_planned_check_in_is_listed_as_planned_and_not_as_made(edet: Workplace, activity: Activity) -> None:
    on_the(edet, activity, date(2026, 10, 12), LATER)
    assert days(edet) == [LATER, date(2026, 10, 12)]
    assert activities.check_ins(edet) == ()


@pytest.mark.parametrize("day", [date(2026, 9, 13), LATER], ids=["a day gone by", "a day that is taken"])
def test_a_day_that_cannot_be_planned_is_refused(edet: Workplace, activity: Activity, day: date) -> None:
    on_the(edet, activity, LATER)
    with pytest.raises(InputProblem):
        on_the(edet, activity, day)
    assert days(edet) == [LATER]


def test_the_planned_one_whose_day_has_come_becomes_today_s_check_in_in_one_step(
    edet: Workplace, activity: Activity
) -> None:
    on_the(edet, activity, TODAY, LATER)
    planned = activities.planned_check_ins(edet)
    say(edet, activity)
    (made,) = activities.check_ins(edet)
    assert (made.id, made.date, made.comment, made.planned) == (planned[0].id, TODAY, "Två av tre", False)
    assert days(edet) == [LATER]
    editing.undo(edet)
    assert activities.planned_check_ins(edet) == planned
    assert activities.check_ins(edet) == ()
    assert now(edet, activity) == activity


def test_one_that_was_planned_for_later_is_made_today_when_it_is_named(edet: Workplace, activity: Activity) -> None:
    on_the(edet, activity, LATER, date(2026, 10, 12))
    say(edet, activity, planned=activities.planned_check_ins(edet)[0])
    assert [each.date for each in activities.check_ins(edet)] == [TODAY]
    assert days(edet) == [date(2026, 10, 12)]


def test_the_next_one_is_planned_in_the_same_step(edet: Workplace, activity: Activity) -> None:
    say(edet, activity, next_on=LATER)
    assert days(edet) == [LATER]
    editing.undo(edet)
    assert days(edet) == []
    assert activities.check_ins(edet) == ()


def test_a_planned_check_in_can_be_taken_away_and_goes_with_its_activity(edet: Workplace, activity: Activity) -> None:
    on_the(edet, activity, LATER, date(2026, 10, 12))
    activities.cancel_check_in(edet, planned=activities.planned_check_ins(edet)[0])
    assert days(edet) == [date(2026, 10, 12)]
    activities.remove(edet, activity=now(edet, activity))
    assert days(edet) == []
    editing.undo(edet)
    assert days(edet) == [date(2026, 10, 12)]


def test_start_counts_only_check_ins_that_are_made(edet: Workplace, activity: Activity, period: Period) -> None:
    on_the(edet, activity, TODAY)
    found = overview(edet, period=period)
    assert found.reported is not None
    assert found.reported.checked_in == 0
    assert [each.activity for each in found.due] == [activity]
    assert not [each for each in found.news if each.kind == "CheckIn"]
    say(edet, activity)
    found = overview(edet, period=period)
    assert found.reported is not None
    assert found.reported.checked_in == 1
    assert [each.text for each in found.news if each.kind == "CheckIn"] == ["1 avstämning gjord"]


def test_a_package_and_its_review_hold_no_planned_check_ins(
    edet: Workplace, activity: Activity, period: Period, seal: Seal
) -> None:
    say(edet, activity)
    on_the(edet, activity, LATER, date(2026, 12, 1))
    assert len(review.review(edet, preview=deliveries.preview(edet, period=period)).check_ins) == 1
    rows = open_package(seal(edet).file.read_bytes(), None).rows
    assert [each.date for each in rows.check_ins] == [TODAY]
