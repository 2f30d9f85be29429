"""What members have lifted to our level, and what became of it: answered here, sent down with the feedback."""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Deviation, LiftedAnswer
from fardplan_desktop.services import editing
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_LONGEST = 2000
_LEVELS = {Level.DELREGION: ("delregional", "lansgemensam"), Level.COUNTY: ("lansgemensam",)}
"""Codes of ``lyfts-till`` that concern us: a delregion hands on what is meant for the county."""


class Lifted(msgspec.Struct, frozen=True):
    """An activity or deviation that a member has lifted; ``answer`` is ours."""

    id: str
    member: Organisation
    title: str
    to: str
    answer: str


def lifted(workplace: Workplace, *, period: Period) -> tuple[Lifted, ...]:
    """Everything in the period's deliveries that is lifted to us, by member; answered or not."""
    levels = _LEVELS.get(workplace.level, ())
    # An id is its member's own: another that sends the same one is not told what this one was answered.
    answers = {(each.member, each.id): each.text for each in workplace.store.own(LiftedAnswer)}
    found: dict[tuple[str, str], Lifted] = {}
    rows: list[tuple[str, Activity | Deviation, str]] = []
    rows += [
        (by, each, each.title) for by, _, each in packages.received_rows(workplace.store, Activity, period=period.id)
    ]
    rows += [
        (by, each, _named(each)) for by, _, each in packages.received_rows(workplace.store, Deviation, period=period.id)
    ]
    for code, record, title in rows:
        if record.lift_to in levels:
            member = workplace.codebook.organisation(code)
            to = workplace.codebook.label("lyfts-till", record.lift_to or "")
            found[code, record.id] = Lifted(record.id, member, title, to, answers.get((code, record.id), ""))
    return tuple(sorted(found.values(), key=lambda each: each.member.name))


def answer(workplace: Workplace, *, item: Lifted, text: str) -> Change:
    """What became of it; an empty text takes the answer away. Raises PersonalData, InputProblem when it is too long."""
    if len(text) > _LONGEST:
        raise InputProblem("Svaret är för långt.", "", f"Skriv högst {_LONGEST} tecken.")
    before = next((each for each in workplace.store.own(LiftedAnswer) if each.id == item.id), None)
    after = LiftedAnswer(id=item.id, member=item.member.code, text=text.strip()) if text.strip() else None
    edits = [] if before is None and after is None else [Edit(before, after)]
    return editing.save(workplace, edits=edits, label="Lyft fråga besvarad")


def _named(deviation: Deviation) -> str:
    return f"Avvikelse {deviation.number}" + (f": {deviation.summary}" if deviation.summary else "")
