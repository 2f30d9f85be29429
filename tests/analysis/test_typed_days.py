"""A day that is typed is read as it is written in Sweden, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.typed_days import typed_day

DAY = date(2026, 9, 14)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text", ["2026-09-14", "20260914", "260914", "14/9 2026", "14.9.2026", " 14 September  2026 ", "14 sep. 2026"]
)
def test_every_way_to_write_a_day_is_read(text: str) -> None:
    assert typed_day(text) == DAY


@pytest.mark.parametrize("text", ["14/9", "14 sep", "14.9"])
def test_a_day_without_its_year_needs_another_to_lie_near(text: str) -> None:
    assert typed_day(text, near=date(2026, 1, 1)) == DAY
    assert typed_day(text) is None


@pytest.mark.parametrize("text", ["", "2026-09", "2026-02-30", "14", "i morgon", "14 xyz 2026", "202609", "9/14 2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert typed_day(text, near=DAY) is None


@given(days)
def test_a_day_in_print_is_read_back(day: date) -> None:
    assert typed_day(day.isoformat()) == typed_day(numbers_sv.day(day)) == typed_day(numbers_sv.short_day(day)) == day


@given(st.text(max_size=20))
def test_nothing_typed_is_an_error(text: str) -> None:
    found = typed_day(text, near=DAY)
    assert found is None or found.year
