"""A colleague's filled-in workbook, recognised by what stands in it and not by its name, and not trusted.

All or nothing: every fault is gathered with sheet, row and column, and with a single one nothing is given out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.inquiries import (
    CONTROL,
    NUMBER,
    ORGANISATION,
    AnsweredActivity,
    AnsweredCount,
    AnsweredDeviation,
    AnswerSheet,
)
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount, TableProblem, TableProblems
from fardplan_desktop.tables.grid import Fault, column_letters, tidy
from fardplan_desktop.tables.paste import parse_number
from fardplan_desktop.tables.read import read_data
from fardplan_desktop.tables.sections import ACTIVITIES, COUNTS, DEVIATIONS, SECTIONS, Field, Section
from fardplan_desktop.tables.values import Unreadable, choices, folded, quoted, read_date, read_period
from fardplan_desktop.tables.workbook import Sheet, workbook_sheets

_SHEETS = 5
"""The most that we ever write, and one to spare."""
_WORKBOOK = b"PK\x03\x04"
_FACT_ROWS = 20
_HELP_LISTS = "Listor"
_FORMULA = "Cellen har en formel. Skriv värdet i stället."
_IDENTITY = "Texten innehåller något som ser ut som ett personnummer. Ta bort det."

Rows = tuple[tuple[str, ...], ...]


class _Read(NamedTuple):
    """A sheet whose texts are tidied, with the cells that cannot be taken at their word."""

    name: str
    rows: Rows
    faults: list[Fault]


def is_answer(path: Path) -> bool:
    """Whether this is one of our own question workbooks, filled in or not; False for whatever cannot be read."""
    try:
        data = read_data(path)
        return (
            data.startswith(_WORKBOOK)
            and _facts(_tidied(workbook_sheets(data, path.name, most=1)[0], path.name))[NUMBER] != ""
        )
    except InputProblem:
        return False


def read_answer(path: Path, codebook: CodeBook) -> AnswerSheet:
    """What was filled in.

    Raises TableProblems with every fault, another InputProblem for a file that is no answer or cannot be read at all.
    """
    sheets = [_tidied(each, path.name) for each in _opened(read_data(path), path.name, most=_SHEETS)]
    facts = _facts(sheets[0]) if sheets else {NUMBER: "", CONTROL: "", ORGANISATION: ""}
    if not facts[NUMBER]:
        raise InputProblem(
            f"{path.name} är inget svar på en fråga härifrån.",
            f"Det står inget {NUMBER.lower()} på första bladet.",
            "Be om svaret i den arbetsbok som ni skickade.",
        )
    reader = _Reader(path.name, codebook)
    for sheet in sheets:
        if sheet.name != _HELP_LISTS:
            reader.read(sheet)
    if reader.problems:
        raise TableProblems(path.name, reader.problems)
    return AnswerSheet(
        source=path.name,
        inquiry=facts[NUMBER],
        control=facts[CONTROL],
        organisation=facts[ORGANISATION].split(" ")[0],
        counts=tuple(reader.counts),
        count_comments=tuple(reader.count_comments),
        activities=tuple(reader.activities),
        deviations=tuple(reader.deviations),
    )


def _opened(data: bytes, source: str, *, most: int) -> list[Sheet]:
    return workbook_sheets(data, source, most=most) if data.startswith(_WORKBOOK) else []


def _tidied(sheet: Sheet, source: str) -> _Read:
    rows, faults = tidy(sheet.rows, source)
    formulas = [Fault(row, column, _FORMULA) for row, column in sheet.formulas]
    return _Read(sheet.name, rows, sorted((*sheet.faults, *faults, *formulas)))


def _facts(sheet: _Read) -> dict[str, str]:
    """What stands beside the three words that an answer is recognised by; empty where one is lacking."""
    found = {NUMBER: "", CONTROL: "", ORGANISATION: ""}
    for cells in sheet.rows[:_FACT_ROWS]:
        if len(cells) > 1 and cells[0] in found:
            found[cells[0]] = cells[1]
    return found


class _Reader:
    """Goes through the sheets and gathers what was answered, and every fault."""

    def __init__(self, source: str, codebook: CodeBook) -> None:
        self._source, self._book = source, codebook
        self._sheet = ""
        self.problems: list[TableProblem] = []
        self.counts: list[AnsweredCount] = []
        self.count_comments: list[tuple[str, str]] = []
        self.activities: list[AnsweredActivity] = []
        self.deviations: list[AnsweredDeviation] = []
        self._seen: set[str] = set()

    def read(self, sheet: _Read) -> None:
        self._sheet = sheet.name
        for fault in sheet.faults:
            self._problem(fault.row, column_letters(fault.column), fault.what)
        found = _heading(sheet.rows)
        if found is None:
            if sheet.rows and sheet.name in {section.sheet for section in SECTIONS}:
                self._problem(1, "", "Rubrikerna finns inte kvar. Hämta arbetsboken på nytt.")
            return
        at, section = found
        columns = self._columns(at + 1, sheet.rows[at], section)
        if columns is None:
            return
        for number, cells in enumerate(sheet.rows[at + 1 :], start=at + 2):
            if any(cells):
                self._row(number, dict(enumerate(cells)), section, columns)

    def _problem(self, row: int | None, heading: str, what: str) -> None:
        place = f"{heading} på bladet {self._sheet}" if heading else f"på bladet {self._sheet}"
        self.problems.append(TableProblem(self._source, row, place, what))

    def _columns(self, row: int, headings: tuple[str, ...], section: Section) -> dict[int, Field | Period] | None:
        """What each column holds; None when the headings are no longer ours."""
        fields = {folded(field.heading): field for field in section.fields}
        found: dict[int, Field | Period] = {}
        for place, heading in enumerate(headings):
            field = fields.pop(folded(heading), None)
            if field is not None:
                found[place] = field
            elif heading:
                try:
                    found[place] = read_period(heading)
                except Unreadable:
                    self._problem(row, quoted(heading), "Rubriken är ändrad. Skriv tillbaka den.")
        for field in fields.values():
            self._problem(row, field.heading, "Kolumnen finns inte kvar. Hämta arbetsboken på nytt.")
        broken = any(problem.row == row for problem in self.problems)
        return None if broken else found

    def _row(self, number: int, cells: dict[int, str], section: Section, columns: Mapping[int, Field | Period]) -> None:
        key = cells.get(0, "")
        for place in cells.keys() - columns.keys():
            if cells[place]:
                self._problem(number, "", "Det står något utanför rutorna. Flytta det till Kommentar.")
        if not key:
            self._problem(number, "", "Raden hör inte till frågan. Ta bort den.")
            return
        if f"{section.sheet}/{key}" in self._seen:
            self._problem(number, "", "Raden står två gånger. Behåll en av dem.")
            return
        self._seen.add(f"{section.sheet}/{key}")
        if section.sheet == COUNTS.sheet:
            self._counts(number, key, cells, columns)
            return
        values = self._values(number, cells, columns)
        if not values:
            return
        if section.sheet == ACTIVITIES.sheet:
            if not key.isascii() or not key.isdigit():
                self._problem(number, "Nr", "Numret är ändrat. Skriv tillbaka det.")
                return
            self.activities.append(AnsweredActivity(row=number, place=int(key[:6]), **_texts(values)))
        elif section.sheet == DEVIATIONS.sheet:
            self.deviations.append(_deviation(number, key, values))

    def _values(
        self, number: int, cells: Mapping[int, str], columns: Mapping[int, Field | Period]
    ) -> dict[str, str | date]:
        """The answers of a row by field; blank cells are left out."""
        found: dict[str, str | date] = {}
        for place, field in columns.items():
            text = cells.get(place, "")
            if not text or isinstance(field, Period) or not field.answer:
                continue
            try:
                found[field.name] = self._value(field, text)
            except Unreadable as error:
                self._problem(number, field.heading, str(error))
        return found

    def _value(self, field: Field, text: str) -> str | date:
        if identity_hits(text):
            raise Unreadable(_IDENTITY)
        if field.holds == "list":
            return choices(self._book, field.list_id).read(text)
        if field.holds == "day":
            return read_date(text)
        if len(text) > field.longest:
            raise Unreadable(f"Texten har {len(text)} tecken. Högst {field.longest} får plats. Korta den.")
        return text

    def _counts(
        self, number: int, measure: str, cells: Mapping[int, str], columns: Mapping[int, Field | Period]
    ) -> None:
        comment = self._values(number, cells, columns).get("comment")
        if isinstance(comment, str):
            self.count_comments.append((measure, comment))
        for place, period in columns.items():
            if not isinstance(period, Period) or not cells.get(place):
                continue
            try:
                self.counts.append(AnsweredCount(number, measure, period.id, _amount(cells[place])))
            except Unreadable as error:
                self._problem(number, period.name, str(error))


def _heading(rows: Rows) -> tuple[int, Section] | None:
    """Where the sheet's section begins, and which it is."""
    known = {tuple(folded(field.heading) for field in section.fields[:2]): section for section in SECTIONS}
    begins = ((at, known.get(tuple(map(folded, cells[:2])))) for at, cells in enumerate(rows))
    return next(((at, section) for at, section in begins if section is not None), None)


def _amount(text: str) -> Amount | Ambiguous:
    if identity_hits(text):
        raise Unreadable(_IDENTITY)
    found = parse_number(text)
    if isinstance(found, NotAnAmount):
        raise Unreadable(found.what)
    assert found is not None, "a blank cell is passed over"
    return found


def _texts(values: Mapping[str, str | date]) -> dict[str, str]:
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _deviation(row: int, number: str, values: Mapping[str, str | date]) -> AnsweredDeviation:
    texts = _texts(values)
    cause = texts.pop("causes", None)
    day = values.get("answered_on")
    return AnsweredDeviation(
        row=row,
        number=number,
        answered_on=day if isinstance(day, date) else None,
        causes=None if cause is None else (cause,),
        action=texts.get("action"),
        action_text=texts.get("action_text"),
    )
