"""What the sections of the settings have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import Piece, column, holder
from fardplan_desktop.ui.parts.text import Label, card_title


class Section(Card):
    """A card with a heading; ``show_stored`` is called when stored data may have changed."""

    def __init__(self, heading: str, name: str, pieces: Sequence[Piece] = ()) -> None:
        super().__init__(card_title(heading), *pieces, gap=10, name=name)

    def show_stored(self) -> None:
        """Read anew what the section shows."""


def fact(label: str, value: Label) -> QWidget:
    """A label over what it says."""
    return holder(column(Label(label, "side", "text2", bold=True), value, gap=0))
