"""A package can be checked without this program, by tools that were there before it and will be there after it.

The lines are those of docs/kontrollera-utan-programmet.md, taken out of the page and run as they stand there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.keys import NAMESPACE, SigningKey, allowed_signers_line, check_code, open_key
from fardplan_desktop.exchange.sshsig import make_sshsig
from fardplan_desktop.exchange.verify import SSHSIG_MEMBER
from tests.exchange.conftest import MELLERUD, Forge

PAGE = (Path(__file__).parents[2] / "docs" / "kontrollera-utan-programmet.md").read_text(encoding="utf-8")
PAGES_SENDER = "1462"
NPM = Path(__file__).parent / "npm"
OTHER = SigningKey(b"\1" * 32)
PACKAGE = "1461_2026-T2_0001.fardpaket"


def steps(section: str, language: str) -> list[str]:
    """The blocks of lines that a section of the page tells the reader to type."""
    (text,) = re.findall(rf"^## {section}$(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


LINUX = steps("Linux", "sh")
UNPACK, TAKE_OUT, KEY, SEAL, SSH, PARTS, SAID = range(7)


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)


def need(*tools: str) -> None:
    """In CI every tool is installed, so that nothing is passed over there."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    assert not missing


def failing_step(folder: Path, sender: str = "1461") -> int | None:
    """The first step of the page that says no, None when all go through. What they wrote stands in ``said``."""
    need("bash", "unzip", "jq", "openssl", "sha256sum", "base64", "ssh-keygen", "diff", "find")
    (folder / "said").write_text("")
    for number, step in enumerate(LINUX):
        done = run(f"set -euo pipefail\n{step.replace(PAGES_SENDER, sender)}", folder)
        with (folder / "said").open("a") as said:
            said.write(done.stdout + done.stderr)
        if done.returncode != 0:
            return number
    return None


@pytest.fixture
def folder(tmp_path: Path, package: bytes, key: SigningKey) -> Path:
    (tmp_path / PACKAGE).write_bytes(package)
    (tmp_path / "1461.nyckelkort").write_bytes(make_card(MELLERUD, key, datetime(2026, 8, 1, tzinfo=UTC)))
    (tmp_path / "avsandare").write_text(allowed_signers_line("1461", key.public))
    return tmp_path


def test_the_page_has_its_seven_steps() -> None:
    assert len(LINUX) == SAID + 1


def test_a_right_package_goes_through_every_line_of_the_page(folder: Path, key: SigningKey) -> None:
    assert failing_step(folder) is None
    said = (folder / "said").read_text()
    assert check_code(key.public) in said
    assert "Signature Verified Successfully" in said
    assert f'Good "{NAMESPACE}" signature for 1461' in said
    assert "1461 till fyrbodal, 2026-T2, nummer 1, godkänt 2026-09-01T09:00:00Z" in said


def edited(forge: Forge) -> bytes:
    forge.data["data/antal.jsonl"] = forge.data["data/antal.jsonl"].replace(b'"n":0', b'"n":9')
    return forge.build()


def added(forge: Forge) -> bytes:
    forge.data["data/mera.jsonl"] = b"{}\n"
    return forge.build()


def left_out(forge: Forge) -> bytes:
    del forge.data["data/antal.jsonl"]
    return forge.build()


def damaged(forge: Forge) -> bytes:
    return forge.build().replace(b'"n":0', b'"n":9', 1)


def claimed(forge: Forge) -> bytes:
    """Another sequence than the one that was signed, in both envelopes' shared statement."""
    forge.envelope["payload"] = b64encode(forge.payload.replace(b'"sequence":1', b'"sequence":2')).decode()
    return forge.with_envelope(forge.envelope)


def sealed_by_another(forge: Forge) -> bytes:
    forge.key = OTHER
    forge.predicate["keyId"] = OTHER.keyid
    return forge.build()


def sealed_in_anothers_name(forge: Forge) -> bytes:
    forge.key = OTHER
    return forge.build()


def second_seal_by_another(forge: Forge) -> bytes:
    members = forge.members()
    members[2] = (SSHSIG_MEMBER, make_sshsig(forge.payload, OTHER))
    return write_container(members)


@pytest.mark.parametrize(
    ("forging", "step"),
    [
        (damaged, UNPACK),
        (sealed_by_another, KEY),
        (sealed_in_anothers_name, SEAL),
        (claimed, SEAL),
        (second_seal_by_another, SSH),
        (edited, PARTS),
        (added, PARTS),
        (left_out, PARTS),
    ],
)
def test_a_forged_package_stops_at_the_line_that_is_there_for_it(
    folder: Path, forge: Any, forging: Callable[[Any], bytes], step: int
) -> None:
    (folder / PACKAGE).write_bytes(forging(forge))
    assert failing_step(folder) == step


def test_ssh_keygen_refuses_another_sender_and_another_purpose(folder: Path) -> None:
    assert failing_step(folder) is None
    line = LINUX[SSH]
    for wrong in (line, line.replace(PAGES_SENDER, "1461").replace(NAMESPACE, "git")):
        assert run(wrong, folder).returncode != 0


def test_the_lines_for_windows_ask_for_the_same_as_those_for_linux() -> None:
    (lines,) = steps("Windows", "bat")
    assert LINUX[SSH].strip() in lines.splitlines()
    assert "statement.dsse.json" in lines
    assert "digest.sha256" in lines


def test_sigstore_of_npm_verifies_a_package_and_refuses_forged_ones(folder: Path, package: bytes, forge: Any) -> None:
    need("node")
    if not (NPM / "node_modules").is_dir() and "CI" not in os.environ:
        pytest.skip("npm ci has not been run in tests/exchange/npm")

    def verified(data: bytes, name: str) -> subprocess.CompletedProcess[str]:
        (folder / PACKAGE).write_bytes(data)
        zipfile.ZipFile(folder / PACKAGE).extractall(folder / name)
        command = ["node", str(NPM / "verify.mjs"), str(folder / name), str(folder / "1461.nyckelkort")]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    right = verified(package, "right")
    assert (right.returncode, right.stdout) == (0, "1461 2026-T2\n"), right.stderr
    edit = verified(edited(forge), "edited")
    assert (edit.returncode, edit.stderr) == (1, "data/antal.jsonl: innehållet är ett annat\n")
    claim = verified(claimed(forge), "claimed")
    assert (claim.returncode, claim.stderr) == (1, "sigillet: signature verification failed\n")


def test_ssh_keygen_opens_our_key_file_and_we_open_one_whose_passphrase_it_changed(
    tmp_path: Path, key: SigningKey
) -> None:
    need("bash", "ssh-keygen")
    file = tmp_path / "nyckel_1461"
    file.write_text(key.private_text("bafu-kely-zopa", rounds=1))
    file.chmod(0o600)
    shown = run("ssh-keygen -y -P bafu-kely-zopa -f nyckel_1461", tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.split()[1] == allowed_signers_line("1461", key.public).split()[3]
    changed = run("ssh-keygen -p -a 1 -P bafu-kely-zopa -N 'en helt annan fras' -f nyckel_1461", tmp_path)
    assert changed.returncode == 0, changed.stderr
    assert open_key(file.read_text(), "en helt annan fras").keyid == key.keyid
