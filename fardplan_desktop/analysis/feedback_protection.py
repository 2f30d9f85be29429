"""What one member may be shown of the others' numbers, so that it cannot work out any single one of them.

Domain model 7.5 and 5.3: numbers from 1 up to one less than the threshold t are small; with fewer than four reporting
members there is no total or median that a member could subtract from. The attacker is a member that knows its own
row, everything in its feedback (of this and earlier versions), that numbers are whole and not negative, that a part is
at most its whole, t, and these rules. For every other member and number it must be left with max − min ≥ t.

Let S be the sum of the others (total − own) and n those who reported. The rules are *simulatable* (Kenthapadi, Mishra
and Nissim, "Simulatable Auditing", PODS 2005): what is decided rests on what the attacker is then told, so that a
hidden value says nothing more than that.

* **Total**: n ≥ 4 and S > t. Any other member may then have anything from 0 to S. Hidden, S may be all of 0…t.
* **Part of a whole**: the rest as well, S(whole) − S(part) > t. By the bounds of Fréchet a part is then as free as its
  whole and its own total let it be.
* **Values of a breakdown**: shown with their whole only; each as a part; and what is left of the whole when the shown
  are taken away is nothing, or more than t spread over at least two hidden values (one that three others gave, when
  some left the breakdown out), or else the smallest of the shown is hidden too.
* **Median** of the members' plain numbers, of wholes only: n ≥ 5, the total shown, and S ≥ t × (⌊n / 2⌋ + 1). With
  four, total and median together may give all three others. From five on, one other can always be 0 and one can
  always have at least S / (⌊n / 2⌋ + 1): the numbers from the median upwards are at most that many.
* **A new version** of feedback: a total that rests on one or two members more than before would give those away by
  subtraction, so it is hidden; a median, and the values of a breakdown, are shown again only when they are the same.

A total of 0 tells that everybody else has 0, so it is hidden as any S ≤ t; one's own 0 is shown as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

FEWEST_FOR_TOTAL = 4
FEWEST_FOR_MEDIAN = 5
_FEWEST_NEW = 3
"""Others that may come between two versions without being told apart."""
HIDDEN = ".."
"""The sign of what is not shown (domain model 7.5)."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table: what each member that has a number gave. ``group`` names the breakdown it is a value of."""

    id: str
    values: Mapping[str, int]
    whole: str | None = None
    """The line it is a part or a value of."""
    group: str | None = None


class Told(msgspec.Struct, frozen=True):
    """What a member was told before of a line: the others' sum, and how many of them there were."""

    others: int
    reported: int


class Shown(msgspec.Struct, frozen=True):
    """What may be told of a line; ``median`` is doubled, so that it is whole."""

    total: int | None = None
    median_doubled: int | None = None


def protected(
    lines: Sequence[Line], *, member: str, threshold: int, before: Mapping[str, Sequence[Told]] | None = None
) -> dict[str, Shown]:
    """Line id → what this member may be shown. ``before``: the totals that it was shown in earlier versions.

    A line without a single number has nothing to hide and comes back empty.
    """
    table = _Table(lines, member, threshold, before or {})
    return {each.id: Shown(table.total(each), table.median(each)) for each in lines}


class _Table:
    def __init__(
        self, lines: Sequence[Line], member: str, threshold: int, before: Mapping[str, Sequence[Told]]
    ) -> None:
        self._member, self._least, self._threshold = member, threshold + 1, threshold
        self._before = before
        self._lines = {each.id: each for each in lines}
        self._shown: set[str] = set()
        for each in lines:
            if each.whole is None and self._enough(each):
                self._shown.add(each.id)
        for each in lines:
            if each.whole is not None and each.group is None and self._part(each, self._lines[each.whole]):
                self._shown.add(each.id)
        for whole, group in dict.fromkeys((each.whole, each.group) for each in lines if each.group is not None):
            values = [each for each in lines if (each.whole, each.group) == (whole, group)]
            if whole is not None and whole in self._shown:
                self._shown |= {each.id for each in self._of_breakdown(values, self._lines[whole])}

    def total(self, line: Line) -> int | None:
        return sum(line.values.values()) if line.id in self._shown else None

    def median(self, line: Line) -> int | None:
        """Doubled."""
        number = len(line.values)
        if line.id not in self._shown or line.whole is not None or number < FEWEST_FOR_MEDIAN:
            return None
        if self._others(line) < self._threshold * (number // 2 + 1) or not self._same_as_before(line):
            return None
        return median_doubled(line.values.values())

    def _others(self, line: Line) -> int:
        return sum(value for member, value in line.values.items() if member != self._member)

    def _those(self, line: Line) -> frozenset[str]:
        return frozenset(line.values) - {self._member}

    def _enough(self, line: Line) -> bool:
        if len(line.values) < FEWEST_FOR_TOTAL or self._others(line) < self._least:
            return False
        return all(self._may_follow(line, told) for told in self._before.get(line.id, ()))

    def _may_follow(self, line: Line, told: Told) -> bool:
        more = len(self._those(line)) - told.reported
        return more == 0 or (more >= _FEWEST_NEW and self._others(line) - told.others >= self._least)

    def _same_as_before(self, line: Line) -> bool:
        now = Told(self._others(line), len(self._those(line)))
        return all(told == now for told in self._before.get(line.id, ()))

    def _part(self, line: Line, whole: Line) -> bool:
        if not self._enough(line):
            return False
        if whole.id not in self._shown:
            return whole.id not in self._before
        return self._others(whole) - self._others(line) >= self._least

    def _of_breakdown(self, values: Sequence[Line], whole: Line) -> list[Line]:
        """Those that may be shown, dropping the smallest until nothing hidden can be worked out."""
        if not all(map(self._same_as_before, (whole, *values))):
            return []
        shown = sorted((each for each in values if self._part(each, whole)), key=lambda each: self._others(each))
        complete = all(self._those(each) == self._those(whole) for each in values)
        while shown:
            hidden = [each for each in values if each not in shown]
            if self._covers(hidden, self._others(whole) - sum(map(self._others, shown)), complete):
                break
            shown = shown[1:]
        return shown

    def _covers(self, hidden: Sequence[Line], rest: int, complete: bool) -> bool:
        """Whether what is hidden is nothing, or enough, on enough of them."""
        if complete and not hidden:
            return rest == 0
        deep = len(hidden) >= 2 if complete else any(len(self._those(each)) >= _FEWEST_NEW for each in hidden)
        return deep and rest >= self._least


def median_doubled(values: Iterable[int]) -> int:
    """Twice the median of at least one number, which is whole also between two of them."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] * 2 if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]
