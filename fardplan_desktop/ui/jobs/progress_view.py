"""Puts running jobs on the work line: words after 0.4 seconds, counts after 4."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from fardplan_desktop.domain.progress import Done, Event, Started, Step, Warned
from fardplan_desktop.ui.jobs.runner import Job, Jobs
from fardplan_desktop.ui.parts.work_line import WorkLine

WORDS_AFTER_MS: Final = 400
COUNTS_AFTER_MS: Final = 4000


class ProgressView(QObject):
    """Follows every job that has a title and shows the newest of them."""

    def __init__(
        self, jobs: Jobs, line: WorkLine, *, words_after: int = WORDS_AFTER_MS, counts_after: int = COUNTS_AFTER_MS
    ) -> None:
        super().__init__(jobs)  # It lives as long as the jobs it follows, whatever line it is shown on.
        self._line = line
        self._words_after, self._counts_after = words_after, counts_after
        self._shown: dict[Job, _State] = {}
        jobs.started.connect(self._follow)

    def show_on(self, line: WorkLine) -> None:
        """The window has been built anew, and its work line with it."""
        self._line = line
        self._show()

    def _follow(self, job: Job) -> None:
        if not job.title:
            return
        state = _State(job.title)
        self._shown[job] = state
        job.changed.connect(partial(self._hear, job))
        job.finished.connect(partial(self._end, job))
        QTimer.singleShot(self._words_after, self, partial(self._ripen, job, "words"))
        QTimer.singleShot(self._counts_after, self, partial(self._ripen, job, "counts"))

    def _ripen(self, job: Job, what: str) -> None:
        state = self._shown.get(job)
        if state is not None:
            state.words = True
            state.counts = state.counts or what == "counts"
            self._show()

    def _hear(self, job: Job, event: Event) -> None:
        state = self._shown.get(job)
        if state is not None:
            state.hear(event)
            self._show()

    def _end(self, job: Job, _error: object) -> None:
        self._shown.pop(job, None)
        self._show()

    def _show(self) -> None:
        ripe = [(job, state) for job, state in self._shown.items() if state.words]
        if not ripe:
            self._line.hide()
            return
        job, state = ripe[-1]
        count = state.count() if state.counts else ""
        self._line.show_work(state.text, count, state.share(), job.cancel if state.can_cancel else None)


class _State:
    """What is known of one job so far."""

    def __init__(self, title: str) -> None:
        self.text = title
        self.words = self.counts = False
        self.can_cancel = False
        self._total, self._done, self._unit = 0, 0, ""

    def hear(self, event: Event) -> None:
        if isinstance(event, Started):
            self.text = event.title or self.text
            self._total, self._unit = event.total, event.unit
            self.can_cancel = True
        elif isinstance(event, Step):
            self._done = event.done
            self.text = event.text or self.text
        elif isinstance(event, (Warned, Done)):
            self.text = event.text or self.text

    def share(self) -> float | None:
        return self._done / self._total if self._total else None

    def count(self) -> str:
        return f"{self._done} av {self._total} {self._unit}".strip() if self._total else ""
