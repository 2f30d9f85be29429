"""Some files are encrypted to us: the passphrase of our seal opens them, for as long as the program is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import body, card_title

_WHY = (
    "Avsändaren har krypterat till er, så att bara ni kan läsa. Ert sigill öppnar filerna. Lösenfrasen står på "
    "kuvertbladet; den behövs en gång, för alla filer som kommer medan programmet är öppet."
)


class UnlockCard(Card):
    """``ask_for_passphrase`` opens it; ``entered`` gets what was written. ``closed`` when it is put away."""

    closed = Signal()

    def __init__(self, entered: Callable[[str], object]) -> None:
        super().__init__(name="unlock")
        self._entered = entered
        self._phrase = TextField(name="unlock_passphrase", watch=Watch.NOTHING)
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._press)
        self._field = Field("Lösenfras", self._phrase)
        buttons = FlowLayout(
            Button("Lås upp", "primary", name="unlock_go", on_click=self._press),
            Button("Avbryt", name="unlock_cancel", on_click=self.close_card),
        )
        for piece in (card_title("Lås upp krypterade filer"), body(_WHY), self._field, holder(buttons)):
            self.pieces.addWidget(piece)
        self.hide()

    def ask_for_passphrase(self) -> None:
        self._phrase.clear()
        self._field.show_error("")
        self.show()
        self._phrase.setFocus()

    def show_error(self, sentence: str) -> None:
        """What was wrong with the passphrase, at its field."""
        self._field.show_error(sentence)
        self._phrase.setFocus()
        self._phrase.selectAll()

    def close_card(self) -> None:
        """Nothing secret stays in the field."""
        self._phrase.clear()
        self.hide()
        self.closed.emit()

    def _press(self) -> None:
        if self._phrase.text():
            self._entered(self._phrase.text())
        else:
            self.show_error("Skriv lösenfrasen som den står på kuvertbladet.")
