"""Encrypted on the way: only the receiver reads it, and nothing costly or ambiguous is ever tried."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import KeyProblem, Refusal
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.verify import open_package

OURS = age.identity_of(bytes(range(32)))
OTHERS = age.identity_of(b"9" * 32)
LIMIT = 1024 * 1024
HEAD = b"age-encryption.org/v1\n"
X25519 = b"-> X25519 8hHzbMK6TfdQTzImSYypBQ30MhmhNJ1J5NSw2bNi+WU\nrGXkgcm6TfdQTzImSYypBQ30MhmhNJ1J5NSw2bNi+WU\n"


def code_of(data: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(Refusal) as caught:
        OURS.open(data, limit)
    return caught.value.code


@given(st.binary(min_size=32, max_size=32))
def test_any_32_bytes_give_one_identity_that_the_library_reads(secret: bytes) -> None:
    assert age.identity_of(secret).recipient == age.identity_of(secret).recipient
    assert age.identity_of(secret).recipient.startswith("age1")


def test_the_receiver_and_nobody_else_reads_what_is_encrypted() -> None:
    data = age.encrypt(b"paket", [OURS.recipient])
    assert OURS.open(data, LIMIT) == b"paket"
    assert code_of(age.encrypt(b"paket", [OTHERS.recipient])) == "E02-DECRYPT"
    assert age.encrypt(b"paket", [OURS.recipient]) != data


def test_an_encrypted_file_with_one_bit_changed_anywhere_gives_nothing_at_all() -> None:
    data = age.encrypt(b"paket" * 20, [OURS.recipient])
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1
        assert code_of(bytes(changed)).startswith("E02-")
    for length in (len(data) - 1, len(data) // 2, len(HEAD), 0):
        assert code_of(data[:length]).startswith("E02-")


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_whatever_follows_an_age_mark_is_refused_by_a_code_of_its_own(rest: bytes) -> None:
    assert code_of(HEAD + rest).startswith("E02-")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (HEAD + b"-> scrypt rF0/NwblUHHTpgQgRpe5CQ 30\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + X25519 + b"-> scrypt rF0/NwblUHHTpgQgRpe5CQ 30\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + b"-> ssh-rsa abcd\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + b"-> ssh-ed25519 abcd xyz\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + b"-> mlkem768x25519 abcd\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + b"-> \xff\xfe-grease\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + b"-> x-grease\nab\n--- mac\n", "E02-PASSPHRASE"),
        (HEAD + X25519 * 21 + b"--- mac\n", "E02-DECRYPT"),
        (HEAD + X25519 * 50_000 + b"--- mac\n", "E02-DECRYPT"),
        (HEAD + X25519, "E02-DECRYPT"),
        (HEAD, "E02-DECRYPT"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n", "E02-DECRYPT"),
    ],
)
def test_what_would_cost_too_much_or_be_read_in_two_ways_is_refused_unopened(
    header: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bytes] = []
    monkeypatch.setattr(pyrage, "decrypt", lambda data, _: tried.append(data))
    assert code_of(header) == code
    assert tried == []


def test_the_stanza_that_the_library_adds_at_random_is_let_be() -> None:
    for _ in range(20):
        age.check_header(age.encrypt(b"", [OURS.recipient]))


def test_the_size_is_compared_before_anything_is_decrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = age.encrypt(bytes(LIMIT), [OURS.recipient])
    assert len(OURS.open(data, LIMIT)) == LIMIT
    monkeypatch.setattr(pyrage, "decrypt", lambda *_: pytest.fail("decrypted"))
    assert code_of(data, LIMIT // 2) == "E04"


def test_what_is_inside_is_verified_as_any_package(package: bytes, office: Any) -> None:
    inside = OURS.open(age.encrypt(package, [OURS.recipient]), LIMIT)
    assert open_package(inside, office).verdict.code == "OK"
    with pytest.raises(Refusal) as caught:
        open_package(age.encrypt(package, [OURS.recipient]), office)
    assert caught.value.code == "E02-LOCKED"


def test_a_package_encrypted_twice_is_not_opened_twice(package: bytes, office: Any) -> None:
    twice = age.encrypt(age.encrypt(package, [OURS.recipient]), [OURS.recipient])
    with pytest.raises(Refusal) as caught:
        open_package(OURS.open(twice, LIMIT), office)
    assert caught.value.code == "E02-LOCKED"


def test_the_identity_is_kept_under_our_own_key_alone(key: SigningKey) -> None:
    kept = OURS.protected(key)
    assert age.unprotected(kept, key).recipient == OURS.recipient
    for wrong_text, wrong_key in ((kept, SigningKey(b"9" * 32)), ("x", key), (kept[:-8], key), ("", key)):
        with pytest.raises(KeyProblem):
            age.unprotected(wrong_text, wrong_key)


@pytest.mark.parametrize("text", ["", "age1xx", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", "age1" + "q" * 58])
def test_only_an_age_recipient_is_encrypted_to(text: str) -> None:
    with pytest.raises(KeyProblem):
        age.encrypt(b"", [text])


def test_nothing_secret_shows_when_the_identity_is_printed() -> None:
    assert "SECRET" not in repr(OURS)


@pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")
def test_the_age_command_opens_what_we_encrypt_and_we_what_it_does(tmp_path: Path, key: SigningKey) -> None:
    (tmp_path / "nyckel").write_bytes(key.plain_text())
    (tmp_path / "nyckel").chmod(0o600)
    import base64

    (tmp_path / "identity.age").write_bytes(base64.b64decode(OURS.protected(key)))
    opened = subprocess.run(
        ["age", "-d", "-i", "nyckel", "identity.age"], cwd=tmp_path, capture_output=True, check=True
    )
    (tmp_path / "identity").write_bytes(opened.stdout)
    (tmp_path / "ours.age").write_bytes(age.encrypt(b"fran oss", [OURS.recipient]))
    done = subprocess.run(["age", "-d", "-i", "identity", "ours.age"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == b"fran oss"
    theirs = subprocess.run(["age", "-r", OURS.recipient], input=b"fran dem", capture_output=True, check=True)
    assert OURS.open(theirs.stdout, LIMIT) == b"fran dem"
