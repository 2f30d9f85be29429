"""Receipts through the window: sealed in Ta emot, seen in Inskickat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fardplan_desktop.services import receipts_in, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.intake.receipts_card import ReceiptsCard
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.text_table import TextTable
from fardplan_desktop.ui.reporting.page import ReportingPage
from fardplan_desktop.ui.sealing_desk import PassphraseDialog
from tests import levels
from tests.services.steps import PASSPHRASE
from tests.ui.closing import let_go
from tests.ui.office import find, window_of


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Workplace, Workplace]]:
    """Lilla Edet has handed in, and Fyrbodal has read it in."""
    edet, office = levels.workplace(tmp_path, "1462"), levels.workplace(tmp_path, "fyrbodal")
    levels.acquaint(tmp_path, edet, office)
    levels.take(office, levels.hand_in(edet, tmp_path / "ut", {"SIP08": 4}).file)
    settings.set_deliveries_folder(office, folder=tmp_path / "kontor")
    yield edet, office
    for each in (edet, office):
        each.store.close()


def test_a_receipt_is_sealed_in_ta_emot_and_seen_in_inskickat(
    qtbot: QtBot, both: tuple[Workplace, Workplace], tmp_path: Path
) -> None:
    edet, office = both
    window = window_of(office, "intake", IntakePage)
    card = find(window, ReceiptsCard, "receipts")
    heading = find(card, QLabel, "receipts_heading")
    assert heading.text() == "Kvittenser till Lilla Edets kommun är klara att försegla"
    QTest.mouseClick(find(card, Button, "receipts_seal"), Qt.MouseButton.LeftButton)
    dialog = find(window, PassphraseDialog, "seal_dialog")
    phrase = find(dialog, QLineEdit, "seal_passphrase")
    phrase.setText("fel lösenfras")
    QTest.keyClick(phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: find(dialog, Button, "seal_go").isEnabled())
    assert card.isVisible()
    phrase.setText(PASSPHRASE)
    QTest.keyClick(phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heading.text() == "1 kvittens är förseglad")
    (made,) = (tmp_path / "kontor" / "Kvittenser").glob("kvittens_1462_*.age")
    let_go(window)

    levels.take(edet, made)
    window = window_of(edet, "reporting", ReportingPage)
    window.go("reporting", tab="sent")
    table = find(window, TextTable, "sent_table")
    qtbot.waitUntil(lambda: bool(table.model().rowCount()))
    assert table.model().index(0, 5).data() == "Mottaget 2026-09-14"
    told = "Mottaget av Vårdsamverkan Fyrbodal 2026-09-14, nummer 1, Ny."
    assert find(window, QLabel, "sent_chosen").text().endswith(told)
    assert receipts_in.answers(edet).alarms == ()
    let_go(window)
