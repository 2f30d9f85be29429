"""Activities, their plans and check-ins."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import CodeBook, JointActivity
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, CheckIn, Plan
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_long
from fardplan_desktop.services.workplace import Workplace

OWN_PLAN = "egen-handlingsplan"
LIFT_LEVELS = {Level.MUNICIPALITY: "lokal", Level.DELREGION: "delregional", Level.COUNTY: "lansgemensam"}
"""Level of a forum → code of the list ``lyfts-till``."""
_TITLE_LIMIT = 200
"""What a package has room for (package format, 4b)."""


def plans(workplace: Workplace) -> tuple[Plan, ...]:
    return workplace.store.own(Plan)


def later_plans(workplace: Workplace, *, period: Period) -> frozenset[str]:
    """Plans that begin in a year after the period's, as a copy for next year: nobody is asked about them yet."""
    return frozenset(each.id for each in plans(workplace) if each.year > period.year)


def activities(workplace: Workplace) -> tuple[Activity, ...]:
    """Our own, in the order they were written down."""
    return workplace.store.own(Activity)


def begun(workplace: Workplace, *, period: Period) -> tuple[Activity, ...]:
    """Our own but for those of plans that begin after the period's year: what is told of the period."""
    later = later_plans(workplace, period=period)
    return tuple(each for each in activities(workplace) if each.plan not in later)


def find(workplace: Workplace, *, activity: str) -> Activity | None:
    """As it is stored now; None when it has been taken away."""
    return workplace.store.get(Activity, activity)


def check_ins(workplace: Workplace, *, activity: str | None = None) -> tuple[CheckIn, ...]:
    """Those made, latest first; of one activity when given. A planned one is no check-in yet."""
    found = [each for each in _every_check_in(workplace, activity) if not each.planned]
    written = sorted(enumerate(found), key=lambda each: (each[1].date, each[0]), reverse=True)
    return tuple(entry for _, entry in written)


def planned_check_ins(workplace: Workplace, *, activity: str | None = None) -> tuple[CheckIn, ...]:
    """Those that are to be made, earliest first; of one activity when given."""
    found = [each for each in _every_check_in(workplace, activity) if each.planned]
    return tuple(sorted(found, key=lambda each: each.date))


def add(
    workplace: Workplace,
    *,
    title: str,
    method: str | None = None,
    responsible: str = "",
    end: date | None = None,
    status: str | None = None,
    status_note: str | None = None,
    plan: str | None = None,
) -> tuple[Activity, Change]:
    """A new activity, in the organisation's own plan of the year unless another is named."""
    chosen, edits = plan_for(workplace, plan)
    activity = Activity(
        id=workplace.ids(),
        plan=chosen.id,
        title=_title(title),
        method=method,
        responsible=responsible.strip(),
        end=end,
        status=status,
        status_note=status_note,
    )
    change = save(workplace, edits=[*edits, Edit(None, activity)], label="Ny aktivitet")
    return activity, change


def update(workplace: Workplace, *, before: Activity, after: Activity) -> Change:
    """Replace an activity as a whole; raises StaleEdit if it is no longer ``before``."""
    after = touched(before, checked(after))
    if after.plan != before.plan and workplace.store.get(Plan, after.plan) is None:
        raise InputProblem("Planen finns inte längre.", todo="Välj en annan plan.")
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad aktivitet ”{after.title[:40]}”")


def checked(activity: Activity) -> Activity:
    """The activity with its title tidied; raises InputProblem for what cannot stand or be sent."""
    activity = msgspec.structs.replace(activity, title=_title(activity.title))
    if activity.start and activity.end and activity.end < activity.start:
        raise InputProblem("Slutdatum ligger före startdatum.", todo="Ändra ett av dem.")
    refuse_long(activity)
    return activity


def lifted(codebook: CodeBook, activity: Activity, *, forum: str | None) -> Activity:
    """The activity as something to be lifted to this forum, and so to its level; None takes only the forum away."""
    found = next((each for each in codebook.forums if each.id == forum), None)
    level = LIFT_LEVELS[found.level] if found else activity.lift_to
    return msgspec.structs.replace(activity, forum=forum, lift_to=level)


def touched(before: Activity, after: Activity) -> Activity:
    """The activity as edited: a text that has changed is no longer marked as last year's."""
    kept = tuple(name for name in after.unedited if getattr(before, name) == getattr(after, name))
    return msgspec.structs.replace(after, unedited=kept)


def remove(workplace: Workplace, *, activity: Activity) -> Change:
    """Take away an activity with its check-ins; one undo brings all of it back."""
    edits = [Edit(each, None) for each in _every_check_in(workplace, activity.id)]
    return save(workplace, edits=[*edits, Edit(activity, None)], label=f"Borttagen aktivitet ”{activity.title[:40]}”")


