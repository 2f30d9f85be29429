"""Which column is which: headings in any order and case, older words accepted, unknown ones named and refused."""

from __future__ import annotations

from typing import NamedTuple

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.tabular import TableKind, TableProblem
from fardplan_desktop.tables.columns import COLUMNS, Column
from fardplan_desktop.tables.grid import Grid
from fardplan_desktop.tables.values import Unreadable, folded, quoted, read_period

_LONG_FORM = ("period", "n", "estimated", "comment")
"""What a table of counts with months across has no column for: the months themselves say it."""


class Layout(NamedTuple):
    """Where things stand. Positions are counted from 1; ``periods`` is filled when months stand across."""

    row: int
    names: dict[int, str]
    """Every heading as the file writes it."""
    columns: dict[int, Column]
    periods: dict[int, Period]


def recognised(grid: Grid, kind: TableKind) -> tuple[Layout, list[TableProblem]]:
    """The layout by the first row that is not empty, and what is wrong with that row."""
    row = next((number for number, cells in enumerate(grid.rows, start=1) if any(cells)), 0)
    if not row:
        return Layout(0, {}, {}, {}), [TableProblem(grid.source, None, "", "Tabellen är tom. Fyll i minst en rad.")]
    names = {place: " ".join(text.split()) for place, text in enumerate(grid.rows[row - 1], start=1) if text}
    known = {folded(word): column for column in COLUMNS[kind] for word in (column.heading, *column.older)}
    periods = _periods(names, known) if kind is TableKind.COUNTS else {}
    if periods:
        known = {word: column for word, column in known.items() if column.field not in _LONG_FORM}
    columns = {place: known[folded(name)] for place, name in names.items() if folded(name) in known}
    layout = Layout(row, names, columns, periods)
    return layout, [
        TableProblem(grid.source, row, column, what)
        for column, what in (*_unknown(layout, kind), *_twice(layout), *_absent(layout, known))
    ]


def _periods(names: dict[int, str], known: dict[str, Column]) -> dict[int, Period]:
    found = {}
    for place, name in names.items():
        if folded(name) not in known:
            try:
                found[place] = read_period(name)
            except Unreadable:
                continue
    return found


def _unknown(layout: Layout, kind: TableKind) -> list[tuple[str, str]]:
    offered = " · ".join(column.heading for column in COLUMNS[kind])
    advice = f"Ta bort kolumnen eller använd någon av rubrikerna {offered}."
    strange = [
        name for place, name in layout.names.items() if place not in layout.columns and place not in layout.periods
    ]
    return [(name, f"Rubriken {quoted(name)} är okänd. {advice}") for name in strange]


def _twice(layout: Layout) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for place, name in sorted(layout.names.items()):
        column, period = layout.columns.get(place), layout.periods.get(place)
        key = column.field if column else period.id if period else None
        if key in seen:
            found.append(
                (name, f"Rubrikerna {quoted(seen[key])} och {quoted(name)} betyder samma sak. Behåll en av dem.")
            )
        elif key:
            seen[key] = name
    return found


def _absent(layout: Layout, known: dict[str, Column]) -> list[tuple[str, str]]:
    present = {column.field for column in layout.columns.values()}
    needed = dict.fromkeys(column for column in known.values() if column.required and column.field not in present)
    return [(column.heading, "Kolumnen saknas. Lägg till den och fyll i den på varje rad.") for column in needed]
