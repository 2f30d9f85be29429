"""Ten workbooks of ten invented municipalities, each built in its own way. Every figure in them is made up.

A town has the file it would send, what is right to take from it, and what its coordinator answers when asked: the words
of the question (or a part of them) and the answer. Months after August 2026 have not begun when the tests read them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Expected = dict[str, int | str]
"""Count id → number, ``≈ n``, ``saknas`` or ``ej aktuellt``."""
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


class Town(NamedTuple):
    name: str
    path: Path
    expected: Expected
    answers: dict[str, str]


def numbers(seed: int, count: int) -> list[int]:
    """Invented figures that are told apart by their place."""
    return [(seed * 7 + at * 5 + seed * at) % 23 + 1 for at in range(count)]


def put(sheet: Worksheet, row: int, column: int, *rows: list[object]) -> None:
    """Write rows from a cell on; None leaves a cell empty."""
    for down, values in enumerate(rows):
        for right, value in enumerate(values):
            if value is not None:
                sheet.cell(row + down, column + right, value)


def month(number: int, year: int = 2026) -> str:
    return f"{year}-{number:02d}"


def months(measure: str, values: list[int], year: int = 2026) -> Expected:
    return {f"{measure}/{month(at, year)}": n for at, n in enumerate(values, start=1)}


def new(title: str = "Blad1") -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    return book, sheet


def alvik(folder: Path) -> Town:
    """Two years side by side under merged headings, a blank column, sums across and down, notes below."""
    book, sheet = new("SIP")
    put(sheet, 1, 1, ["Uppföljning av samordnad individuell plan, Alviks kommun (påhittad)"])
    sheet.merge_cells("A1:N1")
    put(sheet, 3, 2, [2025, *[None] * 5, 2026])
    sheet.merge_cells("B3:F3")
    sheet.merge_cells("H3:L3")
    put(sheet, 4, 1, ["", *MONTHS[:4], "Summa", None, *MONTHS[:4], "Summa"])
    expected: Expected = {}
    rows = {"Antal SIP-möten": "SIP04", "Upprättade SIP": "SIP08", "Antal avslutade": "SIP11"}
    sums = [0] * 11
    for at, (words, measure) in enumerate(rows.items()):
        before, now = numbers(at + 1, 4), numbers(at + 11, 4)
        line = [*before, sum(before), None, *now, sum(now)]
        put(sheet, 5 + at, 1, [words, *line])
        sums = [have + (n or 0) for have, n in zip(sums, line, strict=True)]
        expected |= months(measure, before, 2025) | months(measure, now)
    put(sheet, 8, 1, ["Totalt", *[n or None for n in sums]])
    put(sheet, 11, 1, ["Källa: eget system. Siffror från 2024 finns hos utvecklingsenheten."])
    path = folder / "Alvik sip.xlsx"
    book.save(path)
    return Town("alvik", path, expected, {})


def bruksby(folder: Path) -> Town:
    """Months down, two measures side by side split by age under merged headings, dashes, and a row of sums."""
    book, sheet = new("Underlag 2026")
    put(sheet, 1, 1, ["Bruksby kommun, SIP 2026"])
    put(sheet, 3, 1, ["Månad", "Genomförda SIP-möten", *[None] * 5, "Upprättade SIP", *[None] * 5])
    sheet.merge_cells("B3:G3")
    sheet.merge_cells("H3:M3")
    ages = ["0–17 år", "18–64 år", "65–79 år", "80 år och äldre", "Okänd ålder", "Totalt"]
    put(sheet, 4, 1, ["", *ages, *ages])
    codes = ["0-17", "18-64", "65-79", "80-plus", "okand"]
    expected: Expected = {}
    for at in range(8):
        line: list[object] = []
        for seed, measure in ((at + 3, "SIP04"), (at + 31, "SIP08")):
            parts = numbers(seed, 4)
            line += [*parts, "-", sum(parts)]
            expected[f"{measure}/{month(at + 1)}"] = sum(parts)
            for code, n in zip(codes, [*parts, 0], strict=True):
                expected[f"{measure}/{month(at + 1)}/alder/{code}"] = n
        put(sheet, 5 + at, 1, [MONTHS[at].capitalize(), *line])
    put(sheet, 13, 1, ["Summa", *[f"=SUM({chr(66 + at)}5:{chr(66 + at)}12)" for at in range(12)]])
    path = folder / "Statistik Bruksby.xlsx"
    book.save(path)
    return Town("bruksby", path, expected, {"Betyder '-'": "0"})


def celle(folder: Path) -> Town:
    """A CSV in Windows-1252 with ; between, no-break spaces in the numbers, and its year in the file name alone."""
    rows = [
        "Samordnad individuell plan;;;;;;",
        ";Januari;Februari;Mars;April;Maj;Ack.",
        "1. Erbjudna SIP;12;9;15;1\u00a0204,0;ca 14;1\u00a0254",
        "   varav tackat nej;2;1;0;3;uppgift saknas;6",
        "2. Upprättade SIP;7;6;8;9;11;41",
        "3. Pågående SIP vid månadens slut;40;41;44;46;e.t.;",
        "Andel tackat nej;17 %;11 %;0 %;0,2 %;;",
    ]
    path = folder / "celle_sip_2025.csv"
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    expected: Expected = {
        **months("SIP01", [12, 9, 15, 1204], 2025), "SIP01/2025-05": "≈ 14",
        **months("SIP02", [2, 1, 0, 3], 2025), "SIP02/2025-05": "saknas",
        **months("SIP08", [7, 6, 8, 9, 11], 2025),
        **months("SIP12", [40, 41, 44, 46], 2025), "SIP12/2025-05": "ej aktuellt",
    }  # fmt: skip
    return Town("celle", path, expected, {})


def dalum(folder: Path) -> Town:
    """A sheet a measure with units in rows: one with a total, one without. A third says what to do."""
    book, sheet = new("SIP-möten")
    put(sheet, 1, 1, ["Antal SIP-möten per enhet 2026"])
    put(sheet, 3, 1, ["Enhet", *[name.capitalize() for name in MONTHS[:6]]])
    north, south = numbers(4, 6), numbers(9, 6)
    total = [one + other for one, other in zip(north, south, strict=True)]
    put(sheet, 4, 1, ["Hemvården Norr", *north], ["Hemvården Söder", *south], ["Hela kommunen", *total])
    second = book.create_sheet("Upprättade")
    put(second, 1, 1, ["Upprättade SIP 2026"])
    put(second, 3, 1, ["Enhet", *[name.capitalize() for name in MONTHS[:6]]])
    one, other = numbers(14, 6), numbers(19, 6)
    put(second, 4, 1, ["Hemvården Norr", *one], ["Hemvården Söder", *other])
    third = book.create_sheet("Läs mig")
    put(third, 1, 1, ["Fyll i senast den femte varje månad."])
    path = folder / "dalum.xlsx"
    book.save(path)
    sums = [a + b for a, b in zip(one, other, strict=True)]
    return Town("dalum", path, months("SIP04", total) | months("SIP08", sums), {"Är det enheter": "sum"})


def ekerum(folder: Path) -> Town:
    """A pivot as Excel makes it: measures and months in one column, one column of sums, a grand total."""
    book, sheet = new("Pivot 2026")
    put(sheet, 3, 1, ["Radetiketter", "Summa av Antal"])
    expected: Expected = {}
    row, everything = 4, 0
    for seed, (words, measure) in enumerate(
        {"SIP-möte": "SIP04", "Nya SIP": "SIP08", "Avslutade SIP": "SIP11"}.items()
    ):
        values = numbers(seed + 5, 8)
        put(sheet, row, 1, [words, sum(values)], *[[MONTHS[at], n] for at, n in enumerate(values)])
        expected |= months(measure, values)
        row, everything = row + 9, everything + sum(values)
    put(sheet, row, 1, ["Totalsumma", everything])
    path = folder / "ekerum pivot.xlsx"
    book.save(path)
    return Town("ekerum", path, expected, {})


def forsby(folder: Path) -> Town:
    """A sheet a month, with comments beside; a hidden sheet that must not be read, and a dash for what is missing."""
    book, _ = new("jan")
    words = {"Utskickade kallelser": "SIP03", "Genomförda SIP-möten": "SIP04", "Uppföljda SIP": "SIP10"}
    expected: Expected = {}
    for at in range(5):
        sheet = book.worksheets[0] if at == 0 else book.create_sheet(MONTHS[at])
        put(sheet, 1, 1, ["Forsby kommun"], ["SIP-statistik 2026"])
        put(sheet, 4, 1, ["Mått", "Antal", "Kommentar"])
        for line, (label, measure) in enumerate(words.items()):
            n = numbers(at * 3 + line, 1)[0]
            missing = at == 2 and line == 2
            put(sheet, 5 + line, 1, [label, "–" if missing else n, "Semester" if at == 4 else None])
            expected[f"{measure}/{month(at + 1)}"] = "saknas" if missing else n
    hidden = book.create_sheet("Gammalt")
    put(hidden, 1, 1, ["Mått", "jan 2026"], ["Genomförda SIP-möten", 999])
    hidden.sheet_state = "hidden"
    path = folder / "forsby.xlsx"
    book.save(path)
    return Town("forsby", path, expected, {"Betyder '-'": "saknas"})


def gransjo(folder: Path) -> Town:
    """Tertials with the year's sum, parts under wholes, shares, and last year's figures in a block below."""
    book, sheet = new("Blad1")
    put(sheet, 2, 2, ["Gransjö: SIP-uppföljning 2025"])
    put(sheet, 4, 2, ["Mått", "Tertial 1", "Tertial 2", "Tertial 3", "Helår"])
    rows: list[tuple[str, str, list[int]]] = [
        ("Hållna SIP-möten", "SIP04", [31, 28, 40]),
        ("– varav den enskilde deltog", "SIP05", [25, 22, 33]),
        ("– varav båda huvudmännen deltog", "SIP07", [20, 19, 30]),
        ("Nya SIP", "SIP08", [18, 14, 22]),
        ("Avslutade SIP", "SIP11", [9, 12, 15]),
    ]
    expected: Expected = {}
    for at, (words, measure, values) in enumerate(rows):
        put(sheet, 5 + at, 2, [words, *map(float, values), float(sum(values))])
        expected |= {f"{measure}/2025-T{number}": n for number, n in enumerate(values, start=1)}
    put(sheet, 10, 2, ["Andel möten där den enskilde deltog", 0.81, 0.79, 0.83, 0.81])
    put(sheet, 13, 2, ["Föregående år (2024)"], ["Hållna SIP-möten", 88], ["Nya SIP", 47])
    path = folder / "Uppföljning.xlsx"
    book.save(path)
    return Town("gransjo", path, expected, {})


def hallby(folder: Path) -> Town:
    """A long list with a row for each month, unit and measure; the units are to be added."""
    book, sheet = new("Data")
    put(sheet, 1, 1, ["Period", "Enhet", "Vad", "Antal"])
    expected: Expected = {}
    row = 2
    for at in range(6):
        for line, (words, measure) in enumerate({"SIP-möten": "SIP04", "Upprättad SIP": "SIP08"}.items()):
            parts = numbers(at + line * 9, 2)
            for unit, n in zip(["Öster", "Väster"], parts, strict=True):
                put(sheet, row, 1, [f"{2026}-{at + 1:02d}", unit, words, str(n)])
                row += 1
            expected[f"{measure}/{month(at + 1)}"] = sum(parts)
    path = folder / "hällby utdrag.xlsx"
    book.save(path)
    return Town("hallby", path, expected, {"flera gånger": "sum"})


def idala(folder: Path) -> Town:
    """Words among the numbers, a broken formula, a hidden small number, uncomputed formulas, real dates as months."""
    from datetime import date

    book, sheet = new("2026")
    put(sheet, 1, 1, ["Idala", None, None, None, None, None])
    put(sheet, 2, 1, ["", *[date(2026, at, 1) for at in range(1, 6)], "Totalt"])
    put(sheet, 3, 1, ["Antal kallelser", 4, "12 st", "≈ 9", "#REF!", 8, "=SUM(B3:F3)"])
    sheet["E3"].data_type = "e"
    put(sheet, 4, 1, ["Genomförda SIP-möten", 5, 11, "<5", 7, "6", "=SUM(B4:F4)"])
    put(sheet, 5, 1, ["Uppföljda", "saknas", 3, 2, 2, 4, "=SUM(B5:F5)"])
    put(sheet, 8, 1, ["* Siffrorna är preliminära."])
    path = folder / "idala.xlsx"
    book.save(path)
    expected: Expected = {
        "SIP03/2026-01": 4, "SIP03/2026-02": 12, "SIP03/2026-03": "≈ 9", "SIP03/2026-05": 8,
        **months("SIP04", [5, 11]), "SIP04/2026-03": "saknas", "SIP04/2026-04": 7, "SIP04/2026-05": 6,
        "SIP10/2026-01": "saknas", "SIP10/2026-02": 3, "SIP10/2026-03": 2, "SIP10/2026-04": 2, "SIP10/2026-05": 4,
    }  # fmt: skip
    return Town("idala", path, expected, {"#REF!": "-", "dolt antal": "saknas"})


def jonsered(folder: Path) -> Town:
    """Two tables side by side with months of their own, own names, and a title that was copied from last year."""
    book, sheet = new("Blad1")
    put(sheet, 1, 1, ["SIP-statistik 2025"])
    put(sheet, 3, 1, ["Månad", "Möten enligt SIP", None, "Månad", "Nya planer", "Planer vid årets slut"])
    meetings, plans, cost = numbers(6, 8), numbers(12, 8), numbers(18, 8)
    for at in range(12):
        now = at < 8
        line = [MONTHS[at], meetings[at] if now else 0, None, MONTHS[at], plans[at] if now else None]
        put(sheet, 4 + at, 1, [*line, cost[at] if now else None])
    put(sheet, 16, 1, ["Totalt", sum(meetings), None, "Totalt", sum(plans)])
    path = folder / "SIP-statistik 2026.xlsx"
    book.save(path)
    expected = months("SIP04", meetings) | months("SIP08", plans)
    answers = {"Vilket år": "2026", "Möten enligt": "SIP04", "Nya planer": "SIP08", "Planer vid": "-"}
    return Town("jonsered", path, expected, answers)


TOWNS: tuple[Callable[[Path], Town], ...] = (
    alvik, bruksby, celle, dalum, ekerum, forsby, gransjo, hallby, idala, jonsered,
)  # fmt: skip
