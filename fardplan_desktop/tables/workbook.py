"""An XLSX workbook as rows of texts, without trusting it.

python-calamine is fast but trusting: it shows an error cell, and a formula that was never computed, as an empty cell;
it fills only the first of merged cells; and it sets aside room for every cell up to the furthest one. So the parts are
unpacked here within limits, the sheet is walked once for those four things, and calamine is given only what was walked.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from xml.parsers import expat

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.tables.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Fault, too_large, unreadable

MAX_UNPACKED = 150_000_000
"""Bytes of all parts together."""
MAX_TEXT = 100_000_000
"""Characters of all cells together; a text that is stored once may be shown in many cells."""
MAX_AREA = 6_000_000
"""Cells from A1 to the furthest one, empty ones included, of all sheets that are read."""
MAX_MERGED = 500_000
"""Cells that are merged with others, of one sheet."""

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    f'Target="{_WORKBOOK}"/></Relationships>'
)
"""Ours and not the file's, so that calamine opens the very workbook that was walked."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError,
    EOFError, LookupError, NotImplementedError, OSError, RuntimeError, UnicodeError, ValueError,
)  # fmt: skip
_TRUE = ("1", "true")
_ERROR = "Cellen visar felet {}. Rätta formeln eller skriv värdet."
_UNCOMPUTED = "Formeln har inget uträknat värde. Öppna filen i Excel, spara den och läs in den igen."
_MERGED = "Cellen är sammanslagen med andra. Dela upp den och fyll i varje cell."

Value = str | float | bool | date | datetime | time | timedelta


class _Named(NamedTuple):
    """A sheet as the workbook lists it: its place, its name, the name of its part, and whether it is hidden."""

    at: int
    name: str
    part: str
    hidden: bool


class Sheet(NamedTuple):
    """One sheet: its rows from row 1, the cells calamine would show as empty though they are not, and its formulas.

    Merged cells are among the faults too: calamine fills only the first.
    """

    name: str
    rows: Iterator[Iterator[str]]
    faults: list[Fault]
    formulas: list[tuple[int, int]]
    """Row and column of each; what was computed stands among the rows."""
    hidden: bool
    merged: list[tuple[int, int, int, int]]
    """Top, left, bottom and right of each area, from 1."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def broken(self) -> list[Fault]:
        """The faults without the merged cells, for those who fill these themselves."""
        return [fault for fault in self.faults if fault.what != _MERGED]


def workbook_rows(data: bytes, source: str) -> tuple[Iterator[Iterator[str]], list[Fault]]:
    """The first sheet's rows from row 1, and the cells that calamine would show as empty though they are not."""
    first = workbook_sheets(data, source, most=1)[0]
    return first.rows, first.faults


def workbook_sheets(data: bytes, source: str, *, most: int) -> list[Sheet]:
    """The first ``most`` sheets in their order; raises InputProblem."""
    try:
        parts = _parts(data, source)
        named = _sheets(parts, source)[:most]
        walks = _walked(parts, named, source)
        return [_sheet(parts, each, walk, source) for each, walk in zip(named, walks, strict=True)]
    except InputProblem:
        raise
    except _BROKEN as error:
        raise _damaged(source, error) from error


def _sheet(parts: dict[str, bytes], named: _Named, walk: _SheetWalk, source: str) -> Sheet:
    needed = {each: parts[each] for each in (_WORKBOOK, _RELATIONS, _STYLES, _STRINGS, named.part) if each in parts}
    rows = _calamine_rows(needed, named.at, source)
    return Sheet(
        named.name,
        rows,
        walk.faults,
        walk.formulas,
        named.hidden,
        walk.merged,
        frozenset(walk.hidden_rows),
        frozenset(walk.hidden_columns),
    )


