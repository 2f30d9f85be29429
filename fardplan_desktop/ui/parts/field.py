"""A field of a form: label above, hint below, and the error with its icon under it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.text import Label, set_style
from fardplan_desktop.ui.parts.text_inputs import TextArea, TextField


class Field(QWidget):
    """Holds one input; it gets the label as accessible name. ``optional`` writes "Valfritt" beside the label.

    Under a field of text it says what the guard has to say, before anything else.
    ``wrap``: the label is a whole question and may need several lines.
    """

    def __init__(
        self, label: str, entry: QWidget, *, hint: str = "", optional: bool = False, wrap: bool = False
    ) -> None:
        super().__init__()
        self.entry = entry
        self.setObjectName(f"field_{entry.objectName()}")
        self._hint = hint
        entry.setAccessibleName(f"{label}, valfritt" if optional else label)
        entry.setAccessibleDescription(hint)
        caption = Label(label, "side", bold=True, wrap=wrap)
        caption.setBuddy(entry)
        mark = Label("Valfritt", "small", "text2")
        self._below = Label(hint, "small", "text2", wrap=True)
        self._error = Label("", "small", "bad", wrap=True, name=f"error_{entry.objectName()}")
        error_row = row(IconView("circle-alert", "bad", 16, top=1), gap=6)
        error_row.addWidget(self._error, 1)
        self._error_row = holder(error_row)
        self._error_row.hide()
        self._question = _Question(f"question_{entry.objectName()}")
        pieces = (entry, self._below, self._error_row, self._question)
        head = caption if wrap else row(caption, mark, None)
        self.setLayout(column(head, *pieces, gap=4))
        # Only now: a piece without a parent would flash as a window of its own.
        mark.setVisible(optional and not wrap)
        self._below.setVisible(bool(hint))
        self._said = ""
        self._guard = entry.guard if isinstance(entry, TextField | TextArea) else None
        if isinstance(entry, TextField | TextArea):
            self._watch(entry)
        if isinstance(entry, DateField):
            entry.told.connect(self.show_error)

    @property
    def error(self) -> str:
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong and how to mend it; an empty sentence takes the error away."""
        self._said = sentence
        self._say()

    def caption(self) -> QLabel:
        """The label above, for tests and for tooltips."""
        return self.findChildren(QLabel)[0]

    def _say(self) -> None:
        """The guard first, then the error, then the hint."""
        sentence = (self._guard.sentence if self._guard else "") or self._said
        question = self._guard.question if self._guard else ""
        self._error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        self._question.ask(question)
        self._below.setVisible(bool(self._hint) and not sentence and not question)
        self.entry.setAccessibleDescription(sentence or question or self._hint)
        set_style(self.entry, "wrong", "true" if sentence else "false")

    def _watch(self, entry: TextField | TextArea) -> None:
        guard = entry.guard
        guard.alone = False

        def told() -> None:
            if guard.marks:
                self._said = ""  # It was about the text that has become another.
            self._say()

        def keep() -> None:
            guard.know(guard.text)
            entry.left.emit()

        def take_away() -> None:
            entry.replace(guard.without_contacts())
            if guard.may_leave():
                entry.left.emit()

        guard.told.connect(told)
        self._question.keep.clicked.connect(keep)
        self._question.take_away.clicked.connect(take_away)


class _Question(QWidget):
    """``Telefonnummer till en funktion?`` with its two answers."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words = Label("", "small", wrap=True)
        self.keep = Button("Spara ändå", "small", name=f"{name}_keep")
        self.take_away = Button("Ta bort", "small", name=f"{name}_remove")
        words = row(IconView("info", "warn", 16, top=1), gap=6)
        words.addWidget(self._words, 1)
        self.setLayout(column(words, holder(FlowLayout(self.keep, self.take_away)), gap=2))
        self.hide()

    def ask(self, question: str) -> None:
        """Another question, or none."""
        self._words.setText(question)
        self.setVisible(bool(question))
