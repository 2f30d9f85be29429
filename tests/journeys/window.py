"""Someone at the real window: finds what is shown, clicks and types as a person does, and counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError as PatienceEnded
from pytestqt.qtbot import QtBot
from typing_extensions import override

from fardplan_desktop.bootstrap import new_workplace, open_workplace, read_copy, shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services.demo import make_example
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.program import Program
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
PATIENCE = 15_000
"""Milliseconds a fact may take on a shared machine; what is waited for comes within one or two seconds."""


class Stores:
    """Where a user's stores lie; time there begins a fortnight after tertial 2 of 2026."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seeded = Seeded(folder.name, datetime(2026, 9, 14, 8, tzinfo=UTC))

    def codebook(self) -> CodeBook:
        return shipped_codebook()

    def create(self, organisation: str) -> Workplace:
        seeded = self._seeded
        path = self._folder / f"{organisation}.fardplan"
        return new_workplace(path, organisation, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)

    def open(self, store: Path) -> Workplace:
        seeded = self._seeded
        return open_workplace(store, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)

    def read_copy(self, store: Path) -> Workplace:
        return read_copy(store, clock=self._seeded.clock)

    def example(self, organisation: str) -> Workplace:
        book = shipped_codebook()
        place = self._folder / "exempel"
        return self.open(make_example(place, organisation=book.organisation(organisation), codebook=book, years=1))


class Strays(QObject):
    """Notes pieces of a page that flash up as windows of their own, because they were shown before they had a place."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.names: list[str] = []
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            expected = isinstance(watched, MainWindow | QDialog) or watched.windowType() == Qt.WindowType.Popup
            if not expected:
                self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class User:
    """``clicks`` are presses of the mouse, ``enters`` of Enter; typing is not counted. Scrolling is no click."""

    def __init__(self, bot: QtBot, stores: Stores, size: tuple[int, int] = (1366, 768)) -> None:
        self._bot = bot
        self._left = False
        self.clicks = self.enters = 0
        self.problems: list[str] = []
        self.receipts: list[str] = []
        self.window = MainWindow()
        self.window.messages.problem_met.connect(self._note_problem)
        self.window.messages.receipt_given.connect(lambda receipt: self.receipts.append(receipt.text))
        self.program = Program(self.window, stores)
        self.window.resize(*size)
        self.window.show()
        bot.waitExposed(self.window)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def workplace(self) -> Workplace:
        assert self.program.session is not None, "no store is open"
        return self.program.session.workplace

    @property
    def page(self) -> str:
        shown = self.window.current_page
        return shown.name if shown is not None else ""

    @property
    def focus(self) -> str:
        """The name of what has the caret."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def shown(self, kind: type[W], name: str) -> W | None:
        return next((one for one in self.window.findChildren(kind, name) if one.isVisible()), None)

    def the(self, kind: type[W], name: str) -> W:
        """The one that is shown, as soon as it is."""
        self.wait(lambda: self.shown(kind, name) is not None, name)
        found = self.shown(kind, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.the(QLabel, name).text()

    def words(self, name: str) -> str:
        """What a button says; nothing when it is not shown."""
        found = self.shown(QPushButton, name)
        return found.text().strip() if found is not None else ""

    def names(self, start: str) -> list[str]:
        """Rows of a list: the shown things called ``start`` and a number, in order."""
        found = {one.objectName() for one in self.window.findChildren(QWidget) if one.isVisible()}
        rows = [name for name in found if name.removeprefix(start).isdigit() and name.startswith(start)]
        return sorted(rows, key=lambda name: int(name.removeprefix(start)))

    def wait(self, fact: Callable[[], bool], meaning: str = "") -> None:
        """Let the window live until it is so."""
        try:
            self._bot.waitUntil(fact, timeout=PATIENCE)
        except PatienceEnded as error:
            raise AssertionError(f"never came: {meaning or fact}; on {self.page}, told {self.problems}") from error

    def wait_for_text(self, name: str, words: str) -> None:
        self.wait(lambda: words in self.text(name), words)

    def settle(self) -> None:
        """Until no job is on its way."""
        self.wait(lambda: not self.window.jobs._running, "jobs at rest")

    # -- what is done -------------------------------------------------------------------------

    def click(self, name: str) -> None:
        """With the mouse, on a thing of this name that can be clicked now."""
        self.wait(lambda: self._can_click(name), f"{name} to click")
        self._have_the_window()
        self.clicks += 1
        QTest.mouseClick(self.the(QWidget, name), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the caret is."""
        self._have_the_window()
        self.enters += key == Qt.Key.Key_Return
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str) -> None:
        """Where the caret is; å, ä and ö come as the input method sends them."""
        at = QApplication.focusWidget()
        assert at is not None, "the caret is nowhere"
        if text.isascii():
            QTest.keyClicks(at, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(at, event)

    def drop(self, name: str, paths: Sequence[Path]) -> None:
        """Let files go over the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.the(DropArea, name).dropEvent(event)

    def copy(self, text: str) -> None:
        """As Excel does."""
        QGuiApplication.clipboard().setText(text)

    def pick(self, name: str, key: str) -> None:
        """In a list of choices, as by the keyboard."""
        box = self.the(Combo, name)
        box.choose(key)
        box.picked.emit(key)
        self.settle()

    def leave(self) -> None:
        """Close window and store as the program does when it ends."""
        if self._left:
            return
        self._left = True
        self.settle()
        self.window.close()
        self.program.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _have_the_window(self) -> None:
        """A closed dialog gives its window back, and a click brings it to the front: the window manager's work."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow, "the window in front")

    def _note_problem(self, error: WorldError) -> None:
        self.problems.append(error.sentence)

    def _can_click(self, name: str) -> bool:
        """Shown, enabled, scrolled into sight, and neither under another thing nor behind a dialog."""
        widget = self.shown(QWidget, name)
        modal = QApplication.activeModalWidget()
        if widget is None or not widget.isEnabled() or (modal is not None and not modal.isAncestorOf(widget)):
            return False
        _scroll_to(widget)
        middle = widget.rect().center()
        top = widget.window()
        under = top.childAt(widget.mapTo(top, middle))
        met = under is not None and (under is widget or widget.isAncestorOf(under))
        return met and widget.visibleRegion().contains(middle)


Sit = Callable[..., User]
"""Sits somebody down at a window; given a workplace, with its store open."""


def sweep(application: QApplication) -> None:
    """Windows that earlier tests have closed go now: a new text size would build them anew over closed stores."""
    for widget in application.topLevelWidgets():
        if isinstance(widget, MainWindow) and not widget.isVisible():
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _scroll_to(widget: QWidget) -> None:
    """With the wheel."""
    around = widget.parentWidget()
    while around is not None:
        content = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and content is not None and content.isAncestorOf(widget):
            middle = widget.mapTo(content, widget.rect().center())
            around.ensureVisible(middle.x(), middle.y(), widget.width() // 2, widget.height() // 2)
        around = around.parentWidget()
