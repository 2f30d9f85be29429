"""How the grid is drawn, and the field one types in. Every state of a cell has a word or a shape beside its colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.services import count_entry
from fardplan_desktop.services.count_cells import Cell, CellKind, Row, Split
from fardplan_desktop.ui.counts.cell_editor import CellEditor
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.parts.sparkline import draw_sparkline
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Role
from fardplan_desktop.ui.theme.tokens import Token

_Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key
_Control = Qt.KeyboardModifier.ControlModifier
PAD: Final = 12
NAME_PAD: Final = 16
PART_INDENT: Final = 36
_STEP_IN: Final = 20
"""How much further in a breakdown stands than its measure, and a value than its breakdown."""
CHEVRON: Final = 28
"""The room at the right of a name, where its breakdowns are opened."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Typing(Protocol):
    """What the table does with what is typed; ``submit`` is False when it cannot be taken and typing goes on."""

    def submit(self, index: _Index, text: str) -> bool: ...

    def submit_all(self, text: str) -> bool: ...

    def step(self, down: int, right: int) -> None: ...


class GridDelegate(QStyledItemDelegate):
    """``first_text`` is what the next editor begins with; None: what stands in the cell, to be changed (F2)."""

    def __init__(self, table: QTableView, model: GridModel, typing: Typing) -> None:
        super().__init__(table)
        self._table, self._model, self._typing = table, model, typing
        self.first_text: str | None = None
        self.editor: CellEditor | None = None
        """The latest one; None before any."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        row = self._model.row_at(index)
        line = self._model.lines[index.row()]
        if isinstance(line, Split):
            self._draw_split(painter, area, index, line)
        elif row is None:
            self._draw_heading(painter, area, index)
        else:
            part = self._model.columns[index.column()].part
            self._draw_ground(painter, area, index, row, part)
            _DRAWN[part](self, painter, QRectF(area), index, row)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._table.columnWidth(index.column()), self._table.rowHeight(index.row()))

    # -- grounds ------------------------------------------------------------------------------

    def _draw_heading(self, painter: QPainter, area: QRect, index: _Index) -> None:
        look = Look.of_application()
        painter.fillRect(area, look.colour("surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("border"))
        if index.column() == 0:
            words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            _write(painter, QRectF(area).adjusted(look.px(NAME_PAD), look.px(6), 0, 0), words, "accent", "small", 600)

    def _draw_split(self, painter: QPainter, area: QRect, index: _Index, split: Split) -> None:
        """The name of a breakdown, and what its values come to: bad and with its icon where that is not the whole."""
        look, found = Look.of_application(), self._model.sum_at(split, index)
        fault = found is not None and bool(found.fault)
        ground: Token = "bad_bg" if fault else "surface" if index.column() == 0 else "canvas"
        painter.fillRect(area, look.colour(ground))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("border"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.column() == 0:
            left = name_left(split.rows[0]) - look.px(_STEP_IN) if split.rows else look.px(PART_INDENT)
            _write(painter, QRectF(area).adjusted(left, 0, 0, 0), text, "text2", "small", 600)
        elif text:
            inner = QRectF(area).adjusted(look.px(2), 0, -look.px(PAD), 0)
            if fault:
                spot = look.icon_rect(area.left() + look.px(5), area.center().y(), 14)
                painter.drawPixmap(spot.topLeft(), look.pixmap("circle-alert", "bad", 14, bold=True))
            _write(painter, inner, _tight(text), "bad" if fault else "text2", "small", 600 if fault else 400, _RIGHT)

    def _draw_ground(self, painter: QPainter, area: QRect, index: _Index, row: Row, part: Part) -> None:
        look = Look.of_application()
        painter.fillRect(area, look.colour(self._ground(index, row, part)))
        line = look.colour("border")
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), line)
        if part is Part.MONTH or (part is Part.WHOLE and area.left() > 0):
            painter.fillRect(QRect(area.left(), area.top(), 1, area.height()), line)
        if part is Part.NAME and index.row() == self._table.currentIndex().row():
            painter.fillRect(QRect(area.left(), area.top(), look.px(3), area.height() - 1), look.colour("accent"))

    def _ground(self, index: _Index, row: Row, part: Part) -> Token:
        cell = self._model.cell_at(index)
        chosen = self._table.selectionModel()
        if cell is not None and cell.fault:
            return "bad_bg"
        if chosen.isSelected(index) and len(chosen.selection().indexes()) > 1:
            return "accent_tint"
        if part is Part.NAME:
            return "surface"
        needs = cell is not None and cell.kind in (CellKind.NEEDED, CellKind.OPTIONAL)
        if part is Part.WHOLE and not self._model.whole:
            needs = cell is not None and cell.count is not None
        return "surface" if needs and not self._model.locked else "canvas"

    # -- what stands in the columns -----------------------------------------------------------

    def _draw_name(self, painter: QPainter, area: QRectF, index: _Index, row: Row) -> None:
        look = Look.of_application()
        inner = area.adjusted(name_left(row), 0, -name_right(row), 0)
        flags = _LEFT | Qt.TextFlag.TextWordWrap
        painter.setFont(look.font())
        painter.setPen(look.colour("text2" if row.measure.part_of or row.code else "text"))
        painter.drawText(inner, flags, row.short)
        if can_open(row):
            spot = look.icon_rect(area.right() - look.px(CHEVRON - 4), area.center().y(), 16)
            sign = "chevron-down" if row.splits else "chevron-right"
            painter.drawPixmap(spot.topLeft(), look.pixmap(sign, "accent" if row.splits else "text2", 16))

    def _draw_month(self, painter: QPainter, area: QRectF, index: _Index, row: Row) -> None:
        cell = self._model.cell_at(index)
        assert cell is not None, "a month's column holds cells"
        inner = self._draw_signs(painter, area, cell)
        wordy = cell.count is not None and cell.count.n is None
        if cell.kind is CellKind.NOTHING and cell.count is None:
            pass
        elif cell.fault:
            _write(painter, inner, _tight(cell.text), "bad", "body", 600, _RIGHT)
        elif wordy:
            _write(painter, inner, cell.text, "text2", "small", 400, _RIGHT)
        else:
            _write(painter, inner, _tight(cell.text), "text", "body", 400, _RIGHT)
        self._draw_ring(painter, area, index)

    def _draw_signs(self, painter: QPainter, area: QRectF, cell: Cell) -> QRectF:
        """Icon of the error and corner of the comment; returns the room for the number."""
        look = Look.of_application()
        if cell.fault:
            spot = look.icon_rect(area.left() + look.px(8), area.center().y(), 16)
            painter.drawPixmap(spot.topLeft(), look.pixmap("circle-alert", "bad", 16, bold=True))
        if cell.count is not None and cell.count.comment:
            right, top, side = area.right() - 1, area.top() + 1, look.px(7)
            corner = [QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawPolygon(QPolygonF(corner))
        return area.adjusted(look.px(4), 0, -look.px(PAD), 0)

    def _draw_whole(self, painter: QPainter, area: QRectF, index: _Index, row: Row) -> None:
        look = Look.of_application()
        cell = self._model.cell_at(index)
        inner = area.adjusted(look.px(8), 0, -look.px(PAD), 0)
        if cell is not None:
            inner = self._draw_signs(painter, area, cell).adjusted(look.px(4), 0, 0, 0)
        text = _tight(numbers_sv.rolled(row.rolled))
        if row.rolled.value is None:
            _write(painter, inner, text, "text2", "small", 400, _RIGHT)
        else:
            _write(painter, inner, text, "bad" if cell and cell.fault else "text", "body", 600, _RIGHT)
        if row.note and not (cell and cell.fault):
            _write(painter, inner, row.note, "text2", "badge", 400)
        self._draw_ring(painter, area, index)

    def _draw_before(self, painter: QPainter, area: QRectF, index: _Index, row: Row) -> None:
        inner = area.adjusted(0, 0, -Look.of_application().px(PAD), 0)
        role: Role = "small" if row.before.value is None else "body"
        _write(painter, inner, _tight(numbers_sv.rolled(row.before)), "text2", role, 400, _RIGHT)
        self._draw_ring(painter, area, index)

    def _draw_trend(self, painter: QPainter, area: QRectF, index: _Index, row: Row) -> None:
        px = Look.of_application().px
        middle = area.center().y()
        room = QRectF(area.left() + px(14), middle - px(7), area.width() - px(30), px(14))
        draw_sparkline(painter, room, row.trend.values)

    def _draw_ring(self, painter: QPainter, area: QRectF, index: _Index) -> None:
        if index != self._table.currentIndex():
            return
        look = Look.of_application()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self._table.hasFocus() or self._table.state() == QTableView.State.EditingState
        painter.setPen(QPen(look.colour("focus" if focused else "control"), 2))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -2), 2, 2)

    # -- typing -------------------------------------------------------------------------------

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        cell = self._model.cell_at(index)
        typed = self.first_text
        text = count_entry.as_text(cell.count) if typed is None and cell is not None else typed or ""
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self.editor = CellEditor(parent, text, name, changing=typed is None)
        return self.editor

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """The editor has its text from the start, and what is typed is not lost when the grid is read anew."""

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, CellEditor) and not editor.settled:
            editor.settled = self._typing.submit(index, editor.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = option.rect
        editor.setGeometry(area.adjusted(2, 2, -2, -3))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == _Key.Key_F2:
                editor.turn()
                return True
            if event.key() in (_Key.Key_Return, _Key.Key_Enter) and event.modifiers() & _Control:
                self._settle(editor, lambda: None, everywhere=True)
                return True
            steps = editor.step_of(event)
            if steps is not None:
                self._settle(editor, lambda: self._typing.step(*steps))
                return True
        return super().eventFilter(editor, event)

    def finish(self) -> None:
        """Take what is half typed; what cannot be taken has been told, and goes."""
        if self.editor is not None:
            self.commitData.emit(self.editor)
            self.editor.settled = True
            self.closeEditor.emit(self.editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _settle(self, editor: CellEditor, then: Callable[[], object], *, everywhere: bool = False) -> None:
        """Take what was typed (``everywhere``: into the whole range) and go on; what cannot be taken stays."""
        if everywhere:
            editor.settled = self._typing.submit_all(editor.text())
        else:
            self.commitData.emit(editor)
        if editor.settled:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            then()
        else:
            editor.selectAll()


def name_left(row: Row) -> int:
    """Where a measure's name begins, in logical px."""
    inwards = PART_INDENT if row.measure.part_of else NAME_PAD
    return Look.of_application().px(inwards if row.code is None else inwards + 2 * _STEP_IN)


