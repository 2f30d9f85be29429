"""Meeting papers to print: an ordinary one, an empty one, and one with more than any page holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.papers import (
    AttentionLine,
    CategoryCount,
    DecisionLine,
    MeasureLine,
    MeetingPaper,
    MethodLine,
    MethodTable,
    PaperValue,
    SipMonth,
)
from fardplan_desktop.domain.periods import parse_period

METHODS = (
    "A1 Öka hälsofrämjande och förebyggande insatser",
    "A2 Utveckla personcentrerade arbetssätt",
    "A3 Stärk samverkanskultur för att öka tillit mellan huvudmännen",
    "A4 Stärk kontinuitet och samordningen mellan huvudmännen",
    "A5 Utveckling av arbetssätt med stöd av digitalisering",
    "A6 Utveckling av mobila team som stöd för vård i hemmet",
)
STATUSES = ("Pågår", "Klara", "Ej påbörjade", "Övriga", "Status saknas")
FORECASTS = ("● Enligt plan", "▲ Risk", "■ Når inte målet", "Prognos saknas")
MISSING = PaperValue()
NOT_APPLICABLE = PaperValue(applicable=False)


def value(number: int, **more: bool) -> PaperValue:
    return PaperValue(number, months=4, months_of=4, **more)


ATTENTION = (
    AttentionLine("Rutin för fast vårdkontakt och fast läkarkontakt", "MAS", date(2026, 6, 30), "Pågår delvis",
                  "■ Når inte målet", "Försenad 76 dagar. Behöver lyftas till delregionen."),
    AttentionLine("Hantering av kostnader vid placering HVB", "Enhetschef individ och familj",
                  date(2026, 8, 31), "Avvaktar samsjuklighetsutredningen", "▲ Risk", "Försenad 14 dagar."),
    AttentionLine("Anhörigstöd på webben", "", None, "Pågår", "▲ Risk", "Risk: ansvarig saknas."),
)  # fmt: skip
MEASURES = (
    MeasureLine("Genomförda SIP-möten", False, value(31), value(28), value(0)),
    MeasureLine("varav den enskilde deltog", True, value(27), value(25), value(0)),
    MeasureLine("Upprättade SIP", False, value(22), value(26), MISSING),
    MeasureLine("Uppföljda SIP", False, value(23, overlapping=True), value(1234, overlapping=True), MISSING),
    MeasureLine("Avslutade SIP", False, value(9, estimated=True),
                PaperValue(11, months=3, months_of=4), NOT_APPLICABLE),
    MeasureLine("Pågående SIP vid periodens slut", False, value(48), value(35), value(30)),
)  # fmt: skip
DEVIATIONS = (
    CategoryCount("Informationsöverföring", 5), CategoryCount("In- och utskrivning från slutenvård", 4),
    CategoryCount("Läkemedel", 3), CategoryCount("SIP och samordning", 1),
    CategoryCount("Rehabilitering och hjälpmedel", 1),
)  # fmt: skip


@pytest.fixture
def fonts() -> Path:
    return Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture
def paper() -> MeetingPaper:
    """A tertial of a small municipality, as its head would meet it."""
    counts = [(3, 2, 1, 0, 0, 0, 2, 1, 0, 0, 1), (2, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0), (2, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0),
              (5, 3, 0, 1, 1, 0, 2, 2, 1, 0, 2), (1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0), (0,) * 11]  # fmt: skip
    totals = tuple(map(sum, zip(*counts, strict=True)))
    drawn = [4, 6, 5, 3, 7, None, 8, 6, 5, 0, 6, 9, 7]
    followed = [2, 3, 4, 2, 5, None, 4, 6, 3, 0, 5, 7, 8]
    months = [parse_period("2025-08").shifted(step) for step in range(13)]
    return MeetingPaper(
        organisation="Lilla Edets kommun",
        meeting="Lokal samverkansgrupp Lilla Edet, möte 12 oktober 2026",
        period=parse_period("2026-T2"),
        as_of=date(2026, 9, 14),
        demo=True,
        data_version="Dataversion 3fa9c1d2",
        codebook_version=1,
        codebook_sha256="9b1c44e0" + "0" * 56,
        summary=(
            "Av 13 aktiviteter är 2 klara, 6 pågår och 3 är försenade; 4 saknar bedömning av prognosen.",
            "22 SIP upprättades under tertialet, mot 26 tertialet före och ett tal som saknas för samma tid i fjol.",
            "14 avvikelser i samverkan registrerades, flest om informationsöverföring (5).",
        ),
        methods=MethodTable(
            STATUSES,
            FORECASTS,
            tuple(_line(name, row) for name, row in zip(METHODS, counts, strict=True)),
            _line("Alla", totals),
        ),
        attention=ATTENTION,
        measures=MEASURES,
        sip_months=tuple(
            SipMonth(month, PaperValue(first), PaperValue(second))
            for month, first, second in zip(months, drawn, followed, strict=True)
        ),
        deviations=DEVIATIONS,
        deviation_total=14,
        findings=(
            "Informationsöverföring är vanligast: 5 av 14, alla från region till kommun.",
            "4 av 14 gäller in- och utskrivning från slutenvård. Vad hände vid helgerna i juli?",
            "Fler avvikelser betyder inte att det blivit sämre; 9 av 14 är återkopplade till rapportören.",
        ),
        questions=(
            "Vem äger frågan om läkemedelslistor vid utskrivning på fredagar?",
            "Behöver vi en gemensam rutin för fast vårdkontakt före årsskiftet?",
        ),
        open_decisions=(
            DecisionLine("Ta fram gemensam checklista för utskrivning", "Enhetschef korttids", date(2026, 9, 30)),
            DecisionLine("Bjuda in vårdcentralerna till nästa möte", "Verksamhetsutvecklare", None),
        ),
    )  # fmt: skip


@pytest.fixture
def empty_paper(paper: MeetingPaper) -> MeetingPaper:
    """A municipality that has chosen who it is and nothing more."""
    nothing = (0,) * 11
    return msgspec.structs.replace(
        paper,
        meeting="",
        demo=False,
        summary=(
            "Inga aktiviteter är inlagda ännu.",
            "Inga SIP-tal är inlagda ännu.",
            "Inga avvikelser är registrerade.",
        ),
        methods=MethodTable(
            STATUSES, FORECASTS, tuple(_line(name, nothing) for name in METHODS), _line("Alla", nothing)
        ),
        attention=(),
        measures=tuple(MeasureLine(line.label, line.part, MISSING, MISSING, MISSING) for line in paper.measures),
        sip_months=tuple(SipMonth(line.month, MISSING, MISSING) for line in paper.sip_months),
        deviations=(),
        deviation_total=0,
        findings=(),
        questions=(),
        open_decisions=(),
    )


@pytest.fixture
def crowded_paper(paper: MeetingPaper) -> MeetingPaper:
    """Two hundred activities, the longest names, every sign, sixteen months, every category."""
    long = "Gemensamt utvecklingsarbete för hälso- och sjukvårdsinsatser & uppföljning <av> överenskommelser " * 4
    signs = PaperValue(9876543, estimated=True, months=3, months_of=4, overlapping=True)
    big = (200, 190, 188, 177, 166, 155, 144, 133, 122, 111, 100)
    months = [parse_period("2025-05").shifted(step) for step in range(16)]
    return msgspec.structs.replace(
        paper,
        organisation="Göteborgsområdets samverkansorganisation för hälsa, vård och omsorg i Västra Götaland",
        meeting=long,
        data_version="Leverans 2, rättelse av leverans 1",
        summary=(long, long, long),
        methods=MethodTable(
            STATUSES, FORECASTS, tuple(_line(name, big) for name in (*METHODS, "Utan arbetssätt")), _line("Alla", big)
        ),
        attention=tuple(
            AttentionLine(f"{place} {long}", long, date(2026, 11, 30), long, "■ Når inte målet", long)
            for place in range(200)
        ),
        measures=tuple(
            MeasureLine(f"{place} {long}", place % 3 > 0, signs, MISSING, NOT_APPLICABLE) for place in range(17)
        ),
        sip_months=tuple(SipMonth(month, value(9876543, estimated=True), NOT_APPLICABLE) for month in months),
        deviations=tuple(CategoryCount(f"{place} {long}", 9999 - place) for place in range(13)),
        deviation_total=12345,
        findings=(long, long, long),
        questions=tuple(f"{place} {long}" for place in range(40)),
        open_decisions=tuple(DecisionLine(f"{place} {long}", long, date(2026, 9, 30)) for place in range(40)),
    )


def _line(name: str, row: tuple[int, ...]) -> MethodLine:
    return MethodLine(name, row[0], row[1:6], row[6:10], row[10])
