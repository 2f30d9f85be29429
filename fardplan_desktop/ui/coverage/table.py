"""Organisations × periods: how each delivery stands, as word, shape and colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.domain.figures import CoverageRow, CoverageState
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.ui.parts.record_table import BOLD_ROLE, RecordDelegate, RecordTable
from fardplan_desktop.ui.parts.status_text import StatusLook, draw_status
from fardplan_desktop.ui.theme.look import Look

LOOKS: Final = {
    CoverageState.DELIVERED: StatusLook("circle-check-big", "ok"),
    CoverageState.LATE: StatusLook("flag", "warn"),
    CoverageState.CORRECTED: StatusLook("refresh-cw", "accent"),
    CoverageState.REJECTED: StatusLook("file-x", "bad"),
    CoverageState.MISSING: StatusLook("circle-alert", "bad"),
    CoverageState.AWAITED: StatusLook("calendar-clock", "text2"),
}
_STATE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_NAME_WIDTH, _CELL_WIDTH = 210, 132
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class CoverageLine(msgspec.Struct, frozen=True):
    """An organisation with its cells, or a delregion's heading with its count in words (``cells`` empty)."""

    name: str
    organisation: Organisation | None
    cells: tuple[CoverageRow | None, ...] = ()
    counts: tuple[str, ...] = ()


class CoverageModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._periods: tuple[Period, ...] = ()
        self.lines: tuple[CoverageLine, ...] = ()

    def show(self, periods: Sequence[Period], lines: Sequence[CoverageLine]) -> None:
        self.beginResetModel()
        self._periods, self.lines = tuple(periods), tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else 1 + len(self._periods)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._periods[section - 1].short if section else "Kommun"

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == BOLD_ROLE:
            return line.organisation is None
        if index.column() == 0:
            return line.name if role == Qt.ItemDataRole.DisplayRole else None
        if line.organisation is None:
            return line.counts[index.column() - 1] if role == Qt.ItemDataRole.DisplayRole else None
        cell = line.cells[index.column() - 1]
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.state.word
        if role == _STATE_ROLE:
            return cell.state
        return told(cell) if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None


class CoverageTable(RecordTable):
    """``set_lines`` fills it; the organisations stay in sight while the periods scroll."""

    def __init__(self) -> None:
        super().__init__("Inlämningsläge", name="coverage_table")
        self.setItemDelegate(_Delegate(self))
        self._model = CoverageModel()
        self.setModel(self._model)

    @property
    def lines(self) -> tuple[CoverageLine, ...]:
        return self._model.lines

    def set_lines(self, periods: Sequence[Period], lines: Sequence[CoverageLine]) -> None:
        chosen = self.chosen
        self._model.show(periods, lines)
        self.set_widths(_NAME_WIDTH, *[_CELL_WIDTH] * (len(periods) - 1), 0, least=_CELL_WIDTH)
        codes = [line.organisation.code if line.organisation else "" for line in lines]
        if chosen is not None and chosen.code in codes:
            self.selectRow(codes.index(chosen.code))

    @property
    def chosen(self) -> Organisation | None:
        at = self.currentIndex().row()
        return self.lines[at].organisation if 0 <= at < len(self.lines) else None


class _Delegate(RecordDelegate):
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        given = index.data(_STATE_ROLE)
        if given is None:
            super().paint(painter, option, index)
            return
        state = CoverageState(given)  # Qt hands back a plain text.
        painter.save()
        area = option.rect
        self.draw_ground(painter, area, index)
        pad = Look.of_application().px(12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_status(painter, QRectF(area).adjusted(pad, 0, -pad, 0), state.word, shown=LOOKS[state])
        painter.restore()


def told(cell: CoverageRow) -> str:
    """A cell in words: ``Inlämnad. Paket 7, inläst 2026-09-14, efter sista dagen.``"""
    if cell.sequence is None:
        return f"{cell.state.word.capitalize()}. Sista dag {cell.due}."
    late = ", efter sista dagen" if cell.late else ""
    return f"{cell.state.word.capitalize()}. Paket {cell.sequence}, inläst {cell.received}{late}."
