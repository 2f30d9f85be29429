"""A field of a form: label above, hint below, and the error with its icon under it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label, set_style


class Field(QWidget):
    """Holds one input; it gets the label as accessible name. ``optional`` writes "Valfritt" beside the label."""

    def __init__(self, label: str, entry: QWidget, *, hint: str = "", optional: bool = False) -> None:
        super().__init__()
        self.entry = entry
        self.setObjectName(f"field_{entry.objectName()}")
        self._hint = hint
        entry.setAccessibleName(f"{label}, valfritt" if optional else label)
        entry.setAccessibleDescription(hint)
        caption = Label(label, "side", bold=True)
        caption.setBuddy(entry)
        mark = Label("Valfritt", "small", "text2")
        self._below = Label(hint, "small", "text2", wrap=True)
        self._error = Label("", "small", "bad", wrap=True, name=f"error_{entry.objectName()}")
        error_row = row(IconView("circle-alert", "bad", 16, top=1), gap=6)
        error_row.addWidget(self._error, 1)
        self._error_row = holder(error_row)
        self._error_row.hide()
        self.setLayout(column(row(caption, mark, None), entry, self._below, self._error_row, gap=4))
        # Only now: a piece without a parent would flash as a window of its own.
        mark.setVisible(optional)
        self._below.setVisible(bool(hint))

    @property
    def error(self) -> str:
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong and how to mend it; an empty sentence takes the error away."""
        self._error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        self._below.setVisible(bool(self._hint) and not sentence)
        self.entry.setAccessibleDescription(sentence or self._hint)
        set_style(self.entry, "wrong", "true" if sentence else "false")

    def caption(self) -> QLabel:
        """The label above, for tests and for tooltips."""
        return self.findChildren(QLabel)[0]
