"""Sums over the members' latest deliveries: computed from the parts each time, never typed, never extrapolated."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from fardplan_desktop.analysis import coverage as coverage_rules
from fardplan_desktop.analysis import sums, tallies
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.figures import ActivityTally, Coverage, DeliveryFact, DeviationTally, Figure, Share
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Count, Deviation
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class Compilation(msgspec.Struct, frozen=True):
    """One organisation's view of a period: its own figures, or its members' added up."""

    period: Period
    organisation: Organisation
    members: tuple[Organisation, ...]
    received: tuple[str, ...]
    """Codes of the members that have something for the period."""
    figures: tuple[Figure, ...]
    shares: tuple[Share, ...]
    deviations: DeviationTally
    activities: ActivityTally

    @property
    def missing(self) -> tuple[Organisation, ...]:
        return tuple(each for each in self.members if each.code not in self.received)


def compile_period(workplace: Workplace, *, period: Period, as_of: date | None = None) -> Compilation:
    """Everything that is added up for the period. Shares are recomputed from the sums."""
    members = workplace.members_in(period)
    codes = [each.code for each in members]
    counts = _counts(workplace)
    book = workplace.codebook
    population = workplace.store.population()
    day = as_of or workplace.today
    return Compilation(
        period=period,
        organisation=workplace.organisation,
        members=members,
        received=_received(workplace, period, codes),
        figures=sums.figures(book, period, codes, counts),
        shares=sums.shares(book, period, codes, counts, population),
        deviations=tallies.deviation_tally(book, _deviations(workplace, period), day),
        activities=tallies.activity_tally(book, _activities(workplace, period), day),
    )


class Comparison(msgspec.Struct, frozen=True):
    """A period beside the one before and the same one last year."""

    now: Compilation
    before: Compilation
    year_ago: Compilation


class Rate(msgspec.Struct, frozen=True):
    """A member's value per 1 000 inhabitants; ``None`` where the number or the population is missing."""

    organisation: Organisation
    value: int | None
    inhabitants: int | None

    @property
    def per_thousand(self) -> Fraction | None:
        if self.value is None or not self.inhabitants:
            return None
        return Fraction(self.value * 1000, self.inhabitants)


def compare(workplace: Workplace, *, period: Period) -> Comparison:
    """The compilation of a period with what it is compared to, each with its own members."""
    return Comparison(
        compile_period(workplace, period=period),
        compile_period(workplace, period=period.previous),
        compile_period(workplace, period=period.year_before),
    )


def origins(workplace: Workplace, *, period: Period) -> dict[str, Delivery]:
    """The delivery behind each member's figures of the period: issuer → delivery."""
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=period.id)
    return {each.issuer: each for each in found if each.active}


def rates(workplace: Workplace, *, compiled: Compilation, measure: str) -> tuple[Rate, ...]:
    """Each member's value of the measure beside its population in the period's year, or the latest year before."""
    inhabitants = sums.inhabitants_in(compiled.period.year, workplace.store.population())
    whole = next(each for each in compiled.figures if each.measure == measure and each.breakdown is None)
    values = {each.organisation: each.rolled.value for each in whole.members}
    return tuple(Rate(each, values.get(each.code), inhabitants.get(each.code)) for each in compiled.members)


def coverage(workplace: Workplace, *, period: Period, as_of: date | None = None) -> Coverage:
    """How each expected member stands in the period."""
    facts = [
        DeliveryFact(
            organisation=each.issuer,
            period=each.period,
            sequence=each.sequence,
            received=date.fromisoformat(each.at[:10]),
            sealed=date.fromisoformat(each.approved_at[:10]),
        )
        for each in packages.list_deliveries(workplace.store, _direction(workplace), period=period.id)
    ]
    members = [each.code for each in workplace.members_in(period)]
    due = workplace.codebook.deadline(period)
    return coverage_rules.coverage(period, members, facts, due, as_of or workplace.today)


def received_deliveries(workplace: Workplace, *, period: Period | None = None) -> dict[str, str]:
    """Active received deliveries of a period: issuer → digest, for showing where a number comes from."""
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=None if period is None else period.id)
    return {each.issuer: each.digest for each in found if each.active}


def _direction(workplace: Workplace) -> Direction:
    return Direction.OWN if workplace.level is Level.MUNICIPALITY else Direction.RECEIVED


def _received(workplace: Workplace, period: Period, codes: list[str]) -> tuple[str, ...]:
    if workplace.level is Level.MUNICIPALITY:
        return tuple(codes)
    active = received_deliveries(workplace, period=period)
    return tuple(code for code in codes if code in active)


def _counts(workplace: Workplace) -> dict[str, tuple[Count, ...]]:
    """All periods' counts by member, since shares look at the period before."""
    if workplace.level is Level.MUNICIPALITY:
        return {workplace.organisation.code: workplace.store.own(Count)}
    return packages.received(workplace.store, Count)


def _deviations(workplace: Workplace, period: Period) -> tuple[Deviation, ...]:
    """Registered in the period; of one that has come several times, the row with the highest number."""
    if workplace.level is Level.MUNICIPALITY:
        known = {each.id: each for each in workplace.store.own(Deviation)}
    else:
        rows = packages.received(workplace.store, Deviation).values()
        known = {each.id: each for member in rows for each in member}
    return tallies.registered_in(period, known.values())


def _activities(workplace: Workplace, period: Period) -> tuple[Activity, ...]:
    """As they stood in the period's delivery; our own as they stand now."""
    if workplace.level is Level.MUNICIPALITY:
        return workplace.store.own(Activity)
    return tuple(
        each for rows in packages.received(workplace.store, Activity, period=period.id).values() for each in rows
    )
