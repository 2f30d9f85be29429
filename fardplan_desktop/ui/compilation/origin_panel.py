"""Varifrån kommer siffran? Every part of a sum: the member's own value and the package it came in."""

from __future__ import annotations

from datetime import datetime

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import figure_basis as basis
from fardplan_desktop.analysis.basis import share_basis
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.figures import Figure, Share
from fardplan_desktop.ui.compilation.figure_table import FigureTable
from fardplan_desktop.ui.compilation.lines import origin_lines
from fardplan_desktop.ui.parts.buttons import IconButton
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import Label, card_title
from fardplan_desktop.ui.parts.text_table import Column
from fardplan_desktop.ui.theme.look import Look

_COLUMNS = (Column("Kommun", 0), Column("Värde", 76, figures=True), Column("Paket", 136))
_REPEATS = "Summa av månader, samma plan kan räknas flera gånger."
_RECOMPUTED = "Andelen räknas på summorna, aldrig som medelvärde av kommunernas andelar."


class OriginPanel(Card):
    """``show_figure`` or ``show_share`` fills it; ``close_button`` is for when it lies over the page."""

    def __init__(self, codebook: CodeBook) -> None:
        super().__init__(gap=8, margins=(1, 14, 1, 4), name="origin")
        self._codebook = codebook
        self.close_button = IconButton("x", "Stäng", name="origin_close", size=28)
        heading = row(card_title("Varifrån kommer siffran?"), None, self.close_button, margins=(15, 0, 8, 0))
        self._what = Label("Välj en rad i tabellen.", "body", wrap=True, name="origin_what")
        self._basis = Label("", "small", "text2", wrap=True, name="origin_basis")
        self._note = Label("", "small", "text2", wrap=True, name="origin_note")
        self._missing = Label("", "small", "warn", wrap=True, name="origin_missing")
        self.pieces.addLayout(heading)
        side = Look.of_application().px(15)
        for each in (self._what, self._basis, self._note, self._missing):
            each.setContentsMargins(side, 0, side, 0)
            self.pieces.addWidget(each)
        self._table = FigureTable("Kommunernas egna värden", name="origin_table", tight=True)
        self.pieces.addWidget(self._table, 1)
        self.pieces.addStretch()  # Takes the room when there is no table, and none when there is.
        self._say("", "", "")
        self._table.hide()

    def show_figure(self, figure: Figure, deliveries: dict[str, Delivery]) -> None:
        book = self._codebook
        value = "" if figure.breakdown is None else f", {book.label(figure.breakdown, figure.breakdown_value or '')}"
        self._what.setText(f"{book.measure(figure.measure).label}{value}: {numbers_sv.figure(figure)}")
        told = {code: _package(each) for code, each in deliveries.items()}
        without = [book.organisation(each.organisation).short for each in figure.members if each.rolled.value is None]
        self._say(basis(figure), _REPEATS if figure.repeats else "", _listed(without))
        self._table.set_lines(_COLUMNS, origin_lines(book, figure, told), least=100)
        self._table.show()

    def show_share(self, share: Share) -> None:
        label = next(each.label for each in self._codebook.derived if each.id == share.id)
        text = numbers_sv.share(share) if share.ratio is not None else ""
        self._what.setText(f"{label}: {text}" if text else label)
        self._say(share_basis(share).capitalize(), _RECOMPUTED, "")
        self._table.hide()

    def _say(self, basis: str, note: str, missing: str) -> None:
        for label, text in ((self._basis, basis), (self._note, note), (self._missing, missing)):
            label.setText(text)
            label.setVisible(bool(text))


def _listed(names: list[str]) -> str:
    return f"Utan värde: {', '.join(sorted(names, key=numbers_sv.sort_key))}." if names else ""


def _package(delivery: Delivery) -> str:
    """Its number, and the day it was read in."""
    day = datetime.fromisoformat(delivery.at).astimezone().date()
    return f"nr {delivery.sequence}, {day}"
