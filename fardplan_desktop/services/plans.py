"""Plans of action: several beside each other, each with its kind, level, years and target group."""

from __future__ import annotations

import re

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import Code, CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.services import activities
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

_TITLE_LIMIT = 200
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_NOT_STATED = "uppgift-saknas"
_YEAR_AT_THE_END = re.compile(r"\s*\b20\d\d(–20\d\d)?$")


class PlanContent(msgspec.Struct, frozen=True):
    """A plan with what lies in it."""

    plan: Plan
    activities: tuple[Activity, ...]


def contents(workplace: Workplace) -> tuple[PlanContent, ...]:
    """Every plan of our own, the latest year first, with its activities in the order they were written down."""
    found = activities.activities(workplace)
    plans = sorted(activities.plans(workplace), key=lambda each: (-(each.until or each.year), each.title.casefold()))
    return tuple(PlanContent(each, tuple(one for one in found if one.plan == each.id)) for each in plans)


def kinds(workplace: Workplace) -> tuple[Code, ...]:
    """The kinds of plan there are to choose from."""
    codes = workplace.codebook.list("plantyp").active(workplace.today)
    return tuple(each for each in codes if each.id != _NOT_STATED)


def suggested_title(codebook: CodeBook, *, type: str, year: int, until: int | None = None) -> str:
    """What a plan of this kind is called until somebody says otherwise: the template's title and the years."""
    years = years_words(year, until)
    if type == activities.OWN_PLAN:
        return f"Handlingsplan {years}"
    template = next((each.title for each in codebook.plan_templates if each.id == type), "Handlingsplan")
    return f"{_YEAR_AT_THE_END.sub('', template)} {years}"


def years_words(year: int, until: int | None) -> str:
    """``2026``, or ``2026–2028`` for a plan of several years."""
    return str(year) if until is None or until == year else f"{year}–{until}"


def add(
    workplace: Workplace,
    *,
    type: str,
    year: int,
    title: str = "",
    until: int | None = None,
    level: str | None = None,
    target_group: str | None = None,
) -> tuple[Plan, Change]:
    """A new plan of a kind in the code book; without a title it gets the one of its template."""
    name = title if title.strip() else suggested_title(workplace.codebook, type=type, year=year, until=until)
    plan = Plan(
        id=workplace.ids(), title=name, type=type, year=year, until=until, level=level, target_group=target_group
    )
    plan = checked(workplace, plan)
    return plan, save(workplace, edits=[Edit(None, plan)], label=f"Ny plan ”{plan.title[:40]}”")


def update(workplace: Workplace, *, before: Plan, after: Plan) -> Change:
    """Replace a plan as a whole; raises StaleEdit if it is no longer ``before``."""
    after = checked(workplace, after)
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad plan ”{after.title[:40]}”")


def remove(workplace: Workplace, *, plan: Plan) -> Change:
    """Take away a plan that nothing lies in; raises InputProblem for another."""
    held = sum(each.plan == plan.id for each in activities.activities(workplace))
    if held:
        raise InputProblem(
            "Planen kan inte tas bort.",
            "En aktivitet ligger i den." if held == 1 else f"{held} aktiviteter ligger i den.",
            "Flytta dem till en annan plan eller ta bort dem först.",
        )
    return save(workplace, edits=[Edit(plan, None)], label=f"Borttagen plan ”{plan.title[:40]}”")


def move(workplace: Workplace, *, activity: Activity, plan: str) -> Change:
    """Put an activity in another plan, named by its id."""
    after = msgspec.structs.replace(activity, plan=plan)
    return activities.update(workplace, before=activity, after=after)


def checked(workplace: Workplace, plan: Plan) -> Plan:
    """The plan with its title and years tidied; raises InputProblem, whose ``detail`` names the field at fault."""
    plan = msgspec.structs.replace(
        plan, title=" ".join(plan.title.split()), until=None if plan.until == plan.year else plan.until
    )
    book = workplace.codebook
    if plan.type not in book.list("plantyp").by_id:
        raise InputProblem("Typen av plan finns inte i mått och listor.", todo="Välj en annan typ.", detail="type")
    if not plan.title:
        raise InputProblem("Planen saknar namn.", todo="Skriv vad den heter.", detail="title")
    if len(plan.title) > _TITLE_LIMIT:
        raise InputProblem(
            "Planens namn är för långt.",
            f"Det har {len(plan.title)} tecken, högst {_TITLE_LIMIT} får plats.",
            "Korta det.",
            detail="title",
        )
    if not _FIRST_YEAR <= plan.year <= _LAST_YEAR:
        raise InputProblem("Planens år är inget år.", todo="Skriv fyra siffror, till exempel 2026.", detail="year")
    if plan.until is not None and not plan.year < plan.until <= _LAST_YEAR:
        raise InputProblem(
            "Planens sista år ligger före det första.", todo="Skriv ett senare år, eller lämna tomt.", detail="until"
        )
    others = (each for each in activities.plans(workplace) if each.id != plan.id)
    if any(each.title.casefold() == plan.title.casefold() for each in others):
        raise InputProblem(
            f"Det finns redan en plan som heter ”{plan.title[:60]}”.",
            todo="Ge den här ett annat namn, eller lägg aktiviteterna i den som finns.",
            detail="title",
        )
    return plan
