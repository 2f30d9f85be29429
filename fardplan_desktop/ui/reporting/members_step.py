"""Step 1 of Skicka vidare: which municipalities are in, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.services.bundles import MOST_REASON, BundlePreview, Member
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import body, card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.reporting.words import short_moment

SetReason = Callable[[str, str], None]
"""The municipality's code and why its package is missing."""
_COLUMNS = (Column("Kommun", 0), Column("Paket", 66, figures=True), Column("Inläst", 160), Column("Godkänt av", 220))


class MembersStep(QWidget):
    """``show_members`` fills it; what is typed is kept when the field is left."""

    def __init__(self, set_reason: SetReason, take_in: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("members_step")
        self._set_reason = set_reason
        self._fields: dict[str, tuple[Field, TextField]] = {}
        self._missing = Card(gap=0, margins=(0, 0, 0, 12), name="members_missing")
        self._title = card_title("", name="members_title")
        self._table = TextTable("Kommuner som är med", _COLUMNS, name="members_table", most=40)
        self._table.setAccessibleName("Kommuner som är med")
        intake = Button("Till Ta emot", icon="inbox", name="members_take_in", on_click=take_in)
        self._nobody = Card(
            card_title("Ingen kommun har lämnat in perioden"),
            body("När deras paket är inlästa kan perioden skickas vidare."),
            holder(FlowLayout(intake)), name="members_nobody",
        )  # fmt: skip
        self._in = Card(
            holder(row(self._title, margins=(16, 10, 16, 6))),
            self._table,
            gap=0,
            margins=(1, 0, 1, 1),
            name="members_in",
        )
        self.setLayout(column(self._nobody, self._missing, self._in, gap=16))

    def show_members(self, preview: BundlePreview) -> None:
        members = sorted(preview.members, key=lambda each: numbers_sv.sort_key(each.organisation.name))
        missing = tuple(each for each in members if each.delivery is None)
        present = [each for each in members if each.delivery is not None]
        self._nobody.setVisible(not present)
        self._missing.setVisible(bool(missing) and bool(present))
        self._in.setVisible(bool(present))
        self._title.setText(f"{numbers_sv.of(len(present), len(preview.members), 'kommuner')} är med")
        self._table.show_rows([_row(each) for each in present])
        self._show_missing(missing)

    def lacks(self) -> bool:
        """Whether a reason is not written; says so at its field, and puts the caret there."""
        empty = [each for each in self._fields.values() if not each[1].text().strip()]
        for field, entry in self._fields.values():
            field.show_error("" if entry.text().strip() else "Skriv varför paketet saknas.")
        if empty:
            empty[0][1].setFocus()
        return bool(empty)

    def refused(self, member: str, sentence: str) -> None:
        if member in self._fields:
            self._fields[member][0].show_error(sentence)

    def _show_missing(self, missing: tuple[Member, ...]) -> None:
        """A field that is there stays, so that the caret stays in it."""
        codes = [each.organisation.code for each in missing]
        if codes == list(self._fields):
            for each in missing:
                entry = self._fields[each.organisation.code][1]
                if not entry.hasFocus():  # Somebody is writing there.
                    entry.show_stored(each.reason)
            return
        clear(self._missing.pieces)
        self._fields = {}
        number = len(missing)
        head = column(
            card_title(f"Saknas: {numbers_sv.number(number)} {'kommun' if number == 1 else 'kommuner'}"),
            secondary("Skälet följer med till länet. Inga uppgifter om personer.", wrap=True),
            gap=2, margins=(16, 10, 16, 8),
        )  # fmt: skip
        self._missing.pieces.addWidget(holder(head))
        for each in missing:
            self._missing.pieces.addWidget(Line())
            self._missing.pieces.addWidget(self._reason_row(each))

    def _reason_row(self, member: Member) -> QWidget:
        code = member.organisation.code
        hint = "Till exempel: har meddelat att siffrorna kommer senare"
        entry = TextField(member.reason, name=f"missing_{code}", hint=hint, longest=MOST_REASON)
        field = Field(member.organisation.name, entry)
        self._fields[code] = (field, entry)
        entry.left.connect(partial(self._left, code, entry))
        line = row(IconView("circle-alert", "warn", top=1), gap=12, margins=(16, 8, 16, 2))
        line.addWidget(field, 1)
        return holder(line)

    def _left(self, code: str, entry: TextField) -> None:
        self._set_reason(code, entry.text())


def _row(member: Member) -> tuple[str, ...]:
    delivery = member.delivery
    assert delivery is not None, "only those that are in"
    return member.organisation.name, str(delivery.sequence), short_moment(delivery.at), visible(delivery.approved_by)
