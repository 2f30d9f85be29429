"""Tab Inskickat: everything we have sealed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.reporting.words import receipt, short_moment, state

_COLUMNS = (
    Column("Period", 0),
    Column("Paket", 66, figures=True),
    Column("Förseglat", 150),
    Column("Godkänt av", 170),
    Column("Läge", 104),
    Column("Kvittens", 140),
    Column("Orsak till rättelse", 170),
)
Act = Callable[[Delivery], None]


class SentView(QWidget):
    """``save_again`` writes the stored package once more; ``correct`` goes to the period to open a correction."""

    def __init__(self, save_again: Act, correct: Act, begin: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("sent_view")
        self._deliveries: tuple[Delivery, ...] = ()
        self._approved: Mapping[str, Approval] = {}
        self._save_again, self._correct = save_again, correct
        self._table = TextTable("Inskickade paket", _COLUMNS, name="sent_table", most=14, least=150)
        self._table.row_chosen.connect(lambda _row: self._choose())
        self._chosen = body("Välj ett paket i listan.", name="sent_chosen")
        self._save = Button(
            "Spara paketet igen", "primary", icon="folder-open", name="sent_save", on_click=self._press_save
        )
        self._fix = Button("Öppna rättelse", icon="pencil", name="sent_correct", on_click=self._press_correct)
        foot = column(self._chosen, holder(FlowLayout(self._save, self._fix)), margins=(16, 8, 16, 8))
        self._list = Card(self._table, foot, margins=(1, 1, 1, 4), name="sent_list")
        start = Button("Till Rapportera", "primary", name="sent_begin", on_click=begin)
        self._empty = EmptyState("send", "Inget är inskickat än. Det första paketet visas här.", start)
        self.setLayout(column(self._list, self._empty, None, gap=0))

    def show_deliveries(self, deliveries: tuple[Delivery, ...], approved: Mapping[str, Approval]) -> None:
        """Latest first; ``approved``: what is on record of the approvals, by digest."""
        self._deliveries, self._approved = deliveries, approved
        self._list.setVisible(bool(deliveries))
        self._empty.setVisible(not deliveries)
        self._table.show_rows([_row(each) for each in deliveries])
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
        if delivery is not None:
            approval = self._approved.get(delivery.digest)
            by = delivery.approved_by if approval is None else approval.words
            self._chosen.setText(f"{delivery.file_name}, sigill {delivery.digest[:8]}. Godkänt av {by}.")

    def _press_save(self) -> None:
        delivery = self._current()
        if delivery is not None:
            self._save_again(delivery)

    def _press_correct(self) -> None:
        delivery = self._current()
        if delivery is not None:
            self._correct(delivery)


def _row(delivery: Delivery) -> tuple[str, ...]:
    return (
        parse_period(delivery.period).name.capitalize(),
        str(delivery.sequence),
        short_moment(delivery.at),
        delivery.approved_by,
        state(delivery),
        receipt(delivery),
        delivery.reason or delivery.reopened or "",
    )
