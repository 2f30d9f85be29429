"""Senast inläst: the packages that have come, latest first."""

from __future__ import annotations

from collections.abc import Sequence

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.ui.intake.words import kind_word, moment, period_name
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import holder, row
from fardplan_desktop.ui.parts.text import card_title
from fardplan_desktop.ui.parts.text_table import Column, TextTable

_COLUMNS = (
    Column("Avsändare", 0),
    Column("Period", 240),
    Column("Paket", 70, figures=True),
    Column("Läge", 100),
    Column("Inläst", 160),
    Column("Godkänt av", 150),
)


class RecentCard(Card):
    """Hidden while nothing has come."""

    def __init__(self, codebook: CodeBook) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 4), name="recent")
        self._codebook = codebook
        self._table = TextTable("Senast inlästa paket", _COLUMNS, name="recent_table", most=10, least=200)
        self.pieces.addWidget(holder(row(card_title("Senast inläst"), None, margins=(16, 10, 16, 6))))
        self.pieces.addWidget(self._table)
        self.hide()

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        self._table.show_rows([self._row(each) for each in deliveries])
        self.setVisible(bool(deliveries))

    def _row(self, delivery: Delivery) -> tuple[str, ...]:
        issuer = self._codebook.find(delivery.issuer)
        return (
            issuer.name if issuer else delivery.issuer,
            f"{kind_word(delivery.kind)}{period_name(delivery.period)}".capitalize(),
            str(delivery.sequence),
            "Gäller" if delivery.active else "Ersatt",
            moment(delivery.at),
            visible(delivery.approved_by),
        )
