"""Periods: one spelling each, and arithmetic that never loses a month."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, PeriodType, parse_period, period_of

_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_PERIODS = st.builds(period_of, _DAYS, st.sampled_from(PeriodType))


@given(_PERIODS)
def test_a_period_is_read_back_from_its_id(period: Period) -> None:
    assert parse_period(period.id) == period


@given(_PERIODS)
def test_a_period_is_its_months_and_nothing_between_them(period: Period) -> None:
    months = period.months
    assert len(months) == period.type.months
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(later.start - earlier.end == timedelta(days=1) for earlier, later in pairwise(months))
    assert all(period.contains(month) for month in months)
    assert period.contains(period)


@given(_DAYS, st.sampled_from(PeriodType))
def test_a_day_lies_in_the_period_it_belongs_to(day: date, kind: PeriodType) -> None:
    period = period_of(day, kind)
    assert period.start <= day <= period.end
    assert period.type is kind


@given(_PERIODS, st.integers(-40, 40))
def test_shifting_there_and_back_changes_nothing_and_neighbours_meet(period: Period, steps: int) -> None:
    assert period.shifted(steps).shifted(-steps) == period
    assert period.start - period.previous.end == timedelta(days=1)
    assert not period.contains(period.previous)


@given(_PERIODS)
def test_the_same_period_a_year_before_is_whole_years_of_periods_back(period: Period) -> None:
    assert period.year_before == period.shifted(-12 // period.type.months)


def test_periods_sort_by_start_and_then_by_length() -> None:
    given_order = [parse_period(text) for text in ("2026-T2", "2026-05", "2025", "2026", "2026-01", "2026-Q1")]
    assert [period.id for period in sorted(given_order, key=lambda each: (each.start, each.type.months))] == [
        "2025", "2026-01", "2026-Q1", "2026", "2026-05", "2026-T2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "name", "short", "span"),
    [
        ("2026-05", "maj 2026", "maj 2026", "maj"),
        ("2026-Q2", "kvartal 2 2026", "Q2 2026", "april–juni"),
        ("2026-T2", "tertial 2 2026", "T2 2026", "maj–augusti"),
        ("2026-H2", "halvår 2 2026", "H2 2026", "juli–december"),
        ("2026", "2026", "2026", "januari–december"),
    ],
)
def test_a_period_is_named_as_people_say_it(period: str, name: str, short: str, span: str) -> None:
    parsed = parse_period(period)
    assert (parsed.name, parsed.short, parsed.span) == (name, short, span)


@pytest.mark.parametrize(
    "text",
    [
        "", "20٢٦-05", "26-05", "2026-5", "2026-13", "2026-00", "2026-Q5", "2026-T4", "2026-H3", "2026-t2",
        "2026-05-01", "1999", "2026 T2", "2026-T2\n", " 2026", "202605", "maj 2026",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example_of_how_to_write(text: str) -> None:
    with pytest.raises(InputProblem, match=r"Skriv till exempel 2026-05, 2026-T2 eller 2026\."):
        parse_period(text)


def test_february_of_a_leap_year_ends_on_its_twenty_ninth() -> None:
    assert parse_period("2028-02").end == date(2028, 2, 29)
    assert parse_period("2027-02").end == date(2027, 2, 28)
