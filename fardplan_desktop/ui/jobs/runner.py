"""Runs work off the GUI thread: writes one at a time and in order, reads in a pool.

Results, progress and failures arrive on the GUI thread. A failure nobody took care of is always shown.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.progress import CancelToken, Event, Work

T = TypeVar("T")
_READERS: Final = 2
_Wishes = tuple[Callable[[Any], object] | None, Callable[[WorldError], object] | None]


class Job(QObject):
    """One piece of work on its way. ``changed`` tells every progress event, ``finished`` comes once and last."""

    changed = Signal(object)
    finished = Signal(object)
    _told = Signal(object)

    def __init__(self, title: str, *, writes: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.writes = writes
        self._token = CancelToken()
        self.work = Work(self._told.emit, self._token)
        self._told.connect(self._pass_on)

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self._token.cancel()

    @Slot(object)
    def _pass_on(self, event: Event) -> None:
        """On the GUI thread, because the job lives there."""
        self.changed.emit(event)


class Jobs(QObject):
    """``show_failure`` (``Messages.failure``) is the door for every failure that a job's own ``failed`` does not take.

    ``started`` tells each new ``Job``; ``writes_ended`` comes when the last write is done and its result delivered.
    """

    started = Signal(object)
    writes_ended = Signal()
    _over = Signal(object, object, object)

    def __init__(self, show_failure: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show_failure = show_failure
        self._writer = ThreadPoolExecutor(1, "fardplan-write")
        self._readers = ThreadPoolExecutor(_READERS, "fardplan-read")
        self._running: dict[Job, _Wishes] = {}
        self._closed = False
        # Queued always: work that ends at once hands over on the GUI thread, before ``write`` has returned.
        self._over.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        fn: Callable[[Work], T],
        done: Callable[[T], object] | None = None,
        *,
        title: str = "",
        failed: Callable[[WorldError], object] | None = None,
    ) -> Job:
        """Run ``fn`` after all earlier writes; ``done`` or ``failed`` is called on the GUI thread."""
        return self._start(self._writer, fn, done, failed, title, writes=True)

    def read(
        self,
        fn: Callable[[Work], T],
        done: Callable[[T], object] | None = None,
        *,
        title: str = "",
        failed: Callable[[WorldError], object] | None = None,
    ) -> Job:
        """Run ``fn`` beside other reads; it must not change the store."""
        return self._start(self._readers, fn, done, failed, title, writes=False)

    @property
    def writing(self) -> bool:
        """Whether a write is running, waiting, or not yet delivered."""
        return any(job.writes for job in self._running)

    def close(self) -> None:
        """Cancel the reads, wait for every write asked for, and end the threads. Nothing is delivered after."""
        self._closed = True
        for job in self._running:
            if not job.writes:
                job.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _start(
        self,
        pool: ThreadPoolExecutor,
        fn: Callable[[Work], T],
        done: Callable[[T], object] | None,
        failed: Callable[[WorldError], object] | None,
        title: str,
        *,
        writes: bool,
    ) -> Job:
        job = Job(title, writes=writes, parent=self)
        self._running[job] = (done, failed)
        self.started.emit(job)
        pool.submit(fn, job.work).add_done_callback(partial(self._hand_over, job))
        return job

    def _hand_over(self, job: Job, future: Future[Any]) -> None:
        """On the worker thread: send the outcome to the GUI thread."""
        if self._closed or future.cancelled():
            return
        error = future.exception()
        self._over.emit(job, None if error else future.result(), error)

    @Slot(object, object, object)
    def _deliver(self, job: Job, result: object, error: BaseException | None) -> None:
        done, failed = self._running.pop(job)
        try:
            if error is None:
                if done is not None:
                    done(result)
            elif isinstance(error, WorldError) and failed is not None:
                failed(error)
            else:
                self._show_failure(error)
        finally:
            job.finished.emit(error)
            job.deleteLater()
            if job.writes and not self.writing:
                self.writes_ended.emit()
