"""Two to four choices beside each other, one of them chosen: arrow keys move between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look


class Segments(QWidget):
    """``options`` are (key, word); ``chosen`` tells the key when the user has changed it."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, label: str, name: str, current: str = "") -> None:
        super().__init__()
        self._options = list(options)
        self._current = current or options[0][0]
        self._label = label
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def current(self) -> str:
        return self._current

    def offers(self, key: str) -> bool:
        return any(key == option for option, _ in self._options)

    def choose(self, key: str) -> None:
        """Show ``key`` as chosen without telling anyone."""
        if key not in [option for option, _ in self._options]:
            raise KeyError(key)
        self._current = key
        self._say()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(sum(self._widths()) + look.px(6), look.px(34))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        edge = QPen(look.colour("focus"), 2) if self.hasFocus() else QPen(look.colour("control"), 1)
        inset = edge.widthF() / 2
        painter.setPen(edge)
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), look.px(6), look.px(6))
        for (key, word), spot in zip(self._options, self._spots(), strict=True):
            on = key == self._current
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("accent_tint"))
                painter.drawRoundedRect(spot, look.px(4), look.px(4))
            painter.setPen(look.colour("accent" if on else "text"))
            painter.setFont(look.font("side", 600 if on else 400))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for (key, _), spot in zip(self._options, self._spots(), strict=True):
            if spot.contains(event.position()):
                self._pick(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [key for key, _ in self._options]
        at = keys.index(self._current)
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._pick(keys[min(at + 1, len(keys) - 1)])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._pick(keys[max(at - 1, 0)])
        else:
            super().keyPressEvent(event)

    def _pick(self, key: str) -> None:
        if key != self._current:
            self.choose(key)
            self.chosen.emit(key)

    def _say(self) -> None:
        word = dict(self._options)[self._current]
        self.setAccessibleName(f"{self._label}: {word}")

    def _widths(self) -> list[int]:
        look = Look.of_application()
        metrics = QFontMetrics(look.font("side", 600))
        return [text_width(metrics, word) + look.px(24) for _, word in self._options]

    def _spots(self) -> list[QRectF]:
        look = Look.of_application()
        spots, x = [], float(look.px(3))
        for width in self._widths():
            spots.append(QRectF(x, look.px(3), width, self.height() - 2 * look.px(3)))
            x += width
        return spots
