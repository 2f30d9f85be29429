"""Keys: named and compared as the specification says, opened only with their passphrase, and never weak."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_is_valid_point

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.exchange.keys import (
    SigningKey,
    check_code,
    check_code_of,
    check_own_passphrase,
    check_public,
    generated_passphrase,
    matches_groups,
    open_key,
    verifies,
)

P = 2**255 - 19
CODE = "36084 90016 43983 72359 08841 40321"
SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]


def test_a_key_opens_with_its_passphrase_only(key: SigningKey) -> None:
    text = key.private_text("fyra hästar på ängen", rounds=1)
    opened = open_key(text, "fyra hästar på ängen")
    assert (opened.public, opened.keyid) == (key.public, key.keyid)
    for wrong in ("fyra hästar på ängen!", "", "Fyra hästar på ängen"):
        with pytest.raises(KeyProblem, match="Sigillet går inte att öppna"):
            open_key(text, wrong)


def test_a_passphrase_is_the_same_however_its_letters_are_composed_or_its_file_ends(key: SigningKey) -> None:
    text = key.private_text("p\u00e5 \u00e4ngen vid \u00e5n", rounds=1)
    for same in (
        "pa\u030a a\u0308ngen vid a\u030an",
        "p\u00e5 \u00e4ngen vid \u00e5n\n",
        "p\u00e5 \u00e4ngen vid \u00e5n\r\n",
    ):
        assert open_key(text, same).keyid == key.keyid


@pytest.mark.parametrize(
    "text", ["", "hej", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----"]
)
def test_a_file_that_is_no_key_is_a_key_problem(text: str) -> None:
    with pytest.raises(KeyProblem):
        open_key(text, "vad som helst här")


def test_an_unprotected_key_or_one_of_another_sort_is_a_key_problem() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    bare = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    with pytest.raises(KeyProblem, match="inte låst"):
        open_key(bare.decode(), "vad som helst här")
    protection = PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(1).build(b"vad som helst")
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, protection)
    with pytest.raises(KeyProblem, match="fel slag"):
        open_key(other.decode(), "vad som helst")


def test_a_key_shows_nothing_of_itself_but_its_id() -> None:
    assert re.fullmatch(r"SigningKey\([0-9a-f]{8}…\)", repr(SigningKey(b"\x07" * 32)))


def test_a_generated_passphrase_has_six_groups_and_at_least_77_bits() -> None:
    asked: list[int] = []

    def below(n: int) -> int:
        asked.append(n)
        return random.Random(len(asked)).randrange(n)

    assert re.fullmatch(r"[a-z]{4}(-[a-z]{4}){5}", generated_passphrase(below))
    product = 1
    for n in asked:
        product *= n
    assert product > 2**77
    check_own_passphrase(generated_passphrase(below))


def test_an_own_passphrase_has_at_least_14_characters() -> None:
    check_own_passphrase("fjorton tecken")
    with pytest.raises(KeyProblem):
        check_own_passphrase("a\u030a" * 13)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("36084 90016", True),
        ("36084 40321", True),
        (" 43983-08841 ", True),
        ("90016 36084", False),
        ("36084 36084", False),
        ("36084", False),
        ("36084 90016 43983", False),
        ("60849 00164", False),
        ("36084 90017", False),
        ("", False),
        ("٣٦٠٨٤ 90016", False),
    ],
)
def test_two_different_groups_in_their_order_match_the_check_code(typed: str, right: bool) -> None:
    assert matches_groups(CODE, typed) is right


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=30)
def test_a_check_code_is_six_groups_of_five_digits_of_the_key_id(seed: bytes) -> None:
    key = SigningKey(seed)
    code = check_code(key.public)
    assert re.fullmatch(r"[0-9]{5}( [0-9]{5}){5}", code)
    assert code == check_code_of(key.keyid)
    assert int(code.replace(" ", "")) == int(key.keyid, 16) % 10**30


@pytest.mark.parametrize("text", SMALL_ORDER)
@pytest.mark.parametrize("sign", [0, 0x80])
def test_a_key_of_small_order_is_refused_as_the_oracle_does(text: str, sign: int) -> None:
    raw = bytearray.fromhex(text)
    raw[31] |= sign
    assert not crypto_core_ed25519_is_valid_point(bytes(raw))
    with pytest.raises(KeyProblem):
        check_public(bytes(raw))


@pytest.mark.parametrize("y", [P, P + 1, P + 2, P + 9, 2**255 - 1, 2**256 - 1])
def test_a_key_in_a_second_spelling_is_refused(y: int) -> None:
    with pytest.raises(KeyProblem):
        check_public(y.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyProblem):
        check_public(b"\x05" * length)


def test_an_ordinary_key_is_accepted_and_verifies_its_own_signatures_only(key: SigningKey) -> None:
    check_public(key.public)
    assert crypto_core_ed25519_is_valid_point(key.public)
    signature: Any = key.sign(b"hej")
    assert verifies(key.public, signature, b"hej")
    assert not verifies(key.public, signature, b"hej!")
    assert not verifies(key.public, signature[:63], b"hej")
    assert not verifies(key.public[:31], signature, b"hej")
