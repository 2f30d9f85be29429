"""Records in the words of the user: what their fields are called, and what an entry of their history tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec

from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import ANSWER_WORDS
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Answer, Indicator
from fardplan_desktop.services import activities, guarding, joint_list, joint_plans
from fardplan_desktop.services.restoring import KIND_WORDS
from fardplan_desktop.services.workplace import Workplace

_LONGEST = 60
ACTIVITY_WORDS: Final = {
    "title": "Aktivitet",
    "method": "Arbetssätt",
    "responsible": "Ansvarig funktion",
    "end": "Klar senast",
    "status": "Status",
    "status_note": "Statustext",
    "forecast": "Prognos",
    "goal": "Mål",
    "indicators": "Indikatorer",
    "partners": "Samverkande parter",
    "preconditions": "Förutsättningar",
    "also_methods": "Även arbetssätt",
    "areas": "Fokusområden",
    "joint": "Gemensam aktivitet",
    "target_group": "Målgrupp",
    "plan": "Plan",
    "start": "Start",
    "percent": "Andel klar",
    "obstacle": "Hinder",
    "next_step": "Nästa steg",
    "lift_to": "Behöver lyftas till",
    "forum": "Forum",
    "themes": "Teman",
    "agreements": "Styrdokument",
    "answers": "Politiska frågor",
    "resources": "Resurser",
    "involvement": "Den enskildes medverkan",
    "children": "Barnets rättigheter",
    "lesson": "Lärdom",
    "shareable": "Gott exempel, får delas",
}
_ACTIVITY_LISTS: Final = {
    "status": "aktivitetsstatus",
    "forecast": "prognos",
    "lift_to": "lyfts-till",
    "partners": "part",
    "target_group": "malgrupp",
    "themes": "tema",
}
_INDICATOR_PARTS: Final = {"unit": "enhet", "start": "startvärde", "target": "målvärde"}
DEVIATION_WORDS: Final = {
    "month": "Månad",
    "direction": "Riktning",
    "counterpart": "Berörd part",
    "category": "Kategori",
    "document": "Styrdokument",
    "summary": "Vad som hände",
    "severity": "Allvarlighet",
    "reference": "Referens",
    "reporter": "Rapporterande verksamhet",
    "counterpart_org": "Berörd organisation",
    "kind": "Typ",
    "document_text": "Styrdokument i klartext",
    "stage": "Skede i SIP-processen",
    "target_group": "Målgrupp",
    "age_group": "Ålder",
    "consequence": "Konsekvens för den enskilde",
    "likelihood": "Sannolikhet för upprepning",
    "description": "Händelsebeskrivning",
    "status": "Status",
    "status_comment": "Kommentar till status",
    "sent_on": "Skickad",
    "answered_on": "Svar mottaget",
    "causes": "Orsaker",
    "action": "Åtgärd",
    "action_text": "Åtgärden i ord",
    "follow_up": "Åtgärden följs upp",
    "effect": "Effekt",
    "lex": "Lex Maria och lex Sarah",
    "system": "Bedömt som systemfel",
    "lift_to": "Lyfts till",
    "feedback": "Återkopplad till rapportören",
    "activities": "Aktiviteter som svarar mot den",
}
_STATES: Final = {"reported": "ifyllt", "estimated": "uppskattat", "missing": "saknas", "notApplicable": "ej aktuellt"}
_COUNT_WORDS: Final = {"n": "Antal", "state": "Läge", "comment": "Kommentar"}
_OTHERS: Final[dict[str, dict[str, str]]] = {
    "Plan": {"title": "Plan", "year": "År", "until": "Till och med", "level": "Nivå", "target_group": "Målgrupp"},
    "CheckIn": {"date": "Dag", "status": "Status", "forecast": "Prognos", "comment": "Kommentar"},
    "SelfAssessment": {"score": "Skattning", "comment": "Kommentar"},
    "Count": _COUNT_WORDS,
    "UnitCount": _COUNT_WORDS,
    "Unit": {"name": "Enhet", "ended": "Avslutad"},
    "Inquiry": {"to": "Till", "mail": "Adress", "latest": "Senast", "answered": "Besvarad"},
    "Meeting": {"forum": "Forum", "date": "Dag", "time": "Tid", "agenda": "Dagordning"},
    "Decision": {
        **{"text": "Beslut", "responsible": "Ansvarig funktion", "latest": "Senast"},
        **{"lifted_to": "Lyft till", "done": "Klart"},
    },
    "RuleComment": {"comment": "Kommentar"},
    "CorrectionNote": {"reason": "Skäl"},
    "Question": {"asked_of": "Till", "about": "Gäller", "shown": "Värdet", "text": "Fråga", "closed": "Avslutad"},
    "Reply": {"text": "Svar", "answered": "Besvarad"},
    "JointPlan": {
        **{"title": "Plan", "type": "Plantyp", "year": "År", "until": "Till och med"},
        **{"target_group": "Målgrupp", "text": "Beskrivning"},
    },
    "JointTask": {
        **{"title": "Gemensam aktivitet", "method": "Arbetssätt", "areas": "Områden", "target_group": "Målgrupp"},
        **{"goal": "Mål", "indicators": "Indikator", "responsible": "Ansvarig funktion", "start": "Börjar"},
        **{"end": "Klar senast", "ended": "Avslutad", "replaced_by": "Ersätts av"},
    },
    "JointAnswer": {"answer": "Svar", "reason": "Skäl", "activity": "Egen aktivitet"},
    "LiftedAnswer": {"text": "Svar", "forum": "Forum"},
}
_OTHER_LISTS: Final = {"level": "niva", "score": "sjalvskattning", "lifted_to": "lyfts-till"}


def lines(workplace: Workplace, entry: HistoryEntry) -> list[str]:
    """What an entry did, one line a field; empty when nothing of it concerns what the user knows of."""
    kind = entry.record.partition(":")[0]
    if entry.act == "erase":
        fields = entry.facts.get("fields")
        words = dict.fromkeys(guarding.field_word(str(each)) for each in fields) if isinstance(fields, list) else {}
        return [f"{entry.label}: {', '.join(words)}. Skäl: {entry.facts.get('reason', '')}"]
    if kind not in KIND_WORDS:
        return []
    if entry.before is None and entry.after is None:
        return ["Innehållet är rensat"]
    return [f"{_prefix(kind)}{line}" for line in wording(workplace, kind).lines(entry)]


def _prefix(kind: str) -> str:
    return "Avstämning: " if kind == "CheckIn" else ""


def wording(workplace: Workplace, kind: str) -> Wording:
    """How a kind of record is told."""
    book = workplace.codebook
    if kind == "Activity":
        return _activity_wording(workplace)
    if kind in ("JointTask", "JointAnswer"):
        return _joint_wording(workplace, kind)
    if kind == "Deviation":
        return Wording(book, "Registrerades", DEVIATION_WORDS, DEVIATION_LISTS)
    forums = {each.id: each.label for each in book.forums}
    words: dict[str, Callable[[str], str]] = {"forum": partial(_name, forums), "state": partial(_name, _STATES)}
    return Wording(book, "Lades in", _OTHERS[kind], {**_ACTIVITY_LISTS, **_OTHER_LISTS}, words, tells_all=True)


@dataclass(frozen=True)
class Wording:
    """How a kind of record is told: that it came in, its fields in words, and which code list a field draws on.

    ``words`` tells what one value of a field is called that is in no list. ``parts`` takes a field apart that holds
    several things, each with a name of its own, so that a line tells of the one that was changed.
    """

    book: CodeBook
    came_in: str
    fields: Mapping[str, str]
    lists: Mapping[str, str]
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    parts: Mapping[str, Callable[[object], Mapping[str, str]]] = field(default_factory=dict)
    tells_all: bool = False
    """Tell what it was when it came in, too: a record of few fields has no other place where that is seen."""

    def lines(self, entry: HistoryEntry) -> list[str]:
        """What an entry changed, one line a field; empty when nothing of it concerns the record's own fields."""
        if entry.before is None:
            came = self.came_in if entry.act == "edit" else "Lades tillbaka"
            said = [
                f"{word}: {self._value(name, (entry.after or {}).get(name))}"
                for name, word in self.fields.items()
                if self.tells_all and (entry.after or {}).get(name)
            ]
            return [f"{came}. {', '.join(said)}" if said else came]
        if entry.after is None:
            return ["Togs bort"]
        pairs = [(name, entry.before.get(name), entry.after.get(name)) for name in self.fields]
        return [line for name, before, after in pairs if before != after for line in self._told(name, before, after)]

    def _told(self, name: str, before: object, after: object) -> list[str]:
        if name not in self.parts:
            return [f"{self.fields[name]}: {self._value(name, before)} → {self._value(name, after)}"]
        old, new = self.parts[name](before), self.parts[name](after)
        changed = [part for part in dict.fromkeys((*old, *new)) if old.get(part) != new.get(part)]
        return [f"{part}: {_short(old.get(part, ''))} → {_short(new.get(part, ''))}" for part in changed]

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, list | tuple):
            # Whole: what came in or went out may be the last of them.
            return ", ".join(self._value(name, each) for each in value) or "tomt"
        if isinstance(value, bool):
            text = "ja" if value else "nej"
        elif name == "percent" and value is not None:
            text = f"{value} %"
        elif value and name in self.words:
            text = self.words[name](str(value))
        elif value and name in self.lists:
            text = self.book.label(self.lists[name], str(value))
        else:
            text = str(value or "")
        return _short(text)


