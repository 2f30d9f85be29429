"""The telephone once more: ask a sender what is meant, when a file cannot be read in as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from fardplan_desktop.ui.calling.call_card import OWN_NUMBER
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import Label, body


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
        for piece in (self._why, body(OWN_NUMBER), holder(FlowLayout(self._button, close))):
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
