"""Frågor: what we are asked and answer, what we have asked and are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.questions import Asked, State, days_words
from fardplan_desktop.services.questions_in import ToAnswer
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import TextArea
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import Label, card_title
from fardplan_desktop.ui.parts.text_table import Column, TextTable

_COLUMNS = (Column("Värde", 0), Column("Organisation", 230), Column("Läge", 250), Column("Skickad", 90))


class QuestionActs(msgspec.Struct, frozen=True):
    """What the page does for the views."""

    answer: Callable[[str, str], object]
    close: Callable[[str], object]
    send_answers: Callable[[int], object]
    send_questions: Callable[[int], object]
    show_cell: Callable[[str, str], object]


class AnswerView(QWidget):
    """Questions to us."""

    def __init__(self, acts: QuestionActs) -> None:
        super().__init__()
        self.setObjectName("answer_view")
        self._acts = acts
        self._found: tuple[ToAnswer, ...] = ()
        self._table = TextTable("Frågor till oss", _COLUMNS, name="answer_table", most=8, least=240, status_columns={2})
        self._table.row_chosen.connect(lambda _row: self._show_chosen())
        self._text = Label("", wrap=True, name="answer_question")
        self._answer = TextArea(name="answer_text", lines=3)
        self._field = Field("Svar", self._answer, hint="Inga uppgifter om personer.")
        self._keep = Button("Spara svaret", "primary", name="answer_keep", on_click=self._press)
        self._cell = Button("Visa rutan", name="answer_cell", on_click=self._show_cell)
        self._send = Button("", icon="send", name="answer_send", on_click=lambda: acts.send_answers(self._unsent))
        self._card = Card(
            card_title("Frågor till oss"), self._table, self._text, self._field,
            holder(FlowLayout(self._keep, self._cell, self._send)), name="answer_card",
        )  # fmt: skip
        self._empty = EmptyState("message-square-text", "Ni har inte fått några frågor.", name="answer_empty")
        self.setLayout(column(self._card, self._empty, None, gap=12))

    def show_questions(self, found: Sequence[ToAnswer], chosen: str = "") -> None:
        self._found = tuple(found)
        self._card.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._table.show_rows([_line(each.label, each.by.name, each, _sent(each)) for each in found])
        at = next((at for at, each in enumerate(found) if each.question.id == chosen), 0)
        if found:
            self._table.selectRow(at)
        self._send.setVisible(bool(self._unsent))
        self._send.setText(f"Försegla {'svaret' if self._unsent == 1 else f'{self._unsent} svar'}")
        self._show_chosen()

    @property
    def _unsent(self) -> int:
        return sum(each.state is State.ANSWERED and not each.sent for each in self._found)

    @property
    def chosen(self) -> ToAnswer | None:
        at = self._table.currentIndex().row()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show_chosen(self) -> None:
        found = self.chosen
        if found is None:
            return
        self._text.setText(f"{found.by.name} ser {found.question.shown or 'inget värde'}. {found.question.text}")
        self._answer.show_stored(found.answer)
        is_open = found.state is not State.CLOSED
        self._field.setEnabled(is_open)
        self._keep.setVisible(is_open)
        self._cell.setVisible(found.cell is not None)

    def _press(self) -> None:
        found = self.chosen
        if found is not None and may_save([self._answer]):
            self._acts.answer(found.question.id, self._answer.toPlainText())

    def _show_cell(self) -> None:
        found = self.chosen
        if found is not None and found.cell is not None:
            self._acts.show_cell(*found.cell)


class AskedView(QWidget):
    """Our questions."""

    def __init__(self, acts: QuestionActs) -> None:
        super().__init__()
        self.setObjectName("asked_view")
        self._acts = acts
        self._found: tuple[Asked, ...] = ()
        self._table = TextTable("Våra frågor", _COLUMNS, name="asked_table", most=8, least=240, status_columns={2})
        self._table.row_chosen.connect(lambda _row: self._show_chosen())
        self._text = Label("", wrap=True, name="asked_text")
        self._close = Button("Avsluta frågan", name="asked_close", on_click=self._press)
        self._send = Button(
            "", "primary", icon="send", name="asked_send", on_click=lambda: acts.send_questions(self._unsent)
        )
        self._card = Card(
            card_title("Våra frågor"), self._table, self._text, holder(FlowLayout(self._close, self._send)),
            name="asked_card",
        )  # fmt: skip
        self.setLayout(column(self._card, None, gap=12))

    def show_questions(self, found: Sequence[Asked]) -> None:
        self._found = tuple(found)
        self._card.setVisible(bool(found))
        self._table.show_rows([_line(each.label, each.of.name, each, _sent(each)) for each in found])
        if found:
            self._table.selectRow(0)
        self._send.setVisible(bool(self._unsent))
        self._send.setText(f"Försegla {'frågan' if self._unsent == 1 else f'{self._unsent} frågor'}")
        self._show_chosen()

    @property
    def _unsent(self) -> int:
        return sum(not each.sent for each in self._found)

    def _show_chosen(self) -> None:
        at = self._table.currentIndex().row()
        if not 0 <= at < len(self._found):
            return
        found = self._found[at]
        answer = f"\n\nSvar {found.answered}: {found.answer}" if found.answer else ""
        self._text.setText(f"Fråga {found.question.asked}: {found.question.text}{answer}")
        self._close.setVisible(found.state is not State.CLOSED)

    def _press(self) -> None:
        at = self._table.currentIndex().row()
        if 0 <= at < len(self._found):
            self._acts.close(self._found[at].question.id)


def _line(label: str, name: str, each: Asked | ToAnswer, sent: str) -> tuple[str, ...]:
    corrected = ", perioden är rättad" if each.corrected else ""
    return label, name, f"{days_words(each.state, each.days).capitalize()}{corrected}", sent


def _sent(each: Asked | ToAnswer) -> str:
    if isinstance(each, ToAnswer) and each.state is not State.ANSWERED:
        return ""
    return "Ja" if each.sent else "Nej"
