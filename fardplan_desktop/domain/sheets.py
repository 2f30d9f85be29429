"""What a foreign sheet was understood as: what is known, what is only suggested, and what must be chosen.

Nothing is guessed silently. Everything that needs an answer is an ``Asked``; a suggestion counts as unanswered until
the user has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from fardplan_desktop.domain.tabular import TableContent, TableKind

LEAVE = "-"
"""The answer "Ta inte med"."""
SUM = "sum"
"""The answer "Lägg ihop" to rows that mean the same."""
ZERO = "0"
MISSING = "saknas"


class Sure(StrEnum):
    """How an answer came to be."""

    KNOWN = "known"
    """The code book, or its known other words, say so."""
    REMEMBERED = "remembered"
    """The organisation chose it another time."""
    CHOSEN = "chosen"
    SUGGESTED = "suggested"
    OPEN = "open"

    @property
    def waits(self) -> bool:
        """Whether the user has to say something before the table can be taken in."""
        return self in (Sure.SUGGESTED, Sure.OPEN)


class AskedKind(StrEnum):
    """What is asked about: decides the words around the question."""

    YEAR = "year"
    DASH = "dash"
    LINE = "line"
    """A row or column of numbers: which measure?"""
    SAME = "same"
    """Several rows mean the same measure in the same period."""
    CELL = "cell"
    """A cell that cannot be read."""
    COLUMN = "column"
    CODE = "code"
    EVERY = "every"
    """A field that the table has no column for and every record needs."""
    PERSONAL = "personal"


class Option(msgspec.Struct, frozen=True):
    id: str
    label: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was or must be understood."""

    key: str
    """The same for the same words next time: choices are given and remembered by it."""
    kind: AskedKind
    words: str
    """What the sheet says, or the question."""
    place: str = ""
    detail: str = ""
    """What stands there: ``jan–aug 2026 · 8 tal``."""
    group: str = ""
    """The name of its options."""
    answer: str = ""
    sure: Sure = Sure.OPEN


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """A whole table, as far as it is understood. ``content`` is given when nothing waits for an answer."""

    kind: TableKind
    source: str
    asked: tuple[Asked, ...]
    options: Mapping[str, tuple[Option, ...]]
    differences: tuple[str, ...] = ()
    """Totals in the sheet that are not the sum of what they stand for."""
    notes: tuple[str, ...] = ()
    """What was seen and left out."""
    content: TableContent | None = None
    size: int = 0
    """How many records it holds as it is understood now."""

    @property
    def waiting(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.sure.waits)

    @property
    def known(self) -> int:
        """How many rows or columns of the sheet were recognised without help."""
        sure = (Sure.KNOWN, Sure.REMEMBERED)
        return sum(each.sure in sure and each.kind in (AskedKind.LINE, AskedKind.COLUMN) for each in self.asked)

    def options_of(self, asked: Asked) -> tuple[Option, ...]:
        return self.options.get(asked.group, ())

    def label(self, asked: Asked) -> str:
        """The chosen option in words; empty when nothing is chosen."""
        return next((each.label for each in self.options_of(asked) if each.id == asked.answer), "")


class Answers(msgspec.Struct, frozen=True):
    """What has been chosen now, and what the organisation chose other times; both by the key of the question."""

    chosen: Mapping[str, str] = {}
    remembered: Mapping[str, str] = {}

    def find(self, key: str) -> tuple[str, Sure] | None:
        if key in self.chosen:
            return self.chosen[key], Sure.CHOSEN
        if key in self.remembered:
            return self.remembered[key], Sure.REMEMBERED
        return None
