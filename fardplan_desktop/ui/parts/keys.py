"""Shortcuts, and the sheet (F1) that lists those which really exist."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.layouts import holder
from fardplan_desktop.ui.parts.scrolled import Scrolled
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look


def shortcut(
    owner: QWidget, keys: str, meaning: str, act: Callable[[], object], *, only_inside: bool = False
) -> QShortcut:
    """A shortcut that the F1 sheet lists as ``meaning``; ``only_inside``: while focus is within ``owner``."""
    made = QShortcut(QKeySequence(keys), owner)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut if only_inside else Qt.ShortcutContext.WindowShortcut)
    made.setWhatsThis(meaning)
    made.activated.connect(lambda: act())
    return made


def known_keys(window: QWidget) -> list[tuple[str, str]]:
    """(keys, meaning) of every shortcut that works now: its owner is shown and it has a meaning. No keys twice."""
    found: dict[str, str] = {}
    for made in window.findChildren(QShortcut):
        owner = made.parent()
        if made.isEnabled() and made.whatsThis() and isinstance(owner, QWidget) and owner.isVisible():
            found.setdefault(key_words(made.key()), made.whatsThis())
    return list(found.items())


def key_words(keys: QKeySequence) -> str:
    """A key as it is printed on a Swedish keyboard ("Ctrl+Skift+Z")."""
    words = keys.toString(QKeySequence.SequenceFormat.PortableText)
    return (
        words.replace("Shift", "Skift")
        .replace("Del", "Delete")
        .replace("Return", "Enter")
        .replace("Right", "→")
        .replace("Left", "←")
    )


def keys_sheet(window: QWidget) -> Dialog:
    """The dialog of F1, opened."""
    dialog = Dialog("Tangenter", window, name="keys_dialog", width=520)
    grid = QGridLayout()
    look = Look.of_application()
    grid.setHorizontalSpacing(look.px(24))
    grid.setVerticalSpacing(look.px(6))
    grid.setContentsMargins(0, 0, look.px(12), 0)
    grid.setColumnStretch(1, 1)
    for line, (keys, meaning) in enumerate(known_keys(window)):
        cap = Label(keys, "badge", name="keycap")
        cap.setProperty("role", "keycap")
        cap.setFixedHeight(look.px(22))
        grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(meaning, wrap=True), line, 1)
    dialog.content.addWidget(Scrolled(holder(grid, "surface"), window, name="keys_scroll"))
    close = Button("Stäng", name="keys_close", on_click=dialog.accept)
    dialog.set_buttons(close, safe=close)
    dialog.open()
    return dialog
