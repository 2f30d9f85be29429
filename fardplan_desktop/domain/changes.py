"""Edits on their way into the store, and what came of them."""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.records import Record


class Edit(msgspec.Struct, frozen=True):
    """One record as the editor saw it and as it shall be; None stands for "not there".

    The store refuses the edit when what it holds is not ``before``.
    """

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The one that is there: after the edit, or before it when the edit removes."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "an edit without a record"
        return record

    @property
    def reversed(self) -> Edit:
        return Edit(self.after, self.before)


class Change(msgspec.Struct, frozen=True):
    """What was changed: screens refresh from this, undo names it."""

    label: str
    """Swedish, as in "4 rutor inklistrade från Excel"."""
    kinds: frozenset[str] = frozenset()
    """Names of the record types touched: ``Count`` … and for acts ``Delivery``, ``Trust``, ``Setting``."""
    ids: tuple[str, ...] = ()
    undoable: bool = False


class HistoryEntry(msgspec.Struct, frozen=True):
    """One row of the tamper-evident history. ``before``/``after`` are None when erased or when it was an act."""

    nr: int
    at: str
    who: str
    act: str
    label: str
    record: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    hash: str
    facts: dict[str, object] = {}
    """What an act tells: the digest of a package, the reason of an erasure."""


class HistoryHead(msgspec.Struct, frozen=True):
    """The anchor that each sealed package carries: how many entries, and the hash of the last (64 hex)."""

    count: int
    sha256: str
