"""Varifrån kommer siffran? Every part of a total, and for the chosen part its delivery, its seal and who checked it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.lineage import Origin, Part, SealCheck, Source
from fardplan_desktop.services import lineage_words
from fardplan_desktop.ui.compilation.figure_table import Cell, FigureLine, FigureTable
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column
from fardplan_desktop.ui.theme.look import Look

_COLUMNS = (Column("Kommun", 0), Column("Värde", 84, figures=True), Column("Paket", 96))
_CHOOSE_FIGURE = "Välj en siffra i tabellen."
_CHOOSE = "Välj en kommun för att se dess paket och sigill."


class OriginActs(msgspec.Struct, frozen=True):
    """What the page does with a delivery, and with the whole as text."""

    check: Callable[[Delivery], object]
    save: Callable[[Delivery], object]
    copy: Callable[[str], object]
    ask: Callable[[str, str], object] | None = None
    """Organisation and row: a question about the value; None where nobody is asked directly."""


class OriginPanel(Card):
    """``show_origin`` fills it. ``left`` when the user goes back with Esc; ``close_button`` is for when it floats."""

    left = Signal()

    def __init__(self, acts: OriginActs) -> None:
        super().__init__(gap=8, margins=(1, 14, 1, 8), name="origin")
        self._acts, self._origin = acts, None
        self.close_button = IconButton("x", "Stäng", name="origin_close", size=28)
        heading = row(card_title(lineage_words.QUESTION), None, self.close_button, margins=(15, 0, 8, 0))
        self._what = Label(_CHOOSE_FIGURE, "body", wrap=True, name="origin_what")
        self._basis = Label("", "small", "text2", wrap=True, name="origin_basis")
        self._note = Label("", "small", "text2", wrap=True, name="origin_note")
        self._missing = Label("", "small", "warn", wrap=True, name="origin_missing")
        self.pieces.addLayout(heading)
        side = Look.of_application().px(15)
        for each in (self._what, self._basis, self._note, self._missing):
            each.setContentsMargins(side, 0, side, 0)
            self.pieces.addWidget(each)
        self._table = FigureTable("Kommunernas egna värden", name="origin_table", tight=True)
        self._table.setMinimumHeight(Look.of_application().px(190))
        self._table.row_chosen.connect(lambda _row: self._show_part())
        self.pieces.addWidget(self._table, 1)
        self._copy = Button("Kopiera som text", icon="copy", name="origin_copy", on_click=self._copy_text)
        self._sources = column(gap=6, margins=(15, 4, 15, 4))
        self.pieces.addWidget(holder(self._sources))
        self.pieces.addLayout(row(self._copy, None, margins=(15, 0, 8, 4)))
        self.pieces.addStretch()
        self._empty(True)

    _origin: Origin | None
    _parts: tuple[Part, ...] = ()
    """Those that a package has come from stand first: of 49 it may be one."""

    def show_origin(self, origin: Origin, member: str = "") -> None:
        """Open the total; ``member`` (a code) is the part to show."""
        self._origin = origin
        self._parts = tuple(sorted(origin.parts, key=lambda part: not part.sources))
        self._what.setText(lineage_words.heading(origin))
        self._say(f"{origin.basis}.", origin.note, lineage_words.without(origin))
        self._empty(False)
        lines = [_line(origin, each) for each in self._parts]
        self._table.set_lines(_COLUMNS, lines, least=120)
        codes = [each.organisation.code for each in self._parts]
        if member in codes:
            self._table.selectRow(codes.index(member))
        self._show_part()

    def show_nothing(self) -> None:
        """No figure is chosen where one now stands."""
        self._origin = None
        self._what.setText(_CHOOSE_FIGURE)
        self._empty(True)
        clear(self._sources)

    def show_check(self, delivery: Delivery, check: SealCheck) -> None:
        """What trying the seal gave, under that delivery."""
        label = self.findChild(Label, f"origin_checked_{delivery.digest[:8]}")
        if label is not None:
            label.setText(check.sentence)
            label.set_ink("ok" if check.good else "bad")
            label.show()

    def take_focus(self) -> None:
        """Into the parts, on the one that is shown."""
        if not self._table.currentIndex().isValid() and self._table.lines:
            self._table.selectRow(0)
        self._table.setFocus()

    def _show_part(self) -> None:
        clear(self._sources)
        origin, at = self._origin, self._table.currentIndex().row()
        if origin is None:
            return
        if not 0 <= at < len(self._parts):
            self._sources.addWidget(secondary(_CHOOSE if origin.sources else lineage_words.OWN, wrap=True))
            return
        part = self._parts[at]
        said = f"{part.organisation.name}: {part.words}" + (f" ({part.note})" if part.note else "")
        self._sources.addWidget(Label(said, "strong", wrap=True, name="origin_part"))
        if not part.sources:
            text = "Inget paket är inläst för perioden." if origin.sources else lineage_words.OWN
            self._sources.addWidget(secondary(text, "origin_no_package", wrap=True))
        if self._acts.ask is not None and origin.row and part.sources:
            ask = Button(
                "Fråga om värdet", icon="message-square-text", name="origin_ask",
                on_click=partial(self._acts.ask, part.organisation.code, origin.row),
            )  # fmt: skip
            self._sources.addWidget(holder(FlowLayout(ask)))
        for digest in part.sources:
            self._add_source(origin.sources[digest])

    def _add_source(self, source: Source) -> None:
        self._sources.addWidget(Line())
        for label, text in lineage_words.source_lines(source):
            line = column(secondary(label), Label(text, "small", wrap=True), gap=0)
            self._sources.addWidget(holder(line))
        check = Button(
            "Kontrollera sigillet nu", icon="shield-check", name="origin_check",
            on_click=partial(self._acts.check, source.delivery),
        )  # fmt: skip
        save = Button(
            "Spara originalfilen", icon="download", name="origin_save",
            on_click=partial(self._acts.save, source.delivery),
        )  # fmt: skip
        self._sources.addWidget(holder(FlowLayout(check, save)))
        checked = Label("", "small", wrap=True, name=f"origin_checked_{source.delivery.digest[:8]}")
        checked.hide()
        self._sources.addWidget(checked)

    def _copy_text(self) -> None:
        if self._origin is not None:
            self._acts.copy(lineage_words.as_text(self._origin))

    def _say(self, basis: str, note: str, missing: str) -> None:
        for label, text in ((self._basis, basis), (self._note, note), (self._missing, missing)):
            label.setText(text)
            label.setVisible(bool(text))

    def _empty(self, empty: bool) -> None:
        if empty:
            self._say("", "", "")
        for each in (self._table, self._copy):
            each.setVisible(not empty)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _line(origin: Origin, part: Part) -> FigureLine:
    numbers = ", ".join(f"nr {origin.sources[each].delivery.sequence}" for each in part.sources)
    packages = numbers or ("inget paket" if origin.sources else "")
    cells = (Cell(part.organisation.short), Cell(part.words, faint=part.number is None), Cell(packages, faint=True))
    return FigureLine(cells, (part.organisation.code,))
