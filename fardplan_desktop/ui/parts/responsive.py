"""What a layout may ask about its window: which of the four widths it has, and word when that changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class WidthWatch(QObject):
    """Follows a widget (the main window); ``changed`` tells the new ``Width``, only when it is another one."""

    changed = Signal(object)

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._watched = watched
        self._width = self._now()
        watched.installEventFilter(self)

    @property
    def width(self) -> Width:
        return self._width

    def look_again(self) -> None:
        """Work it out anew: the window, or the text factor, may be another."""
        now = self._now()
        if now is not self._width:
            self._width = now
            self.changed.emit(now)

    def _now(self) -> Width:
        return Look.of_application().metrics.width_class(self._watched.width())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.look_again()
        return False
