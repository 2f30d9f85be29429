"""A day in a form: typed as people write days, or chosen in a calendar."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit
from typing_extensions import override

from fardplan_desktop.analysis.typed_days import typed_day
from fardplan_desktop.ui.parts.inputs import draw_icon
from fardplan_desktop.ui.parts.text import text_width
from fardplan_desktop.ui.theme.look import Look

_SHAPE = "åååå-mm-dd"
_UNREAD = "Dagen kan inte läsas. Skriv den som 2026-09-14."
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateField(QLineEdit):
    """``left`` when the user leaves it with a day or empty; ``told`` a sentence when what stands there is no day.

    A day is typed as ``typed_day`` reads it. The arrows up and down step a day, Alt+Down opens the calendar, Delete
    at the end empties it. What cannot be read stays for the user to mend, and changes nothing.
    """

    left = Signal()
    told = Signal(str)

    def __init__(self, day: date | None = None, *, name: str) -> None:
        super().__init__()
        look = Look.of_application()
        self.setObjectName(name)
        self.setPlaceholderText(_SHAPE)
        self.setMaxLength(20)
        self.setFixedHeight(look.px(36))
        self.setTextMargins(0, 0, look.px(24), 0)
        self._calendar: QCalendarWidget | None = None
        self._day: date | None = None
        self._near: date | None = None
        self._wrong = False
        self.show_day(day)
        self.editingFinished.connect(self._leave)

    @property
    def day(self) -> date | None:
        """The day that stands there; the latest one while what stands there cannot be read."""
        return self._read()[0]

    def show_day(self, day: date | None) -> None:
        self._day = day
        self.setText(day.isoformat() if day else "")
        self._tell(wrong=False)

    def propose(self, day: date) -> None:
        """Where an empty field starts when the user opens its calendar, and the year of a day without one."""
        self._near = day

    def _read(self) -> tuple[date | None, bool]:
        """The day, and whether what stands there could be read."""
        text = self.text().strip()
        found = typed_day(text, self._day or self._near)
        return (found, True) if found or not text else (self._day, False)

    def _leave(self) -> None:
        day, could = self._read()
        if could:
            self.show_day(day)
            self.left.emit()
        else:
            self._tell(wrong=True)

    def _tell(self, *, wrong: bool) -> None:
        if wrong or self._wrong:
            self.told.emit(_UNREAD if wrong else "")
        self._wrong = wrong

    def _choose(self, day: date) -> None:
        self.show_day(day)
        self.left.emit()

    def _open_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlags(Qt.WindowType.Popup)
            self._calendar.clicked.connect(self._picked)
            self._calendar.activated.connect(self._picked)
        start = self.day or self._near
        if start is not None:
            self._calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self._calendar.adjustSize()
        corner = self.mapToGlobal(self.rect().bottomLeft())
        room, size = self.screen().availableGeometry(), self._calendar.size()
        if corner.y() + size.height() > room.bottom():
            corner.setY(self.mapToGlobal(self.rect().topLeft()).y() - size.height())
        corner.setX(max(room.left(), min(corner.x(), room.right() - size.width())))
        self._calendar.move(corner)
        self._calendar.show()
        self._calendar.setFocus()

    def _picked(self, chosen: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        day = date(chosen.year(), chosen.month(), chosen.day())
        if day != self._day:  # A click is told as Return is, and then once more.
            self._choose(day)

    def _on_icon(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.width() - Look.of_application().px(32)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = Qt.Key(event.key()), self.day
        if key is Qt.Key.Key_F4 or (key is Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self._open_calendar()
        elif key in _STEPS and day is not None:
            self.show_day(day + timedelta(days=_STEPS[key]))
        elif key is Qt.Key.Key_Delete and not self.hasSelectedText() and self.cursorPosition() == len(self.text()):
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on_icon(event) and event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self._open_calendar()
        else:
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if self._on_icon(event) else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(text_width(self.fontMetrics(), _SHAPE) + look.px(60), look.px(36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_icon(self, "calendar")
