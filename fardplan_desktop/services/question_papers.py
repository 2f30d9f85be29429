"""What a colleague is sent: the questions in words, the workbook they stand in, and the mail that carries it.

Nothing is ever sent from here: the mail is a draft that the user opens and sends, from a mailbox they already have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.inquiries import AskedActivity, AskedCount, AskedDeviation, Questions
from fardplan_desktop.domain.periods import MONTH_SHORT, Period, PeriodType, parse_period
from fardplan_desktop.domain.records import Activity, Deviation, Inquiry, Record, Unit, count_id
from fardplan_desktop.services import activities, counts, deviations, units
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.workplace import Workplace

R = TypeVar("R", bound=Record)

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_NAME_LIMIT = 80


def questions(workplace: Workplace, *, inquiry: Inquiry) -> Questions:
    """Everything the inquiry asks, with what is known today."""
    period = parse_period(inquiry.period)
    unit = workplace.store.get(Unit, inquiry.unit) if inquiry.unit else None
    return Questions(
        inquiry=inquiry,
        organisation=workplace.organisation.code,
        organisation_name=workplace.organisation.name,
        period=period,
        unit=unit.name if unit else "",
        counts=tuple(_count(workplace, inquiry, id_, period) for id_ in inquiry.measures),
        activities=tuple(_activity(workplace, each) for each in _known(workplace, Activity, inquiry.activities)),
        deviations=tuple(_deviation(workplace, each) for each in _known(workplace, Deviation, inquiry.deviations)),
    )


def asked_periods(workplace: Workplace, measure: str, period: Period) -> tuple[str, ...]:
    """The months a measure is asked for: all of them, of a stock the last one."""
    months = period.months if period.type is not PeriodType.MONTH else (period,)
    asked = months[-1:] if workplace.codebook.measure(measure).over_time == "last" else months
    return tuple(each.id for each in asked)


def workbook(workplace: Workplace, *, inquiry: Inquiry) -> bytes:
    """The colleague's workbook."""
    from fardplan_desktop.tables.question_book import write_questions

    return write_questions(questions(workplace, inquiry=inquiry), workplace.codebook)


def file_name(inquiry: Inquiry, ending: str) -> str:
    """``Fråga 2026-T2 Enhetschef hemtjänst.xlsx``: a name that every system takes."""
    to = " ".join(_NOT_IN_NAMES.sub(" ", inquiry.to).split())[:_NAME_LIMIT].rstrip(". ")
    return f"Fråga {inquiry.period} {to}{ending}"


def letter(workplace: Workplace, *, inquiry: Inquiry) -> Letter:
    """The mail that carries the workbook."""
    period = parse_period(inquiry.period)
    until = f" senast {numbers_sv.day(inquiry.latest)}" if inquiry.latest else ""
    asked = "".join(f"– {each}\n" for each in asked_words(workplace, inquiry=inquiry))
    return Letter(
        inquiry.to,
        f"Uppgifter för {period.name}, {workplace.organisation.name}",
        f"Hej!\n\nVi behöver dina uppgifter för {period.name} ({period.span}):\n{asked}\n"
        "Öppna den bifogade arbetsboken i Excel, fyll i de vita rutorna, spara och skicka tillbaka filen som svar på "
        f"det här mejlet{until}. Saknas något: skicka det du har.\n\n"
        "Skriv aldrig namn, personnummer eller annat som kan röja en person.\n\n" + _from(workplace),
    )


def reminder(workplace: Workplace, *, inquiries: Sequence[Inquiry]) -> Letter:
    """Reminds those who have not answered; one text that fits each of them."""
    period = parse_period(inquiries[0].period)
    days = {each.latest for each in inquiries if each.latest}
    day = min(days) if days else None
    was = "var" if day and day < workplace.today else "är"
    last = f" Sista dag {was} {numbers_sv.day(day)}." if day else ""
    return Letter(
        ", ".join(each.mail or each.to for each in inquiries),
        f"Påminnelse: uppgifter för {period.name}",
        f"Hej!\n\nVi har inte fått ditt svar för {period.name} ({period.span}).{last}\n\n"
        "Fyll i arbetsboken ”Fråga …” som du fick i ett tidigare mejl och skicka tillbaka den. Saknas något: skicka "
        "det du har. Hittar du inte filen? Svara på det här mejlet, så skickar vi den igen.\n\n" + _from(workplace),
    )


def asked_words(workplace: Workplace, *, inquiry: Inquiry) -> tuple[str, ...]:
    """What somebody is asked, in a few words each: ``7 mått för maj–augusti 2026, Hemtjänst Norr``."""
    period = parse_period(inquiry.period)
    unit = workplace.store.get(Unit, inquiry.unit) if inquiry.unit else None
    where = f", {unit.name}" if unit else ""
    found = (
        (len(inquiry.measures), "mått", "mått", f" för {period.span} {period.year}{where}"),
        (len(inquiry.activities), "aktivitet", "aktiviteter", ""),
        (len(inquiry.deviations), "avvikelse som väntar på svar", "avvikelser som väntar på svar", ""),
    )
    return tuple(f"{number} {one if number == 1 else many}{rest}" for number, one, many, rest in found if number)


def _count(workplace: Workplace, inquiry: Inquiry, measure: str, period: Period) -> AskedCount:
    """The measure with what stands today, as in ``maj 11, juni saknas``."""
    asked = asked_periods(workplace, measure, period)
    known = counts.counts(workplace)
    if inquiry.unit:
        of_unit = units.unit_counts(workplace, unit=inquiry.unit).values()
        known = {count.id: count for count in map(units.as_count, of_unit)}
    found = [(parse_period(each), known.get(count_id(measure, each))) for each in asked]
    stands = ", ".join(
        f"{MONTH_SHORT[when.first_month - 1]} {numbers_sv.count(count.n, count.state)}"
        for when, count in found
        if count is not None
    )
    return AskedCount(workplace.codebook.measure(measure), asked, stands)


def _activity(workplace: Workplace, activity: Activity) -> AskedActivity:
    book = workplace.codebook
    said = [each for each in activities.check_ins(workplace, activity=activity.id) if each.comment]
    status = book.label("aktivitetsstatus", activity.status) if activity.status else ""
    return AskedActivity(
        title=activity.title,
        end=activity.end,
        status=f"{status} {activity.status_note or ''}".strip(),
        forecast=book.label("prognos", activity.forecast) if activity.forecast else "",
        comment=said[0].comment if said else "",
        next_step=activity.next_step or "",
    )


def _deviation(workplace: Workplace, deviation: Deviation) -> AskedDeviation:
    book = workplace.codebook
    words = f"{book.label('kategori', deviation.category)}, {parse_period(deviation.month).name}"
    told = deviation.summary or deviation.description
    return AskedDeviation(
        number=deviation.number,
        about=f"{words}: {told}" if told else words,
        reference=deviation.reference or "",
        sent=deviation.sent_on,
        due=deviations.answer_due(workplace, deviation),
    )


def _known(workplace: Workplace, kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
    """Those that still stand, in the order asked for."""
    return tuple(each for id_ in ids if (each := workplace.store.get(kind, id_)) is not None)


def _from(workplace: Workplace) -> str:
    return f"{workplace.function}, {workplace.organisation.name}\n"
