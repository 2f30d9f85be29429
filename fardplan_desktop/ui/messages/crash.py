"""When the program itself is wrong: the crash dialog, and the hooks that make sure it is always shown."""

from __future__ import annotations

import faulthandler
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.theme.look import Look


class CrashDetails(msgspec.Struct, frozen=True):
    """A bug in words. The message of the exception may hold what the user typed, so the log gets the other text."""

    full: str
    without_message: str


def crash_details(error: BaseException, version: str = "") -> CrashDetails:
    """Where the program was when it went wrong."""
    place = f"Färdplan Desktop {version}".strip()
    head = f"{place}\nPython {platform.python_version()}, {platform.platform()}\n"
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    return CrashDetails(f"{head}\n{frames}{kind}: {error}\n", f"{head}\n{frames}{kind}\n")


class CrashDialog(Dialog):
    """Says that the program went wrong, that what is saved is safe, and offers the details to be copied."""

    def __init__(self, details: CrashDetails, parent: QWidget | None) -> None:
        super().__init__("Något gick fel i programmet", parent, name="crash_dialog", width=560)
        self.add_text(
            "Det som redan är sparat är kvar. Det senaste du gjorde kan ha gått förlorat. "
            "Kopiera uppgifterna och skicka dem till den som sköter programmet hos er. Läs igenom dem först: "
            "de kan innehålla något du skrev."
        )
        self._text = QPlainTextEdit(details.full)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setObjectName("crash_details")
        self._text.setAccessibleName("Uppgifter om felet")
        self._text.setFixedHeight(Look.of_application().px(180))
        self.content.addWidget(self._text)
        self._copy_button = Button("Kopiera uppgifter", icon="copy", name="crash_copy", on_click=self._copy)
        close = Button("Fortsätt arbeta", "primary", name="crash_close", on_click=self.accept)
        self.set_buttons(close, self._copy_button, safe=close)

    def add(self, details: CrashDetails) -> None:
        """One more bug while the dialog is open: it is added to the same text."""
        self._text.appendPlainText(f"\n{details.full}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy_button.setText("Kopierat")


class CrashHooks(QObject):
    """Catches what nobody caught, on any thread, and brings it to ``show_failure`` on the GUI thread.

    ``install`` also has faulthandler write to ``fault_file`` when the process itself dies.
    """

    _caught = Signal(object)

    def __init__(self, show_failure: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show_failure = show_failure
        self._caught.connect(self._show)
        self._before = (sys.excepthook, threading.excepthook)
        self._file: TextIO | None = None

    def install(self, fault_file: Path | None = None) -> None:
        sys.excepthook = lambda _kind, error, _trace: self._tell(error)
        threading.excepthook = lambda args: self._tell(args.exc_value)
        if fault_file is not None:
            fault_file.parent.mkdir(parents=True, exist_ok=True)
            self._file = fault_file.open("w", encoding="utf-8")
            faulthandler.enable(self._file)

    def remove(self) -> None:
        """Put back what was there before; an orderly end empties the fault file."""
        sys.excepthook, threading.excepthook = self._before
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        """On the GUI thread, because the hooks live there."""
        self._show_failure(error)

    def _tell(self, error: BaseException | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(type(error), error, error.__traceback__)
        elif error is not None:
            self._caught.emit(error)


def earlier_crash(fault_file: Path) -> str:
    """What faulthandler wrote the last time, '' when the program ended in order. Ask before ``install``."""
    try:
        return fault_file.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""
