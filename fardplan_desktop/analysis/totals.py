"""Sums of organisations that sent only their total, laid beside those of the members whose own packages are there.

They count as reported, are marked as unchecked, and missing stays missing: a total says itself how many of its members
are in it. Nothing is spread over the members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from fardplan_desktop.analysis.sums import NOTHING_TO_DIVIDE
from fardplan_desktop.domain.compiled_ids import figure_id, share_ids
from fardplan_desktop.domain.figures import Figure, ReportedTotal, Share, Tally
from fardplan_desktop.domain.records import CountState


class GroupTotals(msgspec.Struct, frozen=True):
    """What one delregion has sent of a period instead of its members' packages."""

    members: frozenset[str]
    reported: tuple[str, ...]
    """The members that are in the totals; the others have sent nothing."""
    digest: str
    """Of the delivery that it came in."""
    rows: Mapping[str, ReportedTotal]
    """By the ids of ``domain.compiled_ids``."""


def figure_with(figure: Figure, groups: Iterable[GroupTotals]) -> Figure:
    """The figure with the groups' totals in it, the coverage in months being the smallest of all."""
    id = figure_id(figure.measure, figure.period, figure.breakdown, figure.breakdown_value)
    for group in groups:
        total = group.rows.get(id)
        if total is not None:
            figure = _joined(figure, group.members, total)
    return figure


def share_with(share: Share, groups: Iterable[GroupTotals]) -> Share:
    """The share over numerators and denominators of both sorts; one per 1 000 inhabitants is left as it is."""
    above_id, below_id = share_ids(share.id, share.period)
    for group in groups:
        above, below = group.rows.get(above_id), group.rows.get(below_id)
        if above is None or below is None or above.value is None or below.value is None or share.per != 1:
            continue
        num, den = (share.num or 0) + above.value, (share.den or 0) + below.value
        share = msgspec.structs.replace(
            share,
            num=num,
            den=den,
            reported=share.reported + above.reported,
            of=share.of - len(group.members) + above.of,
            estimated=share.estimated or above.estimated,
            reason=None if den > 0 else NOTHING_TO_DIVIDE,
            unchecked=share.unchecked + above.reported,
        )
    return share


def tally_with(tally: Tally, groups: Sequence[GroupTotals], code_of: Callable[[str], str]) -> Tally:
    """The tally with the groups' numbers of each code; ``code_of`` gives the code of a row's id, or nothing."""
    found = dict(tally)
    for id, total in ((id, total) for group in groups for id, total in group.rows.items()):
        if code_of(id) and total.value:
            found[code_of(id)] = found.get(code_of(id), 0) + total.value
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def total_with(total: int, groups: Iterable[GroupTotals], id: str) -> int:
    return total + sum(group.rows[id].value or 0 for group in groups if id in group.rows)


def _joined(figure: Figure, members: frozenset[str], total: ReportedTotal) -> Figure:
    applies = sum(
        each.organisation in members and each.rolled.state is not CountState.NOT_APPLICABLE for each in figure.members
    )
    whole = msgspec.structs.replace(figure, of=figure.of - applies + total.of)
    if total.value is None:
        return whole
    fewer = figure.value is None or _covered(total.parts, total.parts_of) < _covered(figure.parts, figure.parts_of)
    least = total if fewer else figure
    return msgspec.structs.replace(
        whole,
        value=(figure.value or 0) + total.value,
        reported=figure.reported + total.reported,
        parts=least.parts,
        parts_of=least.parts_of,
        estimated=figure.estimated or total.estimated,
        repeats=figure.repeats or total.repeats,
        unchecked=figure.unchecked + total.reported,
    )


def _covered(parts: int, of: int) -> Fraction:
    return Fraction(parts, of) if of else Fraction(1)
