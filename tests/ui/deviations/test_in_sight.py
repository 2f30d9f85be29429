"""What stands beside the list of deviations is in sight: its beginning when it is opened, and the field with focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.deviations.hands import find, page_of, registered


def in_sight(page: QWidget, name: str) -> bool:
    """Whether the whole of it is within what the panel shows."""
    view = find(page, QScrollArea, "deviation_split_scroll").viewport()
    box = find(page, QWidget, name)
    top = box.mapTo(view, QPoint(0, 0)).y()
    return top >= 0 and top + box.height() <= view.height()


def test_what_is_opened_beside_the_list_begins_at_its_top(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    first, second = registered(workplace), registered(workplace)
    page = page_of(window, deviation=first.id)
    bar = find(page, QScrollArea, "deviation_split_scroll").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    window.go("deviations", deviation=second.id)
    assert bar.value() == 0


def test_the_field_that_lacks_something_is_in_sight_in_a_small_window(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(911, 512)
    page = page_of(window, new=True)
    qtbot.waitActive(window)
    qtbot.waitUntil(find(page, Combo, "deviation_direction").hasFocus)
    qtbot.waitUntil(lambda: not window.jobs._running)
    find(page, TextField, "deviation_reference").setFocus()
    qtbot.waitUntil(lambda: in_sight(page, "deviation_reference"))
    assert not in_sight(page, "deviation_direction")
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: in_sight(page, "deviation_direction"))
