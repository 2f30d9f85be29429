"""Deviations in collaboration: register, follow through, close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Final, Literal

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import Code, CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import field_word, texts
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import deviation_query

SUMMARY_LIMIT = 300
MOST_CAUSES = 3
NOT_STATED = "uppgift-saknas"
NEEDED = ("month", "direction", "counterpart", "category")
"""What must be said before a deviation is registered; *uppgift saknas* is an answer too."""
SEVERAL: Final = ("status", "document", "category", "lift_to", "feedback", "follow_up")
"""What can be said of several at once."""
_STATUSES, _CLOSED, _SENT, _ANSWERED = "avvikelsestatus", "avslutad", "skickad", "svar-mottaget"
_NO_ACTION = "ingen-atgard"
_TEXT_LIMIT, _NAME_LIMIT = 4000, 200
"""What a package has room for (package format, 4b)."""


class Step(msgspec.Struct, frozen=True):
    """A status that a deviation may go to from where it is."""

    status: str
    way: Literal["forward", "back", "aside"]
    needs_comment: bool
    lacks: tuple[str, ...]
    """Fields that must be filled in first."""


class Several(msgspec.Struct, frozen=True):
    """What came of changing several: what was stored, and number and reason of each that was left as it was."""

    change: Change
    changed: int
    left: tuple[tuple[str, str], ...]


def deviations(workplace: Workplace) -> tuple[Deviation, ...]:
    """Our own, latest registered first."""
    return tuple(sorted(workplace.store.own(Deviation), key=lambda each: each.number, reverse=True))


def find(workplace: Workplace, *, deviation: str) -> Deviation | None:
    """As it is stored now; None when it has been taken away."""
    return workplace.store.get(Deviation, deviation)


def next_number(workplace: Workplace, year: int) -> str:
    """``1462-2026-0007``: one after the highest of the year."""
    return next(numbers_from(workplace, year))


def numbers_from(workplace: Workplace, year: int) -> Iterator[str]:
    """The next number of the year and those after it, for a table that brings many."""
    prefix = f"{workplace.organisation.code}-{year}-"
    highest = deviation_query.highest_number(workplace.store, prefix)
    last = int(highest[len(prefix) :]) if highest else 0
    return (f"{prefix}{number:04d}" for number in count(last + 1))


def add(workplace: Workplace, *, draft: Deviation) -> tuple[Deviation, Change]:
    """Register the draft; its id and number are given here. Errors name their field in ``detail``."""
    _check(workplace, draft)
    made = msgspec.structs.replace(draft, id=workplace.ids(), number=next_number(workplace, draft.registered.year))
    return made, save(workplace, edits=[Edit(None, made)], label=f"Ny avvikelse {made.number}")


def blank(workplace: Workplace) -> Deviation:
    """Registered today, this month, nothing else stated."""
    today = workplace.today
    return Deviation(
        id="",
        number="",
        month=f"{today:%Y-%m}",
        registered=today,
        direction=NOT_STATED,
        reporter=NOT_STATED,
        counterpart=NOT_STATED,
        category=NOT_STATED,
    )


def lacking(draft: Deviation) -> tuple[str, ...]:
    """The fields of ``NEEDED`` that are still to be said."""
    return tuple(field for field in NEEDED if not getattr(draft, field))


def update(workplace: Workplace, *, before: Deviation, after: Deviation) -> Change:
    """Replace as a whole. Errors name their field in ``detail``; raises StaleEdit if it is no longer ``before``.

    Status forward is free, backward needs a comment; closing needs cause and action, or why there is none.
    """
    check(workplace, before=before, after=after)
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad avvikelse {after.number}")


def check(workplace: Workplace, *, before: Deviation, after: Deviation) -> None:
    """Raise the InputProblem that ``update`` would."""
    _check(workplace, after)
    _check_step(workplace.codebook, before, after)


def steps(workplace: Workplace, *, deviation: Deviation) -> tuple[Step, ...]:
    """Every other status, forward ones first in their order, then back, then aside."""
    statuses = workplace.codebook.list(_STATUSES)
    here = statuses.by_id.get(deviation.status)
    found = [
        _step_to(deviation, here.rank if here else None, code)
        for code in statuses.active(workplace.today)
        if code.id != deviation.status
    ]
    ways = ("forward", "back", "aside")
    return tuple(sorted(found, key=lambda each: ways.index(each.way)))


def take_step(workplace: Workplace, *, deviation: Deviation, status: str, comment: str = "") -> Change:
    """Go to another status; errors name their field in ``detail``. A day that the step itself tells is set.

    ``comment`` says why, which a step back and a rejection need.
    """
    return update(workplace, before=deviation, after=_stepped(workplace, deviation, status, comment.strip()))


def change_several(workplace: Workplace, *, deviations: Iterable[Deviation], values: Mapping[str, object]) -> Several:
    """Say the same of several in one undo step: fields of ``SEVERAL``, and ``status_comment`` for the step.

    One that may not be changed so is left as it is and told with its reason; raises PersonalData for them all.
    """
    edits, left = [], []
    for before in deviations:
        try:
            after = _said(workplace, before, values)
            _check(workplace, after)
            _check_step(workplace.codebook, before, after)
        except InputProblem as problem:
            left.append((before.number, problem.what))
        else:
            if after != before:
                edits.append(Edit(before, after))
    what = "en avvikelse" if len(edits) == 1 else f"{len(edits)} avvikelser"
    change = save(workplace, edits=edits, label=f"Ändrat {what}")
    return Several(change, len(edits), tuple(left))


def remove(workplace: Workplace, *, deviation: Deviation) -> Change:
    """Take it away; one undo brings it back. Its number is not used again while a later one stands."""
    return save(workplace, edits=[Edit(deviation, None)], label=f"Borttagen avvikelse {deviation.number}")


def answer_due(workplace: Workplace, deviation: Deviation) -> date | None:
    """The last day for the answer; None before it is sent."""
    if deviation.sent_on is None:
        return None
    return deviation.sent_on + timedelta(days=workplace.codebook.reporting.answer_days)


def _step_to(deviation: Deviation, rank: int | None, code: Code) -> Step:
    way: Literal["forward", "back", "aside"] = "forward"
    if code.rank is None:
        way = "aside"
    elif rank is not None and code.rank < rank:
        way = "back"
    lacks = _lacking_to_close(deviation) if code.id == _CLOSED else ()
    return Step(code.id, way, way == "back" or bool(code.rest), lacks)


def _stepped(workplace: Workplace, deviation: Deviation, status: str, comment: str) -> Deviation:
    """With the new status, its comment, and the day it was sent or answered when that is what the step says."""
    code = workplace.codebook.list(_STATUSES).code(status)
    here = workplace.codebook.list(_STATUSES).by_id.get(deviation.status)
    if (
        status != deviation.status
        and not comment
        and _step_to(deviation, here.rank if here else None, code).way == "back"
    ):
        raise _backwards(here.label if here else deviation.status, code.label)
    told: dict[str, object] = {"status": status}
    if comment:
        told["status_comment"] = comment
    if status == _SENT and deviation.sent_on is None:
        told["sent_on"] = workplace.today
    if status == _ANSWERED and deviation.answered_on is None:
        told["answered_on"] = workplace.today
    return msgspec.structs.replace(deviation, **told)


def _said(workplace: Workplace, before: Deviation, values: Mapping[str, object]) -> Deviation:
    plain = {field: value for field, value in values.items() if field in SEVERAL and field != "status"}
    after = msgspec.structs.replace(before, **plain)
    status = values.get("status")
    return _stepped(workplace, after, str(status), str(values.get("status_comment", ""))) if status else after


def _check(workplace: Workplace, deviation: Deviation) -> None:
    missing = lacking(deviation)
    if missing:
        raise InputProblem("Uppgiften behövs för att registrera.", todo="Välj i listan.", detail=missing[0])
    if deviation.month > f"{workplace.today:%Y-%m}":
        raise InputProblem("Händelsemånaden ligger i framtiden.", todo="Ändra månaden.", detail="month")
    for field in ("sent_on", "answered_on", "feedback"):
        day = getattr(deviation, field)
        if day is not None and day > workplace.today:
            raise InputProblem("Dagen ligger i framtiden.", todo="Skriv dagen när det är gjort.", detail=field)
    if deviation.sent_on and deviation.answered_on and deviation.answered_on < deviation.sent_on:
        raise InputProblem(
            "Svaret kom före det att avvikelsen skickades.", todo="Ändra ett av datumen.", detail="answered_on"
        )
    if len(deviation.causes) > MOST_CAUSES:
        raise InputProblem("Högst tre orsaker får plats.", todo="Ta bort den minst viktiga.", detail="causes")
    _check_lengths(deviation)


def _check_lengths(deviation: Deviation) -> None:
    if deviation.summary and len(deviation.summary) > SUMMARY_LIMIT:
        raise InputProblem(
            "Sammanfattningen är för lång.",
            f"Den har {len(deviation.summary)} tecken, högst {SUMMARY_LIMIT} får plats.",
            "Korta den. Resten kan stå i händelsebeskrivningen, som inte skickas.",
            detail="summary",
        )
    for field, text in texts(deviation):
        limit = _NAME_LIMIT if field == "counterpart_org" else _TEXT_LIMIT
        if len(text) > limit:
            raise InputProblem(
                f"{field_word(field)} har för lång text.",
                f"Den har {len(text)} tecken, högst {limit} får plats.",
                "Korta den.",
                detail=field,
            )


def _check_step(codebook: CodeBook, before: Deviation, after: Deviation) -> None:
    if after.status == before.status:
        return
    statuses = codebook.list(_STATUSES)
    old, new = statuses.code(before.status), statuses.code(after.status)
    if old.rank and new.rank and new.rank < old.rank and not after.status_comment:
        raise _backwards(old.label, new.label)
    if new.rest and not after.status_comment:
        raise InputProblem(
            f"{new.label} behöver ett skäl.", todo=f"Skriv i kommentaren till status {new.rest}.", detail="status"
        )
    if after.status == _CLOSED and _lacking_to_close(after):
        raise InputProblem(
            "Avvikelsen kan inte avslutas än.",
            "Orsak och åtgärd saknas.",
            "Fyll i dem, eller välj Ingen åtgärd och skriv en motivering i kommentaren till status.",
            detail="status",
        )


def _backwards(old: str, new: str) -> InputProblem:
    return InputProblem(
        f"Statusen går bakåt, från {old} till {new}.", todo="Skriv i kommentaren till status varför.", detail="status"
    )


def _lacking_to_close(deviation: Deviation) -> tuple[str, ...]:
    """Cause and action, or why nothing was done."""
    if deviation.action == _NO_ACTION:
        return () if deviation.status_comment else ("status_comment",)
    return tuple(field for field in ("causes", "action") if not getattr(deviation, field))
