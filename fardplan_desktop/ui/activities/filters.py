"""The rows above the activities: which picture, how they are gathered, what is shown, and a chip for each filter."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from fardplan_desktop.services.activity_views import (
    KIND_WORDS,
    QUESTIONS,
    Choice,
    Filter,
    Gathered,
    Grouping,
    Kind,
    View,
)
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.chip import Chip
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.menus import add_act, open_under
from fardplan_desktop.ui.theme.look import Look

_TEXT_WIDTH: Final = 128
_GROUPINGS: Final[tuple[tuple[Grouping, str], ...]] = (
    ("method", "Per arbetssätt"),
    ("plan", "Per plan"),
    ("target_group", "Per målgrupp"),
    ("status", "Per status"),
    ("none", "I en följd"),
)


class ActivityFilters(QWidget):
    """``changed`` when the user asks for something else; ``view`` says what."""

    changed = Signal()

    def __init__(self, *before: QWidget, after: tuple[QWidget, ...]) -> None:
        super().__init__()
        self.setObjectName("activity_filters")
        self._view = View()
        self._gathered: Gathered | None = None
        self._grouping = Combo(_GROUPINGS, name="activity_grouping")
        self._grouping.setAccessibleName("Ordna")
        self._grouping.picked.connect(lambda key: self._ask(grouping=cast(Grouping, key)))
        self._text = TextField(name="filter_text", hint="Filtrera på text", watch=Watch.IDENTITY)
        self._text.setAccessibleName("Filtrera på text")
        self._text.offer_clearing()
        self._text.setFixedWidth(Look.of_application().px(_TEXT_WIDTH))
        self._text.textChanged.connect(self._typed)
        self._add = Button("Filter", name="filter_add", on_click=self._open_menu)
        self._chips = FlowLayout(gap=6, line_gap=6)
        self._chip_row = holder(self._chips, name="filter_chips")
        self._chip_row.hide()
        tools = FlowLayout(*before, self._grouping, self._text, self._add, *after)
        self.setLayout(column(tools, self._chip_row, gap=8))

    @property
    def view(self) -> View:
        return self._view

    def show_view(self, view: View) -> None:
        """Ask for exactly this, without a word."""
        self._view = view
        self._text.setText(view.text)
        self._grouping.choose(view.grouping)
        self._show_chips()

    def follow(self, gathered: Gathered) -> None:
        """The activities as they are stored now: counts follow them."""
        self._gathered = gathered
        self._show_chips()

    def menu(self) -> QMenu:
        """Every filter there is to choose, with its count; those in force are ticked."""
        menu = QMenu(self)
        menu.setObjectName("filter_menu")
        for question in QUESTIONS:
            self._add_choices(menu, self._choices(question))
        menu.addSeparator()
        for kind, words in KIND_WORDS.items():
            if kind not in QUESTIONS and (choices := self._choices(kind)):
                self._add_choices(menu.addMenu(words), choices)
        return menu

    def _choices(self, kind: Kind) -> tuple[Choice, ...]:
        assert self._gathered is not None, "there is nothing to choose among before there are activities"
        return self._gathered.choices(self._view, kind)

    def _add_choices(self, menu: QMenu, choices: tuple[Choice, ...]) -> None:
        for choice in choices:
            one = choice.filter
            words = f"{choice.words} · {choice.count}"
            add_act(menu, words, _name("filter", one), partial(self._turn, one), ticked=one in self._view.filters)

    def _open_menu(self) -> None:
        open_under(self._add, self.menu())

    def _turn(self, one: Filter) -> None:
        self._ask(filters=self._view.turned(one).filters)

    def _take_away(self, place: int) -> None:
        """The chip at this place goes; focus goes to the one that takes its place."""
        self._turn(self._view.filters[place])
        chips = [self._chips.itemAt(at) for at in range(self._chips.count())]
        left = [chip for item in chips if item is not None and (chip := item.widget()) is not None]
        (left[min(place, len(left) - 1)] if left else self._add).setFocus()

    def _typed(self, text: str) -> None:
        if text != self._view.text:  # Else it follows what is asked already.
            self._ask(text=text)

    def _ask(self, **asked: object) -> None:
        self._view = msgspec.structs.replace(self._view, **asked)
        self._show_chips()
        self.changed.emit()

    def _show_chips(self) -> None:
        clear(self._chips)
        self._chip_row.setVisible(bool(self._view.filters))
        if self._gathered is None:
            return
        for place, one in enumerate(self._view.filters):
            count = self._gathered.count(self._view, one)
            chip = Chip(self._gathered.words(one), count, name=_name("chip", one))
            chip.clicked.connect(partial(self._chip_clicked, place))
            self._chips.addWidget(chip)
            chip.show()  # At once, so that it can have focus.

    def _chip_clicked(self, place: int, _checked: bool = False) -> None:
        self._take_away(place)


def _name(what: str, one: Filter) -> str:
    return f"{what}_{one.kind}_{one.value}" if one.value or one.kind not in QUESTIONS else f"{what}_{one.kind}"
