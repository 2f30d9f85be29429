"""What the county has been told in delregions' bundles: who is in them, why others are not, and bare totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from fardplan_desktop.analysis.totals import GroupTotals
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.figures import DeliveryFact, ReportedTotal
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.verdicts import MemberState
from fardplan_desktop.exchange.bundle import START, told_of_members
from fardplan_desktop.exchange.kinds import COMPILATION
from fardplan_desktop.exchange.office_rows import CompilationRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import bundles, packages

REPORTED, BUNDLED = "kommun", "delregion"
"""The kinds of package that hold a municipality's period, and a delregion's."""


class Told(msgspec.Struct, frozen=True):
    """A bundle that counts, and what it says of its members, by code."""

    delivery: Delivery
    states: Mapping[str, MemberState]
    reasons: Mapping[str, str]


def told_in(workplace: Workplace, *, period: Period) -> tuple[Told, ...]:
    """The bundles of the period that count; none at any other level than the county."""
    return tuple(_told(workplace, each) for each in _active(workplace) if each.period == period.id)


def totals_in(workplace: Workplace, *, period: Period) -> dict[str, GroupTotals]:
    """Delregion → its totals of the period, when it has sent those instead of its members' packages."""
    return {
        each.delivery.issuer: _totals(workplace, each)
        for each in told_in(workplace, period=period)
        if "reported" in each.states.values()
    }


def facts(told: Iterable[Told]) -> list[DeliveryFact]:
    """Those whose numbers have come in a total: as handed in, with the number of the delregion's package."""
    return [
        DeliveryFact(
            organisation=code,
            period=each.delivery.period,
            sequence=each.delivery.sequence,
            received=date.fromisoformat(each.delivery.at[:10]),
            sealed=date.fromisoformat(each.delivery.approved_at[:10]),
            totals=True,
        )
        for each in told
        for code, state in each.states.items()
        if state == "reported"
    ]


def via(workplace: Workplace) -> dict[str, Delivery]:
    """Digest of a municipality's package → the bundle that counts and that it came in."""
    inside = bundles.contents(workplace.store)
    return {member: each for each in _active(workplace) for member in inside.get(each.digest, ())}


def vouched_for(workplace: Workplace, *, period: Period) -> frozenset[str]:
    """Codes of those whose package of the period is sealed with a key that a delregion has introduced."""
    if workplace.level is not Level.COUNTY:
        return frozenset()
    introduced = {each.keyid for each in packages.trusted(workplace.store) if each.introduced_by is not None}
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=period.id)
    return frozenset(
        each.issuer for each in found if each.active and each.kind == REPORTED and each.key_id in introduced
    )


def _told(workplace: Workplace, delivery: Delivery) -> Told:
    states, reasons = told_of_members(packages.delivery_start(workplace.store, delivery.digest, START))
    return Told(delivery, states, {code: visible(reason) for code, reason in reasons.items()})


def _active(workplace: Workplace) -> list[Delivery]:
    if workplace.level is not Level.COUNTY:
        return []
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    return [each for each in found if each.active and each.kind == BUNDLED]


def _totals(workplace: Workplace, told: Told) -> GroupTotals:
    opened = open_package(packages.delivery_file(workplace.store, told.delivery.digest), None)
    rows = {each.id: total_of(each) for each in opened.table(COMPILATION, CompilationRow) if each.text is None}
    reported = tuple(code for code, state in told.states.items() if state == "reported")
    return GroupTotals(frozenset(told.states), reported, told.delivery.digest, rows)


def total_of(row: CompilationRow) -> ReportedTotal:
    return ReportedTotal(
        value=row.n,
        estimated=row.estimated,
        repeats=row.repeats,
        reported=row.reported,
        of=row.expected,
        parts=row.parts,
        parts_of=row.parts_of,
    )
