"""Several values of a list: those chosen stand under each other, and more are added from a box."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import IconButton
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.tab_order import tab_in_place
from fardplan_desktop.ui.parts.text import Label


class ChosenList(QWidget):
    """``options`` are (key, word); ``picked`` when the user has added or taken away a value.

    ``word`` tells what a key is called that is not offered.
    """

    picked = Signal()

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str, hint: str, word: Callable[[str], str] = str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words, self._word = dict(options), word
        self._chosen: tuple[str, ...] = ()
        self._rows = column(gap=2)
        self._box = Combo([], name=f"{name}_add", hint=hint)
        self._box.setAccessibleName(hint)
        self._box.picked.connect(self._add)
        self.setFocusProxy(self._box)
        self.setLayout(column(self._rows, self._box, gap=4))
        self.show_chosen(())

    @property
    def chosen(self) -> tuple[str, ...]:
        return self._chosen

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self._aways, self._box]

    def show_chosen(self, keys: Sequence[str]) -> None:
        self._chosen = tuple(keys)
        clear(self._rows)
        self._aways: list[IconButton] = []
        for key in self._chosen:
            self._rows.addWidget(self._row(key))
        left = [(key, word) for key, word in self._words.items() if key not in self._chosen]
        self._box.set_options(left)
        self._box.view().setMinimumWidth(
            max((self._box.fontMetrics().horizontalAdvance(word) for _, word in left), default=0) + 48
        )
        self._box.setVisible(bool(left))
        tab_in_place(self, self.stops)

    def _row(self, key: str) -> QWidget:
        word = self._words.get(key) or self._word(key)
        away = IconButton("x", f"Ta bort {word}", size=24, name=f"{self.objectName()}_remove_{key}")
        away.clicked.connect(lambda _checked=False: self._remove(key))
        self._aways.append(away)
        layout = row(gap=4)
        layout.addWidget(Label(word, wrap=True), 1)
        layout.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder(layout)

    def _add(self, key: str) -> None:
        if key:
            self.show_chosen((*self._chosen, key))
            self.picked.emit()

    def _remove(self, key: str) -> None:
        self.show_chosen([each for each in self._chosen if each != key])
        self._box.setFocus()
        self.picked.emit()
