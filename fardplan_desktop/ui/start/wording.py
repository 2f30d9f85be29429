"""What Start says, in Swedish: greetings, days, deadlines, and the reasons to do something."""

from __future__ import annotations

from datetime import date, datetime

from fardplan_desktop.analysis.numbers_sv import near_day
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType
from fardplan_desktop.services.overview import EmptyCells, OpenDecision, Overview, Waiting

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LONGEST = 70


def greeting(moment: datetime) -> str:
    """By the local hour."""
    hour = moment.hour
    if 5 <= hour < 10:
        return "God morgon"
    if 10 <= hour < 12:
        return "God förmiddag"
    if 12 <= hour < 18:
        return "God eftermiddag"
    return "God kväll"


def weekday(when: date) -> str:
    """``Måndag 14 september``."""
    return f"{_WEEKDAYS[when.weekday()].capitalize()} {when.day} {MONTH_NAMES[when.month - 1]}"


def period_name(period: Period, today: date) -> str:
    """``tertial 2``; with the year when it is another."""
    if period.type is PeriodType.YEAR or period.year != today.year:
        return period.name
    return period.name.removesuffix(f" {period.year}")


def sentence(found: Overview, waiting: int) -> str:
    """The line under the greeting: the day, and how many things wait."""
    if found.fresh:
        return f"{weekday(found.today)}. Här syns vad som behöver göras så fort något är inlagt."
    if not waiting:
        return f"{weekday(found.today)}. Inget väntar på er."
    return f"{weekday(found.today)}. {'En sak' if waiting == 1 else f'{waiting} saker'} att göra."


def deadline(found: Overview) -> str:
    """``Senast 25 september, 11 dagar kvar``."""
    last = f"Senast {near_day(found.deadline, found.today)}"
    left = found.days_left
    if left > 1:
        return f"{last}, {left} dagar kvar"
    if left >= 0:
        return f"{last}, {'en dag kvar' if left else 'sista dagen i dag'}"
    return f"{last}, för {days(-left)} sedan"


def last_visit(at: datetime, today: date) -> str:
    """``Fredag 11 september 14:02``, ``i dag 08:12``: when the user was here last."""
    local = at.astimezone()
    ago = (today - local.date()).days
    if ago <= 1:
        return f"{'I dag' if ago == 0 else 'I går'} {local:%H:%M}"
    return f"{weekday(local.date())} {local:%H:%M}" if ago < 7 else near_day(local.date(), today)


def moment(at: datetime, today: date, *, whole_day: bool = False) -> str:
    """``i dag 08:12``, ``i går``, ``8 september``; without the hour for what belongs to the whole day."""
    ago = (today - at.date()).days
    if ago == 0:
        return "i dag" if whole_day else f"i dag {at:%H:%M}"
    return "i går" if ago == 1 else near_day(at.date(), today)


def days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dagar"


def activities(count: int) -> str:
    return "1 aktivitet" if count == 1 else f"{count} aktiviteter"


def cells(count: int) -> str:
    return "1 ruta" if count == 1 else f"{count} rutor"


def empty(each: EmptyCells, today: date) -> str:
    """``Maj: 7 rutor``."""
    month = each.period.type is PeriodType.MONTH and each.period.year == today.year
    name = MONTH_NAMES[each.period.first_month - 1] if month else period_name(each.period, today)
    return f"{name.capitalize()}: {cells(each.cells)}"


def waiting(book: CodeBook, each: Waiting) -> str:
    """``Avvikelse 1462-2026-0014: läkemedel``."""
    return f"Avvikelse {each.deviation.number}: {_lowered(book.label('kategori', each.deviation.category))}"


def waiting_why(each: Waiting, today: date) -> str:
    if each.late(today):
        return f"Svar väntat sedan {days(each.days)}"
    return f"Svar väntas senast {near_day(each.due, today)}"


def decision_why(each: OpenDecision, today: date) -> str:
    """Who, latest when, from which meeting."""
    decision = each.decision
    said = [decision.responsible]
    if decision.latest is not None:
        passed = decision.latest < today
        said.append(
            f"skulle varit klart {near_day(decision.latest, today)}"
            if passed
            else f"klart senast {near_day(decision.latest, today)}"
        )
    said.append(f"beslut i {each.meeting}" if each.meeting else "beslut")
    text = ", ".join(each for each in said if each)
    return f"{text[:1].upper()}{text[1:]}"


def shortened(text: str) -> str:
    """At most one line of a row."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _lowered(text: str) -> str:
    """As within a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
