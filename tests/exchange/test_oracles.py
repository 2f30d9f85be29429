"""Other people's implementations agree with ours on the same bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
import sshsig
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from securesystemslib.dsse import Envelope as Dsse
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer._key import SSlibKey
from sshsig.ssh_public_key import PublicKey

from fardplan_desktop.exchange.container import read_container
from fardplan_desktop.exchange.envelope import pae, read_envelope
from fardplan_desktop.exchange.keys import NAMESPACE, SigningKey, allowed_signers_line


@pytest.fixture
def parts(package: bytes) -> dict[str, bytes]:
    return {each.name: each.content for each in read_container(package)}


def test_libsodium_verifies_the_signature(parts: dict[str, bytes], key: SigningKey) -> None:
    envelope = read_envelope(parts["META-INF/statement.dsse.json"])
    VerifyKey(key.public).verify(pae(envelope.payload), envelope.signature)
    with pytest.raises(BadSignatureError):
        VerifyKey(key.public).verify(pae(envelope.payload + b" "), envelope.signature)


def test_securesystemslib_verifies_the_envelope(parts: dict[str, bytes], key: SigningKey) -> None:
    known = SSlibKey(key.keyid, "ed25519", "ed25519", {"public": key.public.hex()})
    envelope = Dsse.from_dict(json.loads(parts["META-INF/statement.dsse.json"]))
    assert list(envelope.verify([known], 1)) == [key.keyid]
    envelope.payload += b" "
    with pytest.raises(VerificationError):
        envelope.verify([known], 1)


def test_the_sshsig_library_verifies_the_second_signature(parts: dict[str, bytes], key: SigningKey) -> None:
    statement = read_envelope(parts["META-INF/statement.dsse.json"]).payload
    trusted = PublicKey.from_openssh_str(allowed_signers_line("1461", key.public).split(" ", 2)[2])
    found = sshsig.verify(statement, parts["META-INF/statement.sshsig"], [trusted], NAMESPACE)
    assert found == trusted
    with pytest.raises(sshsig.sshsig.InvalidSignature):
        sshsig.verify(statement + b" ", parts["META-INF/statement.sshsig"], [trusted], NAMESPACE)


def test_rfc8785_writes_the_statement_and_every_row_as_we_do(parts: dict[str, bytes]) -> None:
    statement: Any = read_envelope(parts["META-INF/statement.dsse.json"]).payload
    lines = [line for name, content in parts.items() if name.startswith("data/") for line in content.splitlines()]
    assert len(lines) > 5
    for text in (statement, parts["META-INF/statement.dsse.json"], *lines):
        assert rfc8785.dumps(json.loads(text)) == text
