"""Taking in a folder at the command line: told on standard error, stopped by Ctrl+C between whole packages."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from typing_extensions import override

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.cli.main import run
from fardplan_desktop.services import intake
from tests.benchmarks import many_packages
from tests.cli.conftest import Command


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A store that knows the senders; five packages lie beside, in ``in``."""
    store = tmp_path / "kontor.fardplan"
    many_packages.office(store).store.close()
    many_packages.packages(tmp_path / "in", 5, 20)
    return store


class Terminal(io.StringIO):
    """Where somebody looks, and presses Ctrl+C when so many files have been told of."""

    def __init__(self, presses_at: int) -> None:
        super().__init__()
        self._presses_at = presses_at

    @override
    def isatty(self) -> bool:
        return True

    @override
    def write(self, text: str) -> int:
        if f": {self._presses_at} av " in text:
            signal.raise_signal(signal.SIGINT)
        return super().write(text)


@pytest.fixture(autouse=True)
def _same_handler_afterwards() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is before


def test_each_file_is_told_of_on_standard_error_when_asked_for(command: Command, office: Path) -> None:
    said = command("receive", office, office.with_name("in"), "--progress", "--json")
    assert said.code == 0
    assert said.err.splitlines()[0] == "Läser in paket: 1 av 5 1421_2025-T1_0001.fardpaket"
    assert len(said.err.splitlines()) == 5
    assert [each["stored"] for each in said.json["files"]] == [True] * 5
    assert command("receive", office, office.with_name("in"), "--json").err == ""


def test_ctrl_c_leaves_whole_packages_says_which_and_the_same_command_takes_the_rest(office: Path) -> None:
    out, err = io.StringIO(), Terminal(presses_at=3)
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["receive", str(office), str(office.with_name("in"))], try_window=lambda: None)
    assert code == 1
    assert out.getvalue().endswith("2 av 2 lästes in.\n")
    assert err.getvalue().endswith("Ge samma kommando igen för resten.\n")
    own = open_workplace(office)
    assert len(intake.recent(own)) == 2
    assert own.store.check() is None
    assert sum(each.stored for each in intake.receive(own, paths=[office.with_name("in")])) == 3
    own.store.close()


def test_another_programs_answer_says_that_it_was_stopped(command: Command, office: Path) -> None:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(Terminal(presses_at=1)):
        assert run(["receive", str(office), str(office.with_name("in")), "--json"], try_window=lambda: None) == 1
    assert '"files": []' in out.getvalue()
    assert '"stopped": true' in out.getvalue()
