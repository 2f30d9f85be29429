"""Tab order of pieces that come while the window lives: Qt puts them last in the window, the user expects them here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_in_place(holder: QWidget, pieces: Sequence[QWidget]) -> None:
    """Let Tab go through ``pieces`` in this order, right after what comes before ``holder``."""
    before = _before(holder)
    chain = list(pieces) if before is None else [before, *pieces]
    for first, second in pairwise(chain):
        QWidget.setTabOrder(first, second)


def _before(holder: QWidget) -> QWidget | None:
    """The nearest piece before the holder that Tab stops at; None when the holder stands first or alone."""
    at = holder.previousInFocusChain()
    while at is not None and at is not holder:
        stops = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if stops and not holder.isAncestorOf(at) and at.window() is holder.window():
            return at
        at = at.previousInFocusChain()
    return None
