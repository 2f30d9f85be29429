"""How many deviations and activities there are of each kind, which wait too long and which are late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from statistics import median

from fardplan_desktop.analysis.risk import should_be_analysed
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import ActivityTally, AnswerTimes, DeviationTally, Tally
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Deviation

NOT_STATED = "uppgift-saknas"
STATUS_NOT_STATED = "status-saknas"


def tally(codes: Iterable[str]) -> Tally:
    """Each code with its number, most first, equals by code."""
    return tuple(sorted(Counter(codes).items(), key=lambda each: (-each[1], each[0])))


def registered_in(period: Period, deviations: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """A deviation belongs to the period of its registration date."""
    return tuple(each for each in deviations if period.start <= each.registered <= period.end)


def deviation_tally(codebook: CodeBook, deviations: Iterable[Deviation], as_of: date) -> DeviationTally:
    """Everything that is counted about these deviations, as it stands on the day."""
    known = tuple(deviations)
    limit, warning = codebook.reporting.answer_days, codebook.reporting.answer_warning
    waiting = {each.id: days for each in known if (days := days_waiting(codebook, each, as_of)) is not None}
    return DeviationTally(
        total=len(known),
        by_category=tally(each.category for each in known),
        by_status=tally(each.status for each in known),
        by_direction=tally(each.direction for each in known),
        by_counterpart=tally(each.counterpart for each in known),
        by_document=tally(each.document or NOT_STATED for each in known),
        answers=answer_times(known, limit),
        open=sum(not is_closed(codebook, each) for each in known),
        overdue=tuple(id for id, days in waiting.items() if days > limit),
        warned=tuple(id for id, days in waiting.items() if warning <= days <= limit),
        flagged=tuple(each.id for each in known if should_be_analysed(codebook, each)),
        fed_back=sum(each.feedback is not None for each in known),
    )


def answer_times(deviations: Iterable[Deviation], limit: int) -> AnswerTimes:
    """Days from sending to answer for those answered; ``limit`` days is still in time."""
    days = [
        (each.answered_on - each.sent_on).days
        for each in deviations
        if each.sent_on is not None and each.answered_on is not None
    ]
    return AnswerTimes(
        answered=len(days),
        median=float(median(days)) if days else None,
        in_time=sum(each <= limit for each in days),
        limit=limit,
    )


def days_waiting(codebook: CodeBook, deviation: Deviation, as_of: date) -> int | None:
    """Days since it was sent, for one that is neither answered nor closed; else None."""
    if deviation.sent_on is None or deviation.answered_on is not None or is_closed(codebook, deviation):
        return None
    return (as_of - deviation.sent_on).days


def is_closed(codebook: CodeBook, deviation: Deviation) -> bool:
    """Nothing more is expected: ended, withdrawn or rejected by the receiver."""
    return _closes(codebook, "avvikelsestatus", deviation.status)


def activity_tally(codebook: CodeBook, activities: Iterable[Activity], as_of: date) -> ActivityTally:
    """How the activities stand on the day; by main working method, not by its secondary ones."""
    known = tuple(activities)
    return ActivityTally(
        total=len(known),
        by_status=tally(each.status or STATUS_NOT_STATED for each in known),
        by_method=tally(each.method or NOT_STATED for each in known),
        by_forecast=tally(each.forecast or NOT_STATED for each in known),
        late=tuple(each.id for each in known if is_late(codebook, each, as_of)),
    )


def is_late(codebook: CodeBook, activity: Activity, as_of: date) -> bool:
    """Past its end while something more is expected. Computed, never a status; the last day itself is in time."""
    return activity.end is not None and activity.end < as_of and not is_ended(codebook, activity)


def is_ended(codebook: CodeBook, activity: Activity) -> bool:
    """Nothing more is expected of the activity, whatever its dates say."""
    return _closes(codebook, "aktivitetsstatus", activity.status or STATUS_NOT_STATED)


def _closes(codebook: CodeBook, list_id: str, code: str) -> bool:
    known = codebook.list(list_id).by_id.get(code)
    return known is not None and known.closes
