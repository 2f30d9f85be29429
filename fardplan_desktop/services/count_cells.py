"""The parts of the SIP follow-up's grid as frozen data: cells, rows, breakdowns under their whole, progress."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.codebook import Code, CodeList, Measure
from fardplan_desktop.domain.figures import Basis, Rolled
from fardplan_desktop.domain.periods import MONTH_SHORT, Period
from fardplan_desktop.domain.records import Count, CountState, count_id


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
    breakdown: str | None = None
    value: str | None = None
    count: Count | None = None
    fault: str = ""
    """The sentence of the error that concerns the cell."""
    sum: Rolled | None = None
    """For a period's own value that is made of months: what they come to."""

    def is_sum(self, state: CountState, n: int | None) -> bool:
        """Whether this is what the months come to already, so that it says nothing new."""
        found = self.sum
        if found is None or n != found.value:
            return False
        return state is found.state if n is None else found.estimated == (state is CountState.ESTIMATED)

    @property
    def id(self) -> str:
        return count_id(self.measure, self.period, self.breakdown, self.value)

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


class SplitSum(msgspec.Struct, frozen=True, kw_only=True):
    """What the values of a breakdown, the unknown included, come to beside their whole."""

    n: int | None = None
    """None when no value has a number."""
    estimated: bool = False
    of: int | None = None
    """The whole; None when it has no number."""
    fault: str = ""

    @property
    def text(self) -> str:
        """``7``, ``≈ 7``; ``7 av 9`` as long as it is not the whole; empty without numbers."""
        if self.n is None:
            return ""
        text = numbers_sv.number(self.n) if self.of in (None, self.n) else numbers_sv.of(self.n, self.of or 0)
        return numbers_sv.estimated(text) if self.estimated else text


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measure, or one value of its breakdown."""

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
    list: CodeList | None = None
    code: Code | None = None
    """The value of the breakdown; None for the measure itself."""
    splits: tuple[Split, ...] = ()
    """The measure's breakdowns, when they have been opened."""

    @property
    def key(self) -> str:
        """What tells the row from the others, whatever the period."""
        return "/".join((self.measure.id, *self.split))

    @property
    def split(self) -> tuple[str, ...]:
        """Ids of the breakdown and the value; nothing for the measure itself."""
        return () if self.list is None or self.code is None else (self.list.id, self.code.id)

    @property
    def short(self) -> str:
        """For the row's own cell: a value stands under the name of its breakdown."""
        return self.measure.short if self.code is None else self.code.label

    @property
    def label(self) -> str:
        """For sentences and headings: ``Upprättade SIP, ålder 0–17``."""
        if self.list is None or self.code is None:
            return self.measure.label
        return f"{self.measure.label}, {split_words(self.list, self.code)}"

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


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """One breakdown of a measure: its values, and for each month and the period what they come to."""

    list: CodeList
    rows: tuple[Row, ...]
    months: tuple[SplitSum, ...]
    whole: SplitSum


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


def split_words(list: CodeList, code: Code) -> str:
    """``ålder 0–17``, ``kallande part vårdcentral``: a value of a breakdown within a sentence."""
    return f"{list.label.lower()} {code.label[:1].lower()}{code.label[1:]}"


def split_sums(rows: Sequence[Row], row: Row, faults: Sequence[str]) -> tuple[tuple[SplitSum, ...], SplitSum]:
    """What a breakdown's rows come to in each month and in the period; ``faults`` in that order too."""
    months = [
        _summed([each.cells[at].count for each in rows], _number(row.cells[at].count), faults[at])
        for at in range(len(row.cells))
    ]
    known = [each.rolled for each in rows if each.rolled.value is not None]
    whole = SplitSum(
        n=sum(each.value or 0 for each in known) if known else None,
        estimated=any(each.estimated for each in known),
        of=row.rolled.value,
        fault=faults[-1],
    )
    return tuple(months), whole


def progress_of(rows: Iterable[Row], *, whole: bool) -> Progress:
    """Over these rows. ``whole``: untouched measures are asked for as one value for the period."""
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


def with_splits(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each followed by the values of its breakdowns that have been opened."""
    for row in rows:
        yield row
        for split in row.splits:
            yield from split.rows


def _asked(row: Row, *, whole: bool) -> tuple[Cell, ...]:
    """The cells at the granularity at which the measure stands, or would be entered."""
    entered_so = all(cell.kind is CellKind.ELSEWHERE for cell in row.cells)
    free = whole and row.rolled.basis is Basis.NONE and row.whole.kind is not CellKind.ELSEWHERE
    return (row.whole,) if entered_so or free or row.rolled.basis is Basis.PERIOD else row.cells


def _summed(counts: Sequence[Count | None], of: int | None, fault: str) -> SplitSum:
    known = [count for count in counts if count is not None and count.n is not None]
    if not known:
        return SplitSum(of=of, fault=fault)
    estimated = any(count.state is CountState.ESTIMATED for count in known)
    return SplitSum(n=sum(count.n or 0 for count in known), estimated=estimated, of=of, fault=fault)


def _number(count: Count | None) -> int | None:
    return None if count is None else count.n
