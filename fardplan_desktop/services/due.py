"""Which activities are due for a check-in today: the same answer on Start, in the rail's badge and in the walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import IntEnum

import msgspec

from fardplan_desktop.analysis.numbers_sv import near_day
from fardplan_desktop.analysis.tallies import is_ended
from fardplan_desktop.domain.periods import Period, PeriodType
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.services import activities, deliveries, reporting
from fardplan_desktop.services.workplace import Workplace

_SOON = timedelta(days=14)
"""How long before its last day an activity is asked about."""


class Reason(IntEnum):
    """Why it is due; the most pressing first."""

    LATE = 0
    PLANNED = 1
    SOON = 2
    PERIOD = 3


class Due(msgspec.Struct, frozen=True):
    """An activity to check in, with the reason that presses most."""

    activity: Activity
    reason: Reason
    day: date
    """Its last day, the day that was planned, or the period's deadline."""
    why: str
    """``Klar senast 20 september``."""


class Asked(msgspec.Struct, frozen=True):
    """A period in which every activity that goes on is to be checked in."""

    period: Period
    deadline: date


def due(workplace: Workplace) -> tuple[Due, ...]:
    """Those that are not closed and whose planned day has come, whose last day is near or past, or that nobody has
    checked in during the period that is to be reported. A check-in since then is an answer. The most pressing first.
    """
    made: dict[str, date] = {}
    planned: dict[str, list[date]] = {}
    for each in workplace.store.own(CheckIn):
        if each.planned:
            planned.setdefault(each.activity, []).append(each.date)
        else:
            made[each.activity] = max(each.date, made.get(each.activity, each.date))
    asked = _asked(workplace)
    later = activities.later_plans(workplace, period=asked.period) if asked else frozenset()
    found: list[Due] = []
    for activity in workplace.store.own(Activity):
        if not is_ended(workplace.codebook, activity):
            reasons = reasons_for(
                activity,
                today=workplace.today,
                made=made.get(activity.id, date.min),
                planned=planned.get(activity.id, ()),
                asked=None if activity.plan in later else asked,
            )
            found.extend(sorted(reasons, key=_pressing)[:1])
    return tuple(sorted(found, key=_pressing))


def reasons_for(
    activity: Activity, *, today: date, made: date, planned: Iterable[date], asked: Asked | None = None
) -> Iterator[Due]:
    """Every reason to check in one that is not closed; ``made`` is the day it last was checked in."""
    end = activity.end
    if end is not None and made <= end < today:
        yield Due(activity, Reason.LATE, end, f"Slutdatum {near_day(end, today)} har passerat")
    if end is not None and today <= end <= today + _SOON and made < end - _SOON:
        yield Due(activity, Reason.SOON, end, f"Klar senast {near_day(end, today)}")
    for day in planned:
        if made < day <= today:
            yield Due(activity, Reason.PLANNED, day, f"Avstämning planerad till {near_day(day, today)}")
    if asked is not None and made < asked.period.start and (activity.start or date.min) <= asked.period.end:
        whole = asked.period.type is PeriodType.YEAR
        name = asked.period.name if whole else asked.period.name.removesuffix(f" {today.year}")
        yield Due(activity, Reason.PERIOD, asked.deadline, f"Inte avstämd för {name}")


def _asked(workplace: Workplace) -> Asked | None:
    """The period to report, from its last month until it is sealed."""
    period = reporting.default_period(workplace)
    begun = workplace.today >= period.months[-1].start
    asks = begun and not deliveries.locked(workplace, period=period)
    return Asked(period, workplace.codebook.deadline(period)) if asks else None


def _pressing(each: Due) -> tuple[Reason, date]:
    return each.reason, each.day
