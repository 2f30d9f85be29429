"""The printed timeline as a reader, a screen reader, an archive and a grey printer meet it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.domain.timeline import Bar, BarGroup, Mark, Timeline, TimelinePaper
from fardplan_desktop.reports.preview import render_pages
from fardplan_desktop.reports.timeline import render_timeline

GOLDEN = Path(__file__).parent / "timeline.txt"
TODAY = date(2026, 9, 14)
replace = msgspec.structs.replace

BARS = (
    Bar(activity="1", title="Utse fast omsorgskontakt", responsible="Enhetschef hemtjänst", status="Klar",
        forecast="● Enligt plan", start=date(2025, 8, 1), end=date(2026, 4, 30), ended=True, begun=True,
        marks=(Mark(date(2025, 9, 13)), Mark(date(2026, 1, 15)))),
    Bar(activity="2", title="Rutin för läkarmedverkan på särskilt boende", responsible="MAS", late=True, begun=True,
        status="Försenad, pågår", forecast="▲ Risk", start=date(2026, 2, 1), end=date(2026, 6, 30),
        marks=(Mark(date(2026, 5, 11)), Mark(date(2026, 10, 1), planned=True))),
    Bar(activity="3", title="Digitala SIP-möten", status="Planerad", start=date(2026, 10, 1), end=date(2027, 6, 30)),
    Bar(activity="4", title="Öppenvårdsprocess", status="Pågår", begun=True, start=date(2026, 3, 1)),
    Bar(activity="5", title="Närområdesplaner", status="Status saknas", end=date(2026, 12, 1)),
    Bar(activity="6", title="Riktlinje för styrdokument", status="Status saknas"),
)  # fmt: skip


@pytest.fixture
def fonts() -> Path:
    return Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture
def paper() -> TimelinePaper:
    groups = (BarGroup("A4 Stärk kontinuitet", BARS[:3]), BarGroup("Inget arbetssätt angivet", BARS[3:]))
    return TimelinePaper(
        organisation="Lilla Edets kommun",
        as_of=TODAY,
        demo=True,
        data_version="Dataversion 3fa9c1d2",
        codebook_version=2,
        codebook_sha256="9b1c44e0" + "0" * 56,
        timeline=Timeline(year=2026, today=TODAY, groups=groups, outside=2, undated=1),
        shown="Urval: Inte avslutade",
    )


@pytest.fixture
def crowded_paper(paper: TimelinePaper) -> TimelinePaper:
    """Two hundred activities with the longest words there are, in one group, and one word without end."""
    long = "Gemensamt utvecklingsarbete för hälso- och sjukvårdsinsatser & uppföljning <av> överenskommelser " * 3
    bars = tuple(
        Bar(activity=str(at), title=f"{at} {long}", responsible="W" * 300, status=long, forecast="■ Når inte målet",
            start=date(2025, 1, 1) + timedelta(days=at), end=date(2026, 1, 1) + timedelta(days=at), late=True,
            marks=tuple(Mark(date(2026, month, 28)) for month in range(1, 13)))
        for at in range(200)
    )  # fmt: skip
    return replace(paper, timeline=replace(paper.timeline, groups=(BarGroup(long, bars),)), shown=long)


@pytest.fixture
def empty_paper(paper: TimelinePaper) -> TimelinePaper:
    return replace(paper, timeline=Timeline(year=2026, today=TODAY, groups=()), shown="", demo=False)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]
    finally:
        document.close()


@pytest.mark.parametrize("kind", ["paper", "empty_paper", "crowded_paper"])
def test_any_timeline_lies_down_on_a4_and_passes_pdf_ua_1_and_pdf_a_2a(
    kind: str, fonts: Path, request: pytest.FixtureRequest
) -> None:
    pdf = render_timeline(request.getfixturevalue(kind), fonts)
    document = pypdfium2.PdfDocument(pdf)
    assert {tuple(map(round, sheet.get_size())) for sheet in document} == {(842, 595)}
    document.close()
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_text_reads_as_the_golden_file(paper: TimelinePaper, fonts: Path) -> None:
    (read,) = pages_of(render_timeline(paper, fonts))
    assert [line.rstrip() for line in read.splitlines()] == GOLDEN.read_text("utf-8").splitlines()


def test_heading_and_table_head_come_again_on_every_page_and_no_activity_is_lost(
    crowded_paper: TimelinePaper, fonts: Path
) -> None:
    pages = pages_of(render_timeline(crowded_paper, fonts))
    assert len(pages) > 10
    for number, text in enumerate(pages, 1):
        assert "Arbetsmaterial – får inte spridas" in text
        assert f"Sida {number} av {len(pages)}" in text
        assert "Tid och avstämningar" in text
    found = re.findall(r"^(\d+) Gemensamt utvecklingsarbete", "\n".join(pages), re.MULTILINE)
    assert found == [str(at) for at in range(200)]


def test_an_empty_timeline_says_so_and_explains_no_shapes(empty_paper: TimelinePaper, fonts: Path) -> None:
    (text,) = pages_of(render_timeline(empty_paper, fonts))
    assert "Inga aktiviteter att visa för 2026." in text
    assert "Fylld stapel" not in text
    assert "Exempeldata" not in text


def test_what_is_left_out_is_counted(paper: TimelinePaper, fonts: Path) -> None:
    assert "2 aktiviteter ligger utanför 2026." in pages_of(render_timeline(paper, fonts))[0]


def test_the_same_paper_has_the_same_bytes_and_the_file_s_date_is_the_as_of_date(
    paper: TimelinePaper, fonts: Path
) -> None:
    pdf = render_timeline(paper, fonts)
    assert pdf == render_timeline(paper, fonts)
    assert set(re.findall(rb"D:(\d{8})", pdf)) == {b"20260914"}


def test_bars_are_told_apart_in_grey(paper: TimelinePaper, fonts: Path) -> None:
    """A done, a late and a planned activity differ in lightness where their bars lie."""
    (picture,) = render_pages(render_timeline(paper, fonts), 2.0)
    grey = [sum(picture.rgb[at : at + 3]) // 3 for at in range(0, len(picture.rgb), 3)]
    column = [grey[row * picture.width : (row + 1) * picture.width] for row in range(picture.height)]
    months = slice(int(picture.width * 0.59), int(picture.width * 0.94))
    common = {max(set(line[months]), key=line[months].count) for line in column}
    tones = {tone for line in column for tone in set(line[months]) if line[months].count(tone) > 60} | common
    assert any(tone < 100 for tone in tones), "full"
    assert any(150 < tone < 215 for tone in tones), "tinted"
    assert 255 in tones, "empty"


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler's pdfinfo is not installed")
def test_a_screen_reader_meets_each_bar_as_a_figure_with_its_words(
    paper: TimelinePaper, fonts: Path, tmp_path: Path
) -> None:
    file = tmp_path / "timeline.pdf"
    file.write_bytes(render_timeline(paper, fonts))
    told = subprocess.run(["pdfinfo", "-struct-text", str(file)], check=True, capture_output=True).stdout.decode()
    tags = re.findall(r"^\s*(H1|H2|Table|Figure)\b", told, re.MULTILINE)
    assert tags == ["H1", "H2", "Table", *["Figure"] * 3, "H2", "Table", *["Figure"] * 3]


def test_the_text_alternative_of_a_bar_says_what_is_drawn(paper: TimelinePaper, fonts: Path) -> None:
    pdf = render_timeline(paper, fonts)
    told = [bytes.fromhex(each.decode()).decode("utf-16-be") for each in re.findall(rb"/Alt <FEFF([0-9A-F]+)>", pdf)]
    assert [each.replace("\u00a0", " ") for each in told][1:3] == [
        "1 feb 2026–30 jun 2026. Slutdatum har passerat. Avstämd 11 maj. Planerad avstämning 1 oktober.",
        "1 okt 2026–30 jun 2027.",
    ]
    assert len(told) == 6
