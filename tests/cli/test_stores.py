"""new, demo, check, undo, history."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command

Table = Callable[[str], Path]


@pytest.mark.parametrize(
    ("code", "name"), [("1462", "Lilla Edets kommun"), ("fyrbodal", "Vårdsamverkan Fyrbodal"), ("14", "Länsgemensam")]
)
def test_a_store_is_made_for_any_of_the_three_levels(command: Command, tmp_path: Path, code: str, name: str) -> None:
    said = command("new", tmp_path / "lager.fardplan", "--organisation", code)
    assert said.code == 0
    assert name in said.out


def test_with_a_passphrase_the_key_is_made_at_once(command: Command, tmp_path: Path, passphrase: Path) -> None:
    store = tmp_path / "ed.fardplan"
    said = command("new", store, "--organisation", "1462", "--passphrase-file", passphrase, "--practice")
    code = re.search(r"Kontrollkod: ((?:\d{5} ?){6})\n", said.out)
    assert code is not None
    shown = command("card", store, "--out", tmp_path / "kort.nyckelkort")
    assert shown.out.strip() == code[1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--organisation", "1280"], "”1280” finns inte i mått och listor."),
        (["--organisation", "1462", "--passphrase-file", "saknas.txt"], "saknas.txt går inte att läsa."),
    ],
)
def test_what_cannot_be_made_leaves_no_file(command: Command, tmp_path: Path, given: list[str], sentence: str) -> None:
    store = tmp_path / "x.fardplan"
    said = command("new", store, *given)
    assert said.code == 1
    assert sentence in said.err
    assert not store.exists()


def test_a_short_passphrase_makes_no_store(command: Command, tmp_path: Path) -> None:
    short = tmp_path / "kort.txt"
    short.write_text("tretton tecken"[:13] + "\n")
    said = command("new", tmp_path / "x.fardplan", "--organisation", "1462", "--passphrase-file", short)
    assert (said.code, "för kort" in said.err, (tmp_path / "x.fardplan").exists()) == (1, True, False)


def test_an_existing_file_is_never_overwritten(command: Command, edet: Path) -> None:
    before = edet.read_bytes()
    said = command("new", edet, "--organisation", "1461")
    assert (said.code, "finns redan" in said.err) == (1, True)
    assert edet.read_bytes() == before


def test_check_says_whole_or_what_is_broken(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table("Mått;Period;Antal\nSIP08;2026-05;4\n"), "--kind", "counts")
    assert "är helt" in command("check", edet).out
    assert command("check", edet, "--json").json == {"whole": True, "entries": 1}
    with sqlite3.connect(edet) as connection:
        connection.execute("DROP TRIGGER history_is_append_only")
        connection.execute("UPDATE history SET label = 'annat'")
    connection.close()
    for said in (command("check", edet), command("check", edet, "--json")):
        assert said.code == 1
    assert command("check", edet, "--json").json["whole"] is False


def test_undo_takes_back_one_step_and_says_which(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table("Mått;Period;Antal\nSIP08;2026-05;4\n"), "--kind", "counts")
    assert command("undo", edet).out == "Ångrat: 1 antal ur tabell.csv\n"
    said = command("undo", edet)
    assert (said.code, said.err) == (1, "Det finns inget att ångra.\n")


def test_history_is_newest_first(command: Command, edet: Path, table: Table) -> None:
    command("add-table", edet, table("Mått;Period;Antal\nSIP08;2026-05;4\nSIP01;2026-05;9\n"), "--kind", "counts")
    command("undo", edet)
    entries = command("history", edet, "--json").json["entries"]
    assert [each["nr"] for each in entries] == [4, 3, 2, 1]
    assert [each["act"] for each in entries] == ["undo", "undo", "edit", "edit"]
    assert set(entries[0]) == {"nr", "at", "who", "act", "label", "record"}
    assert command("history", edet, "--limit", "1").out.count("\n") == 1


def test_a_text_is_erased_from_the_record_and_its_history(command: Command, edet: Path, table: Table) -> None:
    text = "Grannen till fiskaffären"
    rows = f"Mått;Period;Antal;Kommentar\nSIP08;2026-05;4;{text}\n"
    assert command("add-table", edet, table(rows), "--kind", "counts").code == 0
    record = command("history", edet, "--json").json["entries"][0]["record"]
    assert "Skulle rensas: Kommentaren" in command("erase", edet, record, "--dry-run").out
    assert text.encode() in edet.read_bytes()
    said = command("erase", edet, record)
    assert (said.code, said.err) == (1, "Skälet saknas. Skriv varför uppgiften rensas.\n")
    said = command("erase", edet, record, "--reason", "Gick att känna igen", "--function", "Dataskyddsombud")
    assert (said.code, said.out.splitlines()[0]) == (0, "Rensat: Kommentaren. Poster i historiken: 1.")
    assert text.encode() not in edet.read_bytes()
    assert command("check", edet).code == 0
    said = command("undo", edet)
    assert (said.code, "uppgiften är rensad" in said.err) == (1, True)


def test_a_demo_is_made_in_a_new_folder_only(command: Command, tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("kvar")
    said = command("demo", tmp_path)
    assert (said.code, "innehåller redan något" in said.err) == (1, True)
    said = command("demo", tmp_path / "län", "--years", "9")
    assert (said.code, "1–3 år" in said.err) == (1, True)


def test_a_demo_says_what_it_made(command: Command, tmp_path: Path) -> None:
    said = command("demo", tmp_path / "län", "--years", "1", "--seed", "3")
    assert said.code == 0
    assert "147 förseglade paket" in said.out
    assert "påhittade" in said.out
    assert (tmp_path / "län" / "fardplan_1462.fardplan").exists()


@pytest.mark.parametrize("command_and_choices", [["card"], ["report", "--kind", "meeting", "--period", "2026-T2"]])
def test_what_is_saved_never_takes_the_place_of_something_else(
    command: Command, tmp_path: Path, passphrase: Path, command_and_choices: list[str]
) -> None:
    store = tmp_path / "ed.fardplan"
    command("new", store, "--organisation", "1462", "--passphrase-file", passphrase)
    name, *choices = command_and_choices
    said = command(name, store, *choices, "--out", store)
    assert said.code == 1
    assert "ed.fardplan finns redan och är något annat." in said.err
    assert command("check", store).code == 0
    for _ in range(2):  # Its own kind is replaced.
        assert command(name, store, *choices, "--out", tmp_path / "ny").code == 0


def test_a_history_is_never_longer_than_it_is(command: Command, edet: Path) -> None:
    assert command("history", edet, "--limit", 10**30).code == 0
