"""One answered thing against what is stored: the same, new, another, or changed here since the question was asked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

import msgspec

from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.domain.records import Inquiry, Record
from fardplan_desktop.domain.tabular import TableProblem, TableProblems
from fardplan_desktop.services.workplace import Workplace

R = TypeVar("R", bound=Record)


class LineState(StrEnum):
    """What taking in a line would mean; the value is what the user reads."""

    NEW = "Ny"
    CHANGED = "Ändrad"
    UNCHANGED = "Oförändrad"
    CONFLICT = "Ändrad här under tiden"


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """``Genomförda SIP-möten, maj 2026``: what stands, and what the colleague answered."""

    what: str
    stands: str
    answer: str
    state: LineState

    def taken(self, *, conflicts: bool) -> bool:
        """Whether it changes anything; ``conflicts``: the answer replaces what was changed here meanwhile too."""
        return self.state in (LineState.NEW, LineState.CHANGED) or (conflicts and self.state is LineState.CONFLICT)


class Given(msgspec.Struct, frozen=True):
    """An answered field of a record, and the line that tells of it."""

    field: str
    value: object
    line: AnswerLine


class Since:
    """What records held when a question was last asked or answered, as history tells it."""

    def __init__(self, workplace: Workplace, inquiry: Inquiry) -> None:
        self._store = workplace.store
        found = self._store.history(records=[f"{Inquiry.__name__}:{inquiry.id}"], limit=1)
        self._from = found[0] if found else None

    def changed(self, kind: type[Record], id: str, stored: Record | None, fields: Iterable[str]) -> bool:
        """Whether one of the fields has become another since then."""
        later = [each for each in self._store.history(records=[f"{kind.__name__}:{id}"]) if self._is_later(each)]
        if not later:
            return False
        before = later[-1].before or {}
        return any(before.get(field) != _plain(stored, field) for field in fields)

    def _is_later(self, entry: HistoryEntry) -> bool:
        """An undone answer is undone from its end: the rest of that act comes after the question's own entry."""
        start = self._from
        if start is None:
            return True
        same_act = (entry.at, entry.act, entry.label) == (start.at, start.act, start.label)
        return entry.nr > start.nr and not same_act


def line(what: str, stands: str, answer: str, *, changed: bool) -> AnswerLine:
    """The line in its state; ``changed``: what stands has become another since the question was asked."""
    if stands == answer:
        state = LineState.UNCHANGED
    elif changed:
        state = LineState.CONFLICT
    else:
        state = LineState.CHANGED if stands else LineState.NEW
    return AnswerLine(what=what, stands=stands, answer=answer, state=state)


def with_given(before: R, given: Iterable[Given], *, conflicts: bool) -> R:
    """The record with what is taken of the answer."""
    taken = {each.field: each.value for each in given if each.line.taken(conflicts=conflicts)}
    return msgspec.structs.replace(before, **taken)


def refused(source: str, row: int, place: str, what: str) -> TableProblems:
    """One fault of an answer, with its place."""
    return TableProblems(source, [TableProblem(source, row, place, what)])


def _plain(record: Record | None, field: str) -> object:
    """As history holds it."""
    value = msgspec.to_builtins(getattr(record, field, None))
    return list(value) if isinstance(value, tuple) else value
