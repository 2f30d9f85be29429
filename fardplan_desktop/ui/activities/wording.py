"""What an activity's fields are called, and its history in plain Swedish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import msgspec

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Answer, Indicator
from fardplan_desktop.services import activities
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.record_form import Wording

FIELD_WORDS: Final = {
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
_LISTS: Final = {
    "status": "aktivitetsstatus",
    "forecast": "prognos",
    "lift_to": "lyfts-till",
    "partners": "part",
    "target_group": "malgrupp",
    "themes": "tema",
}
_INDICATOR_PARTS: Final = {"unit": "enhet", "start": "startvärde", "target": "målvärde"}


def history_wording(workplace: Workplace) -> Wording:
    """Plans, forums and governing documents by name; indicators and answers told part by part."""
    book = workplace.codebook
    forums = {each.id: each.label for each in book.forums}
    agreements = {each.id: each.label for each in book.agreements}

    def plan(id: str) -> str:
        return next((each.title for each in activities.plans(workplace) if each.id == id), "en borttagen plan")

    words: dict[str, Callable[[str], str]] = {
        "plan": plan,
        "forum": partial(_name, forums),
        "agreements": partial(_name, agreements),
    }
    parts = {"indicators": _indicator_parts, "answers": _answer_parts}
    return Wording(book, "Lades in", FIELD_WORDS, _LISTS, words, parts)


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
