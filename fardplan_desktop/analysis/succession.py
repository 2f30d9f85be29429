"""Rows read as a newer version of mått och listor has them, for adding up: what has ended counts as what replaced it.

Rows stay as they were sent. Where two of one sender's rows become the same cell they are added, since each event was
counted under one code; but a number given for the new measure itself stands before one moved there from the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from fardplan_desktop.domain.activity_lists import ACTIVITY_LISTS
from fardplan_desktop.domain.codebook_succession import Successors
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.records import Activity, Count, CountState, Deviation

Rows = list[tuple[str, str, Count]]
"""Issuer, digest of the delivery, count."""
R = TypeVar("R", Activity, Deviation)


def counts_read_as(successors: Successors, rows: Rows) -> Rows:
    """The counts with ended measures and codes read as their successors."""
    if not successors:
        return rows
    cells: dict[tuple[str, str], list[tuple[str, Count, bool]]] = {}
    for code, digest, count in rows:
        now = _count(successors, count)
        cells.setdefault((code, now.id), []).append((digest, now, now.measure != count.measure))
    return [(code, *_added(found)) for (code, _), found in cells.items()]


def activity_read_as(successors: Successors, activity: Activity) -> Activity:
    return _record(successors, activity, ACTIVITY_LISTS)


def deviation_read_as(successors: Successors, deviation: Deviation) -> Deviation:
    return _record(successors, deviation, DEVIATION_LISTS)


def _count(successors: Successors, count: Count) -> Count:
    measure, value = successors.measure(count.measure), count.value
    if count.breakdown is not None and value is not None:
        value = successors.code(count.breakdown, value)
    return count if (measure, value) == (count.measure, count.value) else _replaced(count, measure=measure, value=value)


def _added(found: list[tuple[str, Count, bool]]) -> tuple[str, Count]:
    """One row of those that became the same cell; the digest is the last delivery's."""
    own = [each for each in found if not each[2]]
    rows = own if any(count.n is not None for _, count, _ in own) else found
    digest, first, _ = rows[-1]
    if len(rows) == 1:
        return digest, first
    counts = [count for _, count, _ in rows]
    numbers = [count.n for count in counts if count.n is not None]
    states = {count.state for count in counts}
    if not numbers:
        state = CountState.MISSING if CountState.MISSING in states else CountState.NOT_APPLICABLE
        return digest, _replaced(first, state=state, n=None)
    # A part that is missing makes the sum a good guess at best.
    sure = not states & {CountState.ESTIMATED, CountState.MISSING}
    return digest, _replaced(first, state=CountState.REPORTED if sure else CountState.ESTIMATED, n=sum(numbers))


def _record(successors: Successors, record: R, lists: Mapping[str, str]) -> R:
    if not successors:
        return record
    changed: dict[str, Any] = {}
    for field, list_id in lists.items():
        value = getattr(record, field)
        now = (
            _codes(successors, list_id, value)
            if isinstance(value, tuple)
            else value and successors.code(list_id, value)
        )
        if now != value:
            changed[field] = now
    return msgspec.structs.replace(record, **changed) if changed else record


def _codes(successors: Successors, list_id: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order: two that were merged are one."""
    return tuple(dict.fromkeys(successors.code(list_id, each) for each in codes))


def _replaced(count: Count, **changed: Any) -> Count:
    return msgspec.structs.replace(count, **changed)
