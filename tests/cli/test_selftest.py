"""self-test: what an installed program proves about itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from fardplan_desktop.cli.main import run


def test_everything_is_tried_and_nothing_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened: list[str] = []
    assert run(["self-test"], try_window=lambda: opened.append("window")) == 0
    assert opened == ["window"]
    assert capsys.readouterr().out.splitlines() == [
        "Försegla och pröva: bra",
        "Läsa in och summera: bra",
        "Rita: bra",
        "Öppna och stänga fönstret: bra",
    ]
    assert list(tmp_path.iterdir()) == []
