"""Organisations × periods: how each delivery stands, as word, shape and colour."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.analysis.coverage_words import cell_words, head, told
from fardplan_desktop.domain.coverage_paper import CoverageLine, CoverageList
from fardplan_desktop.domain.figures import CoverageState
from fardplan_desktop.domain.levels import Organisation
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
_NAME_WIDTH, _OFFICE_WIDTH = 210, 272
_CELL_WIDTH, _OFFICE_CELL_WIDTH = 184, 240
"""A delregion's cell tells of its members too: \"saknas 184 dagar, 0 av 15\"."""
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class CoverageModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[str, ...] = ()
        self.lines: tuple[CoverageLine, ...] = ()

    def show(self, listed: CoverageList) -> None:
        self.beginResetModel()
        self._heads = tuple(head(*each) for each in zip(listed.periods, listed.found, strict=True))
        self.lines = listed.lines
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else 1 + len(self._heads)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        known = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation is Qt.Orientation.Vertical or not known:
            return None
        return self._heads[section - 1] if section else "Organisation"

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, at = self.lines[index.row()], index.column() - 1
        if role == BOLD_ROLE:
            return line.heads
        if at < 0:
            return line.organisation.name if role == Qt.ItemDataRole.DisplayRole else None
        cell = line.cells[at]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(line, at)
        if cell is None:
            return None
        if role == _STATE_ROLE:
            return cell.state
        return told(cell) if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None


class CoverageTable(RecordTable):
    """``show_list`` fills it; the organisations stay in sight while the periods scroll."""

    def __init__(self) -> None:
        super().__init__("Inlämningsläge", name="coverage_table")
        self.setItemDelegate(_Delegate(self))
        self._model = CoverageModel()
        self.setModel(self._model)

    @property
    def lines(self) -> tuple[CoverageLine, ...]:
        return self._model.lines

    def show_list(self, listed: CoverageList) -> None:
        chosen = self.chosen
        self._model.show(listed)
        offices = any(line.heads for line in listed.lines)
        name, cell = (_OFFICE_WIDTH, _OFFICE_CELL_WIDTH) if offices else (_NAME_WIDTH, _CELL_WIDTH)
        self.set_widths(name, *[cell] * (len(listed.periods) - 1), 0, least=cell)
        codes = [line.organisation.code for line in listed.lines]
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
        draw_status(painter, QRectF(area).adjusted(pad, 0, -pad, 0), str(index.data() or ""), shown=LOOKS[state])
        painter.restore()
