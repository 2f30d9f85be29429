"""Sums in a sheet are not taken in, but they are checked: a sum that differs tells that something was misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fardplan_desktop.domain.codebook import OverTime
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.tables.foreign.book import place_name


class Number(NamedTuple):
    """A cell with a number (None: nothing or no number) and where it stands."""

    n: int | None
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> str:
        return place_name(self.sheet, self.row, self.column)


class Sum(NamedTuple):
    """A total among the periods of a line; ``of`` is the period it says it is of, None for what stands before it."""

    number: Number
    of: Period | None


def line_differences(words: str, cells: Sequence[tuple[Period, Number] | Sum], over_time: OverTime) -> Iterator[str]:
    """Sentences about the totals of one line that are not what its periods come to."""
    seen: list[tuple[Period, int]] = []
    since = 0
    for cell in cells:
        if not isinstance(cell, Sum):
            if cell[1].n is not None:
                seen.append((cell[0], cell[1].n))
            continue
        told = cell.number.n
        if cell.of is not None:
            parts = [n for period, n in _all(cells) if cell.of.contains(period)]
            candidates = [parts] if parts else []
        else:
            candidates = [each for each in ([n for _, n in seen[since:]], [n for _, n in seen]) if each]
        if told is not None and candidates and not any(_agrees(told, each, over_time) for each in candidates):
            yield f"{cell.number.place}: summan för {words} är {told}, men perioderna ger {sum(candidates[0])}."
        since = len(seen)


def column_difference(words: str, totals: Sequence[Number], groups: Iterable[Sequence[Sequence[Number]]]) -> str:
    """A sentence when a line of sums is no sum of any of the groups of lines over it; empty when one fits."""
    tried = [group for group in groups if group]
    first: tuple[Number, int] | None = None
    for group in tried:
        wrong = _first_wrong(totals, group)
        if wrong is None:
            return ""
        first = first or wrong
    return f"{first[0].place}: ”{words}” är {first[0].n}, men raderna ger {first[1]}." if first else ""


def sums_up(totals: Sequence[Number], group: Sequence[Sequence[Number]]) -> bool:
    """Whether the line holds a sum for some period, and everywhere the sum of the group."""
    return any(total.n is not None for total in totals) and _first_wrong(totals, group) is None


def _first_wrong(totals: Sequence[Number], group: Sequence[Sequence[Number]]) -> tuple[Number, int] | None:
    for at, total in enumerate(totals):
        numbers = [line[at].n for line in group]
        known = [n for n in numbers if n is not None]
        if total.n is not None and (known or total.n) and sum(known) != total.n:
            return total, sum(known)
    return None


def _all(cells: Sequence[tuple[Period, Number] | Sum]) -> Iterator[tuple[Period, int]]:
    for cell in cells:
        if not isinstance(cell, Sum) and cell[1].n is not None:
            yield cell[0], cell[1].n


def _agrees(told: int, numbers: Sequence[int], over_time: OverTime) -> bool:
    """Events add up; of a stock the last number is as good; the same plan may have been counted in several months."""
    if over_time == "sum":
        return told == sum(numbers)
    if over_time == "last":
        return told in (sum(numbers), numbers[-1])
    return max(numbers) <= told <= sum(numbers)
