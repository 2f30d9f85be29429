"""A change of key needs both keys, a revocation the key itself; neither can be written in a second way."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.envelope import make_envelope
from fardplan_desktop.exchange.key_text import key_text, read_key_text
from fardplan_desktop.exchange.keys import SigningKey, allowed_signers_line
from fardplan_desktop.exchange.revocation import (
    make_revocation,
    read_revocation,
    revocation_of_text,
    revocation_text,
)
from fardplan_desktop.exchange.rotation import claimed_rotation, make_rotation, read_rotation
from tests.exchange.conftest import MELLERUD

MADE = datetime(2026, 8, 1, 12, tzinfo=UTC)
OLD, NEW, THIEF = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
ROTATION = make_rotation(MELLERUD, OLD, NEW, last_sequence=4, new_age_recipient=AGE, reason="Ny dator", created_at=MADE)
REVOCATION = make_revocation(MELLERUD, OLD, MADE)
Read = Callable[[bytes], object]


def read_known(data: bytes) -> object:
    return read_rotation(data, {OLD.keyid: OLD.public}.get)


def code_of(read: Read, data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read(data)
    return caught.value.code


def statement_of(data: bytes) -> dict[str, Any]:
    statement = json.loads(b64decode(json.loads(data)["payload"]))
    assert isinstance(statement, dict)
    return statement


def changed(data: bytes, *keys: SigningKey, **predicate: object) -> bytes:
    statement = statement_of(data)
    statement["predicate"].update(predicate)
    return make_envelope(canonical(statement), *keys)


def test_a_change_of_key_reads_back_as_it_was_made() -> None:
    found = read_rotation(ROTATION, {OLD.keyid: OLD.public}.get)
    assert (found.org_code, found.old_keyid, found.last_sequence) == ("1461", OLD.keyid, 4)
    assert (found.new_keyid, found.new_public, found.new_age_recipient) == (NEW.keyid, NEW.public, AGE)
    assert (found.reason, found.created_at) == ("Ny dator", MADE)


def test_one_key_alone_changes_nothing() -> None:
    payload = canonical(statement_of(ROTATION))
    for signers in ((OLD,), (NEW,), ()):
        assert code_of(read_known, make_envelope(payload, *signers)) == "E09"
    assert code_of(read_known, make_envelope(payload, OLD, OLD)) == "E15"
    assert code_of(read_known, make_envelope(payload, NEW, OLD)) == "E15"
    assert code_of(read_known, make_envelope(payload, OLD, NEW, THIEF)) == "E08"


def test_a_thief_can_neither_hand_over_the_old_key_nor_take_a_new_one() -> None:
    """Without the old key the first signature is wrong; without the new one nobody holds what is to be believed."""
    envelope = json.loads(ROTATION)
    forged = json.loads(make_envelope(canonical(statement_of(ROTATION)), THIEF, THIEF))["signatures"][0]["sig"]
    for place in (0, 1):
        signatures = [dict(each) for each in envelope["signatures"]]
        signatures[place]["sig"] = forged
        assert code_of(read_known, canonical({**envelope, "signatures": signatures})) == "E11"


def test_an_old_key_we_do_not_know_hands_over_nothing_but_tells_whom_to_call() -> None:
    assert code_of(lambda data: read_rotation(data, lambda _keyid: None), ROTATION) == "E10-UNKNOWNKEY"
    assert claimed_rotation(ROTATION).org_code == "1461"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"extra": 1}, "E14"),
        ({"oldKeyLastSequence": -1}, "E14"),
        ({"oldKeyLastSequence": 1_000_001}, "E14"),
        ({"oldKeyLastSequence": "4"}, "E14"),
        ({"reason": ""}, "E14"),
        ({"reason": "x" * 201}, "E14"),
        ({"reason": "a\nb"}, "E14"),
        ({"newAgeRecipient": "age1"}, "E14"),
        ({"newPublicKey": "A" * 43 + "="}, "E10-WEAKKEY"),
        ({"oldKeyId": NEW.keyid}, "E15"),
        ({"oldKeyId": "x"}, "E14"),
        ({"createdAt": "igår"}, "E14"),
        ({"org": {"type": "kommun", "code": "1461", "name": "Mellerud"}}, "E14"),
        ({"org": {"type": "riket", "code": "1461"}}, "E14"),
    ],
)
def test_a_change_of_key_that_is_signed_but_wrong_is_refused(fields: dict[str, object], code: str) -> None:
    assert code_of(read_known, changed(ROTATION, OLD, NEW, **fields)) == code


def test_a_field_left_out_or_a_second_subject_is_refused() -> None:
    statement = statement_of(ROTATION)
    del statement["predicate"]["newAgeRecipient"]
    assert code_of(read_known, make_envelope(canonical(statement), OLD, NEW)) == "E14"
    statement = statement_of(ROTATION)
    statement["subject"] *= 2
    assert code_of(read_known, make_envelope(canonical(statement), OLD, NEW)) == "E14"
    assert code_of(read_known, make_envelope(json.dumps(statement_of(ROTATION)).encode(), OLD, NEW)) == "E12"


@pytest.mark.parametrize(("data", "read"), [(ROTATION, read_known), (REVOCATION, read_revocation)])
def test_one_bit_changed_anywhere_is_refused(data: bytes, read: Read) -> None:
    for position in range(0, len(data), 3):
        wrong = bytearray(data)
        wrong[position] ^= 1
        code_of(read, bytes(wrong))


@pytest.mark.parametrize("read", [read_known, read_revocation])
def test_a_file_of_another_sort_is_refused(read: Read) -> None:
    for data, code in ((b"", "E02-MAGIC"), (b"PK\x03\x04", "E02-MAGIC"), (b"{}", "E08"), (b"{" * 70_000, "E04")):
        assert code_of(read, data) == code
    assert code_of(read_revocation, make_card(MELLERUD, OLD, MADE)) == "E13-TYPE"
    assert code_of(read_known, make_envelope(canonical(statement_of(REVOCATION)), OLD, NEW)) == "E13-TYPE"


def test_a_revocation_is_the_keys_own_word() -> None:
    found = read_revocation(REVOCATION)
    assert (found.org_code, found.keyid, found.public, found.created_at) == ("1461", OLD.keyid, OLD.public, MADE)
    assert make_revocation(MELLERUD, OLD, MADE) == REVOCATION
    payload = canonical(statement_of(REVOCATION))
    assert code_of(read_revocation, make_envelope(payload, THIEF)) == "E15"
    forged = json.loads(REVOCATION)
    forged["signatures"][0]["sig"] = json.loads(make_envelope(payload, THIEF))["signatures"][0]["sig"]
    assert code_of(read_revocation, canonical(forged)) == "E11"


def test_the_line_on_the_kuvertblad_is_the_revocation_byte_for_byte() -> None:
    line = revocation_text(REVOCATION)
    assert len(line) < 220
    assert revocation_of_text(f"  {line}\n") == REVOCATION
    printed = "\n".join(line[at : at + 40] for at in range(0, len(line), 40))
    assert revocation_of_text(printed) == REVOCATION, "as it is copied from the kuvertblad"
    assert revocation_of_text(line.replace("1461", "1462")) != REVOCATION
    assert code_of(read_revocation, revocation_of_text(line.replace("1461", "1462")) or b"") == "E11"


@settings(max_examples=40)
@given(st.text(max_size=80) | st.from_regex(r"FARDPLAN(-SPARR)?[:;].{0,250}", fullmatch=True))
def test_whatever_is_pasted_is_a_key_or_a_refusal(text: str) -> None:
    line = revocation_of_text(text)
    if line is not None:
        code_of(read_revocation, line)
    with pytest.raises(Refusal):
        read_key_text(text)


def test_a_key_is_read_from_its_qr_text_and_from_a_line_for_ssh_keygen() -> None:
    text = key_text("1461", OLD.public)
    assert len(text) == 58
    assert read_key_text(f" {text} ") == ("1461", OLD.public)
    assert read_key_text(allowed_signers_line("1461", OLD.public)) == ("1461", OLD.public)
    bare = allowed_signers_line("1461", OLD.public).split('" ')[1]
    assert read_key_text(f"1461 {bare.strip()} mellerud@x") == ("1461", OLD.public)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E13-TYPE"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c", "E13-TYPE"),
        (f"1461 ssh-ed25519 {'A' * 68}", "E14"),
        ("FARDPLAN:1461:" + "A" * 43 + "=", "E10-WEAKKEY"),
        (key_text("1461", OLD.public)[:-2] + "x=", "E14"),
    ],
)
def test_another_text_is_refused_with_its_code(text: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_key_text(text)
    assert caught.value.code == code
