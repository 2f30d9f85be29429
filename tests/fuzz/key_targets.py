"""The small files about keys, lines of text that hold one, and the age file around a package."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fardplan_desktop.domain.errors import KeyProblem, Refusal
from fardplan_desktop.exchange.age import encrypt, identity_of
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.exchange.envelope import make_envelope, read_envelopes
from fardplan_desktop.exchange.key_text import key_text, read_key_text
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.revocation import read_revocation, revocation_of_text, revocation_text
from fardplan_desktop.exchange.rotation import claimed_rotation, read_rotation
from tests.exchange.test_key_statements import NEW, OLD, REVOCATION, ROTATION
from tests.fuzz import samples
from tests.fuzz.promises import Target, plain, told

IDENTITY = identity_of(bytes(range(32)))
LIMIT = 1024 * 1024


class _Statement(NamedTuple):
    """A sort of file: a right one, who reads it, and the keys that seal it."""

    right: bytes
    read: Callable[[bytes], object]
    keys: tuple[SigningKey, ...]


def card_target() -> Target:
    """Raw bytes, or a payload that the right keys have sealed."""
    sorts = (
        _Statement(samples.card(), read_card, (samples.KEY,)),
        _Statement(ROTATION, lambda data: read_rotation(data, {OLD.keyid: OLD.public}.get), (OLD, NEW)),
        _Statement(ROTATION, claimed_rotation, (OLD, NEW)),
        _Statement(REVOCATION, read_revocation, (OLD,)),
    )

    def run(data: bytes) -> None:
        sort, body = sorts[data[0] // 2 % len(sorts)] if data else sorts[0], data[1:]
        try:
            sort.read(make_envelope(body, *sort.keys) if data and data[0] % 2 else body)
        except Refusal as refusal:
            told(refusal)

    raw = (bytes([2 * at]) + sort.right for at, sort in enumerate(sorts))
    sealed = (
        bytes([2 * at + 1]) + read_envelopes(sort.right, len(sort.keys))[0].payload for at, sort in enumerate(sorts)
    )
    return Target((*raw, *sealed), run)


def text_target() -> Target:
    """What is read out of a QR code, or pasted."""

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        try:
            read_key_text(text)
        except (KeyProblem, Refusal) as problem:
            plain(problem.sentence)
        found = revocation_of_text(text)
        if found is not None:
            try:
                read_revocation(found)
            except Refusal as refusal:
                told(refusal)

    return Target((key_text("1461", OLD.public).encode(), revocation_text(REVOCATION).encode()), run)


def age_target() -> Target:
    """An age file whose header or body is replaced."""
    whole = encrypt(samples.package(), [IDENTITY.recipient])
    at = whole.index(b"\n---") + 1

    def run(data: bytes) -> None:
        kind, body = (data[0] % 3, data[1:]) if data else (0, b"")
        try:
            IDENTITY.open((body, body + whole[at:], whole[:at] + body)[kind], LIMIT)
        except Refusal as refusal:
            told(refusal)

    return Target((b"\0" + whole, b"\1" + whole[:at], b"\2" + whole[at:]), run)
