"""Joint plans through three levels with commands alone: written and sealed, read in, answered, seen in the matrix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.services import seals
from tests.cli.conftest import Command

Store = Callable[[str], Path]


@pytest.fixture
def store(command: Command, tmp_path: Path) -> Store:
    def making(organisation: str) -> Path:
        path = tmp_path / f"{organisation}.fardplan"
        command("new", path, "--organisation", organisation)
        return path

    return making


def test_a_plan_goes_down_and_its_answers_come_up(command: Command, store: Store, tmp_path: Path) -> None:
    county, edet = store("14"), store("1462")
    workplace = open_workplace(county)
    seals.make_key(workplace, passphrase="en lösenfras att byta ut", rounds=1)
    workplace.store.close()
    phrase = tmp_path / "fras.txt"
    phrase.write_text("en lösenfras att byta ut\n", encoding="utf-8")
    plan = command("joint-plan", county, "--new", "Färdplan 2026", "--year", "2026", "--json").json["id"]
    ids = [command("joint-plan", county, "--plan", plan, "--add", each, "--json").json["id"] for each in "ABCD"]
    assert "”A” är ny." in command("joint-plan", county, "--plan", plan, "--diff").out
    sealing = ("--seal", "--out", tmp_path / "ut", "--passphrase-file", phrase)
    sealed = command("joint-plan", county, "--plan", plan, *sealing, "--json").json
    code = command("card", county, "--out", tmp_path / "lan.nyckelkort").out.split()
    command("trust", edet, sealed["card"], "--check", " ".join(dict.fromkeys(code[:2])))
    assert command("receive", edet, sealed["file"]).code == 0

    assert command("joint", edet, "--answer", "prioriterar-inte", "--activity", ids[1]).code == 1
    for given in (
        ("foljer", ids[0]), ("prioriterar-inte", ids[1], "--reason", "Nej"), ("anpassar", ids[2], "--title", "Eget"),
    ):  # fmt: skip
        assert command("joint", edet, "--answer", given[0], "--activity", *given[1:]).code == 0
    answers = command("joint", edet, "--json").json["activities"]
    own = next(each["own"] for each in answers if each["id"] == ids[2])
    assert command("joint", edet, "--answer", "har-redan", "--activity", ids[3], "--own", own).code == 0
    assert command("joint", edet).out.endswith("10 att ta ställning till.\n")

    again = command("joint-plan", county, "--plan", plan, "--end", ids[3], "--json")
    assert again.json["label"].startswith("Avslutad gemensam aktivitet")
    assert "2027" in command("joint-plan", county, "--plan", plan, "--next-year").out
    shown = command("joint-plan", county, "--json").json["plans"][0]
    assert [shown["title"], [bool(each["ended"]) for each in shown["activities"]]] == [
        "Färdplan 2027", [False, False, False, True],
    ]  # fmt: skip
    matrix = command("joint-matrix", county, "--period", "2026-T2", "--json").json
    assert [each["title"] for each in matrix["activities"]][:4] == list("ABCD")
    assert matrix["members"] == 49
    printed = tmp_path / "matris.pdf"
    assert command("report", county, "--kind", "joint", "--period", "2026-T2", "--out", printed).code == 0
    assert printed.read_bytes().startswith(b"%PDF")


def test_what_is_missing_is_said(command: Command, store: Store, tmp_path: Path) -> None:
    county = store("14")
    assert "Ange --year" in command("joint-plan", county, "--new", "Plan").err
    plan = command("joint-plan", county, "--new", "Plan", "--year", "2026", "--json").json["id"]
    for given, told in (
        (("--seal",), "Ange både --out och --passphrase-file"),
        (("--end", "borta"), "Aktiviteten finns inte i planen"),
    ):
        said = command("joint-plan", county, "--plan", plan, *given)
        assert said.code == 1
        assert told in said.err
    assert "Ange --activity" in command("joint", county, "--answer", "foljer").err
    assert "finns inte" in command("joint-plan", county, "--plan", "borta", "--diff").err
