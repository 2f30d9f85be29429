"""Reads that overtake each other: while somebody types, only the answer to what was typed last is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.progress import Cancelled, Work
from fardplan_desktop.ui.jobs.runner import Job, Jobs

T = TypeVar("T")


class Latest:
    """One read at a time. A newer question asks the running one to stop, and its answer is not delivered."""

    def __init__(self, jobs: Jobs, failed: Callable[[WorldError], object]) -> None:
        self._jobs, self._failed = jobs, failed
        self._job: Job | None = None
        self._next: Callable[[], Job] | None = None

    def ask(self, fn: Callable[[Work], T], done: Callable[[T], object]) -> None:
        """Run ``fn`` in the pool; it calls ``work.check`` where it may be stopped."""

        def deliver(answer: T) -> None:
            if self._next is None:
                done(answer)

        def refused(error: WorldError) -> None:
            if not isinstance(error, Cancelled):
                self._failed(error)

        self._next = lambda: self._jobs.read(fn, deliver, failed=refused)
        if self._job is None:
            self._go_on()
        else:
            self._job.cancel()

    def _go_on(self) -> None:
        start, self._next = self._next, None
        self._job = start() if start is not None else None
        if self._job is not None:
            self._job.finished.connect(self._over)

    def _over(self, _error: object) -> None:
        self._go_on()
