"""Tab Inskickat: everything we have sealed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.receipts_in import Answers, Receipt
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.reporting.words import receipt, short_moment, state

_COLUMNS = (
    Column("Period", 170),
    Column("Paket", 66, figures=True),
    Column("Förseglat", 150),
    Column("Godkänt av", 170),
    Column("Läge", 104),
    Column("Kvittens", 176),
    Column("Orsak till rättelse", 0),
)
Act = Callable[[Delivery], None]


class SentActs(msgspec.Struct, frozen=True):
    """``save_again`` writes the stored package once more; ``correct`` goes to the period to open a correction;
    ``sheet`` makes the rättelseblad of a package that corrects another."""

    save_again: Act
    correct: Act
    sheet: Act


class SentView(QWidget):
    """``begin`` goes to the period to report; ``read`` asks for files that have come."""

    def __init__(self, acts: SentActs, begin: Callable[[], None], read: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("sent_view")
        self._deliveries: tuple[Delivery, ...] = ()
        self._approved: Mapping[str, Approval] = {}
        self._receipts: Mapping[str, Receipt] = {}
        self._table = TextTable("Inskickade paket", _COLUMNS, name="sent_table", most=14, least=150)
        self._table.row_chosen.connect(lambda _row: self._choose())
        self._chosen = body("Välj ett paket i listan.", name="sent_chosen")
        self._save = Button(
            "Spara paketet igen",
            "primary",
            icon="folder-open",
            name="sent_save",
            on_click=lambda: self._do(acts.save_again),
        )
        self._fix = Button(
            "Öppna rättelse", icon="pencil", name="sent_correct", on_click=lambda: self._do(acts.correct)
        )
        self._sheet = Button("Rättelseblad", icon="file-text", name="sent_sheet", on_click=lambda: self._do(acts.sheet))
        come = Button("Läs in kvittens …", icon="inbox", name="sent_read", on_click=read)
        foot = column(
            self._chosen, holder(FlowLayout(self._save, self._fix, self._sheet, come)), margins=(16, 8, 16, 8)
        )
        self._alarm = Label("", "body", "bad", wrap=True, name="sent_alarm")
        warning = row(IconView("shield-alert", "bad", top=1), gap=12)
        warning.addWidget(self._alarm, 1)
        self._alarms = Card(name="sent_alarms")
        self._alarms.pieces.addLayout(warning)
        self._alarms.hide()
        self._list = Card(self._table, foot, margins=(1, 1, 1, 4), name="sent_list")
        start = Button("Till Rapportera", "primary", name="sent_begin", on_click=begin)
        self._empty = EmptyState("send", "Inget är inskickat än. Det första paketet visas här.", start)
        self.setLayout(column(self._alarms, self._list, self._empty, None, gap=12))

    def show_deliveries(
        self, deliveries: tuple[Delivery, ...], approved: Mapping[str, Approval], answers: Answers
    ) -> None:
        """Latest first; ``approved``: what is on record of the approvals, by digest; ``answers``: the receipts."""
        self._deliveries, self._approved, self._receipts = deliveries, approved, answers.receipts
        self._alarm.setText("\n\n".join(answers.alarms))
        self._alarms.setVisible(bool(answers.alarms))
        self._list.setVisible(bool(deliveries))
        self._empty.setVisible(not deliveries)
        self._table.show_rows([_row(each, self._receipts.get(each.digest)) for each in deliveries])
        if deliveries:
            self._table.selectRow(0)
        self._choose()

    def take_focus(self) -> None:
        self._table.setFocus()

    def _current(self) -> Delivery | None:
        at = self._table.currentIndex().row()
        return self._deliveries[at] if 0 <= at < len(self._deliveries) else None

    def _choose(self) -> None:
        delivery = self._current()
        self._save.setEnabled(delivery is not None)
        self._fix.setEnabled(delivery is not None and delivery.active)
        self._sheet.setVisible(delivery is not None and delivery.reason is not None)
        if delivery is not None:
            approval, found = self._approved.get(delivery.digest), self._receipts.get(delivery.digest)
            by = delivery.approved_by if approval is None else approval.words
            self._chosen.setText(
                f"{delivery.file_name}, sigill {delivery.digest[:8]}. Godkänt av {by}.{_told(delivery, found)}"
            )

    def _do(self, act: Act) -> None:
        delivery = self._current()
        if delivery is not None:
            act(delivery)


def _row(delivery: Delivery, found: Receipt | None) -> tuple[str, ...]:
    return (
        parse_period(delivery.period).name.capitalize(),
        str(delivery.sequence),
        short_moment(delivery.at),
        delivery.approved_by,
        state(delivery),
        receipt(delivery, found),
        delivery.reason or delivery.reopened or "",
    )


def _told(delivery: Delivery, found: Receipt | None) -> str:
    """The receipt as a sentence of its own; until it has come, what is waited for."""
    if found is not None:
        return f"\n{found.words}{'.' if found.accepted else ''}"
    return "\nKvittensen har inte kommit än. Släpp filen på fönstret, eller läs in den här." if delivery.active else ""
