"""Deviations in collaboration: register, follow through, close."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

SUMMARY_LIMIT = 300
_NO_ACTION = "ingen-atgard"


def deviations(workplace: Workplace) -> tuple[Deviation, ...]:
    """Our own, latest registered first."""
    return tuple(sorted(workplace.store.own(Deviation), key=lambda each: each.number, reverse=True))


def next_number(workplace: Workplace, year: int, taken: frozenset[str] = frozenset()) -> str:
    """``1462-2026-0007``: one after the highest of the year."""
    prefix = f"{workplace.organisation.code}-{year}-"
    numbers = {each.number for each in workplace.store.own(Deviation)} | taken
    last = max((int(number[len(prefix) :]) for number in numbers if number.startswith(prefix)), default=0)
    return f"{prefix}{last + 1:04d}"


def add(workplace: Workplace, *, draft: Deviation) -> tuple[Deviation, Change]:
    """Register; the draft's id and number are given here, and its registration date when it is the drafting day."""
    made = msgspec.structs.replace(
        draft, id=workplace.ids(), number=next_number(workplace, draft.registered.year), month=draft.month
    )
    _check(workplace, made)
    return made, save(workplace, edits=[Edit(None, made)], label=f"Ny avvikelse {made.number}")


def blank(workplace: Workplace) -> Deviation:
    """What the form starts from: registered today, this month, everything else to be said."""
    today = workplace.today
    return Deviation(
        id="",
        number="",
        month=f"{today:%Y-%m}",
        registered=today,
        direction="uppgift-saknas",
        reporter="uppgift-saknas",
        counterpart="uppgift-saknas",
        category="uppgift-saknas",
    )


def update(workplace: Workplace, *, before: Deviation, after: Deviation) -> Change:
    """Replace as a whole. Status forward is free, backward needs a comment; closing needs cause and action."""
    _check(workplace, after)
    _check_step(workplace, before, after)
    return save(workplace, edits=[Edit(before, after)], label=f"Ändrad avvikelse {after.number}")


def remove(workplace: Workplace, *, deviation: Deviation) -> Change:
    return save(workplace, edits=[Edit(deviation, None)], label=f"Borttagen avvikelse {deviation.number}")


def answer_due(workplace: Workplace, deviation: Deviation) -> date | None:
    """When the answer is due; None before it is sent."""
    if deviation.sent_on is None:
        return None
    return date.fromordinal(deviation.sent_on.toordinal() + workplace.codebook.reporting.answer_days)


def _check(workplace: Workplace, deviation: Deviation) -> None:
    if deviation.summary and len(deviation.summary) > SUMMARY_LIMIT:
        raise InputProblem(
            "Sammanfattningen är för lång.",
            f"Den har {len(deviation.summary)} tecken, högst {SUMMARY_LIMIT} får plats.",
            "Korta den. Resten kan stå i händelsebeskrivningen, som inte skickas.",
        )
    if deviation.month > f"{workplace.today:%Y-%m}":
        raise InputProblem("Händelsemånaden ligger i framtiden.", todo="Ändra månaden.")
    if deviation.sent_on and deviation.answered_on and deviation.answered_on < deviation.sent_on:
        raise InputProblem("Svaret kom före det att avvikelsen skickades.", todo="Ändra ett av datumen.")


def _check_step(workplace: Workplace, before: Deviation, after: Deviation) -> None:
    statuses = workplace.codebook.list("avvikelsestatus")
    old, new = statuses.code(before.status), statuses.code(after.status)
    if old.rank and new.rank and new.rank < old.rank and not after.status_comment:
        raise InputProblem(
            f"Statusen går bakåt, från {old.label} till {new.label}.", todo="Skriv i kommentaren varför."
        )
    if after.status == "avslutad" and before.status != "avslutad":
        explained = (after.causes and after.action not in (None, _NO_ACTION)) or (
            after.action == _NO_ACTION and after.status_comment
        )
        if not explained:
            raise InputProblem(
                "Avvikelsen kan inte avslutas än.",
                "Orsak och åtgärd saknas.",
                "Fyll i dem, eller välj Ingen åtgärd och skriv en motivering i kommentaren.",
            )
