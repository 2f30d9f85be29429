"""Questions that have come from above, and our answers; and answers that have come from below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.compiled_ids import cell_of
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import Question, Reply
from fardplan_desktop.exchange.kinds import QUESTIONS
from fardplan_desktop.exchange.messages import not_ours, refuse
from fardplan_desktop.exchange.office_rows import QuestionRow
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services import editing, handing_in, posting
from fardplan_desktop.services.handing_in import Unlocked
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.questions import KIND, State, about_words, checked, corrected_since, sent_rows
from fardplan_desktop.services.sealing import Contents
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class ToAnswer(msgspec.Struct, frozen=True):
    """A question to us."""

    question: Question
    by: Organisation
    label: str
    state: State
    answer: str
    days: int
    """Since it was asked; from asked to answered when it is."""
    sent: bool
    """The answer, as it stands, has been sealed."""
    corrected: bool
    """We have corrected the period since the question came."""

    @property
    def cell(self) -> tuple[str, str] | None:
        """Measure and period of the box it is about; None for what is no box."""
        found = cell_of(self.question.about)
        return None if found is None else (found[0], self.question.about.split("/")[2])


def check(workplace: Workplace, opened: Opened) -> None:
    """Raises Refusal E16 from somebody who neither asks us nor is asked by us, E21 about what we do not know of."""
    issuer = workplace.codebook.organisation(opened.statement.predicate.issuer.code)
    if _from_above(workplace, issuer, opened):
        for place, row in enumerate(_rows(opened), start=1):
            if not about_words(workplace.codebook, row.about):
                fault = "värdet som frågan gäller finns inte i mått och listor"
                raise refuse("E21", row.about[:80], row=str(place), file=QUESTIONS, fault=fault)
        return
    own = {each.id: each for each in workplace.store.own(Question)}
    for place, row in enumerate(_rows(opened), start=1):
        question = own.get(row.id)
        if question is None or question.asked_of != issuer.code:
            raise refuse("E21", row.id, row=str(place), file=QUESTIONS, fault="svaret gäller ingen fråga som ni ställt")
        if row.answer is None or row.answered is None:
            raise refuse("E21", row.id, row=str(place), file=QUESTIONS, fault="svaret saknas")


def keep(workplace: Workplace, opened: Opened) -> Kept:
    """Questions from above; answers from below."""
    issuer = workplace.codebook.organisation(opened.statement.predicate.issuer.code)
    if _from_above(workplace, issuer, opened):
        asked = tuple(_question(workplace, opened, row) for row in _rows(opened))
        return Kept(f"Fråga från {issuer.name} inläst", {Question: asked})
    replies = tuple(
        Reply(id=row.id, text=visible(row.answer), answered=row.answered)
        for row in _rows(opened)
        if row.answer is not None and row.answered is not None
    )
    return Kept(f"Svar från {issuer.name} inläst", {Reply: replies})


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    """What is asked or answered, in words."""
    issuer = workplace.codebook.organisation(opened.statement.predicate.issuer.code)
    closes = _from_above(workplace, issuer, opened)
    found = []
    for row in _rows(opened):
        about = about_words(workplace.codebook, row.about) or "Ett värde"
        said = "Frågan är avslutad." if closes and row.state == "closed" else visible(row.answer or row.text)
        found.append(f"{about}: {said}")
    return tuple(found)


def to_answer(workplace: Workplace) -> tuple[ToAnswer, ...]:
    """Every question to us: open ones first, the oldest of them first."""
    latest: dict[str, tuple[str, str, Question]] = {}
    for issuer, digest, question in packages.received_rows(workplace.store, Question):
        latest[question.id] = (issuer, digest, question)
    replies = {each.id: each for each in workplace.store.own(Reply)}
    told = {row.id: row.answer for _, row in sent_rows(workplace)}
    came = {each.digest: each.at for each in packages.list_deliveries(workplace.store, Direction.RECEIVED)}
    own = packages.list_deliveries(workplace.store, Direction.OWN)
    found = []
    for issuer, digest, question in latest.values():
        reply = replies.get(question.id)
        state = State.CLOSED if question.closed else State.ANSWERED if reply else State.OPEN
        end: date = reply.answered if reply else question.closed or workplace.today
        found.append(
            ToAnswer(
                question=question,
                by=workplace.codebook.organisation(issuer),
                label=about_words(workplace.codebook, question.about),
                state=state,
                answer=reply.text if reply else "",
                days=max(0, (end - question.asked).days),
                sent=reply is not None and told.get(question.id) == reply.text,
                corrected=corrected_since(own, question.period, came.get(digest, "")),
            )
        )
    order = list(State)
    return tuple(sorted(found, key=lambda each: (order.index(each.state), each.question.asked, each.question.id)))


def answer(workplace: Workplace, *, id: str, text: str) -> Change:
    """Write the answer, or another one; it is sealed with ``send``. Raises PersonalData, InputProblem."""
    question = next((each for each in to_answer(workplace) if each.question.id == id), None)
    if question is None:
        raise InputProblem("Frågan finns inte.", todo="Läs in filen med frågan.")
    if question.state is State.CLOSED:
        raise InputProblem("Frågan är avslutad.", todo="Inget behöver göras.")
    before = next((each for each in workplace.store.own(Reply) if each.id == id), None)
    after = Reply(id=id, text=checked(text), answered=workplace.today)
    return editing.save(workplace, edits=[Edit(before, after)], label="Fråga besvarad")


def send(
    workplace: Workplace, *, folder: Path, passphrase: str | None, remember: bool = False, work: Work | None = None
) -> tuple[tuple[Posted, ...], Unlocked]:
    """Seal the answers that have not been sent, one file for each that asked. Raises KeyProblem, InputProblem."""
    waiting: dict[str, list[ToAnswer]] = {}
    for each in to_answer(workplace):
        if each.state is State.ANSWERED and not each.sent:
            waiting.setdefault(each.by.code, []).append(each)
    if not waiting:
        raise InputProblem("Inga svar väntar på att skickas.", todo="Svara på frågan först.")
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work or Work())
    return tuple(_seal(workplace, each, unlocked, folder) for each in waiting.values()), unlocked


def _from_above(workplace: Workplace, issuer: Organisation, opened: Opened) -> bool:
    """Raises Refusal E16 from somebody who is neither over nor under us."""
    own, book = workplace.organisation, workplace.codebook
    day = opened.statement.period.end
    if own.level is Level.MUNICIPALITY:
        above = {book.delregion_of(own.code, day).code}
        below: set[str] = set()
    elif own.level is Level.DELREGION:
        above, below = {book.county.code}, {each.code for each in book.members(own.code, day)}
    else:
        above, below = set(), {each.code for each in book.delregions}
    if issuer.code not in above | below:
        raise not_ours(issuer.name, "Ni rapporterar inte till varandra.", f"question from {issuer.code}")
    return issuer.code in above


def _rows(opened: Opened) -> tuple[QuestionRow, ...]:
    return opened.table(QUESTIONS, QuestionRow)


def _question(workplace: Workplace, opened: Opened, row: QuestionRow) -> Question:
    sealed = date.fromisoformat(opened.statement.predicate.approved_at[:10])
    return Question(
        id=row.id,
        asked_of=workplace.organisation.code,
        period=opened.statement.period.id,
        about=row.about,
        shown=visible(row.shown),
        text=visible(row.text),
        asked=row.asked,
        closed=sealed if row.state == "closed" else None,
    )


def _seal(workplace: Workplace, waiting: list[ToAnswer], unlocked: Unlocked, folder: Path) -> Posted:
    to = waiting[0].by
    replies = {each.id: each for each in workplace.store.own(Reply)}
    rows = [
        QuestionRow(
            id=each.question.id, state="answered", about=each.question.about, shown=each.question.shown,
            text=each.question.text, answer=each.answer, asked=each.question.asked,
            answered=replies[each.question.id].answered,
        )
        for each in waiting
    ]  # fmt: skip
    told = "\n\n".join(f"{each.label}: {each.answer}" for each in waiting)
    letter = Letter(
        to.name,
        f"Svar från {workplace.organisation.name}",
        f"Hej {to.name}!\n\n{told}\n\nSvaret är bifogat: släpp filen på Ta emot i Färdplan.\n\n"
        f"{workplace.function}, {workplace.organisation.name}\n",
    )
    return posting.post(
        workplace,
        contents=Contents(
            kind=KIND,
            audience=to,
            period=max(parse_period(each.question.period) for each in waiting),
            tables={QUESTIONS: tuple(sorted(rows, key=lambda each: each.id))},
        ),
        letter=letter,
        key=unlocked.key,
        folder=folder,
        word="svar",
        label=f"Svar till {to.name} förseglat",
    )
