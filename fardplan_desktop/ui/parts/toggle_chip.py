"""A filter that is on or off, with how many it would leave: word, number, and a tick when it is on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token


class ToggleChip(QAbstractButton):
    """``toggled`` as of any button that can be checked; Space turns it."""

    def __init__(self, word: str, *, name: str) -> None:
        super().__init__()
        self._word, self._count = word, ""
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    @property
    def words(self) -> str:
        return f"{self._word} {self._count}".rstrip()

    def show_count(self, count: int) -> None:
        self._count = numbers_sv.number(count)
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        # The tick has its room also when it is off: turning one filter must not move the next.
        return QSize(text_width(QFontMetrics(self._font()), self.words) + look.px(46), look.px(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = Look.of_application(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(look.colour("focus"), 2) if self.hasFocus() else QPen(look.colour("accent" if on else "control"), 1)
        inset = edge.widthF() / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(edge)
        painter.setBrush(look.colour("accent_tint" if on else "subtle" if self.underMouse() else "surface"))
        painter.drawRoundedRect(area, look.px(12), look.px(12))
        spot = look.icon_rect(look.px(10), self.height() / 2, 16)
        ink: Token = "accent" if on else "text2"
        painter.drawPixmap(spot.topLeft(), look.pixmap("check" if on else "plus", ink, 16))
        painter.setFont(self._font())
        painter.setPen(look.colour("accent" if on else "text"))
        painter.drawText(area.adjusted(look.px(31), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.words)
        painter.end()

    def _font(self) -> QFont:
        return Look.of_application().font("small", 600)
