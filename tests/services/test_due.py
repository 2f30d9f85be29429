"""What is due for a check-in: asked for when it should be, answered by a check-in, the most pressing first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import activities, editing, overview
from fardplan_desktop.services.due import Reason, due, reasons_for
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal

SPRING = date(2026, 3, 2)
"""A day when no period is asked about: the last one is long reported and this one has two months left."""


def on(workplace: Workplace, day: date) -> Workplace:
    """The same store on another day."""
    clock = Seeded("later", datetime(day.year, day.month, day.day, 9, tzinfo=UTC)).clock
    return Workplace(workplace.store, workplace.codebook, clock, workplace.ids, workplace.random_bytes)


def reasons(workplace: Workplace, day: date = SPRING) -> list[tuple[str, Reason]]:
    return [(each.activity.title, each.reason) for each in due(on(workplace, day))]


def add(workplace: Workplace, title: str, **fields: object) -> Activity:
    made, _ = activities.add(workplace, title=title, status="pagar")
    given = {name: getattr(made, name) for name in made.__struct_fields__} | fields
    after = Activity(**given)
    if after != made:
        activities.update(workplace, before=made, after=after)
    return after


def check_in(workplace: Workplace, activity: Activity, day: date) -> None:
    now = activities.find(workplace, activity=activity.id)
    assert now is not None
    activities.check_in(on(workplace, day), activity=now, status="pagar", forecast=None, comment="")


@pytest.mark.parametrize(
    ("end", "reason"),
    [(-1, Reason.LATE), (0, Reason.SOON), (14, Reason.SOON), (15, None)],
)
def test_the_last_day_is_asked_about_two_weeks_ahead_and_after(
    edet: Workplace, end: int, reason: Reason | None
) -> None:
    add(edet, "Rutin", end=SPRING + timedelta(days=end))
    assert reasons(edet) == ([] if reason is None else [("Rutin", reason)])


def test_a_check_in_answers_until_the_last_day_has_passed_and_is_asked_for_once_more_then(edet: Workplace) -> None:
    end = SPRING + timedelta(days=10)
    rutin = add(edet, "Rutin", end=end)
    check_in(edet, rutin, SPRING)
    assert reasons(edet) == []
    assert reasons(edet, end) == []
    assert reasons(edet, end + timedelta(days=1)) == [("Rutin", Reason.LATE)]
    check_in(edet, rutin, end + timedelta(days=1))
    assert reasons(edet, end + timedelta(days=9)) == []


def test_a_planned_check_in_is_due_from_its_day_until_one_is_made(edet: Workplace) -> None:
    rutin = add(edet, "Rutin")
    activities.plan_check_in(on(edet, SPRING), activity=rutin, day=SPRING + timedelta(days=7))
    assert reasons(edet, SPRING + timedelta(days=6)) == []
    assert reasons(edet, SPRING + timedelta(days=7)) == [("Rutin", Reason.PLANNED)]
    check_in(edet, rutin, SPRING + timedelta(days=8))
    assert reasons(edet, SPRING + timedelta(days=9)) == []


def test_the_period_is_asked_about_from_its_last_month_and_after_its_deadline_too(edet: Workplace) -> None:
    rutin = add(edet, "Rutin")
    add(edet, "Börjar i höst", start=date(2026, 9, 1))
    assert reasons(edet, date(2026, 7, 31)) == []
    assert reasons(edet, date(2026, 8, 1)) == [("Rutin", Reason.PERIOD)]
    (found,) = due(on(edet, date(2026, 10, 1)))
    assert (found.why, found.day) == ("Inte avstämd för tertial 2", date(2026, 9, 25))
    check_in(edet, rutin, date(2026, 10, 1))
    assert reasons(edet, date(2026, 10, 1)) == []


def test_a_sealed_period_asks_for_nothing_more(edet: Workplace, seal: Seal) -> None:
    add(edet, "Rutin")
    assert [each.reason for each in due(edet)] == [Reason.PERIOD]
    seal(edet)
    assert due(edet) == ()


def test_what_is_closed_is_never_due(edet: Workplace) -> None:
    for status in ("klar", "integrerad", "avbruten", "inte-prioriterad-hos-oss"):
        activities.add(edet, title=status, status=status, end=date(2026, 5, 1))
    assert due(edet) == ()


def test_one_reason_each_the_most_pressing_first(edet: Workplace) -> None:
    add(edet, "I tid", end=date(2026, 12, 1))
    near = add(edet, "Nära", end=date(2026, 9, 20))
    add(edet, "Senare sen", end=date(2026, 9, 1))
    add(edet, "Tidigt sen", end=date(2026, 2, 1))
    activities.plan_check_in(edet, activity=near, day=date(2026, 9, 14))
    assert reasons(edet, date(2026, 9, 14)) == [
        ("Tidigt sen", Reason.LATE), ("Senare sen", Reason.LATE), ("Nära", Reason.PLANNED), ("I tid", Reason.PERIOD),
    ]  # fmt: skip
    assert [each.why for each in due(edet)][:2] == [
        "Slutdatum 1 februari har passerat", "Slutdatum 1 september har passerat",
    ]  # fmt: skip


def test_start_the_badge_and_the_walk_ask_for_the_same(edet: Workplace) -> None:
    late = add(edet, "Sen", end=date(2026, 8, 1))
    add(edet, "Pågår")
    found = overview.overview(edet, period=parse_period("2026-T1"))
    assert found.due == due(edet)
    assert overview.badges(edet)["activities"] == 2
    check_in(edet, late, date(2026, 9, 14))
    assert overview.badges(edet)["activities"] == 1
    editing.undo(edet)
    assert overview.badges(edet)["activities"] == 2


@given(days=st.lists(st.integers(-400, 400), max_size=6), end=st.none() | st.integers(-400, 400))
def test_a_check_in_today_answers_whatever_was_asked(days: list[int], end: int | None) -> None:
    """Else the walk would come back to the same activity for ever."""
    last = None if end is None else SPRING + timedelta(days=end)
    activity = Activity(id="a", plan="p", title="Rutin", status="pagar", end=last)
    asked = [SPRING + timedelta(days=each) for each in days]
    found = list(reasons_for(activity, today=SPRING, made=SPRING, planned=asked))
    assert not found
