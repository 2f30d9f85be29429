"""Dialogs: at most 560 wide, opened and never run, Esc closes, focus starts on the safe choice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look

_WIDEST = 560


class Dialog(QDialog):
    """Fill ``content``; end with ``set_buttons``. Show it with ``open()``; ``accepted`` or ``rejected`` answers."""

    def __init__(self, heading: str, parent: QWidget | None, *, name: str, width: int = 480) -> None:
        super().__init__(parent)
        look = Look.of_application()
        self.setObjectName(name)
        self.setAccessibleName(heading)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(look.px(min(width, _WIDEST)), self._room(parent)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        outer.setSpacing(look.px(12))
        outer.addWidget(Label(heading, "card_title", name=f"{name}_title", wrap=True))
        self.content = QVBoxLayout()
        self.content.setSpacing(look.px(12))
        outer.addLayout(self.content)
        self._outer = outer

    def add_text(self, text: str, *, secondary: bool = False) -> None:
        if text:
            self.content.addWidget(Label(text, "body", "text2" if secondary else "text", wrap=True))

    def set_buttons(self, *buttons: Button, safe: Button) -> None:
        """The buttons at the foot, left to right; ``safe`` has focus when the dialog opens."""
        self._outer.addSpacing(Look.of_application().px(4))
        self._outer.addWidget(holder(FlowLayout(*buttons)))
        safe.setFocus()

    @override
    def sizeHint(self) -> QSize:
        """As high as its words are at the width it has; Qt would ask for the height of longer lines."""
        layout, width = self.layout(), self.maximumWidth()
        return super().sizeHint() if layout is None else QSize(width, layout.totalHeightForWidth(width))

    @override
    def event(self, event: QEvent) -> bool:
        """What is said under a field while the dialog is open makes it higher; squeezed, the words were cut."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and self.sizeHint().height() > self.height():
            self.resize(self.width(), self.sizeHint().height())
        return done

    def _room(self, parent: QWidget | None) -> int:
        if parent is None:
            return _WIDEST * 2
        return max(320, parent.window().width() - Look.of_application().px(32))
