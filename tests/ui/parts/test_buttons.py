"""A button that has focus is pressed by Enter, as by Space."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.dialog import Dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("made", [lambda: Button("Lägg in"), lambda: IconButton("x", "Stäng")])
def test_enter_and_space_press_the_button_with_focus(qtbot: QtBot, made: object, key: Qt.Key) -> None:
    button = made() if callable(made) else None
    assert isinstance(button, QAbstractButton)
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_in_a_dialog_presses_the_button_with_focus_and_no_other(qtbot: QtBot) -> None:
    dialog = Dialog("Ta bort?", None, name="question")
    remove, leave = Button("Ta bort", on_click=dialog.accept), Button("Avbryt", on_click=dialog.reject)
    remove.setDefault(True)
    dialog.set_buttons(remove, leave, safe=leave)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        QTest.keyClick(leave, Qt.Key.Key_Return)
