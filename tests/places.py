"""Every place a user can stand in: the pages, and the views that lie behind a button on one of them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.shell.main_window import MainWindow

_TURNED = {
    "activities": ("activities_picture", 1),
    "reporting": ("reporting_tabs", 1),
    "sending": ("bundle_tabs", 1),
    "compilation": ("compilation_views", 4),
    "replies": ("replies_tabs", 2),
}
"""Segments that turn a page to other views and back, and how many more there are at most."""
_WAYS_BACK = ("plans_back", "walk_end")


def places(window: MainWindow) -> Iterator[str]:
    """The name of each place, shown while it is named."""
    for name in window.page_names:
        window.go(name)
        yield name
        if name in _TURNED:
            yield from _turned(window, name, *_TURNED[name])
    if "activities" in window.page_names:
        yield from _behind_activities(window)


def _turned(window: MainWindow, page: str, name: str, most: int) -> Iterator[str]:
    found = _shown(window, name)
    if not isinstance(found, Segments):
        return
    turns = 0
    while turns < most:
        before = found.current
        QTest.keyClick(found, Qt.Key.Key_Right)
        if found.current == before:
            break
        turns += 1
        yield f"{page}-{found.current}"
    for _ in range(turns):
        QTest.keyClick(found, Qt.Key.Key_Left)


def _behind_activities(window: MainWindow) -> Iterator[str]:
    ways: tuple[tuple[str, dict[str, object]], ...] = (
        ("activities-plans", {"plans": True}),
        ("activities-assessment", {"assessment": 2026}),
        ("activities-joint", {"joint": True}),
        ("activities-walk", {"walk": True}),
    )
    for name, argument in ways:
        window.go("activities", **argument)
        back = next((each for way in _WAYS_BACK if (each := _shown(window, way)) is not None), None)
        if isinstance(back, QPushButton):  # There is not always something to check in.
            yield name
            back.click()


def _shown(window: MainWindow, name: str) -> QWidget | None:
    return next((each for each in window.findChildren(QWidget, name) if each.isVisible()), None)
