"""The printed rättelseblad as a reader, a screen reader and an archive meet it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.domain.correction_paper import CorrectionLine, CorrectionPaper
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.reports.correction_sheet import render_correction_sheet

LINE = CorrectionLine("Upprättade SIP, maj 2026", "Antal", "3", "5", "Felräknat", "Samordnare")
LONG = CorrectionLine(
    "Närområdesplan " * 20, "Beskrivning", "Förut " * 300, "Nu " * 300, "Eftersom <b>allt</b> & intet " * 30, "Chef"
)
PAPER = CorrectionPaper(
    organisation="Lilla Edets kommun",
    sender="Lilla Edets kommun",
    period=parse_period("2026-T2"),
    as_of=date(2026, 10, 2),
    data_version="Dataversion 3fa9c1d2",
    codebook_version=2,
    codebook_sha256="9b1c44e0" + "0" * 56,
    numbers="Paket nummer 2 ersätter det som gällde före",
    approved="Godkänt av Socialchef den 20 september 2026",
    lines=(LINE,),
)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(document[at].get_textpage().get_text_range().split()) for at in range(len(document))]
    finally:
        document.close()


def test_each_value_stands_with_what_it_was_what_it_is_and_why(fonts: Path) -> None:
    (only,) = texts(render_correction_sheet(PAPER, fonts))
    for words in (
        "Rättelseblad Lilla Edets kommun, tertial 2 2026 (maj–augusti)", "Läget per 2 oktober 2026",
        "Paket nummer 2 ersätter det som gällde före · Godkänt av Socialchef", "Vad Fält Förut Nu Skäl Funktion",
        "Upprättade SIP, maj 2026 Antal 3 5 Felräknat Samordnare", "1 värde är ändrat", "Sida 1 av 1",
    ):  # fmt: skip
        assert words in only


def test_many_values_go_on_under_the_same_heads(fonts: Path) -> None:
    crowded = msgspec.structs.replace(PAPER, lines=(LONG, *[LINE] * 60), remarks=("1 av ändringarna nämns inte.",))
    pages = texts(render_correction_sheet(crowded, fonts))
    assert len(pages) > 2
    assert all("Vad Fält Förut Nu Skäl Funktion" in each for each in pages)
    assert "61 värden är ändrade" in pages[-1]
    assert "1 av ändringarna nämns inte." in pages[-1]


def test_nothing_changed_is_said(fonts: Path) -> None:
    assert (
        "Inget värde har ändrats." in texts(render_correction_sheet(msgspec.structs.replace(PAPER, lines=()), fonts))[0]
    )


@pytest.mark.parametrize("lines", [(), (LINE,), (LONG, *[LINE] * 60)], ids=["empty", "one", "crowded"])
def test_the_sheet_can_be_read_aloud_and_archived(lines: tuple[CorrectionLine, ...], fonts: Path) -> None:
    pdf = render_correction_sheet(msgspec.structs.replace(PAPER, lines=lines), fonts)
    assert pdf == render_correction_sheet(msgspec.structs.replace(PAPER, lines=lines), fonts)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
