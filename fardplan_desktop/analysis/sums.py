"""Sums over organisations and the shares made from them: the same functions in a municipality, a delregion, the county.

A sum holds those that have a number and says how many of the others it lacks; nothing is extrapolated. A share is
Σ numerator / Σ denominator over the members that have both for the same months; shares are never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from fardplan_desktop.analysis.rollup import period_with, roll_up
from fardplan_desktop.domain.codebook import CodeBook, Derived, Measure, Term
from fardplan_desktop.domain.figures import Figure, MemberValue, Rolled, Share
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState, Population

CountsByOrganisation = Mapping[str, Sequence[Count]]

MONTH_VALUES = "kan inte räknas: månadsvärden"
OTHER_MONTHS = "kan inte räknas: täljare och nämnare gäller olika månader"
NO_POPULATION = "folkmängd saknas"
NO_VALUE = "uppgift saknas"
NOT_APPLICABLE = "ej aktuellt"
NOTHING_TO_DIVIDE = "kan inte räknas: nämnaren är 0"

CellKey = tuple[str, str | None, str | None]
"""Measure, breakdown and its value."""


def figures(
    codebook: CodeBook,
    period: Period,
    members: Sequence[str],
    counts_by_org: CountsByOrganisation,
    also: Iterable[CellKey] = (),
) -> tuple[Figure, ...]:
    """Every measure in the code book's order; after a measure the values of those breakdowns somebody has touched.

    ``members``: codes of the organisations expected on the period's last day (a municipality alone: itself). ``also``:
    what is shown even when none of these counts touches it.
    """
    cells = {code: _by_cell(counts_by_org.get(code, ())) for code in members}
    touched = {
        key
        for by_cell in cells.values()
        for key, counts in by_cell.items()
        if any(period.contains(period_with(count.period)) for count in counts)
    } | set(also)
    made: list[Figure] = []
    for measure in codebook.measures:
        for breakdown, value in _rows(codebook, measure, period, touched):
            key = (measure.id, breakdown, value)
            rolled = {
                code: roll_up(measure, period, by_cell.get(key, ()), breakdown, value)
                for code, by_cell in cells.items()
            }
            made.append(add_up(measure, period, rolled, breakdown, value))
    return tuple(made)


def add_up(
    measure: Measure,
    period: Period,
    rolled: Mapping[str, Rolled],
    breakdown: str | None = None,
    value: str | None = None,
) -> Figure:
    """The sum of the members' rolled-up values; ``rolled`` holds every expected member, also those without a number."""
    reported = [each for each in rolled.values() if each.value is not None]
    least = min(reported, key=lambda each: (Fraction(each.parts, each.parts_of), -each.parts_of), default=None)
    return Figure(
        measure=measure.id,
        period=period.id,
        breakdown=breakdown,
        breakdown_value=value,
        value=sum(each.value or 0 for each in reported) if reported else None,
        reported=len(reported),
        of=sum(each.state is not CountState.NOT_APPLICABLE for each in rolled.values()),
        parts=least.parts if least else 0,
        parts_of=least.parts_of if least else (1 if measure.over_time == "last" else period.type.months),
        estimated=any(each.estimated for each in reported),
        repeats=any(each.repeats for each in reported),
        members=tuple(MemberValue(code, each) for code, each in rolled.items()),
    )


def shares(
    codebook: CodeBook,
    period: Period,
    members: Sequence[str],
    counts_by_org: CountsByOrganisation,
    population: Iterable[Population] = (),
) -> tuple[Share, ...]:
    """Every derived measure in the code book's order; population of the period's year, else the latest before."""
    return shares_from(codebook, period, contributions(codebook, period, members, counts_by_org, population))


def shares_from(
    codebook: CodeBook, period: Period, given: Mapping[str, Mapping[str, Contribution]]
) -> tuple[Share, ...]:
    """The shares over all of what :func:`contributions` gave."""
    return tuple(share_of(derived, period, list(given[derived.id].values())) for derived in codebook.derived)


class Contribution(msgspec.Struct, frozen=True):
    """What one member adds to a share, or why it adds nothing."""

    num: int = 0
    den: int = 0
    estimated: bool = False
    reason: str | None = None
    cells: tuple[str, ...] = ()
    """Ids of the counts it is made of."""


def contributions(
    codebook: CodeBook,
    period: Period,
    members: Sequence[str],
    counts_by_org: CountsByOrganisation,
    population: Iterable[Population] = (),
) -> dict[str, dict[str, Contribution]]:
    """Derived measure → member → what it adds; every member given is there."""
    inhabitants = inhabitants_in(period.year, population)
    parts = {code: _Member(codebook, period, counts_by_org.get(code, ()), inhabitants.get(code)) for code in members}
    return {
        derived.id: {code: member.contribution(derived) for code, member in parts.items()}
        for derived in codebook.derived
    }


