"""Joint activity × municipality: what each has answered, and how the activity that carries it out goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from fardplan_desktop.analysis.activity_words import forecast_word
from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_late
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import Answering, Group, JointCell, JointMatrix, JointPaper, JointRow
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Activity, JointAnswer
from fardplan_desktop.host import paths
from fardplan_desktop.services import joint_list
from fardplan_desktop.services.joint_answers import implied
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_KIND = "kommun"
_Answered = tuple[JointAnswer, Activity | None]


def matrix(workplace: Workplace, *, period: Period, as_of: date | None = None) -> JointMatrix:
    """As each member's latest package up to the period says. Raises InputProblem at a municipality."""
    if workplace.level is Level.MUNICIPALITY:
        raise InputProblem("Matrisen finns hos delregion och län.", todo="Se era egna svar under Aktiviteter.")
    groups = _groups(workplace, period)
    members = frozenset(code for group in groups for code, _ in group.members)
    latest = _latest(workplace, members, period)
    answers = _answers(workplace, latest)
    joints = joint_list.joint_activities(workplace)
    cells = _cells(workplace, latest, answers, as_of or workplace.today)
    rows = [
        JointRow(each, each.plan.title, {code: cells[code].get(each.id, _silent(code in latest)) for code in members})
        for each in joints
        if not each.ended or any(each.id in of_member for of_member in cells.values())
    ]
    known = {each.id for each in joints}
    names = dict(each for group in groups for each in group.members)
    earlier = sorted((names[code] for code, each in latest.items() if each.period != period.id), key=sort_key)
    return JointMatrix(
        period=period.name,
        groups=groups,
        rows=tuple(rows),
        delivered=len(latest),
        earlier=tuple(earlier),
        unknown=sum(id not in known for of_member in cells.values() for id in of_member),
    )


def joint_paper(workplace: Workplace, *, period: Period, as_of: date | None = None) -> JointPaper:
    """What the print says."""
    book, day = workplace.codebook, as_of or workplace.today
    return JointPaper(
        organisation=workplace.organisation.name,
        as_of=day,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        matrix=matrix(workplace, period=period, as_of=day),
    )


def joint_pdf(workplace: Workplace, *, period: Period, as_of: date | None = None) -> bytes:
    """The matrix as PDF; the same data and as-of date give the same bytes."""
    from fardplan_desktop.reports.joint_matrix import render_joint_matrix

    return render_joint_matrix(joint_paper(workplace, period=period, as_of=as_of), paths.fonts())


def save_joint_pdf(workplace: Workplace, *, period: Period, folder: Path) -> Path:
    """In the organisation's folder; the same name again for the same period."""
    target = folder / f"Gemensamma aktiviteter {workplace.organisation.name} {period.id}.pdf"
    return save_file(target, joint_pdf(workplace, period=period))


def _groups(workplace: Workplace, period: Period) -> tuple[Group, ...]:
    own, book = workplace.organisation, workplace.codebook
    if own.level is Level.DELREGION:
        return (_group(own.name, workplace.members_in(period)),)
    return tuple(_group(each.name, book.members(each.code, period.end)) for each in book.delregions)


def _group(name: str, members: Iterable[Organisation]) -> Group:
    found = sorted(((each.code, each.short) for each in members), key=lambda each: sort_key(each[1]))
    return Group(name, tuple(found))


def _latest(workplace: Workplace, members: frozenset[str], period: Period) -> dict[str, Delivery]:
    """The package that tells each member's answers: the active one of the latest period up to this one."""
    found: dict[str, tuple[date, int, Delivery]] = {}
    for each in packages.list_deliveries(workplace.store, Direction.RECEIVED):
        if each.kind == _KIND and each.active and each.issuer in members:
            end = parse_period(each.period).end
            if end <= period.end:
                found[each.issuer] = max(found.get(each.issuer, (date.min, 0, each)), (end, each.sequence, each),
                                         key=lambda one: one[:2])  # fmt: skip
    return {code: delivery for code, (_, _, delivery) in found.items()}


def _answers(workplace: Workplace, latest: Mapping[str, Delivery]) -> dict[str, dict[str, _Answered]]:
    """Member → joint activity → its answer and the activity of the package that carries it out.

    The activity an answer names may lie in a plan that begins later, and so not be in the package: the answer holds.
    """
    digests = {each.digest for each in latest.values()}
    own: dict[str, list[Activity]] = {code: [] for code in latest}
    for period in {each.period for each in latest.values()}:
        for issuer, digest, activity in packages.received_rows(workplace.store, Activity, period=period):
            if digest in digests:
                own[issuer].append(activity)
    found: dict[str, dict[str, _Answered]] = {
        code: {each.joint: (implied(each), each) for each in reversed(activities) if each.joint is not None}
        for code, activities in own.items()
    }
    for issuer, digest, answer in packages.received_rows(workplace.store, JointAnswer):
        if digest in digests:
            does = next((each for each in own[issuer] if each.id == answer.activity), None)
            found[issuer][answer.id] = (answer, does)
    return found


def _cells(
    workplace: Workplace,
    latest: Mapping[str, Delivery],
    answers: Mapping[str, Mapping[str, _Answered]],
    today: date,
) -> dict[str, dict[str, JointCell]]:
    """Member → joint activity → cell, for those that have answered; members without a package have none."""
    every: dict[str, dict[str, JointCell]] = {each.code: {} for each in workplace.codebook.municipalities}
    return every | {
        code: {id: _cell(workplace, answer, activity, today) for id, (answer, activity) in answers[code].items()}
        for code in latest
    }


def _silent(delivered: bool) -> JointCell:
    return JointCell(delivered=delivered)


def _cell(workplace: Workplace, answer: JointAnswer, activity: Activity | None, today: date) -> JointCell:
    """What is not done by choice has no status: it is never told as not begun."""
    if activity is None or answer.answer == Answering.DECLINES:
        return JointCell(answer=answer.answer, reason=answer.reason)
    book = workplace.codebook
    status = book.label("aktivitetsstatus", activity.status or STATUS_NOT_STATED)
    if is_late(book, activity, today):
        status = f"Försenad, {status[:1].lower()}{status[1:]}"
    code = book.list("prognos").by_id.get(activity.forecast or "")
    sign = f"{code.sign} " if code and code.sign else ""
    forecast = f"{sign}{forecast_word(book, activity.forecast)}"
    return JointCell(
        answer=answer.answer, reason=answer.reason, status=status, forecast=forecast, activity=activity.title
    )
