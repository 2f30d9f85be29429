"""Two periods over the same organisations: only those with a number in both, recomputed from their own values.

A sum that grew because more have reported is no change; over the same set it is. ``of`` stays the number of those the
measure applies to in the later period, so that "11 av 15" says how much of the whole the comparison holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fardplan_desktop.analysis.sums import CountsByOrganisation, add_up, contributions, share_of
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Figure, Rolled, Share
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Population

NOBODY = "ingen kommun har uppgift i båda perioderna"
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


def shares_of_both(
    codebook: CodeBook,
    periods: tuple[Period, Period],
    members: Sequence[str],
    counts: CountsByOrganisation,
    population: Sequence[Population] = (),
) -> list[tuple[Share, Share]]:
    """Each derived measure in both periods, recomputed from the sums of those who can be counted in both."""
    given = [contributions(codebook, period, members, counts, population) for period in periods]
    made: list[tuple[Share, Share]] = []
    for derived in codebook.derived:
        now, then = (each[derived.id] for each in given)
        both = [code for code in members if now[code].reason is None and then[code].reason is None]
        of = share_of(derived, periods[0], list(now.values())).of
        first, second = (
            share_of(derived, period, [each[code] for code in both])
            for period, each in zip(periods, (now, then), strict=True)
        )
        made.append((_of(first, of, bool(both)), _of(second, of, bool(both))))
    return made


def _key(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.measure, figure.breakdown, figure.breakdown_value


def _values(figure: Figure) -> dict[str, Rolled]:
    return {each.organisation: each.rolled for each in figure.members if each.rolled.value is not None}


def _restricted(codebook: CodeBook, figure: Figure, codes: Sequence[str], of: int) -> Figure:
    rolled = {each.organisation: each.rolled for each in figure.members if each.organisation in codes}
    measure, period = codebook.measure(figure.measure), parse_period(figure.period)
    return msgspec.structs.replace(add_up(measure, period, rolled, figure.breakdown, figure.breakdown_value), of=of)


def _of(share: Share, of: int, anybody: bool) -> Share:
    return msgspec.structs.replace(share, of=of, reason=share.reason if anybody else NOBODY)
