"""The receipt: what was just done, with Ångra. It lies in the status line, covers nothing and is read aloud."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import holder, row
from fardplan_desktop.ui.parts.text import ElidedLabel, Label
from fardplan_desktop.ui.theme.look import Look

_SHOWN_MS = 8000


class ReceiptLine(QWidget):
    """Shows one receipt at a time for 8 seconds, longer while its button has focus or the pointer is on it."""

    def __init__(self, *, shown_ms: int = _SHOWN_MS) -> None:
        super().__init__()
        self.setObjectName("receipt_line")
        self._undo: Callable[[], object] | None = None
        self._icon = IconView("check", "accent", 16)
        self._text = ElidedLabel("", "small", "text", name="receipt_text", bold=True)
        self._button = Button("Ångra", "small", name="receipt_undo", on_click=self._press)
        self._keys = Label("Ctrl+Z", "badge", "text2")
        ground = holder(row(self._icon, self._text, self._button, self._keys, gap=6, margins=(8, 0, 10, 0)), "tint")
        ground.setFixedHeight(Look.of_application().px(24))
        self.setLayout(row(ground))
        self._timer = QTimer(self, singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self._leave)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def show_receipt(self, text: str, undo: Callable[[], object] | None = None, icon: str = "check") -> None:
        """Say what was done; with ``undo`` also offer to take it back."""
        self._undo = undo
        self._icon.show_icon(icon, "accent")
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self._keys.setVisible(undo is not None)
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _press(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _leave(self) -> None:
        if self._button.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self.hide()
