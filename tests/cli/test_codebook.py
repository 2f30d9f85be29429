"""Mått och listor by command: the county's draft and seal, and reading a version in below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.services import seals

STEPS = [
    {"type": "SetObligatory", "measure": "SIP13", "obligatory": True},
    {"type": "Move", "municipality": "1441", "delregion": "sodra-alvsborg", "since": "2027-01-01"},
]


@pytest.fixture
def county(tmp_path: Path, command: Any) -> Path:
    store = tmp_path / "lanet.fardplan"
    assert command("new", store, "--organisation", "14").code == 0
    workplace = open_workplace(store)
    seals.make_key(workplace, passphrase="en fras för proven", rounds=1)
    workplace.store.close()
    return store


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    path = tmp_path / "steg.json"
    path.write_text(json.dumps(STEPS), encoding="utf-8")
    return path


def test_a_version_goes_from_the_countys_draft_to_a_municipality(
    county: Path, steps: Path, edet: Path, command: Any, passphrase: Path, tmp_path: Path
) -> None:
    drafted = command("codebook", county, "--change", steps)
    assert "Lerum: från SAMLA till Södra Älvsborg från 2027-01-01" in drafted.out
    sealed = command(
        "codebook", county, "--seal", "--out", tmp_path / "ut", "--passphrase-file", passphrase, "--json"
    ).json
    assert sealed["version"] == 3
    assert command("codebook", county, "--json").json["draft"] is None
    file = Path(sealed["file"])
    assert command("codebook", edet, "--diff", file).code == 1
    code = command("card", county, "--out", tmp_path / "lan.nyckelkort", "--json").json["check_code"].split()
    command("trust", edet, file, "--check", f"{code[0]} {code[1]}")
    seen = command("codebook", edet, "--diff", file)
    assert (seen.code, "SIP13" in seen.out) == (0, True)
    assert command("codebook", edet, "--json").json["version"] == 2
    assert "Version 3 är inläst." in command("codebook", edet, "--read", file).out
    assert command("codebook", edet, "--json").json["version"] == 3
    assert command("codebook", edet, "--read", file, "--json").json["code"] == "E18-REPLAY"


def test_wrong_use_is_one_swedish_sentence(county: Path, edet: Path, steps: Path, command: Any, tmp_path: Path) -> None:
    assert "be länet" in command("codebook", edet, "--change", steps).err
    assert "--out och --passphrase-file" in command("codebook", county, "--seal").err
    assert "ingen lista av ändringar" in command("codebook", county, "--change", edet).err
    assert command("codebook", edet, "--read", steps).code == 1


def test_a_draft_can_be_looked_at_and_thrown_away(county: Path, steps: Path, command: Any) -> None:
    command("codebook", county, "--change", steps)
    shown = command("codebook", county, "--json").json["draft"]
    assert (shown["version"], shown["sealable"], len(shown["changes"])) == (3, True, 2)
    assert command("codebook", county, "--discard").out.count("\n") == 1
