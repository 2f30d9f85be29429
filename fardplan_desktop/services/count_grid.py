"""What the SIP follow-up shows: measures × months of a reporting period, rolled up and compared, as frozen data.

Counts are read once and everything is worked out from them, so that the page can show itself anew after each number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from fardplan_desktop.analysis import rules
from fardplan_desktop.analysis.rollup import fits, period_with, roll_up
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.codebook import Code, CodeBook, CodeList, Measure
from fardplan_desktop.domain.errors import Locked
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.periods import Period, PeriodType, period_of
from fardplan_desktop.domain.records import Count, RuleComment, count_id
from fardplan_desktop.services import deliveries
from fardplan_desktop.services.count_cells import (
    Cell,
    CellKind,
    Group,
    Point,
    Progress,
    Row,
    Split,
    Trend,
    progress_of,
    split_sums,
    with_splits,
)
from fardplan_desktop.services.workplace import Workplace

__all__ = ["Cell", "CellKind", "CountGrid", "Group", "Known", "Progress", "Row", "Split", "Trend"]

_TREND = 12
_FEW = 40
"""So many changed counts are read one by one; for more all are read."""


class Known(msgspec.Struct, frozen=True):
    """What has been read of our own counts, so that one new number need not read five years of them anew."""

    counts: Mapping[str, Count]
    comments: tuple[RuleComment, ...]


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
        """The measures' rows, without those of breakdowns."""
        return tuple(row for group in self.groups for row in group.rows)

    def row(self, key: str) -> Row | None:
        """The row of a measure, or of a value that has been opened; ``key`` as in ``Row.key``."""
        return next((row for row in with_splits(self.rows) if row.key == key), None)

    def progress(self, *, whole: bool = False) -> Progress:
        """Over the rows shown. ``whole``: untouched measures are asked for as one value for the period."""
        return progress_of(self.rows, whole=whole)


def count_grid(
    workplace: Workplace,
    *,
    period: Period,
    all_measures: bool,
    opened: Collection[str] = (),
    known: Known | None = None,
) -> CountGrid:
    """The grid of a reporting period: the obligatory measures, or all that are in force.

    ``opened``: measures whose breakdowns are shown under them. ``known``: what ``read`` gave, if it was called.
    """
    book = workplace.codebook
    known = known or read(workplace)
    tried = _tried(period, known.counts.values())
    problems = rules.problems(rules.evaluate(book, period, tried), known.comments)
    faults = {each.result.subject: each.result.text for each in problems if each.blocks}
    maker = _Maker(book=book, period=period, faults=faults, split_faults=_split_faults(book, problems))
    counts = known.counts.values() if opened else tried
    rows = maker.rows(counts, all_measures=all_measures, opened=opened)
    groups = [(label, tuple(each)) for label, each in groupby(rows, key=lambda row: row.measure.group)]
    return CountGrid(
        period=period,
        groups=tuple(Group(label, _parts_under_wholes(each)) for label, each in groups),
        problems=problems,
        locked=deliveries.locked(workplace, period=period),
        measures=len(_in_force(book, period)),
    )


def read(workplace: Workplace, *, before: Known | None = None, change: Change | None = None) -> Known:
    """Our own counts and comments: all, or what ``before`` held with what the change has touched read anew."""
    store = workplace.store
    if before is None or change is None:
        return Known({each.id: each for each in store.own(Count)}, store.own(RuleComment))
    counts = dict(before.counts)
    if "Count" in change.kinds and len(change.ids) > _FEW:
        counts = {each.id: each for each in store.own(Count)}
    elif "Count" in change.kinds:
        for id in change.ids:
            found = store.get(Count, id)
            if found is None:
                counts.pop(id, None)
            else:
                counts[id] = found
    comments = store.own(RuleComment) if "RuleComment" in change.kinds else before.comments
    return Known(counts, comments)


