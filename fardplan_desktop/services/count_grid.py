"""What the SIP follow-up shows: measures × months of a reporting period, rolled up and compared, as frozen data.

Counts are read once and everything is worked out from them, so that the page can show itself anew after each number.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby

import msgspec

from fardplan_desktop.analysis import numbers_sv, rules
from fardplan_desktop.analysis.rollup import period_with, roll_up
from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.errors import Locked
from fardplan_desktop.domain.figures import Basis, Problem, Rolled
from fardplan_desktop.domain.periods import MONTH_SHORT, Period, PeriodType, period_of
from fardplan_desktop.domain.records import Count, RuleComment, count_id
from fardplan_desktop.services import deliveries
from fardplan_desktop.services.workplace import Workplace

_TREND = 12


class CellKind(StrEnum):
    """What a cell asks for."""

    NEEDED = "needed"
    """Obligatory, or a voluntary measure that has been begun."""
    OPTIONAL = "optional"
    ELSEWHERE = "elsewhere"
    """The measure stands at the other granularity; typing here asks whether to replace it."""
    NOTHING = "nothing"
    """A stock in any other month than the last."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One place in the grid where a count stands or could stand."""

    measure: str
    period: str
    kind: CellKind
    count: Count | None = None
    fault: str = ""
    """The sentence of the error that concerns the cell."""

    @property
    def id(self) -> str:
        return count_id(self.measure, self.period)

    @property
    def text(self) -> str:
        """``11``, ``≈ 14``, ``saknas``, ``ej aktuellt``; empty when nobody has entered anything."""
        return "" if self.count is None else numbers_sv.count(self.count.n, self.count.state)

    @property
    def to_fill(self) -> bool:
        return self.kind is CellKind.NEEDED and self.count is None


class Point(msgspec.Struct, frozen=True):
    """One value of a trend; None is a gap, never 0."""

    period: Period
    n: int | None


class Trend(msgspec.Struct, frozen=True):
    """The latest values at the granularity at which the measure is entered, oldest first."""

    heading: str
    points: tuple[Point, ...]

    @property
    def values(self) -> tuple[int | None, ...]:
        return tuple(point.n for point in self.points)

    @property
    def median(self) -> float | None:
        known = [n for n in self.values if n is not None]
        return statistics.median(known) if known else None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measure."""

    measure: Measure
    cells: tuple[Cell, ...]
    """One for each month of the period."""
    whole: Cell
    """The period's own value. A stock has one place only: that of the last month."""
    rolled: Rolled
    before: Rolled
    """The same period last year."""
    months_before: tuple[Count | None, ...]
    """The same months last year."""
    trend: Trend

    @property
    def note(self) -> str:
        """What stands at the left of the period's value: ``3 av 4`` or ``i aug``."""
        rolled = self.rolled
        if rolled.value is None:
            return ""
        if self.measure.over_time == "last":
            last = period_with(rolled.period).months[-1]
            return f"i {MONTH_SHORT[last.first_month - 1]}" if len(self.cells) > 1 else ""
        return numbers_sv.of(rolled.parts, rolled.parts_of) if rolled.parts < rolled.parts_of else ""


class Group(msgspec.Struct, frozen=True):
    """Rows under one heading, parts right under their whole."""

    label: str
    rows: tuple[Row, ...]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what is asked for has been answered; *saknas* is an answer too."""

    filled: int
    of: int
    empty: tuple[Cell, ...]
    """What is left, month by month."""

    @property
    def first_empty(self) -> Cell | None:
        return self.empty[0] if self.empty else None

    def empty_in(self, period: Period) -> int:
        """How many are left in a month."""
        return sum(cell.period == period.id for cell in self.empty)


class CountGrid(msgspec.Struct, frozen=True, kw_only=True):
    """The whole grid."""

    period: Period
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]
    """Of all measures, also those that are not shown; worst first."""
    locked: bool
    measures: int
    """How many there are in the code book."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    def row(self, measure: str) -> Row | None:
        return next((row for row in self.rows if row.measure.id == measure), None)

    def progress(self, *, whole: bool = False) -> Progress:
        """Over the rows shown. ``whole``: untouched measures are asked for as one value for the period."""
        return _progress(self.rows, whole=whole)


def count_grid(workplace: Workplace, *, period: Period, all_measures: bool) -> CountGrid:
    """The grid of a reporting period: the obligatory measures, or all that are in force."""
    counts = workplace.store.own(Count)
    found = rules.evaluate(workplace.codebook, period, counts)
    problems = rules.problems(found, workplace.store.own(RuleComment))
    faults = {each.result.subject: each.result.text for each in problems if each.blocks}
    rows = _rows(workplace, period, counts, faults, all_measures=all_measures)
    groups = [(label, tuple(each)) for label, each in groupby(rows, key=lambda row: row.measure.group)]
    return CountGrid(
        period=period,
        groups=tuple(Group(label, _parts_under_wholes(each)) for label, each in groups),
        problems=problems,
        locked=deliveries.locked(workplace, period=period),
        measures=len(_in_force(workplace, period)),
    )


def progress(workplace: Workplace, *, period: Period) -> Progress:
    """How far the obligatory measures have come; for Start."""
    return _progress(_rows(workplace, period, workplace.store.own(Count), {}, all_measures=False), whole=False)


