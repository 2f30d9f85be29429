"""Feedback as it reads: own numbers beside all members', then the words; also the preview for one member."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.feedback_paper import Feedback, FeedbackLine, Remark
from fardplan_desktop.services.feedback_in import LEGEND
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import Label, card_title, secondary, strong
from fardplan_desktop.ui.parts.text_table import Column, TextTable


class FeedbackView(QWidget):
    """``show_feedback`` fills it."""

    def __init__(self, print_it: Callable[[], object], save_it: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("feedback_view")
        prints = Button("Skriv ut", "small", icon="printer", name="feedback_print", on_click=print_it)
        saves = Button("Spara som PDF", "small", icon="download", name="feedback_pdf", on_click=save_it)
        self._heading = card_title("", name="feedback_heading")
        self._numbers = NumbersTable(name="feedback_table")
        self._table = Card(
            self._heading, self._numbers, secondary(LEGEND, wrap=True), holder(FlowLayout(prints, saves)),
            name="feedback_card",
        )  # fmt: skip
        self._words = column(gap=12)
        self._empty = EmptyState(
            "message-square-text",
            "Ingen återkoppling har kommit för perioden. Släpp filen på fönstret när den kommer, eller läs in den.",
            name="feedback_empty",
        )
        layout = column(self._table, gap=12)
        layout.addLayout(self._words)
        layout.addWidget(self._empty)
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def shows_any(self) -> bool:
        return not self._table.isHidden()

    def show_feedback(self, found: Feedback | None) -> None:
        self._empty.setVisible(found is None)
        self._table.setVisible(found is not None)
        clear(self._words)
        if found is None:
            return
        self._heading.setText(f"{found.by.name} om {found.period.name}, inläst {found.received}")
        self._numbers.show_lines(found.lines, found.whole)
        for heading, remarks in found.words:
            self._words.addWidget(_remarks_card(heading, remarks))


class NumbersTable(TextTable):
    """Own, total, median and coverage."""

    def __init__(self, *, name: str) -> None:
        super().__init__("Återkoppling", _columns("Delregionen"), name=name, most=30, least=150)

    def show_lines(self, lines: Sequence[FeedbackLine], whole: str) -> None:
        rows = [
            (f"{'    ' if each.part else ''}{each.label}", each.own, each.total, each.median, each.coverage)
            for each in lines
        ]
        self.show_rows(rows, _columns(whole))


def _columns(whole: str) -> tuple[Column, ...]:
    return (
        Column("Mått", 0),
        Column("Eget tal", 96, figures=True),
        Column(whole, 110, figures=True),
        Column("Median", 90, figures=True),
        Column("Rapporterat", 120, figures=True),
    )


def _remarks_card(heading: str, remarks: Sequence[Remark]) -> Card:
    card = Card(card_title(heading), gap=6, name=f"feedback_{remarks[0].sort}")
    for each in remarks:
        head = ", ".join(text for text in (each.title, each.of) if text)
        if head:
            card.pieces.addWidget(strong(head))
        card.pieces.addWidget(Label(each.text, wrap=True))
    return card