def _short(text: str) -> str:
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…") or "tomt"


def _activity_wording(workplace: Workplace) -> Wording:
    """Plans, forums and governing documents by name; indicators and answers told part by part."""
    book = workplace.codebook
    forums = {each.id: each.label for each in book.forums}
    agreements = {each.id: each.label for each in book.agreements}

    def plan(id: str) -> str:
        return next((each.title for each in activities.plans(workplace) if each.id == id), "en borttagen plan")

    words: dict[str, Callable[[str], str]] = {
        "plan": plan,
        "joint": partial(_joint_title, workplace),
        "forum": partial(_name, forums),
        "agreements": partial(_name, agreements),
    }
    parts = {"indicators": _indicator_parts, "answers": _answer_parts}
    return Wording(book, "Lades in", ACTIVITY_WORDS, _ACTIVITY_LISTS, words, parts)


def _joint_wording(workplace: Workplace, kind: str) -> Wording:
    """Joint activities and own ones by title, answers in words."""
    own = {each.id: each.title for each in activities.activities(workplace)}
    words: dict[str, Callable[[str], str]] = {
        "answer": partial(_name, ANSWER_WORDS),
        "activity": lambda id: own.get(id, "en borttagen aktivitet"),
        "replaced_by": partial(_joint_title, workplace),
    }
    lists, parts = {**_ACTIVITY_LISTS, **_OTHER_LISTS}, {"indicators": _indicator_parts}
    tells_all = kind == "JointAnswer"
    return Wording(workplace.codebook, "Lades in", _OTHERS[kind], lists, words, parts, tells_all=tells_all)


