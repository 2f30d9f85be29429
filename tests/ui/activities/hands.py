"""What a user's hands do to the fields of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField


def pick(combo: Combo, key: str) -> None:
    """As a user picks: the box shows it and tells."""
    at = combo.findData(key)
    assert at >= 0, f"{combo.objectName()} does not offer {key}"
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def write(entry: TextField, text: str) -> None:
    """Type over what stands there and leave with Tab."""
    entry.setFocus()
    entry.selectAll()
    entry.insert(text)
    QTest.keyClick(entry, Qt.Key.Key_Tab)


def fill(area: TextArea, text: str) -> None:
    """The same in a field of several lines."""
    area.setFocus()
    area.selectAll()
    area.insertPlainText(text)
    QTest.keyClick(area, Qt.Key.Key_Tab)
