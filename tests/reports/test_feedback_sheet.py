"""The printed feedback: one tagged page with the numbers, the sign of what is hidden, and the words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from fardplan_desktop.domain.feedback_paper import Feedback, FeedbackLine, FeedbackPaper, Remark
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.reports.feedback_sheet import render_feedback

FYRBODAL = Organisation(Level.DELREGION, "fyrbodal", "Vårdsamverkan Fyrbodal", "Fyrbodal")
LINES = (
    FeedbackLine("Upprättade SIP", "12", "89", "9", "14 av 15"),
    FeedbackLine("Upprättade SIP vid utskrivning", "0", "..", "", "4 av 15", part=True),
)
REMARKS = (
    Remark("kommentar", "", "Tack för underlaget.", ""),
    Remark("exempel", "Hembesök", "Ring dagen före & fråga.", "Partille kommun"),
)


def paper(lines: tuple[FeedbackLine, ...] = LINES, remarks: tuple[Remark, ...] = REMARKS) -> FeedbackPaper:
    found = Feedback(parse_period("2026-T2"), FYRBODAL, "2026-10-02", lines, remarks)
    return FeedbackPaper(
        organisation="Lilla Edets kommun", as_of=date(2026, 10, 2), data_version="Dataversion 3fa9c1d2",
        codebook_version=2, codebook_sha256="a" * 64, found=found, legend="”..” visas inte.",
    )  # fmt: skip


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [each.get_textpage().get_text_range() for each in document]


def test_numbers_words_and_legend_stand_on_one_page(fonts: Path) -> None:
    (text,) = pages(render_feedback(paper(), fonts))
    for said in ("Återkoppling till Lilla Edets kommun", "Upprättade SIP", "89", "..", "Tack för underlaget.",
                 "Partille kommun", "Ring dagen före & fråga.", "”..” visas inte.", "Arbetsmaterial"):  # fmt: skip
        assert said in text


def test_it_is_tagged_and_the_same_paper_gives_the_same_bytes(fonts: Path) -> None:
    pdf = render_feedback(paper(), fonts)
    assert b"/StructTreeRoot" in pdf
    assert pdf == render_feedback(paper(), fonts)


def test_many_rows_go_on_to_more_pages(fonts: Path) -> None:
    assert len(pages(render_feedback(paper(LINES * 40), fonts))) > 1


@pytest.mark.parametrize("lines", [(), LINES])
def test_feedback_without_words_is_printed(lines: tuple[FeedbackLine, ...], fonts: Path) -> None:
    assert pages(render_feedback(paper(lines, ()), fonts))
