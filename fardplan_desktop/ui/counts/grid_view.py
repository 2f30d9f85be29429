"""The grid behaves as a spreadsheet: type to replace, Enter down, Tab right, ranges, copy and paste.

It stores nothing itself: what is asked for is told by signals, and the page does it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView
from typing_extensions import override

from fardplan_desktop.services import count_entry
from fardplan_desktop.services.count_grid import Cell, CellKind
from fardplan_desktop.ui.counts.grid_delegate import GridDelegate
from fardplan_desktop.ui.counts.grid_header import GridHeader
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.counts.grid_sizes import column_widths, row_height
from fardplan_desktop.ui.parts.frozen_column import FrozenColumn
from fardplan_desktop.ui.theme.metrics import Width

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint


class CountTable(QTableView):
    """``submit`` is given (cell, text) when something has been typed and says whether it could be taken."""

    caret_moved = Signal()
    one_more_asked = Signal(object)
    clear_asked = Signal(object)
    paste_asked = Signal()
    locked_met = Signal()
    fitted = Signal()

    def __init__(self, model: GridModel, submit: Callable[[Cell, str], bool]) -> None:
        super().__init__()
        self.grid_model, self._submit = model, submit
        self._width = Width.NORMAL
        self.setObjectName("count_grid")
        self.setAccessibleName("Antal per mått och månad")
        self._delegate = GridDelegate(self, model, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(GridHeader(self, model))
        self._frozen = FrozenColumn(self)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda: self.viewport().update())
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda _index: self.begin())
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        self._add_keys()

    # -- the caret ----------------------------------------------------------------------------

    @property
    def cell(self) -> Cell | None:
        """The cell the caret stands in; None on a value that is only worked out."""
        return self.grid_model.cell_at(self.currentIndex())

    def chosen_cells(self) -> list[Cell]:
        """The cells of the range that something can be entered in."""
        cells = (self.grid_model.cell_at(index) for index in self.selectedIndexes())
        return [cell for cell in cells if cell is not None and cell.kind is not CellKind.NOTHING]

    def cells_from_caret(self) -> list[list[Cell]]:
        """Rows of cells to the right of the range's first cell and below; headings are passed over."""
        start = self._first_of_range()
        lines = range(start.row(), self.grid_model.rowCount()) if start.isValid() else range(0)
        columns = range(start.column(), self.grid_model.columnCount())
        rows = [[self.grid_model.cell_at(self.grid_model.index(line, column)) for column in columns] for line in lines]
        found = [[cell for cell in row if cell is not None] for row in rows]
        return [row for row in found if row]

    def go_to(self, index: QModelIndex) -> None:
        """Put the caret there."""
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, down: int, right: int) -> None:
        """The next cell to fill in: downwards past headings, or rightwards on to the next line. Stays at the end."""
        model, at = self.grid_model, self.currentIndex()
        if down:
            places = [model.index(row, at.column()) for row in range(model.rowCount())]
        else:
            size = (range(model.rowCount()), range(model.columnCount()))
            places = [model.index(row, column) for row in size[0] for column in size[1]]
        way = down or right
        ahead = [index for index in places[::way] if model.typeable(index) and _before(at, index, way)]
        if ahead:
            self.go_to(ahead[0])

    def begin(self, typed: str | None = None) -> None:
        """Open the cell: with what was typed, or (None) with what stands there."""
        index = self.currentIndex()
        if not self.grid_model.typeable(index) or self.state() == QAbstractItemView.State.EditingState:
            return
        if self.grid_model.locked:
            self.locked_met.emit()
            return
        self._delegate.first_text = typed
        self.edit(index)
        editor = self._delegate.editor
        if editor is not None:
            editor.end(False)  # Qt has marked all of it, and the next letter would replace the first.

    def finish(self) -> None:
        """Take what is half typed, before the page is left or the window closed."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._delegate.finish()

    def submit(self, index: _Index, text: str) -> bool:
        """What was typed in a cell goes to the page; see ``Typing``."""
        cell = self.grid_model.cell_at(index)
        return cell is not None and self._submit(cell, text)

    def _first_of_range(self) -> QModelIndex:
        chosen = self.selectedIndexes() or [self.currentIndex()]
        return min(chosen, key=lambda index: (index.row(), index.column()))

    # -- what is asked for --------------------------------------------------------------------

    def copy(self) -> None:
        """The range as a spreadsheet takes it: tabs between cells, a line a row."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column())):
            cell = self.grid_model.cell_at(index)
            text = str(index.data() or "").replace("\u202f", "") if cell is None else count_entry.as_text(cell.count)
            lines.setdefault(index.row(), []).append(text.replace("\u00a0", " "))
        if lines:
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def _clear(self) -> None:
        if self.grid_model.locked:
            self.locked_met.emit()
        elif cells := [cell for cell in self.chosen_cells() if cell.count is not None]:
            self.clear_asked.emit(cells)

    def _one_more(self) -> None:
        if self.grid_model.locked:
            self.locked_met.emit()
        elif self.cell is not None and self.cell.kind is not CellKind.NOTHING:
            self.one_more_asked.emit(self.cell)

    def _add_keys(self) -> None:
        for keys, meaning, act in (
            ("F2", "Ändra det som står i rutan", self.begin),
            ("+", "Lägg till en i rutan", self._one_more),
            ("Del", "Töm rutorna", self._clear),
            ("Ctrl+C", "Kopiera rutorna till Excel", self.copy),
            ("Ctrl+V", "Klistra in från Excel", self.paste_asked.emit),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.setWhatsThis(meaning)
            made.activated.connect(act)

    # -- sizes --------------------------------------------------------------------------------

    def set_width(self, width: Width) -> None:
        self._width = width
        self.fit()

    def fit(self) -> None:
        """Columns for what stands in them, the first taking the room that is left; rows for names of two lines."""
        model = self.grid_model
        if not model.columns:
            return
        for number, width in enumerate(column_widths(model, self._width, self.viewport().width())):
            self.setColumnWidth(number, width)
        for number in range(model.rowCount()):
            self.setRowHeight(number, row_height(model, number, self.columnWidth(0)))
        self._frozen.follow()
        self.updateGeometry()
        self.fitted.emit()

    @override
    def sizeHint(self) -> QSize:
        """Room for every line, and for the bar that scrolls sideways when it is needed."""
        rows = sum(self.rowHeight(number) for number in range(self.grid_model.rowCount()))
        across = sum(self.columnWidth(number) for number in range(self.grid_model.columnCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if across > self.viewport().width() else 0
        return QSize(across, self.horizontalHeader().height() + rows + bar)

    # -- Qt -----------------------------------------------------------------------------------

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self._frozen.update()
        self.caret_moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if back else 1, 0)
        elif event.key() == Qt.Key.Key_Backspace:
            self.begin("")
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
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a measure's name goes to its line, in the column one stands in."""
        place: QPoint = event.position().toPoint()
        index = self.indexAt(place)
        named = index.isValid() and self.grid_model.columns[index.column()].part is Part.NAME
        frozen = self._frozen.isVisible() and place.x() < self.columnWidth(0)
        if named or frozen:
            here = self.grid_model.index(self.rowAt(place.y()), max(1, self.currentIndex().column()))
            if self.grid_model.row_at(here) is not None:
                self.go_to(here)
        else:
            super().mousePressEvent(event)

    @override
    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """The frozen names must not cover the cell."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        bar = self.horizontalScrollBar()
        if index.column() > 0 and bar.value() > 0 and hidden > 0:
            bar.setValue(bar.value() - hidden)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()


def _before(one: QModelIndex, other: QModelIndex, way: int) -> bool:
    """Whether the other comes after this one, in the direction gone."""
    places = (one.row(), one.column()), (other.row(), other.column())
    return places[0] < places[1] if way > 0 else places[0] > places[1]
