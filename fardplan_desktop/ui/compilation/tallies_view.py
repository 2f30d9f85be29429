"""Deviations by category and activities by status, as they stand in the members' packages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import MUNICIPALITIES
from fardplan_desktop.analysis.tallies import NOT_STATED
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Tally
from fardplan_desktop.services.compilation import Compilation
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_NUMBER = Column("Antal", 90, figures=True)
_MORE_IS_NOT_WORSE = "Fler rapporterade avvikelser betyder inte att det har blivit sämre."


class TalliesView(ScrollPage):
    def __init__(self, codebook: CodeBook) -> None:
        super().__init__(name="tallies_scroll")
        self._codebook = codebook
        self._deviations = _TallyCard("Avvikelser per kategori", "Kategori", name="tally_deviations")
        self._activities = _TallyCard("Aktiviteter per status", "Status", name="tally_activities", status=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(Look.of_application().px(16))
        self.content.addLayout(self._grid)
        self.content.addStretch(1)
        self._side_by_side: bool | None = None
        self.arrange(Width.NORMAL)

    def arrange(self, width: Width) -> None:
        """Beside each other when there is room. The page has the padding already."""
        beside = width >= Width.NORMAL
        if beside == self._side_by_side:
            return
        self._side_by_side = beside
        self.content.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._deviations, 0, 0)
        self._grid.addWidget(self._activities, *((0, 1) if beside else (1, 0)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(beside))

    def show_compilation(self, compiled: Compilation) -> None:
        basis = f"Ur paketen från {numbers_sv.of(len(compiled.received), len(compiled.members), MUNICIPALITIES)}."
        deviations, activities = compiled.deviations, compiled.activities
        late = f" {len(activities.late)} är försenade." if activities.late else ""
        self._deviations.show_tally(
            f"{deviations.total} registrerade under perioden. {basis} {_MORE_IS_NOT_WORSE}",
            self._named("kategori", deviations.by_category),
        )
        self._activities.show_tally(
            f"{activities.total} i periodens paket.{late} {basis}",
            self._named("aktivitetsstatus", activities.by_status),
        )

    def as_text(self) -> str:
        """Both tables, for pasting into a workbook."""
        return f"{self._deviations.as_text()}\n{self._activities.as_text()}"

    def _named(self, list_id: str, tally: Tally) -> list[tuple[str, str]]:
        book = self._codebook
        return [
            ("Uppgift saknas" if code == NOT_STATED else book.label(list_id, code), numbers_sv.number(number))
            for code, number in tally
        ]


class _TallyCard(Card):
    def __init__(self, heading: str, what: str, *, name: str, status: bool = False) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 4), name=name)
        self._what, self._rows = what, tuple[tuple[str, str], ...]()
        self._told = secondary("", f"{name}_told", wrap=True)
        columns = (Column(what, 0), _NUMBER)
        self._table = TextTable(
            heading, columns, name=f"{name}_table", most=14, least=160, status_columns=(0,) if status else ()
        )
        self.pieces.addWidget(_head(heading, self._told))
        self.pieces.addWidget(self._table)
        self.pieces.addStretch(1)

    def show_tally(self, told: str, rows: Sequence[tuple[str, str]]) -> None:
        self._told.setText(told)
        self._rows = tuple(rows)
        self._table.show_rows(rows)
        self._table.setVisible(bool(rows))

    def as_text(self) -> str:
        return "\n".join("\t".join(row) for row in ((self._what, _NUMBER.head), *self._rows)) + "\n"


def _head(heading: str, told: QWidget) -> QWidget:
    return holder(column(card_title(heading), told, gap=2, margins=(16, 12, 16, 8)))
