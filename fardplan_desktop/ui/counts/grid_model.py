"""The grid as an item model: a heading or a measure a line, months and what they come to as columns."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.periods import MONTH_SHORT
from fardplan_desktop.services.count_cells import Cell, CellKind, Row, Split, SplitSum
from fardplan_desktop.services.count_grid import CountGrid
from fardplan_desktop.ui.counts import grid_words

_Index = QModelIndex | QPersistentModelIndex
Line = str | Row | Split
"""A heading, a measure or a value of its breakdown, or what a breakdown comes to."""
_Role = Qt.ItemDataRole


class Part(StrEnum):
    """What a column shows."""

    NAME = "name"
    MONTH = "month"
    WHOLE = "whole"
    BEFORE = "before"
    TREND = "trend"

    @property
    def figures(self) -> bool:
        """Whether one can stand in the column."""
        return self not in (Part.NAME, Part.TREND)


class Column(msgspec.Struct, frozen=True):
    part: Part
    words: str
    month: int = 0
    """Which of the period's months, for those that show one."""


class GridModel(QAbstractTableModel):
    """``whole``: the period's own values are entered instead of the months'."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: CountGrid | None = None
        self.whole = False
        self.columns: tuple[Column, ...] = ()
        self.lines: tuple[Line, ...] = ()

    def show_grid(self, grid: CountGrid, *, whole: bool) -> None:
        """Show a grid. As long as it has the same shape caret, selection and an open editor stay."""
        lines = tuple(_lines(grid))
        columns = _columns(grid, whole=whole)
        same = columns == self.columns and _keys(lines) == _keys(self.lines)
        if not same:
            self.beginResetModel()
        self.grid, self.whole, self.columns, self.lines = grid, whole, columns, lines
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    @property
    def locked(self) -> bool:
        return self.grid is not None and self.grid.locked

    def row_at(self, index: _Index) -> Row | None:
        """The measure or value of the line; None on a heading and on the sum of a breakdown."""
        line = self.lines[index.row()] if index.isValid() else None
        return line if isinstance(line, Row) else None

    def cell_at(self, index: _Index) -> Cell | None:
        """The cell that can be entered here; None where a value is only worked out."""
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if column.part is Part.MONTH:
            return row.cells[column.month]
        own = self.whole or row.measure.over_time != "last"
        return row.whole if column.part is Part.WHOLE and own else None

    def sum_at(self, split: Split, index: _Index) -> SplitSum | None:
        """What a breakdown comes to in the column."""
        column = self.columns[index.column()]
        if column.part is Part.MONTH:
            return split.months[column.month]
        return split.whole if column.part is Part.WHOLE else None

    def typeable(self, index: _Index) -> bool:
        """Whether something can be entered, were the period open."""
        cell = self.cell_at(index)
        return cell is not None and cell.kind is not CellKind.NOTHING

    def stops(self, index: _Index) -> bool:
        """Whether Enter and Tab stop here: where the measure is entered, month by month or for the whole period."""
        cell = self.cell_at(index)
        if cell is None or cell.kind in (CellKind.NOTHING, CellKind.ELSEWHERE):
            return False
        return self.whole or self.columns[index.column()].part is Part.MONTH or cell.count is not None

    def place(self, key: str, period: str | None = None) -> QModelIndex:
        """Where the row's cell of this period is; its first empty cell, else its first, when none is named so."""
        places = [
            (self.index(number, column), cell)
            for number, line in enumerate(self.lines)
            if isinstance(line, Row) and line.key == key
            for column in range(len(self.columns))
            if (cell := self.cell_at(self.index(number, column))) is not None and cell.kind is not CellKind.NOTHING
        ]
        named = [index for index, cell in places if cell.period == period]
        asked = [(index, cell) for index, cell in places if self.stops(index)]
        empty = [index for index, cell in asked if cell.count is None]
        return next(iter([*named, *empty, *(index for index, _ in (*asked, *places))]), QModelIndex())

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.row_at(index) is None or not self.columns[index.column()].part.figures:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.typeable(index) and not self.locked else flags

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, str):
            heading = index.column() == 0 and role in (_Role.DisplayRole, _Role.AccessibleTextRole)
            return line if heading else None
        if isinstance(line, Split):
            return self._sum(line, index, role)
        if role == _Role.DisplayRole:
            return self._text(line, index)
        if role == _Role.AccessibleTextRole:
            return self._aloud(line, index)
        if role == _Role.ToolTipRole:
            return self._tip(line, index)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return None
        return self.columns[section].words

    def _sum(self, split: Split, index: _Index, role: int) -> str | None:
        """The line of a breakdown's sums."""
        found = self.sum_at(split, index)
        if role == _Role.ToolTipRole:
            return found.fault or None if found else None
        if role not in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return None
        if index.column() == 0:
            return split.list.label
        if found is None or role == _Role.DisplayRole:
            return found.text if found else None
        return grid_words.sum_words(split, found, self.columns[index.column()].words)

    def _text(self, row: Row, index: _Index) -> str:
        column = self.columns[index.column()]
        if column.part is Part.NAME:
            return row.short
        if column.part is Part.MONTH:
            return row.cells[column.month].text
        if column.part is Part.TREND:
            return ""
        return numbers_sv.rolled(row.rolled if column.part is Part.WHOLE else row.before)

    def _aloud(self, row: Row, index: _Index) -> str:
        cell = self.cell_at(index)
        part = self.columns[index.column()].part
        if cell is not None and (
            part is Part.MONTH or cell.count is not None or (self.whole and cell.kind is not CellKind.ELSEWHERE)
        ):
            return grid_words.cell_words(row, cell, locked=self.locked)
        if part is Part.NAME:
            return row.label
        words = {
            Part.WHOLE: grid_words.whole_words,
            Part.BEFORE: grid_words.before_words,
            Part.TREND: grid_words.trend_words,
        }
        return words[part](row)

    def _tip(self, row: Row, index: _Index) -> str | None:
        cell = self.cell_at(index)
        part = self.columns[index.column()].part
        if part is Part.NAME:
            return grid_words.name_tip(row)
        if part is Part.WHOLE and (cell is None or cell.count is None):
            return grid_words.whole_note(row) or None
        if cell is None:
            return None
        comment = cell.count.comment if cell.count else None
        return "\n".join(filter(None, (cell.fault, comment))) or None


def _columns(grid: CountGrid, *, whole: bool) -> tuple[Column, ...]:
    months = grid.period.months
    shown = [] if whole else [Column(Part.MONTH, MONTH_SHORT[m.first_month - 1], at) for at, m in enumerate(months)]
    total = [Column(Part.WHOLE, grid.period.short)] if whole or len(months) > 1 else []
    return (
        Column(Part.NAME, "Mått"),
        *shown,
        *total,
        Column(Part.BEFORE, grid.period.year_before.short),
        Column(Part.TREND, "Senaste 12 mån"),
    )


def _lines(grid: CountGrid) -> Iterator[Line]:
    """Headings, measures, and under those that have been opened each breakdown with its values."""
    for group in grid.groups:
        yield group.label
        for row in group.rows:
            yield row
            for split in row.splits:
                yield split
                yield from split.rows


def _keys(lines: tuple[Line, ...]) -> list[str]:
    return [line if isinstance(line, str) else line.key if isinstance(line, Row) else line.list.label for line in lines]
