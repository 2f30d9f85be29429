"""A file from a colleague to a grid of texts: CSV or XLSX, told apart by content and never by name.

Whatever the file holds, the answer is a grid or a Swedish ``InputProblem``; sizes are checked before anything is
unpacked, and no formula is ever computed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.tabular import TableProblem, TableProblems
from fardplan_desktop.tables.grid import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Grid, tidy, too_large, unreadable

_SEPARATORS = ";\t,"
_MAX_PIECES = 1_000_000
"""Separators on one row, those within quotes too: no row that Excel can hold has so many."""
ZIP = b"PK\x03\x04"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


def read_grid(path: Path) -> Grid:
    """The file's first sheet; raises InputProblem when it is missing, too large, damaged or of another kind."""
    source, data = path.name, read_data(path)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(ZIP):
        from fardplan_desktop.tables.workbook import workbook_rows

        raw, found = workbook_rows(data, source)
        rows, faults = tidy(raw, source)
        return Grid(source, digest, rows, tuple(sorted((*found, *faults))))
    rows, faults = tidy(_csv_rows(*_delimiter(_decoded(data, source)), source), source)
    return Grid(source, digest, rows, tuple(faults))


def read_data(path: Path) -> bytes:
    """All of a file; raises InputProblem when it is missing, closed to us, too large or no file."""
    source = path.name
    try:
        # A pipe or a device would be waited for until someone writes in it.
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputProblem(
            f"{source} går inte att öppna.",
            "Den finns inte, är låst av ett annat program eller får inte läsas.",
            "Stäng den i Excel och försök igen.",
            detail=str(error),
        ) from error
    if len(data) > MAX_BYTES:
        raise too_large(source, f"Den är större än {MAX_BYTES // 1_000_000} MB.")
    return data


def text_rows(data: bytes, source: str) -> list[list[str]]:
    """The rows of a text file that may begin with titles: what separates its cells stands in most of its lines."""
    text = _decoded(data, source)
    separator, body = _delimiter(text)
    if body == text:
        lines = [0, 0, 0]
        for line in islice(io.StringIO(text), MAX_ROWS):
            lines = [found + (each in line) for found, each in zip(lines, _SEPARATORS, strict=True)]
        separator = _SEPARATORS[lines.index(max(lines))]
    return list(islice(_csv_rows(separator, body, source), MAX_ROWS + 1))


def _decoded(data: bytes, source: str) -> str:
    """UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, else Windows-1252 (what Excel's plain CSV is)."""
    if data.startswith(_OLE):
        raise unreadable(
            source, "Den är en äldre Excelfil (.xls) eller skyddad med lösenord.", "Spara den som .xlsx utan lösenord."
        )
    if data.startswith(_FOREIGN):
        raise unreadable(
            source, "Den är varken en Excelfil eller en textfil.", "Välj en fil av typen .xlsx eller .csv."
        )
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(
        source, "Den är ingen textfil, eller så är den skadad.", "Spara den som CSV UTF-8 i Excel och försök igen."
    )


def _csv_rows(delimiter: str, body: str, source: str) -> Iterator[list[str]]:
    """Row by row, so that whoever reads may stop at the limits before all of it is in memory."""
    pieces = 0

    def lines() -> Iterator[str]:
        nonlocal pieces
        for line in io.StringIO(body, newline=""):
            pieces += line.count(delimiter)
            if pieces > _MAX_PIECES:
                raise too_large(source, f"Rad {number + 1} har fler än {MAX_COLUMNS} kolumner.")
            yield line

    number = 0
    try:
        for row in csv.reader(lines(), delimiter=delimiter, strict=True):
            number, pieces = number + 1, 0
            yield row
    except csv.Error as error:
        what = "En cell är för lång eller har ett citattecken som inte avslutas. Rätta raden."
        raise TableProblems(source, [TableProblem(source, number + 1, "", what)]) from error


def _delimiter(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without Excel's own line ``sep=;`` (which Excel does not count)."""
    first, _, rest = text.lstrip("\n\r").partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    if first.rstrip("\r").lower() == "sep=\t":
        return "\t", rest
    return max(_SEPARATORS, key=first.count), text
