"""Fråga om värdet: whom, about what, and the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.compiled_ids import DEVIATIONS, figure_id
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import Combo, TextArea
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, card_title


class Wish(msgspec.Struct, frozen=True):
    """A question to be asked."""

    of: str
    about: str
    text: str


class AskCard(Card):
    """``offer`` fills the choices, ``choose`` picks a value; ``asked`` gets the wish."""

    def __init__(self, asked: Callable[[Wish], object]) -> None:
        super().__init__(gap=10, name="ask_value")
        self._asked = asked
        self._of = Combo([("", "")], name="ask_of")
        self._about = Combo([("", "")], name="ask_about")
        self._text = TextArea(name="ask_text", lines=3)
        self._field = Field("Fråga", self._text, hint="Inga uppgifter om personer.")
        self._error = Label("", "body", "bad", wrap=True, name="ask_error")
        self._error.hide()
        go = Button("Ställ frågan", name="ask_go", on_click=self._press)
        for piece in (
            card_title("Fråga om ett värde"),
            Field("Till", self._of),
            Field("Värde", self._about),
            self._field,
            self._error,
            holder(FlowLayout(go)),
        ):
            self.pieces.addWidget(piece)

    def offer(self, organisations: Sequence[Organisation], book: CodeBook, period: Period) -> None:
        of, about = self._of.key, self._about.key
        values = [(figure_id(each.id, period.id), each.label) for each in book.measures]
        values.append((DEVIATIONS, "Avvikelser i samverkan"))
        self._of.set_options([(each.code, each.name) for each in organisations] or [("", "")])
        self._about.set_options(values)
        self.choose(of, about)

    def choose(self, of: str, about: str) -> None:
        """Values that are not offered are left alone."""
        for combo, key in ((self._of, of), (self._about, about)):
            at = combo.findData(key)
            if key and at >= 0:
                combo.choose(key)

    def take_focus(self) -> None:
        self._text.setFocus()

    def done(self) -> None:
        self._text.clear()
        self.show_error(None)

    def show_error(self, error: WorldError | None) -> None:
        self._error.setText(error.sentence if error else "")
        self._error.setVisible(error is not None)

    def _press(self) -> None:
        if not self._text.toPlainText().strip():
            self._field.show_error("Skriv frågan.")
        elif may_save([self._text]):
            self._field.show_error("")
            self._asked(Wish(self._of.key, self._about.key, self._text.toPlainText()))
