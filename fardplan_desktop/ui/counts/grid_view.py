"""The grid behaves as a spreadsheet: type to replace, Enter down, Tab right; the page stores what is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu
from typing_extensions import override

from fardplan_desktop.services.count_cells import Cell
from fardplan_desktop.ui.counts.grid_deeds import DeedsView
from fardplan_desktop.ui.counts.grid_delegate import CHEVRON, GridDelegate, can_open
from fardplan_desktop.ui.counts.grid_menu import grid_menu
from fardplan_desktop.ui.counts.grid_model import GridModel
from fardplan_desktop.ui.counts.grid_range import Index
from fardplan_desktop.ui.counts.grid_sizes import column_widths, row_height
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class CountTable(DeedsView):
    """``submit`` is given (cells, text) when something has been typed and says whether it could be taken."""

    caret_moved = Signal()
    fitted = Signal()

    def __init__(self, model: GridModel, submit: Callable[[list[Cell], str], bool]) -> None:
        super().__init__(model)
        self._submit = submit
        self._width, self._fitting = Width.NORMAL, False
        self.widths: dict[str, int] = {}
        """What the user has drawn columns to, by part and at 100 % text."""
        self.setObjectName("count_grid")
        self.setAccessibleName("Antal per mått och månad")
        self._delegate = GridDelegate(self, model, self)
        self.setItemDelegate(self._delegate)
        self.header.drawn.connect(self._draw_to)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(self.fit)
        self.add_keys(self.begin)

    # -- typing -------------------------------------------------------------------------------

    def begin(self, typed: str | None = None) -> None:
        """Open the cell: with what was typed, or (None) with what stands there."""
        index = self.currentIndex()
        if not self.grid_model.typeable(index) or self.state() == QAbstractItemView.State.EditingState:
            return
        if self.may_change():
            self._delegate.first_text = typed
            self.edit(index)
            editor = self._delegate.editor
            if editor is not None:
                editor.end(False)  # Qt has marked all of it, and the next letter would replace the first.

    def finish(self) -> None:
        """Take what is half typed, before the page is left or the window closed."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._delegate.finish()

    def submit(self, index: Index, text: str) -> bool:
        """What was typed in a cell goes to the page; see ``Typing``."""
        cell = self.grid_model.cell_at(index)
        return cell is not None and self._submit([cell], text)

    def submit_all(self, text: str) -> bool:
        """What was typed goes to every cell of the range."""
        return self._submit(self.chosen_cells(), text)

    # -- sizes --------------------------------------------------------------------------------

    def set_width(self, width: Width) -> None:
        self._width = width
        self.fit()

    def fit(self) -> None:
        """Columns for what stands in them, the first taking the room that is left; rows for names of two lines."""
        model = self.grid_model
        if not model.columns:
            return
        self._fitting = True
        for number, width in enumerate(column_widths(model, self._width, self.viewport().width(), self.widths)):
            self.setColumnWidth(number, width)
        self._fitting = False
        for number in range(model.rowCount()):
            self.setRowHeight(number, row_height(model, number, self.columnWidth(0)))
        self._frozen.follow()
        self.updateGeometry()
        self.fitted.emit()

    def _draw_to(self, part: str, size: int) -> None:
        """All columns of a part have one width."""
        if self._fitting:
            return
        if size < 0:
            self.widths.pop(part, None)
        else:
            self.widths[part] = round(size / Look.of_application().metrics.factor)
        self.fit()

    def _reset(self) -> None:
        self.forget_clip()
        self.fit()

    @override
    def sizeHint(self) -> QSize:
        """Room for every line, and for the bar that scrolls sideways when it is needed."""
        rows = sum(self.rowHeight(number) for number in range(self.grid_model.rowCount()))
        across = sum(self.columnWidth(number) for number in range(self.grid_model.columnCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if across > self.viewport().width() else 0
        return QSize(across, self.horizontalHeader().height() + rows + bar)

    # -- Qt -----------------------------------------------------------------------------------

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self._frozen.update()
        self.caret_moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(back, 0)
        elif event.key() == Qt.Key.Key_Backspace:
            self.begin("")
        elif event.key() == Qt.Key.Key_Escape and self.clip is not None:
            self.forget_clip()
        elif self.walk(event):
            event.accept()
        elif event.text().isprintable() and event.text().strip() and not command:
            self.begin(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes to the next cell, and out of the grid from the last one."""
        before = self.currentIndex()
        self.step(0, 1 if next else -1)
        if self.currentIndex() != before:
            return True
        self.setTabKeyNavigation(False)
        left = super().focusNextPrevChild(next)
        self.setTabKeyNavigation(True)
        return left

    @override
    def name_clicked(self, row: int, place: QPoint) -> None:
        """The sign at the right of a name opens and hides the measure's breakdowns."""
        super().name_clicked(row, place)
        shown = self.grid_model.row_at(self.grid_model.index(row, 0))
        at_sign = place.x() > self.columnWidth(0) - Look.of_application().px(CHEVRON)
        if shown is not None and can_open(shown) and at_sign:
            self.split_asked.emit(not shown.splits)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and self.indexAt(event.position().toPoint()) == self.currentIndex()
        ):
            self.begin()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.currentIndex().isValid():
            self.menu().popup(self._menu_place(event))

    def menu(self) -> QMenu:
        """What can be done where the caret stands."""
        row = self.grid_model.row_at(self.currentIndex())
        assert row is not None, "the caret stands on measures and their values only"
        return grid_menu(self, self, row, self.cell, locked=self.grid_model.locked)

    def _menu_place(self, event: QContextMenuEvent) -> QPoint:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            return event.globalPos()
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed edge round what has been copied or cut."""
        super().paintEvent(event)
        if self.clip is None:
            return
        first, last = (self.grid_model.index(*place) for place in (self.clip.first, self.clip.last))
        painter = QPainter(self.viewport())
        pen = QPen(Look.of_application().colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        area = QRectF(self.visualRect(first).united(self.visualRect(last)))
        painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
