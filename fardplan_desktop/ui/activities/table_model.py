"""The activities as rows of a table: filtered, and gathered under headings by working method, plan or status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from fardplan_desktop.analysis.activity_words import NO_METHOD, forecast_word, method_words, shown_status
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_late
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.ui.parts.record_table import BOLD_ROLE, SECONDARY_ROLE

Grouping = Literal["method", "plan", "status"]
HEADINGS: Final = ("Aktivitet", "Status", "Prognos", "Klar senast", "Ansvarig", "Arbetssätt")
WIDTHS: Final = (0, 162, 140, 96, 120, 96)
STATUS_COLUMNS: Final = (1, 2)
METHOD_COLUMN: Final = 5
_Index = QModelIndex | QPersistentModelIndex


class Wanted(msgspec.Struct, frozen=True):
    """What the filter row asks for. Empty means everything; ``status`` is a code, "late" or "open"."""

    text: str = ""
    method: str = ""
    status: str = ""


class Heading(msgspec.Struct, frozen=True):
    """A line above the activities of one group."""

    words: str
    count: int


class Row(msgspec.Struct, frozen=True):
    """An activity with its cells written out."""

    activity: Activity
    cells: tuple[str, ...]


class Listing(msgspec.Struct, frozen=True):
    """All there is to make rows of."""

    book: CodeBook
    plans: Mapping[str, Plan]
    activities: tuple[Activity, ...]
    today: date

    def wanted(self, wanted: Wanted) -> list[Activity]:
        """The activities that every filter lets through, in the order they were written down."""
        needles = wanted.text.casefold().split()
        return [each for each in self.activities if self._passes(each, wanted, needles)]

    def rows(self, wanted: Wanted, grouping: Grouping) -> list[Heading | Row]:
        """The wanted activities under their headings, groups in the code book's order and the unstated last."""
        key, order = self._groups(grouping)
        groups: dict[str, list[Activity]] = {}
        for each in self.wanted(wanted):
            groups.setdefault(key(each), []).append(each)
        found: list[Heading | Row] = []
        for name in sorted(groups, key=lambda name: order.index(name) if name in order else len(order)):
            found.append(Heading(name, len(groups[name])))
            found.extend(Row(each, self._cells(each)) for each in groups[name])
        return found

    def _passes(self, activity: Activity, wanted: Wanted, needles: Sequence[str]) -> bool:
        if wanted.method and activity.method != wanted.method:
            return False
        if not self._has_status(activity, wanted.status):
            return False
        plan = self.plans.get(activity.plan)
        hay = " ".join((*self._cells(activity), plan.title if plan else "", method_words(self.book, activity.method)))
        return all(needle in hay.casefold() for needle in needles)

    def _has_status(self, activity: Activity, status: str) -> bool:
        code = activity.status or STATUS_NOT_STATED
        if status == "late":
            return is_late(self.book, activity, self.today)
        if status == "open":
            known = self.book.list("aktivitetsstatus").by_id.get(code)
            return known is None or not known.closes
        return not status or code == status

    def _cells(self, activity: Activity) -> tuple[str, ...]:
        return (
            activity.title,
            shown_status(self.book, activity, self.today),
            forecast_word(self.book, activity.forecast),
            activity.end.isoformat() if activity.end else "",
            activity.responsible,
            activity.method or "",
        )

    def _groups(self, grouping: Grouping) -> tuple[Callable[[Activity], str], list[str]]:
        if grouping == "plan":
            return self._plan_title, [each.title for each in self.plans.values()]
        if grouping == "status":
            labels = [code.label for code in self.book.list("aktivitetsstatus").codes]
            return self._status_label, labels
        order = [method_words(self.book, each.id) for each in self.book.working_methods]
        return lambda activity: method_words(self.book, activity.method), [*order, NO_METHOD]

    def _plan_title(self, activity: Activity) -> str:
        plan = self.plans.get(activity.plan)
        return plan.title if plan else "Ingen plan"

    def _status_label(self, activity: Activity) -> str:
        return self.book.label("aktivitetsstatus", activity.status or STATUS_NOT_STATED)


class ActivityModel(QAbstractTableModel):
    """Rows for ``RecordTable``. Headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
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
        return found.activity.id if isinstance(found, Row) else ""

    def row_of(self, activity: str) -> int:
        """The row that shows this activity, or -1."""
        found = (at for at, each in enumerate(self._rows) if isinstance(each, Row) and each.activity.id == activity)
        return next(found, -1)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return _heading_data(row, index.column(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        return index.column() > max(STATUS_COLUMNS) if role == SECONDARY_ROLE else None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        heading = isinstance(self._rows[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        return HEADINGS[section] if across and role == Qt.ItemDataRole.DisplayRole else None


def _heading_data(heading: Heading, column: int, role: int) -> object:
    if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return f"{heading.words} · {heading.count}"
    return role == BOLD_ROLE or None
