"""Saves an activity field by field, each on the record as it stands when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity, Indicator, Outcome
from fardplan_desktop.services import activities
from fardplan_desktop.ui.record_form import Edits
from fardplan_desktop.ui.session import Session

INDICATOR = "indicator_"
"""Beginning of the names of the indicator's own fields, as in the tables."""


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
        before, after = self.activity, with_field(self.activity, field, value)
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


def with_field(activity: Activity, field: str, value: Any) -> Activity:
    """The activity with another value in one field; another status drops the rest of the former one's sentence."""
    if field.startswith(INDICATOR):
        return _with_indicator(activity, field.removeprefix(INDICATOR), value or "")
    if field == "status" and value != activity.status:
        return msgspec.structs.replace(activity, status=value, status_note=None)
    return msgspec.structs.replace(activity, **{field: value})


def indicator_value(activity: Activity, part: str) -> str:
    """A part of the activity's first indicator; ``outcome`` is the latest."""
    indicator = activity.indicators[0] if activity.indicators else Indicator(text="")
    if part == "outcome":
        return indicator.outcomes[-1].value if indicator.outcomes else ""
    return str(getattr(indicator, part))


def _with_indicator(activity: Activity, part: str, value: str) -> Activity:
    standing = activity.indicators[0] if activity.indicators else Indicator(text="")
    if part == "outcome":
        indicator = msgspec.structs.replace(standing, outcomes=(Outcome(value=value),) if value else ())
    else:
        indicator = msgspec.structs.replace(standing, **{part: value})
    first = () if indicator == Indicator(text="") else (indicator,)
    return msgspec.structs.replace(activity, indicators=first + activity.indicators[1:])
