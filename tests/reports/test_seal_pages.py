"""Avsändarkort and kuvertblad as a caller, a screen reader and a telephone's camera meet them: always one page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest
import zxingcpp

from fardplan_desktop.domain.seal_papers import CardPaper, EnvelopePaper
from fardplan_desktop.exchange.key_text import key_text, read_key_text
from fardplan_desktop.exchange.keys import SigningKey, check_code
from fardplan_desktop.exchange.revocation import make_revocation, read_revocation, revocation_of_text, revocation_text
from fardplan_desktop.reports.seal_pages import render_card_page, render_envelope_page
from tests.exchange.conftest import FYRBODAL, MELLERUD

KEY = SigningKey(bytes([7]) * 32)
LONG = "Göteborgsområdets samverkansorganisation för hälsa, vård och omsorg i Västra Götaland & Vänersborg <AB>"
CARD = CardPaper(
    organisation="Melleruds kommun",
    as_of=date(2026, 9, 14),
    demo=False,
    data_version=f"Sigill {KEY.keyid[:8]}",
    codebook_version=2,
    codebook_sha256="9b1c44e0" + "0" * 56,
    groups=tuple(check_code(KEY.public).split()),
    code=key_text("1461", KEY.public),
)
ENVELOPE = EnvelopePaper(
    **{name: getattr(CARD, name) for name in CARD.__struct_fields__ if name != "code"},
    passphrase="bafu-kely-moro-tipa-vexa-jyno",
    revocation=revocation_text(make_revocation(MELLERUD, KEY, datetime(2026, 9, 14, 8, tzinfo=UTC))),
    office="Vårdsamverkan Fyrbodal",
)


def render(paper: CardPaper | EnvelopePaper, fonts: Path) -> bytes:
    if isinstance(paper, CardPaper):
        return render_card_page(paper, fonts)
    return render_envelope_page(paper, fonts)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        (sheet,) = document
        return re.sub(r"\s+", " ", sheet.get_textpage().get_text_range())
    finally:
        document.close()


def seen(pdf: bytes, dots: int) -> str:
    """What a camera reads from the printed page at so many dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        (read,) = zxingcpp.read_barcodes(document[0].render(scale=dots / 72).to_pil())
        return read.text
    finally:
        document.close()


CROWDED = (
    msgspec.structs.replace(CARD, organisation=LONG, demo=True, replaced=f"Ersätter sigillet från {LONG}."),
    msgspec.structs.replace(ENVELOPE, organisation=LONG, demo=True, office=LONG, passphrase="å" * 200, replaced=LONG),
    msgspec.structs.replace(ENVELOPE, revocation=""),
)


@pytest.mark.parametrize("paper", [CARD, ENVELOPE, *CROWDED])
def test_any_of_them_is_one_a4_page_and_passes_pdf_ua_1_and_pdf_a_2a(
    paper: CardPaper | EnvelopePaper, fonts: Path
) -> None:
    pdf = render(paper, fonts)
    assert render(paper, fonts) == pdf
    assert "Sida 1 av 1" in text_of(pdf)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize("dots", [96, 200])
def test_the_cards_code_is_read_back_from_the_page_as_the_very_key(fonts: Path, dots: int) -> None:
    assert read_key_text(seen(render_card_page(CARD, fonts), dots)) == ("1461", KEY.public)


@pytest.mark.parametrize("dots", [130, 200])
def test_the_kuvertblads_code_is_read_back_as_the_revocation(fonts: Path, dots: int) -> None:
    line = seen(render_envelope_page(ENVELOPE, fonts), dots)
    assert read_revocation(revocation_of_text(line) or b"").keyid == KEY.keyid


def test_the_longest_code_of_an_office_is_read_too(fonts: Path) -> None:
    office = msgspec.structs.replace(CARD, code=key_text("sodra-alvsborg", KEY.public), organisation=FYRBODAL.name)
    assert read_key_text(seen(render_card_page(office, fonts), 96)).org_code == "sodra-alvsborg"


def test_the_card_tells_the_code_by_groups_and_never_a_secret(fonts: Path) -> None:
    text = text_of(render_card_page(CARD, fonts))
    assert "Grupp 1 Grupp 2 Grupp 3 Grupp 4 Grupp 5 Grupp 6 " + " ".join(CARD.groups) in text
    assert "får spridas" in text
    assert "Sigillet skapat 14 september 2026" in text
    assert "får inte spridas" not in text


def test_the_kuvertblad_tells_what_to_do_and_is_marked_secret(fonts: Path) -> None:
    text = text_of(render_envelope_page(ENVELOPE, fonts))
    assert "Hemligt – förvaras i kassaskåp" in text
    for words in (ENVELOPE.passphrase, "Ny dator", "Ny person", "datorn är borta", "ring Vårdsamverkan Fyrbodal"):
        assert words in text
    assert "".join(ENVELOPE.revocation.split()) in text.replace(" ", "")