def check_in(
    workplace: Workplace,
    *,
    activity: Activity,
    status: str | None,
    forecast: str | None,
    comment: str,
    status_note: str | None = None,
    planned: CheckIn | None = None,
    next_on: date | None = None,
) -> Change:
    """Say how the activity stands today: a check-in of its own, and the activity's status with it.

    ``status_note`` is the rest of the status's sentence; None leaves what stands there unless the status is another.
    ``planned`` is the planned check-in that this is; the earliest whose day has come, when none is named. Others
    whose day has come are overtaken and go. ``next_on`` plans the next one.
    """
    come = [each for each in planned_check_ins(workplace, activity=activity.id) if each.date <= workplace.today]
    kept = planned or next(iter(come), None)
    entry = CheckIn(
        id=kept.id if kept else workplace.ids(),
        activity=activity.id,
        date=workplace.today,
        status=status,
        forecast=forecast,
        comment=comment.strip(),
    )
    refuse_long(entry)
    note = status_note if status_note or status != activity.status else activity.status_note
    after = msgspec.structs.replace(activity, status=status, status_note=note, forecast=forecast)
    edits = [Edit(kept, entry), Edit(activity, after), *(Edit(each, None) for each in come if each != kept)]
    if next_on is not None:
        edits.append(Edit(None, _planned(workplace, activity, next_on, but=kept)))
    return save(workplace, edits=edits, label=f"Avstämning ”{activity.title[:40]}”")


def plan_check_in(workplace: Workplace, *, activity: Activity, day: date) -> Change:
    """Say when the activity is to be checked in; raises InputProblem for a day gone by or planned already."""
    entry = _planned(workplace, activity, day)
    return save(workplace, edits=[Edit(None, entry)], label=f"Planerad avstämning {day} ”{activity.title[:40]}”")


def cancel_check_in(workplace: Workplace, *, planned: CheckIn) -> Change:
    """Take away a check-in that has not been made."""
    return save(workplace, edits=[Edit(planned, None)], label=f"Borttagen planerad avstämning {planned.date}")


def add_joint(workplace: Workplace) -> Change:
    """The county's joint activities as the code book states them; those already here are left as they are."""
    have = {each.joint for each in activities(workplace)}
    existing = {(each.type, each.year): each for each in plans(workplace)}
    edits: list[Edit] = []
    for joint in workplace.codebook.joint_activities:
        if joint.id in have:
            continue
        plan = existing.get((joint.plan, joint.year))
        if plan is None:
            title = workplace.codebook.label("plantyp", joint.plan)
            plan = Plan(id=workplace.ids(), title=f"{title} {joint.year}", type=joint.plan, year=joint.year)
            existing[joint.plan, joint.year] = plan
            edits.append(Edit(None, plan))
        edits.append(Edit(None, from_joint(workplace.codebook, joint, id=workplace.ids(), plan=plan.id)))
    count = sum(isinstance(edit.after, Activity) for edit in edits)
    return save(workplace, edits=edits, label=f"{count} gemensamma aktiviteter")


def from_joint(codebook: CodeBook, joint: JointActivity, *, id: str, plan: str) -> Activity:
    """The municipality's activity that answers a joint one, as the code book states it."""
    return Activity(
        id=id,
        plan=plan,
        title=joint.title,
        areas=(joint.id,),
        joint=joint.id,
        start=date.fromisoformat(f"{joint.start}-01") if joint.start else None,
        status=joint.status,
        status_note=_joint_note(codebook, joint),
    )


def _joint_note(codebook: CodeBook, joint: JointActivity) -> str | None:
    """The rest of the sentence, and the source's own words where they say more than status and rest together."""
    said = f"{codebook.label('aktivitetsstatus', joint.status)} {joint.rest}".strip()
    words = "" if joint.status_note.casefold() == said.casefold() else joint.status_note
    return "; ".join(part for part in (joint.rest, words) if part) or None


def _every_check_in(workplace: Workplace, activity: str | None) -> tuple[CheckIn, ...]:
    return workplace.store.own(CheckIn, **({} if activity is None else {"activity": activity}))


def _planned(workplace: Workplace, activity: Activity, day: date, *, but: CheckIn | None = None) -> CheckIn:
    """A check-in to be made that day, unless another than ``but`` already is."""
    if day < workplace.today:
        raise InputProblem(
            "Dagen för avstämningen har redan varit.", todo="Välj i dag eller en senare dag.", detail="next_on"
        )
    if any(each.date == day and each != but for each in planned_check_ins(workplace, activity=activity.id)):
        raise InputProblem("En avstämning är redan planerad den dagen.", todo="Välj en annan dag.", detail="next_on")
    return CheckIn(id=workplace.ids(), activity=activity.id, date=day, planned=True)


def plan_for(workplace: Workplace, plan: str | None) -> tuple[Plan, list[Edit]]:
    """The plan named, else our own plan of the year; and the edit that makes it when there is none."""
    existing = plans(workplace)
    if plan is not None:
        named = next((each for each in existing if each.id == plan), None)
        if named is None:
            raise InputProblem("Planen finns inte längre.", todo="Välj en annan plan.", detail="plan")
        return named, []
    year = workplace.today.year
    for each in existing:
        if each.type == OWN_PLAN and each.year == year:
            return each, []
    made = Plan(id=workplace.ids(), title=f"Handlingsplan {year}", type=OWN_PLAN, year=year)
    return made, [Edit(None, made)]


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise InputProblem("Aktiviteten saknar namn.", todo="Skriv vad som ska göras.")
    if len(title) > _TITLE_LIMIT:
        raise InputProblem(
            "Aktivitetens namn är för långt.",
            f"Det har {len(title)} tecken, högst {_TITLE_LIMIT} får plats.",
            "Korta det och lägg resten under Mål.",
        )
    return title
