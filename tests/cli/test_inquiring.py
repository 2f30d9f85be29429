"""units, ask, take-answer and inquiries."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Command
from tests.services.answering import fill_in

ASKED = ("--period", "2026-T2")


def ask(command: Command, edet: Path, folder: Path) -> list[Path]:
    assert command("units", edet, "--add", "Norr", "Söder").code == 0
    assert command("ask", edet, *ASKED, "--out", folder).code == 0
    return sorted(folder.glob("*.xlsx"))


def test_units_are_added_shown_and_ended(command: Command, edet: Path) -> None:
    assert command("units", edet, "--add", "Norr", "Söder").out == "Norr\nSöder\n"
    assert command("units", edet, "--end", "norr").out == "Norr (avslutad)\nSöder\n"
    said = command("units", edet, "--end", "Väster")
    assert (said.code, "”Väster” finns inte" in said.err) == (1, True)


def test_answers_go_in_and_the_list_says_who_has_answered(command: Command, edet: Path, tmp_path: Path) -> None:
    north, south = ask(command, edet, tmp_path / "ut")
    answer = fill_in(north, ("SIP04", "maj 2026", 4), ("SIP04", "juni 2026", "saknas"))
    dry = command("take-answer", edet, answer, "--dry-run")
    assert "Svar från Enhetschef Norr för tertial 2 2026: 2 nya." in dry.out
    assert "maj 2026: Genomförda SIP-möten, hela kommunen: tom → 4 Summan gäller 1 av 2 enheter." in dry.out
    assert "Har svarat" not in command("inquiries", edet).out
    said = command("take-answer", edet, answer)
    assert (said.code, said.err) == (0, "")
    assert "Enhetschef Norr: Har svarat" in command("inquiries", edet, *ASKED).out
    states = {each["to"]: each["state"] for each in command("inquiries", edet, "--json").json["inquiries"]}
    assert states == {"Enhetschef Norr": "answered", "Enhetschef Söder": "waiting"}
    again = command("take-answer", edet, answer)
    assert (again.code, "är redan inlagt" in again.out) == (0, True)
    other = fill_in(south, ("SIP04", "maj 2026", 3), out=tmp_path / "två.xlsx")
    assert "4 → 7" in command("take-answer", edet, other).out


def test_one_refused_answer_stops_no_other_and_says_where(command: Command, edet: Path, tmp_path: Path) -> None:
    north, south = ask(command, edet, tmp_path / "ut")
    bad = fill_in(north, ("SIP04", "maj 2026", "tolv"), out=tmp_path / "fel.xlsx")
    dashes = fill_in(north, ("SIP04", "maj 2026", "-"), out=tmp_path / "streck.xlsx")
    good = fill_in(south, ("SIP04", "maj 2026", 3), out=tmp_path / "bra.xlsx")
    said = command("take-answer", edet, bad, dashes, good)
    assert said.code == 1
    assert "kolumn maj 2026 på bladet Svara här: ”tolv” är inget heltal" in said.err
    assert "Svaret har ensamma streck" in said.err
    assert "Svar från Enhetschef Söder" in said.out
    assert command("take-answer", edet, dashes, "--dash", "saknas").code == 0


def test_a_figure_for_the_whole_is_replaced_only_when_it_is_said(command: Command, edet: Path, tmp_path: Path) -> None:
    north, _ = ask(command, edet, tmp_path / "ut")
    table = tmp_path / "antal.csv"
    table.write_text("Mått;Period;Antal\nSIP04;2026-05;20\n", encoding="utf-8")
    command("add-table", edet, table, "--kind", "counts")
    answer = fill_in(north, ("SIP04", "maj 2026", 4))
    kept = command("take-answer", edet, answer, "--dry-run")
    assert (kept.code, "ersätts bara med --replace" in kept.err) == (1, True)
    said = command("take-answer", edet, answer, "--replace")
    assert (said.code, said.err) == (0, "")
    assert "SIP04/2026-05: 4 → 5" in command("add-table", edet, one_more(table), "--kind", "counts", "--dry-run").out


def one_more(table: Path) -> Path:
    table.write_text("Mått;Period;Antal\nSIP04;2026-05;5\n", encoding="utf-8")
    return table


def test_only_those_named_are_asked(command: Command, edet: Path, tmp_path: Path) -> None:
    command("units", edet, "--add", "Norr", "Söder")
    said = command("ask", edet, *ASKED, "--out", tmp_path / "ut", "--to", "Enhetschef Norr", "--latest", "2030-01-31")
    assert said.out.endswith("Svar senast 2030-01-31.\n")
    (only,) = (tmp_path / "ut").glob("*.xlsx")
    assert load_workbook(only).worksheets[0]["A1"].value == "Frågor till Enhetschef Norr"
    assert command("ask", edet, *ASKED, "--out", tmp_path / "ut", "--to", "Kungen").code == 1
