"""One look for all tests of the window; each test starts with the light theme at 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def shared_look(qapp: QApplication) -> Look:
    return Look(qapp, RESOURCES, theme=ThemeName.LIGHT)


@pytest.fixture(autouse=True)
def look(shared_look: Look) -> Iterator[Look]:
    yield shared_look
    if shared_look.metrics.factor != 1.0:
        shared_look.choose_factor(1.0)
    if shared_look.chosen_theme is not ThemeName.LIGHT:
        shared_look.choose_theme(ThemeName.LIGHT)
