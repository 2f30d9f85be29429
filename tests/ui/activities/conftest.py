"""The activities page in a real window on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, reporting
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.filters import ActivityFilters
from fardplan_desktop.ui.activities.listing import ActivityListing
from fardplan_desktop.ui.activities.page import ActivitiesPage
from fardplan_desktop.ui.activities.saved_views import SavedViews
from fardplan_desktop.ui.page import Page, PageSpec
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)


class Frame:
    """A window with the page, and what a test does to it."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.bot = qtbot
        self.workplace = workplace
        self.window = MainWindow()
        period = reporting.default_period(workplace)
        self.session = Session(workplace, self.window.jobs, self.window.messages, period)
        self.session.changed.connect(self.window.refresh)
        self.problems: list[str] = []
        self.window.messages.problem_met.connect(lambda error: self.problems.append(error.sentence))
        self.receipts: list[str] = []
        self.window.messages.receipt_given.connect(lambda receipt: self.receipts.append(receipt.text))
        self.window.set_pages(
            [
                PageSpec("activities", "Aktiviteter", "list-checks", lambda at: ActivitiesPage(at, self.session)),
                PageSpec("start", "Start", "house", Page),
            ]
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    def open(self, **argument: object) -> None:
        """Show the page in the active window, as a user sees it."""
        self.window.go("activities", **argument)
        self.window.activateWindow()
        self.bot.waitUntil(self.window.isActiveWindow)

    def find(self, kind: type[W], name: str) -> W:
        """The one shown under this name."""
        shown = [one for one in self.window.findChildren(kind, name) if one.isVisible()]
        assert len(shown) == 1, (name, len(shown))
        return shown[0]

    def find_part(self, name: str) -> QWidget:
        """The one shown under this name, whatever it is."""
        return self.find(QWidget, name)

    def shows(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        self.bot.waitUntil(lambda: not button.size().isEmpty())  # What has just been shown is laid out a moment later.
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def stored(self) -> tuple[Activity, ...]:
        return activities.activities(self.workplace)

    def settle(self) -> None:
        """Wait for every write that has been asked for."""
        self.bot.waitUntil(lambda: not self.window.jobs.writing)


def turn(frame: Frame, name: str) -> None:
    """Choose in the filter's menu, or take the choice back."""
    _trigger(frame.find(ActivityFilters, "activity_filters").menu(), name)


def choose_view(frame: Frame, name: str) -> None:
    """Choose in the menu of the saved views."""
    _trigger(frame.window.findChildren(SavedViews)[0].menu(), name)


def choose_more(frame: Frame, name: str) -> None:
    """Choose in the menu of what the activities become outside the program."""
    _trigger(frame.window.findChildren(ActivityListing)[0].files.menu(), name)


def offered(menu: QMenu) -> dict[str, str]:
    """What a menu and those within it offer: name → words."""
    return {each.objectName(): each.text() for each in menu.findChildren(QAction) if each.objectName()}


def _trigger(menu: QMenu, name: str) -> None:
    next(each for each in menu.findChildren(QAction) if each.objectName() == name).trigger()
    menu.deleteLater()


@pytest.fixture
def organisation() -> str:
    """Whose store it is; a test may say another."""
    return "1462"


@pytest.fixture
def workplace(tmp_path: Path, organisation: str) -> Iterator[Workplace]:
    made = new_workplace(tmp_path / "egen.fardplan", organisation, clock=lambda: datetime(2026, 9, 14, 12, tzinfo=UTC))
    yield made
    made.store.close()


@pytest.fixture
def frame(qtbot: QtBot, workplace: Workplace) -> Iterator[Frame]:
    """pytest-qt closes the window; it must be gone before its store is, lest another text size build it anew."""
    yield Frame(qtbot, workplace)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
