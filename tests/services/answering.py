"""A colleague with Excel: opens the workbook they were sent, fills in cells by their headings, and saves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def fill_in(path: Path, *answers: tuple[str, str, object], out: Path | None = None) -> Path:
    """``fill_in(path, ("SIP04", "maj 2026", 4))``: key of the row, heading of the column, what is written."""
    book = load_workbook(path)
    for key, heading, value in answers:
        cell_of(book, key, heading).value = value
    target = out or path.with_name("svar.xlsx")
    book.save(target)
    return target


def cell_of(book: Workbook, key: str, heading: str) -> Any:
    """The cell in the row whose first cell is ``key``, under the heading."""
    for sheet in book.worksheets:
        headings = _headings(sheet)
        if heading in headings:
            for row in range(1, sheet.max_row + 1):
                if str(sheet.cell(row, 1).value) == key:
                    return sheet.cell(row, headings[heading])
    raise AssertionError(f"no cell for {key}, {heading}")


def texts(path: Path) -> list[str]:
    """Every text of every sheet."""
    book = load_workbook(path)
    return [str(cell.value) for sheet in book.worksheets for row in sheet for cell in row if cell.value is not None]


def _headings(sheet: Worksheet) -> dict[str, int]:
    for row in sheet.iter_rows():
        if row[0].value in ("Kod", "Nr", "Nummer"):
            return {str(cell.value): cell.column for cell in row if cell.value}
    return {}
