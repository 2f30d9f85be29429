"""What an activity's codes are called: the same words on screen, in print and in the search among activities."""

from __future__ import annotations

from datetime import date
from typing import Final

from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_late
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Activity

NO_METHOD: Final = "Inget arbetssätt angivet"


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
