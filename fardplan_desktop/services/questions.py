"""Questions on one value: asked by an office, sealed and sent down; open until answered, answered until closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.compiled_ids import DEVIATIONS, category_of, cell_of
from fardplan_desktop.domain.deliveries import PERIOD_KINDS, Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import Question, Reply
from fardplan_desktop.exchange.kinds import QUESTIONS
from fardplan_desktop.exchange.office_rows import QuestionRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import compilation, editing, feedback_rows, handing_in, posting
from fardplan_desktop.services.handing_in import Unlocked
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.sealing import Contents
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

KIND: Final = "fraga"
FOLDER = "Frågor"
_LONGEST = 2000


class State(StrEnum):
    """How a question stands; the words on the wire."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def word(self) -> str:
        return {"open": "väntar på svar", "answered": "besvarad", "closed": "avslutad"}[self.value]


class Asked(msgspec.Struct, frozen=True):
    """One of our questions and what has come of it."""

    question: Question
    of: Organisation
    label: str
    """What it is about, in words."""
    state: State
    answer: str
    answered: date | None
    days: int
    """Open: since it was asked. Else from asked to answered."""
    sent: bool
    """As it stands now it has been sealed."""
    corrected: bool
    """The period has been corrected since the question was sent."""


def ask(workplace: Workplace, *, of: str, period: Period, about: str, shown: str, text: str) -> Change:
    """A new question, sealed with ``send``. ``about`` names the value as a compilation does; ``shown``: as we see it.

    Raises PersonalData, or InputProblem for an empty or long text, an unknown value, or somebody we do not ask.
    """
    if of not in {each.code for each in may_be_asked(workplace, period=period)}:
        raise InputProblem("Den som frågas hör inte hit.", "", "Välj en av dem som rapporterar till er.")
    if not about_words(workplace.codebook, about):
        raise InputProblem("Värdet finns inte.", "", "Skriv till exempel antal/SIP08/2026-05.")
    question = Question(
        id=workplace.ids(), asked_of=of, period=period.id, about=about, shown=shown, text=checked(text),
        asked=workplace.today,
    )  # fmt: skip
    return editing.save(workplace, edits=[Edit(None, question)], label="Fråga om ett värde")


def close(workplace: Workplace, *, id: str) -> Change:
    """We are content; the one who was asked is told with the next file. Raises InputProblem when it is closed."""
    question = next((each for each in workplace.store.own(Question) if each.id == id), None)
    if question is None or question.closed is not None:
        raise InputProblem("Frågan är redan avslutad.", todo="Inget behöver göras.")
    after = msgspec.structs.replace(question, closed=workplace.today)
    return editing.save(workplace, edits=[Edit(question, after)], label="Fråga avslutad")


def may_be_asked(workplace: Workplace, *, period: Period) -> tuple[Organisation, ...]:
    """Those who report to us: a delregion's members, the county's delregions."""
    if workplace.level is Level.COUNTY:
        return workplace.codebook.delregions
    return workplace.members_in(period) if workplace.level is Level.DELREGION else ()


def asked(workplace: Workplace) -> tuple[Asked, ...]:
    """Every question of ours: open ones first, then answered, then closed; the latest first in each."""
    replies = {each.id: each for rows in packages.received(workplace.store, Reply).values() for each in rows}
    sent = _sent_states(workplace)
    found = [_stands(workplace, each, replies.get(each.id), sent) for each in workplace.store.own(Question)]
    order = list(State)
    return tuple(sorted(found, key=lambda each: (order.index(each.state), -each.question.asked.toordinal())))


def send(
    workplace: Workplace, *, folder: Path, passphrase: str | None, remember: bool = False, work: Work | None = None
) -> tuple[tuple[Posted, ...], Unlocked]:
    """Seal what has not been told yet, one file for each that was asked. Raises KeyProblem, InputProblem."""
    waiting: dict[str, list[Asked]] = {}
    for each in asked(workplace):
        if not each.sent:
            waiting.setdefault(each.question.asked_of, []).append(each)
    if not waiting:
        raise InputProblem("Inga frågor väntar på att skickas.", todo="Ställ en fråga först.")
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work or Work())
    made = tuple(_seal(workplace, each, unlocked, folder) for each in waiting.values())
    return made, unlocked


def checked(text: str) -> str:
    """Raises InputProblem for an empty or long text."""
    if not text.strip():
        raise InputProblem("Texten saknas.", todo="Skriv den och försök igen.")
    if len(text) > _LONGEST:
        raise InputProblem("Texten är för lång.", "", f"Skriv högst {_LONGEST} tecken.")
    return text.strip()


