"""Who has been asked in the period, who has answered, and who is late; with a ready reminder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.records import Inquiry
from fardplan_desktop.services import inquiries, question_papers
from fardplan_desktop.services.inquiries import AnswerState
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, card_title
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session

_COLUMNS = (
    Column("Till"),
    Column("Frågad", 110),
    Column("Svar senast", 110),
    Column("Läge", 160),
    Column("Svarade", 110),
)
_ORDER = (AnswerState.LATE, AnswerState.WAITING, AnswerState.ANSWERED)


class StandingCard(Card):
    """``remind`` gets the letter to those who have not answered; ``asked`` tells how many were asked."""

    read_asked = Signal()

    def __init__(self, session: Session, remind: Callable[[Letter], object]) -> None:
        self._session, self._remind = session, remind
        self.inquiries: tuple[Inquiry, ...] = ()
        self._table = TextTable("Svar", _COLUMNS, name="inquiries_table", most=12, least=180, status_columns={3})
        self._table.row_chosen.connect(lambda _row: self._show_chosen())
        self._told = Label("", "body", "text2", name="inquiry_told", wrap=True)
        self._all = Button("", icon="mail", name="remind_all", on_click=self._remind_all)
        self._one = Button("Påminn den valda", icon="mail", name="remind_one", on_click=self._remind_one)
        self._drop = Button("Ta bort frågan", "destructive", name="inquiry_remove", on_click=self._remove)
        self._read = Button(
            "Läs in svar …", icon="upload", name="answer_files", on_click=lambda: self.read_asked.emit()
        )
        buttons = FlowLayout(self._read, self._all, self._one, self._drop)
        super().__init__(card_title("Svar"), self._table, self._told, holder(buttons), gap=10, name="standing_card")

    def show_stored(self) -> None:
        workplace = self._session.workplace
        chosen = self._chosen
        found = inquiries.inquiries(workplace, period=self._session.period)
        self.inquiries = tuple(sorted(found, key=lambda each: _ORDER.index(inquiries.state(workplace, each))))
        self._table.show_rows([self._row(each) for each in self.inquiries])
        ids = [each.id for each in self.inquiries]
        if chosen is not None and chosen.id in ids:
            self._table.selectRow(ids.index(chosen.id))
        late = self._unanswered()
        self._all.setText(f"Påminn {len(late)} som inte har svarat")
        self._all.setVisible(len(late) > 1)
        self.setVisible(bool(self.inquiries))
        self._show_chosen()

    @property
    def sentence(self) -> str:
        """``Tertial 2 2026: 3 av 6 har svarat, 1 är sen.``"""
        period, workplace = self._session.period, self._session.workplace
        states = [inquiries.state(workplace, each) for each in self.inquiries]
        if not states:
            return f"{period.name.capitalize()}: ingen är frågad än."
        answered, late = states.count(AnswerState.ANSWERED), states.count(AnswerState.LATE)
        tail = f", {late} {'är sen' if late == 1 else 'är sena'}" if late else ""
        return f"{period.name.capitalize()}: {numbers_sv.of(answered, len(states))} har svarat{tail}."

    @property
    def first(self) -> QWidget:
        """Where the work begins."""
        return self._table

    @property
    def _chosen(self) -> Inquiry | None:
        at = self._table.currentIndex().row()
        return self.inquiries[at] if 0 <= at < len(self.inquiries) else None

    def _unanswered(self) -> list[Inquiry]:
        return [each for each in self.inquiries if each.answered is None]

    def _row(self, inquiry: Inquiry) -> tuple[str, ...]:
        state = inquiries.state(self._session.workplace, inquiry).value
        latest, answered = (str(each) if each else "" for each in (inquiry.latest, inquiry.answered))
        return inquiry.to, str(inquiry.asked), latest, state, answered

    def _show_chosen(self) -> None:
        chosen = self._chosen
        self._one.setVisible(chosen is not None and chosen.answered is None)
        self._drop.setVisible(chosen is not None)
        if chosen is None:
            self._told.setText("Släpp svaren var som helst på sidan. De känns igen på innehållet.")
            return
        asked = ", ".join(question_papers.asked_words(self._session.workplace, inquiry=chosen))
        mail = f" Skickad till {chosen.mail}." if chosen.mail else ""
        self._told.setText(f"{chosen.to}: {asked}.{mail}")

    def _remind_all(self) -> None:
        self._remind_these(self._unanswered())

    def _remind_one(self) -> None:
        if self._chosen is not None:
            self._remind_these([self._chosen])

    def _remind_these(self, whom: Sequence[Inquiry]) -> None:
        self._remind(question_papers.reminder(self._session.workplace, inquiries=whom))

    def _remove(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._session.change(lambda: inquiries.remove(self._session.workplace, inquiry=chosen))
