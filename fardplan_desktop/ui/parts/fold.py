"""A card that can be folded: its heading says what and how much, a button shows or hides the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import card_title


class Fold(Card):
    """The pieces lie edge to edge under the heading."""

    def __init__(self, heading: str, *pieces: QWidget, opened: bool, name: str) -> None:
        super().__init__(gap=4, margins=(1, 8, 1, 8), name=name)
        self._heading = heading
        self._button = Button("", "quiet", name=f"{name}_fold", on_click=self.toggle)
        self._inside = holder(column(*pieces, gap=4))
        self.pieces.addWidget(holder(row(card_title(heading), None, self._button, margins=(16, 0, 8, 0))))
        self.pieces.addWidget(self._inside)
        self.open(opened)

    @property
    def opened(self) -> bool:
        return not self._inside.isHidden()

    def toggle(self) -> None:
        self.open(not self.opened)

    def open(self, opened: bool = True) -> None:
        """Show or hide what is inside."""
        self._inside.setVisible(opened)
        self._button.setText("Dölj" if opened else "Visa")
        self._button.setAccessibleName(f"{self._button.text()}: {self._heading}")
