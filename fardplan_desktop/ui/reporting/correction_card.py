"""Vad har ändrats: each value that a correction changes, what it was and is, and why; before it is sealed."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.services.corrections import LONGEST_REASON, Correction
from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.services.row_changes import ValueChange
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.fold import Fold
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import card_title
from fardplan_desktop.ui.parts.text_table import Column, TextTable

Explain = Callable[[ValueChange, str], None]

_COLUMNS = (
    Column("Vad", 0), Column("Fält", 130), Column("Förut", 120), Column("Nu", 120), Column("Skäl", 260),
)  # fmt: skip
_HINT = "Står i rättelsen som mottagaren läser. Tomt: orsaken till hela rättelsen gäller. Inga uppgifter om personer."


def correction_card(standing: Standing, explain: Explain, print_sheet: Callable[[], None]) -> Card | None:
    """What is changed since the package that counts; None before the first. ``print_sheet`` prints the rättelseblad."""
    if standing.delivery is None:
        return None
    since = f"sedan paket nummer {standing.delivery.sequence}"
    found = standing.preview.corrections
    if not found:
        return Card(card_title(f"Inget har ändrats {since}"), name="review_same")
    heading = f"{len(found)} {'värde' if len(found) == 1 else 'värden'} har ändrats {since}"
    reasons = _Reasons(found, explain)
    table = TextTable(heading, _COLUMNS, [_row(each) for each in found], name="review_differences_table", most=40)
    table.row_chosen.connect(lambda _row: reasons.show_row(table.currentIndex().row()))
    sheet = Button("Skriv ut rättelseblad", icon="printer", name="correction_print", on_click=print_sheet)
    foot = holder(column(reasons.field, holder(FlowLayout(sheet)), gap=8, margins=(16, 4, 16, 4)))
    table.selectRow(0)
    return Fold(heading, table, foot, opened=True, name="review_differences")


class _Reasons:
    """The reason of the chosen value, saved when the field is left."""

    def __init__(self, corrections: tuple[Correction, ...], explain: Explain) -> None:
        self._corrections, self._explain = corrections, explain
        self._at = 0
        self._text = TextField(name="correction_reason", longest=LONGEST_REASON)
        self._text.editingFinished.connect(self._save)
        self.field = Field("Skäl till just den ändringen", self._text, hint=_HINT)
        self.show_row(0)

    def show_row(self, at: int) -> None:
        if 0 <= at < len(self._corrections):
            self._at = at
            self._text.show_stored(self._corrections[at].reason)

    def _save(self) -> None:
        correction = self._corrections[self._at]
        if self._text.text().strip() != correction.reason and may_save([self._text]):
            self._explain(correction.change, self._text.text())


def _row(correction: Correction) -> tuple[str, ...]:
    change = correction.change
    old, new = ("tom" if text is None else visible(text) for text in (change.old, change.new))
    return visible(change.what), change.field, old, new, visible(correction.reason)
