"""template and add-table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Command

Table = Callable[[str], Path]

COUNTS = "Mått;Period;Antal\nSIP08;2026-05;4\nSIP04;2026-05;..\n"


@pytest.mark.parametrize("kind", ["activities", "counts", "deviations"])
def test_a_template_is_read_back_as_an_empty_table_once_it_is_filled_in(
    command: Command, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "mall.xlsx"
    assert command("template", "--kind", kind, "--out", file).code == 0
    assert openpyxl.load_workbook(file).active is not None
    again = command("template", "--kind", kind, "--out", file)
    assert (again.code, "Den kan vara ifylld" in again.err) == (1, True)


def test_a_table_is_read_in_and_its_notes_are_shown(command: Command, edet: Path, table: Table) -> None:
    said = command("add-table", edet, table(COUNTS), "--kind", "counts")
    assert said.code == 0
    assert said.out.startswith("2 antal ur tabell.csv lästes in: 2 nya, 0 ändrade, 0 oförändrade.")
    assert "Rad 3, kolumn Antal" in said.out


def test_a_dry_run_lists_what_is_replaced_and_changes_nothing(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table(COUNTS), "--kind", "counts")
    changed = table("Mått;Period;Antal\nSIP08;2026-05;≈ 7\nSIP04;2026-05;3\n")
    said = command("add-table", edet, changed, "--kind", "counts", "--dry-run")
    assert "SIP08/2026-05: 4 → ≈ 7" in said.out
    assert "SIP04/2026-05: saknas → 3" in said.out
    answer = command("add-table", edet, changed, "--kind", "counts", "--dry-run", "--json").json
    assert answer["stored"] is False
    assert answer["replaced_records"][0] == {"id": "SIP08/2026-05", "before": "4", "after": "≈ 7"}
    assert (answer["rows"], answer["new"], answer["replaced"], answer["unchanged"]) == (2, 0, 2, 0)


def test_every_fault_is_named_with_row_and_column(command: Command, edet: Path, table: Table) -> None:
    wrong = table(COUNTS + "SIP99;2026-05;1\nSIP01;2026-13;1\nSIP02;2026-05;1,5\nSIP03;2026-05;x\n")
    said = command("add-table", edet, wrong, "--kind", "counts")
    assert (said.code, said.out) == (1, "")
    for row, column in ((4, "Mått"), (5, "Period"), (6, "Antal"), (7, "Antal")):
        assert f"Rad {row}, kolumn {column}:" in said.err
    problems = command("add-table", edet, wrong, "--kind", "counts", "--json").json["problems"]
    assert [(each["row"], each["column"]) for each in problems] == [
        (4, "Mått"), (5, "Period"), (6, "Antal"), (7, "Antal")
    ]  # fmt: skip


def test_an_unknown_plan_is_made_and_said(command: Command, edet: Path, table: Table) -> None:
    rows = table("Aktivitet;Plan\nAnhörigcafé;Äldreplan\nTelefonkedja;Äldreplan\n")
    assert "Ny plan: Äldreplan\n" in command("add-table", edet, rows, "--kind", "activities").out


def test_a_telephone_number_is_asked_about_and_a_personal_number_is_refused(
    command: Command, edet: Path, table: Table
) -> None:
    rows = table("Aktivitet;Mål\nAnhörigcafé;Ring 0520-65 95 00\nTelefonkedja;Alla nås\n")
    assert "i 1 av raderna" in command("add-table", edet, rows, "--kind", "activities").out
    said = command("add-table", edet, table("Aktivitet;Mål\nCafé;Ring 19121212-1212\n"), "--kind", "activities")
    assert (said.code, "Texten är inte sparad." in said.err, "1212" in said.err) == (1, True, False)


def test_another_length_of_period_asks_for_replace(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table(COUNTS), "--kind", "counts")
    whole = table("Mått;Period;Antal\nSIP08;2026-T2;12\n")
    dry = command("add-table", edet, whole, "--kind", "counts", "--dry-run")
    assert (dry.code, "SIP08/2026-05" in dry.out, "--replace" in dry.err) == (1, True, True)
    assert command("add-table", edet, whole, "--kind", "counts").code == 1
    assert command("add-table", edet, whole, "--kind", "counts", "--replace").code == 0


def test_a_missing_file_is_a_sentence(command: Command, edet: Path, tmp_path: Path) -> None:
    said = command("add-table", edet, tmp_path / "saknas.csv", "--kind", "population")
    assert (said.code, said.out) == (1, "")
    assert "saknas.csv" in said.err


def test_the_wrong_file_does_not_fill_the_screen(command: Command, edet: Path, table: Table) -> None:
    file = table("Period;Mått;Antal\n" + "2026-05;X;1\n" * 70)
    said = command("add-table", edet, file, "--kind", "counts")
    assert said.err.count("Rad ") == 50
    assert "… och 20 fel till." in said.err
    assert len(command("add-table", edet, file, "--kind", "counts", "--json").json["problems"]) == 70


FOREIGN = "SIP 2026;jan;feb;Summa\nAntal SIP-möten;3;4;8\nUpprättade SIP;2;1;3\n"


def test_a_sheet_of_another_make_is_shown_and_read_in(command: Command, edet: Path, table: Table) -> None:
    said = command("add-table", edet, table(FOREIGN), "--kind", "counts", "--dry-run")
    assert said.code == 0
    assert "Antal SIP-möten (jan–feb 2026 · 2 rutor): SIP04 Genomförda SIP-möten" in said.out
    assert "D2: summan för ”Antal SIP-möten” är 8, men perioderna ger 7." in said.out
    assert "4 antal ur tabell.csv går att läsa in: 4 nya" in said.out
    assert "lästes in: 4 nya" in command("add-table", edet, table(FOREIGN), "--kind", "counts").out
    answer = command("add-table", edet, table(FOREIGN), "--kind", "counts", "--dry-run", "--json").json
    assert (answer["stored"], answer["unchanged"]) == (False, 4)


def test_what_has_to_be_chosen_is_refused_with_a_sentence(command: Command, edet: Path, table: Table) -> None:
    said = command("add-table", edet, table(FOREIGN + "Nya samtal;1;1;2\n"), "--kind", "counts")
    assert said.code == 1
    assert "Nya samtal (jan–feb 2026 · 2 rutor): behöver väljas" in said.out
    assert "1 sak behöver väljas. B4: Nya samtal." in said.err
