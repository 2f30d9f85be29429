"""The one list of joint activities: what the code book states, and what joint plans ask for.

A joint plan is in force when it has been sealed: by us, or by the county or our delregion in a package that we have
read in. Each package holds all of its issuer's sealed plans, so the one with the highest number says how they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from fardplan_desktop.domain.codebook import JointActivity
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.joint import CODE_BOOK_PLAN, Joint
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import joint_wire
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

KIND: Final = "plan"


class Version(msgspec.Struct, frozen=True):
    """All the plans of an issuer as its latest package has them."""

    plans: tuple[JointPlan, ...] = ()
    tasks: tuple[JointTask, ...] = ()


def joint_activities(workplace: Workplace) -> tuple[Joint, ...]:
    """Every joint activity in force here, ended ones too: those of plans first, the latest year first."""
    found = [each for code in _issuers(workplace) for each in _of_version(code, version_of(workplace, issuer=code))]
    found.sort(key=lambda each: -(each.plan.until or each.plan.year))
    return (*found, *_of_code_book(workplace))


def find(workplace: Workplace, *, joint: str) -> Joint | None:
    return next((each for each in joint_activities(workplace) if each.id == joint), None)


def stated(workplace: Workplace, *, joint: str) -> JointActivity | None:
    """What the code book says of it; None for one that a plan asks for."""
    return next((each for each in workplace.codebook.joint_activities if each.id == joint), None)


def version_of(workplace: Workplace, *, issuer: str) -> Version:
    """The issuer's plans as they were sealed last; empty when nothing has come."""
    if issuer == workplace.organisation.code:
        return sealed_here(workplace)
    plans = {each.id: each for each in packages.received(workplace.store, JointPlan).get(issuer, ())}
    tasks = {each.id: each for each in packages.received(workplace.store, JointTask).get(issuer, ())}
    return Version(tuple(plans.values()), tuple(tasks.values()))


def sealed_here(workplace: Workplace) -> Version:
    """Our own plans as they were sealed last."""
    sealed = own_packages(workplace)
    if not sealed:
        return Version()
    opened = open_package(packages.delivery_file(workplace.store, sealed[-1].digest), None)
    return Version(*joint_wire.records_of(opened))


def own_packages(workplace: Workplace) -> tuple[Delivery, ...]:
    """Our own sealed plans, the first of them first."""
    found = packages.list_deliveries(workplace.store, Direction.OWN)
    return tuple(each for each in found if each.kind == KIND)


def _issuers(workplace: Workplace) -> tuple[str, ...]:
    """Whose plans hold here: the county's, those of our delregion as it is today, and our own."""
    book, own = workplace.codebook, workplace.organisation
    if own.level is Level.MUNICIPALITY:
        return (book.county.code, book.delregion_of(own.code, workplace.today).code)
    return tuple(dict.fromkeys((book.county.code, own.code)))


def _of_version(issuer: str, version: Version) -> Iterator[Joint]:
    plans = {each.id: each for each in version.plans}
    yield from (Joint(task, plans[task.plan], issuer, read_in=True) for task in version.tasks if task.plan in plans)


def _of_code_book(workplace: Workplace) -> Iterator[Joint]:
    book = workplace.codebook
    for each in book.joint_activities:
        title = f"{book.label('plantyp', each.plan)} {each.year}"
        plan = JointPlan(id=f"{CODE_BOOK_PLAN}/{each.plan}/{each.year}", title=title, type=each.plan, year=each.year)
        start = date.fromisoformat(f"{each.start}-01") if each.start else None
        task = JointTask(id=each.id, plan=plan.id, title=each.title, areas=(each.id,), start=start)
        yield Joint(task, plan, book.county.code)
