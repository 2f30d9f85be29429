"""The cheap look: what a file is, told by its first bytes and never by its name, before anything is opened.

It costs some milliseconds whatever the file's size, and proves nothing: it says in which order files are judged. Who
sealed a package is believed only when the signature is of a known sender, since nothing else is parsed unproven.

A new kind of *file* gets a ``Sort`` of its own here; a new kind of *package* needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import msgspec

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange.age import is_age
from fardplan_desktop.exchange.card import MAX_CARD, read_card
from fardplan_desktop.exchange.container import first_members
from fardplan_desktop.exchange.envelope import read_envelope
from fardplan_desktop.exchange.revocation import read_revocation
from fardplan_desktop.exchange.rotation import claimed_rotation
from fardplan_desktop.exchange.statement import read_statement
from fardplan_desktop.exchange.verify import read_package_file, read_start

_START = 2 * MAX_CARD
"""A whole card, and the part of a package that says who and when: of eighty parts it says some 50 kB."""


class Sort(StrEnum):
    CARD = "card"
    ROTATION = "rotation"
    REVOCATION = "revocation"
    PACKAGE = "package"
    OTHER = "other"
    """Nothing of ours, or too damaged to tell: opening it gives the reason."""


class Look(msgspec.Struct, frozen=True):
    """What the file seems to be. Only a package from a known sender says more than its sort."""

    sort: Sort
    kind: str = ""
    issuer: str = ""
    sequence: int = 0
    made_at: str = ""
    """Of a change of key, whose file says when it was made."""


class _Issuer(msgspec.Struct, frozen=True):
    code: str


class _Predicate(msgspec.Struct, frozen=True):
    kind: str
    issuer: _Issuer
    sequence: int


class _Statement(msgspec.Struct, frozen=True):
    predicate: _Predicate


def look_at(path: Path, key: Callable[[str], TrustedKey | None], plain: Callable[[bytes], bytes]) -> Look:
    """What lies there; ``key`` gives the known sender with that key id, ``plain`` what is inside an encrypted file.

    Never raises: what cannot be read is OTHER. Only an encrypted file is read whole: age is all or nothing.
    """
    try:
        start = read_start(path, _START)
        if is_age(start):
            start = plain(read_package_file(path))[:_START]
        return _of_a_key(start) if start.startswith(b"{") else _package(start, key)
    except Refusal:
        return Look(Sort.OTHER)


def signed_counts(package: bytes) -> Mapping[str, int]:
    """Records per file, as signed, of a package that has been taken in and is not to be verified again."""
    _, sealed = first_members(package, 2)
    statement, _ = read_statement(read_envelope(sealed).payload, practice=None)
    return statement.counts


def _of_a_key(start: bytes) -> Look:
    """A card, a change of key or a revocation: each is one small envelope, and tried as the one after the other."""
    with suppress(Refusal):
        return Look(Sort.CARD, issuer=read_card(start).org_code)
    with suppress(Refusal):
        rotation = claimed_rotation(start)
        return Look(Sort.ROTATION, issuer=rotation.org_code, made_at=rotation.created_at.isoformat())
    return Look(Sort.REVOCATION, issuer=read_revocation(start).org_code)


def _package(start: bytes, key: Callable[[str], TrustedKey | None]) -> Look:
    _, sealed = first_members(start, 2)
    envelope = read_envelope(sealed)
    known = key(envelope.keyid)
    if known is None:
        return Look(Sort.PACKAGE)
    envelope.check(known.public)
    try:
        said = msgspec.json.decode(envelope.payload, type=_Statement).predicate
    except ValueError:
        return Look(Sort.PACKAGE)
    return Look(Sort.PACKAGE, said.kind, said.issuer.code, said.sequence)
