"""Sums over the members' latest deliveries: computed from the parts each time, never typed, never extrapolated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

import msgspec

from fardplan_desktop.analysis import coverage as coverage_rules
from fardplan_desktop.analysis import sums, tallies
from fardplan_desktop.analysis.same_set import contributions_of_both, figures_of_both, shares_of
from fardplan_desktop.analysis.succession import activity_read_as, counts_read_as, deviation_read_as
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_succession import Successors, as_of
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.figures import ActivityTally, Coverage, DeliveryFact, DeviationTally, Figure, Share, Tally
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Count, Deviation, Population
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
    contributions: Mapping[str, Mapping[str, sums.Contribution]] = {}
    """Derived measure → member → what it adds to the share."""
    came_in: Mapping[tuple[str, str], str] = {}
    """Member and id of a count → digest of the delivery that it came in; empty for our own."""
    tallies: Mapping[str, MemberTally] = {}
    """Every member that has something → its part of the two tallies."""

    @property
    def missing(self) -> tuple[Organisation, ...]:
        return tuple(each for each in self.members if each.code not in self.received)


class MemberTally(msgspec.Struct, frozen=True):
    """One member's part of what is counted out of the packages, and the deliveries (digests) it came in."""

    deviations: Tally = ()
    """By category."""
    activities: Tally = ()
    """By status."""
    deviations_in: tuple[str, ...] = ()
    activities_in: tuple[str, ...] = ()


class _Rows(msgspec.Struct, frozen=True):
    """What is read once for all periods: issuer, digest of the delivery (empty for our own), record."""

    counts: list[tuple[str, str, Count]]
    deviations: list[tuple[str, str, Deviation]]
    population: tuple[Population, ...]
    successors: Successors
    """What has ended is read as what replaced it: earlier periods too, so that they can be compared."""
    codebook: CodeBook
    """With its shares about what is counted now."""

    @property
    def by_member(self) -> dict[str, list[Count]]:
        found: dict[str, list[Count]] = {}
        for code, _, count in self.counts:
            found.setdefault(code, []).append(count)
        return found


def compile_period(workplace: Workplace, *, period: Period, as_of: date | None = None) -> Compilation:
    """Everything that is added up for the period. Shares are recomputed from the sums."""
    return _compiled(workplace, _read(workplace, period), period, as_of or workplace.today)


def _compiled(workplace: Workplace, rows: _Rows, period: Period, day: date) -> Compilation:
    members = workplace.members_in(period)
    codes = [each.code for each in members]
    counts, book = rows.by_member, rows.codebook
    # Of a deviation that has come several times, the row with the highest number.
    deviations = {each.id: (code, digest, each) for code, digest, each in rows.deviations}
    counted = {each.id for each in tallies.registered_in(period, (each for _, _, each in deviations.values()))}
    registered = [deviations[id] for id in deviations if id in counted]
    activities = _activities(workplace, period, rows.successors)
    given = sums.contributions(book, period, codes, counts, rows.population)
    return Compilation(
        period=period,
        organisation=workplace.organisation,
        members=members,
        received=_received(workplace, period, codes),
        figures=sums.figures(book, period, codes, counts),
        shares=sums.shares_from(book, period, given),
        deviations=tallies.deviation_tally(book, (each for _, _, each in registered), day),
        activities=tallies.activity_tally(book, (each for _, _, each in activities), day),
        contributions=given,
        came_in={(code, each.id): digest for code, digest, each in rows.counts if digest},
        tallies=_by_member(registered, activities),
    )


class Comparison(msgspec.Struct, frozen=True):
    """A period beside the one before and the same one last year."""

    now: Compilation
    before: Compilation
    year_ago: Compilation


class Against(StrEnum):
    """Which earlier period a period is set beside."""

    BEFORE = "before"
    YEAR_AGO = "year-ago"


class SameSet(msgspec.Struct, frozen=True):
    """A period beside an earlier one over the same municipalities: only those that have a number in both.

    The figures of ``now`` and ``then`` stand in the same order, each with only the set's members.
    """

    now: Compilation
    then: Compilation
    delivered_both: tuple[str, ...]
    """Codes of the members that have handed in both periods; a figure may rest on fewer, and says so."""


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
    rows, day = _read(workplace, period), workplace.today
    now, before, year_ago = (
        _compiled(workplace, rows, each, day) for each in (period, period.previous, period.year_before)
    )
    return Comparison(now, before, year_ago)


def same_set(workplace: Workplace, *, found: Comparison, against: Against) -> SameSet:
    """Both periods recomputed from the sums of those who have a number in both; off unless it is asked for."""
    now = found.now
    book = as_of(workplace.codebook, now.period, codes_on=now.period.end)
    then = found.before if against is Against.BEFORE else found.year_ago
    pairs = figures_of_both(book, now.figures, then.figures, then.period)
    added = contributions_of_both(now.contributions, then.contributions)
    first, second = (
        msgspec.structs.replace(
            whole,
            figures=tuple(pair[at] for pair in pairs),
            shares=shares_of(book, whole.period, added[at], now.shares),
            contributions=added[at],
        )
        for at, whole in enumerate((now, then))
    )
    return SameSet(first, second, tuple(code for code in now.received if code in then.received))


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


def _read(workplace: Workplace, period: Period) -> _Rows:
    """All periods, since shares look at the period before; codes and measures as they are at the end of this one."""
    store, code = workplace.store, workplace.organisation.code
    if workplace.level is Level.MUNICIPALITY:
        counts = [(code, "", each) for each in store.own(Count)]
        deviations = [(code, "", each) for each in store.own(Deviation)]
    else:
        counts = packages.received_rows(store, Count)
        deviations = packages.received_rows(store, Deviation)
    successors = Successors(workplace.codebook, period.end)
    book = as_of(workplace.codebook, period, codes_on=period.end)
    read_as = [(by, digest, deviation_read_as(successors, each)) for by, digest, each in deviations]
    return _Rows(counts_read_as(successors, counts), read_as, store.population(), successors, book)


def _activities(workplace: Workplace, period: Period, successors: Successors) -> list[tuple[str, str, Activity]]:
    """As they stood in the period's delivery; our own as they stand now."""
    if workplace.level is Level.MUNICIPALITY:
        found = [(workplace.organisation.code, "", each) for each in workplace.store.own(Activity)]
    else:
        found = packages.received_rows(workplace.store, Activity, period=period.id)
    return [(by, digest, activity_read_as(successors, each)) for by, digest, each in found]


def _by_member(
    deviations: list[tuple[str, str, Deviation]], activities: list[tuple[str, str, Activity]]
) -> dict[str, MemberTally]:
    codes = dict.fromkeys(code for code, _, _ in [*deviations, *activities])
    return {
        code: MemberTally(
            deviations=tallies.tally(each.category for by, _, each in deviations if by == code),
            activities=tallies.tally(each.status or STATUS_NOT_STATED for by, _, each in activities if by == code),
            deviations_in=_sources(deviations, code),
            activities_in=_sources(activities, code),
        )
        for code in codes
    }


def _sources(rows: Iterable[tuple[str, str, object]], code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(digest for by, digest, _ in rows if by == code and digest))
