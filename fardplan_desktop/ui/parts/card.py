"""Cards and the one-pixel lines between things."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from fardplan_desktop.ui.parts.layouts import Piece, column


class Card(QFrame):
    """A surface with an edge and rounded corners; its pieces lie under each other."""

    def __init__(
        self, *pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (16, 14, 16, 14), name: str = "card"
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "card")
        self.setObjectName(name)
        self.pieces: QVBoxLayout = column(*pieces, gap=gap, margins=margins)
        self.setLayout(self.pieces)


class Line(QFrame):
    """A line of one pixel, lying or standing."""

    def __init__(self, *, standing: bool = False) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "line")
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
