"""What Start shows: what is left of the period, the key figures, what to do, what has happened. Read only, frozen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from fardplan_desktop.analysis import numbers_sv, rules, tallies
from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.joint import Joint
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, CheckIn, Count, Decision, Deviation, RuleComment
from fardplan_desktop.services import compilation, count_grid, deliveries, meetings
from fardplan_desktop.services.activities import later_plans
from fardplan_desktop.services.due import Due, due
from fardplan_desktop.services.joint_answers import waiting_of_plans
from fardplan_desktop.services.overview_figures import KeyFigure, compiled_figures, own_figures
from fardplan_desktop.services.overview_news import News, latest_news
from fardplan_desktop.services.overview_post import Post, post
from fardplan_desktop.services.overview_since import come_with_time
from fardplan_desktop.services.safekeeping import Late, late
from fardplan_desktop.services.workplace import Workplace

MOST_NEWS = 6
MOST_EARLIER = 3


class EmptyCells(msgspec.Struct, frozen=True):
    """Cells of a finished month (or of the period itself) that are asked for and empty."""

    period: Period
    cells: int
    first: str
    """The measure of the first of them: where to begin."""


class Waiting(msgspec.Struct, frozen=True):
    """A deviation whose answer is late, or due within the time of the warning."""

    deviation: Deviation
    days: int
    """Since it was sent."""
    due: date

    def late(self, today: date) -> bool:
        return today > self.due


class NextMeeting(msgspec.Struct, frozen=True):
    """The first meeting that has not been yet."""

    name: str
    date: date
    time: str


class OpenDecision(msgspec.Struct, frozen=True):
    """A decision that is not done, with the words for the meeting that took it."""

    decision: Decision
    meeting: str


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """How a municipality's period stands."""

    activities: int
    """Those that something more is expected of, or that were checked in during the period."""
    checked_in: int
    cells_left: int
    errors: int
    warnings: int
    """Without a comment."""
    registered: int
    """Deviations."""
    sealed: bool


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """How an office's period stands."""

    received: int
    expected: int
    missing: tuple[str, ...]
    """Names of the municipalities that have not delivered, as they are called in a sentence."""
    asked: tuple[str, ...]
    """Of those who deliver here themselves, the delregions at the county: those who have not. They are reminded."""


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All of Start. ``reported`` for a municipality, ``intake`` for an office."""

    level: Level
    period: Period
    today: date
    deadline: date
    reported: Reported | None = None
    intake: Intake | None = None
    figures: tuple[KeyFigure, ...] = ()
    """Empty for an office."""
    empty_cells: tuple[EmptyCells, ...] = ()
    errors: tuple[Problem, ...] = ()
    due: tuple[Due, ...] = ()
    """Activities to check in."""
    late_activities: tuple[Activity, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    decisions: tuple[OpenDecision, ...] = ()
    joint: tuple[Joint, ...] = ()
    """Joint activities of plans read in that nobody has taken a stand on."""
    post: tuple[Post, ...] = ()
    """What has come from the others and waits for somebody."""
    backup_late: Late = ""
    """Where a copy is missing: see ``safekeeping.late``."""
    since: datetime | None = None
    """When the user was here last; None the first time."""
    news: tuple[News, ...] = ()
    """Newest first: what has happened since then, by somebody's hand or with time."""
    earlier: tuple[News, ...] = ()
    """What had happened before."""
    meeting: NextMeeting | None = None

    @property
    def days_left(self) -> int:
        """To the deadline; negative when it has passed."""
        return (self.deadline - self.today).days

    @property
    def fresh(self) -> bool:
        """Nothing has been written down yet."""
        return not self.news and not self.earlier


def overview(workplace: Workplace, *, period: Period, since: datetime | None = None) -> Overview:
    """Start as it stands today, in milliseconds. An office's figures take longer: see ``office_figures``.

    ``since``: when the user was here last.
    """
    deviations = workplace.store.own(Deviation)
    activities = workplace.store.own(Activity)
    common = Overview(
        level=workplace.level,
        period=period,
        today=workplace.today,
        deadline=workplace.codebook.deadline(period),
        due=due(workplace),
        late_activities=_late(workplace, activities),
        waiting=_waiting(workplace, deviations),
        post=post(workplace),
        backup_late=late(workplace),
        since=since,
    )
    common = _with_news(workplace, common, deviations)
    if workplace.level is Level.MUNICIPALITY:
        return _municipality(workplace, common, activities, deviations)
    return msgspec.structs.replace(common, intake=_intake(workplace, period))


def badges(workplace: Workplace) -> dict[str, int]:
    """Page name → things to do there, for the rail: activities to check in, and deviations past their answer time."""
    waiting = _waiting(workplace, workplace.store.own(Deviation))
    return {"activities": len(due(workplace)), "deviations": sum(each.late(workplace.today) for each in waiting)}


def office_figures(workplace: Workplace, *, period: Period) -> tuple[KeyFigure, ...]:
    """An office's key figures. Adds up all its members, which may take a second."""
    return compiled_figures(compilation.compile_period(workplace, period=period))


