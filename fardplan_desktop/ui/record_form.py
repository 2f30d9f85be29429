"""What the panels of single records share: edits stored one at a time."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.ui.session import Session


class Edits:
    """Keeps one edit in flight, so that the next starts from what it stored.

    ``next_edit`` is called whenever an edit may begin; it calls ``store`` if something waits.
    """

    def __init__(self, session: Session, next_edit: Callable[[], object]) -> None:
        self._session = session
        self._next = next_edit
        self._busy = False

    def go_on(self) -> None:
        if not self._busy:
            self._next()

    def store(
        self, act: Callable[[], Change], *, done: Callable[[], object], failed: Callable[[WorldError], object]
    ) -> None:
        """Store this one; what waits goes on after ``done`` or ``failed``."""
        self._busy = True

        def stored(_change: Change) -> None:
            self._busy = False
            done()
            self.go_on()

        def refused(error: WorldError) -> None:
            self._busy = False
            failed(error)
            self.go_on()

        self._session.change(act, done=stored, failed=refused)
