"""The window's start: application, crash hook, main window; then, behind it, everything heavy."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.host import log, paths, preferences
from fardplan_desktop.ui.messages.crash import CrashHooks
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.shell.placing import remember_size, show_placed
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName

if TYPE_CHECKING:
    from fardplan_desktop.domain.codebook import CodeBook
    from fardplan_desktop.services.workplace import Workplace


class StoreOpener:
    """Makes and opens stores through the composition root, which is imported when the window already shows."""

    def codebook(self) -> CodeBook:
        from fardplan_desktop.bootstrap import shipped_codebook

        return shipped_codebook()

    def create(self, organisation: str) -> Workplace:
        from fardplan_desktop.bootstrap import new_workplace, open_workplace

        store = paths.default_store(organisation)
        return open_workplace(store) if store.exists() else new_workplace(store, organisation)

    def open(self, store: Path) -> Workplace:
        from fardplan_desktop.bootstrap import open_backup, open_workplace
        from fardplan_desktop.services.safekeeping import is_copy

        return open_backup(store) if is_copy(store) else open_workplace(store)

    def read_copy(self, store: Path) -> Workplace:
        from fardplan_desktop.bootstrap import read_copy

        return read_copy(store)

    def example(self, organisation: str) -> Workplace:
        """A finished example beside the real stores: invented figures, marked everywhere."""
        from fardplan_desktop.bootstrap import example_workplace

        return example_workplace(paths.home() / "exempel", organisation)


def run_window(store: str | None = None) -> int:
    """Show the window and stay until it is closed. Returns the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    window = make_window(application)
    log.start()
    hooks = CrashHooks(window.messages.failure, window)
    hooks.install(paths.home() / "krasch.log")
    show_placed(window, window.screen().availableGeometry())

    def open_store() -> None:
        from fardplan_desktop.ui.program import Program

        program = Program(window, StoreOpener())
        application.aboutToQuit.connect(program.close)
        program.start(Path(store) if store else None)

    QTimer.singleShot(0, open_store)
    code = application.exec()
    remember_size(window)
    hooks.remove()
    return code


def self_test() -> None:
    """Open the window, see that it has been painted, and close it; raises AssertionError if it stayed blank."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    window = make_window(application)
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()
    picture = window.grab().toImage()
    window.close()
    colours = {picture.pixelColor(x, 20).name() for x in range(0, picture.width(), 4)}
    if len(colours) < 2:
        raise AssertionError("self-test: the window is blank")


def make_window(application: QApplication) -> MainWindow:
    """The empty main window in the look the user has chosen."""
    chosen = preferences.load()
    theme = ThemeName(chosen.theme) if chosen.theme in list(ThemeName) else None
    Look(application, paths.resources(), theme=theme, factor=chosen.text_percent / 100)
    application.setApplicationName(PROGRAM_NAME)
    speak_swedish(application)
    return MainWindow(version=__version__)


def speak_swedish(application: QApplication) -> None:
    """Qt's own menus, dialogs and calendars too, whatever language the PC has. English ones do no harm."""
    QLocale.setDefault(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
    words = QTranslator(application)
    if words.load("qtbase_sv", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
