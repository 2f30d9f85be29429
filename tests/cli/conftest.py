"""Commands run in this process, as `fardplan-desktop …` would run them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Said, carry_out

Command = Callable[..., Said]


@pytest.fixture
def command() -> Command:
    return carry_out


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "losenfras.txt"
    path.write_bytes("\ufeffen fras för proven\r\n".encode())
    return path


@pytest.fixture
def edet(tmp_path: Path, command: Command) -> Path:
    store = tmp_path / "ed.fardplan"
    assert command("new", store, "--organisation", "1462").code == 0
    return store


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """A CSV file with this text."""

    def make(text: str) -> Path:
        path = tmp_path / "tabell.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return make
