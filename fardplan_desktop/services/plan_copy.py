"""A plan goes on next year: what is not finished comes along, and every text says that it is last year's until read."""

from __future__ import annotations

import calendar
from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, JointPlan, Plan
from fardplan_desktop.services import activities, plans
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

TEXTS = ("goal", "indicators", "obstacle", "next_step", "answers", "resources", "involvement", "children", "lesson")
"""What is copied as it stands and marked. The rest of a status's sentence goes with the status, which begins empty."""


def next_year(plan: Plan) -> int:
    """The first year of the plan that would follow this one."""
    return (plan.until or plan.year) + 1


def copied_to(workplace: Workplace, *, plan: Plan) -> Plan | None:
    """The plan that already follows this one."""
    return next((each for each in activities.plans(workplace) if each.copied_from == plan.id), None)


def copy_to_next_year(workplace: Workplace, *, plan: Plan) -> tuple[Plan, Change]:
    """A plan for the following years with everything that is not finished, as one step.

    Status, forecast, share, outcomes and what was to be lifted begin empty; dates move as far as the plan does.
    Raises InputProblem when the plan has been copied already.
    """
    earlier = copied_to(workplace, plan=plan)
    if earlier is not None:
        raise InputProblem(
            f"Planen är redan kopierad till ”{earlier.title[:60]}”.", todo="Öppna den, eller ta bort den först."
        )
    years = next_year(plan) - plan.year
    copy = plans.checked(
        workplace,
        msgspec.structs.replace(
            plan,
            id=workplace.ids(),
            title=moved_title(plan, years),
            year=plan.year + years,
            until=plan.until + years if plan.until is not None else None,
            copied_from=plan.id,
        ),
    )
    closed = {code.id for code in workplace.codebook.list("aktivitetsstatus").codes if code.closes}
    held = [each for each in activities.activities(workplace) if each.plan == plan.id and each.status not in closed]
    brought = [_begun_anew(each, id=workplace.ids(), plan=copy.id, years=years) for each in held]
    edits = [Edit(None, copy), *(Edit(None, each) for each in brought)]
    return copy, save(workplace, edits=edits, label=f"Kopierad plan ”{copy.title[:40]}”")


def _begun_anew(activity: Activity, *, id: str, plan: str, years: int) -> Activity:
    begun = msgspec.structs.replace(
        activity,
        id=id,
        plan=plan,
        start=later(activity.start, years),
        end=later(activity.end, years),
        indicators=tuple(msgspec.structs.replace(each, outcomes=()) for each in activity.indicators),
        status=None,
        status_note=None,
        forecast=None,
        percent=None,
        lift_to=None,
        forum=None,
        shareable=False,
    )
    return msgspec.structs.replace(begun, unedited=tuple(name for name in TEXTS if getattr(begun, name)))


def later(day: date | None, years: int) -> date | None:
    """The same day so many years later; 29 February becomes the 28th."""
    if day is None:
        return None
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def moved_title(plan: Plan | JointPlan, years: int) -> str:
    """The title with its years moved on, or with the new ones after it."""
    then = (plan.year, plan.until) if plan.until is not None else (plan.year,)
    title = plan.title
    for year in sorted(then, reverse=True):
        title = title.replace(str(year), str(year + years))
    if title != plan.title:
        return title
    return f"{title} {plans.years_words(plan.year + years, plan.until + years if plan.until is not None else None)}"
