"""Fråga ansvariga: who to ask about a period, one workbook and one mail draft for each, and who has answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Deviation, Inquiry
from fardplan_desktop.services import activities, count_grid, deliveries, deviations, letters, settings, units
from fardplan_desktop.services import question_papers as papers
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.letters import Attachment, Letter
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace

MEDICAL = "MAS"
"""Who is asked about deviations until somebody else has been."""
FUNCTION_LIMIT = 80
_MAIL = re.compile(r"[^\s@,;:<>()\"]{1,64}@[^\s@,;:<>()\"]{1,190}")
_DAYS_BEFORE_DEADLINE = 7


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who could be asked, and about what. ``to`` is a function, ``mail`` its mailbox."""

    to: str
    mail: str = ""
    unit: str | None = None
    measures: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        return not (self.measures or self.activities or self.deviations)


class Asked(msgspec.Struct, frozen=True):
    """One question that lies ready to be sent."""

    inquiry: Inquiry
    workbook: Path
    draft: Path
    letter: Letter


class AnswerState(StrEnum):
    """How an inquiry stands; the value is what the user reads."""

    ANSWERED = "Har svarat"
    WAITING = "Väntar på svar"
    LATE = "Svaret är sent"


def inquiries(workplace: Workplace, *, period: Period | None = None) -> tuple[Inquiry, ...]:
    """Of a period when given, in Swedish order of whom they went to."""
    found = workplace.store.own(Inquiry, **({} if period is None else {"period": period.id}))
    return tuple(sorted(found, key=lambda each: (each.period, sort_key(each.to))))


def state(workplace: Workplace, inquiry: Inquiry) -> AnswerState:
    if inquiry.answered is not None:
        return AnswerState.ANSWERED
    late = inquiry.latest is not None and inquiry.latest < workplace.today
    return AnswerState.LATE if late else AnswerState.WAITING


def default_latest(workplace: Workplace, *, period: Period) -> date:
    """A week before the period is due, so that there is time to look at the answers; at least a week from now."""
    week = timedelta(days=_DAYS_BEFORE_DEADLINE)
    return max(workplace.codebook.deadline(period) - week, workplace.today + week)


def colleagues(workplace: Workplace, *, period: Period) -> tuple[Colleague, ...]:
    """Who is likely to know: every unit, whoever answers for an open activity, and who answers for deviations.

    Mailboxes and measures are those of the last time somebody was asked; a unit never asked gets the obligatory ones.
    """
    earlier = workplace.store.own(Inquiry)
    found: dict[tuple[str, str | None], Colleague] = {}
    for each in _suggested(workplace, period, earlier):
        key = (each.to.casefold(), each.unit)
        same = next((known for known in found if known[0] == key[0] and not each.measures), key)
        known = found.get(same)
        found[same] = each if known is None else _merged(known, each)
    mails = {each.to.casefold(): each.mail for each in earlier if each.mail}
    with_mail = (msgspec.structs.replace(each, mail=mails.get(each.to.casefold(), "")) for each in found.values())
    return tuple(sorted(with_mail, key=lambda each: sort_key(each.to)))


def ask(
    workplace: Workplace, *, period: Period, colleagues: Sequence[Colleague], latest: date, folder: Path | None = None
) -> tuple[tuple[Asked, ...], Change]:
    """One workbook and one mail draft for each colleague, and the record of whom was asked what, as one step.

    Who is asked again in the same period gets a new workbook in place of the old. Files that stand in ``folder`` are
    never written over. Raises InputProblem, PersonalData or WorldError; then nothing is asked.
    """
    colleagues = [_still(workplace, each) for each in colleagues]
    _check(workplace, period, colleagues, latest)
    before = {(each.to.casefold(), each.unit): each for each in inquiries(workplace, period=period)}
    edits: list[Edit] = []
    for each in colleagues:
        known = before.get((each.to.casefold(), each.unit))
        edits.append(Edit(known, _inquiry(workplace, period, each, latest, known.id if known else workplace.ids())))
    made = [edit.after for edit in edits if isinstance(edit.after, Inquiry)]
    refuse_identity(made)
    place = folder or questions_folder(workplace, period=period)
    asked: list[Asked] = []
    try:
        for inquiry in made:
            asked.append(_write(workplace, inquiry, place))
        label = f"1 fråga för {period.name}" if len(made) == 1 else f"{len(made)} frågor för {period.name}"
        return tuple(asked), save(workplace, edits=edits, label=label)
    except BaseException:
        for written in asked:
            written.workbook.unlink(missing_ok=True)
            written.draft.unlink(missing_ok=True)
        raise


def questions_folder(workplace: Workplace, *, period: Period) -> Path:
    """Where questions are put without a file dialog."""
    return settings.deliveries_folder(workplace) / f"Frågor {period.id}"


def questions_about(workplace: Workplace, *, record: str) -> tuple[str, ...]:
    """Names, without ending, of the workbooks and drafts that hold something of an activity, a deviation or a unit."""
    return tuple(
        papers.file_name(each, "")
        for each in inquiries(workplace)
        if record in (*each.activities, *each.deviations, each.unit, each.id)
    )


def remove(workplace: Workplace, *, inquiry: Inquiry) -> Change:
    """Forget a question that was asked by mistake; an answer to it is then refused."""
    return save(workplace, edits=[Edit(inquiry, None)], label=f"Borttagen fråga till kollega ”{inquiry.to}”")


def as_colleague(inquiry: Inquiry) -> Colleague:
    """The one who was asked, to be asked again."""
    return Colleague(**{name: getattr(inquiry, name) for name in Colleague.__struct_fields__})


