"""Two periods over the same organisations: only those with a number in both, recomputed from their own values.

A sum that grew because more have reported is no change; over the same set it is. ``of`` stays the number of those the
measure applies to in the later period, so that "11 av 15" says how much of the whole the comparison holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from fardplan_desktop.analysis.sums import Contribution, add_up, shares_from
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Figure, Rolled, Share
from fardplan_desktop.domain.periods import Period, parse_period

NOBODY = "ingen kommun har uppgift i båda perioderna"
Contributions = Mapping[str, Mapping[str, Contribution]]
_Pair = tuple[Figure, Figure]


def figures_of_both(codebook: CodeBook, now: Iterable[Figure], then: Iterable[Figure], before: Period) -> list[_Pair]:
    """Each figure of ``now`` beside that of ``then`` (period ``before``), both over those who have a number in both."""
    others = {_key(each): each for each in then}
    made: list[_Pair] = []
    for figure in now:
        other = others.get(_key(figure))
        pair = [_values(each) for each in (figure, other) if each is not None]
        both = [code for code in pair[0] if len(pair) == 2 and code in pair[1]]
        kept = _restricted(codebook, figure, both, figure.of)
        compared = other or msgspec.structs.replace(figure, period=before.id, members=())
        made.append((kept, _restricted(codebook, compared, both, figure.of)))
    return made


def contributions_of_both(now: Contributions, then: Contributions) -> tuple[Contributions, Contributions]:
    """What members add to each derived measure in both periods, only of those who can be counted in both."""
    both = {
        derived: [
            code
            for code, given in members.items()
            if given.reason is None and code in then[derived] and then[derived][code].reason is None
        ]
        for derived, members in now.items()
    }
    first, second = (
        {derived: {code: each[derived][code] for code in codes} for derived, codes in both.items()}
        for each in (now, then)
    )
    return first, second


def shares_of(codebook: CodeBook, period: Period, given: Contributions, of: Iterable[Share]) -> tuple[Share, ...]:
    """The shares over a set, each out of as many as the whole one ``of`` is."""
    return tuple(
        msgspec.structs.replace(share, of=whole.of, reason=share.reason if share.reported else NOBODY)
        for share, whole in zip(shares_from(codebook, period, given), of, strict=True)
    )


def _key(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.measure, figure.breakdown, figure.breakdown_value


def _values(figure: Figure) -> dict[str, Rolled]:
    return {each.organisation: each.rolled for each in figure.members if each.rolled.value is not None}


def _restricted(codebook: CodeBook, figure: Figure, codes: Sequence[str], of: int) -> Figure:
    rolled = {each.organisation: each.rolled for each in figure.members if each.organisation in codes}
    measure, period = codebook.measure(figure.measure), parse_period(figure.period)
    return msgspec.structs.replace(add_up(measure, period, rolled, figure.breakdown, figure.breakdown_value), of=of)
