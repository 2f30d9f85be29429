"""The head of the grid: the month one stands in is accented, a sealed period shows a padlock at each month."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from fardplan_desktop.ui.counts.grid_delegate import NAME_PAD, PAD
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.theme.look import Look

_HEIGHT = 38


class GridHeader(QHeaderView):
    """Columns are drawn wider and narrower at their right edges; a double click there gives them their own width."""

    drawn = Signal(str, int)
    """The user draws the column that shows this part to so many logical px; -1 gives it back its own width."""
    let_go = Signal()
    """The edge has been let go of."""

    def __init__(self, table: QTableView, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table, self._grid = table, model
        self._held = False
        self.setFixedHeight(Look.of_application().px(_HEIGHT))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(Look.of_application().px(40))
        self.sectionResized.connect(self._resized)
        self.sectionHandleDoubleClicked.connect(self._double_clicked)

    def _resized(self, section: int, _before: int, size: int) -> None:
        if self._held:
            self.drawn.emit(self._grid.columns[section].part.value, size)

    def _double_clicked(self, section: int) -> None:
        self._held = False
        self.drawn.emit(self._grid.columns[section].part.value, -1)
        self.let_go.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = True
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._held:
            self._held = False
            self.let_go.emit()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look = Look.of_application()
        column = self._grid.columns[logicalIndex]
        entered = column.part in (Part.NAME, Part.MONTH) or (column.part is Part.WHOLE and self._grid.whole)
        painter.save()
        painter.fillRect(rect, look.colour("surface" if entered else "canvas"))
        if self._table.verticalScrollBar().value() > 0:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("border"))
        here = logicalIndex == self._table.currentIndex().column()
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour("accent" if here else "text2"))
        left = look.px(NAME_PAD if column.part is Part.NAME else 14)
        area = QRectF(rect).adjusted(left, 0, 0 if column.part is Part.TREND else -look.px(PAD), 0)
        to_the_left = column.part in (Part.NAME, Part.TREND)
        side = Qt.AlignmentFlag.AlignLeft if to_the_left else Qt.AlignmentFlag.AlignRight
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, column.words)
        if self._grid.locked and not to_the_left and entered:
            words = painter.fontMetrics().horizontalAdvance(column.words)
            spot = look.icon_rect(area.right() - words - look.px(18), area.center().y(), 14)
            painter.drawPixmap(spot.topLeft(), look.pixmap("lock", "text2", 14, bold=True))
        painter.restore()
