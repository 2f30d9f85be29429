"""A table of figures: headings of groups, parts indented under wholes, and beside a figure how many stand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.domain.lineage import Wanted
from fardplan_desktop.domain.tabular import for_pasting
from fardplan_desktop.ui.parts.record_table import BOLD_ROLE, SECONDARY_ROLE, RecordDelegate, RecordTable
from fardplan_desktop.ui.parts.text_table import Column
from fardplan_desktop.ui.theme.look import Look

_NOTE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_INDENT_ROLE: Final = Qt.ItemDataRole.UserRole + 3
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Opens(msgspec.Struct, frozen=True):
    """Which total a cell leads to: ``side`` is the compilation it stands in, ``member`` the part to show first."""

    side: str
    wanted: Wanted
    member: str = ""


class Cell(msgspec.Struct, frozen=True):
    """``note`` stands at the left of a figure, smaller: "14 av 15"."""

    text: str
    note: str = ""
    faint: bool = False
    opens: Opens | None = None


class FigureLine(msgspec.Struct, frozen=True):
    """A row; a heading of a group has only its first cell. ``key`` tells the page what was chosen."""

    cells: tuple[Cell, ...]
    key: tuple[str, ...] = ()
    group: bool = False
    bold: bool = False
    indent: int = 0


class FigureModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.lines: tuple[FigureLine, ...] = ()

    def show(self, columns: Sequence[Column], lines: Sequence[FigureLine]) -> None:
        self.beginResetModel()
        self.columns, self.lines = tuple(columns), tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].figures:
            return Qt.AlignmentFlag.AlignRight
        known = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self.columns[section].head if known else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], self.columns[index.column()]
        cell = line.cells[index.column()] if index.column() < len(line.cells) else Cell("")
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{cell.text} ({cell.note})" if cell.note else cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if column.figures else None
        answers: dict[int, object] = {
            BOLD_ROLE: line.bold or line.group or (column.bold and not cell.faint),
            SECONDARY_ROLE: cell.faint or bool(line.indent and index.column() == 0),
            _NOTE_ROLE: cell.note,
            _GROUP_ROLE: line.group,
            _INDENT_ROLE: line.indent if index.column() == 0 else 0,
        }
        return answers.get(role)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        return Qt.ItemFlag.ItemIsEnabled if self.lines[index.row()].group else super().flags(index)


class FigureTable(RecordTable):
    """``set_lines`` fills it and keeps the chosen line when it is still there. ``cell_chosen`` when another cell is."""

    cell_chosen = Signal()

    def __init__(self, label: str, *, name: str, tight: bool = False) -> None:
        super().__init__(label, name=name, tight=tight)
        self.setItemDelegate(_Delegate(self))
        self._model = FigureModel()
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._cell_changed())

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        return self._model.lines

    @property
    def chosen(self) -> FigureLine | None:
        at = self.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    @property
    def opens(self) -> Opens | None:
        """What the chosen cell leads to."""
        line, at = self.chosen, self.currentIndex().column()
        return line.cells[at].opens if line is not None and 0 <= at < len(line.cells) else None

    def set_lines(self, columns: Sequence[Column], lines: Sequence[FigureLine], *, least: int = 200) -> None:
        before, column = self.chosen, self.currentIndex().column()
        self._model.show(columns, lines)
        self.set_widths(*(each.width for each in columns), least=least)
        keys = [line.key for line in lines]
        if before is not None and before.key in keys:
            at = min(max(column, 0), len(columns) - 1)
            self.setCurrentIndex(self._model.index(keys.index(before.key), at))

    def _cell_changed(self) -> None:
        self.viewport().update()  # The ring is drawn round one cell, the ground under the whole row.
        self.cell_chosen.emit()

    def as_text(self) -> str:
        """For pasting into a workbook: tabs between cells, the notes in brackets."""
        heads = [each.head for each in self._model.columns]
        return for_pasting([heads, *(map(_told, line.cells) for line in self.lines)])


class _Delegate(RecordDelegate):
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._paint_content(painter, option, index)
        cell = self._table.currentIndex()
        here = (index.row(), index.column()) == (cell.row(), cell.column())
        if here and self._table.hasFocus() and isinstance(self._table, FigureTable) and self._table.opens:
            self._draw_ring(painter, option.rect)

    def _draw_ring(self, painter: QPainter, area: QRect) -> None:
        """Left and right keys choose the cell whose origin is shown."""
        look = Look.of_application()
        painter.save()
        focus, two = look.colour("focus"), 2
        painter.fillRect(QRect(area.left(), area.top(), two, area.height() - 1), focus)
        painter.fillRect(QRect(area.right() - two + 1, area.top(), two, area.height() - 1), focus)
        painter.restore()

    def _paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = Look.of_application()
        indent, note = int(index.data(_INDENT_ROLE) or 0), str(index.data(_NOTE_ROLE) or "")
        if not (indent or note or index.data(_GROUP_ROLE)):
            super().paint(painter, option, index)
            return
        painter.save()
        self.draw_ground(painter, option.rect, index)
        area = QRectF(option.rect).adjusted(look.px(16 if index.column() == 0 else 12), 0, -look.px(12), 0)
        area.setLeft(area.left() + look.px(20) * indent)
        group = bool(index.data(_GROUP_ROLE))
        if note:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
        if group:
            painter.setFont(look.font("small", 600))
            painter.setPen(look.colour("accent"))
        else:
            painter.setFont(look.font("body", 600 if index.data(BOLD_ROLE) else 400))
            painter.setPen(look.colour("text2" if index.data(SECONDARY_ROLE) else "text"))
        side = Qt.AlignmentFlag.AlignRight if index.data(Qt.ItemDataRole.TextAlignmentRole) else Qt.AlignmentFlag(0)
        text = str(index.data() or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, shown)
        painter.restore()


def _told(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text
