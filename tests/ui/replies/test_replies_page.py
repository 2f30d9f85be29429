"""Återkoppling och frågor through the window, at the office and at the municipality."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fardplan_desktop.services import questions, questions_in, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text_table import TextTable
from fardplan_desktop.ui.replies.page import RepliesPage
from fardplan_desktop.ui.sealing_desk import PassphraseDialog
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests import levels
from tests.services.steps import PASSPHRASE
from tests.ui.closing import let_go
from tests.ui.office import find, window_of

Both = tuple[Workplace, Workplace]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    """Lilla Edet has handed in, and Fyrbodal has read it in."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    edet, office = levels.workplace(tmp_path, "1462"), levels.workplace(tmp_path, "fyrbodal")
    levels.acquaint(tmp_path, edet, office)
    levels.take(office, levels.hand_in(edet, tmp_path / "ut", {"SIP08": 40}).file)
    for each in (edet, office):
        settings.set_deliveries_folder(each, folder=tmp_path / each.organisation.code)
    yield edet, office
    for each in (edet, office):
        each.store.close()


def shown(qtbot: QtBot, workplace: Workplace, tab: str) -> MainWindow:
    window = window_of(workplace, "replies", RepliesPage)
    window.go("replies", tab=tab)
    qtbot.waitUntil(lambda: not window.jobs._running, timeout=15_000)
    assert find(window, Segments, "replies_tabs").current == tab
    return window


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = find(window, Button, name)
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs._running, timeout=15_000)


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    dialog = find(window, PassphraseDialog, "seal_dialog")
    phrase = find(dialog, QLineEdit, "seal_passphrase")
    phrase.setText(PASSPHRASE)
    QTest.keyClick(phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.jobs._running, timeout=30_000)


def cell(window: MainWindow, table: str, column: int, row: int = 0) -> str:
    return str(find(window, TextTable, table).model().index(row, column).data())


def test_feedback_is_previewed_sealed_and_read(qtbot: QtBot, both: Both, tmp_path: Path) -> None:
    edet, office = both
    window = shown(qtbot, office, "make")
    who = find(window, QComboBox, "feedback_member")
    who.setCurrentIndex(who.findData("1462"))
    who.activated.emit(who.currentIndex())
    assert [cell(window, "feedback_preview", at) for at in range(5)] == [
        "Upprättade SIP", "40", "..", "..", "1\u00a0av\u00a015",
    ]  # fmt: skip
    find(window, QPlainTextEdit, "feedback_comment").setPlainText("Tack för underlaget.")
    press(qtbot, window, "feedback_keep_comment")
    press(qtbot, window, "feedback_seal")
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: not find(window, Button, "feedback_seal").isVisible())
    let_go(window)

    (file,) = (tmp_path / "fyrbodal" / "Återkoppling").glob("aterkoppling_1462_*.age")
    levels.take(edet, file)
    window = shown(qtbot, edet, "read")
    assert [cell(window, "feedback_table", at) for at in range(3)] == ["Upprättade SIP", "40", ".."]
    assert "Tack för underlaget." in [each.text() for each in window.findChildren(QLabel)]
    let_go(window)


def test_a_question_is_asked_and_answered(qtbot: QtBot, both: Both, tmp_path: Path) -> None:
    edet, office = both
    window = shown(qtbot, office, "questions")
    for name, key in (("ask_of", "1462"), ("ask_about", "antal/SIP08/2026-T2")):
        combo = find(window, QComboBox, name)
        combo.setCurrentIndex(combo.findData(key))
    find(window, QPlainTextEdit, "ask_text").setPlainText("Stämmer det?")
    press(qtbot, window, "ask_go")
    qtbot.waitUntil(lambda: bool(find(window, TextTable, "asked_table").model().rowCount()))
    assert questions.asked(office)[0].question.shown == "40"
    press(qtbot, window, "asked_send")
    unlock(qtbot, window)
    let_go(window)

    (file,) = (tmp_path / "fyrbodal" / "Frågor").glob("fraga_1462_*.age")
    levels.take(edet, file)
    window = window_of(edet, "counts", CountsPage)
    told = find(window, QLabel, "count_question_text").text()
    assert told == "Vårdsamverkan Fyrbodal frågar om Upprättade SIP, tertial 2 2026: Stämmer det?"
    let_go(window)
    window = shown(qtbot, edet, "questions")
    said = find(window, QLabel, "answer_question").text()
    assert said == "Vårdsamverkan Fyrbodal ser 40. Stämmer det?"
    find(window, QPlainTextEdit, "answer_text").setPlainText("Ja.")
    press(qtbot, window, "answer_keep")
    qtbot.waitUntil(lambda: find(window, Button, "answer_send").isVisible())
    press(qtbot, window, "answer_send")
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: questions_in.to_answer(edet)[0].sent)
    let_go(window)

    (file,) = (tmp_path / "1462" / "Frågor").glob("svar_fyrbodal_*.age")
    levels.take(office, file)
    assert questions.asked(office)[0].answer == "Ja."
