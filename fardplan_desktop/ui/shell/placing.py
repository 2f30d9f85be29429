"""How large the window opens: as the user left it, and never larger than the screen.

A 1366×768 laptop at 150 % has 911×512 logical pixels. A window that reaches below the screen hides its status line,
and with it every receipt.
"""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from fardplan_desktop.host import preferences

FIRST_SIZE: Final = (1366, 768)
FRAME: Final = QSize(16, 40)
"""What the system's edges and title bar take; not known before the window is shown, and never more than this."""


def show_placed(window: QWidget, room: QRect) -> None:
    """Show the window in ``room``, the part of the screen that no task bar covers: all of it when it is short."""
    size = QSize(*(preferences.load().window or FIRST_SIZE))
    fits = size + FRAME
    if fits.width() > room.width() or fits.height() > room.height():
        window.resize((room.size() - FRAME).expandedTo(window.minimumSize()))  # When it is let go from maximised.
        window.showMaximized()
        return
    window.resize(size)
    window.show()


def remember_size(window: QWidget) -> None:
    """A maximised window is as large as the screen, so that it opens maximised again."""
    size = window.size()
    preferences.save(msgspec.structs.replace(preferences.load(), window=(size.width(), size.height())))
