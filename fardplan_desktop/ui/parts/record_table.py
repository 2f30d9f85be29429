"""The table of records: rows of 36, head of 38, left above text and right above figures, hover and keyboard.

The page gives an ordinary ``QAbstractItemModel``. Alignment comes from the model's ``TextAlignmentRole``; a column of
statuses is named with ``status_columns`` and is drawn as icon and word.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from fardplan_desktop.ui.parts.frozen_column import FrozenColumn
from fardplan_desktop.ui.parts.status_text import draw_status
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token

ROW_HEIGHT: Final = 36
TIGHT_HEIGHT: Final = 28
HEAD_HEIGHT: Final = 38
SECONDARY_ROLE: Final = Qt.ItemDataRole.UserRole + 100
"""A model answers True for text that is drawn in the secondary ink."""
BOLD_ROLE: Final = Qt.ItemDataRole.UserRole + 101
"""A model answers True for text of weight 600 (sums)."""

_Index = QModelIndex | QPersistentModelIndex
_PAD: Final = 12
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)
_BEGINS: Final = (Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
"""Keys that go to the first row while none is chosen."""


class RecordTable(QTableView):
    """``opened`` with the row at a double click, Enter or F4; ``row_chosen`` when another row is current."""

    opened = Signal(int)
    row_chosen = Signal(int)

    def __init__(self, label: str, *, name: str, status_columns: Collection[int] = (), tight: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.hovered = -1
        self._delegate = RecordDelegate(self, status_columns)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(RecordHeader(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_tight(tight)
        self._fills, self._least = -1, 0
        self._frozen = FrozenColumn(self)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def set_tight(self, tight: bool) -> None:
        """Rows of 28 instead of 36 ("Tät")."""
        height = Look.of_application().px(TIGHT_HEIGHT if tight else ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def set_status_columns(self, columns: Collection[int]) -> None:
        """Draw these with the icon of the status that their words begin with."""
        self._delegate.status = frozenset(columns)
        self.viewport().update()

    def set_widths(self, *widths: int, least: int = 220) -> None:
        """Column widths in design px; one may be 0: it takes the room that is left, but at least ``least``.

        Call after ``setModel``. When the columns need more room than there is, the table scrolls sideways with its
        first column frozen.
        """
        look = Look.of_application()
        self._fills = widths.index(0) if 0 in widths else -1
        self._least = look.px(least)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, look.px(width) if width else self._least)
        self._fill()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        chosen = self.selectionModel()
        if chosen is not None:
            chosen.currentRowChanged.connect(lambda now, _before: self.row_chosen.emit(now.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() in _OPENS and at.isValid():
            self.opened.emit(at.row())
        elif event.key() in _BEGINS and not at.isValid() and not event.modifiers():
            self._choose_first()
        else:
            super().keyPressEvent(event)

    def _choose_first(self) -> None:
        """Qt itself gets no further than a heading at the top, which cannot be chosen."""
        model = self.model()
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        first = next((each for each in rows if model.flags(each) & Qt.ItemFlag.ItemIsSelectable), None)
        if first is not None:
            self.setCurrentIndex(first)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()
        self._frozen.follow()

    def _fill(self) -> None:
        if self._fills >= 0 and self.model() is not None:
            columns = range(self.model().columnCount())
            others = sum(self.columnWidth(column) for column in columns if column != self._fills)
            self.setColumnWidth(self._fills, max(self._least, self.viewport().width() - others))

    def _hover(self, at: int) -> None:
        if at != self.hovered:
            self.hovered = at
            self.viewport().update()
            self._frozen.update()


class RecordDelegate(QStyledItemDelegate):
    """Draws a cell: ground of hover and selection, one line under, text or status."""

    def __init__(self, table: RecordTable, status_columns: Collection[int] = ()) -> None:
        super().__init__(table)
        self._table = table
        self.status = frozenset(status_columns)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        area: QRect = option.rect
        self.draw_ground(painter, area, index)
        inner = QRectF(area).adjusted(self._left(index), 0, -Look.of_application().px(_PAD), 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.column() in self.status:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_status(painter, inner, text)
        else:
            self._draw_text(painter, inner, index, text)
        painter.restore()

    def draw_ground(self, painter: QPainter, area: QRect, index: _Index) -> None:
        """The cell's ground, the line under it, and the bar and ring of the row in focus."""
        look = Look.of_application()
        chosen = self._table.selectionModel().isRowSelected(index.row(), QModelIndex())
        hovered = index.row() == self._table.hovered
        token: Token = "accent_tint" if chosen else "subtle" if hovered else "surface"
        painter.fillRect(area, look.colour(token))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("border"))
        if not chosen:
            return
        if index.column() == self._table.horizontalHeader().logicalIndex(0):
            painter.fillRect(QRect(area.left(), area.top(), look.px(3), area.height() - 1), look.colour("accent"))
        if self._table.hasFocus():
            focus = look.colour("focus")
            painter.fillRect(QRect(area.left(), area.top(), area.width(), 2), focus)
            painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), focus)

    def _draw_text(self, painter: QPainter, area: QRectF, index: _Index, text: str) -> None:
        look = Look.of_application()
        given = index.data(Qt.ItemDataRole.ForegroundRole)
        faint = bool(index.data(SECONDARY_ROLE))
        painter.setPen(given if isinstance(given, QColor) else look.colour("text2" if faint else "text"))
        painter.setFont(look.font("body", 600 if index.data(BOLD_ROLE) else 400))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | _across(index), shown)

    def _left(self, index: _Index) -> int:
        first = index.column() == self._table.horizontalHeader().logicalIndex(0)
        return Look.of_application().px(16 if first else _PAD)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = Look.of_application()
        width = super().sizeHint(option, index).width() + 2 * look.px(_PAD)
        return QSize(width, self._table.verticalHeader().defaultSectionSize())


class RecordHeader(QHeaderView):
    """The head: 13/600 in the secondary ink, aligned as its column, one ``control`` line under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(Look.of_application().px(HEAD_HEIGHT))
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(Look.of_application().px(40))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look = Look.of_application()
        painter.save()
        painter.fillRect(rect, look.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("control"))
        model = self.model()
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        if sorted_here:
            words += " ↑" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else " ↓"
        painter.setFont(look.font("small", 600))
        painter.setPen(QPen(look.colour("accent" if sorted_here else "text2")))
        left = look.px(16 if self.visualIndex(logicalIndex) == 0 else _PAD)
        area = QRectF(rect).adjusted(left, 0, -look.px(_PAD), 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | self._side(model, logicalIndex), shown)
        painter.restore()

    def _side(self, model: QAbstractItemModel, column: int) -> Qt.AlignmentFlag:
        given = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        return _flag(given) if given is not None else _across(model.index(0, column))


def _across(index: _Index) -> Qt.AlignmentFlag:
    return _flag(index.data(Qt.ItemDataRole.TextAlignmentRole))


def _flag(given: object) -> Qt.AlignmentFlag:
    """Left unless the model says right; models answer with a flag or with its number."""
    value = given.value if isinstance(given, Qt.AlignmentFlag) else given
    right = isinstance(value, int) and bool(value & Qt.AlignmentFlag.AlignRight.value)
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
