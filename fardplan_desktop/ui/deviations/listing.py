"""The deviations as rows of a table: filtered records, whose cells are written out only when they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.analysis.tallies import is_closed
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.ui.deviations import wording
from fardplan_desktop.ui.parts.record_table import RecordDelegate, RecordTable
from fardplan_desktop.ui.parts.status_text import StatusLook, draw_status
from fardplan_desktop.ui.theme.look import Look

HEADINGS: Final = ("Nummer", "Månad", "Riktning", "Kategori", "Berörd part", "Allvarlighet, risk", "Status", "Svar")
WIDTHS: Final = (128, 84, 142, 0, 134, 128, 130, 172)
LEAST_CATEGORY: Final = 150
STEP_ASIDE: Final = (2, 4, 1)
"""Columns that leave room for the others, first to go first; the form shows them anyway."""
LOOK_ROLE: Final = Qt.ItemDataRole.UserRole + 110
"""The model answers a ``StatusLook`` for a cell that is drawn as icon and word."""
_Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_PAD: Final = 12


class Wanted(msgspec.Struct, frozen=True):
    """What the filter row asks for; empty means everything. ``status`` is a code, "open" or "late"."""

    text: str = ""
    status: str = ""
    category: str = ""
    counterpart: str = ""
    period: Period | None = None


class Listing:
    """All there is to choose from, as read from the store."""

    def __init__(self, book: CodeBook, deviations: Sequence[Deviation], today: date) -> None:
        self.book, self.deviations, self.today = book, tuple(deviations), today
        self._hay: dict[str, str] = {}

    def wanted(self, wanted: Wanted) -> list[Deviation]:
        """Those that every filter lets through, in the order given."""
        needles = wanted.text.casefold().split()
        return [each for each in self.deviations if self._passes(each, wanted, needles)]

    def _passes(self, deviation: Deviation, wanted: Wanted, needles: Sequence[str]) -> bool:
        if wanted.category and deviation.category != wanted.category:
            return False
        if wanted.counterpart and deviation.counterpart != wanted.counterpart:
            return False
        if wanted.period and not wanted.period.start <= deviation.registered <= wanted.period.end:
            return False
        return self._has_status(deviation, wanted.status) and all(each in self._text(deviation) for each in needles)

    def _has_status(self, deviation: Deviation, status: str) -> bool:
        if status == "open":
            return not is_closed(self.book, deviation)
        if status == "late":
            return wording.answer_words(self.book, deviation, self.today).startswith("Försenad")
        return not status or deviation.status == status

    def _text(self, deviation: Deviation) -> str:
        """What is searched in, made the first time it is asked for."""
        found = self._hay.get(deviation.id)
        if found is None:
            words = (wording.label(self.book, field, getattr(deviation, field)) for field in ("category", "document"))
            said = (deviation.number, deviation.summary, deviation.reference, deviation.document_text, *words)
            found = self._hay[deviation.id] = " ".join(each for each in said if each).casefold()
        return found


class DeviationModel(QAbstractTableModel):
    """Rows for ``RecordTable``."""

    def __init__(self, parent: QObject, book: CodeBook) -> None:
        super().__init__(parent)
        self._book = book
        self._today = date.min
        self._rows: list[Deviation] = []
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

    def show_rows(self, rows: list[Deviation], today: date) -> None:
        self.beginResetModel()
        self._rows, self._today = rows, today
        self.endResetModel()

    def at(self, row: int) -> Deviation | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, deviation_id: str) -> int:
        """-1 when it is not among the rows."""
        return next((row for row, each in enumerate(self._rows) if each.id == deviation_id), -1)

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        deviation = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cells[index.column()](deviation)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._cells[index.column()](deviation), deviation.summary)))
        return self._look(deviation, index.column()) if role == LOOK_ROLE else None

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
    """The table, whose less needed columns step aside when there is little room."""

    def __init__(self) -> None:
        super().__init__("Avvikelser", name="deviation_table")
        self.setItemDelegate(DeviationDelegate(self))

    def fit(self, room: int) -> None:
        """Show as many columns as fit in ``room`` pixels."""
        look = Look.of_application()
        need = sum(look.px(width or LEAST_CATEGORY) for width in WIDTHS)
        for column in STEP_ASIDE:
            self.setColumnHidden(column, need > room)
            need -= look.px(WIDTHS[column]) if need > room else 0
        self.set_widths(*WIDTHS, least=LEAST_CATEGORY)
