"""What is said of a deviation: its codes in the words of the code book, how long the answer takes, its history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.risk import risk_value
from fardplan_desktop.analysis.tallies import days_waiting
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS as LISTS
from fardplan_desktop.domain.periods import MONTH_NAMES
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.ui.parts.status_text import StatusLook

_STATUS_LOOKS: Final = {
    "registrerad": StatusLook("circle", "text2"),
    "skickad": StatusLook("send", "accent"),
    "utreds": StatusLook("circle-dot", "accent"),
    "svar-mottaget": StatusLook("mail", "accent"),
    "atgardad": StatusLook("check", "ok"),
    "avslutad": StatusLook("circle-check-big", "ok"),
    "atertagen": StatusLook("undo-2", "text2"),
    "avvisad-av-mottagaren": StatusLook("circle-slash", "warn"),
}
_PLAIN: Final = StatusLook("circle", "text2")
_LATE: Final = StatusLook("flag", "warn")
_FLAGGED: Final = StatusLook("▲", "warn")


def label(book: CodeBook, field: str, code: str | None) -> str:
    """A field's code in words; empty when nothing is said."""
    return book.label(LISTS[field], code) if code else ""


def month_words(month: str, *, short: bool = False) -> str:
    """``augusti 2026`` or ``aug 2026``."""
    name = MONTH_NAMES[int(month[5:7]) - 1]
    return f"{name[:3] if short else name} {month[:4]}"


def months_back(today: date, count: int) -> list[tuple[str, str]]:
    """(id, words) of this month and those before it."""
    last = today.year * 12 + today.month - 1
    ids = [f"{at // 12}-{at % 12 + 1:02d}" for at in range(last, last - count, -1)]
    return [(month, month_words(month)) for month in ids]


def answer_words(book: CodeBook, deviation: Deviation, today: date) -> str:
    """``19 dagar kvar``, ``Försenad 4 dagar``, ``efter 23 dagar``; empty when no answer is awaited."""
    waited = days_waiting(book, deviation, today)
    if waited is not None:
        left = book.reporting.answer_days - waited
        return f"{_days(left)} kvar" if left >= 0 else f"Försenad {_days(-left)}"
    if deviation.sent_on and deviation.answered_on:
        return f"efter {_days((deviation.answered_on - deviation.sent_on).days)}"
    return ""


def answer_sentence(book: CodeBook, sent: date | None, answered: date | None, today: date) -> str:
    """What the form says under the days: how long the answer took, or when it must be there."""
    limit = book.reporting.answer_days
    if sent is None:
        return f"Svaret ska finnas inom {_days(limit)} från den dag den skickas."
    if answered is not None:
        took = (answered - sent).days
        return f"Svaret kom efter {_days(took)}, {'i tid' if took <= limit else 'för sent'}."
    left = limit - (today - sent).days
    return f"Svar senast {numbers_sv.day(sent + timedelta(days=limit))}: " + (
        f"{_days(left)} kvar." if left >= 0 else f"{_days(-left)} försenat."
    )


def answer_look(book: CodeBook, deviation: Deviation, today: date) -> StatusLook | None:
    """The look of a late answer, or of one that soon is; None is plain text."""
    waited = days_waiting(book, deviation, today)
    if waited is None or waited < book.reporting.answer_warning:
        return None
    return _LATE if waited > book.reporting.answer_days else StatusLook("calendar-clock", "text2")


def risk_words(book: CodeBook, deviation: Deviation) -> str:
    """``12 · Betydande``: the risk value when there is one, and the severity."""
    value = risk_value(book, deviation.severity, deviation.likelihood)
    severity = label(book, "severity", deviation.severity)
    return severity if value is None else f"{value} · {severity}"


def risk_look(book: CodeBook, deviation: Deviation) -> StatusLook | None:
    value = risk_value(book, deviation.severity, deviation.likelihood)
    return _FLAGGED if value is not None and value > book.reporting.risk_flag else None


def risk_sentence(book: CodeBook, severity: str | None, likelihood: str | None) -> str:
    """What the form says under severity and likelihood."""
    value = risk_value(book, severity, likelihood)
    if value is None:
        return "Riskvärdet räknas ut när allvarlighet och sannolikhet är angivna."
    word = "bör analyseras" if value > book.reporting.risk_flag else "vanlig uppföljning"
    return f"Riskvärde {value} av 16: {word}."


def status_look(deviation: Deviation) -> StatusLook:
    return _STATUS_LOOKS.get(deviation.status, _PLAIN)


def _days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dagar"
