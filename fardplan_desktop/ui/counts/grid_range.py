"""The caret and the range of a spreadsheet: the caret stays where the range began, and keys and mouse stretch it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView
from typing_extensions import override

from fardplan_desktop.ui.counts import grid_moves
from fardplan_desktop.ui.counts.grid_header import GridHeader
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.parts.frozen_column import FrozenColumn

Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_Flag = QItemSelectionModel.SelectionFlag
_Modifier = Qt.KeyboardModifier


class RangeView(QTableView):
    """A table one walks about in as in a spreadsheet. What is typed is for whoever inherits it."""

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.grid_model = model
        self._end = QPersistentModelIndex()
        self._tabbed_from: int | None = None
        self.header = GridHeader(self, model)
        self.setHorizontalHeader(self.header)
        self._frozen = FrozenColumn(self)
        self.setModel(model)
        self.verticalHeader().hide()
        self.selectionModel().selectionChanged.connect(lambda: self.viewport().update())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def range(self) -> list[QModelIndex]:
        """The places chosen, line by line; the caret's alone when nothing more is."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        return sorted((index for index in chosen if index.isValid()), key=lambda index: (index.row(), index.column()))

    def go_to(self, index: Index) -> None:
        """Put the caret there."""
        self._tabbed_from = None
        self._place(index)

    def stretch_to(self, index: Index) -> None:
        """The range from the caret to there; the caret stays."""
        start = self.currentIndex()
        if not start.isValid():
            self.go_to(index)
            return
        self._end = QPersistentModelIndex(index)
        self._choose(start, index)
        self.scrollTo(index)

    def choose_all(self) -> None:
        """Everything one can stand on; the caret stays."""
        if self.currentIndex().isValid():
            self._choose(*grid_moves.corners(self.grid_model, self.currentIndex(), rows=True, columns=True))

    def step(self, down: int, right: int) -> None:
        """Enter and Tab: within the range when there is one, else to the next cell to fill in.

        Downwards past headings, and back to the column where Tab began; rightwards on to the next line. Stays at the
        end.
        """
        chosen = self.range
        if len(chosen) > 1:
            self._step_within([index for index in chosen if self.grid_model.typeable(index)], down, right)
            return
        at, model = self.currentIndex(), self.grid_model
        column = at.column() if self._tabbed_from is None else self._tabbed_from
        way = down or right
        if down:
            start, places = model.index(at.row(), column), [model.index(row, column) for row in range(model.rowCount())]
        else:
            every = range(model.columnCount())
            start, places = at, [model.index(row, each) for row in range(model.rowCount()) for each in every]
        in_whole = bool(down) and model.columns[column].part is Part.WHOLE
        stops = model.typeable if in_whole else model.stops
        ahead = [index for index in places[::way] if stops(index) and _is_ahead(start, index, way)]
        if ahead:
            self._place(ahead[0])
            self._tabbed_from = column if right else None

    def _step_within(self, places: list[QModelIndex], down: int, right: int) -> None:
        """Round and round in the range: column by column with Enter, line by line with Tab."""
        if down:
            places.sort(key=lambda index: (index.column(), index.row()))
        if places:
            at = self.currentIndex()
            here = places.index(at) if at in places else -1
            index = places[(here + (down or right)) % len(places)]
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
            self.scrollTo(index)

    def _place(self, index: Index) -> None:
        self._end = QPersistentModelIndex()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _choose(self, one: Index, other: Index) -> None:
        rows, columns = sorted((one.row(), other.row())), sorted((one.column(), other.column()))
        model = self.grid_model
        spread = QItemSelection(model.index(rows[0], columns[0]), model.index(rows[1], columns[1]))
        self.selectionModel().select(spread, _Flag.ClearAndSelect)

    # -- keys and mouse -----------------------------------------------------------------------

    def walk(self, event: QKeyEvent) -> bool:
        """Follow a key that moves the caret or stretches the range; False for any other."""
        shift = bool(event.modifiers() & _Modifier.ShiftModifier)
        ctrl = bool(event.modifiers() & _Modifier.ControlModifier)
        at, key = self.currentIndex(), event.key()
        if not at.isValid() or event.modifiers() & _Modifier.AltModifier:
            return False
        if key == Qt.Key.Key_Space and (shift or ctrl):
            self._choose(*grid_moves.corners(self.grid_model, at, rows=ctrl, columns=shift))
            return True
        far = self.grid_model.index(self._end.row(), self._end.column()) if self._end.isValid() else at
        page = max(1, self.viewport().height() // max(1, self.rowHeight(at.row())) - 1)
        found = grid_moves.destination(self.grid_model, far if shift else at, key, ctrl=ctrl, page=page)
        if found is None:
            return False
        if shift:
            self.stretch_to(found)
        else:
            self.go_to(found)
        return True

    def _under(self, place: QPoint) -> tuple[QModelIndex, bool]:
        """The index at that place, and whether it is (or is covered by) a name."""
        index = self.indexAt(place)
        named = index.isValid() and self.grid_model.columns[index.column()].part is Part.NAME
        return index, named or (self._frozen.isVisible() and place.x() < self.columnWidth(0))

    def name_clicked(self, row: int, place: QPoint) -> None:
        """A click on a measure's name goes to its line, in the column one stands in."""
        here = self.grid_model.index(row, max(1, self.currentIndex().column()))
        if self.grid_model.row_at(here) is not None:
            self.go_to(here)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place: QPoint = event.position().toPoint()
        index, named = self._under(place)
        if named:
            if event.button() == Qt.MouseButton.LeftButton:
                self.name_clicked(self.rowAt(place.y()), place)
        elif not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            return
        elif event.button() == Qt.MouseButton.LeftButton and event.modifiers() & _Modifier.ShiftModifier:
            self.stretch_to(index)
        elif event.button() == Qt.MouseButton.LeftButton or index not in self.selectedIndexes():
            self.go_to(index)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index, named = self._under(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and not named and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.stretch_to(index)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it all."""

    @override
    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """The frozen names must not cover the cell."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        bar = self.horizontalScrollBar()
        if index.column() > 0 and bar.value() > 0 and hidden > 0:
            bar.setValue(bar.value() - hidden)


def _is_ahead(one: QModelIndex, other: QModelIndex, way: int) -> bool:
    """Whether the other comes after this one, in the direction gone."""
    places = (one.row(), one.column()), (other.row(), other.column())
    return places[0] < places[1] if way > 0 else places[0] > places[1]
