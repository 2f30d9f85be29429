"""Underlag för godkännande: what whoever approves a period must know, put together from the very rows to be sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fardplan_desktop.domain.approval_paper import ApprovalPaper, ChangeLine, ContentLine, DecisionLine, RemarkLine
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.host import paths
from fardplan_desktop.services import approvals, deliveries
from fardplan_desktop.services.deliveries import Preview
from fardplan_desktop.services.papers import measure_line
from fardplan_desktop.services.review import STAYS, review
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace


def approval_pdf(workplace: Workplace, *, period: Period, as_of: date | None = None) -> bytes:
    """The page as PDF; the same data and as-of date give the same bytes. Raises InputProblem as the preview does."""
    from fardplan_desktop.reports.approval_page import render_approval_page

    return render_approval_page(approval_paper(workplace, period=period, as_of=as_of), paths.fonts())


def save_approval_pdf(workplace: Workplace, *, pdf: bytes, period: Period, folder: Path) -> Path:
    """Save the page in the organisation's folder; the same name again for the same period."""
    return save_file(folder / f"Underlag för godkännande {workplace.organisation.name} {period.id}.pdf", pdf)


def approval_paper(workplace: Workplace, *, period: Period, as_of: date | None = None) -> ApprovalPaper:
    """What the page says. Raises InputProblem for a period that is not reported."""
    preview = deliveries.preview(workplace, period=period)
    book, previous = workplace.codebook, preview.previous
    counts = workplace.store.own(Count)
    found = review(workplace, preview=preview)
    return ApprovalPaper(
        organisation=workplace.organisation.name,
        audience=preview.audience.name,
        period=period,
        as_of=as_of or workplace.today,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        correction=_correction(preview),
        contents=tuple(_contents(preview)),
        stays=f"Stannar hos er: {STAYS[:1].lower()}{STAYS[1:]}",
        measures=tuple(measure_line(each, period, counts) for each in book.obligatory_in(period)),
        remarks=tuple(_remark(each) for each in sorted(preview.problems, key=_weight)),
        changes=tuple(ChangeLine(each.what, each.verb, each.detail) for each in found.differences),
        changes_since="" if previous is None else f"sedan paket nummer {previous.sequence}",
        decision=None if previous is None or preview.changed else _decision(workplace, previous),
    )


def _correction(preview: Preview) -> str:
    previous = preview.previous
    if previous is None or not preview.changed:
        return ""
    why = f" {previous.reopened.rstrip('.')}." if previous.reopened else ""
    return f"Rättelse som ersätter paket nummer {previous.sequence}.{why}"


def _contents(preview: Preview) -> Iterator[ContentLine]:
    rows = preview.rows
    measures = len({row.measure for row in rows.counts})
    commented = sum(bool(row.comment) for row in rows.rules)
    answers = "1 kommentar" if commented == 1 else f"{commented} kommentarer"
    since = preview.period.months[0].name
    told = (
        ("Antal i SIP-uppföljningen", rows.counts, f"{measures} mått, som de är inskrivna"),
        ("Aktiviteter", rows.activities, "Alla, med plan, status, mål, hinder och nästa steg"),
        ("Avstämningar", rows.check_ins, f"Gjorda från och med {since}"),
        (
            "Avvikelser i samverkan",
            rows.deviations,
            "Avidentifierade, registrerade i perioden eller ändrade sedan sist",
        ),
        ("Kontroller", rows.rules, f"Utfallet av dem, och {answers}"),
    )
    for kind, each, what in told:
        yield ContentLine(kind, len(each), what if each else "Inga att skicka")


def _remark(problem: Problem) -> RemarkLine:
    standing = "Att rätta" if problem.blocks else "Kommenterad" if problem.comment else "Utan kommentar"
    return RemarkLine(standing, problem.result.text, problem.comment or "")


def _weight(problem: Problem) -> int:
    return 0 if problem.blocks else 2 if problem.comment else 1


def _decision(workplace: Workplace, delivery: Delivery) -> DecisionLine | None:
    made = approvals.recorded(workplace).get(delivery.digest)
    return None if made is None else DecisionLine(made.function, made.day, made.way)
