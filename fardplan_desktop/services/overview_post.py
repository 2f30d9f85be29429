"""What has come from the others and waits for somebody: questions, answers, feedback, receipts and their alarms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services import feedback, questions, questions_in, receipts, receipts_in
from fardplan_desktop.services.questions import State
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_NEW_DAYS = 14
"""How long feedback that has come stands on Start."""
_TOLD_DAYS = 31
"""How long what a receipt told of stands there: each costs the reading of its file."""

Sort = Literal["question", "answer", "feedback", "refused", "alarm", "receipts"]


class Post(msgspec.Struct, frozen=True):
    """One thing, and where it is seen to."""

    sort: Sort
    what: str
    why: str
    id: str = ""
    """Of the question."""


def post(workplace: Workplace) -> tuple[Post, ...]:
    """The most pressing first."""
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    kinds = {each.kind for each in received}
    found: list[Post] = []
    if receipts_in.KIND in kinds:
        found += _receipts(workplace)
    if questions.KIND in kinds:
        found += _questions(workplace)
    found += [
        _feedback(workplace, each) for each in received if each.kind == feedback.KIND and _is_new(workplace, each)
    ]
    if workplace.level is not Level.MUNICIPALITY:
        owed = receipts.waiting(workplace)
        if owed:
            who = "en avsändare" if len(owed) == 1 else f"{len(owed)} avsändare"
            found.append(Post("receipts", f"Kvittenser till {who} väntar", "De vet inte om filen kom fram"))
    return tuple(found)


def _receipts(workplace: Workplace) -> list[Post]:
    told = receipts_in.answers(workplace, since=workplace.today - timedelta(days=_TOLD_DAYS))
    alarms = [Post("alarm", each.partition(". ")[0], each.partition(". ")[2]) for each in told.alarms]
    own = {each.digest for each in packages.list_deliveries(workplace.store, Direction.OWN) if each.active}
    refused = [
        Post("refused", f"{each.by.short} kunde inte läsa in {parse_period(each.period).name}", each.todo)
        for digest, each in told.receipts.items()
        if not each.accepted and digest in own
    ]
    return [*alarms, *refused]


def _questions(workplace: Workplace) -> list[Post]:
    to_us = [
        Post("question", f"Fråga från {each.by.name}: {each.label}", each.question.text, each.question.id)
        for each in questions_in.to_answer(workplace)
        if each.state is State.OPEN
    ]
    unsent = [
        Post("question", f"Svaret till {each.by.name} är inte skickat", each.label, each.question.id)
        for each in questions_in.to_answer(workplace)
        if each.state is State.ANSWERED and not each.sent
    ]
    answered = [
        Post("answer", f"{each.of.name} har svarat: {each.label}", each.answer, each.question.id)
        for each in questions.asked(workplace)
        if each.state is State.ANSWERED
    ]
    return [*to_us, *unsent, *answered]


def _feedback(workplace: Workplace, delivery: Delivery) -> Post:
    period = parse_period(delivery.period)
    by = workplace.codebook.organisation(delivery.issuer).name
    return Post("feedback", f"Återkoppling för {period.name} har kommit", f"Från {by}", period.id)


def _is_new(workplace: Workplace, delivery: Delivery) -> bool:
    return delivery.active and (workplace.today - date.fromisoformat(delivery.at[:10])).days <= _NEW_DAYS
