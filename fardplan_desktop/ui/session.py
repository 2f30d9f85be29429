"""The open workplace as the pages see it: one way to change data, one period, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import editing
from fardplan_desktop.services.workplace import Workplace, renewed
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages

T = TypeVar("T")


class Session(QObject):
    """Pages call ``change``; whoever shows data listens to ``changed`` and reads it anew."""

    changed = Signal(object)
    """A Change, after it is stored; None when anything may have changed."""
    period_changed = Signal(object)
    reopen_asked = Signal(object)
    """A path: the store has been put back from a copy and must be read anew."""
    codebook_renewed = Signal()
    """Another version of mått och listor is in force: ``workplace`` has it, pages are made anew."""
    pages_wanted = Signal(str)
    """The first start has been answered: show the rail, and this page."""

    def __init__(
        self,
        workplace: Workplace,
        jobs: Jobs,
        messages: Messages,
        period: Period,
        parent: QObject | None = None,
        *,
        last_visit: datetime | None = None,
    ) -> None:
        """``last_visit``: when this user last left the store, as an aware moment; None the first time."""
        super().__init__(parent)
        self.last_visit = last_visit
        self.workplace = workplace
        self._jobs = jobs
        self._messages = messages
        self._period = period

    @property
    def period(self) -> Period:
        """The reporting period chosen in the header."""
        return self._period

    def choose_period(self, period: Period) -> None:
        if period != self._period:
            self._period = period
            self.period_changed.emit(period)

    def change(
        self,
        act: Callable[[], Change],
        *,
        done: Callable[[Change], object] | None = None,
        failed: Callable[[WorldError], object] | None = None,
        quiet: bool = False,
    ) -> None:
        """Run a changing service after earlier writes, then show the receipt with Ångra and refresh every page.

        ``failed`` gets the world error instead of the problem bar, to show it by its field. ``quiet``: no receipt.
        """

        def stored(change: Change) -> None:
            if change.kinds and not quiet:
                self._messages.receipt(change.label, self.undo if change.undoable else None)
            self.tell(change)
            if done is not None:
                done(change)

        self._jobs.write(lambda _work: act(), stored, failed=failed)

    def read(self, act: Callable[[], T], done: Callable[[T], object]) -> None:
        """Run a reading service beside the window, and give its answer to ``done``."""
        self._jobs.read(lambda _work: act(), done)

    def tell(self, change: Change | None = None) -> None:
        """Something was stored by an act (sealing, intake, restore): refresh every page."""
        if change is not None and "CodeBook" in change.kinds:
            self.workplace = renewed(self.workplace)
            self.codebook_renewed.emit()
        self.changed.emit(change)

    def undo(self) -> None:
        self._jobs.write(lambda _work: editing.undo(self.workplace), self._undone)

    def redo(self) -> None:
        self._jobs.write(lambda _work: editing.redo(self.workplace), self._redone)

    def _undone(self, change: Change | None) -> None:
        self._after(change, "Ångrat", "ångra")

    def _redone(self, change: Change | None) -> None:
        self._after(change, "Gjort om", "göra om")

    def _after(self, change: Change | None, done: str, verb: str) -> None:
        if change is None:
            self._messages.receipt(f"Det finns inget att {verb}", icon="undo-2")
            return
        said = editing.passed_over(change, verb=verb) or f"{done}: {change.label}"
        self._messages.receipt(said, icon="undo-2")
        self.changed.emit(change)
