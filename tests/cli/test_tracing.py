"""The commands that open a total and compare the same set, on SAMLA with what its two members have sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.services.demo import make_example
from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = shipped_codebook()
    folder = tmp_path_factory.mktemp("spår")
    return make_example(folder / "lan", organisation=book.organisation("samla"), codebook=book, years=1)


def test_a_total_is_opened_down_to_the_seal_and_the_original_is_saved(
    command: Command, office: Path, tmp_path: Path
) -> None:
    said = command(
        "origin", office, "--measure", "SIP08", "--period", "2026-T2", "--check", "--originals", tmp_path / "original"
    )
    assert said.code == 0
    assert "\nLerums kommun: " in said.out
    assert said.out.count("Sigillet är helt.") == 2
    assert said.out.endswith(f"2 filer sparade i {tmp_path / 'original'}.\n")
    assert len(list((tmp_path / "original").glob("14??_2026-T2_????.fardpaket"))) == 2


def test_the_same_as_json_holds_numbers_and_digests(command: Command, office: Path) -> None:
    found = command("origin", office, "--measure", "SIP08", "--period", "2026-T2", "--check", "--json").json
    (digest,) = found["parts"][0]["deliveries"]
    delivery = found["deliveries"][digest]
    assert (delivery["issuer"], delivery["seal"]["good"]) == (found["parts"][0]["organisation"], True)
    assert str(sum(each["value"] for each in found["parts"])) == found["total"]


@pytest.mark.parametrize(
    "what",
    [
        ["--measure", "SIP08", "--breakdown", "alder", "0-17"],
        ["--share", "andel-tackat-nej"],
        ["--rate", "SIP08"],
        ["--deviations"],
        ["--activities", "klar"],
    ],
)
def test_every_kind_of_total_opens(command: Command, office: Path, what: list[str]) -> None:
    said = command("origin", office, *what, "--period", "2026-T2")
    assert said.code == 0, said.err
    assert said.out.startswith("Varifrån kommer siffran?\n")
    assert "Alingsås kommun: " in said.out


def test_the_same_set_is_compared_when_asked_for(command: Command, office: Path) -> None:
    said = command("figures", office, "--period", "2026-T2", "--same-set", "before").out.replace("\xa0", " ")
    assert said.startswith("Tertial 2 2026 jämförd med tertial 1 2026. Bara kommuner som har lämnat båda: 2 av 2 ")
    assert "(samma 2 av 2 kommuner)" in said
    same = command("figures", office, "--period", "2026-T2", "--same-set", "year-ago", "--json").json
    assert (same["compared_with"], same["delivered_both"]) == ("2025-T2", [])


def test_the_coverage_is_told_and_printed(command: Command, office: Path, tmp_path: Path) -> None:
    said = command("coverage", office, "--period", "2026-T2").out.replace("\xa0", " ")
    assert "Lerums kommun: Inlämnad. Paket 3, förseglat 2026-" in said
    out = tmp_path / "läge.pdf"
    options = ("--kind", "coverage", "--period", "2026-T2", "--as-of", "2026-10-02", "--late-first", "--out", out)
    assert command("report", office, *options).code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    found = command("coverage", office, "--period", "2026-T2", "--json").json
    assert {each["corrections"] for each in found["members"]} == {0}
