"""The history of every kind of record: found by kind and text, and a record put back as it was."""

from __future__ import annotations

from datetime import datetime

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change, Edit, HistoryEntry
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, CheckIn, Count, Decision, Meeting, Plan, Record, Unit, UnitCount
from fardplan_desktop.services import counts, units
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

KIND_WORDS = {
    "Activity": "Aktivitet",
    "CheckIn": "Avstämning",
    "Count": "Antal",
    "Deviation": "Avvikelse",
    "Plan": "Plan",
    "Meeting": "Möte",
    "Decision": "Beslut",
    "RuleComment": "Kommentar till kontroll",
    "SelfAssessment": "Självskattning",
    "Unit": "Enhet",
    "UnitCount": "Enhets antal",
    "Inquiry": "Fråga till kollega",
    "CorrectionNote": "Skäl till rättelse",
    "Question": "Fråga på ett värde",
    "Reply": "Svar på en fråga",
    "JointPlan": "Gemensam plan",
    "JointTask": "Gemensam aktivitet",
    "JointAnswer": "Svar på gemensam aktivitet",
    "LiftedAnswer": "Svar på en lyft fråga",
}
"""What the history calls each kind of record; all else in it are acts."""
_PAGE = 200


def entries(
    workplace: Workplace, *, kind: str = "", text: str = "", before: int | None = None, limit: int = _PAGE
) -> tuple[HistoryEntry, ...]:
    """The latest entries, newest first; of one kind (a key of ``KIND_WORDS``), with this text in what they tell.

    ``before`` is the number of the last entry already seen.
    """
    return workplace.store.history(kind=kind, text=text, before=before, limit=limit)


def name_of(record: Record) -> str:
    """``Activity:<id>``: how the history names a record."""
    return f"{type(record).__name__}:{record.id}"


def of_record(workplace: Workplace, *, name: str, limit: int = _PAGE) -> tuple[HistoryEntry, ...]:
    """What has been done with the record so named, and with an activity's check-ins, newest first."""
    kind, _, record_id = name.partition(":")
    names = [name]
    if kind == "Activity":
        names += [name_of(each) for each in workplace.store.own(CheckIn, activity=record_id)]
    return workplace.store.history(records=names, limit=limit)


def can_restore(entry: HistoryEntry) -> bool:
    """Whether the entry holds a state that its record can be put back to."""
    return entry.record.partition(":")[0] in KIND_WORDS and entry.after is not None and not entry.facts


def restore(workplace: Workplace, *, entry: int) -> Change:
    """Put the record back as it was after this entry: one new step, undone like any other.

    Raises InputProblem when the entry holds no state (erased, or the record was taken away then), or when what the
    record belongs to is gone; Locked when its period is sealed.
    """
    found = workplace.store.history_entry(entry)
    if found is None or not can_restore(found):
        raise InputProblem(
            "Det går inte att återställa till den posten.",
            "Uppgiften är rensad, eller så togs den bort just då.",
            "Välj en annan post i historiken.",
        )
    state = workplace.store.state_after(entry)
    _refuse_orphan(workplace, state)
    kind = type(state)
    current = workplace.store.get(kind, state.id)
    word, moment = KIND_WORDS[kind.__name__], datetime.fromisoformat(found.at).astimezone()
    label = f"{word}: återställt till {numbers_sv.short_day(moment.date())} {moment:%H:%M}"
    if isinstance(state, Count):
        return counts.put(workplace, values=[state], label=label)
    if isinstance(state, UnitCount):
        return units.put(workplace, values=[state], label=label)
    return save(workplace, edits=[Edit(current, state)], label=label)


def _refuse_orphan(workplace: Workplace, state: Record) -> None:
    parents: list[tuple[type[Record], str, str]] = []
    if isinstance(state, Activity):
        parents.append((Plan, state.plan, "planen"))
    elif isinstance(state, CheckIn):
        parents.append((Activity, state.activity, "aktiviteten"))
    elif isinstance(state, Decision):
        parents.append((Meeting, state.meeting, "mötet"))
    elif isinstance(state, UnitCount):
        parents.append((Unit, state.unit, "enheten"))
    for kind, record_id, word in parents:
        if workplace.store.get(kind, record_id) is None:
            raise InputProblem(
                "Uppgiften går inte att återställa än.",
                f"Den hör till något som är borttaget: {word}.",
                f"Återställ {word} först, under Inställningar, Historik.",
            )
