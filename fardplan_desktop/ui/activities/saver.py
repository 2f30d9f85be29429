"""Saves an activity field by field, each on the record as it stands when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity, Answer
from fardplan_desktop.services import activities
from fardplan_desktop.ui.record_form import Edits
from fardplan_desktop.ui.session import Session

ANSWER = "answer_"
"""Beginning of the names of the political questions' fields; the question's id follows."""
HOLDS = "holds"
"""Not a field: somebody says that the text of the field named is still true."""


class Saver:
    """One for each activity that is shown, or for one that is being written (``activity`` None until it has a name).

    Edits wait for each other, so the second field left in a hurry starts from what the first one stored. ``saved``
    tells the activity as it is now, ``failed`` the field and the error.
    """

    def __init__(
        self,
        session: Session,
        activity: Activity | None,
        *,
        saved: Callable[[Activity], object],
        failed: Callable[[str, WorldError], object],
    ) -> None:
        self._session = session
        self._edits = Edits(session, self._next)
        self.activity = activity
        self._saved, self._failed = saved, failed
        self._waiting: dict[str, Any] = {}

    def put(self, field: str, value: object) -> None:
        """Save this value as soon as earlier ones are stored."""
        self._waiting[field] = value
        self._edits.go_on()

    def _next(self) -> None:
        if not self._waiting:
            return
        if self.activity is None:
            if self._waiting.get("title"):
                self._create(self._waiting)
                self._waiting = {}
            return
        field = next(iter(self._waiting))
        value = self._waiting.pop(field)
        book = self._session.workplace.codebook
        before, after = self.activity, with_field(book, self.activity, field, value)
        if after == before:
            self._saved(before)
            self._next()
            return
        self._write(lambda: self._update(before, after), field)

    def _update(self, before: Activity, after: Activity) -> tuple[str, Change]:
        return before.id, activities.update(self._session.workplace, before=before, after=after)

    def _create(self, values: dict[str, Any]) -> None:
        def act() -> tuple[str, Change]:
            made, change = activities.add(self._session.workplace, **values)
            return made.id, change

        self._write(act, "title", values)

    def _write(self, act: Callable[[], tuple[str, Change]], field: str, back: dict[str, Any] | None = None) -> None:
        """``back`` is put back among the waiting when the write is refused, since nothing of it was stored."""
        written: list[str] = []

        def write() -> Change:
            record, change = act()
            written.append(record)
            return change

        def done() -> None:
            self.activity = activities.find(self._session.workplace, activity=written[0])
            if self.activity is not None:
                self._saved(self.activity)

        def failed(error: WorldError) -> None:
            wrong = error.detail if back and error.detail in back else field
            self._waiting = {**(back or {}), **self._waiting}
            self._waiting.pop(wrong, None)
            self._failed(wrong, error)

        self._edits.store(write, done=done, failed=failed)


def with_field(book: CodeBook, activity: Activity, field: str, value: Any) -> Activity:
    """The activity with another value in one field, and what goes with it.

    Another status drops the rest of the former one's sentence; a forum brings its level, and another level drops the
    forum. ``HOLDS`` with a field's name takes away the mark that its text is last year's.
    """
    if field.startswith(ANSWER):
        return _with_answer(activity, field.removeprefix(ANSWER), value or "")
    if field == HOLDS:
        kept = tuple(name for name in activity.unedited if name != value)
        return msgspec.structs.replace(activity, unedited=kept)
    if field == "forum":
        return activities.lifted(book, activity, forum=value)
    if field == "status" and value != activity.status:
        return msgspec.structs.replace(activity, status=value, status_note=None)
    if field == "lift_to" and value != activity.lift_to:
        return msgspec.structs.replace(activity, lift_to=value, forum=None)
    return msgspec.structs.replace(activity, **{field: value})


def value_of(activity: Activity, field: str) -> Any:
    """The field's value as the form shows it."""
    if field.startswith(ANSWER):
        question = field.removeprefix(ANSWER)
        return next((each.text for each in activity.answers if each.question == question), None)
    return getattr(activity, field)


def _with_answer(activity: Activity, question: str, text: str) -> Activity:
    """Answers lie in the order of their questions; an empty one is none."""
    told = {each.question: each.text for each in activity.answers} | {question: text}
    answers = tuple(Answer(question=each, text=told[each]) for each in sorted(told) if told[each])
    return msgspec.structs.replace(activity, answers=answers)
