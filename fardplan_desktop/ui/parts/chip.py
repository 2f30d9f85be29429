"""A chip: something chosen that can be taken away again, with the mouse or a key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from fardplan_desktop.ui.parts.pill import draw_tinted
from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look

_HEIGHT = 28
_WIDEST = 300
_TAKES_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chip(QAbstractButton):
    """Words, a count and a cross; ``clicked`` when it is to go: a click, Space, Enter, Delete or Backspace."""

    def __init__(self, words: str, count: int, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._count = words, count
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(f"{words} · {count}")
        self.setAccessibleName(f"Ta bort {words}, {count}")
        self.setToolTip(f"Ta bort {words}")

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        room = text_width(QFontMetrics(look.font("side")), self.text()) + look.px(42)
        return QSize(min(room, look.px(_WIDEST)), look.px(_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TAKES_AWAY:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        ink = draw_tinted(painter, area, "accent")
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = min(look.px(12), area.height() / 2)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)
        cross = look.icon_rect(area.right() - look.px(24), area.height() / 2, 16)
        painter.drawPixmap(cross.topLeft(), look.pixmap("x", ink, 16))
        painter.setPen(look.colour(ink))
        painter.setFont(look.font("side"))
        room = QRectF(look.px(12), 0, cross.left() - look.px(16), area.height())
        counted = f" · {self._count}"
        metrics = painter.fontMetrics()
        left = int(room.width()) - metrics.horizontalAdvance(counted)
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words + counted)
        painter.end()
