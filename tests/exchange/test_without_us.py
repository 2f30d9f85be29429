"""A package can be checked without this program, by tools that were there before it and will be there after it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey, allowed_signers_line, open_key

MELLERUD = Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud")

WITH_OPENSSL = r"""
set -eu
unzip -tqq paket.zip && unzip -qq paket.zip
jq -rj .payload META-INF/statement.dsse.json | base64 -d > statement.json
jq -rj '.signatures[0].sig' META-INF/statement.dsse.json | base64 -d > signature
jq -rj .payload kort.nyckelkort | base64 -d | jq -rj .predicate.publicKey | base64 -d > raw
{ printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; cat raw; } > key.der
test "$(sha256sum < key.der | cut -d' ' -f1)" = "$(jq -r .predicate.keyId statement.json)"
{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < statement.json)"; cat statement.json; } > pae
openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -in pae -sigfile signature
jq -r '.subject[] | "\(.digest.sha256)  \(.name)"' statement.json | sha256sum --check --strict --quiet
jq -r '"\(.predicate.issuer.code) \(.predicate.period.id)"' statement.json
"""


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)


def need(*tools: str) -> None:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")


@pytest.fixture
def folder(tmp_path: Path, package: bytes, key: SigningKey) -> Path:
    (tmp_path / "paket.zip").write_bytes(package)
    (tmp_path / "kort.nyckelkort").write_bytes(make_card(MELLERUD, key, datetime(2026, 8, 1, tzinfo=UTC)))
    (tmp_path / "allowed_signers").write_text(allowed_signers_line("1461", key.public))
    return tmp_path


def test_unzip_jq_openssl_and_sha256sum_verify_a_package(folder: Path) -> None:
    need("bash", "unzip", "jq", "openssl", "sha256sum", "base64")
    done = run(WITH_OPENSSL, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["Signature Verified Successfully", "1461 2026-T2"]


def test_the_same_tools_refuse_a_package_with_an_edited_member(folder: Path, package: bytes) -> None:
    need("bash", "unzip", "jq", "openssl", "sha256sum", "base64")
    (folder / "paket.zip").write_bytes(package)
    edit = 'sed -i \'s/"n":0/"n":9/\' data/antal.jsonl\n'
    done = run(WITH_OPENSSL.replace("jq -r '.subject[]", edit + "jq -r '.subject[]"), folder)
    assert done.returncode != 0
    assert "data/antal.jsonl: FAILED" in done.stdout


def test_ssh_keygen_verifies_the_second_signature_and_refuses_another_sender(folder: Path) -> None:
    need("bash", "unzip", "jq", "ssh-keygen", "base64")
    unpack = "unzip -qq paket.zip; jq -rj .payload META-INF/statement.dsse.json | base64 -d > statement.json\n"
    verify = "ssh-keygen -Y verify -f allowed_signers -I {} -n {} -s META-INF/statement.sshsig < statement.json"
    done = run(unpack + verify.format("1461", "fardplan-paket-v1"), folder)
    assert done.returncode == 0, done.stderr
    assert 'Good "fardplan-paket-v1" signature for 1461' in done.stdout
    assert run(verify.format("1462", "fardplan-paket-v1"), folder).returncode != 0
    assert run(verify.format("1461", "git"), folder).returncode != 0


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
