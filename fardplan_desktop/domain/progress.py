"""Progress is data: long work tells what it does in frozen events, which the window and the command line both read.

A function that takes time accepts one ``Work``. It reports through it and asks it now and then whether to go on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from fardplan_desktop.domain.errors import WorldError


class Started(msgspec.Struct, frozen=True):
    """The work began. ``total`` is the number of steps, 0 when nobody knows; ``unit`` is what is counted ("filer")."""

    title: str
    total: int = 0
    unit: str = ""


class Step(msgspec.Struct, frozen=True):
    """``done`` steps are finished; ``text`` says what is being done now (may be empty)."""

    done: int
    text: str = ""


class Warned(msgspec.Struct, frozen=True):
    """Something the user should know about, though the work goes on."""

    text: str


class Done(msgspec.Struct, frozen=True):
    """The work is finished and what it promised is true; ``text`` is the sentence to show."""

    text: str = ""


Event = Started | Step | Warned | Done


class Cancelled(WorldError):
    """The user pressed Avbryt and the work stopped at a safe place."""

    def __init__(self) -> None:
        super().__init__("Arbetet avbröts.", "", "Inget har ändrats.")


class CancelToken:
    """A flag that one thread raises and another looks at; safe between threads."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    def cancel(self) -> None:
        self._flag.set()

    @property
    def cancelled(self) -> bool:
        return self._flag.is_set()


class Work:
    """What a long function gets: somewhere to report and a token to check. ``Work()`` is silent, never cancelled."""

    def __init__(self, listen: Callable[[Event], None] | None = None, cancel: CancelToken | None = None) -> None:
        self._listen = listen
        self._cancel = cancel or CancelToken()

    def started(self, title: str, total: int = 0, unit: str = "") -> None:
        self._tell(Started(title, total, unit))

    def step(self, done: int, text: str = "") -> None:
        """Report ``done`` finished steps; raises ``Cancelled`` when the user has pressed Avbryt."""
        self.check()
        self._tell(Step(done, text))

    def warned(self, text: str) -> None:
        self._tell(Warned(text))

    def done(self, text: str = "") -> None:
        self._tell(Done(text))

    def check(self) -> None:
        """Raise ``Cancelled`` when the user has pressed Avbryt. Call where stopping leaves nothing half-done."""
        if self._cancel.cancelled:
            raise Cancelled

    def _tell(self, event: Event) -> None:
        if self._listen is not None:
            self._listen(event)
