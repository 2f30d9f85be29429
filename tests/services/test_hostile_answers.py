"""Answers that cannot be believed: each is refused with its row and column, and nothing of it is stored."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.tabular import TableProblems
from fardplan_desktop.services import activities, answers, inquiries
from fardplan_desktop.services.inquiries import Asked, Colleague
from fardplan_desktop.services.workplace import Workplace
from tests.services.answering import cell_of, fill_in

Spoil = Callable[[Worksheet], None]


@pytest.fixture
def asked(edet: Workplace, tmp_path: Path) -> Asked:
    """A question about two measures and one activity; SIP04 stands on row 12."""
    cafe, _ = activities.add(edet, title="=HYPERLINK(Anhörigcafé)", responsible="Samordnare")
    who = Colleague(to="Samordnare", measures=("SIP04", "SIP12"), activities=(cafe.id,))
    (made,), _ = inquiries.ask(
        edet, period=parse_period("2026-T2"), colleagues=[who], latest=date(2026, 9, 20), folder=tmp_path / "ut"
    )
    return made


def refusal(workplace: Workplace, path: Path) -> str:
    """The sentence; nothing may have been written."""
    head = workplace.store.history_head()
    with pytest.raises(InputProblem) as caught:
        answers.take(workplace, preview=answers.preview(workplace, sheet=answers.read(workplace, path=path)))
    assert workplace.store.history_head() == head
    return caught.value.detail if isinstance(caught.value, TableProblems) else caught.value.sentence


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("maj 2026", "tolv", "Rad {row}, kolumn maj 2026 på bladet Svara här: ”tolv” är inget heltal"),
        ("maj 2026", -3, "är mindre än noll"),
        ("maj 2026", 1.5, "är inget heltal"),
        ("maj 2026", 99_999_999, "större än 9 999 999"),
        ("maj 2026", "=1+1", "Rad {row}, kolumn C på bladet Svara här: Cellen har en formel"),
        ("maj 2026", True, "är inget heltal"),
        ("maj 2026", "640823-3234", "ser ut som ett personnummer"),
        ("Kommentar", "Kalle 19640823-3234", "Rad {row}, kolumn Kommentar på bladet Svara här: Texten innehåller"),
        ("Kommentar", "x" * 4001, "Högst 4000 får plats"),
        ("Kommentar", "Vi har inget att räkna", "hör inte till något antal"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_place(
    edet: Workplace, asked: Asked, heading: str, value: object, said: str
) -> None:
    path = fill_in(asked.workbook, ("SIP04", heading, value))
    row = cell_of(load_workbook(path), "SIP04", heading).row
    sentence = refusal(edet, path)
    assert said.format(row=row) in sentence
    assert "3234" not in sentence


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Status nu", "Nästan klar", "finns inte i listan Status"),
        ("Prognos", "=A1", "Cellen har en formel"),
        ("Nr", 7, "Raden hör inte till frågan"),
        ("Nr", "ett", "Numret är ändrat"),
        ("Nästa steg", "Ring 19640823-3234", "ser ut som ett personnummer"),
    ],
)
def test_an_activitys_row_that_cannot_be_is_refused(
    edet: Workplace, asked: Asked, heading: str, value: object, said: str
) -> None:
    path = fill_in(asked.workbook, ("1", "Kommentar", "Går bra"))
    sentence = refusal(edet, fill_in(path, ("1", heading, value)))
    assert said in sentence
    assert "på bladet Aktiviteter" in sentence


def spoiled(asked: Asked, spoil: Spoil) -> Path:
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", 4))
    book = load_workbook(path)
    spoil(book.worksheets[0])
    book.save(path)
    return path


def heading_row(sheet: Worksheet) -> int:
    return next(row for row in range(1, 30) if sheet.cell(row, 1).value == "Kod")


def rename(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet), 3).value = "majj"


def take_away(sheet: Worksheet) -> None:
    sheet.delete_cols(7)


def lose_headings(sheet: Worksheet) -> None:
    sheet.title = "Antal"
    sheet.delete_rows(heading_row(sheet))


def twice(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet) + 2, 1).value = "SIP04"


def foreign(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet) + 2, 1).value = "SIP01"
    sheet.cell(heading_row(sheet) + 2, 3).value = 4


def in_a_locked_cell(sheet: Worksheet) -> None:
    row = heading_row(sheet) + 2
    sheet.cell(row, 3).value = 12  # SIP12 is a stock: asked for in August alone.


def beside(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet) + 1, 30).value = "se bilaga"


def under(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet) + 8, 3).value = 5


def merged(sheet: Worksheet) -> None:
    row = heading_row(sheet) + 1
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)


def other_period(sheet: Worksheet) -> None:
    sheet.cell(heading_row(sheet), 3).value = "maj 2025"


def mistyped_number(sheet: Worksheet) -> None:
    cell = next(sheet.cell(row, 2) for row in range(1, 20) if sheet.cell(row, 1).value == "Frågans nummer")
    cell.value = str(cell.value)[:-1] + ("0" if str(cell.value)[-1] != "0" else "1")


def mistyped_control(sheet: Worksheet) -> None:
    cell = next(sheet.cell(row, 2) for row in range(1, 20) if sheet.cell(row, 1).value == "Kontroll")
    cell.value = "0000-0000"


def no_number(sheet: Worksheet) -> None:
    cell = next(sheet.cell(row, 2) for row in range(1, 20) if sheet.cell(row, 1).value == "Frågans nummer")
    cell.value = None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (rename, "Rubriken är ändrad"),
        (take_away, "Kolumnen finns inte kvar"),
        (lose_headings, "Rubrikerna finns inte kvar"),
        (twice, "Raden står två gånger"),
        (foreign, "SIP01 hör inte till frågan"),
        (in_a_locked_cell, "Måttet efterfrågas inte för maj 2026"),
        (beside, "utanför rutorna"),
        (under, "Raden hör inte till frågan"),
        (merged, "sammanslagen"),
        (other_period, "efterfrågas inte för maj 2025"),
        (mistyped_number, "som inte finns här"),
        (mistyped_control, "äldre fråga"),
        (no_number, "är inget svar på en fråga härifrån"),
    ],
)
def test_a_workbook_that_is_no_longer_the_one_sent_is_refused(
    edet: Workplace, asked: Asked, spoil: Spoil, said: str
) -> None:
    assert said in refusal(edet, spoiled(asked, spoil))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Kontroll;1", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
def test_what_is_no_workbook_is_no_answer(edet: Workplace, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "svar.xlsx"
    path.write_bytes(data)
    assert not answers.is_answer(path)
    with pytest.raises(InputProblem):
        answers.read(edet, path=path)


def test_a_bomb_is_no_answer(edet: Workplace, tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as member:
        for _ in range(151):
            member.write(bytes(1_000_000))
    assert not answers.is_answer(path)
    with pytest.raises(InputProblem, match="för stor"):
        answers.read(edet, path=path)


def test_an_answer_is_recognised_by_what_stands_in_it_and_not_by_its_name(edet: Workplace, asked: Asked) -> None:
    path = fill_in(asked.workbook, ("SIP04", "maj 2026", 4), out=asked.workbook.with_name("Kopia av bok1 (3).bin"))
    assert answers.is_answer(path)
    assert answers.preview(edet, sheet=answers.read(edet, path=path)).inquiry == asked.inquiry
    assert not answers.is_answer(asked.draft)


places = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30)
@given(places)
def test_damaged_bytes_are_refused_with_a_sentence_or_give_the_same_answer(
    edet: Workplace, asked: Asked, spots: list[tuple[float, int]]
) -> None:
    path = asked.workbook.with_name("skadad.xlsx")
    if not path.exists():
        fill_in(asked.workbook, ("SIP04", "maj 2026", 4), out=path)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    for share, byte in spots:
        damaged[int(share * len(whole))] = byte
    path.write_bytes(damaged)
    answers.is_answer(path)
    # A bug would be another exception than one of the world's.
    with contextlib.suppress(WorldError):
        found = answers.preview(edet, sheet=answers.read(edet, path=path))
        assert [each.answer for each in found.lines] == ["4"]
    path.write_bytes(whole)
