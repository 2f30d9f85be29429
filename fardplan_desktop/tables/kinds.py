"""A file to drafts: the one way in for tables of activities, counts, deviations and population.

All or nothing: every row is read and every fault gathered; a single fault and nothing is given out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Count, CountState, Indicator, Outcome, Population
from fardplan_desktop.domain.tabular import (
    ActivityDraft,
    DeviationDraft,
    StrangeWords,
    TableContent,
    TableKind,
    TableNote,
    TableProblem,
    TableProblems,
)
from fardplan_desktop.tables.columns import COLUMNS, TEXT, Column, Holds
from fardplan_desktop.tables.grid import Grid, column_letters, tidy
from fardplan_desktop.tables.headings import Layout, recognised
from fardplan_desktop.tables.read import read_grid
from fardplan_desktop.tables.values import (
    Choices,
    Unreadable,
    choices,
    folded,
    quoted,
    read_amount,
    read_date,
    read_month,
    read_percent,
    read_period,
    read_whole,
    read_yes_no,
)

PASTED = "Inklistrat"
MAX_CAUSES = 3
_MEASURE = COLUMNS[TableKind.COUNTS][0].heading
_INDICATOR = ("text", "unit", "start", "target")


class _Row(NamedTuple):
    """A row whose cells are all understood: values by field; cells that are blank are left out."""

    number: int
    values: dict[str, Any]
    across: dict[int, str]
    """Texts of the period columns, by position."""


def read_table(path: Path, kind: str, codebook: CodeBook) -> TableContent:
    """All of the file's first sheet as drafts of this kind.

    Raises ``TableProblems`` with every fault of the table, another ``InputProblem`` when the file cannot be read at
    all, and ValueError for a kind that does not exist.
    """
    return _read(read_grid(path), TableKind(kind), codebook)


def read_pasted(block: Sequence[Sequence[str]], kind: str, codebook: CodeBook) -> TableContent:
    """The same for a block from the clipboard, headings included; its source is called "Inklistrat"."""
    rows, faults = tidy(block, PASTED)
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return _read(Grid(PASTED, digest, rows, tuple(faults)), TableKind(kind), codebook)


def _read(grid: Grid, kind: TableKind, codebook: CodeBook) -> TableContent:
    reader = _Reader(grid, kind, codebook)
    content = reader.content()
    if reader.problems:
        strange = reader.problems_in_headings or {each.column for each in reader.problems} == {_MEASURE}
        problems = sorted(reader.problems, key=lambda problem: problem.row or 0)
        raise (StrangeWords if strange else TableProblems)(grid.source, problems)
    return content


class _Reader:
    """Goes through the rows of one grid and gathers problems and notes on the way."""

    def __init__(self, grid: Grid, kind: TableKind, codebook: CodeBook) -> None:
        self._grid = grid
        self._kind = kind
        self._book = codebook
        self._layout: Layout
        self._layout, self.problems = recognised(grid, kind)
        self._places = {column.field: place for place, column in self._layout.columns.items()}
        self._notes: list[TableNote] = []
        self._seen: dict[Hashable, int] = {}
        self._choices = cache(lambda list_id: choices(codebook, list_id))
        self._broken = {(fault.row, fault.column) for fault in grid.faults}
        for fault in grid.faults:
            self._problem(fault.row, fault.column, fault.what)

    def content(self) -> TableContent:
        """Everything understood; worth using only when there are no problems."""
        rows = list(self._rows()) if self._layout.columns and not self.problems_in_headings else []
        return TableContent(
            kind=self._kind,
            source=self._grid.source,
            sha256=self._grid.sha256,
            counts=tuple(count for row in rows for count in self._counts(row)) if self._is(TableKind.COUNTS) else (),
            activities=tuple(map(self._activity, rows)) if self._is(TableKind.ACTIVITIES) else (),
            deviations=tuple(map(self._deviation, rows)) if self._is(TableKind.DEVIATIONS) else (),
            population=tuple(map(self._population, rows)) if self._is(TableKind.POPULATION) else (),
            notes=tuple(self._notes),
        )

    @property
    def problems_in_headings(self) -> bool:
        return any(problem.row in (None, self._layout.row) for problem in self.problems)

    def _is(self, kind: TableKind) -> bool:
        return self._kind is kind

    def _problem(self, row: int, place: int | None, what: str) -> None:
        name = self._layout.names.get(place, column_letters(place)) if place else ""
        self.problems.append(TableProblem(self._grid.source, row, name, what))

    def _rows(self) -> Iterator[_Row]:
        """The rows under the headings in which every cell is understood."""
        for number, cells in enumerate(self._grid.rows[self._layout.row :], start=self._layout.row + 1):
            before = len(self.problems)
            texts = {place: text for place, text in enumerate(cells, start=1) if text}
            for place in texts.keys() - self._layout.names.keys():
                self._problem(number, place, "Kolumnen har ingen rubrik. Skriv en rubrik eller töm kolumnen.")
            if texts:
                values = self._values(number, texts)
                if len(self.problems) == before and not any(row == number for row, _ in self._broken):
                    across = {place: text for place, text in texts.items() if place in self._layout.periods}
                    yield _Row(number, values, across)

    def _values(self, number: int, texts: dict[int, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for place, column in self._layout.columns.items():
            if place in texts:
                try:
                    values[column.field] = self._value(column, texts[place])
                except Unreadable as error:
                    self._problem(number, place, str(error))
            elif column.required and column.holds is not Holds.AMOUNT and (number, place) not in self._broken:
                self._problem(number, place, "Uppgiften saknas. Fyll i den eller ta bort raden.")
        return values

    def _value(self, column: Column, text: str) -> Any:
        match column.holds:
            case Holds.CODE:
                return self._list(column).read(text)
            case Holds.CODES:
                return self._list(column).read_several(text)
            case Holds.DATE:
                return read_date(text)
            case Holds.MONTH:
                return read_month(text)
            case Holds.PERIOD:
                return read_period(text).id
            case Holds.WHOLE:
                return read_whole(text)
            case Holds.PERCENT:
                return read_percent(text)
            case Holds.YES_NO:
                return read_yes_no(text)
            case Holds.MUNICIPALITY:
                return _municipality(text, self._book)
            case Holds.TEXT | Holds.AMOUNT:
                return _text(text, column.longest)

    def _list(self, column: Column) -> Choices:
        return self._choices(column.list_id)

    def _counts(self, row: _Row) -> Iterator[Count]:
        """One count in long form, one for each filled period in wide form; a blank amount leaves what was there."""
        values = row.values
        if self._layout.periods:
            for place, text in row.across.items():
                yield from self._count(row, place, self._layout.periods[place].id, text)
        elif "n" in values:
            yield from self._count(row, self._places["n"], values["period"], values["n"])
        elif "comment" in values or "estimated" in values:
            self._problem(
                row.number,
                self._places["n"],
                "Antalet saknas. Skriv ett helt tal, - för saknas eller . för ej aktuellt.",
            )

    def _count(self, row: _Row, place: int, period: str, text: str) -> Iterator[Count]:
        values = row.values
        try:
            amount = read_amount(text)
            breakdown, value = self._breakdown(row)
        except Unreadable as error:
            self._problem(row.number, place, str(error))
            return
        if text == "..":
            self._notes.append(TableNote(row.number, self._layout.names[place], "”..” är läst som uppgift saknas."))
        state = amount.state
        if values.get("estimated"):
            if amount.n is None:
                self._problem(row.number, place, "Ett antal som saknas kan inte vara uppskattat. Rätta det ena.")
            state = CountState.ESTIMATED
        count = Count(
            measure=values["measure"], period=period, breakdown=breakdown, value=value,
            state=state, n=amount.n, comment=values.get("comment"),
        )  # fmt: skip
        self._once(row.number, place, count.id, "Samma mått, period och fördelning")
        yield count

    def _breakdown(self, row: _Row) -> tuple[str | None, str | None]:
        """The breakdown and its value, both or neither, as the measure allows."""
        name, value = row.values.get("breakdown"), row.values.get("value")
        if name is None and value is None:
            return None, None
        if name is None or value is None:
            raise Unreadable("Fördelning och Värde hör ihop. Fyll i båda eller ingen av dem.")
        measure = self._book.measure(row.values["measure"])
        allowed = {folded(word): id_ for id_ in measure.breakdowns for word in (id_, self._book.list(id_).label)}
        found = allowed.get(folded(name))
        if found is None:
            labels = " · ".join(self._book.list(id_).label for id_ in measure.breakdowns)
            advice = (
                f"Måttet fördelas på: {labels}."
                if labels
                else "Måttet fördelas inte. Lämna Fördelning och Värde tomma."
            )
            raise Unreadable(f"Fördelningen {quoted(name)} hör inte till {measure.id}. {advice}")
        return found, self._choices(found).read(value)

    def _activity(self, row: _Row) -> ActivityDraft:
        values = dict(row.values)
        told = {field: values.pop(f"indicator_{field}", "") for field in _INDICATOR}
        outcome = values.pop("indicator_outcome", "")
        outcomes = (Outcome(value=outcome),) if outcome else ()
        indicator = Indicator(**told, outcomes=outcomes)
        given = (indicator,) if outcomes or any(told.values()) else None
        draft = ActivityDraft(row=row.number, indicators=given, **values)
        key = (folded(draft.plan or ""), folded(draft.title))
        self._once(row.number, self._places["title"], key, "Samma aktivitet i samma plan")
        return draft

    def _deviation(self, row: _Row) -> DeviationDraft:
        draft = DeviationDraft(row=row.number, **row.values)
        if len(draft.causes or ()) > MAX_CAUSES:
            self._problem(row.number, self._places["causes"], "Högst tre orsaker kan anges. Behåll de viktigaste.")
        if draft.reference:
            self._once(row.number, self._places["reference"], folded(draft.reference), "Samma referens")
        return draft

    def _population(self, row: _Row) -> Population:
        found = Population(**row.values)
        self._once(row.number, self._places["year"], (found.municipality, found.year), "Samma kommun och år")
        if not 1900 <= found.year <= 2100:
            self._problem(row.number, self._places["year"], f"{found.year} är inget år. Skriv till exempel 2025.")
        return found

    def _once(self, row: int, place: int, key: Hashable, what: str) -> None:
        first = self._seen.setdefault(key, row)
        if first != row:
            self._problem(row, place, f"{what} står även på rad {first}. Behåll en av raderna.")


def _municipality(text: str, book: CodeBook) -> str:
    if any(each.code == text for each in book.municipalities):
        return text
    raise Unreadable(f"{quoted(text)} är ingen kommun i länet. Skriv kommunens fyra siffror, till exempel 1462.")


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        shown = f"{longest}" if longest < TEXT else "4 000"
        raise Unreadable(f"Texten har {len(text)} tecken. Högst {shown} får plats. Korta den.")
    return text
