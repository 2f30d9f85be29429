"""The field one types in, over the cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_Key = Qt.Key


class CellEditor(QLineEdit):
    """``changing``: arrows move among the characters, as after F2; else they leave the cell, as in a spreadsheet."""

    def __init__(self, parent: QWidget, text: str, name: str, *, changing: bool) -> None:
        super().__init__(text, parent)
        self.setObjectName("cell_editor")
        self.setProperty("kind", "cell")
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(40)
        self.settled = False
        self._changing = changing

    def turn(self) -> None:
        """F2 while typing: arrows move among the characters instead of leaving the cell, or the reverse."""
        self._changing = not self._changing

    def step_of(self, event: QKeyEvent) -> tuple[int, int] | None:
        """Where the key goes on to, as steps down and right; None for a key of the text."""
        back = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        keys = {_Key.Key_Return: (back, 0), _Key.Key_Enter: (back, 0), _Key.Key_Tab: (0, 1), _Key.Key_Backtab: (0, -1)}
        keys |= {_Key.Key_Down: (1, 0), _Key.Key_Up: (-1, 0)}
        if not self._changing:
            keys |= {_Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1)}
        return keys.get(_Key(event.key()))
