"""Stäm av: how an activity stands today, and how it has stood before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.activity_words import forecast_word
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.services import activities
from fardplan_desktop.ui.activities.entries import ActivityEntries
from fardplan_desktop.ui.activities.fields import forecast_choice, question, status_choice
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.status_text import StatusText
from fardplan_desktop.ui.parts.text import body, secondary, strong
from fardplan_desktop.ui.session import Session


class CheckInFields(QWidget):
    """Status, forecast and a comment on one activity; ``stored`` when they have become a check-in.

    ``plans_next``: also the day of the next one, if somebody likes.
    """

    stored = Signal()

    def __init__(self, session: Session, *, plans_next: bool = False) -> None:
        super().__init__()
        self._session = session
        self._activity: Activity | None = None
        self._planned: CheckIn | None = None
        self._storing = False
        self._status = status_choice(session.workplace, "check_in_status")
        make = ActivityEntries()
        self._rest = make.line("check_in_note", "Statustext")
        self._forecast = forecast_choice(session.workplace, "check_in_forecast")
        self._comment = make.area(
            "check_in_comment", "Kommentar", hint="Hur går det? Skriv inget som kan röja en person."
        )
        self._status.left.connect(lambda _name: self._ask_for_rest())
        self._next = make.day("check_in_next", "Nästa avstämning", propose=session.workplace.today, hint="Om ni vill.")
        self._entries = (self._status, self._rest, self._forecast, self._comment, self._next)
        self.setLayout(column(*(each.widget for each in self._entries), gap=12))
        self._next.widget.setVisible(plans_next)

    def open(self, activity: Activity, planned: CheckIn | None = None) -> None:
        """Begin with the activity's status and forecast of today, and an empty comment.

        ``planned`` is the planned check-in that this will be.
        """
        self._activity, self._planned = activity, planned
        self._status.show(activity.status)
        self._rest.show(activity.status_note)
        self._forecast.show(activity.forecast)
        self._comment.show(None)
        self._next.show(None)
        self._ask_for_rest()

    def focus_first(self) -> None:
        self._status.input.setFocus()

    def follow(self, activity: Activity) -> None:
        """The same activity as it is stored now; what the user has written stays."""
        self._activity = activity

    @property
    def written(self) -> dict[str, Any]:
        """What the user has written that is not stored: name of the field → value."""
        return {each.name: each.read() for each in self._entries if each.changed}

    def write(self, written: Mapping[str, Any]) -> None:
        """Put back what was written before."""
        for each in self._entries:
            if each.name in written:
                each.write(written[each.name])
        self._ask_for_rest()

    def store(self) -> None:
        """Make it a check-in of today, once however fast one presses; a refusal is shown at its field."""
        activity = self._activity
        assert activity is not None, "the fields are opened for an activity"
        if self._storing or not may_save([self._rest.input, self._comment.input]):
            return
        self._storing = True
        planned, next_on = self._planned, self._next.read()
        said = {
            "status": self._status.read(),
            "forecast": self._forecast.read(),
            "comment": self._comment.read() or "",
            "status_note": None if self._rest.widget.isHidden() else self._rest.read(),
        }
        workplace = self._session.workplace
        for entry in (self._comment, self._rest, self._next):
            entry.show_error("")
        self._session.change(
            lambda: activities.check_in(workplace, activity=activity, planned=planned, next_on=next_on, **said),
            done=lambda _change: self._done(),
            failed=self._failed,
        )

    def _ask_for_rest(self) -> None:
        code = self._session.workplace.codebook.list("aktivitetsstatus").by_id.get(self._status.read() or "")
        rest = code.rest if code else ""
        if rest:
            self._rest.rename(question(rest))
        self._rest.widget.setVisible(bool(rest))

    def _done(self) -> None:
        self._storing = False
        self.stored.emit()

    def _failed(self, error: WorldError) -> None:
        self._storing = False
        at = {"status_note": self._rest, "next_on": self._next}
        at.get(error.detail, self._comment).show_error(error.sentence)


class CheckInForm(QWidget):
    """A check-in of the activity in the panel; ``ended`` when it has been stored or let go."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("check_in")
        self._fields = CheckInFields(session, plans_next=True)
        self._fields.stored.connect(self.ended)
        self.focus_first, self.follow = self._fields.focus_first, self._fields.follow
        store = Button("Spara avstämningen", name="check_in_store", on_click=self._fields.store)
        leave = Button("Avbryt", "quiet", name="check_in_leave", on_click=self.ended.emit)
        buttons = holder(FlowLayout(store, leave))
        self.setLayout(column(Line(), strong("Avstämning i dag"), self._fields, buttons, Line(), gap=12))
        self.hide()

    def open(self, activity: Activity, planned: CheckIn | None = None) -> None:
        self._fields.open(activity, planned)
        self.show()
        self._fields.focus_first()


class CheckInList(QWidget):
    """Earlier check-ins, latest first."""

    def __init__(self, heading: str = "Avstämningar") -> None:
        super().__init__()
        self._heading = heading
        self.setObjectName("check_ins")
        self._rows = column(gap=10)
        self.setLayout(self._rows)

    def show_check_ins(self, book: CodeBook, entries: Sequence[CheckIn]) -> None:
        clear(self._rows)
        self.setVisible(bool(entries))
        if entries:
            self._rows.addWidget(strong(self._heading))
        for entry in entries:
            self._rows.addWidget(_check_in(book, entry))


def _check_in(book: CodeBook, entry: CheckIn) -> QWidget:
    words = [book.label("aktivitetsstatus", entry.status)] if entry.status else []
    if entry.forecast:
        words.append(forecast_word(book, entry.forecast))
    pieces: list[QWidget] = [secondary(numbers_sv.short_day(entry.date))]
    if words:
        pieces.append(holder(FlowLayout(*(StatusText(word) for word in words), gap=16, line_gap=2)))
    if entry.comment:
        pieces.append(body(entry.comment))
    return holder(column(*pieces, gap=2), name="check_in_row")