def progress(workplace: Workplace, *, period: Period, counts: Sequence[Count] | None = None) -> Progress:
    """How far the obligatory measures have come; for Start. ``counts``: all of our own, when they have been read."""
    maker = _Maker(book=workplace.codebook, period=period)
    every = workplace.store.own(Count) if counts is None else counts
    return progress_of(maker.rows(every, all_measures=False), whole=False)


def locked_problem(period: Period) -> Locked:
    """What is said to who types in a sealed period."""
    return Locked(
        f"{period.name.capitalize()} är låst.",
        "Perioden är förseglad.",
        "Öppna rättelse under Rapportera › Inskickat och ändra sedan.",
    )


def _in_force(book: CodeBook, period: Period) -> tuple[Measure, ...]:
    return tuple(each for each in book.measures if each.ended is None or each.ended >= period.start)


def _tried(period: Period, counts: Iterable[Count]) -> list[Count]:
    """What rules look at: they look back at wholes, but at breakdowns (three counts of four) only within the period."""
    within = _ids_within(period)
    return [count for count in counts if count.breakdown is None or count.period in within]


def _ids_within(period: Period) -> set[str]:
    """Every period that this one contains."""
    return {
        part.id
        for month in period.months
        for kind in PeriodType
        if period.contains(part := period_of(month.start, kind))
    }


def _split_faults(book: CodeBook, problems: Iterable[Problem]) -> dict[str, str]:
    """The errors of breakdowns, by subject and list: ``SIP08/2026-05/alder``."""
    return {
        f"{each.result.subject}/{list}": each.result.text
        for each in problems
        if each.blocks and (list := book.rule(each.result.rule).breakdown)
    }


class _Maker(msgspec.Struct, frozen=True, kw_only=True):
    """Makes rows of counts. A value of a breakdown follows its measure: month by month, or for the whole period."""

    book: CodeBook
    period: Period
    faults: Mapping[str, str] = {}
    split_faults: Mapping[str, str] = {}

    def rows(self, counts: Iterable[Count], *, all_measures: bool, opened: Collection[str] = ()) -> tuple[Row, ...]:
        by_measure: dict[str, list[Count]] = {}
        for count in counts:
            by_measure.setdefault(count.measure, []).append(count)
        return tuple(
            self._row_of(measure, by_measure.get(measure.id, []), opened=measure.id in opened)
            for measure in _in_force(self.book, self.period)
            if all_measures or measure.obligatory
        )

    def _row_of(self, measure: Measure, counts: Sequence[Count], *, opened: bool) -> Row:
        entered = self._entered_as(counts)
        own = [count for count in counts if count.breakdown is None]
        row = self._row(measure, own, entered)
        if not opened:
            return row
        splits = (self._split(row, counts, self.book.list(id), entered) for id in measure.breakdowns)
        return msgspec.structs.replace(row, splits=tuple(splits))

    def _split(self, row: Row, counts: Sequence[Count], list: CodeList, entered: frozenset[PeriodType]) -> Split:
        within = [count for count in counts if count.breakdown == list.id]
        given = {count.value for count in within if self.period.contains(period_with(count.period))}
        rows = [
            self._row(row.measure, [count for count in within if count.value == code.id], entered, list, code)
            for code in list.codes
            if code.active(self.period.end) or code.id in given
        ]
        periods = [*(cell.period for cell in row.cells), self.period.id]
        faults = [self.split_faults.get(f"{count_id(row.measure.id, when)}/{list.id}", "") for when in periods]
        months, whole = split_sums(rows, row, faults)
        return Split(list=list, rows=tuple(rows), months=months, whole=whole)

    def _entered_as(self, counts: Sequence[Count]) -> frozenset[PeriodType]:
        """The lengths of the periods within this one in which the measure or a breakdown of it stands."""
        dated = (period_with(count.period) for count in _of_year(counts, self.period.year))
        return frozenset(when.type for when in dated if fits(when, self.period))

    def _row(
        self,
        measure: Measure,
        counts: Sequence[Count],
        entered: frozenset[PeriodType],
        list: CodeList | None = None,
        code: Code | None = None,
    ) -> Row:
        period, split = self.period, (list.id if list else None, code.id if code else None)
        standing = {count.id: count for count in counts}
        rolled = roll_up(measure, period, _of_year(counts, period.year), *split)
        needed = code is None and (measure.obligatory or rolled.state is not None)
        cells, whole = self._cells(measure, standing, entered, split, needed=needed)
        if whole.kind is CellKind.ELSEWHERE:
            whole = msgspec.structs.replace(whole, sum=rolled)
        return Row(
            measure=measure,
            cells=cells,
            whole=whole,
            rolled=rolled,
            before=roll_up(measure, period.year_before, _of_year(counts, period.year - 1), *split),
            months_before=tuple(
                standing.get(count_id(measure.id, month.year_before.id, *split)) for month in period.months
            ),
            trend=_trend(measure, period, self.book.reporting.type, {each.period: each.n for each in counts}),
            list=list,
            code=code,
        )

    def _cells(
        self,
        measure: Measure,
        standing: Mapping[str, Count],
        entered: frozenset[PeriodType],
        split: tuple[str | None, str | None],
        *,
        needed: bool,
    ) -> tuple[tuple[Cell, ...], Cell]:
        """The months' cells and the period's own."""
        period, asked = self.period, CellKind.NEEDED if needed else CellKind.OPTIONAL

        def cell(when: Period, kind: CellKind) -> Cell:
            place = count_id(measure.id, when.id, *split)
            fault = self.faults.get(place, "")
            found = standing.get(place)
            return Cell(
                measure=measure.id, period=when.id, kind=kind, breakdown=split[0], value=split[1], count=found,
                fault=fault,
            )  # fmt: skip

        if measure.over_time == "last":
            whole = cell(period if period.type in entered else period.months[-1], asked)
            return (*(cell(month, CellKind.NOTHING) for month in period.months[:-1]), whole), whole
        in_whole = period.type in entered and len(period.months) > 1
        in_months = bool(entered) and not in_whole
        whole = cell(period, CellKind.ELSEWHERE if in_months else asked)
        return tuple(cell(month, CellKind.ELSEWHERE if in_whole else asked) for month in period.months), whole


