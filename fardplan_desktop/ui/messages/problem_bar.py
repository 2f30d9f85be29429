"""World errors in a bar under the header: what happened, why, what to do. Each stays until the user closes it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.ui.parts.buttons import IconButton
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label

_MOST: Final = 3


class ProblemBar(QWidget):
    """At most three at a time, the newest first; the same sentence is not repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem_bar")
        self._rows: dict[str, QWidget] = {}
        self._layout = column(gap=0)
        self.setLayout(self._layout)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        return list(self._rows)

    def show_problem(self, error: WorldError) -> None:
        sentence = error.sentence
        self.close_problem(sentence)
        self._rows[sentence] = self._row(error)
        self._layout.insertWidget(0, self._rows[sentence])
        while len(self._rows) > _MOST:
            self.close_problem(next(iter(self._rows)))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def close_problem(self, sentence: str) -> None:
        closed = self._rows.pop(sentence, None)
        if closed is not None:
            self._layout.removeWidget(closed)
            closed.hide()
            closed.deleteLater()
        self.setVisible(bool(self._rows))

    def _row(self, error: WorldError) -> QWidget:
        words = column(Label(error.what, "strong", wrap=True), gap=2)
        rest = " ".join(part for part in (error.why, error.todo) if part)
        if rest:
            words.addWidget(Label(rest, wrap=True))
        layout = row(gap=12, margins=(24, 8, 16, 8))
        layout.addWidget(IconView("circle-alert", "bad", top=1), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        close = IconButton("x", "Stäng", size=28, on_click=lambda: self.close_problem(error.sentence))
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return holder(layout, "bad", "problem_row")
