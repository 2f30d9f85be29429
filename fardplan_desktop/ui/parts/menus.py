"""Menus that a button opens under itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def add_act(menu: QMenu, words: str, name: str, act: Callable[[], object], *, ticked: bool | None = None) -> QAction:
    """A line of the menu; ``ticked`` shows whether it is in force."""
    made = QAction(words.replace("&", "&&"), menu)
    made.setObjectName(name)
    if ticked is not None:
        made.setCheckable(True)
        made.setChecked(ticked)
    made.triggered.connect(lambda _checked=False: act())
    menu.addAction(made)
    return made


def open_under(button: QWidget, menu: QMenu) -> None:
    """Show it, and let it go when it has been left."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
