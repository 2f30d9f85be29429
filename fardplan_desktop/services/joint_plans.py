"""Joint plans as county and delregion write them: a plan, its activities, next year's version of it.

What has been sealed is never removed, only ended: the municipalities have answered it. What nobody has seen may go.
"""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_long
from fardplan_desktop.services.joint_list import sealed_here
from fardplan_desktop.services.plan_copy import later, moved_title
from fardplan_desktop.services.workplace import Workplace

_TITLE_LIMIT = 200
"""What a package has room for (package format, 4b)."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
DEFAULT_TYPE = "fardplanens-gemensamma"


class JointContent(msgspec.Struct, frozen=True):
    """A plan of ours with what lies in it, in the order it was written down; ended activities last."""

    plan: JointPlan
    tasks: tuple[JointTask, ...]

    @property
    def asked(self) -> tuple[JointTask, ...]:
        return tuple(each for each in self.tasks if each.ended is None)


def contents(workplace: Workplace) -> tuple[JointContent, ...]:
    """Our own plans as they are written now, the latest year first."""
    written = sorted(tasks(workplace), key=lambda each: each.ended is not None)
    found = sorted(workplace.store.own(JointPlan), key=lambda each: (-(each.until or each.year), each.title.casefold()))
    return tuple(JointContent(each, tuple(one for one in written if one.plan == each.id)) for each in found)


def tasks(workplace: Workplace) -> tuple[JointTask, ...]:
    """Our own joint activities of every plan."""
    return workplace.store.own(JointTask)


def content(workplace: Workplace, *, plan: str) -> JointContent:
    """Raises InputProblem when the plan is not there."""
    found = next((each for each in contents(workplace) if each.plan.id == plan), None)
    if found is None:
        raise InputProblem("Den gemensamma planen finns inte.", todo="Välj en annan plan.")
    return found


def add_plan(
    workplace: Workplace,
    *,
    title: str,
    year: int,
    type: str = DEFAULT_TYPE,
    until: int | None = None,
    target_group: str | None = None,
    text: str | None = None,
) -> tuple[JointPlan, Change]:
    """A new joint plan. Raises InputProblem at a municipality, or with the field at fault as its ``detail``."""
    plan = JointPlan(
        id=workplace.ids(), title=title, type=type, year=year, until=until, target_group=target_group, text=text
    )
    plan = _checked_plan(workplace, plan)
    return plan, save(workplace, edits=[Edit(None, plan)], label=f"Ny gemensam plan ”{plan.title[:40]}”")


def update_plan(workplace: Workplace, *, before: JointPlan, after: JointPlan) -> Change:
    """Replace a plan as a whole; raises StaleEdit if it is no longer ``before``."""
    after = _checked_plan(workplace, after)
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad gemensam plan ”{after.title[:40]}”")


def remove_plan(workplace: Workplace, *, plan: JointPlan) -> Change:
    """Take away a plan that was never sealed, with its activities; raises InputProblem for another."""
    if any(each.id == plan.id for each in sealed_here(workplace).plans):
        raise InputProblem(
            "Planen kan inte tas bort.", "Den är förseglad och kommuner har svarat på den.", "Avsluta dess aktiviteter."
        )
    edits = [Edit(each, None) for each in content(workplace, plan=plan.id).tasks]
    return save(workplace, edits=[*edits, Edit(plan, None)], label=f"Borttagen gemensam plan ”{plan.title[:40]}”")


def add_task(workplace: Workplace, *, plan: str, title: str, **fields: object) -> tuple[JointTask, Change]:
    """A new joint activity in the plan; ``fields`` are those of ``JointTask``."""
    content(workplace, plan=plan)
    task = msgspec.structs.replace(JointTask(id=workplace.ids(), plan=plan, title=title), **fields)
    task = _checked_task(workplace, task)
    return task, save(workplace, edits=[Edit(None, task)], label=f"Ny gemensam aktivitet ”{task.title[:40]}”")


def update_task(workplace: Workplace, *, before: JointTask, after: JointTask) -> Change:
    """Replace a joint activity as a whole; raises StaleEdit if it is no longer ``before``."""
    after = _checked_task(workplace, after)
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad gemensam aktivitet ”{after.title[:40]}”")


def end_task(
    workplace: Workplace, *, task: JointTask, on: date | None = None, replaced_by: str | None = None
) -> Change:
    """Ask nobody for it from that day, today when none is given; ``replaced_by`` is another activity's id."""
    if replaced_by is not None and (replaced_by == task.id or workplace.store.get(JointTask, replaced_by) is None):
        raise InputProblem("Aktiviteten som ersätter finns inte.", todo="Välj en annan.", detail="replaced_by")
    after = msgspec.structs.replace(task, ended=on or workplace.today, replaced_by=replaced_by)
    return save(workplace, edits=[Edit(task, after)], label=f"Avslutad gemensam aktivitet ”{task.title[:40]}”")


