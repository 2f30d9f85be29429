"""What a page says when it has nothing to show: icon, one sentence, the button that begins, a link to the example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look


class EmptyState(QWidget):
    """``buttons``: first the primary one, then the quiet link."""

    def __init__(self, icon: str, sentence: str, *buttons: Button, name: str = "empty_state") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(sentence)
        words = Label(sentence, "body", "text2", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        width = Look.of_application().px(420)
        words.setFixedWidth(width)
        words.ensurePolished()
        words.setFixedHeight(words.heightForWidth(width))
        layout = column(gap=12, margins=(16, 16, 16, 16))
        layout.addStretch(1)
        for piece in (IconView(icon, "text2", 32), words, *buttons):
            layout.addWidget(piece, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setLayout(layout)
        if buttons:
            self.setFocusProxy(buttons[0])
