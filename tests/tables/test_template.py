"""The workbook that is handed out: what is filled in comes back, and nothing in it depends on the day it was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState, Population
from fardplan_desktop.domain.tabular import ActivityDraft, DeviationDraft, TableContent, TableKind
from fardplan_desktop.tables.columns import COLUMNS
from fardplan_desktop.tables.kinds import read_table
from fardplan_desktop.tables.template import LISTS, write_template
from fardplan_desktop.tables.values import choices

Cells = dict[str, str | int | date]


def _filled(kind: TableKind, book: CodeBook, folder: Path, *rows: Cells) -> TableContent:
    """What is read back when a colleague has filled these rows in."""
    path = folder / "mall.xlsx"
    write_template(kind, book, path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, cells in enumerate(rows, start=2):
        for heading, value in cells.items():
            sheet.cell(number, places[heading], value)
    workbook.save(path)
    return read_table(path, kind, book)


@pytest.mark.parametrize("kind", TableKind)
def test_an_unfilled_template_is_read_as_no_rows(kind: TableKind, book: CodeBook, tmp_path: Path) -> None:
    assert _filled(kind, book, tmp_path).size == 0


@pytest.mark.parametrize("kind", TableKind)
def test_the_same_code_book_gives_the_same_bytes(kind: TableKind, book: CodeBook, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(kind, book, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_counts_come_back_as_they_were_filled_in(book: CodeBook, tmp_path: Path) -> None:
    (breakdown, *_) = book.measure("SIP08").breakdowns
    value = book.list(breakdown).codes[0]
    content = _filled(
        TableKind.COUNTS,
        book,
        tmp_path,
        {
            "Mått": choices(book, "measures").offered[7],
            "Period": date(2026, 5, 1),
            "Antal": 14,
            "Kommentar": "Påhittad",
        },
        {
            "Mått": "SIP08",
            "Period": "2026-05",
            "Fördelning": book.list(breakdown).label,
            "Värde": value.label,
            "Antal": 0,
        },
        {"Mått": "SIP09", "Period": "2026-T2", "Antal": "-"},
        {"Mått": "SIP10", "Period": "2026-T2", "Antal": 3, "Uppskattat": "Ja"},
        {"Mått": "SIP11", "Period": "2026-T2"},
    )
    assert content.counts == (
        Count(measure="SIP08", period="2026-05", n=14, comment="Påhittad"),
        Count(measure="SIP08", period="2026-05", breakdown=breakdown, value=value.id, n=0),
        Count(measure="SIP09", period="2026-T2", state=CountState.MISSING),
        Count(measure="SIP10", period="2026-T2", state=CountState.ESTIMATED, n=3),
    )


def test_an_activity_comes_back_as_it_was_filled_in(book: CodeBook, tmp_path: Path) -> None:
    cells: Cells = {
        "Aktivitet": "Påhittad",
        "Arbetssätt": choices(book, "methods").offered[3],
        "Ansvarig funktion": "MAS",
    }
    cells |= {"Klar senast": date(2026, 12, 31), "Status": "Pågår", "Andel klar": 25, "Mål": "'=1+1"}
    assert _filled(TableKind.ACTIVITIES, book, tmp_path, cells).activities == (
        ActivityDraft(
            row=2, title="Påhittad", method="A4", responsible="MAS",
            end=date(2026, 12, 31), status="pagar", percent=25, goal="=1+1",
        ),
    )  # fmt: skip


def test_every_code_that_a_template_offers_comes_back_as_its_id(book: CodeBook, tmp_path: Path) -> None:
    columns = [
        column for column in COLUMNS[TableKind.DEVIATIONS] if column.list_id and choices(book, column.list_id).ids
    ]
    cells: Cells = {column.heading: choices(book, column.list_id).offered[-1] for column in columns}
    cells |= {"Månad": "2026-05", "Sammanfattning": "Påhittat"}
    (found,) = _filled(TableKind.DEVIATIONS, book, tmp_path, cells).deviations
    assert isinstance(found, DeviationDraft)
    for column in columns:
        value = getattr(found, column.field)
        assert (value[0] if isinstance(value, tuple) else value) == book.list(column.list_id).codes[-1].id


def test_population_comes_back_as_it_was_filled_in(book: CodeBook, tmp_path: Path) -> None:
    cells: Cells = {"Kommunkod": 1462, "År": 2025, "Folkmängd": 13500, "Källa": "Påhittad"}
    assert _filled(TableKind.POPULATION, book, tmp_path, cells).population == (
        Population(municipality="1462", year=2025, inhabitants=13500, source="Påhittad"),
    )


@pytest.mark.parametrize("kind", TableKind)
def test_headings_are_frozen_and_each_has_a_note(kind: TableKind, book: CodeBook, tmp_path: Path) -> None:
    write_template(kind, book, tmp_path / "mall.xlsx")
    sheet = load_workbook(tmp_path / "mall.xlsx").worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS[kind]]
    for cell, column in zip(sheet[1], COLUMNS[kind], strict=True):
        assert cell.comment is not None
        assert column.note in cell.comment.text


def test_the_lists_stand_openly_with_what_counts_and_what_does_not(book: CodeBook, tmp_path: Path) -> None:
    write_template("counts", book, tmp_path / "mall.xlsx")
    sheet = load_workbook(tmp_path / "mall.xlsx")[LISTS]
    assert sheet.sheet_state == "visible"
    rows = [
        dict(zip((cell.value for cell in sheet[1]), values, strict=True))
        for values in sheet.iter_rows(2, values_only=True)
    ]
    for row, measure in zip(rows, book.measures, strict=False):
        assert row["Mått"] == f"{measure.id} {measure.label}"
        assert row["Definition"] == measure.definition
        assert row["Räknas"] == "\n".join(measure.counted)
        assert row["Räknas inte"] == "\n".join(measure.not_counted)


@pytest.mark.parametrize("kind", [TableKind.ACTIVITIES, TableKind.COUNTS, TableKind.DEVIATIONS])
def test_each_column_with_a_list_offers_exactly_that_list(kind: TableKind, book: CodeBook, tmp_path: Path) -> None:
    write_template(kind, book, tmp_path / "mall.xlsx")
    workbook = load_workbook(tmp_path / "mall.xlsx")
    sheet = workbook.worksheets[0]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        heading = sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value
        if rule.formula1.startswith(LISTS):
            cells = workbook[LISTS][rule.formula1.partition("!")[2].replace("$", "")]
            offered[heading] = tuple(cell.value for (cell,) in cells)
    columns = [column for column in COLUMNS[kind] if column.list_id and column.holds.value == "code"]
    wanted = {column.heading: choices(book, column.list_id).offered for column in columns}
    assert {heading: offered.get(heading, ()) for heading in wanted} == wanted


def test_a_place_that_cannot_be_written_to_is_told(book: CodeBook, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="går inte att spara"):
        write_template("counts", book, tmp_path / "finns inte" / "mall.xlsx")
