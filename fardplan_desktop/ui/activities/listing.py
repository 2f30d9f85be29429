"""The activities as the user has asked to see them, and what hides them when none is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.activity_views import Gathered, Release, View
from fardplan_desktop.ui.activities.files import ActivityFiles
from fardplan_desktop.ui.activities.filters import ActivityFilters
from fardplan_desktop.ui.activities.pictures import Pictures
from fardplan_desktop.ui.activities.saved_views import SavedViews
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.session import Session

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
        self._pictures = Pictures(session.workplace)
        self.files = ActivityFiles(context, session, lambda: (self._filters.view, self._pictures.year))
        self._filters = ActivityFilters(self._pictures.switch, after=(self._saved.button, self.files.button))
        self._saved.naming.connect(self._filters.setHidden)
        self._filters.changed.connect(self._fill)
        self._pictures.chosen.connect(self.chosen)
        self._pictures.opened.connect(self.opened)
        self._pictures.clicked.connect(self.clicked)
        self._pictures.turned.connect(self._fill)
        self._none_match = body("", "none_match")
        self._releases = FlowLayout()
        self._nothing = holder(column(self._none_match, holder(self._releases), gap=8, margins=(16, 14, 16, 14)))
        card = Card(self._nothing, self._pictures, gap=0, margins=(1, 1, 1, 1), name="activities_card")
        card.pieces.setStretchFactor(self._pictures, 1)
        card.pieces.addStretch()  # Takes the room when there is no table, and none when there is.
        both = column(self._filters, self._saved, card, gap=10)
        both.setStretchFactor(card, 1)
        self.setLayout(both)
        self.setFocusProxy(self._pictures)

    def show_activities(self, gathered: Gathered, chosen: str) -> None:
        """As they are stored now; the activity ``chosen`` stays chosen when it is still there."""
        self._gathered = gathered
        self._filters.follow(gathered)
        self._fill(chosen)

    def show_view(self, view: View) -> None:
        self._filters.show_view(view)
        self._fill()

    def choose(self, activity: str) -> None:
        """Choose an activity, whatever filters and year say."""
        if self._gathered is None or all(each.id != activity for each in self._gathered.activities):
            return
        if not self._pictures.select(activity):
            self.show_view(View(grouping=self._filters.view.grouping))
        if not self._pictures.select(activity):
            self._pictures.show_table()
            self._pictures.select(activity)

    def choose_nothing(self) -> None:
        self._pictures.select_nothing()

    def print_timeline(self) -> None:
        self.files.print_timeline()

    def _fill(self, chosen: str = "") -> None:
        """Fill the picture as the view asks."""
        if self._gathered is None:
            return
        kept = chosen or self._pictures.selected
        self._pictures.fill(self._gathered, self._filters.view)
        self._saved.follow()
        self._explain(self._filters.view)
        if kept:
            self._pictures.select(kept)

    def _explain(self, view: View) -> None:
        """Say what hides everything, with a button for each thing that alone does."""
        assert self._gathered is not None, "called when the table has been filled"
        nothing = not self._gathered.shown(view)
        held_focus = self._pictures.hasFocus()
        self._nothing.setVisible(nothing)
        self._pictures.setVisible(not nothing)
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


def _sentence(found: tuple[Release, ...], some: bool) -> str:
    if not some:
        return "Inga aktiviteter ännu."
    if not found:
        return "Inga aktiviteter passar. Filtren döljer alla tillsammans: inget av dem räcker att ta bort."
    return f"Inga aktiviteter passar. Det är {found[0].words} som döljer dem{' här' if len(found) == 1 else ' mest'}."
