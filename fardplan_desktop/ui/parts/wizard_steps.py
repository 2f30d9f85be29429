"""The steps of a wizard at the top of its page: 1 Kontrollera – 2 Granska – 3 Skicka."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look


class WizardSteps(QWidget):
    """``asked`` tells the index when the user wants to go back to an earlier step; later steps are not for clicking."""

    asked = Signal(int)

    def __init__(self, words: Sequence[str], *, name: str = "wizard_steps") -> None:
        super().__init__()
        self._words = list(words)
        self._at = 0
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    @property
    def current(self) -> int:
        return self._at

    def show_step(self, index: int) -> None:
        self._at = index
        self.setAccessibleName(f"Steg {index + 1} av {len(self._words)}: {self._words[index]}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(self._spots()[-1].right()) + 1, Look.of_application().px(36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spots = self._spots()
        for index, spot in enumerate(spots):
            self._draw_step(painter, index, spot)
            if index:
                self._draw_link(painter, spots[index - 1].right(), spot.left())
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, spot in enumerate(self._spots()[: self._at]):
            if spot.contains(event.position()):
                self.asked.emit(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left and self._at:
            self.asked.emit(self._at - 1)
        else:
            super().keyPressEvent(event)

    def _draw_step(self, painter: QPainter, index: int, spot: QRectF) -> None:
        look = Look.of_application()
        here, passed = index == self._at, index < self._at
        disc = look.icon_rect(spot.left() + 2, spot.center().y(), 24)
        painter.setPen(QPen(look.colour("accent" if here or passed else "control"), 1))
        painter.setBrush(look.colour("accent" if here else "surface"))
        painter.drawEllipse(disc)
        if passed:
            inner = look.icon_rect(disc.center().x() - look.px(8), disc.center().y(), 16)
            painter.drawPixmap(inner.topLeft(), look.pixmap("check", "accent", 16))
        else:
            painter.setPen(look.colour("on_accent" if here else "text2"))
            painter.setFont(look.font("small", 600))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        painter.setPen(look.colour("text" if here else "text2"))
        painter.setFont(look.font("body", 600 if here else 400))
        words = spot.adjusted(look.px(34), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words[index])
        if here and self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.adjusted(1, 1, 5, -1), look.px(6), look.px(6))

    def _draw_link(self, painter: QPainter, left: float, right: float) -> None:
        look = Look.of_application()
        gap = look.px(8)
        rule = QRectF(left + gap, self.height() // 2, right - left - 2 * gap, 1)
        painter.fillRect(rule, look.colour("control"))

    def _spots(self) -> list[QRectF]:
        look = Look.of_application()
        metrics = QFontMetrics(look.font("strong"))
        spots, x = [], 0.0
        for word in self._words:
            width = look.px(36) + text_width(metrics, word)
            spots.append(QRectF(x, 0, width, look.px(36)))
            x += width + look.px(48)
        return spots
