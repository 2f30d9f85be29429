"""Every place a user can stand in: the pages, and the views that lie behind a button on one of them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from fardplan_desktop.ui.shell.main_window import MainWindow

_TURNED = {"activities-timeline": "activities_picture", "reporting-sent": "reporting_tabs"}
"""Views that a pair of segments turns to, and back from."""
_WAYS_BACK = ("plans_back", "walk_end")


def places(window: MainWindow) -> Iterator[str]:
    """The name of each place, shown while it is named."""
    for name in window.page_names:
        window.go(name)
        yield name
        for view, segments in _TURNED.items():
            if view.startswith(f"{name}-") and _press(window, segments, Qt.Key.Key_Right):
                yield view
                _press(window, segments, Qt.Key.Key_Left)
    if "activities" in window.page_names:
        yield from _behind_activities(window)


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


def _press(window: MainWindow, name: str, key: Qt.Key) -> bool:
    """Whether it is there to press."""
    found = _shown(window, name)
    if found is not None:
        QTest.keyClick(found, key)
    return found is not None


def _shown(window: MainWindow, name: str) -> QWidget | None:
    return next((each for each in window.findChildren(QWidget, name) if each.isVisible()), None)
