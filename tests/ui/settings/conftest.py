"""Inställningar in a real window on a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.codebook.page import CodeBookPage
from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.page import SettingsPage
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.closing import let_go


class Settings:
    """The window with the page, and fingers for it."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.window = MainWindow()
        self.receipts: list[str] = []
        self.window.messages.receipt_given.connect(lambda receipt: self.receipts.append(receipt.text))
        period = parse_period("2026-T2")
        self.session = Session(workplace, self.window.jobs, self.window.messages, period, self.window)
        self.session.changed.connect(self.window.refresh)
        make = PageSpec("settings", "Inställningar", "settings", lambda context: SettingsPage(context, self.session))
        book = PageSpec("codebook", "Mått och listor", "table-2", lambda context: CodeBookPage(context, self.session))
        self.window.set_pages([make, book])
        self.window.resize(1366, 768)
        self.window.show()
        self.window.go("settings")

    @property
    def page(self) -> SettingsPage:
        page = self.window.current_page
        assert isinstance(page, SettingsPage)
        return page

    def settle(self) -> None:
        """Until no job is on its way."""
        self.qtbot.waitUntil(lambda: not self.window.jobs._running, timeout=15000)

    def has(self, name: str) -> bool:
        return any(not one.isHidden() for one in self.window.findChildren(QWidget, name))

    def child(self, name: str) -> QWidget:
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert found, name
        return found[-1]

    def click(self, name: str) -> None:
        QTest.mouseClick(self.child(name), Qt.MouseButton.LeftButton)
        self.settle()

    def text(self, name: str) -> str:
        label = self.child(name)
        assert isinstance(label, QLabel)
        return label.text()

    def cells(self, table: str) -> list[list[str]]:
        """The rows of a table."""
        model = self.child(table).model()  # type: ignore[attr-defined]  # the tests name tables only
        return [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]


Open = Callable[..., Settings]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "hem"))
    seeded = Seeded("inställningar", datetime(2026, 9, 14, 8, tzinfo=UTC))
    made = new_workplace(
        tmp_path / "fyrbodal.fardplan", "fyrbodal", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    yield made
    made.store.close()


@pytest.fixture
def open_settings(qtbot: QtBot, workplace: Workplace) -> Iterator[Open]:
    opened: list[Settings] = []

    def opening() -> Settings:
        opened.append(Settings(qtbot, workplace))
        return opened[-1]

    yield opening
    for settings in opened:
        settings.settle()
        let_go(settings.window)
