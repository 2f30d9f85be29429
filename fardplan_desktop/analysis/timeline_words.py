"""A bar of the timeline in words, for those who do not see it, and where its days lie in the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fardplan_desktop.analysis.numbers_sv import NO_BREAK, near_day, short_day
from fardplan_desktop.domain.timeline import Bar, Mark


def share_of_year(day: date, year: int) -> float:
    """Where the beginning of the day lies in the year, 0–1; days of other years lie at its ends."""
    whole = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return min(1.0, max(0.0, (day - date(year, 1, 1)).days / whole))


def span_words(bar: Bar) -> str:
    """``3 mar 2026–30 jun 2026``; what is not stated is said to be missing."""
    if bar.start is None and bar.end is None:
        return "Start och slut saknas"
    start = short_day(bar.start) if bar.start else "Start saknas"
    end = short_day(bar.end) if bar.end else "slut saknas"
    return f"{start}–{end}" if bar.start and bar.end else f"{start}, {end}"


def check_in_words(bar: Bar, year: int) -> str:
    """``Avstämd 3 juni. Planerad avstämning 1 december.``: those of the year; empty when there are none."""
    made = _days((each for each in bar.marks if not each.planned), year)
    planned = _days((each for each in bar.marks if each.planned), year)
    told = [f"Avstämd {made}." if made else "", f"Planerad avstämning {planned}." if planned else ""]
    return " ".join(each for each in told if each)


def bar_words(bar: Bar, year: int) -> str:
    """All that is drawn, as sentences."""
    late = " Slutdatum har passerat." if bar.late else ""
    return f"{span_words(bar)}.{late} {check_in_words(bar, year)}".strip()


def _days(marks: Iterable[Mark], year: int) -> str:
    days = [near_day(each.day, each.day).replace(" ", NO_BREAK) for each in marks if each.day.year == year]
    return " och ".join([*([", ".join(days[:-1])] if days[1:] else []), *days[-1:]])
