"""A kontrollkod to read aloud from: six groups, large and numbered, since the caller asks for them by number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import Label, secondary


class CheckCode(QWidget):
    """``code`` is what it shows: six groups of five figures."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.code = ""
        self._flow = FlowLayout(gap=14, line_gap=6)
        self.setLayout(self._flow)

    def show_code(self, code: str) -> None:
        self.code = code
        clear(self._flow)
        groups = code.split()
        for number, group in enumerate(groups, 1):
            figures = Label(group, "card_title")
            figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._flow.addWidget(holder(column(secondary(f"Grupp {number}"), figures, gap=0)))
        self.setAccessibleName(
            ", ".join(f"grupp {number}: {' '.join(group)}" for number, group in enumerate(groups, 1))
        )
