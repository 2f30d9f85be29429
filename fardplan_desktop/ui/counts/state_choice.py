"""What a count says: a number, an estimate, that nothing is known, or that the question does not apply."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.ui.theme.look import Look

_WORDS: Final = {
    CountState.REPORTED: "Antal",
    CountState.ESTIMATED: "Uppskattat",
    CountState.MISSING: "Saknas",
    CountState.NOT_APPLICABLE: "Ej aktuellt",
}
_STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class StateChoice(QWidget):
    """Segments in two lines, since four words do not fit on one. ``chosen`` tells the state the user has picked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("count_state")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(CountState.REPORTED)

    @property
    def state(self) -> CountState:
        return self._state

    def show_state(self, state: CountState) -> None:
        """Show a state as chosen without telling anyone."""
        self._state = state
        self.setAccessibleName(f"Uppgiften är: {_WORDS[state]}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(200), look.px(62))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(look.colour("focus"), 2) if self.hasFocus() else QPen(look.colour("control"), 1)
        inset = edge.widthF() / 2
        painter.setPen(edge)
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.px(6), look.px(6))
        for state, spot in self._spots().items():
            on = state is self._state and self.isEnabled()
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("accent_tint"))
                painter.drawRoundedRect(spot, look.px(4), look.px(4))
            painter.setPen(look.colour("accent" if on else "text" if self.isEnabled() else "control"))
            painter.setFont(look.font("side", 600 if on else 400))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, _WORDS[state])
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for state, spot in self._spots().items():
            if spot.contains(event.position()):
                self._pick(state)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        states = list(_WORDS)
        self._pick(states[max(0, min(states.index(self._state) + step, len(states) - 1))])

    def _pick(self, state: CountState) -> None:
        if state is not self._state:
            self.show_state(state)
            self.chosen.emit(state)

    def _spots(self) -> dict[CountState, QRectF]:
        inset = Look.of_application().px(3)
        wide, high = (self.width() - 2 * inset) / 2, (self.height() - 2 * inset) / 2
        return {
            state: QRectF(inset + wide * (number % 2), inset + high * (number // 2), wide, high)
            for number, state in enumerate(_WORDS)
        }
