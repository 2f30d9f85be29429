"""card, trust, senders, rotate, revoke and passphrase: from a new seal to one that nobody believes any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import seals
from tests.cli.conftest import Command

OLD, NEW = "en fras för proven", "en annan fras för proven"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that are quick to try; that they are slow outside tests is tried in ``exchange``."""
    locked = SigningKey.private_text
    monkeypatch.setattr(SigningKey, "private_text", lambda key, phrase, _rounds: locked(key, phrase, 1))


@pytest.fixture
def sealed(edet: Path) -> str:
    """The kontrollkod of a seal that opens quickly."""
    workplace = open_workplace(edet)
    code = seals.make_key(workplace, passphrase=OLD, rounds=1).check_code
    workplace.store.close()
    return code


@pytest.fixture
def office(command: Command, tmp_path: Path) -> Path:
    store = tmp_path / "fyrbodal.fardplan"
    assert command("new", store, "--organisation", "fyrbodal").code == 0
    return store


@pytest.fixture
def new_passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "ny-fras.txt"
    path.write_text(f"{NEW}\n", encoding="utf-8")
    return path


def labels(command: Command, store: Path) -> list[str]:
    return [each["label"] for each in command("history", store, "--json").json["entries"]]


def test_a_seal_becomes_known_is_changed_gets_another_passphrase_and_is_revoked(
    command: Command, edet: Path, sealed: str, office: Path, passphrase: Path, new_passphrase: Path, tmp_path: Path
) -> None:
    card, paper, change, stop = (tmp_path / name for name in ("v.nyckelkort", "v.pdf", "v.nyckelbyte", "v.sparr"))
    assert command("card", edet, "--out", card, "--print", paper).out == f"{sealed}\n"
    assert paper.read_bytes().startswith(b"%PDF-")
    heard = " ".join(sealed.split()[:2])
    assert command("trust", office, card, "--check", heard, "--by", "Registrator", "--method", "möte").code == 0

    both = ("--passphrase-file", passphrase, "--new-passphrase-file", new_passphrase)
    said = command("rotate", edet, *both, "--reason", "Ny dator", "--out", change)
    assert (said.code, sealed not in said.out) == (0, True), said.err
    assert command("receive", office, change).out.startswith("v.nyckelbyte: Ny. ")
    states = {each["status"] for each in command("senders", office, "--json").json["senders"]}
    assert states == {"active", "replaced"}

    sheet = tmp_path / "kuvert.pdf"
    said = command("passphrase", edet, "--passphrase-file", new_passphrase, "--print", sheet)
    assert (said.code, sheet.read_bytes()[:5]) == (0, b"%PDF-")
    assert command("passphrase", edet, "--passphrase-file", passphrase, "--print", sheet).code == 1

    assert command("revoke", edet, "--reason", "Datorn är borta", "--out", stop).code == 0
    assert command("receive", office, stop).code == 0
    assert labels(command, edet)[0] == "Sigillet är spärrat"
    assert labels(command, office)[0] == "Sigillet för Lilla Edets kommun är spärrat"


def test_a_sender_is_revoked_after_a_call_and_half_a_wish_is_refused(
    command: Command, edet: Path, sealed: str, office: Path, tmp_path: Path
) -> None:
    card = tmp_path / "v.nyckelkort"
    command("card", edet, "--out", card)
    command("trust", office, card, "--check", " ".join(sealed.split()[1:3]))
    wish = ("revoke", office, "--sender", "1462", "--reason", "Stulen dator")
    assert "vilken funktion" in command(*wish).err
    assert command(*wish, "--by", "Registrator", "--on", "2026-09-01").code == 0
    assert "ingen känd avsändare med ett sigill som gäller" in command(*wish, "--by", "Registrator").err
    assert "vems sigill" in command("revoke", office, "--reason", "Borta").err
    assert "inget att göra" in command("passphrase", edet, "--passphrase-file", card).err
    assert "vart kortet ska" in command("card", edet).err
