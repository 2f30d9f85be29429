"""Deviations by category and activities by status, as they stand in the members' packages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import MUNICIPALITIES
from fardplan_desktop.analysis.tallies import NOT_STATED
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Tally
from fardplan_desktop.domain.lineage import Kind, Wanted
from fardplan_desktop.domain.tabular import for_pasting
from fardplan_desktop.services.compilation import Compilation
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_NUMBER = Column("Antal", 76, figures=True)
_ALL = "Alla"
_MORE_IS_NOT_WORSE = "Fler rapporterade avvikelser betyder inte att det har blivit sämre."


class TalliesView(ScrollPage):
    """``chosen`` with the total (Wanted) that the chosen row is; ``opened`` when it is to be opened."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, codebook: CodeBook) -> None:
        super().__init__(name="tallies_scroll")
        self._codebook = codebook
        self._deviations = _TallyCard("Avvikelser per kategori", "Kategori", Kind.DEVIATIONS, name="tally_deviations")
        self._activities = _TallyCard(
            "Aktiviteter per status", "Status", Kind.ACTIVITIES, name="tally_activities", status=True
        )
        for card in (self._deviations, self._activities):
            card.chosen.connect(self.chosen)
            card.opened.connect(self.opened)
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
            [code for code, _ in deviations.by_category],
        )
        self._activities.show_tally(
            f"{activities.total} i periodens paket.{late} {basis}",
            self._named("aktivitetsstatus", activities.by_status),
            [code for code, _ in activities.by_status],
        )

    def take_focus(self) -> None:
        self._deviations.take_focus()

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
    chosen = Signal(object)
    opened = Signal()

    def __init__(self, heading: str, what: str, kind: Kind, *, name: str, status: bool = False) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 4), name=name)
        self._what, self._rows = what, tuple[tuple[str, str], ...]()
        self._kind, self._codes = kind, tuple[str, ...]()
        self._told = secondary("", f"{name}_told", wrap=True)
        columns = (Column(what, 0), _NUMBER)
        self._table = TextTable(
            heading, columns, name=f"{name}_table", most=14, least=160, status_columns=(0,) if status else ()
        )
        self._table.row_chosen.connect(self._choose)
        self._table.clicked.connect(lambda index: self._open(index.row()))
        self._table.opened.connect(self._open)
        self.pieces.addWidget(_head(heading, self._told))
        self.pieces.addWidget(self._table)
        self.pieces.addStretch(1)

    def show_tally(self, told: str, rows: Sequence[tuple[str, str]], codes: Sequence[str]) -> None:
        """``codes`` of the rows, and a last row for all of them."""
        self._told.setText(told)
        number = sum(int(row[1].replace(numbers_sv.NARROW, "")) for row in rows)
        rows = [*rows, (_ALL, numbers_sv.number(number))] if rows else rows
        self._rows, self._codes = tuple(rows), (*codes, "")
        self._table.show_rows(rows)
        self._table.setVisible(bool(rows))

    def take_focus(self) -> None:
        self._table.setFocus()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._codes):
            self.chosen.emit(Wanted(self._kind, self._codes[row]))

    def _open(self, row: int) -> None:
        self._choose(row)
        self.opened.emit()

    def as_text(self) -> str:
        return for_pasting([(self._what, _NUMBER.head), *self._rows])


def _head(heading: str, told: QWidget) -> QWidget:
    return holder(column(card_title(heading), told, gap=2, margins=(16, 12, 16, 8)))
