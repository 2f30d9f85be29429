"""Joint plans that come down from the county or our delregion: what they change here, and what enters the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fardplan_desktop.domain.joint import Joint, JointChanges
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import JointAnswer, JointPlan, JointTask
from fardplan_desktop.exchange.kinds import JOINT_ACTIVITIES, JOINT_PLANS
from fardplan_desktop.exchange.messages import PackageRefusal, not_ours, refuse
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services import joint_list, joint_wire
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.joint_changes import changes
from fardplan_desktop.services.joint_list import Version
from fardplan_desktop.services.workplace import Workplace


def check(workplace: Workplace, opened: Opened) -> None:
    """Raises Refusal E16 from somebody who is not over us, E21 for activities without their plan, for plans and
    activities that are another's, and for codes we have never had."""
    issuer, own, book = opened.statement.predicate.issuer.code, workplace.organisation, workplace.codebook
    above = {book.county.code}
    if own.level is Level.MUNICIPALITY:
        above |= {book.delregion_of(own.code, day).code for day in (opened.statement.period.end, workplace.today)}
    if issuer not in above:
        name = opened.verdict.issuer_name
        raise not_ours(name, f"Den skriver inga gemensamma planer för {own.name}.", f"plan from {issuer}")
    version = Version(*joint_wire.records_of(opened))
    fault = next(_faults(workplace, opened, version), None)
    if fault is not None:
        raise fault


def keep(workplace: Workplace, opened: Opened) -> Kept:
    """The plans as they stand in the package, and in the history what changed."""
    version = Version(*joint_wire.records_of(opened))
    told = _changes(workplace, opened, version)
    label = f"{opened.verdict.issuer_name}: gemensamma planer inlästa"
    rows: dict[type[msgspec.Struct], Sequence[msgspec.Struct]] = {JointPlan: version.plans, JointTask: version.tasks}
    return Kept(label, rows, facts={"changes": list(told.sentences)})


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    """What it changes here, before it is read in: how much, then each."""
    version = Version(*joint_wire.records_of(opened))
    found = _changes(workplace, opened, version)
    if not found.differences:
        return ("Inget är ändrat sedan förra versionen.",)
    summary = f"Gemensamma aktiviteter: {found.summary}." if found.summary else ""
    return tuple(each for each in (summary, *_ended_answered(workplace, version), *found.sentences) if each)


def _changes(workplace: Workplace, opened: Opened, version: Version) -> JointChanges:
    issuer = opened.statement.predicate.issuer.code
    return changes(joint_list.version_of(workplace, issuer=issuer), version)


def _ended_answered(workplace: Workplace, version: Version) -> Iterator[str]:
    """Ended activities that have an answer here: it stays."""
    answered = {each.id for each in workplace.store.own(JointAnswer)}
    ended = sum(each.ended is not None and each.id in answered for each in version.tasks)
    if ended:
        words = "avslutad" if ended == 1 else "avslutade"
        yield f"Ni har svarat på {ended} som är {words}. Svaren och era aktiviteter finns kvar."


def _faults(workplace: Workplace, opened: Opened, version: Version) -> Iterator[PackageRefusal]:
    book, plans = workplace.codebook, {each.id for each in version.plans}
    types, targets = book.list("plantyp").by_id, book.list("malgrupp").by_id
    joint = _of_others(workplace, opened)
    taken, spoken_for = {each.id for each in joint}, {each.plan.id for each in joint}
    for plan in version.plans:
        if plan.id in spoken_for:
            yield _wrong(JOINT_PLANS, plan.id, "planen är någon annans")
        elif plan.type not in types or (plan.target_group is not None and plan.target_group not in targets):
            yield _wrong(JOINT_PLANS, plan.id, "koden finns inte i mått och listor")
    for task in version.tasks:
        if task.plan not in plans:
            yield _wrong(JOINT_ACTIVITIES, task.id, "planen finns inte i paketet")
        elif task.id in taken:
            yield _wrong(JOINT_ACTIVITIES, task.id, "aktiviteten hör till en annan plan")
        elif task.target_group is not None and task.target_group not in targets:
            yield _wrong(JOINT_ACTIVITIES, task.id, "koden finns inte i mått och listor")


def _of_others(workplace: Workplace, opened: Opened) -> tuple[Joint, ...]:
    """What somebody else has said: nobody may speak in another's name."""
    issuer = opened.statement.predicate.issuer.code
    return tuple(each for each in joint_list.joint_activities(workplace) if not each.read_in or each.issuer != issuer)


def _wrong(file: str, row: str, fault: str) -> PackageRefusal:
    return refuse("E21", f"{file}: {row}", row=row, file=file, fault=fault)
