"""Above the grid: a question about one of its boxes that waits for an answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.services import questions_in
from fardplan_desktop.services.questions import State
from fardplan_desktop.services.questions_in import ToAnswer
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.session import Session

_TOUCHED = frozenset({"Delivery", "Question", "Reply"})


class QuestionLine(QWidget):
    """Hidden while nobody asks. The oldest is shown; the others stand on Start and with the questions."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__()
        self.setObjectName("count_question")
        self._context, self._session = context, session
        self._found: ToAnswer | None = None
        self._text = Label("", wrap=True, name="count_question_text")
        layout = row(IconView("message-square-text", "accent", top=1), gap=12, margins=(12, 4, 12, 4))
        layout.addWidget(self._text, 1)
        for button in (
            Button("Visa rutan", "small", name="count_question_cell", on_click=self._show_cell),
            Button("Svara", "small", name="count_question_answer", on_click=self._answer),
        ):
            layout.addWidget(button)
        self.setLayout(layout)
        session.changed.connect(self._changed)
        self._read()

    def _changed(self, change: object) -> None:
        """Typing in the grid asks nothing of the store."""
        if not isinstance(change, Change) or change.kinds & _TOUCHED:
            self._read()

    def _read(self) -> None:
        waiting = questions_in.to_answer(self._session.workplace)
        self._found = next((each for each in waiting if each.state is State.OPEN and each.cell is not None), None)
        self.setVisible(self._found is not None)
        if self._found is not None:
            self._text.setText(f"{self._found.by.name} frågar om {self._found.label}: {self._found.question.text}")

    def _show_cell(self) -> None:
        if self._found is not None and self._found.cell is not None:
            measure, month = self._found.cell
            self._context.go("counts", measure=measure, month=month)

    def _answer(self) -> None:
        if self._found is not None:
            self._context.go("replies", tab="questions", question=self._found.question.id)
