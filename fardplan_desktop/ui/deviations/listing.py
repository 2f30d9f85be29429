"""The deviations as rows of a table: the model holds row numbers alone and reads what is drawn, a block at a time."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviation_list
from fardplan_desktop.services.deviation_list import Order, Sorted
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations import wording
from fardplan_desktop.ui.parts.record_table import RecordDelegate, RecordTable
from fardplan_desktop.ui.parts.status_text import StatusLook, draw_status
from fardplan_desktop.ui.theme.look import Look

HEADINGS: Final = ("Nummer", "Månad", "Riktning", "Kategori", "Berörd part", "Allvarlighet, risk", "Status", "Svar")
SORTS: Final[tuple[Sorted, ...]] = (
    *("number", "month", "direction", "category", "counterpart", "risk", "status", "answer"),
)
"""What each column sorts by."""
_FALLS_FIRST: Final = frozenset({"number", "month", "risk"})
WIDTHS: Final = (128, 84, 136, 0, 134, 150, 130, 172)
LEAST_CATEGORY: Final = 150
STEP_ASIDE: Final = (2, 4, 1)
"""Columns that leave room for the others, first to go first; the form shows them anyway."""
LOOK_ROLE: Final = Qt.ItemDataRole.UserRole + 110
"""The model answers a ``StatusLook`` for a cell that is drawn as icon and word."""
BLOCK: Final = 128
"""Rows read at a time: a few windows full, and so few that nobody sees it happen."""
_BLOCKS_KEPT: Final = 32
_Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_PAD: Final = 12


class DeviationModel(QAbstractTableModel):
    """Rows for ``RecordTable``, however many. A *number* is a row's in the store, a *row* its place in the list."""

    def __init__(self, parent: QObject, workplace: Workplace) -> None:
        super().__init__(parent)
        book = workplace.codebook
        self._workplace, self._book, self._today = workplace, book, workplace.today
        self._numbers: array[int] = array("q")
        self._seen: Mapping[int, Deviation] = {}
        self._blocks: OrderedDict[int, dict[int, Deviation]] = OrderedDict()
        self._cells: tuple[Callable[[Deviation], str], ...] = (
            lambda each: each.number,
            lambda each: wording.month_words(each.month, short=True),
            lambda each: wording.label(book, "direction", each.direction),
            lambda each: wording.label(book, "category", each.category),
            lambda each: wording.label(book, "counterpart", each.counterpart),
            lambda each: wording.risk_words(book, each),
            lambda each: wording.label(book, "status", each.status),
            lambda each: wording.answer_words(book, each, self._today),
        )

    @property
    def numbers(self) -> array[int]:
        return self._numbers

    def show_numbers(self, numbers: array[int], seen: Mapping[int, Deviation] = MappingProxyType({})) -> None:
        """Another list, or the same with what may have changed in its rows; ``seen`` holds those that come in sight."""
        self._blocks.clear()
        self._seen = seen
        self._today = self._workplace.today
        if numbers == self._numbers:
            if numbers:
                self.dataChanged.emit(self.index(0, 0), self.index(len(numbers) - 1, len(HEADINGS) - 1))
            return
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def at(self, row: int) -> Deviation | None:
        """The deviation of a row; None past the ends, or when it has been taken away since the list was made."""
        if not 0 <= row < len(self._numbers):
            return None
        number = self._numbers[row]
        return self._seen.get(number) or self._block(row // BLOCK).get(number)

    def row_of(self, number: int | None) -> int:
        """-1 when it is not among the rows."""
        try:
            return self._numbers.index(number) if number is not None else -1
        except ValueError:
            return -1

    def _block(self, at: int) -> dict[int, Deviation]:
        found = self._blocks.get(at)
        if found is None:
            wanted = self._numbers[at * BLOCK : (at + 1) * BLOCK]
            found = self._blocks[at] = deviation_list.read(self._workplace, rows=wanted)
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return found

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        deviation = self.at(index.row())
        if deviation is None:
            return None
        if role == LOOK_ROLE:
            return self._look(deviation, index.column())
        words = self._cells[index.column()](deviation)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (words, deviation.summary)))
        return words

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        return HEADINGS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def _look(self, deviation: Deviation, column: int) -> StatusLook | None:
        if column == 5:
            return wording.risk_look(self._book, deviation)
        if column == 6:
            return wording.status_look(deviation)
        return wording.answer_look(self._book, deviation, self._today) if column == 7 else None


