"""From municipality to county in commands alone: SAMLA has two members, and one of them reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.services import seals
from tests.cli.conftest import Command
from tests.cli.running import carry_out
from tests.services.steps import PASSPHRASE, put


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A folder with three stores; Alingsås has reported to SAMLA. Their keys are quick to open."""
    folder = tmp_path
    (folder / "fras.txt").write_text(PASSPHRASE, encoding="utf-8")
    for name, code in (("al", "1489"), ("samla", "samla"), ("vg", "14")):
        made = new_workplace(folder / name, code)
        seals.make_key(made, passphrase=PASSPHRASE, rounds=1)
        if name == "al":
            put(made, SIP08=6)
        made.store.close()
    assert carry_out(*sealing("seal", folder, "al", "ut")).code == 0
    know(folder, "samla", "ut")
    assert carry_out("receive", folder / "samla", folder / "ut").code == 0
    return folder


def sealing(what: str, folder: Path, store: str, out: str) -> list[object]:
    return [
        what,
        folder / store,
        "--period",
        "2026-T2",
        "--out",
        folder / out,
        "--passphrase-file",
        folder / "fras.txt",
    ]


def know(folder: Path, store: str, sent: str) -> None:
    """Believe the one whose card lies in the folder."""
    (card,) = (folder / sent).glob("*.nyckelkort")
    code = carry_out("card", folder / {"ut": "al", "upp": "samla"}[sent], "--out", folder / "kort").out.split()
    groups = list(dict.fromkeys(code))[:2]
    assert carry_out("trust", folder / store, card, "--check", " ".join(groups)).code == 0


def test_a_missing_member_needs_a_reason_and_a_reason_needs_a_member(command: Command, county: Path) -> None:
    said = command(*sealing("bundle", county, "samla", "inget"))
    assert (said.code, "Skriv varför Lerum saknas." in said.err) == (1, True)
    assert command(*sealing("bundle", county, "samla", "inget"), "--missing", "1441").code == 2


def test_a_bundle_is_sealed_verified_read_in_and_replaced_by_totals(command: Command, county: Path) -> None:
    reason, comment = ("--missing", "1441=Ny samordnare."), ("--comment", "Ett lugnt tertial.")
    said = command(*sealing("bundle", county, "samla", "upp"), *reason, *comment)
    assert (said.code, "Kommunernas paket: 1 av 2 kommuner är med." in plain(said.out)) == (0, True), said.err
    know(county, "vg", "upp")
    _verified_without_a_store(command, next((county / "upp").glob("samla_*.fardpaket")))
    _read_in(command, county)
    said = command(*sealing("bundle", county, "samla", "summor"), "--totals-only", "--reason", "Bara summor i år.")
    assert (said.code, "SAMLA har bara 2 kommuner." in said.out) == (0, True), said.err
    assert command("receive", county / "vg", county / "summor").code == 0
    figures = plain(command("figures", county / "vg", "--period", "2026-T2").out)
    assert "1 av dem endast i summor, som inte kan kontrolleras per kommun." in figures
    assert "6 (1 av 49 kommuner, varav 1 endast i summor" in figures


def _verified_without_a_store(command: Command, file: Path) -> None:
    found = command("verify", file, "--json").json
    assert (found["outcome"], [each["state"] for each in found["members"]]) == ("ok", ["missing", "included"])


def _read_in(command: Command, county: Path) -> None:
    said = command("receive", county / "vg", county / "upp")
    assert said.code == 0, said.out
    assert "Alingsås kommun: finns med (nummer 1, sigillet introducerat av avsändaren" in said.out
    assert "Lerums kommun: saknas (Ny samordnare.)" in said.out
    assert "Kommentar: Ett lugnt tertial." in said.out
    assert "omräknad ur kommunernas paket och stämmer" in said.out
    figures = command("figures", county / "vg", "--period", "2026-T2", "--json").json
    (sip08,) = (each for each in figures["measures"] if each["measure"] == "SIP08")
    assert (sip08["value"], sip08["reported"], sip08["of"], figures["received"]) == (6, 1, 49, 1)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")
