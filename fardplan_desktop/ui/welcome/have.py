"""The second question, for a municipality: what have you already?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.ui.parts.buttons import Button, Kind
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import secondary, strong, title

PLAN: Final = "plan"
COUNTS: Final = "counts"
EXAMPLE: Final = "example"
NOTHING: Final = "nothing"
_CHOICES: Final = (
    (PLAN, "list-checks", "Handlingsplanen i Excel", "Kopiera den med sina rubriker.", "Klistra in handlingsplanen"),
    (COUNTS, "table-2", "Antal i Excel", "Kopiera mått, period och antal med rubriker.", "Klistra in antal"),
    (EXAMPLE, "eye", "Inget än", "Ett färdigt exempel med påhittade siffror.", "Se ett färdigt exempel"),
)


class WhatHaveYou(QWidget):
    """``answered`` tells one of the four answers."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("what_have_you")
        self._welcome = secondary("", "have_organisation")
        rows = column(gap=0)
        self._buttons: list[Button] = []
        for number, (answer, icon, what, how, verb) in enumerate(_CHOICES):
            kind: Kind = "secondary" if number else "primary"
            button = Button(verb, kind, name=f"have_{answer}", on_click=self._say(answer))
            self._buttons.append(button)
            if number:
                rows.addWidget(Line())
            rows.addWidget(_choice(icon, what, how, button))
        nothing = Button("Börja tomt", "quiet", name="have_nothing", on_click=self._say(NOTHING))
        choices = Card(holder(rows), margins=(0, 0, 0, 0), name="have_choices")
        layout = column(8, title("Vad har ni redan?"), self._welcome, 4, choices, gap=8)
        layout.addWidget(nothing, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setLayout(layout)

    def begin(self, organisation: Organisation) -> None:
        self._welcome.setText(f"{organisation.name}. Allt går att ångra. Inget lämnar datorn förrän ni skickar det.")

    def focus_work(self) -> None:
        self._buttons[0].setFocus()

    def _say(self, answer: str) -> Callable[[], None]:
        return lambda: self.answered.emit(answer)


def _choice(icon: str, what: str, how: str, button: Button) -> QWidget:
    words = column(strong(what), secondary(how), gap=0)
    layout = row(IconView(icon, "text2"), gap=12, margins=(16, 12, 16, 12))
    layout.addLayout(words, 1)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder(layout)
