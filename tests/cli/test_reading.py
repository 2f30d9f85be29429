"""What coverage, figures and receive say to a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Command

Table = Callable[[str], Path]


def test_a_municipality_sees_its_numbers_and_how_many_months_they_hold(
    command: Command, edet: Path, table: Table
) -> None:
    rows = "Mått;Period;Antal\nSIP08;2026-05;1400\nSIP08;2026-06;≈ 3\nSIP04;2026-05;-\n"
    command("add-table", edet, table(rows), "--kind", "counts")
    lines = command("figures", edet, "--period", "2026-T2").out.splitlines()
    assert lines[0] == "Lilla Edets kommun, tertial 2 2026"
    assert "SIP08 Upprättade SIP: ≈\u00a01\u202f403 (2 av 4 månader)" in lines
    assert "SIP04 Genomförda SIP-möten: saknas (0 av 4 månader)" in lines
    assert not any("kommuner" in line for line in lines)


def test_the_same_numbers_as_json_are_numbers_and_null(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table("Mått;Period;Antal\nSIP08;2026-05;≈ 3\n"), "--kind", "counts")
    answer = command("figures", edet, "--period", "2026-T2", "--json").json
    by_measure = {each["measure"]: each for each in answer["measures"]}
    assert len(by_measure) == len(answer["measures"]) == 17
    assert (by_measure["SIP08"]["value"], by_measure["SIP08"]["estimated"]) == (3, True)
    assert by_measure["SIP01"]["value"] is None


def test_an_office_without_packages_misses_everyone(command: Command, tmp_path: Path) -> None:
    store = tmp_path / "samla.fardplan"
    command("new", store, "--organisation", "samla")
    said = command("coverage", store, "--period", "2024-T1")
    assert re.search(r"^Lerums kommun: Saknas, \d+ dagar efter sista dagen 2024-05-25\.$", said.out, re.MULTILINE)
    assert "0 av 2 har lämnat in tertial 1 2024. Sista dag 25\xa0maj 2024, " in said.out
    assert "SIP08 Upprättade SIP: saknas (0 av 2 kommuner" in command("figures", store, "--period", "2024-T1").out


def test_an_empty_folder_has_nothing_to_take_in(command: Command, edet: Path, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert command("receive", edet, tmp_path / "tom").out == "Där finns inga paket att läsa in.\n"
    assert command("receive", edet, tmp_path / "tom", "--json").json == {"files": [], "stopped": False}


def test_a_letter_gets_its_sentence_once(command: Command, edet: Path, tmp_path: Path) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text("Hej!")
    said = command("receive", edet, letter)
    assert said.code == 1
    assert said.out.startswith("brev.txt: Fel slags fil. Filen är inget förseglat paket från Färdplan.")


def test_a_file_name_does_not_steer_the_terminal(command: Command, edet: Path) -> None:
    assert command("receive", edet, "ett\x1b[2J\nOK.fardpaket").out.startswith("ett�[2J�OK.fardpaket: ")