def _joint_title(workplace: Workplace, id: str) -> str:
    """Of a plan's, or as the code book states it; one that is only written here has been in no package."""
    written = next((each.title for each in joint_plans.tasks(workplace) if each.id == id), "")
    found = joint_list.find(workplace, joint=id)
    return written or (found.task.title if found else id)


def _name(names: Mapping[str, str], id: str) -> str:
    return names.get(id, id)


def _indicator_parts(value: object) -> dict[str, str]:
    """``Indikator 1``, ``Indikator 1, målvärde``, ``Indikator 1, utfall T2 2026`` … with what each of them says."""
    told: dict[str, str] = {}
    for number, each in enumerate(msgspec.convert(value or [], tuple[Indicator, ...]), start=1):
        name = f"Indikator {number}"
        told[name] = each.text
        told |= {f"{name}, {word}": getattr(each, part) for part, word in _INDICATOR_PARTS.items()}
        told |= {f"{name}, utfall {_period(one.period)}".rstrip(): one.value for one in each.outcomes}
    return {name: text for name, text in told.items() if text}


def _answer_parts(value: object) -> dict[str, str]:
    answers = msgspec.convert(value or [], tuple[Answer, ...])
    return {f"Politisk fråga {each.question}": each.text for each in answers}


def _period(id: str) -> str:
    try:
        return parse_period(id).short
    except InputProblem:
        return id