def name_right(row: Row) -> int:
    """The room kept free at the right of a measure's name, in logical px."""
    return Look.of_application().px(CHEVRON if can_open(row) else 6)


def can_open(row: Row) -> bool:
    """Whether the row is a measure that has breakdowns."""
    return row.code is None and bool(row.measure.breakdowns)


def _tight(text: str) -> str:
    """The sign of an estimate close to its number, since cells are narrow."""
    return text.replace(numbers_sv.ABOUT + numbers_sv.NO_BREAK, numbers_sv.ABOUT + numbers_sv.NARROW)


def _write(
    painter: QPainter,
    area: QRectF,
    text: str,
    ink: Token,
    role: Role,
    weight: int,
    flags: Qt.AlignmentFlag = _LEFT,
) -> None:
    look = Look.of_application()
    painter.setFont(look.font(role, weight))
    painter.setPen(look.colour(ink))
    painter.drawText(area, flags, text)


_Draw = Callable[[GridDelegate, QPainter, QRectF, _Index, Row], None]
_DRAWN: Final[dict[Part, _Draw]] = {
    Part.NAME: GridDelegate._draw_name,
    Part.MONTH: GridDelegate._draw_month,
    Part.WHOLE: GridDelegate._draw_whole,
    Part.BEFORE: GridDelegate._draw_before,
    Part.TREND: GridDelegate._draw_trend,
}