def inhabitants_in(year: int, population: Iterable[Population]) -> dict[str, int]:
    """Municipality code → inhabitants in that year or, where it is lacking, the latest year before."""
    known = sorted((each for each in population if each.year <= year), key=lambda each: each.year)
    return {each.municipality: each.inhabitants for each in known}


class _Member:
    """One organisation's values for the terms of derived measures."""

    def __init__(self, codebook: CodeBook, period: Period, counts: Iterable[Count], inhabitants: int | None) -> None:
        self._codebook = codebook
        self._period = period
        self._cells = _by_cell(counts)
        self._inhabitants = inhabitants

    def contribution(self, derived: Derived) -> Contribution:
        above = [self._rolled(term) for term in derived.numerator]
        below = [self._rolled(term) for term in derived.denominator]
        cells = tuple(cell for each in (*above, *below) for cell in each.cells)
        reason = self._reason(derived, [*above, *below])
        if reason:
            return Contribution(reason=reason, cells=cells)
        den = self._inhabitants or 0 if derived.kind == "per_1000" else _total(derived.denominator, below)
        estimated = any(each.estimated for each in (*above, *below))
        return Contribution(_total(derived.numerator, above), den, estimated, cells=cells)

    def _rolled(self, term: Term) -> Rolled:
        period = self._period.previous if term.previous else self._period
        cells = self._cells.get((term.measure, None, None), ())
        return roll_up(self._codebook.measure(term.measure), period, cells)

    def _reason(self, derived: Derived, values: list[Rolled]) -> str | None:
        if any(each.state is CountState.NOT_APPLICABLE for each in values):
            return NOT_APPLICABLE
        if any(each.value is None for each in values):
            return NO_VALUE
        if any(each.repeats for each in values):
            return MONTH_VALUES
        if derived.kind == "per_1000" and not self._inhabitants:
            return NO_POPULATION
        return None if len({frozenset(self._months(each)) for each in self._flows(values)}) <= 1 else OTHER_MONTHS

    def _flows(self, values: list[Rolled]) -> list[Rolled]:
        """What happened during the period at hand; stocks and the period before are asked for by their last month."""
        return [
            each
            for each in values
            if each.period == self._period.id and self._codebook.measure(each.measure).over_time != "last"
        ]

    @staticmethod
    def _months(rolled: Rolled) -> list[str]:
        return [month.id for id in rolled.covered for month in period_with(id).months]


_REASONS = (NO_POPULATION, MONTH_VALUES, OTHER_MONTHS, NO_VALUE, NOT_APPLICABLE)
"""What is said when nobody contributes: the first of these that some member gave."""


def share_of(derived: Derived, period: Period, given: Sequence[Contribution]) -> Share:
    """The share over what these members add: Σ numerator / Σ denominator."""
    counted = [each for each in given if each.reason is None]
    num, den = sum(each.num for each in counted), sum(each.den for each in counted)
    given_reasons = {each.reason for each in given}
    reason = None
    if not counted:
        reason = next((each for each in _REASONS if each in given_reasons), NO_VALUE)
    elif den <= 0:
        reason = NOTHING_TO_DIVIDE
    return Share(
        id=derived.id,
        period=period.id,
        num=num if counted else None,
        den=den if counted else None,
        per=1000 if derived.kind == "per_1000" else 1,
        reported=len(counted),
        of=sum(each.reason != NOT_APPLICABLE for each in given),
        estimated=any(each.estimated for each in counted),
        reason=reason,
    )


def _total(terms: Sequence[Term], values: Sequence[Rolled]) -> int:
    return sum((-1 if term.minus else 1) * (each.value or 0) for term, each in zip(terms, values, strict=True))


def _by_cell(counts: Iterable[Count]) -> dict[CellKey, list[Count]]:
    cells: dict[CellKey, list[Count]] = defaultdict(list)
    for count in counts:
        cells[(count.measure, count.breakdown, count.value)].append(count)
    return cells


def _rows(
    codebook: CodeBook, measure: Measure, period: Period, touched: set[CellKey]
) -> Iterable[tuple[str | None, str | None]]:
    """The whole, then the codes of each touched breakdown; what has ended only if it was used."""
    if measure.ended is None or measure.ended >= period.start or (measure.id, None, None) in touched:
        yield None, None
    for breakdown in measure.breakdowns:
        used = {value for name, list_id, value in touched if (name, list_id) == (measure.id, breakdown)}
        if used:
            codes = codebook.list(breakdown).codes
            yield from ((breakdown, code.id) for code in codes if code.active(period.end) or code.id in used)