def _of_year(counts: Sequence[Count], year: int) -> list[Count]:
    """No period reaches over a new year, and the rest need not be looked at."""
    return [count for count in counts if count.period.startswith(str(year))]


def _trend(measure: Measure, period: Period, reporting: PeriodType, numbers: Mapping[str, int | None]) -> Trend:
    """Twelve months; a stock's months in which nothing was asked leave no gap. Twelve periods when entered so."""
    last = period.months[-1]
    months = [last.shifted(step) for step in range(1 - _TREND, 1)]
    points = [Point(month, numbers.get(month.id)) for month in months]
    if all(point.n is None for point in points) and period.type is not PeriodType.MONTH:
        periods = [period.shifted(step) for step in range(1 - _TREND, 1)]
        longer = [Point(each, numbers.get(each.id)) for each in periods]
        if any(point.n is not None for point in longer):
            return Trend("Senaste 12 perioderna", tuple(longer))
    if measure.over_time == "last":
        points = [each for each in points if each.n is not None or _ends(each.period, reporting)]
    return Trend("Senaste 12 månaderna", tuple(points))


def _ends(month: Period, reporting: PeriodType) -> bool:
    return period_of(month.start, reporting).end == month.end


def _parts_under_wholes(rows: Iterable[Row]) -> tuple[Row, ...]:
    """A part whose whole is not shown keeps its place."""
    known = tuple(rows)
    shown = {row.measure.id for row in known}
    ordered: list[Row] = []
    for row in known:
        if row.measure.part_of not in shown:
            ordered += [row, *(part for part in known if part.measure.part_of == row.measure.id)]
    return tuple(ordered)
