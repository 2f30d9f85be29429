"""One organisation's value of a measure in a period, from what was entered as months, quarters or the period itself.

The rules are section "Over time" and "Roll-up" of the domain model 7.1: events add up, stocks are the last month's, and
unique plans added over months are marked as such. A missing part is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.figures import Basis, Rolled
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count, CountState

Dated = tuple[Period, Count]


def roll_up(
    measure: Measure, period: Period, counts: Iterable[Count], breakdown: str | None = None, value: str | None = None
) -> Rolled:
    """The measure's value in the period, whole or for one value of a breakdown; other counts are passed over."""
    dated = [
        (when, count)
        for count in counts
        if (count.measure, count.breakdown, count.value) == (measure.id, breakdown, value)
        and period.contains(when := period_with(count.period))
    ]
    chosen = _at_the_end(period, dated) if measure.over_time == "last" else _cover(period, dated)
    asked = 1 if measure.over_time == "last" else period.type.months
    parts = _months(chosen, measure, {CountState.REPORTED, CountState.ESTIMATED})
    parts_of = asked - _months(chosen, measure, {CountState.NOT_APPLICABLE})
    numbers = [(when, count, count.n) for when, count in chosen if count.n is not None]
    basis = _basis(period, chosen)
    return Rolled(
        measure=measure.id,
        period=period.id,
        breakdown=breakdown,
        breakdown_value=value,
        value=sum(n for _, _, n in numbers) if numbers else None,
        estimated=any(count.state is CountState.ESTIMATED for _, count, _ in numbers),
        state=_state(chosen, parts_of),
        parts=parts,
        parts_of=parts_of,
        basis=basis,
        repeats=measure.over_time == "unique" and basis is Basis.MONTHS and bool(numbers),
        covered=tuple(when.id for when, _, _ in numbers),
        cells=tuple(count.id for _, count, _ in numbers),
    )


@lru_cache(maxsize=1024)
def period_with(id: str) -> Period:
    """``parse_period``, remembered: the same few ids stand on every count."""
    return parse_period(id)


def fits(part: Period, whole: Period) -> bool:
    """Months fit every period, quarters half-years and years, tertials years; a period fits itself."""
    return whole.contains(part) and whole.type.months % part.type.months == 0


def _at_the_end(period: Period, dated: list[Dated]) -> list[Dated]:
    """The stock on the period's last day, the longest entry first; an older one never stands in for it."""
    ending = [each for each in dated if each[0].end == period.end]
    return sorted(ending, key=lambda each: -each[0].type.months)[:1]


def _cover(period: Period, dated: list[Dated]) -> list[Dated]:
    """Entries that do not overlap, in order: one for a longer stretch wins over the months within it."""
    chosen: list[Dated] = []
    for when, count in sorted(dated, key=lambda each: (-each[0].type.months, each[0])):
        if fits(when, period) and not any(taken.contains(when) for taken, _ in chosen):
            chosen.append((when, count))
    return sorted(chosen, key=lambda each: each[0])


def _months(chosen: list[Dated], measure: Measure, states: set[CountState]) -> int:
    """How many of the parts asked for are in one of the states."""
    within = [when for when, count in chosen if count.state in states]
    return len(within) if measure.over_time == "last" else sum(when.type.months for when in within)


def _state(chosen: list[Dated], parts_of: int) -> CountState | None:
    states = {count.state for _, count in chosen}
    if CountState.ESTIMATED in states:
        return CountState.ESTIMATED
    if CountState.REPORTED in states:
        return CountState.REPORTED
    if not states:
        return None
    return CountState.MISSING if parts_of else CountState.NOT_APPLICABLE


def _basis(period: Period, chosen: list[Dated]) -> Basis:
    if not chosen:
        return Basis.NONE
    return Basis.PERIOD if chosen[0][0] == period else Basis.MONTHS
