"""A row of things to do, or of problems: icon, what, why, and one verb that goes straight to the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.pill import Pill
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.theme.tokens import Token


class ToDo(msgspec.Struct, frozen=True):
    """``act`` is called when the user presses ``verb``."""

    icon: str
    tone: Token
    what: str
    why: str
    verb: str
    act: Callable[[], object]


class ToDoRow(QWidget):
    """One thing to do."""

    def __init__(self, todo: ToDo, *, name: str = "todo_row") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{todo.what}. {todo.why}")
        words = column(Label(todo.what, wrap=True), gap=0)
        if todo.why:
            words.addWidget(secondary(todo.why, wrap=True))
        self.button = Button(todo.verb, "quiet", name=f"{name}_verb", on_click=todo.act)
        self.button.setAccessibleDescription(todo.what)
        layout: QHBoxLayout = row(IconView(todo.icon, todo.tone), gap=12, margins=(16, 5, 8, 5))
        layout.addLayout(words, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)


class ToDoCard(Card):
    """A card with a heading, the number of rows, and the rows; a sentence when nothing is left to do."""

    def __init__(self, heading: str, nothing: str, *, name: str = "todo_card") -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 6), name=name)
        self._nothing = nothing
        self._count = Pill("0", "warn", name=f"{name}_count")
        self.pieces.addWidget(holder(row(card_title(heading), self._count, None, margins=(16, 10, 16, 5))))
        self._rows = column(gap=0)
        self.pieces.addLayout(self._rows)
        self.show_rows(())

    def show_rows(self, todos: Sequence[ToDo]) -> None:
        clear(self._rows)
        self._count.show_text(str(len(todos)))
        self._count.setVisible(bool(todos))
        for number, todo in enumerate(todos):
            self._rows.addWidget(Line())
            self._rows.addWidget(ToDoRow(todo, name=f"{self.objectName()}_{number}"))
        if not todos:
            self._rows.addWidget(Line())
            self._rows.addWidget(
                holder(row(IconView("check", "ok"), Label(self._nothing), None, margins=(16, 12, 16, 8)))
            )
