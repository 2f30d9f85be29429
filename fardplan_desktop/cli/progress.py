"""Long work at a terminal: how far it has come, on standard error, and Ctrl+C that stops it at a safe place."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from fardplan_desktop.cli.output import printable
from fardplan_desktop.domain.progress import CancelToken, Event, Started, Step, Work

_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def watched(*, always: bool) -> Iterator[Work]:
    """The first Ctrl+C asks the work to stop where nothing is half-done, the second stops it at once.

    Told on one line that is written over at a terminal; elsewhere, when ``always``, a line for each step.
    """
    token = CancelToken()
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    line = _Line(always=always)
    try:
        yield Work(line.hear, token)
    finally:
        signal.signal(signal.SIGINT, before)
        line.clear()


class _Line:
    def __init__(self, *, always: bool) -> None:
        self._over = sys.stderr is not None and sys.stderr.isatty()  # A program without a console has none.
        self._told = self._over or always
        self._title, self._total = "", 0

    def hear(self, event: Event) -> None:
        if isinstance(event, Started):
            self._title, self._total = event.title, event.total
        elif isinstance(event, Step) and self._told:
            text = f"{self._title}: {event.done + 1} av {self._total} {printable(event.text)}".rstrip()
            print(f"{_CLEAR_LINE}{text}" if self._over else text, end="" if self._over else "\n", file=sys.stderr)
            sys.stderr.flush()

    def clear(self) -> None:
        if self._over:
            print(_CLEAR_LINE, end="", file=sys.stderr, flush=True)
