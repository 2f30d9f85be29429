"""The detail beside the table: one activity's form, its check-ins and its history."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.services import activities
from fardplan_desktop.ui.activities.check_in import CheckInForm, CheckInList
from fardplan_desktop.ui.activities.form import ActivityForm
from fardplan_desktop.ui.activities.planned import PlannedCheckIns
from fardplan_desktop.ui.activities.saver import Saver
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import body, card_title
from fardplan_desktop.ui.record_history import History
from fardplan_desktop.ui.session import Session


class ActivityPanel(Card):
    """Shows an activity, a new one, or a sentence when none is chosen. ``made`` tells the id of a new one;
    ``close_asked`` when the panel floats and the user is done with it.
    """

    made = Signal(str)
    close_asked = Signal()

    def __init__(self, session: Session, messages: Messages) -> None:
        super().__init__(gap=12, name="activity_panel")
        self._session, self._messages = session, messages
        self._saver: Saver | None = None
        self._held_back: dict[str, dict[str, Any]] = {}
        self._heading = card_title("", "activity_heading")
        self._heading.setWordWrap(True)
        self._nothing = body("Välj en aktivitet i tabellen för att se och ändra den.", "activity_nothing")
        self._form = ActivityForm(session.workplace)
        self._form.left.connect(self._left)
        self._check_in = CheckInForm(session)
        self._check_in.ended.connect(self._check_in_ended)
        self._planned = PlannedCheckIns(session)
        self._planned.begin_asked.connect(self.begin_check_in)
        self._check_ins = CheckInList()
        self._close = IconButton("x", "Stäng", size=28, name="panel_close", on_click=self.close_asked.emit)
        self._begin = Button("Stäm av", icon="check", name="check_in_begin", on_click=self.begin_check_in)
        self._remove = Button("Ta bort", "destructive", name="activity_remove", on_click=self._take_away)
        self._acts = holder(FlowLayout(self._begin, self._remove))
        self._turn = Button("Historik", "quiet", icon="history", name="activity_history", on_click=self._turn_history)
        self._history = History(session)
        head = row(gap=8)
        head.addWidget(self._heading, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.pieces.addLayout(head)
        above = (self._nothing, self._acts, self._check_in, self._form)
        for piece in (*above, self._planned, self._check_ins, self._turn, self._history):
            self.pieces.addWidget(piece)
        self.pieces.addStretch(1)
        self.setFocusProxy(self._form.title_entry)
        self.show_nothing()

    @property
    def activity(self) -> Activity | None:
        """The stored activity on show; None when there is none, or when it is not stored yet."""
        return self._saver.activity if self._saver else None

    @property
    def writing_new(self) -> bool:
        return self._saver is not None and self._saver.activity is None

    @property
    def half_done(self) -> bool:
        """A new one is begun, or a text waits to be mended."""
        return self.writing_new or bool(self._held_back)

    def set_floating(self, floating: bool) -> None:
        self._close.setVisible(floating)

    def show_nothing(self) -> None:
        self._saver = None
        self._arrange("")

    def show_activity(self, activity: Activity) -> None:
        """Show another activity, or the same as it is stored now."""
        if self._saver and self._saver.activity and self._saver.activity.id == activity.id:
            self._saver.activity = activity
            self._form.refresh(activity)
            self._stored_parts(activity)
            return
        self.leave()
        self._check_in.hide()
        self._history.hide()
        self._saver = self._new_saver(activity)
        self._form.show_activity(activity)
        self._form.write(self._held_back.pop(activity.id, {}))
        self._stored_parts(activity)

    def begin_new(self) -> None:
        """An empty form; the activity is stored when it has a name."""
        self.leave()
        self._check_in.hide()
        self._saver = self._new_saver(None)
        self._form.show_activity(None)
        self._arrange("Ny aktivitet")
        self._form.title_entry.setFocus()

    def begin_check_in(self, planned: CheckIn | None = None) -> None:
        """Open the fields of a check-in; ``planned`` is the planned one that it will be."""
        if self.activity is not None:
            self.leave()
            self._begin.setEnabled(False)
            self._check_in.open(self.activity, planned)

    def focus_begun(self) -> bool:
        """Put focus in what has been begun, a new activity or a check-in; False when nothing has."""
        if not self._check_in.isHidden():
            self._check_in.focus_first()
        elif self.writing_new:
            self._form.title_entry.setFocus()
        else:
            return False
        return True

    def leave(self) -> None:
        """Save what is half written."""
        if self._saver is not None:
            self._form.leave_all()
            if self._saver.activity is not None:
                self._held_back[self._saver.activity.id] = self._form.held_back()

    def _new_saver(self, activity: Activity | None) -> Saver:
        """Its answers reach the form only while it is still the one on show."""
        saver = Saver(
            self._session,
            activity,
            saved=lambda stored: self._stored(saver, stored),
            failed=lambda field, error: self._refused(saver, field, error),
        )
        return saver

    def _left(self, field: str, value: object) -> None:
        if self._saver is None:
            return
        self._form.show_error(field, "")
        self._saver.put(field, value)

    def _stored(self, saver: Saver, stored: Activity) -> None:
        if saver is not self._saver:
            return
        is_new = self._heading.text() == "Ny aktivitet"
        self._form.refresh(stored)
        self._stored_parts(stored)
        if is_new:
            self.made.emit(stored.id)

    def _refused(self, saver: Saver, field: str, error: WorldError) -> None:
        if saver is not self._saver or not self._form.show_error(field, error.sentence):
            self._messages.problem(error)

    def _stored_parts(self, activity: Activity) -> None:
        workplace = self._session.workplace
        self._check_in.follow(activity)
        self._planned.show_activity(activity)
        self._check_ins.show_check_ins(workplace.codebook, activities.check_ins(workplace, activity=activity.id))
        self._history.follow(activity)
        self._arrange(activity.title)

    def _arrange(self, heading: str) -> None:
        some, stored = self._saver is not None, self.activity is not None
        self._heading.setText(heading or "Ingen aktivitet vald")
        self._nothing.setVisible(not some)
        self._form.setVisible(some)
        for piece in (self._acts, self._planned, self._turn):
            piece.setVisible(stored)
        self._begin.setEnabled(self._check_in.isHidden())
        if not stored:
            for piece in (self._check_in, self._check_ins, self._history):
                piece.hide()

    def _check_in_ended(self) -> None:
        self._check_in.hide()
        self._begin.setEnabled(True)
        self._begin.setFocus()

    def _take_away(self) -> None:
        activity = self.activity
        if activity is not None:
            workplace = self._session.workplace
            self._session.change(lambda: activities.remove(workplace, activity=activity))

    def _turn_history(self) -> None:
        self._history.turn(self.activity)
