"""What is pasted: a block of cells from a spreadsheet, and one cell as a count.

A pasted block is somebody else's sheet. Spaces of every kind are understood, but a lone dash is never guessed: some
mean 0 by it and some that nothing is known (product.md, "Missing is never 0").
"""

from __future__ import annotations

import re

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount

MAX_COUNT = 9_999_999
MAX_PASTE = 5_000_000
"""Characters."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f ]")
_DASHES = frozenset("-–—−‐‑")
_NUMBER = re.compile(r"((?:≈|~|ca\.?|c:a|cirka)\s*)?([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)([.,]0{1,2})?", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−–][0-9][0-9 .,]*")
_WORDS = {
    "saknas": CountState.MISSING,
    "uppgift saknas": CountState.MISSING,
    "..": CountState.MISSING,
    "ej aktuellt": CountState.NOT_APPLICABLE,
    "ej tillämpligt": CountState.NOT_APPLICABLE,
    ".": CountState.NOT_APPLICABLE,
}


def parse_block(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a clipboard text (tabs between cells, a line a row), all rows equally long.

    A cell that holds a line break, a tab or a doubled quote stands in quotes, as Excel and LibreOffice write it; any
    other quote is a character like the rest. Raises InputProblem when the text is larger than any block of counts.
    """
    if len(text) > MAX_PASTE:
        raise InputProblem("Det som klistrades in är för stort.", "", "Kopiera en mindre del av bladet åt gången.")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not plain:
        return ()
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell_at(plain, at)
        rows[-1].append(cell.strip())
        if at >= len(plain):
            break
        if plain[at] == "\n":
            rows.append([])
        at += 1
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def parse_number(text: str) -> Amount | Ambiguous | NotAnAmount | None:
    """What a pasted cell says about a count; None for a blank cell, which leaves what was there."""
    plain = _SPACES.sub(" ", text).strip()
    if not plain:
        return None
    if plain in _DASHES:
        return Ambiguous(plain)
    state = _WORDS.get(plain.casefold())
    return Amount(state) if state else _number(plain)


def _number(plain: str) -> Amount | NotAnAmount:
    match = _NUMBER.fullmatch(plain)
    shown = f"”{plain[:20]}{'…' if len(plain) > 20 else ''}”"
    if match is None:
        if _NEGATIVE.fullmatch(plain):
            return NotAnAmount(plain, f"{shown} är mindre än noll. Ett antal är 0 eller större.")
        return NotAnAmount(plain, f"{shown} är inget heltal. Skriv ett helt tal, till exempel 14.")
    digits = match[2].replace(" ", "")
    if len(digits.lstrip("0")) > len(str(MAX_COUNT)):
        return NotAnAmount(plain, f"{shown} är större än 9 999 999. Kontrollera talet.")
    return Amount(CountState.ESTIMATED if match[1] else CountState.REPORTED, int(digits))


def _cell_at(text: str, at: int) -> tuple[str, int]:
    """The cell that begins here, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted and re.search(r'[\t\n]|""', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()
