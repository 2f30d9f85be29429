"""Files let go anywhere on the window, and tables of other makes on the pages of activities and deviations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import activities, counts, deviations
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.sheet_preview import SheetPreview
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.closing import let_go

SHEET = "SIP 2026;maj;juni\nSIP-möten;3;4\n"
PLAN = "Handlingsplan 2026\n\nVad ska göras;Vem;Tidplan;Läget\nRutin;MAS;Q4 2026;Pågående\n"
EXPORT = (
    "Uttag, påhittade ärenden\nÄrendenummer;Händelsedatum;Rapporterande enhet;Mottagande verksamhet;Händelsetyp\n"
    "MC-1;2026-05-03;Hemsjukvården;VC;Sent besked\n"
)


class Sitting:
    """Somebody at a window of which only the taking in is looked at."""

    def __init__(self, bot: QtBot, window: MainWindow, workplace: Workplace, folder: Path) -> None:
        self.bot, self.window, self.workplace, self._folder = bot, window, workplace, folder
        self.session = Session(workplace, window.jobs, window.messages, parse_period("2026-T2"), window)
        self.shown: list[str] = []
        self.problems: list[str] = []
        window.messages.problem_met.connect(self._note)
        window.files_dropped.connect(self._take)

    def _note(self, error: WorldError) -> None:
        self.problems.append(error.sentence)

    def _go(self, name: str, /, **argument: object) -> None:
        self.shown.append(f"{name} {sorted(argument)}" if argument else name)

    def _take(self, paths: list[Path]) -> None:
        taking_in.offer_dropped(self.session, self.window.jobs, paths, self.window, self._go)

    def drop(self, text: str) -> None:
        file = self._folder / "fil.csv"
        file.write_text(text, encoding="utf-8")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        none = Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
        self.window.dropEvent(event)

    def preview(self) -> SheetPreview:
        self.bot.waitUntil(lambda: self.window.findChild(SheetPreview) is not None)
        found = self.window.findChild(SheetPreview)
        assert found is not None
        return found

    def choose(self, begins: str, answer: str) -> None:
        shown = self.preview()
        box = next(each for each in shown.findChildren(Combo) if each.accessibleName().startswith(begins))
        before = shown.understood
        box.picked.emit(answer)
        self.bot.waitUntil(lambda: shown.understood is not before)

    def take(self) -> None:
        button = self.preview().findChild(QPushButton, "preview_take")
        assert button is not None
        self.bot.waitUntil(button.isEnabled)
        button.click()
        self.bot.waitUntil(lambda: not self.window.jobs.writing)


@pytest.fixture
def sitting(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    seeded = Seeded(5, datetime(2026, 9, 14, 8, tzinfo=UTC))
    workplace = new_workplace(
        tmp_path / "le.fardplan", "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    window = MainWindow()
    window.resize(911, 512)
    window.show()
    qtbot.waitExposed(window)
    yield Sitting(qtbot, window, workplace, tmp_path)
    let_go(window)
    workplace.store.close()


def test_counts_let_go_anywhere_are_shown_at_their_page(sitting: Sitting) -> None:
    sitting.drop(SHEET)
    sitting.take()
    assert sitting.shown == ["counts"]
    assert {each.n for each in counts.counts(sitting.workplace).values()} == {3, 4}


def test_a_plan_with_its_own_headings_is_taken_in(sitting: Sitting) -> None:
    sitting.drop(PLAN)
    sitting.take()
    assert sitting.shown == ["activities"]
    (activity,) = activities.activities(sitting.workplace)
    assert (activity.title, activity.responsible, activity.status) == ("Rutin", "MAS", "pagar")


def test_an_export_of_deviations_is_mapped_once_and_then_remembered(sitting: Sitting) -> None:
    sitting.drop(EXPORT)
    sitting.choose("Tabellen har ingen kolumn för Riktning", "kommun-region")
    sitting.choose("Kategori: ”Sent besked”", "informationsoverforing")
    first = sitting.preview()
    with sitting.bot.waitSignal(first.destroyed):
        sitting.take()
    (one,) = deviations.deviations(sitting.workplace)
    assert (one.reference, one.category, one.direction) == ("MC-1", "informationsoverforing", "kommun-region")
    sitting.drop(EXPORT + "MC-2;2026-06-03;Hemsjukvården;VC;Sent besked\n")
    assert "Inget återstår att välja" in " ".join(label.text() for label in sitting.preview().findChildren(QLabel))
    sitting.take()
    assert len(deviations.deviations(sitting.workplace)) == 2


def test_a_file_that_is_nothing_known_is_refused_with_a_sentence(sitting: Sitting) -> None:
    sitting.drop("Hund;Färg\nRex;Brun\n")
    sitting.bot.waitUntil(lambda: bool(sitting.problems))
    assert "fil.csv känns inte igen." in sitting.problems[0]
    assert sitting.window.findChild(QDialog, "sheet_preview") is None
