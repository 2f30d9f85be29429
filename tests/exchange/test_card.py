"""The key card: it is what it shows, or it is refused."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.exchange.card import MAX_CARD, make_card, read_card
from fardplan_desktop.exchange.envelope import make_envelope
from fardplan_desktop.exchange.keys import SigningKey

MELLERUD = Organisation(Level.MUNICIPALITY, "1461", "Melleruds kommun", "Mellerud")
MADE = datetime(2026, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def card(key: SigningKey) -> bytes:
    return make_card(MELLERUD, key, MADE)


def statement_of(card: bytes) -> dict[str, Any]:
    statement = json.loads(b64decode(json.loads(card)["payload"]))
    assert isinstance(statement, dict)
    return statement


def code_of(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_card(data)
    return caught.value.code


def test_a_card_reads_back_as_it_was_made(card: bytes, key: SigningKey) -> None:
    found = read_card(card)
    assert (found.org_level, found.org_code, found.org_name) == (Level.MUNICIPALITY, "1461", "Melleruds kommun")
    assert (found.keyid, found.public, found.created_at) == (key.keyid, key.public, MADE)
    assert len(found.check_code.split()) == 6
    assert make_card(MELLERUD, key, MADE) == card


def test_a_card_with_one_bit_changed_anywhere_is_refused(card: bytes) -> None:
    for position in range(len(card)):
        changed = bytearray(card)
        changed[position] ^= 1
        code_of(bytes(changed))


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "E02-MAGIC"), (b"PK\x03\x04", "E02-MAGIC"), (b"{}", "E08"), (b"{" * (MAX_CARD + 1), "E04")]
)
def test_a_file_that_is_no_card_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s.update(predicateType="https://fardplan.example/ns/paket/v1"), "E13-TYPE"),
        (lambda s: s.update(extra=1), "E14"),
        (lambda s: s["predicate"].update(extra=1), "E14"),
        (lambda s: s["predicate"]["org"].update(extra=1), "E14"),
        (lambda s: s["predicate"].update(createdAt="igår"), "E14"),
        (lambda s: s["predicate"].update(ageRecipient="x"), "E14"),
        (lambda s: s["predicate"]["org"].update(name="a\nb"), "E14"),
        (lambda s: s["predicate"]["org"].update(type="riket"), "E14"),
        (lambda s: s["subject"][0].update(name="annat"), "E14"),
        (lambda s: s["subject"].append(s["subject"][0]), "E14"),
        (lambda s: s["predicate"].update(publicKey=s["predicate"]["publicKey"][:-1]), "E14"),
        (lambda s: s["predicate"].update(publicKey="A" * 43 + "="), "E10-WEAKKEY"),
        (lambda s: s["predicate"].update(keyId="0" * 64), "E15"),
        (lambda s: s["subject"][0]["digest"].update(sha256="0" * 64), "E15"),
    ],
)
def test_a_card_with_other_content_is_refused_even_when_sealed(
    card: bytes, key: SigningKey, change: Callable[[Any], None], code: str
) -> None:
    statement = statement_of(card)
    change(statement)
    assert code_of(make_envelope(canonical(statement), key)) == code


def test_a_card_that_shows_somebody_elses_key_is_refused(card: bytes) -> None:
    assert code_of(make_envelope(canonical(statement_of(card)), SigningKey(b"\1" * 32))) == "E15"


def test_a_card_whose_signature_is_another_keys_is_refused(card: bytes, key: SigningKey) -> None:
    envelope = json.loads(card)
    envelope["signatures"][0]["sig"] = b64encode(SigningKey(b"\1" * 32).sign(b"x")).decode()
    assert code_of(canonical(envelope)) == "E11"
    assert code_of(make_envelope(b"{} ", key)) == "E12"