def _parts(data: bytes, source: str) -> dict[str, bytes]:
    """The XML parts, unpacked; the sizes are added up before anything is, and hold for what really comes out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise too_large(source, f"Uppackad är den större än {MAX_UNPACKED // 1_000_000} MB.")
        parts = {each.filename: archive.read(each) for each in members if each.filename.endswith((".xml", ".rels"))}
    if _WORKBOOK not in parts:
        raise unreadable(source, "Den är ingen Excelfil av typen .xlsx.", "Spara den som .xlsx i Excel och läs in den.")
    return parts


def _sheets(parts: dict[str, bytes], source: str) -> list[_Named]:
    """The sheets in their order; those that hold only a chart are passed over."""
    sheets: list[tuple[str, bool, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, found: dict[str, str]) -> None:
        if name == "sheet":
            hidden = found.get("state", "visible") != "visible"
            sheets.extend((found["name"], hidden, value) for key, value in found.items() if key.endswith(":id"))

    def relation(name: str, found: dict[str, str]) -> None:
        if name == "Relationship":
            targets[found["Id"]] = posixpath.normpath(posixpath.join("/xl", found["Target"])).lstrip("/")

    _walk(parts[_WORKBOOK], sheet)
    _walk(parts[_RELATIONS], relation)
    if not sheets or targets.get(sheets[0][2]) not in parts:
        raise unreadable(source, "Den har inget kalkylblad.")
    named = [_Named(at, name, targets.get(id_, ""), hidden) for at, (name, hidden, id_) in enumerate(sheets)]
    found = [each for each in named if each.part in parts and "/chartsheets/" not in each.part]
    if not found:
        raise unreadable(source, "Den har inget kalkylblad.")
    return found


def _string_lengths(data: bytes) -> list[int]:
    """How long each shared text is."""
    lengths: list[int] = []

    def item(name: str, _found: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(part: str) -> None:
        if lengths:
            lengths[-1] += len(part)

    if data:
        _walk(data, item, text)
    return lengths


def _walked(parts: dict[str, bytes], sheets: Sequence[_Named], source: str) -> list[_SheetWalk]:
    """Every sheet is walked before any is read: together they must not be too large either."""
    lengths = _string_lengths(parts.get(_STRINGS, b""))
    walks: list[_SheetWalk] = []
    for each in sheets:
        walk = _SheetWalk(lengths, source)
        _walk(parts[each.part], walk.start, walk.text)
        walk.close()
        walks.append(walk)
        if walk.merged_cells > MAX_MERGED:
            raise too_large(source, "För många av cellerna är sammanslagna.")
        if sum(walk.area for walk in walks) > MAX_AREA or sum(walk.shown for walk in walks) > MAX_TEXT:
            raise too_large(source, f"Bladen till och med {each.name[:31]} har för många celler tillsammans.")
    return walks


class _SheetWalk:
    """One pass over a sheet's XML: how far it reaches, how much text it shows, and which cells would be lost."""

    def __init__(self, lengths: list[int], source: str) -> None:
        self.faults: list[Fault] = []
        self.formulas: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._lengths = lengths
        self._source = source
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.shown = 0
        self._row = self._column = self._bottom = self._right = 0
        self._type = self._inside = ""
        self._formula = self._valued = False

    @property
    def area(self) -> int:
        return self._bottom * self._right

    @property
    def merged_cells(self) -> int:
        """How many cells within reach are merged, counted for each area."""
        return sum(
            max(0, min(bottom, self._bottom) - top + 1) * max(0, min(right, self._right) - left + 1)
            for top, left, bottom, right in self.merged
        )

    def start(self, name: str, found: dict[str, str]) -> None:
        self._inside = name
        if name == "c":
            self.close()
            self._place(found.get("r"))
            self._type = found.get("t", "n")
            self._formula = self._valued = False
        elif name == "row":
            self.close()
            self._row, self._column = int(found.get("r", self._row + 1)), 0
            if found.get("hidden") in _TRUE:
                self.hidden_rows.add(self._row)
        elif name == "col" and found.get("hidden") in _TRUE:
            last = min(int(found["max"]), MAX_COLUMNS)
            self.hidden_columns.update(range(int(found["min"]), last + 1))
        elif name == "f":
            self._formula = True
            self.formulas.append((self._row, self._column))
        elif name == "v":
            self._valued = self._type == "str"  # an empty text is a value
        elif name == "mergeCell":
            self._merge(found.get("ref", ""))

    def text(self, part: str) -> None:
        if self._inside != "v":
            return
        self._valued = True
        if self._type == "s":
            length = self._lengths[int(part)]
            self.shown += min(length, MAX_CELL)
            if length > MAX_CELL or self.shown > MAX_TEXT:
                raise too_large(self._source, f"Texten på rad {self._row} är för lång.")
        elif self._type == "e":
            self.faults.append(Fault(self._row, self._column, _ERROR.format(part[:20])))

    def close(self) -> None:
        """The cell that was open has ended."""
        if self._formula and not self._valued:
            self.faults.append(Fault(self._row, self._column, _UNCOMPUTED))
        self._formula = False

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if not (start and end):
            return
        top, left = int(start[2]), _column_number(start[1])
        bottom, right = int(end[2]), _column_number(end[1])
        self.faults.append(Fault(top, left, _MERGED))
        self.merged.append((top, left, bottom, right))

    def _place(self, reference: str | None) -> None:
        match = _REFERENCE.fullmatch(reference) if reference else None
        if match:
            self._column, self._row = _column_number(match[1]), int(match[2])
        elif reference:
            raise ValueError(reference)
        else:
            self._column += 1
        self._bottom, self._right = max(self._bottom, self._row), max(self._right, self._column)
        if self._bottom > MAX_ROWS or self._right > MAX_COLUMNS or self._bottom * self._right > MAX_AREA:
            raise too_large(self._source, f"Bladet når till rad {self._bottom} och kolumn {self._right}.")


def _walk(data: bytes, start: Callable[[str, dict[str, str]], None], text: Callable[[str], None] | None = None) -> None:
    """Calls ``start`` for each element (name without prefix) and ``text`` for each text; refuses entities."""

    def refuse(*_: object) -> None:
        raise ValueError("DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)


def _calamine_rows(parts: dict[str, bytes], at: int, source: str) -> Iterator[Iterator[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_rels/.rels", _ROOT)
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    try:
        rows: list[list[Value]] = (
            CalamineWorkbook.from_filelike(packed).get_sheet_by_index(at).to_python(skip_empty_area=False)
        )
    except (CalamineError, *_BROKEN) as error:
        raise _damaged(source, error) from error
    return ((_shown(value) for value in row) for row in rows)


def _damaged(source: str, error: Exception) -> InputProblem:
    problem = unreadable(source, "Excelfilen är skadad eller skyddad med lösenord.")
    problem.detail = repr(error)[:200]
    return problem


def _shown(value: Value) -> str:
    """As a Swedish Excel shows it: calamine gives every number as a float."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float | int):
        return str(int(value)) if value == value // 1 else f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
