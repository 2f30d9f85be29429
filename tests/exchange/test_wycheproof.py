"""Project Wycheproof's Ed25519 cases through our own verification, and the public keys that prove nothing."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
import pytest
from nacl.bindings import crypto_core_ed25519_is_valid_point

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import KeyProblem, Refusal
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.exchange.container import write_container
from fardplan_desktop.exchange.envelope import make_envelope
from fardplan_desktop.exchange.keys import SigningKey, check_public, keyid_of, verifies
from fardplan_desktop.exchange.sshsig import SshSignature, armoured
from fardplan_desktop.exchange.verify import open_package

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "wycheproof" / "ed25519_test.json").read_bytes())
CASES = [(group["publicKey"]["pk"], case) for group in VECTORS["testGroups"] for case in group["tests"]]

# Chalkias, Garillot and Nikolaenko, "Taming the Many EdDSAs" (SSR 2020), table 6: every encoding of a point of small
# order that some library decodes, first the eight canonical ones, then the six others.
SMALL_ORDER = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)
P = 2**255 - 19
NON_CANONICAL = tuple((y | sign).to_bytes(32, "little").hex() for y in range(P, 2**255) for sign in (0, 2**255))


def accepted(public: str, case: dict[str, Any]) -> bool:
    return verifies(bytes.fromhex(public), bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))


def enrollable(public: str) -> bool:
    try:
        check_public(bytes.fromhex(public))
    except KeyProblem:
        return False
    return True


def test_every_case_of_the_file_is_tried() -> None:
    assert len(CASES) == VECTORS["numberOfTests"] == 210
    assert {flag for _, case in CASES for flag in case["flags"]} == set(VECTORS["notes"])


@pytest.mark.parametrize("flag", sorted(VECTORS["notes"]))
def test_a_signature_is_taken_exactly_when_wycheproof_says_that_it_is_valid(flag: str) -> None:
    tried = [(public, case) for public, case in CASES if flag in case["flags"] and case["result"] != "acceptable"]
    assert [case["tcId"] for public, case in tried if accepted(public, case) != (case["result"] == "valid")] == []


def test_what_wycheproof_leaves_to_the_verifier_is_signatures_under_odd_keys_alone() -> None:
    flags = {flag for _, case in CASES if case["result"] == "acceptable" for flag in case["flags"]}
    assert flags == {"SmallOrderPublicKey", "MixedOrderPublicKey"}


def test_a_key_under_which_anyone_can_sign_is_refused_at_enrolment_and_no_sound_key_is() -> None:
    assert {enrollable(public) for public, case in CASES if "SmallOrderPublicKey" in case["flags"]} == {False}
    assert {enrollable(public) for public, case in CASES if case["result"] == "valid"} == {True}


@pytest.mark.parametrize("public", [*SMALL_ORDER, *NON_CANONICAL])
def test_a_weak_key_reaches_us_by_no_road(public: str, key: SigningKey, forge: Any, office: Any) -> None:
    raw = bytes.fromhex(public)
    assert not enrollable(public)
    assert not crypto_core_ed25519_is_valid_point(raw)
    # by a card
    with pytest.raises(Refusal) as caught:
        read_card(make_envelope(canonical(_card(raw)), key))
    assert caught.value.code == "E10-WEAKKEY"
    # as the key of a package, with and without the receiver's own word for it
    weak = msgspec.structs.replace(next(iter(office.keys.values())), public=raw, keyid=keyid_of(raw))
    for receiver in (None, _trusting(office, weak)):
        with pytest.raises(Refusal) as caught:
            open_package(_sealed_by(forge, raw), receiver)
        assert caught.value.code == "E10-WEAKKEY"


def _card(public: bytes) -> dict[str, Any]:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "https://fardplan.example/ns/nyckelkort/v1",
        "subject": [{"name": "nyckel", "digest": {"sha256": keyid_of(public)}}],
        "predicate": {
            "org": {"type": "kommun", "code": "1461", "name": "Mellerud"},
            "keyId": keyid_of(public),
            "publicKey": b64encode(public).decode(),
            "ageRecipient": None,
            "createdAt": "2026-08-01T12:00:00Z",
        },
    }


def _trusting(office: Any, key: TrustedKey) -> Any:
    office.keys = {key.keyid: key}
    return office


def _sealed_by(forge: Any, public: bytes) -> bytes:
    """The package with this key's name in the envelope and this key in the second signature."""
    forge.envelope["signatures"][0]["keyid"] = keyid_of(public)
    parts = forge.members()
    parts[1] = (parts[1][0], canonical(forge.envelope))
    parts[2] = (parts[2][0], armoured(SshSignature(public, bytes(64))))
    return write_container(parts)
