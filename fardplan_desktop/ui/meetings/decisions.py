"""Decisions: what was decided, who does it, by when; a tick when it is done."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtWidgets import QVBoxLayout

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Decision
from fardplan_desktop.services import meetings
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import clear, column
from fardplan_desktop.ui.parts.text import body, card_title, secondary
from fardplan_desktop.ui.session import Session


class DecisionsCard(Card):
    """Open decisions first, then those of the chosen meeting; a new one is written under them."""

    def __init__(self, session: Session) -> None:
        super().__init__(name="decisions_card", gap=8)
        self._session = session
        self._meeting = ""
        self._list = column(gap=6)
        self._text = TextField(name="decision_text", longest=500)
        self._responsible = TextField(name="decision_responsible", hint="Funktion, inte namn", longest=120)
        self._latest = DateField(name="decision_latest")
        self._text_field = Field("Nytt beslut", self._text)
        self._add = Button("Anteckna beslut", name="decision_add", on_click=self._note)
        self._none = secondary("Välj eller skapa ett möte för att anteckna beslut.", wrap=True)
        self._entry = (
            self._text_field,
            Field("Ansvarig funktion", self._responsible, optional=True),
            Field("Senast", self._latest, optional=True),
            self._add,
        )
        self.pieces.addWidget(card_title("Beslut"))
        self.pieces.addLayout(self._list)
        self.pieces.addWidget(self._none)
        for piece in self._entry:
            self.pieces.addWidget(piece)
        self.show_meeting("")

    def show_meeting(self, meeting: str) -> None:
        """The decisions of this meeting, and all that are still open."""
        self._meeting = meeting
        workplace = self._session.workplace
        still_open = meetings.open_decisions(workplace)
        done = [each for each in meetings.decisions(workplace, meeting=meeting) if each.done] if meeting else []
        clear(self._list)
        for number, each in enumerate((*still_open, *done)):
            if number:
                self._list.addWidget(Line())
            self._list.addLayout(self._row(each, number))
        for piece in self._entry:
            piece.setVisible(bool(meeting))
        self._none.setVisible(not meeting)

    def _row(self, decision: Decision, number: int) -> QVBoxLayout:
        tick = CheckBox("Klart", name=f"decision_{number}", checked=decision.done)
        tick.setAccessibleDescription(decision.text)
        tick.toggled.connect(partial(self._set_done, decision))
        latest = f"senast {numbers_sv.day(decision.latest)}" if decision.latest else ""
        about = " · ".join(part for part in (decision.responsible, latest) if part)
        pieces = column(body(decision.text), gap=0)
        if about:
            pieces.addWidget(secondary(about, wrap=True))
        pieces.addWidget(tick)
        return pieces

    def _set_done(self, decision: Decision, done: bool) -> None:
        workplace = self._session.workplace
        after = msgspec.structs.replace(decision, done=done)
        self._session.change(lambda: meetings.put_decision(workplace, before=decision, after=after))

    def _note(self) -> None:
        if not may_save([self._text, self._responsible]):
            return
        workplace = self._session.workplace
        draft = Decision(
            id="",
            meeting=self._meeting,
            text=self._text.text().strip(),
            responsible=self._responsible.text().strip(),
            latest=self._latest.day,
        )
        self._session.change(
            lambda: meetings.put_decision(workplace, before=None, after=draft),
            done=lambda _change: self._noted(),
            failed=self._refused,
        )

    def _noted(self) -> None:
        self._text_field.show_error("")
        for field in (self._text, self._responsible):
            field.clear()
        self._latest.show_day(None)
        self._text.setFocus()

    def _refused(self, error: WorldError) -> None:
        self._text_field.show_error(error.sentence)
