"""An attacker on a table of feedback: every table that could lie behind what a member was told, found by trying all.

Knows nothing of how the protection is reasoned out; who has given a number at all is taken to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from fardplan_desktop.analysis.feedback_protection import Line, Shown, median_doubled

Row = tuple[int, ...]
Seen = dict[tuple[str, str], set[int]]
"""Line and other member → every value that it may have."""


def narrowest(lines: Sequence[Line], member: str, told: Mapping[str, Shown]) -> float:
    """The least of max − min over the others' numbers; infinite when nothing is known of any."""
    (whole,) = [each for each in lines if each.whole is None]
    if told[whole.id].total is None:
        # Nothing bounds the whole; what is told of its parts stands alone.
        return min((_alone(each, member, told[each.id]) for each in lines), default=float("inf"))
    seen: Seen = {}
    for row in _rows(whole, member, told[whole.id], _free):
        given = dict(zip(_others(whole, member), row, strict=True))
        parts = [each for each in lines if each.whole is not None and each.group is None]
        found = [_of_part(each, member, told[each.id], given) for each in parts]
        values = [each for each in lines if each.group is not None]
        split = list(_of_breakdown(values, member, told, given)) if values else []
        if not all(found) or (values and not split):
            continue  # Such a whole could not have these parts.
        for other, value in given.items():
            seen.setdefault((whole.id, other), set()).add(value)
        for line, rows in zip(parts, found, strict=True):
            for each in rows:
                _note(seen, line, member, each)
        for table in split:
            for line, each in zip(values, table, strict=True):
                _note(seen, line, member, each)
    return min((max(each) - min(each) for each in seen.values()), default=float("inf"))


def _alone(line: Line, member: str, told: Shown) -> float:
    if told.total is None:
        return float("inf")
    seen: Seen = {}
    for row in _rows(line, member, told, _free):
        _note(seen, line, member, row)
    return min(max(each) - min(each) for each in seen.values())


def _note(seen: Seen, line: Line, member: str, row: Row) -> None:
    for other, value in zip(_others(line, member), row, strict=True):
        seen.setdefault((line.id, other), set()).add(value)


def _others(line: Line, member: str) -> list[str]:
    return [each for each in line.values if each != member]


def _free(_other: str) -> None:
    return None


def _rows(line: Line, member: str, told: Shown, most: Callable[[str], int | None]) -> Iterator[Row]:
    """The others' numbers that add up to what was told, none above its own bound, with the median that was told."""
    others, own = _others(line, member), line.values.get(member)
    assert told.total is not None
    bounds = [most(each) for each in others]
    for row in _adding_up(told.total - (own or 0), bounds):
        known = (*row, *([] if own is None else [own]))
        if told.median_doubled is None or median_doubled(known) == told.median_doubled:
            yield row


def _adding_up(total: int, bounds: Sequence[int | None]) -> Iterator[Row]:
    if not bounds:
        if total == 0:
            yield ()
        return
    top = total if bounds[0] is None else min(total, bounds[0])
    for first in range(top + 1):
        for rest in _adding_up(total - first, bounds[1:]):
            yield (first, *rest)


def _of_part(line: Line, member: str, told: Shown, given: Mapping[str, int]) -> list[Row]:
    others = _others(line, member)
    if told.total is None:
        # Anything up to the whole.
        return [
            tuple(0 for _ in others),
            tuple(given.get(each, 99) for each in others),
        ]
    return list(_rows(line, member, told, given.get))


def _of_breakdown(
    lines: Sequence[Line], member: str, told: Mapping[str, Shown], given: Mapping[str, int]
) -> Iterator[tuple[Row, ...]]:
    """By line, the others' numbers: each other's add up to its whole when it gave them all, else to no more."""
    others = sorted({each for line in lines for each in line.values} - {member})
    choices = []
    for other in others:
        cells = [line for line in lines if other in line.values]
        whole = given.get(other, 0)
        rows = product(range(whole + 1), repeat=len(cells))
        full = len(cells) == len(lines)
        choices.append([row for row in rows if (sum(row) == whole if full else sum(row) <= whole)])
    for taken in product(*choices):
        by_line = []
        for line in lines:
            column = [
                row[[each.id for each in lines if other in each.values].index(line.id)]
                for other, row in zip(others, taken, strict=True)
                if other in line.values
            ]
            total = told[line.id].total
            if total is not None and sum(column) != total - line.values.get(member, 0):
                break
            order = [each for each in others if each in line.values]
            by_line.append(tuple(column[order.index(each)] for each in _others(line, member)))
        else:
            yield tuple(by_line)
