"""What an activity's fields are called, and its history in plain Swedish."""

from __future__ import annotations

from typing import Final

from fardplan_desktop.domain.codebook import CodeBook
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
    "areas": "Områden",
    "joint": "Gemensam aktivitet",
    "target_group": "Målgrupp",
    "plan": "Plan",
    "start": "Start",
    "percent": "Andel klar",
    "obstacle": "Hinder",
    "next_step": "Nästa steg",
    "lift_to": "Behöver lyftas till",
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
}


def history_wording(book: CodeBook) -> Wording:
    return Wording(book, "Lades in", FIELD_WORDS, _LISTS)
