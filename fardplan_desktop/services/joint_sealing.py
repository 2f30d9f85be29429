"""Sealing joint plans: for everyone under the office that makes them.

A package holds all plans that the office has sealed, the one at hand as it is written now, so that whoever misses one
package has nothing to look for: the highest number says how all of them stand.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import JointChanges
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import JOINT_ACTIVITIES, JOINT_PLANS
from fardplan_desktop.services import joint_wire, letters, sealing, seals
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.joint_changes import changes
from fardplan_desktop.services.joint_list import KIND, Version, own_packages, sealed_here
from fardplan_desktop.services.joint_plans import content
from fardplan_desktop.services.letters import Attachment, Letter
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

FOLDER = "Gemensamma planer"
"""Beside what else is sealed for the same period, which has the same file name."""


class JointPreview(msgspec.Struct, frozen=True):
    """What sealing the plan would send, and what it changes since the last time."""

    plan: JointPlan
    period: Period
    version: Version
    changes: JointChanges
    previous: Delivery | None
    """The package that has our plans as they were sealed last."""


class SealedPlan(msgspec.Struct, frozen=True):
    """What came of a sealing."""

    plan: JointPlan
    changes: JointChanges
    delivery: Delivery
    file: Path
    card: Path


def preview(workplace: Workplace, *, plan: str) -> JointPreview:
    """The plan as it would be sealed now; raises InputProblem when it is not there."""
    written = content(workplace, plan=plan)
    before = sealed_here(workplace)
    ended = tuple(
        each if each.ended else msgspec.structs.replace(each, ended=workplace.today)
        for each in before.tasks
        if each.plan == plan and each.id not in {task.id for task in written.tasks}
    )
    """What an undo has taken away since it was sealed is ended: ids are never orphaned."""
    after = Version(
        (*(each for each in before.plans if each.id != plan), written.plan),
        (*(each for each in before.tasks if each.plan != plan), *written.tasks, *ended),
    )
    found = own_packages(workplace)
    return JointPreview(
        written.plan,
        parse_period(str(written.plan.year)),
        after,
        changes(before, after),
        found[-1] if found else None,
    )


def seal_plan(workplace: Workplace, *, plan: str, folder: Path, key: SigningKey, approved_by: str) -> SealedPlan:
    """Seal the plan for everyone under us, and write package and card in ``folder``.

    Raises InputProblem when it holds nothing, or when nothing has changed since it was sealed.
    """
    found = preview(workplace, plan=plan)
    _check(found)
    sealing.check_words(approved_by, None)
    refuse_identity((*found.version.plans, *found.version.tasks))
    contents = sealing.Contents(
        kind=KIND,
        audience=workplace.organisation,
        to_all=True,
        period=found.period,
        tables={
            JOINT_PLANS: joint_wire.plan_rows(found.version.plans),
            JOINT_ACTIVITIES: joint_wire.task_rows(found.version.tasks),
        },
    )
    delivery, data = sealing.seal_package(
        workplace, contents=contents, key=key, approved_by=approved_by, previous=found.previous
    )
    sealing.keep(
        workplace,
        delivery=delivery,
        data=data,
        label="Gemensam plan förseglad",
        facts={"plan": found.plan.id, "changes": list(found.changes.sentences)},
    )
    file, card = sealing.write_files(workplace, delivery=delivery, folder=folder, key=key)
    return SealedPlan(found.plan, found.changes, delivery, file, card)


def write_again(workplace: Workplace, *, plan: str, folder: Path, key: SigningKey) -> SealedPlan:
    """The files of the last sealed version once more. Raises InputProblem when nothing has been sealed."""
    found = preview(workplace, plan=plan)
    if found.previous is None:
        raise InputProblem("Planen är inte förseglad.", todo="Försegla den först.")
    file, card = sealing.write_files(workplace, delivery=found.previous, folder=folder, key=key)
    return SealedPlan(found.plan, JointChanges(()), found.previous, file, card)


def letter(workplace: Workplace, *, sealed: SealedPlan) -> Letter:
    """To those who are to take a stand; the delregions hand the county's on."""
    own = workplace.organisation
    county = own.level is Level.COUNTY
    told = "\n".join(f"– {each}" for each in sealed.changes.sentences)
    on = " Delregionen skickar den vidare till sina kommuner." if county else ""
    return Letter(
        "Delregioner och kommuner" if county else f"Kommunerna i {own.name}",
        f"Gemensam plan: {sealed.plan.title}",
        f"Hej!\n\nHär kommer den gemensamma planen ”{sealed.plan.title}”. Läs in filen i Färdplan"
        f"{': delregionen under Ta emot, kommunen' if county else ''} under Aktiviteter, Gemensamma. "
        f"Ta sedan ställning till varje aktivitet: Följer, Anpassar, Har redan eller Prioriterar inte.{on}\n\n"
        + (f"Det här är nytt:\n{told}\n\n" if told else "")
        + f"Bifogat: {sealed.delivery.file_name} och vårt avsändarkort.\n\n"
        "Känner ni inte igen vårt sigill? Ring oss på ett nummer ni redan har, så läser vi upp kontrollkoden.\n\n"
        f"{workplace.function}, {own.name}\n",
    )


def save_draft_letter(workplace: Workplace, *, sealed: SealedPlan) -> Path:
    """A mail draft beside the package, with package and card attached. Raises WorldError when it cannot be written."""
    files = [
        Attachment(sealed.file.name, packages.delivery_file(workplace.store, sealed.delivery.digest)),
        Attachment(sealed.card.name, seals.kept_card(workplace)),
    ]
    data = letters.draft(letter=letter(workplace, sealed=sealed), attachments=files)
    return save_file(sealed.file.with_suffix(letters.DRAFT_SUFFIX), data)


def _check(found: JointPreview) -> None:
    tasks: list[JointTask] = [each for each in found.version.tasks if each.plan == found.plan.id]
    if not tasks:
        raise InputProblem(
            "Planen kan inte förseglas än.", "Den har inga aktiviteter.", "Skriv minst en gemensam aktivitet."
        )
    if not found.changes.differences:
        raise InputProblem(
            "Inget har ändrats sedan planen förseglades.", todo="Spara samma paket igen, eller ändra planen först."
        )
