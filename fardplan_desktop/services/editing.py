"""Changing records: the way every service goes to the write door, and undo, redo and history for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from fardplan_desktop.domain.changes import Change, Edit, HistoryEntry
from fardplan_desktop.domain.records import Record
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace


def save(workplace: Workplace, *, edits: Sequence[Edit], label: str) -> Change:
    """Guard and write as one undoable step. ``label`` is what undo will say: "Ny aktivitet"."""
    refuse_identity(edit.after for edit in edits if edit.after is not None)
    return workplace.store.write(edits, label=label, signature=workplace.signature)


def undo(workplace: Workplace) -> Change | None:
    """Take back the latest step; None when there is nothing to undo. Locked if it would change a sealed count."""
    return workplace.store.undo(workplace.signature)


def redo(workplace: Workplace) -> Change | None:
    return workplace.store.redo(workplace.signature)


def passed_over(change: Change, *, verb: str = "ångra") -> str:
    """What is said of a step that was taken off the list because all it changed has been erased; else empty."""
    return "" if change.kinds else f"”{change.label}” går inte att {verb}, uppgiften är rensad"


def undo_labels(workplace: Workplace) -> tuple[str | None, str | None]:
    """What the next undo and the next redo would do."""
    return workplace.store.undo_labels()


def next_undo(workplace: Workplace) -> tuple[Edit, ...] | None:
    """The edits the next undo would take back, so that the window can go to the place first."""
    return workplace.store.next_undo()


def history(workplace: Workplace, *, record: Record | None = None, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """The latest entries, newest first; of one record when given."""
    names = [] if record is None else [f"{type(record).__name__}:{record.id}"]
    return workplace.store.history(records=names, limit=limit)
