"""The timeline and the reminders as files, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

PLAN = "Aktivitet;Ansvarig;Slut;Status\nRutin för SIP;MAS;2026-12-31;Pågår\n"
COMMANDS = pytest.mark.parametrize(
    ("name", "file", "start"), [("timeline", "ut.pdf", b"%PDF"), ("reminders", "ut.ics", b"BEGIN:VCALENDAR")]
)


@pytest.fixture
def planned(command: Command, edet: Path, tmp_path: Path) -> Path:
    table = tmp_path / "plan.csv"
    table.write_text(PLAN, encoding="utf-8")
    command("add-table", edet, table, "--kind", "activities")
    return edet


@COMMANDS
def test_the_file_is_written_and_the_same_day_gives_the_same_bytes(
    command: Command, planned: Path, tmp_path: Path, name: str, file: str, start: bytes
) -> None:
    out = tmp_path / file
    said = command(name, planned, "--out", out, "--as-of", "2026-09-14")
    assert (said.code, said.out) == (0, f"{out} är sparad.\n")
    first = out.read_bytes()
    assert first.startswith(start)
    command(name, planned, "--out", out, "--as-of", "2026-09-14")
    assert out.read_bytes() == first


@COMMANDS
def test_a_store_is_never_written_over(command: Command, planned: Path, name: str, file: str, start: bytes) -> None:
    before = planned.read_bytes()[:16]
    assert command(name, planned, "--out", planned).code == 1
    assert planned.read_bytes()[:16] == before


def test_a_year_that_is_none_is_said(command: Command, planned: Path, tmp_path: Path) -> None:
    told = command("timeline", planned, "--out", tmp_path / "ut.pdf", "--year", "20266")
    assert (told.code, told.err) == (1, "År 20266 finns inte i någon plan. Ange ett år från 2000 till 2100.\n")
    said = command("timeline", planned, "--out", tmp_path / "ut.pdf", "--year", "i fjol")
    assert said.code == 2
    assert "”i fjol” är inget heltal." in said.err


def test_the_calendar_holds_the_activity_s_last_day(command: Command, planned: Path, tmp_path: Path) -> None:
    command("reminders", planned, "--out", tmp_path / "ut.ics")
    text = (tmp_path / "ut.ics").read_text(encoding="utf-8")
    assert "SUMMARY:Klar senast: Rutin för SIP" in text
    assert "MAS" not in text
