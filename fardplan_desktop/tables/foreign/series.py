"""Numbers with the words around them, before anyone asks what the words mean."""

from __future__ import annotations

from typing import NamedTuple

from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.tables.foreign.time_words import When, read_when, years_in

UNKNOWN = When(PeriodType.MONTH, 0, None)
"""The period of a table that says nowhere which one it holds."""


class Spot(NamedTuple):
    """A cell of a series. In a total, ``when`` is the period it is the total of, or None for all before it."""

    when: When | None
    text: str
    row: int
    column: int
    fault: str = ""
    total: bool = False


class Series(NamedTuple):
    """A line of numbers with its words, outermost first."""

    words: tuple[str, ...]
    heading: str
    """The line without numbers above it, if there is one."""
    spots: tuple[Spot, ...]
    row: int
    column: int

    @property
    def own_year(self) -> int | None:
        """The year that a word of the line is, as where years run down and months across."""
        return next((when.year for word in self.words if (when := read_when(word)) is not None), None)


class Block(NamedTuple):
    sheet: str
    titles: tuple[str, ...]
    """Texts around the block that belong to no line, nearest first."""
    years: tuple[tuple[int, ...], ...]
    """Years in its titles, nearest first, and last in the sheet's name; each may be several."""
    series: tuple[Series, ...]


def make_block(sheet: str, rows: list[list[str]], series: tuple[Series, ...]) -> Block:
    """A block with the texts around it, row by row and nearest first."""
    years = [set().union(*map(years_in, texts)) for texts in rows]
    titles = tuple(dict.fromkeys(text for texts in rows for text in texts if text))
    return Block(sheet, titles, tuple(tuple(sorted(each)) for each in years if each), series)
