"""Things to type and choose in, 36 high. Wheel turns over an unfocused box scroll the page instead of changing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QStyleOptionComboBox, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.text import set_style, text_width
from fardplan_desktop.ui.parts.text_inputs import TextArea, TextField
from fardplan_desktop.ui.theme.look import Look

__all__ = ["CheckBox", "Combo", "DateField", "TextArea", "TextField"]


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
        _wheel_only_in_focus(self, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _draw_chevron(self, "chevron-down")


class DateField(QDateEdit):
    """A day, written 2026-09-14, with a calendar. May be empty: Delete empties it. ``left`` when the user leaves it."""

    left = Signal()
    _EMPTY = QDate(1900, 1, 1)

    def __init__(self, day: date | None = None, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setMinimumDate(self._EMPTY)
        self.setSpecialValueText("åååå-mm-dd")
        self.setFixedHeight(Look.of_application().px(36))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_day(day)
        self.dateChanged.connect(self._mark_empty)
        self._mark_empty()
        self.editingFinished.connect(self.left)

    @property
    def day(self) -> date | None:
        shown = self.date()
        return None if shown == self._EMPTY else date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date | None) -> None:
        self.setDate(self._EMPTY if day is None else QDate(day.year, day.month, day.day))

    def _mark_empty(self) -> None:
        set_style(self, "empty", "true" if self.day is None else "false")

    def propose(self, day: date) -> None:
        """Where an empty field starts when the user opens its calendar."""
        self.calendarWidget().setSelectedDate(QDate(day.year, day.month, day.day))

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(text_width(self.fontMetrics(), "åååå-mm-dd") + look.px(60), look.px(36))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.show_day(None)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        _wheel_only_in_focus(self, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _draw_chevron(self, "calendar")


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


def _wheel_only_in_focus(widget: QComboBox | QDateEdit, event: QWheelEvent) -> None:
    if not widget.hasFocus():
        event.ignore()
    elif isinstance(widget, QComboBox):
        QComboBox.wheelEvent(widget, event)
    else:
        QDateEdit.wheelEvent(widget, event)


def _draw_chevron(widget: QWidget, icon: str) -> None:
    look = Look.of_application()
    painter = QPainter(widget)
    spot = look.icon_rect(widget.width() - look.px(26), widget.height() / 2, 16)
    painter.drawPixmap(spot.topLeft(), look.pixmap(icon, "text2" if widget.isEnabled() else "control", 16))
    painter.end()
