"""The meeting a paper is for: which forum, when, what is on the agenda."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.records import Meeting
from fardplan_desktop.services import meetings
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import card_title
from fardplan_desktop.ui.session import Session

_NONE = ""


class MeetingCard(Card):
    """Choose among the meetings or make a new one; fields are saved on leaving."""

    chosen = Signal(str)
    """A meeting's id, empty for none."""

    def __init__(self, session: Session) -> None:
        super().__init__(name="meeting_card", gap=10)
        self._session = session
        self._meeting: Meeting | None = None
        self._which = Combo([(_NONE, "Inget möte valt")], name="meeting_choice")
        self._forum = Combo([(_NONE, "Välj forum")], name="meeting_forum")
        self._date = DateField(name="meeting_date")
        self._time = TextField(name="meeting_time", hint="09:00", longest=5)
        self._agenda = TextArea(name="meeting_agenda", hint="En punkt per rad", lines=4)
        self._forum_field = Field("Forum", self._forum)
        self.pieces.addWidget(card_title("Möte"))
        self.pieces.addWidget(Field("Underlaget gäller", self._which))
        self._fields = (
            self._forum_field,
            Field("Datum", self._date),
            Field("Tid", self._time, optional=True),
            Field("Dagordning", self._agenda, optional=True),
        )
        for field in self._fields:
            self.pieces.addWidget(field)
        self._remove = Button("Ta bort mötet", "small", name="meeting_remove", on_click=self._take_away)
        self.pieces.addLayout(row(None, self._remove))
        self._which.picked.connect(self._choose)
        self._forum.picked.connect(lambda _key: self._save())
        for entry in (self._date, self._time, self._agenda):
            entry.left.connect(self._save)
        self._choose_first()

    @property
    def meeting(self) -> Meeting | None:
        return self._meeting

    def show_stored(self) -> None:
        """Read the meetings anew, keeping the choice if it is still there."""
        chosen = self._meeting.id if self._meeting else _NONE
        known = {each.id: each for each in meetings.meetings(self._session.workplace)}
        self._show(known.get(chosen))

    def add(self) -> None:
        """A new meeting today in the first local forum, to be changed in the fields."""
        workplace = self._session.workplace
        local = [each for each in meetings.forums(workplace) if each.delregion] or list(meetings.forums(workplace))
        draft = Meeting(id="", forum=local[0].id, date=workplace.today)
        self._session.change(lambda: meetings.put_meeting(workplace, before=None, after=draft), done=self._added)

    def _added(self, change: Change) -> None:
        known = {each.id: each for each in meetings.meetings(self._session.workplace)}
        self._show(known.get(change.ids[0]))
        self._date.setFocus()

    def _choose_first(self) -> None:
        self._show(meetings.next_meeting(self._session.workplace))

    def _choose(self, meeting: str) -> None:
        known = {each.id: each for each in meetings.meetings(self._session.workplace)}
        self._show(known.get(meeting))

    def _show(self, meeting: Meeting | None) -> None:
        workplace = self._session.workplace
        before, self._meeting = self._meeting, meeting
        options = [
            (each.id, f"{numbers_sv.day(each.date)}, {meetings.meeting_name(workplace, each)}")
            for each in meetings.meetings(workplace)
        ]
        self._which.set_options([(_NONE, "Inget möte valt"), *options], meeting.id if meeting else _NONE)
        for field in self._fields:
            field.setVisible(meeting is not None)
        self._remove.setVisible(meeting is not None)
        if meeting is not None:
            forums = [(each.id, each.label) for each in meetings.forums(workplace)]
            self._forum.set_options(forums, meeting.forum)
            self._date.show_day(meeting.date)
            self._time.show_stored(meeting.time)
            self._agenda.show_stored("\n".join(meeting.agenda))
        if before != meeting:
            self.chosen.emit(meeting.id if meeting else _NONE)

    def _save(self) -> None:
        before = self._meeting
        if before is None:
            return
        agenda = tuple(line.strip() for line in self._agenda.toPlainText().splitlines() if line.strip())
        after = msgspec.structs.replace(
            before,
            forum=self._forum.key,
            date=self._date.day or before.date,
            time=self._time.text().strip(),
            agenda=agenda,
        )
        if after == before:
            return
        self._meeting = after
        workplace = self._session.workplace
        self._session.change(
            lambda: meetings.put_meeting(workplace, before=before, after=after),
            failed=lambda error: self._refused(before, error.sentence),
        )

    def _refused(self, before: Meeting, sentence: str) -> None:
        self._meeting = before
        self._forum_field.show_error(sentence)

    def _take_away(self) -> None:
        meeting = self._meeting
        if meeting is not None:
            workplace = self._session.workplace
            self._session.change(lambda: meetings.remove_meeting(workplace, meeting=meeting))
