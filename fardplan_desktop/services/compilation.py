"""Sums over the members' latest deliveries: computed from the parts each time, never typed, never extrapolated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import msgspec

from fardplan_desktop.analysis import sums, tallies
from fardplan_desktop.analysis.same_set import contributions_of_both, figures_of_both, shares_of
from fardplan_desktop.analysis.succession import activity_read_as, counts_read_as, deviation_read_as
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED
from fardplan_desktop.analysis.totals import GroupTotals, figure_with, share_with, tally_with, total_with
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_succession import Successors, as_of
from fardplan_desktop.domain.compiled_ids import ACTIVITIES, DEVIATIONS, category_of, cell_of, status_of
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.figures import ActivityTally, DeviationTally, Figure, Share, Tally
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Count, Deviation, Population
from fardplan_desktop.exchange.rows import ExtraPart, Rows
from fardplan_desktop.services import bundle_totals, wire
from fardplan_desktop.services.bundle_totals import REPORTED
from fardplan_desktop.services.coverage_facts import coverage as coverage
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

R = TypeVar("R", Count, Deviation, Activity)


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
    totals: Mapping[str, GroupTotals] = {}
    """At the county: delregion → what it has sent instead of its members' packages."""
    vouched_for: frozenset[str] = frozenset()
    """Members whose seal a delregion has introduced, and that we have not compared ourselves."""

    @property
    def missing(self) -> tuple[Organisation, ...]:
        return tuple(each for each in self.members if each.code not in self.received)

    @property
    def unchecked(self) -> tuple[Organisation, ...]:
        """Those whose numbers are in a delregion's total only."""
        within = {code for group in self.totals.values() for code in group.members}
        return tuple(each for each in self.members if each.code in within and each.code in self.received)


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


def compile_originals(
    codebook: CodeBook, *, organisation: Organisation, period: Period, originals: Mapping[str, Rows]
) -> Compilation:
    """What a delregion's members say in these very packages of the period (member → rows), and nothing else.

    The same at whoever has the packages: the delregion that seals its compilation, and the county that tries it.
    """
    records = {code: wire.records_of(rows) for code, rows in originals.items()}
    members = codebook.members(organisation.code, period.end)
    rows = _rows_read_as(codebook, period, _all_of(records, Count), _all_of(records, Deviation), ())
    activities = [(by, no, activity_read_as(rows.successors, each)) for by, no, each in _all_of(records, Activity)]
    received = tuple(each.code for each in members if each.code in originals)
    return _added_up(_Scope(period, organisation, members, received), rows, activities, period.end)


def counted(rows: Rows) -> Rows:
    """What of a package is added up, without its texts: they are most of it, and fifteen are held at once."""
    plain = ExtraPart(resources=None, involvement=None, children=None, lesson=None, shareable=False)
    return Rows(
        counts=tuple(msgspec.structs.replace(each, comment=None) for each in rows.counts),
        deviations=tuple(
            msgspec.structs.replace(each, summary=None, action_text=None, document_text=None, counterpart_org=None)
            for each in rows.deviations
        ),
        activities=tuple(
            msgspec.structs.replace(each, goal=None, indicator=None, obstacle=None, next_step=None, extra=plain)
            for each in rows.activities
        ),
    )


class _Scope(msgspec.Struct, frozen=True):
    """Whose numbers are added up, and for when."""

    period: Period
    organisation: Organisation
    members: tuple[Organisation, ...]
    received: tuple[str, ...]
    totals: Mapping[str, GroupTotals] = {}


def _compiled(workplace: Workplace, rows: _Rows, period: Period, day: date) -> Compilation:
    members = workplace.members_in(period)
    totals = bundle_totals.totals_in(workplace, period=period)
    received = _received(workplace, period, [each.code for each in members], totals.values())
    scope = _Scope(period, workplace.organisation, members, received, totals)
    found = _added_up(scope, rows, _activities(workplace, period, rows.successors), day)
    return msgspec.structs.replace(found, vouched_for=bundle_totals.vouched_for(workplace, period=period))


