"""One step of the county's draft, asked for in a dialog: a few fields in, one step out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook_edits import Step
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea, TextField
from fardplan_desktop.ui.parts.text import Label

Failed = Callable[[WorldError], object]
Act = Callable[[Step, Callable[[], object], Failed], object]
"""Takes the step; then calls the second when it is taken, or the third with what stops it."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A field: a text, or a day, a yes or no, a choice among ``options`` when its value is of that kind."""

    name: str
    label: str
    value: str | bool | date | None = ""
    day: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """Key and word."""
    long: bool = False
    hint: str = ""
    address: bool = False
    """An address of a function is not asked about as if it were a person's."""


class Answers:
    """What stands in the fields."""

    def __init__(self, entries: dict[str, QWidget]) -> None:
        self._entries = entries

    def text(self, name: str) -> str:
        entry = self._entries[name]
        if isinstance(entry, Combo):
            return entry.key
        return (
            entry.toPlainText() if isinstance(entry, TextArea) else entry.text() if isinstance(entry, TextField) else ""
        )

    def number(self, name: str) -> int:
        """-1, which no check lets pass, for what is no whole number."""
        text = self.text(name).strip()
        return int(text) if text.isdecimal() and len(text) < 6 else -1

    def day(self, name: str) -> date | None:
        entry = self._entries[name]
        return entry.day if isinstance(entry, DateField) else None

    def yes(self, name: str) -> bool:
        entry = self._entries[name]
        return isinstance(entry, CheckBox) and entry.isChecked()


class Form(msgspec.Struct, frozen=True):
    """What a dialog asks and what comes of the answers. ``make`` may raise InputProblem."""

    heading: str
    about: str
    asks: Sequence[Ask]
    make: Callable[[Answers], Step]
    verb: str = "Lägg i utkastet"


class StepDialog(Dialog):
    """Closes when the step is taken; what stops it is told in the dialog."""

    def __init__(
        self, form: Form, parent: QWidget, act: Callable[[Step, Callable[[], object], Failed], object]
    ) -> None:
        super().__init__(form.heading, parent, name="codebook_step", width=560)
        self._form, self._act = form, act
        self.add_text(form.about, secondary=True)
        self._entries: dict[str, QWidget] = {}
        for ask in form.asks:
            entry = _entry(ask)
            self._entries[ask.name] = entry
            self.content.addWidget(entry if isinstance(entry, CheckBox) else Field(ask.label, entry, hint=ask.hint))
        self._error = Label("", "small", "bad", wrap=True, name="codebook_step_error")
        self.content.addWidget(self._error)
        self._error.hide()
        go = Button(form.verb, "primary", name="codebook_step_go", on_click=self._go)
        self.set_buttons(go, Button("Avbryt", name="codebook_step_cancel", on_click=self.reject), safe=go)
        if self._entries:
            next(iter(self._entries.values())).setFocus()

    def _go(self) -> None:
        try:
            step = self._form.make(Answers(self._entries))
        except WorldError as error:
            self._failed(error)
            return
        self._act(step, self.accept, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._error.setText(error.sentence)
        self._error.show()


def _entry(ask: Ask) -> QWidget:
    name = f"step_{ask.name}"
    if ask.options:
        return Combo(ask.options, name=name, current=str(ask.value or ""), hint="" if ask.value else "Välj")
    if ask.day:
        return DateField(ask.value if isinstance(ask.value, date) else None, name=name)
    if isinstance(ask.value, bool):
        box = CheckBox(ask.label, name=name)
        box.setChecked(ask.value)
        return box
    if ask.long:
        return TextArea(str(ask.value or ""), name=name, lines=4)
    watch = Watch.IDENTITY if ask.address else Watch.EVERYTHING
    return TextField(str(ask.value or ""), name=name, longest=200, watch=watch)
