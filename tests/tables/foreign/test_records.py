"""Plans and exports of deviations with headings and code words of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fardplan_desktop.domain.sheets import Answers, Asked, AskedKind, Sure, Understanding
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.tables.foreign.book import pasted_book, read_book
from fardplan_desktop.tables.foreign.records import understand_records
from fardplan_desktop.tables.foreign.words import Lexicon

EXPORT = (
    "Statistikuttag avvikelser, påhittade ärenden\n"
    "Uttaget 2026-09-02\n"
    "\n"
    "Ärendenummer\tHändelsedatum\tRapporterande enhet\tMottagande verksamhet\tHändelsetyp\t"
    "Allvarlighetsgrad\tIntern kod\n"
    "MC-1001\t2026-05-03 14:22\tHemvården\tVårdcentralen\tBristande information\t2 – Måttlig\tX1\n"
    "MC-1002\t2026-05-09\tHemvården\tSjukhus\tLäkemedel\t3\tX2\n"
    "MC-1002\t2026-05-09\tHemvården\tSjukhus\tLäkemedel\t3\tX2\n"
    "MC-1003\t1/6 2026\tLSS\tVC\tBristande information\t1\tX1\n"
    "Totalt\t4\n"
)
RIGHT = {
    "Intern kod": "-", "Riktning": "kommun-region", "”Hemvården”": "vard-och-omsorg",
    "”Bristande information”": "informationsoverforing", "”Sjukhus”": "sjukhus-somatik",
}  # fmt: skip
PLAN = (
    "Handlingsplan god och nära vård 2026\n"
    "\n"
    "Mål\tAktivitet\tAnsvarig\tTidplan\tLäget\n"
    "Trygg hemgång\tRutin för utskrivning\tMAS\t2026-12-31\tPågående\n"
    "\tUtbilda i SIP\tEnhetschef\tQ3 2026\tKlart\n"
    "\n"
    "Uppdaterad av styrgruppen\n"
)


def read(text: str, kind: TableKind, lexicon: Lexicon, answers: Answers | None = None) -> Understanding:
    found = understand_records(pasted_book(text), kind, lexicon, answers or Answers())
    assert found is not None
    return found


def right(asked: Asked) -> str:
    return next(answer for words, answer in RIGHT.items() if words in asked.words)


def answered(text: str, lexicon: Lexicon, **more: str) -> Understanding:
    """The export with every question answered right."""
    chosen = dict(more)
    found = read(text, TableKind.DEVIATIONS, lexicon, Answers(chosen))
    while found.waiting:
        chosen[found.waiting[0].key] = right(found.waiting[0])
        found = read(text, TableKind.DEVIATIONS, lexicon, Answers(chosen))
    return found


def test_an_export_is_mapped_and_only_what_is_strange_is_asked(lexicon: Lexicon) -> None:
    found = read(EXPORT, TableKind.DEVIATIONS, lexicon)
    assert {asked.words: asked.answer for asked in found.asked if asked.sure is Sure.KNOWN} == {
        "Ärendenummer": "reference", "Händelsedatum": "month", "Rapporterande enhet": "reporter",
        "Mottagande verksamhet": "counterpart", "Händelsetyp": "category", "Allvarlighetsgrad": "severity",
    }  # fmt: skip
    assert [asked.kind for asked in found.waiting] == [
        AskedKind.COLUMN, AskedKind.EVERY, AskedKind.CODE, AskedKind.CODE, AskedKind.CODE
    ]  # fmt: skip
    assert found.content is None


def test_answers_make_drafts_each_reference_once(lexicon: Lexicon) -> None:
    found = answered(EXPORT, lexicon)
    assert found.content is not None
    drafts = {draft.reference: draft for draft in found.content.deviations}
    assert list(drafts) == ["MC-1001", "MC-1002", "MC-1003"]
    first = drafts["MC-1001"]
    assert (first.month, first.category, first.severity, first.counterpart, first.direction) == (
        "2026-05", "informationsoverforing", "mattlig", "vardcentral", "kommun-region"
    )  # fmt: skip
    assert drafts["MC-1003"].month == "2026-06"
    assert "1 rad upprepar en annan rad och är inte med." in found.notes


def test_a_reference_with_two_contents_is_asked_about(lexicon: Lexicon) -> None:
    unlike = EXPORT.replace("Läkemedel\t3\tX2\nMC-1003", "Läkemedel\t4\tX2\nMC-1003")
    found = answered(unlike, lexicon, again="last")
    assert found.content is not None
    assert [draft.severity for draft in found.content.deviations] == ["mattlig", "katastrofal", "mindre"]
    asked = [each for each in found.asked if each.kind is AskedKind.SAME]
    assert "rad 6 och 7" in asked[0].words


@pytest.mark.parametrize(("answer", "rows"), [("rows", 2), ("texts", 3)])
def test_a_personal_number_is_never_taken_and_its_row_is_named(lexicon: Lexicon, answer: str, rows: int) -> None:
    told = EXPORT.replace("Allvarlighetsgrad\tIntern kod", "Allvarlighetsgrad\tBeskrivning")
    told = told.replace("\tX2", "\tFel dos till 19121212-1212").replace("\tX1", "\tIngen kallelse")
    found = read(told, TableKind.DEVIATIONS, lexicon)
    (asked,) = [each for each in found.asked if each.kind is AskedKind.PERSONAL]
    assert "rad 6, 7" in asked.words
    assert "1212" not in "".join(each.words + each.detail for each in found.asked)
    content = answered(told, lexicon, personal=answer).content
    assert content is not None
    assert len(content.deviations) == rows
    assert not any("1212" in (draft.description or "") for draft in content.deviations)


def test_an_empty_cell_that_every_deviation_needs_is_asked_about(lexicon: Lexicon) -> None:
    gap = EXPORT.replace("VC\tBristande information\t1", "VC\t\t1")
    waiting = read(gap, TableKind.DEVIATIONS, lexicon).waiting
    assert [each.detail for each in waiting if each.words == "Kategori: tom cell"] == ["1 rad"]


def test_a_plan_with_words_of_its_own_goes_in_without_a_question(lexicon: Lexicon) -> None:
    found = read(PLAN, TableKind.ACTIVITIES, lexicon)
    assert found.waiting == ()
    assert found.content is not None
    first, second = found.content.activities
    assert (first.title, first.responsible, first.end, first.status, first.goal) == (
        "Rutin för utskrivning", "MAS", date(2026, 12, 31), "pagar", "Trygg hemgång"
    )  # fmt: skip
    assert (second.end, second.status) == (date(2026, 9, 30), "klar")
    assert found.notes == ("Inte med, summor, rubriker och anmärkningar: rad 7.",)


def test_a_time_that_is_no_day_is_asked_about_and_not_guessed(lexicon: Lexicon) -> None:
    (asked,) = read(PLAN.replace("Q3 2026", "hösten 2026"), TableKind.ACTIVITIES, lexicon).waiting
    assert asked.kind is AskedKind.CELL
    assert "hösten 2026" in asked.words


def test_a_date_that_may_be_american_is_asked_about_unless_another_tells(lexicon: Lexicon) -> None:
    american = EXPORT.replace("2026-05-03 14:22", "5/3/2026 14:22")
    (asked,) = [each for each in read(american, TableKind.DEVIATIONS, lexicon).asked if each.kind is AskedKind.CELL]
    assert "”5/3/2026 14:22” kan läsas på två sätt" in asked.words
    content = answered(american.replace("2026-05-09", "13/5/2026"), lexicon).content
    assert content is not None
    assert [each.month for each in content.deviations] == ["2026-03", "2026-05", "2026-06"]


def test_two_columns_that_may_be_the_title_are_not_both_taken(lexicon: Lexicon) -> None:
    found = read(PLAN.replace("Mål\t", "Åtgärd\t"), TableKind.ACTIVITIES, lexicon)
    assert [(asked.words, asked.answer) for asked in found.waiting] == [("Åtgärd", "")]
    assert {asked.words: asked.answer for asked in found.asked}["Aktivitet"] == "title"


def test_headings_between_and_merged_first_columns_are_understood(tmp_path: Path, lexicon: Lexicon) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Område", "Mål", "Aktivitet", "Ansvarig"],
        ["Del 1: Trygg vård"],
        ["Hemgång", "Trygghet", "Rutin", "MAS"],
        [None, None, "Utbildning", "Chef"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "plan.xlsx")
    answers = Answers({"column:område": "-"})
    found = understand_records(read_book(tmp_path / "plan.xlsx"), TableKind.ACTIVITIES, lexicon, answers)
    assert found is not None
    assert found.content is not None
    assert [(draft.title, draft.goal) for draft in found.content.activities] == [
        ("Rutin", "Trygghet"), ("Utbildning", "Trygghet")
    ]  # fmt: skip


def test_a_sheet_without_known_headings_is_no_table_of_records(lexicon: Lexicon) -> None:
    assert understand_records(pasted_book("Namn\tFärg\nA\tBlå\n"), TableKind.ACTIVITIES, lexicon, Answers()) is None
