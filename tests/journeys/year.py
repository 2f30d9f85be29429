"""A municipality's year as its coordinator has it: a workbook, a list of deviations, a plan. Invented, but whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl

from fardplan_desktop.bootstrap import shipped_codebook

MONTHS = tuple(f"2025-{month:02d}" for month in range(9, 13)) + tuple(f"2026-{month:02d}" for month in range(1, 9))
LAST_TERTIAL = MONTHS[-4:]
_DRAWN_UP = (6, 8, 7, 5, 6, 7, 8, 6, 7, 5, 3, 6)
_CLOSED = (4, 6, 7, 6, 5, 5, 6, 7, 6, 6, 2, 4)
_AGES = {"0–17": 1, "18–64": 2, "65–79": 0, "80+": 0, "Okänd": 0}
"""Of the drawn up, the rest is 65–79."""

Row = tuple[str, str, str, str, int | str]
"""Mått, Period, Fördelning, Värde, Antal."""


def counts(months: tuple[str, ...] = MONTHS, *, start: int = 40) -> Iterator[Row]:
    """Numbers that hang together: a plan is under way until it is closed."""
    ongoing = start
    for month, drawn, closed in zip(MONTHS, _DRAWN_UP, _CLOSED, strict=True):
        ongoing += drawn - closed
        if month not in months:
            continue
        whole = {
            "SIP01": drawn + 2, "SIP02": 1, "SIP03": drawn + 5, "SIP04": drawn + 4, "SIP05": drawn + 3,
            "SIP07": drawn + 1, "SIP08": drawn, "SIP09": 2, "SIP11": closed, "SIP12": ongoing, "SIP13": ongoing - 9,
        }  # fmt: skip
        yield from ((measure, month, "", "", number) for measure, number in whole.items())
        ages = {**_AGES, "65–79": drawn - 3}
        yield from (("SIP08", month, "Ålder", age, number) for age, number in ages.items())
    yield from (
        ("SIP10", period, "", "", 20) for period in ("2025-T3", "2026-T1", "2026-T2") if _within(period, months)
    )


def csv(rows: Iterator[Row]) -> str:
    """As Excel saves it, with headings in an order of its own."""
    lines = [f"{period};{measure};{number};{breakdown};{value}" for measure, period, breakdown, value, number in rows]
    return "\n".join(["Period;Mått;Antal;Uppdelning;Värde", *lines]) + "\n"


def fill_in(template: Path, rows: Iterator[Row]) -> None:
    """Type the rows into the empty workbook, each under its heading."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    places = [headings.index(name) + 1 for name in ("Mått", "Period", "Fördelning", "Värde", "Antal")]
    for number, row in enumerate(rows, 2):
        for place, value in zip(places, row, strict=True):
            sheet.cell(number, place, value if value != "" else None)
    book.save(template)


def joint_activities() -> str:
    """The ten joint activities of 2022 in the sources' own words."""
    book = shipped_codebook()
    lines = [
        f"{each.title};Färdplanens gemensamma 2022;{each.id};{book.label('aktivitetsstatus', each.status)};{each.rest}"
        for each in book.joint_activities
    ]
    return "\n".join(["Aktivitet;Plan;Gemensam aktivitet;Status;Orsak", *lines]) + "\n"


_DEVIATIONS = (
    ("2026-05-06", "Vårdcentral", "Läkemedel", "Läkemedelsrutin", "Betydande", "Ordinationen stämde inte med listan."),
    ("2026-05-11", "Sjukhus somatik", "Informationsöverföring", "Rutin in-/utskrivning", "Måttlig", "Epikris saknas."),
    ("2026-05-19", "Annat", "Läkemedel", "Läkemedelsrutin", "Måttlig", "Felaktig apodosleverans."),
    ("2026-05-27", "Sjukhus somatik", "In- och utskrivning från slutenvård", "Rutin in-/utskrivning", "Betydande",
     "Läkemedelslista saknas vid utskrivning."),
    ("2026-06-03", "Psykiatri/BUP", "SIP och samordning", "Riktlinje SIP", "Mindre", "Kallelsen kom för sent."),
    ("2026-06-09", "Sjukhus somatik", "SIP och samordning", "Riktlinje SIP", "Måttlig", "SIP erbjöds inte."),
    ("2026-06-15", "Sjukhus somatik", "In- och utskrivning från slutenvård", "Rutin in-/utskrivning", "Mindre",
     "Utskrivningsklar meddelad utan planering."),
    ("2026-06-24", "Sjukhus somatik", "Rehabilitering och hjälpmedel", "Hjälpmedel/rehabilitering", "Måttlig",
     "Hjälpmedel saknas vid hemgång."),
    ("2026-07-02", "Vårdcentral", "Fast kontakt och kontinuitet", "Hälso- och sjukvårdsavtal", "Mindre",
     "Oklart vem som är fast vårdkontakt."),
    ("2026-07-20", "Habilitering", "SIP och samordning", "Riktlinje SIP", "Mindre", "Part uteblev från mötet."),
    ("2026-08-05", "Vårdcentral", "Läkarmedverkan och medicinsk bedömning", "Hälso- och sjukvårdsavtal", "Betydande",
     "Läkarmedverkan på kommunal enhet uteblev."),
    ("2026-08-18", "Psykiatri/BUP", "Ansvar och åtagande", "Överenskommelse", "Måttlig",
     "Oenighet om kostnad vid placering."),
)  # fmt: skip


def deviations() -> str:
    """A dozen, de-identified, with an older heading among the new ones."""
    heading = (
        "Händelsedatum;Registrerad;Riktning;Rapporterande;Motpart;Kategori;Styrdokument;Allvarlighet;"
        "Sannolikhet;Sammanfattning;Status;Referens"
    )
    lines = [
        f"{day};{day};Kommun → region;Vård och omsorg;{party};{category};{document};{severity};Stor;{text};"
        f"Registrerad;A-{number}"
        for number, (day, party, category, document, severity, text) in enumerate(_DEVIATIONS, 1)
    ]
    return "\n".join([heading, *lines]) + "\n"


def _within(period: str, months: tuple[str, ...]) -> bool:
    return {"2025-T3": "2025-12", "2026-T1": "2026-04", "2026-T2": "2026-08"}[period] in months