def _added_up(scope: _Scope, rows: _Rows, activities: list[tuple[str, str, Activity]], day: date) -> Compilation:
    period, codes, groups = scope.period, [each.code for each in scope.members], tuple(scope.totals.values())
    counts, book = rows.by_member, rows.codebook
    # Of a deviation that has come several times, the row with the highest number.
    deviations = {(code, each.id): (code, digest, each) for code, digest, each in rows.deviations}
    registered = [each for each in deviations.values() if period.start <= each[2].registered <= period.end]
    given = sums.contributions(book, period, codes, counts, rows.population)
    also = filter(None, (cell_of(id) for group in groups for id in group.rows))
    return Compilation(
        period=period,
        organisation=scope.organisation,
        members=scope.members,
        received=scope.received,
        figures=tuple(figure_with(each, groups) for each in sums.figures(book, period, codes, counts, also)),
        shares=tuple(share_with(each, groups) for each in sums.shares_from(book, period, given)),
        deviations=_deviations_with(tallies.deviation_tally(book, (each for _, _, each in registered), day), groups),
        activities=_activities_with(tallies.activity_tally(book, (each for _, _, each in activities), day), groups),
        contributions=given,
        came_in={(code, each.id): digest for code, digest, each in rows.counts if digest},
        tallies=_by_member(registered, activities),
        totals=scope.totals,
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


def received_deliveries(workplace: Workplace, *, period: Period | None = None) -> dict[str, str]:
    """Active received deliveries of a period: issuer → digest, for showing where a number comes from."""
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=None if period is None else period.id)
    return {each.issuer: each.digest for each in found if each.active and each.kind == REPORTED}


def _received(workplace: Workplace, period: Period, codes: list[str], totals: Iterable[GroupTotals]) -> tuple[str, ...]:
    if workplace.level is Level.MUNICIPALITY:
        return tuple(codes)
    have = {*received_deliveries(workplace, period=period), *(code for group in totals for code in group.reported)}
    return tuple(code for code in codes if code in have)


def _read(workplace: Workplace, period: Period) -> _Rows:
    """All periods, since shares look at the period before; codes and measures as they are at the end of this one."""
    store, code = workplace.store, workplace.organisation.code
    if workplace.level is Level.MUNICIPALITY:
        counts = [(code, "", each) for each in store.own(Count)]
        deviations = [(code, "", each) for each in store.own(Deviation)]
    else:
        counts = packages.received_rows(store, Count, sent_as=REPORTED)
        deviations = packages.received_rows(store, Deviation, sent_as=REPORTED)
    return _rows_read_as(workplace.codebook, period, counts, deviations, store.population())


def _rows_read_as(
    codebook: CodeBook,
    period: Period,
    counts: list[tuple[str, str, Count]],
    deviations: list[tuple[str, str, Deviation]],
    population: tuple[Population, ...],
) -> _Rows:
    successors = Successors(codebook, period.end)
    book = as_of(codebook, period, codes_on=period.end)
    read_as = [(by, digest, deviation_read_as(successors, each)) for by, digest, each in deviations]
    return _Rows(counts_read_as(successors, counts), read_as, population, successors, book)


def _all_of(
    records: Mapping[str, Mapping[type[msgspec.Struct], tuple[msgspec.Struct, ...]]], kind: type[R]
) -> list[tuple[str, str, R]]:
    return [(code, "", each) for code, found in records.items() for each in found[kind] if isinstance(each, kind)]


def _deviations_with(tally: DeviationTally, groups: tuple[GroupTotals, ...]) -> DeviationTally:
    """A delregion's total says how many there are of each category, and nothing else of them."""
    by_category = tally_with(tally.by_category, groups, category_of)
    return msgspec.structs.replace(tally, total=total_with(tally.total, groups, DEVIATIONS), by_category=by_category)


def _activities_with(tally: ActivityTally, groups: tuple[GroupTotals, ...]) -> ActivityTally:
    by_status = tally_with(tally.by_status, groups, status_of)
    return msgspec.structs.replace(tally, total=total_with(tally.total, groups, ACTIVITIES), by_status=by_status)


def _activities(workplace: Workplace, period: Period, successors: Successors) -> list[tuple[str, str, Activity]]:
    """As they stood in the period's delivery; our own as they stand now."""
    if workplace.level is Level.MUNICIPALITY:
        found = [(workplace.organisation.code, "", each) for each in workplace.store.own(Activity)]
    else:
        found = packages.received_rows(workplace.store, Activity, period=period.id, sent_as=REPORTED)
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
