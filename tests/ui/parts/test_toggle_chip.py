"""A filter that is on or off: by click, by key, read aloud with its number, and never in the way of its neighbour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fardplan_desktop.analysis.numbers_sv import NARROW
from fardplan_desktop.ui.parts.toggle_chip import ToggleChip


def test_it_is_turned_by_click_and_by_space(qtbot: QtBot) -> None:
    chip = ToggleChip("Öppna", name="chip_open")
    qtbot.addWidget(chip)
    chip.show()
    turned: list[bool] = []
    chip.toggled.connect(turned.append)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert turned == [True, False]


def test_its_number_is_read_aloud_and_its_width_is_the_same_on_and_off(qtbot: QtBot) -> None:
    chip = ToggleChip("Försenade svar", name="chip_late")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Försenade svar"
    chip.show_count(1234)
    assert chip.accessibleName() == chip.words == f"Försenade svar 1{NARROW}234"
    off = chip.sizeHint()
    chip.setChecked(True)
    assert chip.sizeHint() == off
    assert off.height() >= 24
