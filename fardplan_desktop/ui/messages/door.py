"""Messages: what was done goes to the status line, what went wrong to a bar, what cannot be undone is asked first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.progress import Cancelled
from fardplan_desktop.ui.messages.crash import CrashDialog, crash_details
from fardplan_desktop.ui.parts.buttons import Button, Kind
from fardplan_desktop.ui.parts.dialog import Dialog

_LOG: Final = logging.getLogger(__name__)


class Receipt(msgspec.Struct, frozen=True):
    """Something that was done and is true. ``undo`` takes it back."""

    text: str
    undo: Callable[[], object] | None = None
    icon: str = "check"


class Messages(QObject):
    """One for each window. The shell shows what ``receipt_given`` and ``problem_met`` tell."""

    receipt_given = Signal(object)
    problem_met = Signal(object)

    def __init__(self, window: QWidget, *, version: str = "") -> None:
        super().__init__(window)
        self._window = window
        self._version = version
        self._crash: CrashDialog | None = None

    def receipt(self, text: str, undo: Callable[[], object] | None = None, *, icon: str = "check") -> None:
        """Say that something has been done. Call it only when it is true."""
        self.receipt_given.emit(Receipt(text, undo, icon))

    def problem(self, error: WorldError) -> None:
        """Say what happened outside the program and what to do. No traceback."""
        self.problem_met.emit(error)

    def failure(self, error: BaseException) -> None:
        """The door for any exception: a world error is told, an interruption confirmed, a bug gets the crash dialog."""
        if isinstance(error, Cancelled):
            self.receipt(error.sentence, icon="circle-slash")
        elif isinstance(error, WorldError):
            self.problem(error)
        else:
            self._show_crash(error)

    def ask(
        self,
        heading: str,
        text: str,
        verb: str,
        act: Callable[[], object],
        *,
        destructive: bool = False,
        otherwise: str = "Avbryt",
    ) -> Dialog:
        """Ask before something that undo cannot help. ``act`` is called when the user presses ``verb``."""
        dialog = Dialog(heading, self._window, name="ask_dialog")
        dialog.add_text(text)
        kind: Kind = "destructive" if destructive else "primary"
        yes = Button(verb, kind, name="ask_yes", on_click=dialog.accept)
        no = Button(otherwise, name="ask_no", on_click=dialog.reject)
        dialog.set_buttons(yes, no, safe=no if destructive else yes)
        dialog.accepted.connect(act)
        dialog.open()
        return dialog

    def _show_crash(self, error: BaseException) -> None:
        details = crash_details(error, self._version)
        _LOG.error("Unhandled %s", type(error).__name__, extra={"details": details.without_message})
        if self._crash is not None:
            self._crash.add(details)
            return
        self._crash = CrashDialog(details, self._window)
        self._crash.finished.connect(self._crash_closed)
        self._crash.open()

    def _crash_closed(self) -> None:
        self._crash = None
