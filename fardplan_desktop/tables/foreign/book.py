"""A whole workbook, or what was pasted, as sheets of texts in which merged areas hold their text everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fardplan_desktop.domain.tabular import Amount, NotAnAmount
from fardplan_desktop.tables.grid import Fault, column_letters, tidy
from fardplan_desktop.tables.kinds import PASTED
from fardplan_desktop.tables.paste import parse_block, parse_number
from fardplan_desktop.tables.read import ZIP, read_data, text_rows

MOST_SHEETS = 60
_SHOWN = 6
Area = tuple[int, int, int, int]


class Sheet(NamedTuple):
    """``cells`` are rows of equal length; ``faults`` say what is wrong with a cell at (row, column), from 0."""

    name: str
    cells: tuple[tuple[str, ...], ...]
    faults: dict[tuple[int, int], str]
    merged: frozenset[tuple[int, int]]
    """Cells that only repeat the text of the area they are merged into."""

    def turned(self) -> Sheet:
        """Rows for columns."""
        return Sheet(
            self.name,
            tuple(zip(*self.cells, strict=True)),
            {(column, row): what for (row, column), what in self.faults.items()},
            frozenset((column, row) for row, column in self.merged),
        )


class Book(NamedTuple):
    source: str
    """The file's name, or "Inklistrat"."""
    sha256: str
    sheets: tuple[Sheet, ...]
    """Those that are shown and hold something."""
    hidden: tuple[str, ...] = ()
    """Names of those that are not."""
    unseen: tuple[str, ...] = ()
    """Rows and columns that hold something and that nobody sees who opens the file."""

    @property
    def hidden_notes(self) -> tuple[str, ...]:
        """What is said of what nobody sees who opens the file."""
        told = (("Inte med, dolda blad", self.hidden), ("Med fast det är dolt i filen", self.unseen))
        return tuple(
            f"{what}: {', '.join(places[:_SHOWN])}"
            + (f" och {len(places) - _SHOWN} till." if len(places) > _SHOWN else ".")
            for what, places in told
            if places
        )


def read_book(path: Path) -> Book:
    """All sheets of a workbook, or the one table of a text file; raises InputProblem."""
    data, source = read_data(path), path.name
    digest = hashlib.sha256(data).hexdigest()
    if not data.startswith(ZIP):
        return Book(source, digest, _filled([_sheet("", text_rows(data, source), source)]))
    from fardplan_desktop.tables.workbook import workbook_sheets

    sheets: list[Sheet] = []
    hidden: list[str] = []
    unseen: list[str] = []
    for found in workbook_sheets(data, source, most=MOST_SHEETS):
        if found.hidden:
            hidden.append(found.name)
        else:
            sheets.append(_sheet(found.name, found.rows, source, found.broken, found.merged))
            unseen += _unseen(sheets[-1], found.hidden_rows, found.hidden_columns)
    return Book(source, digest, _filled(sheets), tuple(hidden), tuple(unseen))


def pasted_book(text: str) -> Book:
    """The clipboard's text; raises InputProblem when it is too large."""
    block = parse_block(text)
    return Book(PASTED, hashlib.sha256(repr(block).encode()).hexdigest(), _filled([_sheet("", block, PASTED)]))


def place_name(sheet: str, row: int, column: int | None = None) -> str:
    """``Blad1 C7`` or ``Blad1 rad 7``: where a cell or a row is, counted from 0."""
    where = f"rad {row + 1}" if column is None else f"{column_letters(column + 1)}{row + 1}"
    return f"{sheet} {where}" if sheet else where


def _unseen(sheet: Sheet, rows: frozenset[int], columns: frozenset[int]) -> Iterator[str]:
    """``Blad1 rad 7–9``: runs of hidden rows, and of hidden columns, in which something stands."""
    filled = [at for at, cells in enumerate(sheet.cells, start=1) if at in rows and any(cells)]
    width = len(sheet.cells[0]) if sheet.cells else 0
    held = [at for at in range(1, width + 1) if at in columns and any(row[at - 1] for row in sheet.cells)]
    for word, places, name in (("rad", filled, str), ("kolumn", held, column_letters)):
        for first, last in _runs(places):
            told = name(first) if first == last else f"{name(first)}–{name(last)}"
            yield f"{sheet.name} {word} {told}".strip()


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of numbers that follow each other."""
    first = last = 0
    for place in places:
        if place != last + 1 or not first:
            if first:
                yield first, last
            first = place
        last = place
    if first:
        yield first, last


def _filled(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in sheets if any(any(row) for row in sheet.cells))


def _sheet(
    name: str,
    raw: Iterable[Iterable[str]],
    source: str,
    faults: Sequence[Fault] = (),
    merged: Sequence[Area] = (),
) -> Sheet:
    rows, more = tidy(raw, source)
    width = max(map(len, rows), default=0)
    cells = [list(row) + [""] * (width - len(row)) for row in rows]
    wrong = {(fault.row - 1, fault.column - 1): fault.what for fault in (*faults, *more)}
    repeated: set[tuple[int, int]] = set()
    for area in merged:
        repeated |= _fill(cells, area)
    return Sheet(name, tuple(map(tuple, cells)), wrong, frozenset(repeated))


def _fill(cells: list[list[str]], area: Area) -> set[tuple[int, int]]:
    """Repeat a merged text in its area; a number is one number and stays where it stands."""
    top, left, bottom, right = (corner - 1 for corner in area)
    if top >= len(cells) or left >= len(cells[0]) or not cells[top][left]:
        return set()
    text = cells[top][left]
    if is_amount(text) and not _is_year(text):
        return set()
    places = {
        (row, column)
        for row in range(top, min(bottom + 1, len(cells)))
        for column in range(left, min(right + 1, len(cells[0])))
    } - {(top, left)}
    for row, column in places:
        cells[row][column] = text
    return places


def is_amount(text: str) -> bool:
    """Whether the text is a count or says that there is none."""
    return isinstance(parse_number(text), Amount)


def is_number(text: str) -> bool:
    """Whether the text is a number of any kind, such as 12,5 or 40 %, and no word."""
    found = parse_number(text.removesuffix("%"))
    if isinstance(found, NotAnAmount):
        return found.text.replace(",", "").replace(".", "").replace(" ", "").lstrip("<>-−–").isdigit()
    return found is not None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.startswith("20")
