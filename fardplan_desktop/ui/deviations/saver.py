"""Saves an existing deviation field by field, each on the record as it stands when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations
from fardplan_desktop.ui.record_form import Edits
from fardplan_desktop.ui.session import Session


class Saver:
    """One for each deviation on show.

    ``written`` gives what the form holds that is not stored. Edits wait for each other. What was refused is tried
    again when something else has been stored, since a status may lack nothing but a comment. ``saved`` tells the
    deviation as it is now, ``failed`` the field and the error.
    """

    def __init__(
        self,
        session: Session,
        deviation: Deviation,
        *,
        written: Callable[[], dict[str, Any]],
        saved: Callable[[Deviation], object],
        failed: Callable[[str, WorldError], object],
    ) -> None:
        self._session = session
        self._edits = Edits(session, self._next)
        self.deviation = deviation
        self._written, self._saved, self._failed = written, saved, failed
        self._refused: dict[str, Any] = {}
        self._step: tuple[str, str] | None = None

    def step(self, status: str, comment: str) -> None:
        """Go to another status when what is written has been stored."""
        self._step = (status, comment)
        self._edits.go_on()

    def save(self, field: str = "") -> None:
        """Store what is written; ``field`` has just been left, so it is tried even if it was refused as it stands."""
        self._refused.pop(field, None)
        self._edits.go_on()

    def _next(self) -> None:
        for field, value in self._written().items():
            if value == getattr(self.deviation, field) or self._refused.get(field, _NOTHING) == value:
                continue
            after = msgspec.structs.replace(self.deviation, **{field: value})
            self._store(field, value, partial(self._update, after))
            return
        if self._step is not None:
            (status, comment), self._step = self._step, None
            self._store("status", status, lambda before: self._take_step(before, status, comment))

    def _update(self, after: Deviation, before: Deviation) -> Change:
        return deviations.update(self._session.workplace, before=before, after=after)

    def _take_step(self, before: Deviation, status: str, comment: str) -> Change:
        return deviations.take_step(self._session.workplace, deviation=before, status=status, comment=comment)

    def _store(self, field: str, value: Any, act: Callable[[Deviation], Change]) -> None:
        before = self.deviation

        def done() -> None:
            self._refused.clear()
            self._follow()

        def failed(error: WorldError) -> None:
            self._refused[field] = value
            self._follow()
            self._failed(field, error)

        self._edits.store(lambda: act(before), done=done, failed=failed)

    def _follow(self) -> None:
        """Take up what is stored now."""
        now = deviations.find(self._session.workplace, deviation=self.deviation.id)
        if now is not None:
            self.deviation = now
            self._saved(now)


_NOTHING = object()
