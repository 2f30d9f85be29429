"""One place in the rail: icon and word, a badge with what there is to do, a bar when chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from fardplan_desktop.ui.parts.pill import draw_badge
from fardplan_desktop.ui.theme.look import Look


class RailItem(QAbstractButton):
    """``compact`` puts the icon above the word. ``checked`` means: this page is shown."""

    def __init__(self, icon: str, text: str, *, name: str, compact: bool = False, plain: bool = False) -> None:
        super().__init__()
        self._icon, self._compact, self._count = icon, compact, 0
        self.setText(text)
        self.setCheckable(not plain)
        self.setAutoExclusive(False)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(Look.of_application().px(52 if compact else 40))

    def show_count(self, count: int, meaning: str = "att göra") -> None:
        """The number of things to do; 0 shows nothing."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count} {meaning}" if count else self.text())
        self.update()

    @property
    def count(self) -> int:
        return self._count

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(96 if self._compact else 168), look.px(52 if self._compact else 40))

    @override
    def nextCheckState(self) -> None:
        """A click asks for the page; the shell marks the item when the page is there."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        if self._compact:
            self._draw_compact(painter)
        else:
            self._draw_wide(painter)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        look = Look.of_application()
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(look.colour("accent_tint" if self.isChecked() else "subtle"))
            painter.drawRoundedRect(area, look.px(6), look.px(6))
        if self.isChecked():
            # Compact, it stands beside the icon: the longest words need the whole width.
            top, height = (look.px(6), look.px(22)) if self._compact else (look.px(10), look.px(20))
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(0, top, look.px(3), height), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), look.px(6), look.px(6))

    def _draw_wide(self, painter: QPainter) -> None:
        look = Look.of_application()
        middle = self.height() / 2
        self._draw_icon(painter, look.px(12), middle - look.px(10))
        self._draw_word(painter, QRectF(look.px(42), 0, self.width() - look.px(42), self.height()), 15)
        if self._count:
            draw_badge(painter, self.width() - look.px(10), middle, self._count)

    def _draw_compact(self, painter: QPainter) -> None:
        look = Look.of_application()
        self._draw_icon(painter, self.width() / 2 - look.px(10), look.px(7))
        self._draw_word(painter, QRectF(0, look.px(29), self.width(), look.px(18)), 12)
        if self._count:
            draw_badge(painter, self.width() / 2 + look.px(26), look.px(12), self._count)

    def _draw_icon(self, painter: QPainter, x: float, y: float) -> None:
        on = self.isChecked()
        pixmap = Look.of_application().pixmap(self._icon, "accent" if on else "text2", 20, bold=on)
        painter.drawPixmap(QPointF(x, y), pixmap)

    def _draw_word(self, painter: QPainter, area: QRectF, size: int) -> None:
        look = Look.of_application()
        on = self.isChecked()
        painter.setPen(look.colour("accent" if on else "text"))
        painter.setFont(look.metrics.sized_font(size, 600 if on else 400))
        across = Qt.AlignmentFlag.AlignHCenter if self._compact else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | across, self.text())
