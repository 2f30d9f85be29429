"""senders: whom a store believes, and the file with which others can check packages without us."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import new_workplace
from tests.cli.conftest import Command
from tests.evil import send


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Fyrbodal, which believes Lilla Edet and has its package beside it."""
    sender, office = (
        new_workplace(tmp_path / f"{code}.fardplan", code, practice=True) for code in ("1462", "fyrbodal")
    )
    send(sender, office, tmp_path / "ut")
    for each in (sender, office):
        each.store.close()
    return office.store.path


def test_known_senders_are_told_with_their_kontrollkod_and_saved_for_ssh_keygen(
    command: Command, office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "avsandare"
    said = command("senders", office, "--allowed-signers", out)
    (sender,) = command("senders", office, "--json").json["senders"]
    assert (sender["organisation"], sender["status"], len(sender["check_code"].split())) == ("1462", "active", 6)
    assert said.out == f"1462 Lilla Edets kommun: {sender['check_code']}\n"
    if shutil.which("ssh-keygen"):
        line = ["ssh-keygen", "-Y", "find-principals", "-f", str(out), "-s", str(tmp_path / "sigill")]
        package = next((tmp_path / "ut").glob("*.fardpaket"))
        (tmp_path / "sigill").write_bytes(sshsig_of(package))
        assert subprocess.run(line, capture_output=True, text=True, check=True).stdout == "1462\n"


def test_a_store_that_knows_nobody_says_nothing(command: Command, edet: Path) -> None:
    said = command("senders", edet)
    assert (said.code, said.out) == (0, "")


def sshsig_of(package: Path) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read("META-INF/statement.sshsig")
