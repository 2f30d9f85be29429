"""The telephone: compare the kontrollkod with an unknown sender, or ask a known one what is meant.

The kontrollkod that lies in the file is not shown here, so that it cannot be copied instead of heard.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.trust import Candidate
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch, may_save
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import Label, body
from fardplan_desktop.ui.theme.look import Look

_OWN_NUMBER = "Ring på ett nummer ni redan har, inte ett som står i mejlet eller filen."
_FIGURES = 5


class Heard(msgspec.Struct, frozen=True):
    """What was typed after the call."""

    candidate: Candidate
    asked: tuple[int, int]
    groups: str
    function: str


class CallCard(Card):
    """``ask_for`` opens it; ``compared`` gets what was heard. ``closed`` when it is put away."""

    closed = Signal()

    def __init__(self, own_name: str, compared: Callable[[Heard], object]) -> None:
        super().__init__(name="call")
        self._own_name, self._compared = own_name, compared
        self._candidate: Candidate | None = None
        self._asked = (0, 1)
        self._heading = Label("", "card_title", name="call_heading", wrap=True)
        heading = row(IconView("shield-alert", "warn", top=1), gap=12)
        heading.addWidget(self._heading, 1)
        self._say = body("", name="call_say")
        self._first = TextField(name="call_first", longest=9, watch=Watch.NOTHING)
        self._second = TextField(name="call_second", longest=9, watch=Watch.NOTHING)
        self._fields = [Field("", self._first), Field("", self._second)]
        for each in (self._first, self._second):
            each.setFixedWidth(Look.of_application().px(150))
        self._function = TextField(name="call_function", longest=80, hint="Till exempel verksamhetsutvecklare")
        self._function_field = Field("Vem svarade? Funktion, inte namn", self._function)
        self._function_field.setMaximumWidth(Look.of_application().px(420))
        self._error = Label("", "body", "bad", wrap=True, name="call_error")
        self._error.hide()
        for entry in (self._first, self._second, self._function):
            entry.returnPressed.connect(self._press)
        buttons = FlowLayout(
            Button("Godkänn avsändaren", "primary", name="call_approve", on_click=self._press),
            Button("Avbryt", name="call_cancel", on_click=self.close_call),
        )
        self.pieces.addLayout(heading)
        for piece in (body(_OWN_NUMBER), self._say, holder(FlowLayout(*self._fields, gap=16)), self._function_field):
            self.pieces.addWidget(piece)
        self.pieces.addWidget(self._error)
        self.pieces.addWidget(holder(buttons))
        self.hide()

    def ask_for(self, candidate: Candidate, asked: tuple[int, int]) -> None:
        """Open the card for this sender and the two groups drawn (0–5)."""
        self._candidate, self._asked = candidate, asked
        first, second = (number + 1 for number in asked)
        self._heading.setText(f"Ring {candidate.organisation.name} och jämför kontrollkoden")
        self._say.setText(
            f"Säg: ”Hej, jag ringer från {self._own_name}. Läs upp grupp {first} och grupp {second} i er kontrollkod. "
            "Den står i Färdplan under Inställningar, Sigill. Varje grupp har fem siffror.”"
        )
        for field, entry, number in zip(self._fields, (self._first, self._second), (first, second), strict=True):
            field.caption().setText(f"Grupp {number}")
            entry.setAccessibleName(f"Grupp {number}, fem siffror")
            entry.clear()
            field.show_error("")
        self._function.clear()
        self._function_field.show_error("")
        self.show_error("")
        self.show()
        self._first.setFocus()

    def show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def close_call(self) -> None:
        self._candidate = None
        self.hide()
        self.closed.emit()

    def _press(self) -> None:
        groups = [entry.text().replace(" ", "") for entry in (self._first, self._second)]
        missing: QWidget | None = None
        for field, entry, group in zip(self._fields, (self._first, self._second), groups, strict=True):
            whole = len(group) == _FIGURES and group.isascii() and group.isdigit()
            field.show_error("" if whole else "Skriv fem siffror.")
            missing = missing or (None if whole else entry)
        function = " ".join(self._function.text().split())
        self._function_field.show_error("" if function else "Skriv vilken funktion personen har.")
        missing = missing or (None if function else self._function)
        if missing is not None:
            missing.setFocus()
        elif self._candidate is not None and may_save([self._function]):
            self._compared(Heard(self._candidate, self._asked, " ".join(groups), function))


class AskCard(Card):
    """What to ask a sender whose file cannot be read in as it is."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(name="ask")
        self._act: Callable[[], object] = self.close_ask
        self._heading = Label("", "card_title", name="ask_heading", wrap=True)
        heading = row(IconView("circle-alert", "bad", top=1), gap=12)
        heading.addWidget(self._heading, 1)
        self._why = body("", name="ask_why")
        self._button = Button("", "primary", name="ask_act", on_click=lambda: self._act())
        close = Button("Stäng", name="ask_close", on_click=self.close_ask)
        self.pieces.addLayout(heading)
        for piece in (self._why, body(_OWN_NUMBER), holder(FlowLayout(self._button, close))):
            self.pieces.addWidget(piece)
        self.hide()

    def ask(self, who: str, why: str, verb: str, act: Callable[[], object]) -> None:
        """``verb`` is what to do when the call is over."""
        self._act = act
        self._heading.setText(f"Ring {who or 'avsändaren'}")
        self._why.setText(why)
        self._button.setText(verb)
        self.show()
        self._button.setFocus()

    def close_ask(self) -> None:
        self.hide()
        self.closed.emit()
