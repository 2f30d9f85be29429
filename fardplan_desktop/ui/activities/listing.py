"""The activities as the user has asked to see them, and what hides them when none is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.activity_views import Gathered, Release, View
from fardplan_desktop.ui.activities.filters import ActivityFilters
from fardplan_desktop.ui.activities.saved_views import SavedViews
from fardplan_desktop.ui.activities.table_model import METHOD_COLUMN, STATUS_COLUMNS, WIDTHS, ActivityModel, rows
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.record_table import RecordTable
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.session import Session

_LEAST = 230
_MOST_RELEASES = 3


class ActivityListing(QWidget):
    """``chosen`` with the id of another activity, ``opened`` when its detail is wanted too."""

    chosen = Signal(str)
    opened = Signal()
    clicked = Signal()

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__()
        self._gathered: Gathered | None = None
        self._saved = SavedViews(context, session, lambda: self._filters.view)
        self._saved.opened.connect(self.show_view)
        self._filters = ActivityFilters(after=self._saved.button)
        self._saved.naming.connect(self._filters.setHidden)
        self._filters.changed.connect(self._fill)
        self._table = RecordTable("Aktiviteter", name="activities_table", status_columns=STATUS_COLUMNS)
        self._model = ActivityModel(self._table)
        self._table.setModel(self._model)
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._table.row_chosen.connect(self._row_chosen)
        self._table.opened.connect(lambda _row: self.opened.emit())
        self._table.clicked.connect(lambda _index: self.clicked.emit())
        self._none_match = body("", "none_match")
        self._releases = FlowLayout()
        self._nothing = holder(column(self._none_match, holder(self._releases), gap=8, margins=(16, 14, 16, 14)))
        card = Card(self._nothing, self._table, gap=0, margins=(1, 1, 1, 1), name="activities_card")
        card.pieces.setStretchFactor(self._table, 1)
        card.pieces.addStretch()  # Takes the room when there is no table, and none when there is.
        both = column(self._filters, self._saved, card, gap=10)
        both.setStretchFactor(card, 1)
        self.setLayout(both)
        self.setFocusProxy(self._table)

    def show_activities(self, gathered: Gathered, chosen: str) -> None:
        """As they are stored now; the activity ``chosen`` stays chosen when it is still there."""
        self._gathered = gathered
        self._filters.follow(gathered)
        self._fill(chosen)

    def show_view(self, view: View) -> None:
        self._filters.show_view(view)
        self._fill()

    def choose(self, activity: str) -> None:
        """Choose an activity, whatever the filters say."""
        if self._gathered is None or all(each.id != activity for each in self._gathered.activities):
            return
        if self._model.row_of(activity) < 0:
            self.show_view(View(grouping=self._filters.view.grouping))
        self._select(activity)

    def choose_nothing(self) -> None:
        self._table.clearSelection()

    def _fill(self, chosen: str = "") -> None:
        """Fill the table as the view asks."""
        if self._gathered is None:
            return
        view = self._filters.view
        kept = chosen or self._model.activity_at(self._table.currentIndex().row())
        self._model.show_rows(rows(self._gathered, view))
        self._table.setColumnHidden(METHOD_COLUMN, view.grouping == "method")
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._table.clearSpans()
        for row in self._model.headings:
            self._table.setSpan(row, 0, 1, self._model.columnCount())
        self._saved.follow()
        self._explain(view)
        if kept:
            self._select(kept)

    def _explain(self, view: View) -> None:
        """Say what hides everything, with a button for each thing that alone does."""
        assert self._gathered is not None, "called when the table has been filled"
        nothing = self._model.rowCount() == 0
        held_focus = self._table.hasFocus()
        self._nothing.setVisible(nothing)
        self._table.setVisible(not nothing)
        clear(self._releases)
        if not nothing:
            return
        found = self._gathered.releases(view)
        self._none_match.setText(_sentence(found, bool(self._gathered.activities)))
        for place, each in enumerate(found[:_MOST_RELEASES]):
            self._offer(Button(f"Ta bort {each.words} · {each.count}", name=f"release_{place}"), each.view)
        if self._gathered.activities:
            everything = Button("Visa alla", "quiet", name="filter_clear")
            self._offer(everything, View(grouping=view.grouping))
            if held_focus:
                everything.setFocus()  # And not in the field that happens to come next.

    def _offer(self, button: Button, view: View) -> None:
        button.clicked.connect(lambda _checked=False: self.show_view(view))
        self._releases.addWidget(button)
        button.show()

    def _row_chosen(self, row: int) -> None:
        activity = self._model.activity_at(row)
        if activity:
            self.chosen.emit(activity)

    def _select(self, activity: str) -> None:
        row = self._model.row_of(activity)
        if row >= 0:
            self._table.selectRow(row)
            self._table.scrollTo(self._model.index(row, 0))


def _sentence(found: tuple[Release, ...], some: bool) -> str:
    if not some:
        return "Inga aktiviteter ännu."
    if not found:
        return "Inga aktiviteter passar. Filtren döljer alla tillsammans: inget av dem räcker att ta bort."
    return f"Inga aktiviteter passar. Det är {found[0].words} som döljer dem{' här' if len(found) == 1 else ' mest'}."
