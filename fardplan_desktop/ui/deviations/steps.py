"""The way from registered to closed: where a deviation stands, and a button for each step it may take."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services.deviations import Step
from fardplan_desktop.ui.deviations import wording
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.status_text import StatusText
from fardplan_desktop.ui.parts.text import Label

_FILL: Final = {"causes": "Fyll i orsak", "action": "Fyll i åtgärd", "status_comment": "Skriv motivering"}


class StepBar(QWidget):
    """``stepped`` with status and comment; ``wanted`` with a field that must be filled in first."""

    stepped = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, book: CodeBook) -> None:
        super().__init__()
        self.setObjectName("step_bar")
        self._book = book
        self._shown: tuple[str, tuple[Step, ...]] = ("", ())
        self._status = column(gap=0)
        self._buttons = FlowLayout()
        self._others = FlowLayout()
        self._other_part = holder(self._others)
        self._ask = column(gap=8)
        self._ask_part = holder(self._ask, name="step_ask")
        self._error = Label("", "small", "bad", name="step_error", wrap=True)
        pieces = (self._status, holder(self._buttons), self._other_part, self._ask_part, self._error)
        self.setLayout(column(*pieces, gap=8))
        self._error.hide()
        self._ask_part.hide()

    def show_steps(self, deviation: Deviation, steps: Sequence[Step]) -> None:
        """Where it stands and where it may go; a question that is being answered stays while nothing has changed."""
        shown = (f"{deviation.id} {deviation.status}", tuple(steps))
        if shown == self._shown:
            return
        self._shown = shown
        self._let_be()
        clear(self._status)
        word = wording.label(self._book, "status", deviation.status)
        self._status.addWidget(StatusText(word, name="step_status", shown=wording.status_look(deviation)))
        clear(self._buttons)
        clear(self._others)
        self._other_part.hide()
        forward = [each for each in steps if each.way == "forward"]
        near = [*forward[:1], *(each for each in forward[1:] if each is forward[-1])]
        for each in near:
            self._buttons.addWidget(self._button(each, near=True))
        rest = [each for each in steps if each not in near]
        for each in rest:
            self._others.addWidget(self._button(each))
        if rest:
            more = Button("Andra steg", "quiet", icon="chevron-down", name="step_others", on_click=self._turn_others)
            self._buttons.addWidget(more)

    def show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _button(self, step: Step, *, near: bool = False) -> Button:
        word = self._book.label(DEVIATION_LISTS["status"], step.status)
        words = {"forward": f"Till {word}", "back": f"Tillbaka till {word}", "aside": word}[step.way]
        asks = step.needs_comment or step.lacks
        return Button(
            f"{words} …" if asks else words,
            "secondary" if near else "quiet",
            icon="arrow-right" if near else "",
            name=f"step_{step.status}",
            on_click=partial(self._go, step, words),
        )

    def _turn_others(self) -> None:
        self._other_part.setVisible(self._other_part.isHidden())

    def _go(self, step: Step, words: str) -> None:
        self._let_be()
        if step.lacks:
            self._say_lacking(step)
        elif step.needs_comment:
            self._ask_why(step, words)
        else:
            self.stepped.emit(step.status, "")

    def _say_lacking(self, step: Step) -> None:
        word = self._book.label(DEVIATION_LISTS["status"], step.status)
        sentence = (
            f"Innan den blir {word}: fyll i det som saknas. Är ingen åtgärd rätt, välj Ingen åtgärd och motivera."
        )
        self._ask.addWidget(Label(sentence, "side", name="step_lacks", wrap=True))
        fills = [
            Button(_FILL[field], name=f"step_fill_{field}", on_click=partial(self.wanted.emit, field))
            for field in step.lacks
        ]
        self._ask.addWidget(holder(FlowLayout(*fills)))
        self._ask_part.show()
        fills[0].setFocus()

    def _ask_why(self, step: Step, words: str) -> None:
        box = TextField(name="step_comment", longest=500)
        field = Field("Varför?", box, hint="Stannar hos er, skickas aldrig.")

        def go() -> None:
            if not may_save([box]):
                return
            if box.text().strip():
                self.stepped.emit(step.status, box.text().strip())
            else:
                field.show_error("Skriv varför.")
                box.setFocus()

        box.returnPressed.connect(go)
        sure = Button(words, name="step_go", on_click=go)
        leave = Button("Avbryt", "quiet", name="step_cancel", on_click=self._let_be)
        for piece in (field, holder(FlowLayout(sure, leave))):
            self._ask.addWidget(piece)
        self._ask_part.show()
        box.setFocus()

    def _let_be(self) -> None:
        clear(self._ask)
        self._ask_part.hide()
        self.show_error("")
