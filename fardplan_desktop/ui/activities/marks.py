"""A text that was copied from last year's plan says so until it is edited, or somebody says that it is still true."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label

MARK = "Från förra året, oförändrad"


class Marked(QWidget):
    """Pieces of one field with the mark under them. ``confirmed`` with the field's name when it is said to hold."""

    confirmed = Signal(str)

    def __init__(self, field: str, label: str, *pieces: QWidget) -> None:
        super().__init__()
        self.setObjectName(f"marked_{field}")
        self.field = field
        self.last = pieces[-1]
        self.holds = holds = Button(
            "Stämmer", "small", name=f"holds_{field}", on_click=lambda: self.confirmed.emit(field)
        )
        holds.setAccessibleDescription(f"{label}: texten från förra året gäller fortfarande")
        words = Label(MARK, "small", "warn", name=f"mark_{field}", wrap=True)
        line = row(IconView("history", "warn", 16), gap=6)
        line.addWidget(words, 1)
        line.addWidget(self.holds, 0, Qt.AlignmentFlag.AlignVCenter)
        self._mark = holder(line)
        self.setLayout(column(holder(column(*pieces, gap=12)), self._mark, gap=4))
        self.show_mark(False)

    def show_mark(self, marked: bool) -> None:
        self._mark.setVisible(marked)