def resume_task(workplace: Workplace, *, task: JointTask) -> Change:
    """Ask for an ended activity again; what was answered still stands."""
    after = msgspec.structs.replace(task, ended=None, replaced_by=None)
    return save(workplace, edits=[Edit(task, after)], label=f"Återupptagen gemensam aktivitet ”{task.title[:40]}”")


def remove_task(workplace: Workplace, *, task: JointTask) -> Change:
    """Take away an activity that was never sealed; raises InputProblem for another."""
    if any(each.id == task.id for each in sealed_here(workplace).tasks):
        raise InputProblem(
            "Aktiviteten kan inte tas bort.", "Den är förseglad och kommuner kan ha svarat på den.", "Avsluta den."
        )
    return save(workplace, edits=[Edit(task, None)], label=f"Borttagen gemensam aktivitet ”{task.title[:40]}”")


def next_year(workplace: Workplace, *, plan: JointPlan) -> tuple[JointPlan, Change]:
    """Go on with the plan the following year or years, as one step: titles, years and days move on.

    Plan and activities keep their ids, so answers and history follow. What was sealed for the year before stays as it
    was in its package; activities that had ended stay ended.
    """
    years = (plan.until or plan.year) + 1 - plan.year
    after = _checked_plan(
        workplace,
        msgspec.structs.replace(
            plan,
            title=moved_title(plan, years),
            year=plan.year + years,
            until=None if plan.until is None else plan.until + years,
        ),
    )
    edits = [Edit(plan, after)]
    for each in content(workplace, plan=plan.id).asked:
        moved = msgspec.structs.replace(each, start=later(each.start, years), end=later(each.end, years))
        edits.append(Edit(each, moved))
    return after, save(workplace, edits=edits, label=f"Gemensam plan för {after.year}")


def _checked_plan(workplace: Workplace, plan: JointPlan) -> JointPlan:
    if workplace.level is Level.MUNICIPALITY:
        raise InputProblem("Gemensamma planer görs av länet och delregionerna.", todo="Läs in deras planer.")
    plan = msgspec.structs.replace(
        plan,
        title=_title(plan.title, "Planen"),
        until=None if plan.until == plan.year else plan.until,
        text=(plan.text or "").strip() or None,
    )
    if plan.type not in workplace.codebook.list("plantyp").by_id:
        raise InputProblem("Typen av plan finns inte i mått och listor.", todo="Välj en annan typ.", detail="type")
    if not _FIRST_YEAR <= plan.year <= _LAST_YEAR:
        raise InputProblem("Planens år är inget år.", todo="Skriv fyra siffror, till exempel 2026.", detail="year")
    if plan.until is not None and not plan.year < plan.until <= _LAST_YEAR:
        raise InputProblem(
            "Planens sista år ligger före det första.", todo="Skriv ett senare år, eller lämna tomt.", detail="until"
        )
    others = (each for each in workplace.store.own(JointPlan) if each.id != plan.id)
    if any(each.title.casefold() == plan.title.casefold() for each in others):
        raise InputProblem(
            f"Det finns redan en gemensam plan som heter ”{plan.title[:60]}”.",
            todo="Ge den här ett annat namn.",
            detail="title",
        )
    refuse_long(plan)
    return plan


def _checked_task(workplace: Workplace, task: JointTask) -> JointTask:
    task = msgspec.structs.replace(
        task,
        title=_title(task.title, "Aktiviteten"),
        responsible=task.responsible.strip(),
        goal=(task.goal or "").strip() or None,
        indicators=tuple(each for each in task.indicators if each.text.strip())[:1],
    )
    if task.start and task.end and task.end < task.start:
        raise InputProblem("Slutdatum ligger före startdatum.", todo="Ändra ett av dem.", detail="end")
    if task.method is not None and task.method not in {each.id for each in workplace.codebook.working_methods}:
        raise InputProblem("Arbetssättet finns inte i mått och listor.", todo="Välj ett annat.", detail="method")
    refuse_long(task)
    return task


def _title(text: str, what: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise InputProblem(f"{what} saknar namn.", todo="Skriv vad den heter.", detail="title")
    if len(title) > _TITLE_LIMIT:
        raise InputProblem(
            f"{what} har ett för långt namn.",
            f"Det har {len(title)} tecken, högst {_TITLE_LIMIT} får plats.",
            "Korta det.",
            detail="title",
        )
    return title
