"""The page Rapportera in a real window on a real store; the counts page beside it only notes where it was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QInputMethodEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import counts, seals
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.reporting.page import ReportingPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.closing import let_go

PERIOD = parse_period("2026-T2")
_EACH_MONTH = {"SIP04": 9, "SIP05": 8, "SIP08": 5, "SIP10": 7, "SIP11": 2}


class Elsewhere(Page):
    """Any other page: remembers what it was asked for."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.asked: dict[str, object] = {}

    def arrive(self, **argument: object) -> None:
        self.asked = argument


class Report:
    """The window with the page, and fingers for it."""

    def __init__(self, qtbot: QtBot, workplace: Workplace, period: Period = PERIOD) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.window = MainWindow()
        self.clicks = 0
        self.session = Session(workplace, self.window.jobs, self.window.messages, period, self.window)
        self.session.changed.connect(self.window.refresh)
        self.session.period_changed.connect(lambda _period: self.window.refresh())
        self.window.set_pages(
            [
                PageSpec("counts", "SIP-uppföljning", "table-2", Elsewhere),
                PageSpec("reporting", "Rapportera", "send", lambda context: ReportingPage(context, self.session)),
                PageSpec("meetings", "Mötesunderlag", "printer", Elsewhere),
            ]
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.go("reporting")
        self.settle()

    def settle(self) -> None:
        """Until no job is on its way."""
        self.qtbot.waitUntil(lambda: not self.window.jobs._running, timeout=15000)

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def child(self, name: str) -> QWidget:
        """The one that is shown, as soon as it is."""
        self.qtbot.waitUntil(lambda: self.has(name))
        return [one for one in self.window.findChildren(QWidget, name) if one.isVisible()][-1]

    def click(self, name: str) -> None:
        self.clicks += 1
        QTest.mouseClick(self.child(name), Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """As the input method does: QTest's keys are ASCII only."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.child(name), event)

    def text(self, name: str) -> str:
        label = self.child(name)
        assert isinstance(label, QLabel)
        return label.text()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def walk(self) -> None:
        """Ctrl+. as its shortcut does it."""
        self.keys("Ctrl+.").activated.emit()
        self.settle()

    def keys(self, keys: str) -> QShortcut:
        page = self.window.current_page
        assert page is not None
        return next(each for each in page.findChildren(QShortcut) if each.key().toString() == keys)

    def approve(self) -> None:
        """From step 1 to step 3."""
        self.click("wizard_next")
        self.child("approved_by").setFocus()
        if not self.child("approved_by").property("text"):
            self.type("approved_by", "Socialchef")
        self.click("approved_no_person")
        self.click("wizard_next")


def _fill(workplace: Workplace, **changed: int) -> None:
    """Every obligatory measure, month by month, without anything to remark on. ``changed``: those of July."""
    months = [month.id for month in PERIOD.months]
    values = [
        Count(measure=name, period=month, n=number + step % 2)
        for name, number in _EACH_MONTH.items()
        for step, month in enumerate(months)
    ]
    values.append(Count(measure="SIP12", period=months[-1], n=40))
    values += [Count(measure=name, period="2026-07", n=number) for name, number in changed.items()]
    counts.put(workplace, values=values)


PASSPHRASE = "bara-for-proven"
Open = Callable[..., Report]
Fill = Callable[..., None]


@pytest.fixture
def fill() -> Fill:
    return _fill


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files and folders that would have been opened."""
    urls: list[str] = []

    def opening(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opening)
    return urls


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "hem"))
    seeded = Seeded("rapport", datetime(2026, 9, 14, 8, tzinfo=UTC))
    made = new_workplace(
        tmp_path / "lilla_edet.fardplan", "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    yield made
    made.store.close()


@pytest.fixture
def open_report(qtbot: QtBot, workplace: Workplace) -> Iterator[Open]:
    opened: list[Report] = []

    def opening(on: datetime | None = None) -> Report:
        """``on``: another moment than the one the fixtures begin at."""
        at = workplace if on is None else replace(workplace, clock=lambda: on)
        opened.append(Report(qtbot, at))
        return opened[-1]

    yield opening
    for report in opened:
        report.settle()
        let_go(report.window)


@pytest.fixture
def sealed(workplace: Workplace, fill: Fill, open_report: Open) -> Report:
    """A period that has been sealed in the window, with a key made before so that no time goes to it."""
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    report = open_report()
    report.approve()
    report.type("send_passphrase", PASSPHRASE)
    report.click("wizard_next")
    return report
