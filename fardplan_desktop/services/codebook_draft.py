"""The county's draft of the next version of mått och listor: started, changed step by step, taken back, thrown away.

Only the county makes versions: there is one line of them, so that every number means the same everywhere. A draft may
have faults while it is worked on; it cannot be sealed with them.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from fardplan_desktop.domain import codebook_check, codebook_succession
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_diff import Difference, codebook_diff
from fardplan_desktop.domain.codebook_edits import Step, next_version, take
from fardplan_desktop.domain.codebook_words import fault_sentence
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace

ONLY_THE_COUNTY = "Mått och listor bestäms av länet. Vill ni ha en annan lista eller ett annat mått: be länet."
_SETTING = "codebook_draft"
_CHANGED = frozenset({"CodeBookDraft"})


class StepTaken(msgspec.Struct, frozen=True):
    """A step of the draft and what it changed, in sentences."""

    step: Step
    sentences: tuple[str, ...]


class Draft(msgspec.Struct, frozen=True):
    """The draft as it stands: what it would become, what that changes, and what is wrong with it."""

    base: CodeBook
    book: CodeBook
    steps: tuple[StepTaken, ...]
    differences: tuple[Difference, ...]
    faults: tuple[str, ...]

    @property
    def sealable(self) -> bool:
        return bool(self.differences) and not self.faults


def may_draft(workplace: Workplace) -> bool:
    """Whether this is the county, which alone makes versions."""
    return workplace.level is Level.COUNTY and not workplace.read_only


def draft(workplace: Workplace) -> Draft | None:
    """The draft that is worked on; None when there is none. Raises InputProblem when it no longer fits."""
    steps = _kept(workplace)
    return None if steps is None else _standing(workplace, steps)


def start(workplace: Workplace) -> Change:
    """A draft like the version in force; one that has been started goes on."""
    _refuse_others(workplace)
    if _kept(workplace) is None:
        _keep(workplace, ())
    return Change(f"Utkast till version {workplace.codebook.version + 1} påbörjat", _CHANGED)


def change(workplace: Workplace, *, step: Step) -> Change:
    """Take one more step in the draft, which is started if need be. A step that changes nothing is not kept."""
    _refuse_others(workplace)
    refuse_identity([step])
    steps = _kept(workplace) or ()
    before = _book(workplace, steps)
    told = codebook_diff(before, take(workplace.codebook, before, step))
    if not told:
        return Change("Inget ändrades")
    _keep(workplace, (*steps, step))
    return Change(f"Utkastet ändrat: {told[0].sentence}", _CHANGED)


def read_steps(*, path: Path) -> tuple[Step, ...]:
    """The steps in a JSON file. Raises InputProblem when it does not hold a list of such."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Step, ...])
    except (OSError, msgspec.DecodeError) as error:
        raise InputProblem(
            f"{path.name} går inte att läsa.",
            "Den är ingen lista av ändringar.",
            "Välj en annan fil.",
            detail=str(error),
        ) from error


def take_back(workplace: Workplace, *, at: int) -> Change:
    """Take back one step, counted from 0; the others stand. Raises InputProblem when a later one rests on it."""
    _refuse_others(workplace)
    steps = _kept(workplace) or ()
    left = (*steps[:at], *steps[at + 1 :])
    try:
        _book(workplace, left)
    except InputProblem as problem:
        raise InputProblem(
            "Ändringen går inte att ta tillbaka än.",
            "En senare ändring bygger på den.",
            "Ta tillbaka den senare först.",
            detail=problem.sentence,
        ) from problem
    _keep(workplace, left)
    return Change("En ändring togs tillbaka", _CHANGED)


def discard(workplace: Workplace) -> Change:
    """Throw the draft away; what is in force is not touched."""
    _refuse_others(workplace)
    workplace.store.set_setting(_SETTING, "")
    return Change("Utkastet kastades", _CHANGED)


def _refuse_others(workplace: Workplace) -> None:
    if not may_draft(workplace):
        raise InputProblem("Mått och listor ändras inte här.", ONLY_THE_COUNTY)


def _standing(workplace: Workplace, steps: tuple[Step, ...]) -> Draft:
    base = workplace.codebook
    book = _book(workplace, ())
    taken: list[StepTaken] = []
    for step in steps:
        after = take(base, book, step)
        taken.append(StepTaken(step, tuple(each.sentence for each in codebook_diff(book, after))))
        book = after
    return Draft(base, book, tuple(taken), codebook_diff(base, book), faults_of(base, book))


def faults_of(base: CodeBook, book: CodeBook) -> tuple[str, ...]:
    """What is wrong with a version, by itself and as the one that follows on ``base``; each sentence once."""
    found = (*codebook_check.faults(book), *codebook_succession.faults(base, book))
    return tuple(dict.fromkeys(fault_sentence(book, each) for each in found))


def _book(workplace: Workplace, steps: tuple[Step, ...]) -> CodeBook:
    return next_version(workplace.codebook, steps, workplace.today)


def _kept(workplace: Workplace) -> tuple[Step, ...] | None:
    text = workplace.store.setting(_SETTING)
    try:
        return msgspec.json.decode(text, type=tuple[Step, ...]) if text else None
    except msgspec.DecodeError as error:
        raise InputProblem(
            "Utkastet går inte att läsa.",
            "Det är gjort i en nyare version av programmet.",
            "Uppdatera programmet, eller kasta utkastet.",
            detail=str(error),
        ) from error


def _keep(workplace: Workplace, steps: tuple[Step, ...]) -> None:
    workplace.store.set_setting(_SETTING, msgspec.json.encode(steps).decode())
