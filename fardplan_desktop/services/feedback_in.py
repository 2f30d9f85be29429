"""Feedback that has come: our own numbers beside all members', the words with them, and how each number is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.feedback_protection import HIDDEN
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.compiled_ids import DEVIATIONS, category_of, cell_of
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.feedback_paper import Feedback, FeedbackLine, FeedbackPaper, Remark
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.exchange.kinds import FEEDBACK, REMARKS
from fardplan_desktop.exchange.messages import not_ours
from fardplan_desktop.exchange.office_rows import FeedbackRow, RemarkRow
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.host import paths
from fardplan_desktop.services import receipts_in
from fardplan_desktop.services.feedback import KIND
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

LEGEND = (
    "Summa och median gäller dem som har rapporterat ett tal. Medianen är av de tal som lämnats, inte per invånare, "
    f"och visas för hela mått när minst fem har rapporterat. ”{HIDDEN}” visas inte: färre än fyra har rapporterat, de "
    "andras tal är små, eller så skulle en annans tal gå att räkna ut."
)


def check(workplace: Workplace, opened: Opened) -> None:
    """Raises Refusal E16 when it is not from the one we report to."""
    issuer = opened.statement.predicate.issuer.code
    if issuer != receipts_in.reports_to(workplace, opened.statement.period.end):
        raise not_ours(opened.verdict.issuer_name, "Ni rapporterar inte dit.", f"feedback from {issuer}")


def keep(workplace: Workplace, opened: Opened) -> Kept:
    """Kept as it came and read from its own file."""
    return Kept(f"Återkoppling från {opened.verdict.issuer_name} inläst: {opened.statement.period.name}")


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    rows = opened.table(FEEDBACK, FeedbackRow)
    shown = sum(each.total is not None for each in rows)
    remarks = len(opened.table(REMARKS, RemarkRow))
    return (f"{shown} av {len(rows)} tal med summa att jämföra med, {remarks} kommentarer, svar och exempel.",)


def received(workplace: Workplace) -> tuple[Feedback, ...]:
    """What stands now of every period, the latest period first."""
    found = [each for each in packages.list_deliveries(workplace.store, Direction.RECEIVED) if each.kind == KIND]
    latest = [_read(workplace, each) for each in found if each.active]
    return tuple(sorted(latest, key=lambda each: each.period, reverse=True))


def of_period(workplace: Workplace, *, period: Period) -> Feedback | None:
    """The feedback on one period; None until it has come."""
    deliveries = packages.list_deliveries(workplace.store, Direction.RECEIVED, period=period.id)
    found = next((each for each in deliveries if each.kind == KIND and each.active), None)
    return None if found is None else _read(workplace, found)


def pdf(workplace: Workplace, *, period: Period, as_of: date | None = None) -> bytes:
    """What has come, on paper; the same feedback and day give the same bytes. Raises InputProblem when none has."""
    from fardplan_desktop.reports.feedback_sheet import render_feedback

    found, book = of_period(workplace, period=period), workplace.codebook
    if found is None:
        raise InputProblem(f"Ingen återkoppling för {period.name} har kommit.", todo="Läs in filen när den kommer.")
    paper = FeedbackPaper(
        organisation=workplace.organisation.name,
        as_of=as_of or workplace.today,
        demo=workplace.demo,
        data_version=f"Dataversion {found.digest[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        found=found,
        legend=LEGEND,
    )
    return render_feedback(paper, paths.fonts())


def save_pdf(workplace: Workplace, *, period: Period, folder: Path, as_of: date | None = None) -> Path:
    """Save the print in the organisation's folder; the same name again for the same period."""
    data = pdf(workplace, period=period, as_of=as_of)
    return save_file(folder / f"Återkoppling {workplace.organisation.name} {period.id}.pdf", data)


def lines_of(codebook: CodeBook, rows: tuple[FeedbackRow, ...]) -> tuple[FeedbackLine, ...]:
    """In the code book's order, breakdowns after their wholes; what nobody has a number of is left out."""
    order = {each.id: at for at, each in enumerate(codebook.measures)}
    known = [row for row in rows if row.reported and _label(codebook, row.id)]
    return tuple(_line(codebook, row) for row in sorted(known, key=lambda row: _place(codebook, order, row.id)))


def _read(workplace: Workplace, delivery: Delivery) -> Feedback:
    opened = open_package(packages.delivery_file(workplace.store, delivery.digest), None)
    find = workplace.codebook.find
    remarks = []
    for row in opened.table(REMARKS, RemarkRow):
        of = find(row.organisation) if row.organisation and row.sort == "exempel" else None
        remarks.append(Remark(row.sort, visible(row.title), visible(row.text), of.name if of else ""))
    return Feedback(
        period=parse_period(delivery.period),
        by=workplace.codebook.organisation(delivery.issuer),
        received=delivery.at[:10],
        lines=lines_of(workplace.codebook, opened.table(FEEDBACK, FeedbackRow)),
        remarks=tuple(remarks),
        digest=delivery.digest,
    )


def _line(codebook: CodeBook, row: FeedbackRow) -> FeedbackLine:
    cell = cell_of(row.id)
    measure = codebook.measures_by_id.get(cell[0]) if cell else None
    part = bool(category_of(row.id) or (cell and cell[1]) or (measure is not None and measure.part_of))
    median = HIDDEN if row.median_hidden else "" if row.median is None else _median(row.median)
    return FeedbackLine(
        label=_label(codebook, row.id),
        own=numbers_sv.MISSING if row.own is None else _number(row.own, row.own_estimated),
        total=HIDDEN if row.total_hidden else "" if row.total is None else _number(row.total, row.total_estimated),
        median=median,
        coverage=numbers_sv.of(row.reported, row.expected),
        part=part,
    )


def _number(value: int, estimated: bool) -> str:
    text = numbers_sv.number(value)
    return numbers_sv.estimated(text) if estimated else text


def _median(hundredths: int) -> str:
    return numbers_sv.number(hundredths / 100, 1 if hundredths % 100 else 0)


def _label(codebook: CodeBook, id: str) -> str:
    """Empty for what our mått och listor does not know."""
    if id == DEVIATIONS:
        return "Avvikelser i samverkan"
    if category_of(id):
        return codebook.label("kategori", category_of(id))
    cell = cell_of(id)
    measure = codebook.measures_by_id.get(cell[0]) if cell else None
    if cell is None or measure is None:
        return ""
    return measure.label if cell[1] is None else f"{measure.label}, {codebook.label(cell[1], cell[2] or '')}"


def _place(codebook: CodeBook, order: dict[str, int], id: str) -> tuple[int, str, int, str]:
    cell = cell_of(id)
    if cell is None:
        return len(order), "", 0 if id == DEVIATIONS else 1, id
    measure, breakdown, value = cell
    codes = [each.id for each in codebook.list(breakdown).codes] if breakdown else []
    return order[measure], breakdown or "", codes.index(value) if value in codes else 0, id
