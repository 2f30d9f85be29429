"""A file as rows of plain texts, before anyone asks what its columns mean.

Rows and columns are counted as Excel counts them, from 1. What cannot be read in a cell is kept as a fault with its
place, so that it can be reported together with all other problems of the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.tabular import unguarded

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELL = 32_767
"""Characters; Excel holds no more in a cell."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class Fault(NamedTuple):
    """Something wrong with one cell; ``what`` is a Swedish sentence."""

    row: int
    column: int
    what: str


class Grid(NamedTuple):
    """The cells of one sheet. ``rows[0]`` is row 1; rows may differ in length and be empty."""

    source: str
    sha256: str
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...] = ()


def tidy(raw: Iterable[Iterable[str]], source: str) -> tuple[tuple[tuple[str, ...], ...], list[Fault]]:
    """The rows with every text in one form (NFC, LF, no outer blanks), and the cells that hold what no text may."""
    rows: list[tuple[str, ...]] = []
    faults: list[Fault] = []
    for number, cells in enumerate(raw, start=1):
        if number > MAX_ROWS:
            raise too_large(source, f"Den har fler än {MAX_ROWS:,} rader.".replace(",", "\u00a0"))
        texts = [unguarded(cell) if cell else cell for cell in cells]
        if len(texts) > MAX_COLUMNS:
            raise too_large(source, f"Rad {number} har fler än {MAX_COLUMNS} kolumner.")
        rows.append(tuple(_tidy_cell(text, number, column, faults) for column, text in enumerate(texts, start=1)))
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows), faults


def too_large(source: str, why: str) -> InputProblem:
    return InputProblem(f"{source} är för stor att läsa in.", why, "Dela upp den och läs in en del i taget.")


def unreadable(
    source: str, why: str, todo: str = "Öppna den i Excel, spara en ny kopia och läs in kopian."
) -> InputProblem:
    return InputProblem(f"{source} går inte att läsa.", why, todo)


def column_letters(place: int) -> str:
    """Excel's name for a column without heading: 28 is AB."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _tidy_cell(text: str, row: int, column: int, faults: list[Fault]) -> str:
    if not text:
        return ""
    if len(text) > MAX_CELL:
        faults.append(Fault(row, column, f"Texten är längre än {MAX_CELL} tecken. Korta den."))
        return ""
    plain = text.replace("\r\n", "\n").strip()
    if _CONTROL.search(plain):
        faults.append(Fault(row, column, "Cellen innehåller tecken som inte går att visa. Skriv om den."))
        return ""
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)
