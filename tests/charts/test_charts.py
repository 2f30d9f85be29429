"""Charts: gaps stay gaps, sums are kept, and no series is told by colour alone."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.charts.bars import Bar, category_bars, gathered
from fardplan_desktop.charts.lines import LineSeries, monthly_lines
from fardplan_desktop.charts.style import PRINT
from fardplan_desktop.domain.periods import parse_period

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
SIZE = (300.0, 150.0)


def test_a_month_without_a_number_is_a_gap_and_not_a_zero() -> None:
    months = [parse_period(f"2026-0{month}") for month in (1, 2, 3)]
    figure = monthly_lines(months, [LineSeries("Upprättade SIP", [4, None, 0])], size=SIZE, fonts=FONTS)
    first, second, third = map(float, figure.axes[0].lines[0].get_ydata())  # type: ignore[arg-type]  # an array here
    assert (first, third) == (4, 0)
    assert math.isnan(second)


def test_the_axis_starts_at_zero_and_has_whole_numbers() -> None:
    months = [parse_period("2026-01"), parse_period("2026-02")]
    axes = monthly_lines(months, [LineSeries("a", [1, 2])], size=SIZE, fonts=FONTS).axes[0]
    assert axes.get_ylim()[0] == 0
    assert [label.get_text() for label in axes.get_yticklabels()] == ["0", "2", "4"]


def test_without_any_number_the_chart_says_so() -> None:
    axes = monthly_lines([parse_period("2026-01")], [LineSeries("a", [None])], size=SIZE, fonts=FONTS).axes[0]
    assert [text.get_text() for text in axes.texts] == ["Inga tal att visa: uppgift saknas"]


def test_the_year_stands_under_the_first_month_and_each_january() -> None:
    months = [parse_period("2025-11").shifted(step) for step in range(4)]
    axes = monthly_lines(months, [LineSeries("a", [1, 1, 1, 1])], size=SIZE, fonts=FONTS).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["nov\n2025", "dec", "jan\n2026", "feb"]


def test_no_two_series_share_dash_or_marker() -> None:
    assert len({look.dash for look in PRINT.series}) == len({look.marker for look in PRINT.series}) == len(PRINT.series)


@pytest.mark.parametrize("colour", [PRINT.ink, PRINT.muted, *(look.colour for look in PRINT.series)])
def test_every_colour_of_text_and_lines_has_contrast_on_white(colour: str) -> None:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5


@settings(max_examples=50)
@given(st.lists(st.integers(0, 999), max_size=20), st.integers(1, 12))
def test_gathering_keeps_the_sum(counts: list[int], most: int) -> None:
    bars = gathered([Bar(str(place), count) for place, count in enumerate(counts)], most)
    assert sum(bar.value for bar in bars) == sum(counts)
    assert len(bars) <= most


def test_every_bar_has_its_number_and_a_long_name_is_shortened() -> None:
    bars = [Bar("Läkemedel", 1234), Bar("Ansvar och åtagande " * 20, 0)]
    texts = [text.get_text() for text in category_bars(bars, size=SIZE, fonts=FONTS).axes[0].texts]
    assert texts[:2] == ["Läkemedel", "1\N{NARROW NO-BREAK SPACE}234"]
    assert texts[2].startswith("Ansvar och")
    assert texts[2].endswith("…")
    assert texts[3] == "0"
