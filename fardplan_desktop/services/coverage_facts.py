"""How each expected member stands in a period: from packages taken in, delregions' bundles and refused files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from fardplan_desktop.analysis import coverage as coverage_rules
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.figures import Coverage, DeliveryFact
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.host.clock import local_day
from fardplan_desktop.services import bundle_totals, refusals
from fardplan_desktop.services.bundle_totals import BUNDLED, REPORTED
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


def coverage(workplace: Workplace, *, period: Period, as_of: date | None = None) -> Coverage:
    """The municipalities; at the county also the delregions' own bundles, which they come in."""
    county = workplace.level is Level.COUNTY
    told = bundle_totals.told_in(workplace, period=period)
    found = coverage_rules.coverage(
        period,
        [each.code for each in workplace.members_in(period)],
        [*_taken_in(workplace, period), *bundle_totals.facts(told), *_refused(workplace, period)],
        workplace.codebook.deadline(period),
        as_of or workplace.today,
        [each.code for each in workplace.codebook.delregions] if county else (),
    )
    reasons = {code: reason for each in told for code, reason in each.reasons.items()}
    rows = (msgspec.structs.replace(each, reason=reasons.get(each.organisation, "")) for each in found.rows)
    return msgspec.structs.replace(found, rows=tuple(rows))


def _taken_in(workplace: Workplace, period: Period) -> Iterator[DeliveryFact]:
    via = bundle_totals.via(workplace)
    for each in _standing(workplace, period):
        bundle = via.get(each.digest)
        yield DeliveryFact(
            organisation=each.issuer,
            period=each.period,
            sequence=each.sequence,
            received=local_day(each.at),
            at=each.at,
            sealed=local_day(each.approved_at),
            via=bundle.issuer if bundle is not None else "",
        )


def _standing(workplace: Workplace, period: Period) -> list[Delivery]:
    """The packages of the period, also replaced ones; none of a municipality whose last one has been left out of a
    delregion's bundle."""
    direction = Direction.OWN if workplace.level is Level.MUNICIPALITY else Direction.RECEIVED
    found = packages.list_deliveries(workplace.store, direction, period=period.id)
    kinds = (REPORTED, BUNDLED) if workplace.level is Level.COUNTY else (REPORTED,)
    reports = [each for each in found if each.kind in kinds]
    counted = {each.issuer for each in reports if each.active}
    return [each for each in reports if each.issuer in counted]


def _refused(workplace: Workplace, period: Period) -> Iterator[DeliveryFact]:
    for each in refusals.refused_files(workplace, period=period):
        if each.kind in (REPORTED, BUNDLED):
            yield DeliveryFact(
                organisation=each.issuer,
                period=each.period,
                sequence=each.sequence,
                received=local_day(each.at),
                at=each.at,
                accepted=False,
                code=each.code,
                message=each.message,
                file_name=each.file_name,
            )
