"""The one door: exit codes, Swedish, UTF-8, and no library that the command does not need."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fardplan_desktop.cli import arguments, stores
from fardplan_desktop.host import log
from tests.cli.conftest import Command
from tests.conftest import ROOT, ExpectedLog

COMMANDS = (
    "new", "demo", "check", "undo", "template", "add-table", "rules", "comment", "seal", "reopen", "card", "verify",
    "trust", "senders", "receive", "coverage", "figures", "history", "erase", "report", "self-test", "units", "ask",
    "take-answer", "inquiries", "timeline", "reminders",
    "codebook", "bundle",
    "reclaim",
    "rotate", "revoke", "passphrase",
    "origin",
    "receipts", "feedback", "question", "answer", "questions",
    "joint", "joint-plan", "joint-matrix",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_swedish(command: Command, name: str) -> None:
    said = command(name, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Så här skrivs det: fardplan-desktop {name}")
    for english in ("usage", "positional", "options", "show this", "optional arguments"):
        assert english not in said.out


def test_help_lists_every_command_and_no_other(command: Command) -> None:
    listed = {line.split()[0] for line in command("--help").out.split("KOMMANDO\n")[1].splitlines() if line[4] != " "}
    assert listed == {*COMMANDS}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "Det här saknas: KOMMANDO."),
        (["forsegla"], "Kommandot ”forsegla” finns inte."),
        (["rules"], "Det här saknas: LAGER, --period."),
        (["undo", "x", "y"], "Det här går inte att tolka: y."),
        (["rules", "x", "--period"], "--period behöver ett värde."),
        (["receive", "x"], "Det här saknas: SÖKVÄG."),
        (["check", "x", "--json=ja"], "--json tar inget värde, men fick ”ja”."),
        (["rules", "x", "--period", "maj"], "--period: Perioden ”maj” går inte att tolka."),
        (["demo", "x", "--seed", "ett"], "--seed: ”ett” är inget heltal."),
        (["report", "x", "--period", "2026", "--kind", "meeting", "--out", "y", "--as-of", "i går"], "är inget datum"),
        (["reopen", "x", "--period", "2026-T2", "--reason", "f\udce5l"], "--reason: Texten har tecken som inte går"),
        (["template", "--kind", "money", "--out", "x"], "--kind kan inte vara ”money”. Välj bland activities, counts"),
    ],
)
def test_wrong_use_is_exit_2_and_says_what_in_swedish(command: Command, given: list[str], sentence: str) -> None:
    said = command(*given)
    assert (said.code, said.out) == (2, "")
    usage, _, rest = said.err.partition("fardplan-desktop")
    assert usage == "Så här skrivs det: "
    assert sentence in rest


def test_a_sentence_of_argparse_that_we_do_not_know_is_shown_as_it_is() -> None:
    assert arguments.in_swedish("something new") == "Kommandot går inte att tolka (something new)."


def test_a_failure_in_the_world_is_one_line_without_traceback(command: Command, tmp_path: Path) -> None:
    said = command("check", tmp_path / "saknas.fardplan")
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "given",
    [
        ["check", "x"], ["history", "x"], ["coverage", "x", "--period", "2026-T2"], ["receive", "reclaim", "x", "y"],
        ["figures", "x", "--period", "2026-T2"], ["rules", "x", "--period", "2026-T2"], ["card", "x", "--out", "y"],
        ["verify", "x"], ["verify", "x", "--store", "y"], ["senders", "x"], ["add-table", "x", "y", "--kind", "counts"],
        ["seal", "x", "--period", "2026-T2", "--out", "y", "--passphrase-file", "z"],
    ],
)  # fmt: skip
def test_who_asks_for_json_gets_json_when_refused_too(command: Command, given: list[str]) -> None:
    said = command(*given, "--json")
    assert said.code == 1
    assert "går inte att" in said.json["message"]


def test_a_bug_is_logged_and_said_so(
    command: Command, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog, tmp_path: Path
) -> None:
    def broken(_: Path) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(stores, "opened", broken)
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path))
    expected_log("the command line failed")
    logger = logging.getLogger(log.NAME)
    before = list(logger.handlers)
    said = command("undo", tmp_path / "x")
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Något gick fel i programmet.")
    assert "Traceback" not in said.err
    assert "RuntimeError: inside" in (tmp_path / "fardplan.log").read_text(encoding="utf-8")


def test_ctrl_c_ends_quietly(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stores, "opened", interrupted)
    said = command("undo", tmp_path / "x")
    assert (said.code, said.err) == (1, "Avbrutet.\n")


def python(*given: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *map(str, given)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
    )


@pytest.mark.parametrize(
    "console", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "cp1252"}]
)
def test_what_is_printed_is_utf_8_whatever_the_console_says(console: dict[str, str]) -> None:
    done = python("-m", "fardplan_desktop", "--help", **console)
    assert done.returncode == 0, done.stderr
    assert "Så här skrivs det".encode() in done.stdout
    wrong = python("-m", "fardplan_desktop", "check", "saknas.fardplan", **console)
    assert wrong.stderr.decode("utf-8").rstrip().endswith(".")


def test_verify_loads_neither_the_store_nor_charts_nor_qt(tmp_path: Path) -> None:
    package = tmp_path / "brev.fardpaket"
    package.write_text("inget paket")
    script = (
        "import json, sys; from fardplan_desktop.__main__ import main; code = main(['verify', sys.argv[1], '--json']);"
        "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]), file=sys.stderr)"
    )
    done = python("-c", script, package)
    code, loaded = json.loads(done.stderr)
    assert code == 1
    assert json.loads(done.stdout)["code"] == "E02-MAGIC"
    heavy = {"sqlalchemy", "matplotlib", "PySide6", "reportlab", "openpyxl", "python_calamine", "xlsxwriter"}
    assert heavy & {*loaded} == set()


def test_a_reader_that_has_seen_enough_is_no_failure_to_complain_of() -> None:
    script = (
        "import subprocess, sys; made = subprocess.Popen([sys.executable, '-m', 'fardplan_desktop', '--help'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE); made.stdout.close(); print(made.stderr.read()); made.wait()"
    )
    assert python("-c", script).stdout.strip() == b"b''"
