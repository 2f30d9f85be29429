"""The window opens within the screen it is given, and as large as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.shell.placing import FIRST_SIZE, FRAME, remember_size, show_placed

LAPTOP = QRect(0, 0, 911, 472)
"""1366×768 at 150 %, less the task bar."""
LARGE = QRect(0, 0, 1920, 1040)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path))
    made = QWidget()
    made.setMinimumSize(640, 480)
    qtbot.addWidget(made)
    return made


def size(window: QWidget) -> tuple[int, int]:
    return window.width(), window.height()


@pytest.mark.parametrize("room", [LAPTOP, QRect(0, 0, *FIRST_SIZE)])
def test_on_a_small_screen_the_window_opens_maximised(window: QWidget, room: QRect) -> None:
    show_placed(window, room)
    assert window.isMaximized()


def test_on_a_large_screen_it_opens_in_its_first_size(window: QWidget) -> None:
    show_placed(window, LARGE)
    assert not window.isMaximized()
    assert size(window) == FIRST_SIZE


def test_it_opens_as_large_as_it_was_left(window: QWidget) -> None:
    window.resize(1000, 700)
    remember_size(window)
    window.resize(700, 500)
    show_placed(window, LARGE)
    assert size(window) == (1000, 700)


def test_left_maximised_it_opens_maximised(window: QWidget) -> None:
    window.resize(LARGE.width(), LARGE.height() - FRAME.height() + 1)
    remember_size(window)
    show_placed(window, LARGE)
    assert window.isMaximized()
