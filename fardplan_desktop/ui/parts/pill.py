"""Small rounded labels: a pill with words, a badge with the number of things to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName, Token, Tone, tone_tokens


class Pill(QWidget):
    """Words on a tinted ground, with an icon if wanted. Pills stand outside tables only."""

    def __init__(self, text: str, tone: Tone = "neutral", *, icon: str = "", name: str = "pill") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        room = text_width(QFontMetrics(self._font()), self._text) + look.px(20)
        return QSize(room + (look.px(20) if self._icon else 0), look.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        ink = draw_tinted(painter, area, self._tone)
        left = look.px(10)
        if self._icon:
            spot = look.icon_rect(look.px(8), area.height() / 2, 16)
            painter.drawPixmap(spot.topLeft(), look.pixmap(self._icon, ink, 16))
            left = look.px(28)
        painter.setPen(look.colour(ink))
        painter.setFont(self._font())
        painter.drawText(area.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()

    def _font(self) -> QFont:
        return Look.of_application().font("small", 600)


def draw_tinted(painter: QPainter, area: QRectF, tone: Tone) -> Token:
    """Draw a rounded ground in a tone; returns the token for what is written on it."""
    look = Look.of_application()
    ink, ground = tone_tokens(tone)
    edged = look.theme is ThemeName.HIGH_CONTRAST
    painter.setPen(QPen(look.colour(ink), 1) if edged else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(ground))
    radius = min(look.px(12), area.height() / 2)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    return ink


def draw_badge(painter: QPainter, right: float, middle: float, count: int) -> float:
    """Draw a badge whose right edge is ``right``; returns its left edge."""
    look = Look.of_application()
    font = look.font("badge")
    height = look.px(20)
    width = max(height, QFontMetrics(font).horizontalAdvance(str(count)) + look.px(12))
    area = QRectF(right - width, middle - height / 2, width, height)
    ink = draw_tinted(painter, area, "warn")
    painter.setPen(look.colour(ink))
    painter.setFont(font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(count))
    return area.left()
