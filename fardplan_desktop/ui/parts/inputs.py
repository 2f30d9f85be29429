"""Things to type and choose in, 36 high. Wheel turns over an unfocused box scroll the page instead of changing it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyleOptionComboBox, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.parts.text_inputs import TextArea, TextField
from fardplan_desktop.ui.theme.look import Look

__all__ = ["CheckBox", "Combo", "TextArea", "TextField"]


class Combo(QComboBox):
    """A list to choose from. ``options`` are (key, word); ``picked`` tells the key when the user has chosen."""

    picked = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, current: str = "", hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setFixedHeight(Look.of_application().px(36))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options, current)
        self.activated.connect(lambda _index: self.picked.emit(self.key))

    @property
    def key(self) -> str:
        """The key of the chosen option, '' when nothing is chosen."""
        return str(self.currentData() or "")

    def set_options(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        self.clear()
        for key, word in options:
            self.addItem(word, key)
        self.choose(current or (options[0][0] if options and not self.placeholderText() else ""))

    def choose(self, key: str) -> None:
        """Show ``key`` as chosen without telling anyone; an unknown key shows the hint."""
        self.setCurrentIndex(self.findData(key))

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Words without room end in an ellipsis, not in half a letter."""
        super().initStyleOption(option)
        room = self.width() - Look.of_application().px(50)
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Look.of_application().px(96), self.height())

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        words = [self.itemText(index) for index in range(self.count())] + [self.placeholderText()]
        widest = max(text_width(self.fontMetrics(), word) for word in words)
        return QSize(widest + look.px(56), look.px(36))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_icon(self, "chevron-down")


class CheckBox(QCheckBox):
    """A box to tick, 20 px, drawn so that its edge is seen in every theme."""

    def __init__(self, text: str, *, name: str, checked: bool = False) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setChecked(checked)

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(text_width(self.fontMetrics(), self.text()) + look.px(32), look.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = look.icon_rect(1, self.height() / 2, 20)
        edge = 2 if self.hasFocus() else 1
        painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "control"), edge))
        painter.setBrush(look.colour("accent" if self.isChecked() and self.isEnabled() else "surface"))
        painter.drawRoundedRect(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), look.px(4), look.px(4))
        if self.isChecked():
            spot = look.icon_rect(1 + look.px(2), self.height() / 2, 16)
            painter.drawPixmap(spot.topLeft(), look.pixmap("check", "on_accent" if self.isEnabled() else "control", 16))
        painter.setPen(look.colour("text" if self.isEnabled() else "control"))
        words = QRectF(self.rect()).adjusted(look.px(30), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def draw_icon(widget: QWidget, icon: str) -> None:
    """The sign at the right of a field that opens something."""
    look = Look.of_application()
    painter = QPainter(widget)
    spot = look.icon_rect(widget.width() - look.px(26), widget.height() / 2, 16)
    painter.drawPixmap(spot.topLeft(), look.pixmap(icon, "text2" if widget.isEnabled() else "control", 16))
    painter.end()
