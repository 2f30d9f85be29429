"""The list with its filters: finds, sorts and marks; the page decides what is done with what is chosen."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviation_list, reporting
from fardplan_desktop.services.deviation_list import Order, Tally, Wanted
from fardplan_desktop.ui.deviations.asking import Asking
from fardplan_desktop.ui.deviations.filters import DeviationFilters
from fardplan_desktop.ui.deviations.listing import DeviationModel, DeviationTable, next_order
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body
from fardplan_desktop.ui.session import Session


class DeviationList(QWidget):
    """``opened`` with a deviation that the user wants to see, ``passed`` when the arrow keys came to it.

    ``marked`` tells how many are marked; ``change_asked`` when they shall be changed together.
    """

    opened = Signal(object)
    passed = Signal(object)
    marked = Signal(int)
    change_asked = Signal()

    def __init__(self, session: Session, context: PageContext) -> None:
        super().__init__()
        self._workplace = session.workplace
        self._order = Order()
        self._asked = self._answered = (Wanted(), self._order)
        self._sought = ""
        self.asking = Asking(session.workplace, context.jobs, context.messages.problem, self)
        self.asking.listed.connect(self._show)
        self._filters = DeviationFilters(session.workplace.codebook, reporting.choices(session.workplace))
        self._filters.changed.connect(self.read)
        self._filters.opened.connect(self._count)
        self.asking.counted.connect(self._filters.show_counts)
        self._model = DeviationModel(self, session.workplace)
        self.table = DeviationTable(self._model)
        self.table.row_chosen.connect(self._passed)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self.table.marks_changed.connect(self._marks_changed)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self._none_match = body("Inga avvikelser passar filtren.", "deviations_none_match")
        self._show_all = Button("Visa alla", name="deviations_show_all", on_click=self.show_everything)
        told = column(self._none_match, holder(FlowLayout(self._show_all)), gap=8, margins=(16, 14, 16, 14))
        self._nothing = holder(told)
        self._nothing.hide()
        card = Card(self._nothing, self.table, gap=0, margins=(1, 1, 1, 1), name="deviations_card")
        card.pieces.setStretchFactor(self.table, 1)
        card.pieces.addStretch()  # Takes the room when there is no table, and none when there is.
        layout = column(self._filters, self._marked_bar(), card, gap=12)
        layout.setStretchFactor(card, 1)
        self.setLayout(layout)

    def _marked_bar(self) -> QWidget:
        self._how_many = Label("", "strong", name="marked_count")
        self._change = Button("", icon="pencil", name="marked_change", on_click=self.change_asked.emit)
        clear = Button("Avmarkera", "quiet", name="marked_clear", on_click=self.table.clearSelection)
        self._bar = holder(row(self._how_many, self._change, clear, None, margins=(12, 6, 12, 6)), "tint", "marked_bar")
        self._bar.hide()
        return self._bar

    def read(self) -> None:
        """Ask for the list as the filters say; what is shown stays until the answer is there."""
        self._asked = (self._filters.wanted, self._order)
        stays = self._asked == self._answered
        self.asking.ask(*self._asked, first=self.table.first_in_sight if stays else 0)

    def show_filters(self, shown: bool) -> None:
        self._filters.setVisible(shown)

    def show_everything(self) -> None:
        self._filters.clear()
        self.read()

    def focus_text(self) -> None:
        self._filters.focus_text()

    def seek(self, deviation_id: str) -> None:
        """Mark the row of this deviation as soon as it is in the list, without opening it; filters must not hide it."""
        self._sought = deviation_id
        if not self._mark_sought() and not self._filters.wanted.everything:
            self.show_everything()

    def next_after(self, deviation: Deviation) -> Deviation | None:
        """The one below it in the list."""
        at = self._model.row_of(deviation_list.row_of(self._workplace, deviation=deviation.id))
        return self._model.at(at + 1) if at >= 0 else None

    def _show(self, numbers: array[int], seen: dict[int, Deviation], tally: Tally) -> None:
        self.table.show_numbers(numbers, seen, stay=self._asked == self._answered)
        self._answered = self._asked
        self._count()
        self._filters.show_tally(tally)
        nothing = not numbers and not self._filters.wanted.everything
        self._nothing.setVisible(nothing)
        self.table.setVisible(not nothing)
        self._mark_sought()

    def _count(self) -> None:
        """Numbers for the boxes that are in sight."""
        self.asking.count(self._filters.wanted, self._filters.fields_shown)

    def _mark_sought(self) -> bool:
        """Whether it is in the list now."""
        if not self._sought:
            return True
        at = self._model.row_of(deviation_list.row_of(self._workplace, deviation=self._sought))
        if at < 0:
            return False
        self._sought = ""
        self.table.selectRow(at)
        self.table.scrollTo(self._model.index(at, 0))
        return True

    def _sort(self, column_clicked: int) -> None:
        self._order = next_order(self._order, column_clicked)
        self.table.show_order(self._order)
        self.read()

    def _open(self, at: int) -> None:
        """Not while several are being marked with Shift or Ctrl."""
        deviation = self._model.at(at)
        if deviation is not None and self.table.marked <= 1:
            self.opened.emit(deviation)

    def _passed(self, at: int) -> None:
        deviation = self._model.at(at)
        if deviation is not None and self.table.hasFocus() and self.table.marked <= 1:
            self.passed.emit(deviation)

    def _marks_changed(self) -> None:
        count = self.table.marked
        self._bar.setVisible(count > 1)
        self._how_many.setText(f"{numbers_sv.number(count)} markerade")
        self._change.setText(f"Ändra {numbers_sv.number(count)} avvikelser")
        self.marked.emit(count)
