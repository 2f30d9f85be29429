"""Keeps the first column of a table in sight while the others scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look


class FrozenColumn(QWidget):
    """Paints the first column and its head over the scrolled ones; the mouse reaches the table through it."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        table.horizontalScrollBar().valueChanged.connect(self.follow)
        table.verticalScrollBar().valueChanged.connect(self.update)
        table.horizontalHeader().sectionResized.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Show or hide according to how far the table is scrolled."""
        table = self._table
        frame = table.viewport().geometry()
        head = table.horizontalHeader()
        self.setGeometry(0, head.y(), min(table.columnWidth(0), frame.width()), head.height() + frame.height())
        self.setVisible(table.horizontalScrollBar().value() > 0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, table = Look.of_application(), self._table
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        top = table.horizontalHeader().height()
        for row in range(table.model().rowCount()):
            y, height = table.rowViewportPosition(row), table.rowHeight(row)
            if y + height > 0 and y < self.height():
                option = QStyleOptionViewItem()
                option.rect = QRect(0, top + y, self.width(), height)
                table.itemDelegate().paint(painter, option, table.model().index(row, 0))
        self._paint_head(painter, top)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("control"))
        painter.end()

    def _paint_head(self, painter: QPainter, height: int) -> None:
        header = self._table.horizontalHeader()
        header.paintSection(painter, QRect(0, 0, self.width(), height), 0)
