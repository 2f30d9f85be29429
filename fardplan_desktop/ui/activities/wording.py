"""What is said of an activity: its codes in the words of the code book, and its history in plain Swedish."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_late
from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import MONTH_NAMES
from fardplan_desktop.domain.records import Activity

FIELD_WORDS: Final = {
    "title": "Aktivitet",
    "method": "Arbetssätt",
    "responsible": "Ansvarig funktion",
    "end": "Klar senast",
    "status": "Status",
    "status_note": "Statustext",
    "forecast": "Prognos",
    "goal": "Mål",
    "indicator": "Indikator",
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
NO_METHOD: Final = "Inget arbetssätt angivet"
_LISTS: Final = {
    "status": "aktivitetsstatus",
    "forecast": "prognos",
    "lift_to": "lyfts-till",
    "partners": "part",
    "target_group": "malgrupp",
}
_LONGEST: Final = 60


def status_words(book: CodeBook, activity: Activity) -> str:
    """``Pågår``, or ``Avvaktar: beslut i VVG`` when the status asks for the rest of its sentence."""
    code = book.list("aktivitetsstatus").by_id.get(activity.status or STATUS_NOT_STATED)
    label = code.label if code else str(activity.status)
    note = (activity.status_note or "").partition(";")[0].strip()
    return f"{label}: {note}" if code and code.rest and note else label


def shown_status(book: CodeBook, activity: Activity, today: date) -> str:
    """The status, with ``Försenad`` in front when the last day has passed and more is expected."""
    words = status_words(book, activity)
    return f"Försenad, {words[:1].lower()}{words[1:]}" if is_late(book, activity, today) else words


def forecast_word(book: CodeBook, code: str | None) -> str:
    return book.label("prognos", code) if code else ""


def method_words(book: CodeBook, code: str | None) -> str:
    """``A4 Stärk kontinuitet …``."""
    found = next((each for each in book.working_methods if each.id == code), None)
    return f"{found.id} {found.title}" if found else code or NO_METHOD


def short_day(day: date) -> str:
    """``14 maj 2026``, as in a list."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def history_lines(book: CodeBook, entry: HistoryEntry) -> list[str]:
    """What an entry changed, one line a field; empty when nothing of it concerns the record's own fields."""
    if entry.before is None:
        return ["Lades in" if entry.act == "edit" else "Lades tillbaka"]
    if entry.after is None:
        return ["Togs bort"]
    return [
        f"{word}: {_value(book, field, entry.before.get(field))} → {_value(book, field, entry.after.get(field))}"
        for field, word in FIELD_WORDS.items()
        if entry.before.get(field) != entry.after.get(field)
    ]


def history_when(entry: HistoryEntry) -> str:
    """``14 maj 2026 09:05, Samordnare``; an undo says so."""
    moment = datetime.fromisoformat(entry.at).astimezone()
    act = {"undo": ", ångrat", "redo": ", gjort om"}.get(entry.act, "")
    return f"{short_day(moment.date())} {moment:%H:%M}, {entry.who}{act}"


def _value(book: CodeBook, field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        text = ", ".join(_value(book, field, each) for each in value)
    elif isinstance(value, dict):
        text = ", ".join(str(part) for part in value.values() if part)
    elif isinstance(value, bool):
        text = "ja" if value else "nej"
    elif field == "percent" and value is not None:
        text = f"{value} %"
    elif value and field in _LISTS:
        text = book.label(_LISTS[field], str(value))
    else:
        text = str(value or "")
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
    return short or "tomt"
