"""The activities that answer a deviation: each opens with a click, and more are added from a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.page import Go
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.entries import NarrowCombo, Options, show_whole_words
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row

_LONGEST = 34


class ActivityLinks(QWidget):
    """``picked`` when the user has added or taken away one."""

    picked = Signal()

    def __init__(self, go: Go, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._go = go
        self._titles: dict[str, str] = {}
        self._chosen: tuple[str, ...] = ()
        self._rows = column(gap=2)
        self._box = NarrowCombo([], name=f"{name}_add", hint="Koppla en aktivitet")
        self._box.setAccessibleName("Koppla en aktivitet")
        self._box.picked.connect(self._add)
        self.setFocusProxy(self._box)
        self.setLayout(column(self._rows, self._box, gap=4))

    @property
    def chosen(self) -> tuple[str, ...]:
        return self._chosen

    def show_options(self, options: Options) -> None:
        """(id, title) of the activities there are now."""
        self._titles = dict(options)
        self.show_chosen(self._chosen)

    def show_chosen(self, ids: Sequence[str] | None) -> None:
        self._chosen = tuple(ids or ())
        clear(self._rows)
        for each in self._chosen:
            self._rows.addWidget(self._row(each))
        left = [(id, title) for id, title in self._titles.items() if id not in self._chosen]
        self._box.set_options(left)
        if left:
            show_whole_words(self._box)
        self._box.setVisible(bool(left) or not self._chosen)
        self._box.setEnabled(bool(left))

    def _row(self, activity: str) -> QWidget:
        title = self._titles.get(activity)
        words = title or "Borttagen aktivitet"
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
        link = Button(
            short, "small", name=f"link_{activity}", on_click=partial(self._go, "activities", activity=activity)
        )
        link.setToolTip(words)
        link.setAccessibleName(f"Öppna aktiviteten {words}")
        link.setEnabled(title is not None)
        away = IconButton("x", f"Ta bort kopplingen till {words}", size=24, name=f"unlink_{activity}")
        away.clicked.connect(lambda _checked=False: self._remove(activity))
        layout = row(link, None, gap=4)
        layout.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder(layout)

    def _add(self, activity: str) -> None:
        if activity:
            self.show_chosen((*self._chosen, activity))
            self.picked.emit()

    def _remove(self, activity: str) -> None:
        self.show_chosen([each for each in self._chosen if each != activity])
        self._box.setFocus()
        self.picked.emit()
