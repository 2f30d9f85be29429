"""Underlag för godkännande as the head, a screen reader, an archive and a printer meet it: always one page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.domain.approval_paper import ApprovalPaper, ChangeLine, ContentLine, DecisionLine, RemarkLine
from fardplan_desktop.domain.papers import MeasureLine, PaperValue
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.reports.approval_page import render_approval_page

GOLDEN = Path(__file__).parent / "approval_page.txt"
MISSING = PaperValue()


def value(number: int) -> PaperValue:
    return PaperValue(number, months=4, months_of=4)


@pytest.fixture
def approval() -> ApprovalPaper:
    """A correction of a small municipality, with one error left and one warning explained."""
    return ApprovalPaper(
        organisation="Lilla Edets kommun",
        audience="Vårdsamverkan Fyrbodal",
        period=parse_period("2026-T2"),
        as_of=date(2026, 9, 14),
        demo=True,
        data_version="Dataversion 3fa9c1d2",
        codebook_version=2,
        codebook_sha256="9b1c44e0" + "0" * 56,
        correction="Rättelse som ersätter paket nummer 1. Juli var dubbelräknad.",
        contents=(
            ContentLine("Antal i SIP-uppföljningen", 38, "9 mått, som de är inskrivna"),
            ContentLine("Aktiviteter", 1234, "Alla, med plan, status, mål, hinder och nästa steg"),
            ContentLine("Avvikelser i samverkan", 0, "Inga att skicka"),
        ),
        stays="Stannar hos er: händelsebeskrivningar och referensnummer till avvikelser.",
        measures=(
            MeasureLine("Genomförda SIP-möten", False, value(31), value(28), value(0)),
            MeasureLine("varav den enskilde deltog", True, value(27), value(25), MISSING),
            MeasureLine("Pågående SIP vid periodens slut", False, MISSING, value(35), value(30)),
        ),
        remarks=(
            RemarkLine("Att rätta", "5 deltog i juli 2026, men bara 4 möten hölls."),
            RemarkLine("Utan kommentar", "Avslutade SIP saknas för tertial 2 2026."),
            RemarkLine("Kommenterad", "31 möten hölls, men inga kallelser är registrerade.", "Spontana möten."),
        ),
        changes=(
            ChangeLine("Genomförda SIP-möten, juli 2026", "ändrad", "9 → 8"),
            ChangeLine("Närområdesplan", "ny"),
        ),
        changes_since="sedan paket nummer 1",
    )


@pytest.fixture
def bare(approval: ApprovalPaper) -> ApprovalPaper:
    """The first period of a municipality that has entered nothing."""
    return msgspec.structs.replace(
        approval, demo=False, correction="", measures=(), remarks=(), changes=(), changes_since=""
    )


@pytest.fixture
def crowded(approval: ApprovalPaper) -> ApprovalPaper:
    """Everything longer and more than a page holds."""
    long = "Gemensamt utvecklingsarbete för hälso- och sjukvårdsinsatser & uppföljning <av> överenskommelser " * 3
    signs = PaperValue(9876543, estimated=True, months=3, months_of=4, overlapping=True)
    return msgspec.structs.replace(
        approval,
        organisation="Göteborgsområdets samverkansorganisation för hälsa, vård och omsorg i Västra Götaland",
        audience=long,
        correction=long,
        stays=long,
        contents=tuple(ContentLine(f"Slag {n}", 99_999, long) for n in range(5)),
        measures=tuple(MeasureLine(f"{n} {long}", n % 3 > 0, signs, MISSING, signs) for n in range(17)),
        remarks=tuple(RemarkLine("Att rätta" if n < 9 else "Kommenterad", f"{n} {long}", long) for n in range(60)),
        changes=tuple(ChangeLine(f"{n} {long}", "ändrad", long) for n in range(400)),
        decision=DecisionLine(long, date(2026, 9, 14), "protokoll"),
    )


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]
    finally:
        document.close()


def text_of(paper: ApprovalPaper, fonts: Path) -> str:
    (text,) = pages_of(render_approval_page(paper, fonts))
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("kind", ["approval", "bare", "crowded"])
def test_any_paper_is_one_a4_page_and_passes_pdf_ua_1_and_pdf_a_2a(
    kind: str, fonts: Path, request: pytest.FixtureRequest
) -> None:
    pdf = render_approval_page(request.getfixturevalue(kind), fonts)
    assert len(pages_of(pdf)) == 1
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_text_reads_as_the_golden_file(approval: ApprovalPaper, fonts: Path) -> None:
    (read,) = pages_of(render_approval_page(approval, fonts))
    assert [line.rstrip() for line in read.splitlines()] == GOLDEN.read_text("utf-8").splitlines()


def test_the_same_paper_has_the_same_bytes(approval: ApprovalPaper, fonts: Path) -> None:
    assert render_approval_page(approval, fonts) == render_approval_page(approval, fonts)


def test_a_crowded_page_keeps_the_worst_and_counts_what_is_left_out(crowded: ApprovalPaper, fonts: Path) -> None:
    text = text_of(crowded, fonts)
    assert re.search(r"… och 5\d till, se Rapportera, steget Kontrollera", text)
    assert re.search(r"… och 39\d till, se Rapportera, steget Granska", text)
    assert "Att rätta 0 Gemensamt" in text
    assert "Kommenterad" not in text


def test_without_an_approval_there_is_room_to_write_one(approval: ApprovalPaper, fonts: Path) -> None:
    text = text_of(approval, fonts)
    assert "Godkänd av (funktion, inte namn) Den Genom möte / e-post / protokoll" in text
    made = msgspec.structs.replace(approval, decision=DecisionLine("Socialchef", date(2026, 9, 12), "protokoll"))
    said = text_of(made, fonts)
    assert "Socialchef 12 september 2026 protokoll" in said
    assert "möte / e-post" not in said


def test_a_first_package_has_nothing_to_compare_with(bare: ApprovalPaper, fonts: Path) -> None:
    text = text_of(bare, fonts)
    assert "Perioden har inte skickats förut." in text
    assert "Inget att anmärka." in text
    assert "Exempeldata" not in text
    unchanged = msgspec.structs.replace(bare, changes_since="sedan paket nummer 3")
    assert "Inget har ändrats sedan paket nummer 3." in text_of(unchanged, fonts)


def test_the_greyscale_reader_loses_nothing(approval: ApprovalPaper, fonts: Path) -> None:
    """How each check stands is a word, and missing is one too."""
    text = text_of(approval, fonts)
    for word in ("Att rätta", "Utan kommentar", "Kommenterad", "saknas"):
        assert word in text


@pytest.mark.parametrize(("measures", "remarks", "changes"), [(17, 0, 300), (0, 300, 0), (17, 300, 300)])
def test_whatever_the_lists_hold_it_is_one_page(
    crowded: ApprovalPaper, fonts: Path, measures: int, remarks: int, changes: int
) -> None:
    word = "W" * 300
    paper = msgspec.structs.replace(
        crowded,
        measures=crowded.measures[:measures],
        remarks=(RemarkLine("Utan kommentar", word, word),) * remarks,
        changes=(ChangeLine(word, "ändrad", word),) * changes,
    )
    assert len(pages_of(render_approval_page(paper, fonts))) == 1