def about_words(codebook: CodeBook, about: str) -> str:
    """``Upprättade SIP, maj 2026``; empty for what is no value."""
    if about == DEVIATIONS:
        return "Avvikelser i samverkan"
    if category_of(about):
        return f"Avvikelser, {codebook.label('kategori', category_of(about))}"
    cell = cell_of(about)
    measure = codebook.measures_by_id.get(cell[0]) if cell else None
    if cell is None or measure is None:
        return ""
    try:
        when = parse_period(about.split("/")[2]).name
    except InputProblem:
        return ""
    split = f", {codebook.label(cell[1], cell[2] or '')}" if cell[1] is not None and cell[1] in codebook.lists else ""
    return f"{measure.label}{split}, {when}"


def shown_value(workplace: Workplace, *, of: str, period: Period, about: str) -> str:
    """The value as we have it from them; ``saknas`` when they have none."""
    compiled = compilation.compile_period(workplace, period=period)
    members = feedback_rows.members_of(workplace.organisation, compiled, workplace.codebook)
    numbers = feedback_rows.numbers_of(compiled, workplace.codebook, members)
    found = next((each.line.values.get(of) for each in numbers if each.line.id == about), None)
    return numbers_sv.MISSING if found is None else numbers_sv.number(found)


def days_words(state: State, days: int) -> str:
    """``väntar på svar sedan 3 dagar``, ``besvarad efter 1 dag``"""
    length = "1 dag" if days == 1 else f"{numbers_sv.number(days)} dagar"
    if state is State.OPEN:
        return f"{state.word} sedan {length}" if days else f"{state.word}, ställd i dag"
    return f"{state.word} samma dag" if days == 0 else f"{state.word} efter {length}"


def corrected_since(deliveries: Iterable[Delivery], period: str, since: str) -> bool:
    """Whether one of these, of the period, replaces another and is later than the moment ``since``."""
    return any(
        each.kind in PERIOD_KINDS and each.period == period and each.supersedes is not None and each.at > since
        for each in deliveries
    )


def sent_rows(workplace: Workplace) -> list[tuple[Delivery, QuestionRow]]:
    """Everything that we have sealed of questions and answers, in order."""
    found = []
    for each in packages.list_deliveries(workplace.store, Direction.OWN):
        if each.kind == KIND:
            opened = open_package(packages.delivery_file(workplace.store, each.digest), None)
            found += [(each, row) for row in opened.table(QUESTIONS, QuestionRow)]
    return found


def _sent_states(workplace: Workplace) -> dict[str, dict[str, str]]:
    """Question → state that has been told → when it first was."""
    found: dict[str, dict[str, str]] = {}
    for delivery, row in sent_rows(workplace):
        found.setdefault(row.id, {}).setdefault(row.state, delivery.at)
    return found


def _stands(workplace: Workplace, question: Question, reply: Reply | None, sent: dict[str, dict[str, str]]) -> Asked:
    state = State.CLOSED if question.closed else State.ANSWERED if reply else State.OPEN
    told = sent.get(question.id, {})
    end = reply.answered if reply is not None else question.closed or workplace.today
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=question.period)
    theirs = [each for each in received if each.issuer == question.asked_of]
    first = told.get(State.OPEN.value)
    return Asked(
        question=question,
        of=workplace.codebook.organisation(question.asked_of),
        label=about_words(workplace.codebook, question.about),
        state=state,
        answer="" if reply is None else reply.text,
        answered=None if reply is None else reply.answered,
        days=max(0, (end - question.asked).days),
        sent=(State.CLOSED if question.closed else State.OPEN).value in told,
        corrected=first is not None and corrected_since(theirs, question.period, first),
    )


def _seal(workplace: Workplace, waiting: list[Asked], unlocked: Unlocked, folder: Path) -> Posted:
    to = waiting[0].of
    rows = tuple(sorted((_row(each) for each in waiting), key=lambda each: each.id))
    return posting.post(
        workplace,
        contents=Contents(
            kind=KIND,
            audience=to,
            period=max(parse_period(each.question.period) for each in waiting),
            tables={QUESTIONS: rows},
        ),
        letter=_letter(workplace, to, waiting),
        key=unlocked.key,
        folder=folder,
        word="fraga",
        label=f"Fråga till {to.name} förseglad",
    )


def _row(each: Asked) -> QuestionRow:
    question = each.question
    return QuestionRow(
        id=question.id,
        state="closed" if question.closed else "open",
        about=question.about,
        shown=question.shown,
        text=question.text,
        answer=each.answer or None,
        asked=question.asked,
        answered=each.answered,
    )


def _letter(workplace: Workplace, to: Organisation, waiting: list[Asked]) -> Letter:
    told = "\n\n".join(
        f"{each.label} (vi har {each.question.shown}): {each.question.text}"
        if each.state is not State.CLOSED
        else f"{each.label}: frågan är avslutad, tack."
        for each in waiting
    )
    return Letter(
        to.name,
        f"Fråga från {workplace.organisation.name}",
        f"Hej {to.name}!\n\n{told}\n\n"
        "Släpp filen på Färdplan: frågan står på Start och besvaras där. Svaret skickas som en liten förseglad fil.\n\n"
        f"{workplace.function}, {workplace.organisation.name}\n",
    )