class DeviationDelegate(RecordDelegate):
    """Draws status, risk and answer with the looks that deviations have."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = index.data(LOOK_ROLE)
        if not isinstance(shown, StatusLook):
            super().paint(painter, option, index)
            return
        painter.save()
        self.draw_ground(painter, option.rect, index)
        pad = Look.of_application().px(_PAD)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_status(painter, QRectF(option.rect).adjusted(pad, 0, -pad, 0), str(index.data()), shown=shown)
        painter.restore()


class DeviationTable(RecordTable):
    """The table, whose less needed columns step aside when there is little room; several rows may be marked."""

    marks_changed = Signal()

    def __init__(self, model: DeviationModel) -> None:
        super().__init__("Avvikelser", name="deviation_table")
        self._deviations = model
        self.setItemDelegate(DeviationDelegate(self))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self.marks_changed.emit())
        self.horizontalHeader().setSortIndicatorShown(True)
        self.show_order(Order())

    def fit(self, room: int) -> None:
        """Show as many columns as fit in ``room`` pixels."""
        look = Look.of_application()
        need = sum(look.px(width or LEAST_CATEGORY) for width in WIDTHS)
        for column in STEP_ASIDE:
            self.setColumnHidden(column, need > room)
            need -= look.px(WIDTHS[column]) if need > room else 0
        self.set_widths(*WIDTHS, least=LEAST_CATEGORY)

    def show_order(self, order: Order) -> None:
        """Mark the column that the list is sorted by."""
        way = Qt.SortOrder.DescendingOrder if order.falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(SORTS.index(order.by), way)

    def show_numbers(self, numbers: array[int], seen: Mapping[int, Deviation], *, stay: bool) -> None:
        """Show another list; rows that are still there stay marked. ``stay`` where it was scrolled, or at the top."""
        if numbers == self._deviations.numbers:
            self._deviations.show_numbers(numbers, seen)
            return
        marked = {self._deviations.numbers[row] for row in self.marked_rows()}
        here = self.currentIndex().row()
        current = self._deviations.numbers[here] if here >= 0 else None
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        chosen = self.selectionModel()
        chosen.blockSignals(True)
        self._deviations.show_numbers(numbers, seen)
        chosen.select(self._ranges(marked), QItemSelectionModel.SelectionFlag.Select)
        row = self._deviations.row_of(current)
        if row >= 0:
            chosen.setCurrentIndex(self._deviations.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen.blockSignals(False)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down if stay else 0)
        self.marks_changed.emit()

    @property
    def first_in_sight(self) -> int:
        return max(0, self.rowAt(0))

    def marked_rows(self) -> Iterator[int]:
        """The rows that are marked, without making an index of each."""
        for stretch in self._stretches():
            yield from range(stretch.top(), stretch.bottom() + 1)

    @property
    def marked(self) -> int:
        """How many rows are marked."""
        return sum(stretch.height() for stretch in self._stretches())

    def marked_numbers(self) -> list[int]:
        return [self._deviations.numbers[row] for row in self.marked_rows()]

    def _stretches(self) -> list[QItemSelectionRange]:
        marked = self.selectionModel().selection()
        return [marked.at(place) for place in range(marked.count())]

    def _ranges(self, numbers: set[int]) -> QItemSelection:
        """The rows of these numbers, neighbours together."""
        found = QItemSelection()
        rows = [row for row, number in enumerate(self._deviations.numbers) if number in numbers] if numbers else []
        last = len(HEADINGS) - 1
        for first, end in _runs(rows):
            found.select(self._deviations.index(first, 0), self._deviations.index(end, last))
        return found


def next_order(order: Order, column: int) -> Order:
    """What a click on a column's head asks for: that column the way it is wanted first, or the other way round."""
    by = SORTS[column]
    return Order(by, not order.falling) if by == order.by else Order(by, by in _FALLS_FIRST)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of rows that follow each other."""
    start = 0
    for at, row in enumerate(rows):
        if at + 1 == len(rows) or rows[at + 1] != row + 1:
            yield rows[start], row
            start = at + 1


_ANSWERED: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        LOOK_ROLE,
    }
)
