"""Skicka vidare in a real window: SAMLA's two members, of whom one has reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace, open_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import bundles, deliveries, intake, seals
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import Page, PageSpec
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.reporting.bundle_page import BundlePage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.services.steps import PASSPHRASE, believe, put
from tests.ui.closing import let_go

PERIOD = parse_period("2026-T2")
ALINGSAS, LERUM = "1489", "1441"


class Office:
    """The window with the page, and fingers for it."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.window = MainWindow()
        self.session = Session(workplace, self.window.jobs, self.window.messages, PERIOD, self.window)
        self.session.changed.connect(self.window.refresh)
        self.window.set_pages(
            [
                PageSpec("intake", "Ta emot", "inbox", Page),
                PageSpec("sending", "Skicka vidare", "send", lambda context: BundlePage(context, self.session)),
            ]
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.go("sending")
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.jobs._running, timeout=15000)

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def child(self, name: str) -> QWidget:
        self.qtbot.waitUntil(lambda: self.has(name))
        return [one for one in self.window.findChildren(QWidget, name) if one.isVisible()][-1]

    def click(self, name: str) -> None:
        QTest.mouseClick(self.child(name), Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Into the field, which is then left."""
        field = self.child(name)
        field.setFocus()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(field, event)
        field.clearFocus()
        self.settle()

    def text(self, name: str) -> str:
        label = self.child(name)
        assert isinstance(label, QLabel)
        return label.text()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samla")
    seeded = Seeded("samla", datetime(2026, 9, 14, 8, tzinfo=UTC))
    made = [
        new_workplace(folder / f"{code}.fardplan", code, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)
        for code in (ALINGSAS, "samla")
    ]
    town, office = made
    put(town, SIP08=6)
    for each in made:
        seals.make_key(each, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(town, passphrase=PASSPHRASE)
    sealed = deliveries.seal_period(town, period=PERIOD, folder=folder, key=key, approved_by="Socialchef")
    believe(office, sealed.card)
    intake.receive(office, paths=[sealed.file])
    for each in made:
        each.store.close()
    return folder / "samla.fardplan"


@pytest.fixture
def office(qtbot: QtBot, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "hem"))
    (tmp_path / "s.fardplan").write_bytes(store.read_bytes())
    seeded = Seeded("samla", datetime(2026, 9, 14, 8, tzinfo=UTC))
    opened = Office(qtbot, open_workplace(tmp_path / "s.fardplan", clock=seeded.clock))
    yield opened
    opened.settle()
    let_go(opened.window)
    opened.workplace.store.close()


def test_what_is_missing_needs_a_reason_before_the_next_step(office: Office) -> None:
    assert office.text("members_title").replace("\xa0", " ") == "1 av 2 kommuner är med"
    office.click("wizard_next")
    assert office.text(f"error_missing_{LERUM}") == "Skriv varför paketet saknas."
    office.type(f"missing_{LERUM}", "Har ny samordnare")
    (lerum,) = bundles.preview(office.workplace, period=PERIOD).missing
    assert lerum.reason == "Har ny samordnare"
    office.click("wizard_next")
    assert office.has("bundle_review")


def test_totals_of_two_members_are_warned_for_and_packages_are_what_is_proposed(office: Office) -> None:
    office.type(f"missing_{LERUM}", "Har ny samordnare")
    office.click("wizard_next")
    what = office.child("bundle_what")
    assert isinstance(what, Segments)
    assert (what.current, office.has("bundle_reveals")) == ("files", False)
    QTest.keyClick(what, Qt.Key.Key_Right)
    office.settle()
    assert "SAMLA har bara 2 kommuner." in office.text("bundle_reveals")


def test_a_bundle_is_sealed_locked_and_corrected(office: Office) -> None:
    office.type(f"missing_{LERUM}", "Har ny samordnare")
    office.click("wizard_next")
    office.type("bundle_comment", "Ett lugnt tertial.")
    office.type("approved_by", "Processledare")
    office.click("approved_no_person")
    office.click("wizard_next")
    office.type("send_passphrase", PASSPHRASE)
    office.click("wizard_next")
    assert office.text("result_said") == "Paket nummer 1 är förseglat och sparat."
    (delivery,) = deliveries.sent(office.workplace)
    assert (delivery.kind, delivery.approved_by) == ("delregion", "Processledare")
    assert "1 av 2 kommuner är med. Saknas: Lerum (Har ny samordnare)." in bundles.who_is_in(
        office.workplace, delivery=delivery
    )
    assert bundles.preview(office.workplace, period=PERIOD).comment == "Ett lugnt tertial."
    office.click("result_done")
    assert office.has("sent_table")
    office.window.go("sending")
    office.settle()
    office.type("reopen_reason", "Kommentaren var fel")
    office.click("reopen")
    office.qtbot.waitUntil(lambda: office.has("bundle_wizard"))
    assert not deliveries.locked(office.workplace, period=PERIOD)


def test_an_office_without_packages_is_shown_the_way_to_take_them_in(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "hem"))
    empty = new_workplace(tmp_path / "tom.fardplan", "samla")
    office = Office(qtbot, empty)
    assert office.has("members_nobody")
    office.click("wizard_next")
    assert office.window.current_page is not None
    assert office.window.current_page.name == "intake"
    let_go(office.window)
    empty.store.close()


def test_the_reason_that_is_being_written_is_not_overwritten_by_a_refresh(office: Office) -> None:
    field = office.child(f"missing_{LERUM}")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "Sjuk")
    office.session.tell()
    office.settle()
    assert field.text() == "Sjuk"
