"""Which periods there are to choose from, and which one the user most likely means."""

from __future__ import annotations

from datetime import timedelta

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period, parse_period, period_of
from fardplan_desktop.services import deliveries
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_SHOWN = 9
_GRACE = timedelta(days=30)
"""How long after its deadline an unsealed period is still the one to report."""


def choices(workplace: Workplace) -> tuple[Period, ...]:
    """Reporting periods, the present one first, back three years or to the Färdplan's start."""
    reporting = workplace.codebook.reporting
    present = period_of(workplace.today, reporting.type)
    found = [present.shifted(-steps) for steps in range(_SHOWN)]
    return tuple(each for each in found if each.end >= reporting.since)


def default_period(workplace: Workplace) -> Period:
    """The period that has just ended until it is reported or long past its deadline; then the present one.

    An invented example stands still in time: there it is the last period that has figures.
    """
    if workplace.demo:
        direction = Direction.OWN if workplace.level is Level.MUNICIPALITY else Direction.RECEIVED
        found = [parse_period(each.period) for each in packages.list_deliveries(workplace.store, direction)]
        told = [each for each in found if each.type is workplace.codebook.reporting.type]  # A joint plan is of a year.
        if told:
            return max(told)
    present = period_of(workplace.today, workplace.codebook.reporting.type)
    ended = present.previous
    if workplace.today > workplace.codebook.deadline(ended) + _GRACE:
        return present
    if workplace.level is Level.MUNICIPALITY and deliveries.locked(workplace, period=ended):
        return present
    return ended


def days_left(workplace: Workplace, *, period: Period) -> int:
    """Days to the deadline; negative when it has passed."""
    return (workplace.codebook.deadline(period) - workplace.today).days
