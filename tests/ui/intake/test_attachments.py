"""A package with a PDF in Ta emot: it is told of, and saved when that is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.services import settings
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.drop_area import DropArea
from tests.services.test_attachments import PDF, send_with_pdf
from tests.ui.office import find, window_of


def test_an_attachment_is_saved_from_the_details_of_a_file_that_was_read_in(qtbot: QtBot, tmp_path: Path) -> None:
    sender, office = (
        new_workplace(tmp_path / f"{code}.fardplan", code, practice=True) for code in ("1462", "fyrbodal")
    )
    settings.set_deliveries_folder(office, folder=tmp_path / "sparat")
    package = send_with_pdf(sender, office, tmp_path)
    sender.store.close()
    window = window_of(office, "intake", IntakePage)
    qtbot.addWidget(window)

    def press(name: str) -> None:
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(Button, name)), timeout=20_000)
        button = next(each for each in window.findChildren(Button, name) if each.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def is_said(name: str, words: str) -> bool:
        return any(each.text().startswith(words) for each in window.findChildren(QLabel, name) if each.isVisible())

    find(window, DropArea, "intake_drop").dropped.emit([package])
    press("intake_read")
    qtbot.waitUntil(lambda: is_said("file_0_sentence", "Inläst."), timeout=20_000)
    press("file_0_more")
    press("file_0_save_protokoll.pdf")
    saved = tmp_path / "sparat" / "Bilagor" / "1462_2026-T2_0001_protokoll.pdf"
    qtbot.waitUntil(saved.exists, timeout=20_000)
    assert saved.read_bytes() == PDF
    window.jobs.close()
    office.store.close()
