"""The journeys' window: one look of the application, a folder of stores, and someone who sits down at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fardplan_desktop.host import paths
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName
from tests.journeys.window import Sit, Stores, Strays, User, sweep


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Look]:
    """The one look of the application, light and at 100 % before and after."""
    sweep(qapp)
    try:
        shared = Look.of_application()
    except RuntimeError:
        shared = Look(qapp, paths.resources(), theme=ThemeName.LIGHT)
    yield shared
    shared.choose_theme(ThemeName.LIGHT)
    shared.choose_factor(1.0)


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stores:
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "hem"))
    return Stores(tmp_path)


@pytest.fixture
def sit(qapp: QApplication, look: Look, qtbot: QtBot, stores: Stores) -> Iterator[Sit]:
    """Sit down at a window; given a workplace, with its store open."""
    seated: list[User] = []
    strays = Strays(qapp)

    def sitting(workplace: Workplace | None = None, size: tuple[int, int] = (1366, 768)) -> User:
        user = User(qtbot, stores, size)
        seated.append(user)
        if workplace is not None:
            user.program.enter(workplace)
        return user

    yield sitting
    for user in seated:
        user.leave()
    qapp.removeEventFilter(strays)
    assert strays.names == [], "shown as windows of their own"