def first_empty(workplace: Workplace, *, period: Period) -> Cell | None:
    """Where to go on: the earliest month's first cell that is asked for and empty."""
    return progress(workplace, period=period).first_empty


def locked_problem(period: Period) -> Locked:
    """What is said to who types in a sealed period."""
    return Locked(
        f"{period.name.capitalize()} är låst.",
        "Perioden är förseglad.",
        "Öppna rättelse under Rapportera › Inskickat och ändra sedan.",
    )


def _in_force(workplace: Workplace, period: Period) -> tuple[Measure, ...]:
    return tuple(each for each in workplace.codebook.measures if each.ended is None or each.ended >= period.start)


def _rows(
    workplace: Workplace, period: Period, counts: Sequence[Count], faults: Mapping[str, str], *, all_measures: bool
) -> tuple[Row, ...]:
    wholes: dict[str, list[Count]] = {}
    for count in counts:
        if count.breakdown is None:
            wholes.setdefault(count.measure, []).append(count)
    reporting = workplace.codebook.reporting.type
    return tuple(
        _row(measure, period, reporting, wholes.get(measure.id, []), faults)
        for measure in _in_force(workplace, period)
        if all_measures or measure.obligatory
    )


def _row(
    measure: Measure, period: Period, reporting: PeriodType, counts: Sequence[Count], faults: Mapping[str, str]
) -> Row:
    standing = {count.id: count for count in counts}
    rolled = roll_up(measure, period, _of_year(counts, period.year))
    asked = CellKind.NEEDED if measure.obligatory or rolled.state is not None else CellKind.OPTIONAL

    def cell(when: Period, kind: CellKind) -> Cell:
        place = count_id(measure.id, when.id)
        return Cell(
            measure=measure.id, period=when.id, kind=kind, count=standing.get(place), fault=faults.get(place, "")
        )

    if measure.over_time == "last":
        entered = count_id(measure.id, period.id) in standing
        whole = cell(period if entered else period.months[-1], asked)
        cells = (*(cell(month, CellKind.NOTHING) for month in period.months[:-1]), whole)
    else:
        in_months = rolled.basis is Basis.MONTHS
        in_whole = rolled.basis is Basis.PERIOD and len(period.months) > 1
        whole = cell(period, CellKind.ELSEWHERE if in_months else asked)
        cells = tuple(cell(month, CellKind.ELSEWHERE if in_whole else asked) for month in period.months)
    return Row(
        measure=measure,
        cells=cells,
        whole=whole,
        rolled=rolled,
        before=roll_up(measure, period.year_before, _of_year(counts, period.year - 1)),
        months_before=tuple(standing.get(count_id(measure.id, month.year_before.id)) for month in period.months),
        trend=_trend(measure, period, reporting, standing),
    )


def _of_year(counts: Sequence[Count], year: int) -> list[Count]:
    """No period reaches over a new year, and the rest need not be looked at."""
    return [count for count in counts if count.period.startswith(str(year))]


def _trend(measure: Measure, period: Period, reporting: PeriodType, standing: Mapping[str, Count]) -> Trend:
    """Twelve months; a stock's months in which nothing was asked leave no gap. Twelve periods when entered so."""
    last = period.months[-1]
    months = [last.shifted(step) for step in range(1 - _TREND, 1)]
    points = [Point(month, _number(standing, measure.id, month)) for month in months]
    if all(point.n is None for point in points) and period.type is not PeriodType.MONTH:
        periods = [period.shifted(step) for step in range(1 - _TREND, 1)]
        longer = [Point(each, _number(standing, measure.id, each)) for each in periods]
        if any(point.n is not None for point in longer):
            return Trend("Senaste 12 perioderna", tuple(longer))
    if measure.over_time == "last":
        points = [each for each in points if each.n is not None or _ends(each.period, reporting)]
    return Trend("Senaste 12 månaderna", tuple(points))


def _ends(month: Period, reporting: PeriodType) -> bool:
    return period_of(month.start, reporting).end == month.end


def _number(standing: Mapping[str, Count], measure: str, period: Period) -> int | None:
    count = standing.get(count_id(measure, period.id))
    return None if count is None else count.n


def _parts_under_wholes(rows: Iterable[Row]) -> tuple[Row, ...]:
    """A part whose whole is not shown keeps its place."""
    known = tuple(rows)
    shown = {row.measure.id for row in known}
    ordered: list[Row] = []
    for row in known:
        if row.measure.part_of not in shown:
            ordered += [row, *(part for part in known if part.measure.part_of == row.measure.id)]
    return tuple(ordered)


def _progress(rows: Iterable[Row], *, whole: bool) -> Progress:
    needed = [
        (number, cell)
        for row in rows
        for number, cell in enumerate(_asked(row, whole=whole))
        if cell.kind is CellKind.NEEDED
    ]
    empty = [each for each in needed if each[1].count is None]
    return Progress(
        filled=len(needed) - len(empty),
        of=len(needed),
        empty=tuple(cell for _, cell in sorted(empty, key=lambda each: each[0])),
    )


def _asked(row: Row, *, whole: bool) -> tuple[Cell, ...]:
    """The cells at the granularity at which the measure stands, or would be entered."""
    if row.rolled.basis is Basis.PERIOD or (whole and row.rolled.basis is Basis.NONE):
        return (row.whole,)
    return row.cells
