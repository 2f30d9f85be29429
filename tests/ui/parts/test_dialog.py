"""A dialog shows all it says."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.theme.look import Look


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_a_dialog_is_as_high_as_its_words_are_at_its_width(qtbot: QtBot, look: Look, factor: float) -> None:
    """Qt asks for the height that the words have in longer lines, and the first and the last would be cut off."""
    look.choose_factor(factor)
    dialog = Dialog("Kuvertblad till kassaskåpet", None, name="sheet")
    qtbot.addWidget(dialog)
    dialog.add_text("Bladet har lösenfrasen, kontrollkoden, vad ni gör när något händer och en spärr i förväg. " * 2)
    close = Button("Stäng", name="close")
    dialog.set_buttons(close, safe=close)
    dialog.open()
    qtbot.waitExposed(dialog)
    words = next(each for each in dialog.findChildren(QLabel) if each.wordWrap() and len(each.text()) > 100)
    assert words.height() >= words.heightForWidth(words.width())


def test_what_is_said_under_a_field_afterwards_makes_the_dialog_higher_instead_of_being_cut(qtbot: QtBot) -> None:
    dialog = Dialog("Försegla planen", None, name="seal")
    qtbot.addWidget(dialog)
    field = Field("Lösenfras", TextField(name="phrase"))
    dialog.content.addWidget(field)
    close = Button("Avbryt", name="close")
    dialog.set_buttons(close, safe=close)
    dialog.open()
    qtbot.waitExposed(dialog)
    field.show_error("Sigillet går inte att öppna. Lösenfrasen är fel, eller så är filen skadad eller inte låst. " * 2)
    words = next(each for each in dialog.findChildren(QLabel) if each.objectName() == "error_phrase")
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 0)
