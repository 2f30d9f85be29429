"""The activities of a view as rows of a table, each group under its heading."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from fardplan_desktop.analysis.activity_words import forecast_word, shown_status
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.domain.timeline import Bar
from fardplan_desktop.services.activity_views import Gathered, View
from fardplan_desktop.ui.parts.record_table import BOLD_ROLE, SECONDARY_ROLE

HEADINGS: Final = ("Aktivitet", "Status", "Prognos", "Klar senast", "Ansvarig", "Arbetssätt")
WIDTHS: Final = (0, 162, 140, 96, 120, 96)
STATUS_COLUMNS: Final = (1, 2)
METHOD_COLUMN: Final = 5
BAR_ROLE: Final = Qt.ItemDataRole.UserRole + 110
"""The Bar of a row in the timeline."""
_Index = QModelIndex | QPersistentModelIndex


class Heading(msgspec.Struct, frozen=True):
    """A line above the activities of one group."""

    words: str
    count: int


class Row(msgspec.Struct, frozen=True):
    """An activity, by its id, with its cells written out; ``bar`` is drawn over the last of them."""

    activity: str
    cells: tuple[str, ...]
    bar: Bar | None = None


def rows(gathered: Gathered, view: View) -> list[Heading | Row]:
    """The activities of the view, each group under its heading."""
    found: list[Heading | Row] = []
    for group in gathered.groups(view):
        if group.words:
            found.append(Heading(group.words, len(group.activities)))
        found.extend(Row(each.id, _cells(gathered, each)) for each in group.activities)
    return found


class ActivityModel(QAbstractTableModel):
    """Rows for ``RecordTable``. Headings cannot be chosen."""

    def __init__(self, parent: QObject, headings: tuple[str, ...] = HEADINGS) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: list[Heading | Row] = []

    def show_rows(self, rows: list[Heading | Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def headings(self) -> list[int]:
        """Which rows are headings."""
        return [at for at, each in enumerate(self._rows) if isinstance(each, Heading)]

    def activity_at(self, row: int) -> str:
        """The id of the activity on this row; '' for a heading or a row that is not there."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found.activity if isinstance(found, Row) else ""

    def row_of(self, activity: str) -> int:
        """The row that shows this activity, or -1."""
        found = (at for at, each in enumerate(self._rows) if isinstance(each, Row) and each.activity == activity)
        return next(found, -1)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return _heading_data(row, index.column(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == BAR_ROLE:
            return row.bar
        return index.column() > max(STATUS_COLUMNS) if role == SECONDARY_ROLE else None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        heading = isinstance(self._rows[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        return self._headings[section] if across and role == Qt.ItemDataRole.DisplayRole else None


def _heading_data(heading: Heading, column: int, role: int) -> object:
    if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return f"{heading.words} · {heading.count}"
    return role == BOLD_ROLE or None


def _cells(gathered: Gathered, activity: Activity) -> tuple[str, ...]:
    return (
        activity.title,
        shown_status(gathered.book, activity, gathered.today),
        forecast_word(gathered.book, activity.forecast),
        activity.end.isoformat() if activity.end else "",
        activity.responsible,
        activity.method or "",
    )
