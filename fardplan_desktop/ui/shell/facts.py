"""What the shell is told: the data it shows and the things that can be done from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec


class ShellFacts(msgspec.Struct, frozen=True):
    """Everything the frame shows beside the page. Texts are written out and Swedish.

    ``mark`` is "Exempeldata – påhittade siffror" or "Övning" or empty, ``mark_short`` the same where there is little
    room. ``periods`` are (id, words). ``undo`` and ``redo`` say what would be undone; empty means nothing to undo.
    """

    organisation: str = ""
    mark: str = ""
    mark_short: str = ""
    periods: tuple[tuple[str, str], ...] = ()
    period: str = ""
    saved: str = ""
    backup: str = ""
    backup_late: bool = False
    codebook: str = ""
    undo: str = ""
    redo: str = ""


class Action(msgspec.Struct, frozen=True):
    """Something that can be done from anywhere: found with Ctrl+K, and by ``keys`` ("Ctrl+N") when it has any."""

    words: str
    icon: str
    act: Callable[[], object]
    keys: str = ""


class Hit(msgspec.Struct, frozen=True):
    """A line among what search found; ``detail`` says what kind of thing it is."""

    words: str
    detail: str
    icon: str
    act: Callable[[], object]


Find = Callable[[str, Callable[[Sequence[Hit]], None]], None]
"""Look for records: gets what was typed, and calls back on the GUI thread with the hits."""


def find_nothing(_typed: str, _deliver: Callable[[Sequence[Hit]], None]) -> None:
    """The search of a program without records."""
