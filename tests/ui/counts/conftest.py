"""The real page in the real window over a real store of Lilla Edet, with a seeded clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import counts
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.page import Page, PageSpec
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow


class Desk:
    """A person at the page: what they do, and what they see."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.window = MainWindow()
        self.session = Session(workplace, self.window.jobs, self.window.messages, parse_period("2026-T2"), self.window)
        self.session.changed.connect(self.window.refresh)
        self.problems: list[str] = []
        self.receipts: list[str] = []
        self.window.messages.problem_met.connect(self._note_problem)
        self.window.messages.receipt_given.connect(lambda receipt: self.receipts.append(receipt.text))
        self.window.set_pages(
            [
                PageSpec("counts", "SIP-uppföljning", "table-2", lambda context: CountsPage(context, self.session)),
                PageSpec("reporting", "Rapportera", "send", Page),
            ]
        )
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.go("counts")
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        page = self.window.current_page
        assert isinstance(page, CountsPage)
        self.page = page
        self.model = page.table.grid_model

    def _note_problem(self, error: WorldError) -> None:
        self.problems.append(error.sentence)

    def go(self, measure: str, month: str) -> None:
        self.page.arrive(measure=measure, month=month)
        self.page.focus_work()

    def type(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type as on a keyboard: the first letter opens the cell, the rest goes to its editor."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focused, event)
        if end is not None:
            self.press(end)

    def press(self, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
        none = Qt.KeyboardModifier.NoModifier
        held = (Qt.KeyboardModifier.ControlModifier if ctrl else none) | (
            Qt.KeyboardModifier.ShiftModifier if shift else none
        )
        QTest.keyClick(self.focused, key, held)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, ctrl=True)

    def click(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.window.findChild(QPushButton, name) is not None)
        button = self.window.findChild(QPushButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_cell(self, measure: str, month: str, *, shift: bool = False) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.page.table.viewport(), Qt.MouseButton.LeftButton, held, self.spot(measure, month))

    def spot(self, measure: str, month: str) -> QPoint:
        """The middle of the cell."""
        return self.page.table.visualRect(self.index(measure, month)).center()

    @property
    def chosen(self) -> list[str]:
        """The cells of the range that something can be entered in."""
        return [cell.id for cell in self.page.table.chosen_cells()]

    @property
    def numbers(self) -> dict[str, int | None]:
        """What is stored, by id."""
        return {id: count.n for id, count in sorted(self.stored().items())}

    @property
    def focused(self) -> QWidget:
        found = self.window.focusWidget()
        assert found is not None
        return found

    @property
    def here(self) -> str:
        """The cell the caret stands in: ``SIP10/2026-08``."""
        cell = self.page.table.cell
        assert cell is not None
        return cell.id

    def index(self, measure: str, month: str) -> QModelIndex:
        return self.model.place(measure, month)

    def shown(self, measure: str, month: str) -> str:
        return str(self.index(measure, month).data())

    def stored(self) -> dict[str, Count]:
        return counts.counts(self.workplace)

    def settle(self) -> None:
        """Wait until everything written is stored and shown."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.writing)

    def put(self, measure: str, **numbers: int) -> None:
        """``put("SIP08", m05=6)`` stored and shown."""
        values = [Count(measure=measure, period=f"2026-{name[1:]}", n=n) for name, n in numbers.items()]
        self.session.change(lambda: counts.put(self.workplace, values=values), quiet=True)
        self.settle()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    seeded = Seeded(3, datetime(2026, 9, 14, 8, tzinfo=UTC))
    workplace = new_workplace(
        tmp_path / "lilla_edet.fardplan", "1462", practice=True, clock=seeded.clock, ids=seeded.ids,
        random_bytes=seeded.bytes,
    )  # fmt: skip
    made = Desk(qtbot, workplace)
    yield made
    made.settle()
    made.window.close()
    qtbot.waitUntil(lambda: not made.window.isVisible())
    made.window.deleteLater()
    workplace.store.close()
