"""Which period the user most likely means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import reporting
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal


def on(workplace: Workplace, year: int, month: int, day: int) -> Workplace:

    return replace(workplace, clock=Seeded(1, datetime(year, month, day, 8, tzinfo=UTC)).clock)


@pytest.mark.parametrize(
    ("day", "expected"),
    [((2026, 9, 1), "2026-T2"), ((2026, 9, 25), "2026-T2"), ((2026, 10, 25), "2026-T2"), ((2026, 10, 26), "2026-T3")],
)
def test_the_period_just_ended_is_meant_until_a_month_after_its_deadline(
    edet: Workplace, day: tuple[int, int, int], expected: str
) -> None:
    assert reporting.default_period(on(edet, *day)).id == expected


def test_once_it_is_sealed_the_present_period_is_meant(edet: Workplace, seal: Seal) -> None:
    seal(edet)
    assert reporting.default_period(edet).id == "2026-T3"


def test_an_example_stays_at_the_last_period_that_has_figures(edet: Workplace, seal: Seal) -> None:
    seal(edet)
    edet.store.set_setting("demo", "1")
    assert reporting.default_period(on(edet, 2028, 1, 1)).id == "2026-T2"


def test_periods_before_the_fardplan_are_not_offered(edet: Workplace) -> None:
    early = reporting.choices(on(edet, 2023, 9, 14))
    assert [each.id for each in early] == ["2023-T3", "2023-T2", "2023-T1"]
    assert len(reporting.choices(edet)) == 9


def test_days_left_are_negative_after_the_deadline(edet: Workplace, period: Period) -> None:
    assert reporting.days_left(edet, period=period) == 11
    assert reporting.days_left(on(edet, 2026, 9, 26), period=period) == -1
