"""Rows of values to drafts of activities or deviations, each once; a reference that comes again is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec

from fardplan_desktop.domain.records import Indicator, Outcome
from fardplan_desktop.domain.sheets import Answers, Asked, AskedKind, Option, Sure
from fardplan_desktop.domain.tabular import ActivityDraft, DeviationDraft, TableKind
from fardplan_desktop.tables.values import folded

FieldValue = str | int | bool | date | tuple[str, ...] | None
EXEMPT = frozenset({"reference"})
"""A case number may look like a personal number."""
_INDICATOR = ("text", "unit", "start", "target")
_REQUIRED = ("month", "direction", "reporter", "counterpart", "category")
_FIRST, _LAST = "first", "last"
AGAIN = "again"
_OPTIONS = {AGAIN: (Option(_FIRST, "Den första raden"), Option(_LAST, "Den sista raden"))}
_Draft = TypeVar("_Draft", ActivityDraft, DeviationDraft)


class Drafts(NamedTuple):
    activities: tuple[ActivityDraft, ...] = ()
    deviations: tuple[DeviationDraft, ...] = ()
    repeated: int = 0
    """Rows that only said again what another row had said."""
    asked: tuple[Asked, ...] = ()
    options: Mapping[str, tuple[Option, ...]] = {}


def drafts_of(
    kind: TableKind, rows: list[dict[str, FieldValue]], every: Mapping[str, FieldValue], answers: Answers
) -> Drafts:
    """The rows that have what a record needs; what is missing is asked about elsewhere."""
    if kind is TableKind.ACTIVITIES:
        return _activities(rows, answers)
    return _deviations(rows, every, answers)


def _activities(rows: list[dict[str, FieldValue]], answers: Answers) -> Drafts:
    made = [_activity(row) for row in rows if row.get("title")]
    keys = [f"{folded(draft.plan or '')}|{folded(draft.title)}" for draft in made]
    kept, repeated, asked = _once(made, keys, answers, "Samma aktivitet")
    return Drafts(activities=tuple(kept), repeated=repeated, asked=asked, options=_OPTIONS)


def _deviations(rows: list[dict[str, FieldValue]], every: Mapping[str, FieldValue], answers: Answers) -> Drafts:
    made: list[DeviationDraft] = []
    for row in rows:
        values: dict[str, Any] = {**every, **row}
        if all(values.get(field) for field in _REQUIRED):
            made.append(DeviationDraft(**values))
    kept, repeated, asked = _once(made, [folded(each.reference or "") for each in made], answers, "Samma referens")
    return Drafts(deviations=tuple(kept), repeated=repeated, asked=asked, options=_OPTIONS)


def _activity(row: dict[str, FieldValue]) -> ActivityDraft:
    values: dict[str, Any] = dict(row)
    told = {field: values.pop(f"indicator_{field}", "") for field in _INDICATOR}
    outcome = values.pop("indicator_outcome", "")
    outcomes = (Outcome(value=outcome),) if outcome else ()
    if outcomes or any(told.values()):
        values["indicators"] = (Indicator(**told, outcomes=outcomes),)
    return ActivityDraft(**values)


def _once(
    made: list[_Draft], keys: list[str], answers: Answers, what: str
) -> tuple[list[_Draft], int, tuple[Asked, ...]]:
    """The drafts with each key once; how many rows only repeated another; and the question when they differ."""
    groups: dict[str, list[_Draft]] = {}
    for at, (key, draft) in enumerate(zip(keys, made, strict=True)):
        groups.setdefault(key or f"row {at}", []).append(draft)
    distinct = {
        key: list({_said(draft): draft for draft in reversed(group)}.values())[::-1] for key, group in groups.items()
    }
    repeated = len(made) - sum(map(len, distinct.values()))
    unlike = [group for group in distinct.values() if len(group) > 1]
    if not unlike:
        return [group[0] for group in distinct.values()], repeated, ()
    answer, sure = answers.find(AGAIN) or ("", Sure.OPEN)
    rows = " och ".join(str(draft.row) for draft in unlike[0][:2])
    words = f"{what} står på flera rader med olika innehåll, till exempel rad {rows}. Vilken gäller?"
    asked = Asked(
        key=AGAIN, kind=AskedKind.SAME, words=words, detail=f"{len(unlike)} gånger", group=AGAIN, answer=answer,
        sure=sure,
    )  # fmt: skip
    return [group[-1 if answer == _LAST else 0] for group in distinct.values()], repeated, (asked,)


def _said(draft: ActivityDraft | DeviationDraft) -> str:
    """All that a draft says, wherever it stands."""
    return repr(msgspec.structs.replace(draft, row=0))
