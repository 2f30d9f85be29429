"""The meeting paper as a reader, a screen reader, an archive and a printer meet it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.domain.papers import MeetingPaper, PaperValue, SipMonth
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.reports.meeting_paper import render_meeting_paper
from fardplan_desktop.reports.preview import render_pages

GOLDEN = Path(__file__).parent / "meeting_paper.txt"


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """All text on one line, as a search in a reader meets it."""
    return re.sub(r"\s+", " ", " ".join(pages_of(pdf)))


@pytest.fixture(params=["paper", "empty_paper", "crowded_paper"])
def any_paper(request: pytest.FixtureRequest) -> MeetingPaper:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, MeetingPaper)
    return found


def test_any_paper_is_two_a4_pages_and_passes_pdf_ua_1_and_pdf_a_2a(any_paper: MeetingPaper, fonts: Path) -> None:
    pdf = render_meeting_paper(any_paper, fonts)
    document = pypdfium2.PdfDocument(pdf)
    assert [tuple(map(round, sheet.get_size())) for sheet in document] == [(595, 842)] * 2
    document.close()
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_text_reads_as_the_golden_file(paper: MeetingPaper, fonts: Path) -> None:
    read = "\n--- sida 2 ---\n".join(pages_of(render_meeting_paper(paper, fonts)))
    assert [line.rstrip() for line in read.splitlines()] == GOLDEN.read_text("utf-8").splitlines()


def test_every_page_says_what_it_is(paper: MeetingPaper, fonts: Path) -> None:
    for place, text in enumerate(pages_of(render_meeting_paper(paper, fonts)), 1):
        assert "Arbetsmaterial – får inte spridas" in text
        assert "Exempeldata – påhittade siffror" in text
        assert f"Sida {place} av 2" in text
        assert "Dataversion 3fa9c1d2 · Mått och listor version 1 (9b1c44e0)" in text


def test_real_data_are_not_marked_as_invented(empty_paper: MeetingPaper, fonts: Path) -> None:
    assert "Exempeldata" not in text_of(render_meeting_paper(empty_paper, fonts))


def test_period_and_as_of_date_are_spelled_out(paper: MeetingPaper, fonts: Path) -> None:
    text = text_of(render_meeting_paper(paper, fonts))
    assert "tertial 2 2026 (maj–augusti) · Läget per 14 september 2026" in text
    month = msgspec.structs.replace(paper, period=parse_period("2026-05"))
    assert "Avser maj 2026 · Läget" in text_of(render_meeting_paper(month, fonts))


def test_a_crowded_paper_says_how_much_is_left_out(crowded_paper: MeetingPaper, fonts: Path) -> None:
    text = text_of(render_meeting_paper(crowded_paper, fonts))
    assert re.search(r"… och 19\d till, se handlingsplanen", text)
    assert re.search(r"… och 1\d till, se SIP-uppföljningen", text)
    assert re.search(r"… och 3\d till, se mötets dagordning", text)
    assert re.search(r"… och 3\d öppna beslut till, se beslutslistan", text)


def test_nothing_is_said_to_be_left_out_when_all_is_shown(paper: MeetingPaper, fonts: Path) -> None:
    text = text_of(render_meeting_paper(paper, fonts))
    assert "… och" not in text
    assert all(line.activity in text for line in paper.attention)


def test_one_endless_word_does_not_burst_the_pages(crowded_paper: MeetingPaper, fonts: Path) -> None:
    word = "W" * 900
    burst = msgspec.structs.replace(
        crowded_paper,
        organisation=word,
        meeting=word,
        summary=(word, word, word),
        findings=(word, word, word),
        questions=(word,) * 9,
        attention=tuple(msgspec.structs.replace(line, activity=word, reason=word) for line in crowded_paper.attention),
    )
    assert len(pages_of(render_meeting_paper(burst, fonts))) == 2


def test_an_empty_paper_says_what_is_missing_and_invents_no_numbers(empty_paper: MeetingPaper, fonts: Path) -> None:
    front, back = pages_of(render_meeting_paper(empty_paper, fonts))
    assert "Inga aktiviteter är inlagda ännu." in front
    assert re.search(r"Upprättade SIP\s+saknas\s+saknas\s+saknas", front)
    assert "Inga avvikelser är registrerade under tertial 2 2026." in back
    assert "Inga tal att visa: uppgift saknas" in back
    assert re.search(r"aug 2025\s+saknas\s+saknas", back)


def test_zero_prints_as_0_and_missing_as_saknas(paper: MeetingPaper, fonts: Path) -> None:
    front, back = pages_of(render_meeting_paper(paper, fonts))
    assert re.search(r"Genomförda SIP-möten\s+31\s+28\s+0\s", front)
    assert re.search(r"maj 2026\s+0\s+0\s", back)
    assert re.search(r"jan 2026\s+saknas\s+saknas", back)


@pytest.mark.parametrize("kind", ["paper", "empty_paper"])
def test_a_dash_alone_never_stands_for_a_number(kind: str, fonts: Path, request: pytest.FixtureRequest) -> None:
    words = text_of(render_meeting_paper(request.getfixturevalue(kind), fonts)).split()
    after = {words[place + 1] for place, word in enumerate(words[:-1]) if word in {"-", "–", "−"}}
    assert after <= {"får", "påhittade", "varav"}


def test_the_legend_under_the_months_explains_only_their_words(paper: MeetingPaper, fonts: Path) -> None:
    months = tuple(SipMonth(line.month, PaperValue(3), PaperValue(0)) for line in paper.sip_months)
    back = pages_of(render_meeting_paper(msgspec.structs.replace(paper, sip_months=months, open_decisions=()), fonts))[
        1
    ]
    assert "saknas" not in back
    assert "≈" not in back


def test_the_same_paper_has_the_same_bytes_in_any_process(paper: MeetingPaper, fonts: Path, tmp_path: Path) -> None:
    source = tmp_path / "paper.json"
    source.write_bytes(msgspec.json.encode(paper))
    script = (
        "import sys, msgspec; from pathlib import Path\n"
        "class Finder:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name == '_rl_accel': sys.exit('the extension that formats numbers otherwise was asked for')\n"
        "sys.meta_path.insert(0, Finder)\n"
        "from fardplan_desktop.domain.papers import MeetingPaper\n"
        "from fardplan_desktop.reports.meeting_paper import render_meeting_paper\n"
        "paper = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=MeetingPaper)\n"
        "sys.stdout.buffer.write(render_meeting_paper(paper, Path(sys.argv[2])))\n"
    )
    here = render_meeting_paper(paper, fonts)
    for seed, epoch in (("1", "0"), ("4711", "1700000000")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", script, str(source), str(fonts)]
        there = subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], check=True, capture_output=True)
        assert there.stdout == here


def test_the_file_is_dated_by_the_as_of_date_and_not_by_the_clock(paper: MeetingPaper, fonts: Path) -> None:
    pdf = render_meeting_paper(msgspec.structs.replace(paper, as_of=date(2025, 1, 31)), fonts)
    assert set(re.findall(rb"D:(\d{8})", pdf)) == {b"20250131"}
    assert b"2025-01-31T00:00:00+00:00" in pdf


def test_every_font_is_embedded_and_none_is_helvetica(paper: MeetingPaper, fonts: Path) -> None:
    pdf = render_meeting_paper(paper, fonts)
    named = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", pdf))
    assert named == {b"SourceSans3-Regular", b"SourceSans3-SemiBold", b"SourceSans3-Bold"}
    assert pdf.count(b"/FontFile2") == len(named)
    assert b"ASCII85" not in pdf


def test_a_missing_font_file_is_named(paper: MeetingPaper, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="SourceSans3_400Regular"):
        render_meeting_paper(paper, tmp_path)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler's pdfinfo is not installed")
def test_a_screen_reader_meets_headings_tables_lists_and_figures_in_order(
    paper: MeetingPaper, fonts: Path, tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(render_meeting_paper(paper, fonts))
    told = subprocess.run(["pdfinfo", "-struct-text", str(file)], check=True, capture_output=True).stdout.decode()
    tags = re.findall(r"^\s*(H1|H2|Table|Figure|L|LI)\b", told, re.MULTILINE)
    front = ["H1", "H2", "H2", "Table", "H2", "Table", "H2", "Table"]
    assert tags == [*front, "H2", "Figure", "Table", "H2", "Figure", "H2", "L", "LI", "LI", "H2", "Table"]
    joined = re.sub(r'"\s*"', "", told)
    assert "fast läkarkontakt" in joined
    assert told.count("Arbetsmaterial") == 1
    assert "Sida 1" not in told


def test_words_stay_apart_where_a_line_wraps(paper: MeetingPaper, fonts: Path) -> None:
    long = "Samverkan kring kommun- och regionnivå " * 6
    front = pages_of(render_meeting_paper(msgspec.structs.replace(paper, summary=(long.strip(),)), fonts))[0]
    assert re.sub(r"\s+", " ", front).count("Samverkan kring kommun- och regionnivå") >= 4
    content = front.replace("\n", "")
    assert "nivåSamverkan" not in content
    assert "kommun-och" not in content


def test_the_preview_shows_the_pages_as_pixels_without_padding(paper: MeetingPaper, fonts: Path) -> None:
    pictures = render_pages(render_meeting_paper(paper, fonts), 0.5)
    assert [(picture.width, picture.height) for picture in pictures] == [(298, 421)] * 2
    for picture in pictures:
        assert len(picture.rgb) == picture.width * picture.height * 3
        assert picture.rgb[:3] == b"\xff\xff\xff"
        assert len(set(picture.rgb)) > 20
