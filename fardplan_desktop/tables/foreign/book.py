"""A whole workbook, or what was pasted, as sheets of texts in which merged areas hold their text everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from fardplan_desktop.domain.tabular import Amount, NotAnAmount
from fardplan_desktop.tables.grid import Fault, column_letters, tidy
from fardplan_desktop.tables.kinds import PASTED
from fardplan_desktop.tables.paste import parse_block, parse_number
from fardplan_desktop.tables.read import ZIP, read_data, text_rows

MOST_SHEETS = 60
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


def read_book(path: Path) -> Book:
    """All sheets of a workbook, or the one table of a text file; raises InputProblem."""
    data, source = read_data(path), path.name
    digest = hashlib.sha256(data).hexdigest()
    if not data.startswith(ZIP):
        return Book(source, digest, _filled([_sheet("", text_rows(data, source), source)]))
    from fardplan_desktop.tables.workbook import workbook_sheets

    sheets: list[Sheet] = []
    hidden: list[str] = []
    for found in workbook_sheets(data, source, most=MOST_SHEETS):
        if found.hidden:
            hidden.append(found.name)
        else:
            sheets.append(_sheet(found.name, found.rows, source, found.broken, found.merged))
    return Book(source, digest, _filled(sheets), tuple(hidden))


def pasted_book(text: str) -> Book:
    """The clipboard's text; raises InputProblem when it is too large."""
    block = parse_block(text)
    return Book(PASTED, hashlib.sha256(repr(block).encode()).hexdigest(), _filled([_sheet("", block, PASTED)]))


def place_name(sheet: str, row: int, column: int | None = None) -> str:
    """``Blad1 C7`` or ``Blad1 rad 7``: where a cell or a row is, counted from 0."""
    where = f"rad {row + 1}" if column is None else f"{column_letters(column + 1)}{row + 1}"
    return f"{sheet} {where}" if sheet else where


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
