"""Rättelseblad: what a package corrects, on paper; sealed, taken in, or about to be sealed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.correction_paper import CorrectionLine, CorrectionPaper
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.host import paths
from fardplan_desktop.services import corrections, deliveries
from fardplan_desktop.services.corrections import Correction
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace


def correction_pdf(workplace: Workplace, *, period: Period, as_of: date | None = None) -> bytes:
    """Of what is about to be sealed for the period; with nothing changed, of the package that counts.

    Raises InputProblem when nothing of the period has been sealed, or nothing of it has been corrected.
    """
    found = deliveries.preview(workplace, period=period)
    if found.previous is None:
        raise InputProblem(
            f"{period.name.capitalize()} har inte förseglats.", "Det finns inget att rätta.", "Försegla den först."
        )
    if not found.changed:
        return delivery_pdf(workplace, delivery=found.previous, as_of=as_of)
    numbers = f"Ska ersätta paket nummer {found.previous.sequence}"
    return _pdf(workplace, period, numbers, "", found.corrections, (), as_of)


def delivery_pdf(workplace: Workplace, *, delivery: Delivery, as_of: date | None = None) -> bytes:
    """Of a package that we have sealed or taken in. Raises InputProblem when it corrects nothing that we have."""
    found = corrections.of_delivery(workplace, delivery=delivery)
    if found is None:
        raise InputProblem(
            f"Paket nummer {delivery.sequence} rättar inget som finns här.",
            "Det är det första för sin period, eller så har det som ersattes inte kommit hit.",
            "Välj ett paket som ersätter ett tidigare.",
        )
    numbers = f"Paket nummer {delivery.sequence} ersätter det som gällde före"
    approved = f"Godkänt av {visible(delivery.approved_by)} den {day(date.fromisoformat(delivery.approved_at[:10]))}"
    remarks = corrections.remarks(found)
    return _pdf(
        workplace, parse_period(delivery.period), numbers, approved, found.corrections, remarks, as_of, delivery.issuer
    )


def save_correction_pdf(workplace: Workplace, *, pdf: bytes, period: Period, folder: Path) -> Path:
    """In the organisation's folder; the same name again for the same period."""
    return save_file(folder / f"Rättelseblad {workplace.organisation.name} {period.id}.pdf", pdf)


def _pdf(
    workplace: Workplace,
    period: Period,
    numbers: str,
    approved: str,
    found: tuple[Correction, ...],
    remarks: tuple[str, ...],
    as_of: date | None,
    sender: str = "",
) -> bytes:
    from fardplan_desktop.reports.correction_sheet import render_correction_sheet

    book = workplace.codebook
    paper = CorrectionPaper(
        organisation=workplace.organisation.name,
        sender=book.organisation(sender).name if sender else workplace.organisation.name,
        period=period,
        as_of=as_of or workplace.today,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        numbers=numbers,
        approved=approved,
        lines=tuple(_line(each) for each in found),
        remarks=remarks,
    )
    return render_correction_sheet(paper, paths.fonts())


def _line(correction: Correction) -> CorrectionLine:
    change = correction.change
    old, new = ("tom" if text is None else visible(text) for text in (change.old, change.new))
    return CorrectionLine(
        visible(change.what), change.field, old, new, visible(correction.reason), visible(correction.function)
    )
