"""The real page in the real window over a real store of Lilla Edet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import inquiries
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.inquiries.page import InquiriesPage
from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
T2 = parse_period("2026-T2")


class Desk:
    """A coordinator at the page."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.window = MainWindow()
        self.session = Session(workplace, self.window.jobs, self.window.messages, T2, self.window)
        self.session.changed.connect(self.window.refresh)
        self.problems: list[str] = []
        self.receipts: list[str] = []
        self.window.messages.problem_met.connect(self._note_problem)
        self.window.messages.receipt_given.connect(lambda receipt: self.receipts.append(receipt.text))

    def open(self) -> None:
        """Show the page, with what the store holds by now."""
        self.window.set_pages(
            [PageSpec("inquiries", "Fråga ansvariga", "users", lambda context: InquiriesPage(context, self.session))]
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.go("inquiries")
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def _note_problem(self, error: WorldError) -> None:
        self.problems.append(error.sentence)

    def the(self, kind: type[W], name: str) -> W:
        """The one that is shown, as soon as it is."""
        self.wait(lambda: self.shown(kind, name) is not None)
        found = self.shown(kind, name)
        assert found is not None
        return found

    def shown(self, kind: type[W], name: str) -> W | None:
        return next((one for one in self.window.findChildren(kind, name) if one.isVisible()), None)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.the(QPushButton, name), Qt.MouseButton.LeftButton)

    def drop(self, *paths: Path) -> None:
        """Let files go over the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        area = self.the(DropArea, "inquiries_drop")
        here, copy, none = QPointF(area.rect().center()), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        area.dropEvent(QDropEvent(here, copy, data, Qt.MouseButton.LeftButton, none))

    def wait(self, fact: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(fact, timeout=15_000)

    def settle(self) -> None:
        self.wait(lambda: not self.window.jobs.writing)

    def workbook(self, to: str) -> Path:
        """The one that was made for somebody."""
        folder = inquiries.questions_folder(self.workplace, period=T2)
        return folder / f"Fråga 2026-T2 {to}.xlsx"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    seeded = Seeded(3, datetime(2026, 9, 14, 8, tzinfo=UTC))
    workplace = new_workplace(
        tmp_path / "edet.fardplan", "1462", practice=True, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    workplace.store.set_setting("deliveries_folder", str(tmp_path / "ut"))
    made = Desk(qtbot, workplace)
    yield made
    made.settle()
    made.window.close()
    qtbot.waitUntil(lambda: not made.window.isVisible())
    made.window.deleteLater()
    workplace.store.close()