def _suggested(workplace: Workplace, period: Period, earlier: Sequence[Inquiry]) -> Iterator[Colleague]:
    obligatory = tuple(each.id for each in workplace.codebook.obligatory_in(period))
    for unit in units.units(workplace):
        last = next((each for each in reversed(earlier) if each.unit == unit.id), None)
        to = last.to if last else f"Enhetschef {unit.name}"
        measures = last.measures if last and last.measures else obligatory
        yield Colleague(to=to[:FUNCTION_LIMIT], unit=unit.id, measures=measures)
    for inquiry in {each.to.casefold(): each for each in earlier if each.unit is None and each.measures}.values():
        yield Colleague(to=inquiry.to, measures=inquiry.measures)
    owned: dict[str, list[Activity]] = {}
    for activity in _open_activities(workplace, period):
        owned.setdefault(" ".join(activity.responsible.split())[:FUNCTION_LIMIT], []).append(activity)
    for function, theirs in owned.items():
        yield Colleague(to=function, activities=tuple(each.id for each in theirs))
    waiting = tuple(each.id for each in _unanswered(workplace))
    if waiting:
        last = next((each for each in reversed(earlier) if each.deviations), None)
        yield Colleague(to=last.to if last else MEDICAL, deviations=waiting)


def _merged(one: Colleague, other: Colleague) -> Colleague:
    """One workbook for one colleague, whatever they are asked about."""
    return msgspec.structs.replace(
        one,
        measures=one.measures or other.measures,
        activities=one.activities or other.activities,
        deviations=one.deviations or other.deviations,
    )


def _open_activities(workplace: Workplace, period: Period) -> Iterable[Activity]:
    """Those that somebody answers for, that are not closed, and whose plan is not of another time."""
    statuses = workplace.codebook.list("aktivitetsstatus").by_id
    closing = {code.id for code in statuses.values() if code.closes}
    plans = {each.id: each for each in activities.plans(workplace)}
    for each in activities.activities(workplace):
        plan = plans.get(each.plan)
        now = plan is None or plan.year <= period.year <= (plan.until or plan.year)
        if each.responsible.strip() and each.status not in closing and now:
            yield each


def _unanswered(workplace: Workplace) -> Iterable[Deviation]:
    """Sent, and neither answered nor closed."""
    statuses = workplace.codebook.list("avvikelsestatus").by_id
    for each in deviations.deviations(workplace):
        status = statuses.get(each.status)
        if each.sent_on and not each.answered_on and not (status and status.closes):
            yield each


def _inquiry(workplace: Workplace, period: Period, colleague: Colleague, latest: date, id: str) -> Inquiry:
    given = {name: getattr(colleague, name) for name in Colleague.__struct_fields__}
    given["to"] = " ".join(colleague.to.split())
    return Inquiry(id=id, period=period.id, asked=workplace.today, latest=latest, **given)


def _still(workplace: Workplace, colleague: Colleague) -> Colleague:
    """Without what was taken away meanwhile: it has no row in the workbook, and its rows are known by their place."""
    return msgspec.structs.replace(
        colleague,
        activities=tuple(each for each in colleague.activities if activities.find(workplace, activity=each)),
        deviations=tuple(each for each in colleague.deviations if deviations.find(workplace, deviation=each)),
    )


def _check(workplace: Workplace, period: Period, asked: Sequence[Colleague], latest: date) -> None:
    if not asked:
        raise InputProblem("Ingen är vald.", "", "Välj minst en att fråga.")
    if latest < workplace.today:
        raise InputProblem("Sista dagen för svar har passerat.", "", "Välj en senare dag.")
    if any(each.measures for each in asked) and deliveries.locked(workplace, period=period):
        raise count_grid.locked_problem(period)
    seen: set[tuple[str, str | None]] = set()
    for each in asked:
        to = " ".join(each.to.split())
        if not to or len(to) > FUNCTION_LIMIT:
            raise InputProblem("Ansvarig funktion går inte att spara.", todo=f"Skriv högst {FUNCTION_LIMIT} tecken.")
        if each.asks_nothing:
            raise InputProblem(f"{to} har inget att svara på.", "", "Välj mått, aktiviteter eller avvikelser.")
        if each.mail and not _MAIL.fullmatch(each.mail):
            raise InputProblem(f"Adressen till {to} går inte att använda.", "", "Skriv en adress, eller lämna tomt.")
        if (to.casefold(), each.unit) in seen:
            raise InputProblem(f"{to} står två gånger.", "", "Behåll en av raderna.")
        seen.add((to.casefold(), each.unit))


def _write(workplace: Workplace, inquiry: Inquiry, folder: Path) -> Asked:
    data = papers.workbook(workplace, inquiry=inquiry)
    letter = papers.letter(workplace, inquiry=inquiry)
    taken: Collection[str] = {each.name.casefold() for each in folder.iterdir()} if folder.is_dir() else ()
    workbook = folder / _free_name(papers.file_name(inquiry, ""), ".xlsx", taken)
    attached = Attachment(workbook.name, data)
    draft = workbook.with_name(workbook.name.removesuffix(".xlsx") + letters.DRAFT_SUFFIX)
    save_file(workbook, data)
    save_file(draft, letters.draft(letter=letter, attachments=[attached], address=inquiry.mail))
    return Asked(inquiry, workbook, draft, letter)


def _free_name(stem: str, ending: str, taken: Collection[str]) -> str:
    """The name, with a number when it or its draft is taken: what stands there may be somebody's answer."""
    number = 1
    name = stem
    while any(f"{name}{each}".casefold() in taken for each in (ending, letters.DRAFT_SUFFIX)):
        number += 1
        name = f"{stem} ({number})"
    return f"{name}{ending}"
