"""How a test lets a window go."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def let_go(window: QWidget) -> None:
    """Before its store is closed and the text size put back: a closed window must not be built anew."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
