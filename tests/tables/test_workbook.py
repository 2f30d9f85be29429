"""Workbooks: Excel's own values, the cells that calamine would lose, and workbooks made to harm."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.tables.foreign.book import read_book
from fardplan_desktop.tables.grid import MAX_CELL, Grid
from fardplan_desktop.tables.read import read_grid
from fardplan_desktop.tables.workbook import MAX_UNPACKED, workbook_sheets

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def _saved(workbook: Workbook, folder: Path) -> Grid:
    workbook.save(folder / "bok.xlsx")
    return read_grid(folder / "bok.xlsx")


def _parts(sheet: str, strings: str = "") -> dict[str, str]:
    """A workbook by hand, with this inside its sheetData."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_NAMESPACE}" xmlns:r="{office}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_NAMESPACE}">'
        f"<sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_NAMESPACE}">{strings}</sst>',
    }


def _packed(folder: Path, parts: dict[str, str]) -> Path:
    path = folder / "bok.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _places(grid: Grid) -> list[tuple[int, int]]:
    return [(fault.row, fault.column) for fault in grid.faults]


def test_numbers_dates_and_truths_are_shown_as_a_swedish_excel_shows_them(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append([14, 12.5, date(2026, 5, 4), datetime(2026, 5, 4, 13, 30), True, "1 234,50", 0])
    assert _saved(workbook, tmp_path).rows == (
        ("14", "12,5", "2026-05-04", "2026-05-04 13:30", "SANT", "1 234,50", "0"),
    )


def test_rows_and_columns_keep_their_numbers_when_a_sheet_begins_far_in(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["C4"] = "x"
    grid = _saved(workbook, tmp_path)
    assert grid.rows[3][2] == "x"
    assert not any(map(any, grid.rows[:3]))


def test_only_the_first_sheet_is_read(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["A1"] = "först"
    workbook.create_sheet("Listor")["A1"] = "sedan"
    assert _saved(workbook, tmp_path).rows == (("först",),)


def test_every_sheet_can_be_read_with_its_name_and_formulas(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["A1"] = "först"
    workbook.create_sheet("Svar & mer")["B2"] = "=1+1"
    written = io.BytesIO()
    workbook.save(written)
    first, second = workbook_sheets(written.getvalue(), "bok.xlsx", most=2)
    assert [list(row) for row in first.rows] == [["först"]]
    assert (second.name, second.formulas, [fault[:2] for fault in second.faults]) == ("Svar & mer", [(2, 2)], [(2, 2)])


def test_an_error_cell_is_a_fault_and_not_an_empty_cell(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["Antal"])
    workbook.active.append(["#DIV/0!"])
    grid = _saved(workbook, tmp_path)
    assert _places(grid) == [(2, 1)]
    assert "#DIV/0!" in grid.faults[0].what


def test_a_formula_that_was_never_computed_is_a_fault_and_not_an_empty_cell(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["Antal", "x"])
    workbook.active.append(["=1+1", 3])
    grid = _saved(workbook, tmp_path)
    assert _places(grid) == [(2, 1)]
    assert "inget uträknat värde" in grid.faults[0].what


def test_a_formula_with_a_value_gives_the_value_that_excel_saved(tmp_path: Path) -> None:
    sheet = (
        '<row r="1"><c r="A1"><f>6*7</f><v>42</v></c><c r="B1" t="str"><f>IF(A1,"","")</f><v></v></c>'
        '<c r="C1" t="str"><f>"a"</f><v>a</v></c></row>'
    )
    grid = read_grid(_packed(tmp_path, _parts(sheet)))
    assert (grid.rows, grid.faults) == ((("42", "", "a"),), ())


def test_merged_cells_are_a_fault_since_only_the_first_has_a_value(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["Mått"])
    workbook.active["A2"] = "SIP08"
    workbook.active.merge_cells("A2:A4")
    grid = _saved(workbook, tmp_path)
    assert _places(grid) == [(2, 1)]
    assert "sammanslagen" in grid.faults[0].what


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as member:
        for _ in range(MAX_UNPACKED // 1_000_000 + 1):
            member.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(InputProblem, match="Uppackad är den större än 150 MB"):
        read_grid(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = _packed(tmp_path, _parts('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 5_000_000))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert data.count(true_size) == 2
    path.write_bytes(bytes(data).replace(true_size, (500).to_bytes(4, "little")))
    with pytest.raises(InputProblem, match="skadad"):
        read_grid(path)


@pytest.mark.parametrize("reference", ["XFD1", "A1048576", "ZZ9999"])
def test_a_lone_cell_far_away_takes_no_memory(tmp_path: Path, reference: str) -> None:
    path = _packed(tmp_path, _parts(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))
    with pytest.raises(InputProblem, match="för stor"):
        read_grid(path)


def test_many_sheets_that_reach_far_are_refused_together(tmp_path: Path) -> None:
    workbook = Workbook()
    for sheet in (workbook.active, workbook.create_sheet(), workbook.create_sheet()):
        sheet.cell(150_000, 20).value = 1
    path = tmp_path / "bok.xlsx"
    workbook.save(path)
    assert read_grid(path).rows[-1][19] == "1"
    with pytest.raises(InputProblem, match="för många celler tillsammans"):
        read_book(path)


def test_merged_areas_that_cover_each_other_are_refused(tmp_path: Path) -> None:
    merged = '<mergeCells count="2">' + '<mergeCell ref="A1:CV9999"/>' * 200 + "</mergeCells>"
    sheet = '<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="9999"><c r="CV9999"><v>1</v></c></row>'
    parts = _parts(sheet)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        "</sheetData>", f"</sheetData>{merged}"
    )
    with pytest.raises(InputProblem, match="sammanslagna"):
        read_book(_packed(tmp_path, parts))


def test_hidden_rows_and_columns_that_hold_something_are_told(tmp_path: Path) -> None:
    workbook = Workbook()
    for row in (["Blad", "", "jan"], ["SIP", "", 1], ["SIP", "", 2], ["SIP", "", 3]):
        workbook.active.append(row)
    for number in (2, 3, 40):
        workbook.active.row_dimensions[number].hidden = True
    for letters in ("B", "C", "H"):
        workbook.active.column_dimensions[letters].hidden = True
    workbook.save(tmp_path / "bok.xlsx")
    assert read_book(tmp_path / "bok.xlsx").hidden_notes == (
        "Med fast det är dolt i filen: Sheet rad 2–3, Sheet kolumn C.",
    )


def test_one_long_text_shown_in_many_cells_takes_no_memory(tmp_path: Path) -> None:
    cells = "".join(f'<row><c t="s"><v>0</v></c><c t="s"><v>{number % 2}</v></c></row>' for number in range(2_000))
    long = "x" * MAX_CELL
    path = _packed(tmp_path, _parts(cells, f"<si><t>{long}</t></si><si><t>{long}</t></si>"))
    with pytest.raises(InputProblem, match="för lång"):
        read_grid(path)


def test_a_single_cell_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    path = _packed(tmp_path, _parts('<row><c t="s"><v>0</v></c></row>', f"<si><t>{'x' * 10_000_000}</t></si>"))
    with pytest.raises(InputProblem, match="för lång"):
        read_grid(path)


@pytest.mark.parametrize("reference", ["A0", "a1", "1A", "&#65;1\t", "AAAA1"])
def test_a_cell_reference_that_is_none_is_refused(tmp_path: Path, reference: str) -> None:
    with pytest.raises(InputProblem, match="skadad"):
        read_grid(_packed(tmp_path, _parts(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')))


def test_entities_are_refused(tmp_path: Path) -> None:
    parts = _parts('<row r="1"><c r="A1" t="str"><v>&amp;</v></c></row>')
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(_HEAD, f'{_HEAD}<!DOCTYPE x [<!ENTITY a "aaaa">]>')
    with pytest.raises(InputProblem, match="skadad"):
        read_grid(_packed(tmp_path, parts))


@pytest.mark.parametrize("left", [5, 100, 0.5, 0.99])
def test_a_truncated_workbook_is_refused(tmp_path: Path, left: float) -> None:
    workbook = Workbook()
    workbook.active.append(["x"])
    _saved(workbook, tmp_path)
    data = (tmp_path / "bok.xlsx").read_bytes()
    (tmp_path / "bok.xlsx").write_bytes(data[: int(left if left > 1 else len(data) * left)])
    with pytest.raises(InputProblem, match="skadad"):
        read_grid(tmp_path / "bok.xlsx")


@pytest.mark.parametrize("at", range(30, 5000, 331))
def test_a_flipped_byte_gives_the_same_table_or_a_sentence(tmp_path: Path, at: int) -> None:
    workbook = Workbook()
    workbook.active.append(["x", 14])
    whole = _saved(workbook, tmp_path)
    data = bytearray((tmp_path / "bok.xlsx").read_bytes())
    data[at % len(data)] ^= 0xFF
    (tmp_path / "bok.xlsx").write_bytes(data)
    with contextlib.suppress(InputProblem):
        assert read_grid(tmp_path / "bok.xlsx").rows == whole.rows


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path, missing: str) -> None:
    parts = _parts("")
    del parts[missing]
    with pytest.raises(InputProblem, match="går inte att läsa"):
        read_grid(_packed(tmp_path, parts))
