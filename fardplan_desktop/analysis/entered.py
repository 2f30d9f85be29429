"""What one organisation has entered, looked up as the quality rules need it: as entered, never rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, count_id


class Entered:
    """An index over counts of all periods."""

    def __init__(self, counts: Iterable[Count]) -> None:
        self._by_id = {count.id: count for count in counts}
        self._counts: dict[tuple[str, str | None], list[Count]] = {}
        for count in self._by_id.values():
            self._counts.setdefault((count.measure, count.breakdown), []).append(count)
        self._histories: dict[tuple[str, str | None], tuple[Period, ...]] = {}
        self._within: dict[tuple[str, str | None, Period], tuple[Period, ...]] = {}

    def periods(self, measure: str, within: Period, breakdown: str | None = None) -> tuple[Period, ...]:
        """The periods in which the measure (or its breakdown) was entered, in order."""
        kind = (measure, breakdown, within)
        if kind not in self._within:
            self._within[kind] = tuple(when for when in self.history(measure, breakdown) if within.contains(when))
        return self._within[kind]

    def counts(self, measure: str) -> Sequence[Count]:
        """The measure's own counts, without its breakdowns."""
        return self._counts.get((measure, None), ())

    def history(self, measure: str, breakdown: str | None = None) -> tuple[Period, ...]:
        """Every period ever entered, in order."""
        kind = (measure, breakdown)
        if kind not in self._histories:
            self._histories[kind] = tuple(sorted({period_with(each.period) for each in self._counts.get(kind, ())}))
        return self._histories[kind]

    def place(self, measure: Measure, period: Period) -> str:
        """The id of the count that speaks for the measure in the period, whether it exists or not.

        A stock is the same however long the period that ends that day, so a tertial's stock answers for its last month.
        """
        id = count_id(measure.id, period.id)
        if id not in self._by_id and measure.over_time == "last":
            ending = next((when for when in self.history(measure.id) if when.end == period.end), period)
            return count_id(measure.id, ending.id)
        return id

    def number(self, id: str) -> int | None:
        """The number of the count with this id; None when it is missing, not applicable or not entered."""
        count = self._by_id.get(id)
        return count.n if count else None

    def otherwise(self, measure: str, period: Period) -> bool:
        """True when the measure is entered for longer or shorter periods that overlap this one."""
        return any(
            when != period and when.start <= period.end and period.start <= when.end for when in self.history(measure)
        )
