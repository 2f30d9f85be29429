"""What has come with time since the last visit: nobody did anything, yet something became due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from fardplan_desktop.analysis import numbers_sv, tallies
from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType, period_of
from fardplan_desktop.domain.records import Activity, Deviation
from fardplan_desktop.services.overview_news import News
from fardplan_desktop.services.workplace import Workplace

_NAMED = 2
"""Of a kind that are named one by one; more become one line."""
_FARTHEST = timedelta(days=62)
"""After a longer absence than this the to-dos say it better than a list of what has passed."""


def come_with_time(
    workplace: Workplace, *, since: datetime, late_activities: Iterable[Activity], deviations: Iterable[Deviation]
) -> tuple[News, ...]:
    """Months that have ended, deadlines that are near or past, activities and answers that became late; newest first.

    ``since`` is an aware moment. Whatever happened that very day counts as seen.
    """
    today = workplace.today
    seen = max(since.astimezone().date(), today - _FARTHEST)
    found = (
        *_ended(workplace, seen, today),
        *_late(seen, late_activities),
        *_unanswered(workplace, seen, today, deviations),
    )
    return tuple(sorted(found, key=lambda news: news.at, reverse=True))


def _ended(workplace: Workplace, seen: date, today: date) -> Iterator[News]:
    """The month that ended last, and the deadlines of the reporting period before this one."""
    month = period_of(today, PeriodType.MONTH).shifted(-1)
    if seen <= month.end < today:
        yield _news("Count", f"{_month(month)} är slut och kan fyllas i", month.end + timedelta(days=1))
    period = period_of(today, workplace.codebook.reporting.type).shifted(-1)
    deadline = workplace.codebook.deadline(period)
    if seen <= deadline < today:
        yield _news("deadline", f"Sista dagen för {period.name} var {_day(deadline, today)}", deadline)
    elif seen <= period.end < today:
        words = f"{period.name.capitalize()} är slut, sista dagen är {_day(deadline, today)}"
        yield _news("deadline", words, period.end + timedelta(days=1))


def _late(seen: date, activities: Iterable[Activity]) -> Iterator[News]:
    late = [
        (each.end, f"Aktivitet ”{_short(each.title)}” blev försenad")
        for each in activities
        if each.end is not None and each.end >= seen
    ]
    yield from _gathered("Activity", late, "aktiviteter blev försenade")


def _unanswered(workplace: Workplace, seen: date, today: date, deviations: Iterable[Deviation]) -> Iterator[News]:
    limit = timedelta(days=workplace.codebook.reporting.answer_days)
    waiting = [
        (each.sent_on + limit, f"Svaret på avvikelse {each.number} skulle ha kommit")
        for each in deviations
        if each.sent_on is not None and tallies.days_waiting(workplace.codebook, each, today) is not None
    ]
    due = [(when, words) for when, words in waiting if seen <= when < today]
    yield from _gathered("Deviation", due, "svar på avvikelser skulle ha kommit")


def _gathered(kind: str, found: list[tuple[date, str]], many: str) -> Iterator[News]:
    """One line each when they are few, otherwise one line for all; each the day after its last day."""
    found = sorted(found, reverse=True)
    if len(found) > _NAMED:
        yield _news(kind, f"{numbers_sv.number(len(found))} {many}", found[0][0] + timedelta(days=1))
    else:
        yield from (_news(kind, words, when + timedelta(days=1)) for when, words in found)


def _news(kind: str, text: str, when: date) -> News:
    """It happens at midnight; ``whole_day`` keeps the hour from being told."""
    return News(kind, text, datetime.combine(when, time()).astimezone(), whole_day=True)


def _month(month: Period) -> str:
    return MONTH_NAMES[month.first_month - 1].capitalize()


def _day(when: date, today: date) -> str:
    return numbers_sv.day(when) if when.year != today.year else numbers_sv.day(when).removesuffix(f" {when.year}")


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:60].rstrip()}…"