def _with_news(workplace: Workplace, found: Overview, deviations: tuple[Deviation, ...]) -> Overview:
    """What is new since the last visit, and what was before it; all of it is new to who comes the first time."""
    done = latest_news(workplace, since=found.since)
    if found.since is None:
        return msgspec.structs.replace(found, news=done)
    come = come_with_time(workplace, since=found.since, late_activities=found.late_activities, deviations=deviations)
    new = [*come, *(each for each in done if each.at > found.since)]
    new.sort(key=lambda each: each.at, reverse=True)
    earlier = [each for each in done if each.at <= found.since]
    return msgspec.structs.replace(found, news=tuple(new[:MOST_NEWS]), earlier=tuple(earlier[:MOST_EARLIER]))


def _municipality(
    workplace: Workplace, common: Overview, activities: tuple[Activity, ...], deviations: tuple[Deviation, ...]
) -> Overview:
    period, today = common.period, common.today
    every = workplace.store.own(Count)
    counts = tuple(each for each in every if each.breakdown is None)
    problems = _problems(workplace, period, every)
    left = count_grid.progress(workplace, period=period, counts=every).empty
    checked_in, waiting = _checked_in(workplace, period, activities)
    sealed = deliveries.locked(workplace, period=period)
    return msgspec.structs.replace(
        common,
        reported=Reported(
            activities=checked_in + waiting,
            checked_in=checked_in,
            cells_left=len(left),
            errors=sum(each.blocks for each in problems),
            warnings=sum(not each.blocks and not each.comment for each in problems),
            registered=len(tallies.registered_in(period, deviations)),
            sealed=sealed,
        ),
        figures=own_figures(workplace, period, counts, deviations),
        empty_cells=() if sealed else _empty_cells(left, today),
        errors=() if sealed else tuple(each for each in problems if each.blocks),
        decisions=_decisions(workplace),
        joint=waiting_of_plans(workplace),
        meeting=_meeting(workplace),
    )


def _intake(workplace: Workplace, period: Period) -> Intake:
    found = compilation.coverage(workplace, period=period)

    def names(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted((workplace.codebook.organisation(code).short for code in codes), key=numbers_sv.sort_key))

    return Intake(
        received=found.received,
        expected=found.expected,
        missing=names(found.missing),
        asked=names(row.organisation for row in found.asked if not row.has_delivered),
    )


def _problems(workplace: Workplace, period: Period, counts: tuple[Count, ...]) -> tuple[Problem, ...]:
    """What the rules say. Breakdowns are tried for the period only: no rule looks further back at them."""
    stretches = {period.id, *(month.id for month in period.months)}
    found = rules.evaluate(
        workplace.codebook, period, [each for each in counts if each.breakdown is None or each.period in stretches]
    )
    return rules.problems(found, workplace.store.own(RuleComment))


def _empty_cells(left: tuple[count_grid.Cell, ...], today: date) -> tuple[EmptyCells, ...]:
    """By month, or for the period itself; only what has ended, since nobody can count what is still going on."""
    found: dict[Period, list[count_grid.Cell]] = {}
    for cell in left:
        found.setdefault(period_with(cell.period), []).append(cell)
    return tuple(
        EmptyCells(when, len(cells), cells[0].measure) for when, cells in sorted(found.items()) if when.end < today
    )


def _checked_in(workplace: Workplace, period: Period, activities: tuple[Activity, ...]) -> tuple[int, int]:
    """How many have been checked in from the period's start to its deadline, and how many have not but are open."""
    last = workplace.codebook.deadline(period)
    made = workplace.store.own(CheckIn, planned=False)
    done = {each.activity for each in made if period.start <= each.date <= last}
    later = later_plans(workplace, period=period)
    waiting = [
        each
        for each in activities
        if each.id not in done
        and each.plan not in later
        and not tallies.is_ended(workplace.codebook, each)
        and (each.start is None or each.start <= period.end)
    ]
    return sum(each.id in done for each in activities), len(waiting)


def _late(workplace: Workplace, activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """The longest overdue first."""
    found = [each for each in activities if tallies.is_late(workplace.codebook, each, workplace.today)]
    return tuple(sorted(found, key=lambda each: each.end or date.max))


def _waiting(workplace: Workplace, deviations: tuple[Deviation, ...]) -> tuple[Waiting, ...]:
    """The longest waiting first."""
    reporting = workplace.codebook.reporting
    found = []
    for each in deviations:
        days = tallies.days_waiting(workplace.codebook, each, workplace.today)
        if days is not None and days >= reporting.answer_warning and each.sent_on is not None:
            found.append(Waiting(each, days, each.sent_on + timedelta(days=reporting.answer_days)))
    return tuple(sorted(found, key=lambda each: -each.days))


def _decisions(workplace: Workplace) -> tuple[OpenDecision, ...]:
    names = {each.id: meetings.meeting_name(workplace, each) for each in meetings.meetings(workplace)}
    return tuple(OpenDecision(each, names.get(each.meeting, "")) for each in meetings.open_decisions(workplace))


def _meeting(workplace: Workplace) -> NextMeeting | None:
    found = meetings.next_meeting(workplace)
    if found is None:
        return None
    return NextMeeting(meetings.meeting_name(workplace, found), found.date, found.time)
