"""Tab order of pieces that come while the window lives: Qt puts them last in the window, the user expects them here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_after(before: QWidget, pieces: Sequence[QWidget]) -> None:
    """Let Tab go from ``before`` through ``pieces`` in this order, and then to what came after ``before``."""
    for first, second in pairwise((before, *pieces)):
        QWidget.setTabOrder(first, second)


def tab_in_place(holder: QWidget, pieces: Sequence[QWidget]) -> None:
    """Let Tab go through ``pieces``, all within ``holder``, in this order. The last of them stands where it should:
    the others come before it, after what came before the holder.
    """
    before = _before(holder, pieces[-1])
    if before is None:
        tab_after(pieces[0], pieces[1:])
    else:
        tab_after(before, pieces)


def _before(holder: QWidget, piece: QWidget) -> QWidget | None:
    """The nearest piece before this one that Tab stops at and that is not the holder's; None when there is none."""
    at = piece.previousInFocusChain()
    while at is not None and at is not piece:
        stops = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at is not holder
        if stops and not holder.isAncestorOf(at) and at.window() is holder.window():
            return at
        at = at.previousInFocusChain()
    return None
