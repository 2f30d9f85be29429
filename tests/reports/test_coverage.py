"""The printed Inlämningsläge as a reader, a screen reader and an archive meet it: one page for 15, more for 49."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import page
import pypdfium2
import pytest

from fardplan_desktop.analysis.coverage import coverage
from fardplan_desktop.domain.coverage_paper import CoverageLine, CoverageList, CoveragePaper
from fardplan_desktop.domain.figures import Coverage, DeliveryFact
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.reports.coverage import render_coverage

T2 = parse_period("2026-T2")
PERIODS = (T2, T2.previous, T2.previous.previous)
TODAY = date(2026, 10, 2)
LONG = "Göteborgsområdets samverkansorganisation för hälsa, vård och omsorg & <nära vård>"
replace = msgspec.structs.replace


def fact(organisation: str, period: str, day: str, sequence: int = 1, **more: object) -> DeliveryFact:
    came = date.fromisoformat(day)
    plain = DeliveryFact(organisation=organisation, period=period, sequence=sequence, received=came)
    return replace(plain, **more)


FACTS = (
    fact("1", "2026-T2", "2026-09-20"),
    fact("2", "2026-T2", "2026-09-28"),
    fact("3", "2026-T2", "2026-09-20"),
    fact("3", "2026-T2", "2026-09-24", 2),
    fact("4", "2026-T2", "2026-09-21", accepted=False, code="E20", file_name="4_2026-T2.zip",
         message="Sigillet stämmer inte. Delen data/antal.jsonl har ändrats på vägen."),
    *(fact(str(code), period, "2026-05-20") for code in range(1, 16) for period in ("2026-T1", "2025-T3")),
)  # fmt: skip
DUE = {"2026-T2": date(2026, 9, 25), "2026-T1": date(2026, 5, 25), "2025-T3": date(2026, 1, 25)}


def found(codes: Sequence[str], facts: Sequence[DeliveryFact] = FACTS) -> tuple[Coverage, ...]:
    return tuple(coverage(each, codes, facts, DUE[each.id], TODAY) for each in PERIODS)


def lines(coverages: Sequence[Coverage], name: str = "Kommun") -> list[CoverageLine]:
    return [
        CoverageLine(
            Organisation(Level.MUNICIPALITY, row.organisation, f"{name} {row.organisation}", row.organisation),
            tuple(each.rows[at] for each in coverages),
        )
        for at, row in enumerate(coverages[0].rows)
    ]


def paper_of(listed: CoverageList) -> CoveragePaper:
    return CoveragePaper(
        organisation="Vårdsamverkan Fyrbodal",
        as_of=TODAY,
        demo=True,
        data_version="Dataversion 3fa9c1d2",
        codebook_version=2,
        codebook_sha256="9b1c44e0" + "0" * 56,
        listed=listed,
    )


@pytest.fixture
def paper() -> CoveragePaper:
    """A delregion of fifteen: every state occurs."""
    coverages = found([str(code) for code in range(1, 16)])
    return paper_of(CoverageList(PERIODS, coverages, tuple(lines(coverages)), late_first=True))


@pytest.fixture
def everyone() -> CoveragePaper:
    """The county: six delregions and forty-nine municipalities with the longest names, all with something to tell."""
    codes = [str(code) for code in range(1, 50)]
    facts = [fact(code, "2026-T2", "2026-09-28") for code in codes]
    coverages = found(codes, facts)
    heads = [
        CoverageLine(Organisation(Level.DELREGION, f"d{at}", f"{LONG} {at}", f"d{at}"),
                     tuple(each.rows[0] for each in coverages), ("8 av 9",) * 3)
        for at in range(6)
    ]  # fmt: skip
    under = lines(coverages, LONG)
    shown = [line for at, each in enumerate(heads) for line in (each, *under[at * 8 : at * 8 + 8])] + under[48:]
    offices = tuple(replace(each, offices=each.rows[:6]) for each in coverages)
    return replace(paper_of(CoverageList(PERIODS, offices, tuple(shown))), organisation=LONG)


@pytest.fixture
def nobody() -> CoveragePaper:
    """Only those who are missing are asked for, and nobody is."""
    coverages = found(["1"])[:1]
    return replace(paper_of(CoverageList(PERIODS[:1], coverages, (), only_missing=True)), demo=False)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", sheet.get_textpage().get_text_range()) for sheet in document]
    finally:
        document.close()


@pytest.mark.parametrize(("kind", "pages"), [("paper", 1), ("nobody", 1), ("everyone", 5)])
def test_any_list_passes_pdf_ua_1_and_pdf_a_2a(
    kind: str, pages: int, fonts: Path, request: pytest.FixtureRequest
) -> None:
    pdf = render_coverage(request.getfixturevalue(kind), fonts)
    read = pages_of(pdf)
    assert 1 <= len(read) <= pages
    assert f"Sida {len(read)} av {len(read)}" in read[-1]
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_same_list_has_the_same_bytes(paper: CoveragePaper, fonts: Path) -> None:
    assert render_coverage(paper, fonts) == render_coverage(paper, fonts)


def test_it_says_the_day_how_many_and_every_state_in_the_words_of_the_page(paper: CoveragePaper, fonts: Path) -> None:
    (text,) = pages_of(render_coverage(paper, fonts))
    for words in (
        "Inlämningsläge Vårdsamverkan Fyrbodal, tertial 2 2026 (maj–augusti)",
        "Läget per 2 oktober 2026",
        "Tertial 2 2026: 3 av 15 inlämnade. Sista dag 25 september 2026, 7 dagar sedan.",
        "Urval och ordning: De som saknas och är sena först.",
        "T2 2026, senast 25 sep",
        "sen 3 dagar",
        "rättad 1 gång",
        "saknas 7 dagar",
        "Kommun 4: Avvisad 2026-09-21 (4_2026-T2.zip). Sigillet stämmer inte. Delen data/antal.jsonl har ändrats",
        "Avvisad: en fil kom men kunde inte läsas in.",
        "Arbetsmaterial – får inte spridas",
    ):
        assert words in text, words
    assert "Väntas:" not in text, "only words that occur are explained"


def test_every_municipality_stands_on_some_page_under_the_heads(everyone: CoveragePaper, fonts: Path) -> None:
    read = pages_of(render_coverage(everyone, fonts))
    assert len(read) > 1
    assert "6 av 6 delregioner och 49 av 49 kommuner inlämnade." in read[0]
    assert sum(text.count("T2 2026, senast 25 sep") for text in read) >= 2
    assert " 8 av 9" in read[0]


def test_when_nobody_is_missing_it_says_so(nobody: CoveragePaper, fonts: Path) -> None:
    (text,) = pages_of(render_coverage(nobody, fonts))
    assert "Ingen saknas. Alla har lämnat in för perioden." in text
    assert "Bara de som saknas" in text
    assert "Exempeldata" not in text
