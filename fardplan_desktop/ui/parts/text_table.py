"""A table of finished texts that is as high as its rows, for pages that scroll as a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QWheelEvent
from typing_extensions import override

from fardplan_desktop.ui.parts.record_table import BOLD_ROLE, HEAD_HEIGHT, ROW_HEIGHT, TIGHT_HEIGHT, RecordTable
from fardplan_desktop.ui.theme.look import Look

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Column(msgspec.Struct, frozen=True):
    """``width`` in design px, 0 for the one that takes the room that is left."""

    head: str
    width: int = 0
    figures: bool = False
    """Right-aligned."""
    bold: bool = False


class TextModel(QAbstractTableModel):
    """Rows of texts under columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._columns, self._rows = list(columns), list(rows)

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and column.figures:
            return Qt.AlignmentFlag.AlignRight
        return column.bold if role == BOLD_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].figures:
            return Qt.AlignmentFlag.AlignRight
        return self._columns[section].head if role == Qt.ItemDataRole.DisplayRole else None


class TextTable(RecordTable):
    """At most ``most`` rows high; then it scrolls by itself."""

    def __init__(
        self,
        label: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]] = (),
        *,
        name: str,
        most: int = 12,
        least: int = 220,
        status_columns: Collection[int] = (),
        tight: bool = False,
    ) -> None:
        super().__init__(label, name=name, status_columns=status_columns, tight=tight)
        self._columns, self._most, self._least_width = list(columns), most, least
        self._row_height = TIGHT_HEIGHT if tight else ROW_HEIGHT
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.show_rows(rows)
        self.horizontalScrollBar().rangeChanged.connect(self._fit)

    def show_rows(self, rows: Sequence[Sequence[str]], columns: Sequence[Column] | None = None) -> None:
        """Show these instead of what was there; other columns too when given."""
        self._columns = list(columns or self._columns)
        before = self.model()
        model = TextModel(self._columns, rows)
        model.setParent(self)
        self.setModel(model)
        if before is not None:
            before.deleteLater()
        self.set_widths(*(column.width for column in self._columns), least=self._least_width)
        self._fit()

    def _fit(self) -> None:
        """As high as the rows, and the scroll bar under them when there is one."""
        look, model = Look.of_application(), self.model()
        rows = max(1, min(model.rowCount(), self._most)) * look.px(self._row_height)
        bar = look.px(12) if self.horizontalScrollBar().maximum() > 0 else 0
        self.setFixedHeight(look.px(HEAD_HEIGHT) + rows + bar + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Look.of_application().px(120), self.maximumHeight())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A table that shows all its rows lets the page scroll."""
        if self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()
