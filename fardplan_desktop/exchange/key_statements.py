"""What signed statements about keys have in common: card, change of key and revocation are read in one strict way."""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.keys import check_public, public_text
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.statement import MAX_DEPTH, STATEMENT_TYPE, Digest, OrgCode, json_of, utc_moment

MAX_STATEMENT = 64 * 1024
"""Bytes of a file that tells of a key; the ones we make are under 2 kB."""
PublicKey = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9+/]{43}=\Z")]
AgeRecipient = Annotated[str, Meta(pattern=r"\Aage1[0-9a-z]{20,80}\Z")]
_SUBJECT = "nyckel"


class Closed(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of a statement about a key: there is one form, and nothing may be added to it."""


class Holder(Closed, frozen=True, kw_only=True):
    """Whose key it is. The name is not told: receivers have it from the code book."""

    type: Literal["kommun", "delregion", "lan"]
    code: OrgCode


class Subject(Closed, frozen=True, kw_only=True):
    name: str
    digest: Digest


class KeyPredicate(Closed, frozen=True, kw_only=True):
    """What every statement about a key says, whoever's it is."""

    created_at: str


def holder(organisation: Organisation) -> Holder:
    return msgspec.convert({"type": organisation.level.wire, "code": organisation.code}, Holder)


P = TypeVar("P", bound=KeyPredicate)


class _Statement(Closed, frozen=True, kw_only=True):
    type: str = msgspec.field(name="_type")
    predicate_type: str
    subject: Annotated[tuple[Subject, ...], Meta(min_length=1, max_length=1)]
    predicate: msgspec.Raw


def payload_of(predicate: KeyPredicate, predicate_type: str, keyid: str) -> bytes:
    """The bytes to sign of a statement about the key ``keyid``."""
    subject: Json = {"name": _SUBJECT, "digest": {"sha256": keyid}}
    return canonical(
        {
            "_type": STATEMENT_TYPE,
            "predicateType": predicate_type,
            "subject": [subject],
            "predicate": json_of(predicate),
        }
    )


def read_payload(payload: bytes, predicate_type: str, kind: type[P], what: str) -> tuple[P, str]:
    """The predicate and the id of the key it is about; raises Refusal E12, E13-TYPE, E14. ``what`` names the file."""
    try:
        raw = read_canonical(payload, MAX_DEPTH)
    except ValueError as error:
        raise refuse("E12", f"{what}: {error}") from None
    if not isinstance(raw, dict) or (raw.get("_type"), raw.get("predicateType")) != (STATEMENT_TYPE, predicate_type):
        raise refuse("E13-TYPE", f"not a {predicate_type}", reason="Den säger något annat om ett sigill.")
    try:
        statement = msgspec.json.decode(payload, type=_Statement)
        predicate = msgspec.json.decode(statement.predicate, type=kind)
        utc_moment(predicate.created_at)
    except ValueError as error:
        raise refuse("E14", str(error), field=what) from None
    keyid = statement.subject[0].digest.sha256
    if payload_of(predicate, predicate_type, keyid) != payload:
        raise refuse("E14", "subject or unknown field", field=what)
    return predicate, keyid


def public_of(text: str, what: str) -> bytes:
    """The raw key behind its base64; raises Refusal E14 for a second spelling, E10-WEAKKEY for a key of small order."""
    public = b64decode(text)
    if public_text(public) != text:
        raise refuse("E14", "public key is not canonical base64", field=what)
    try:
        check_public(public)
    except KeyProblem:
        raise refuse("E10-WEAKKEY", "small-order or non-canonical public key") from None
    return public


def check_start(data: bytes) -> None:
    """Raises Refusal E04, E02-MAGIC for a file that cannot be a statement about a key."""
    if len(data) > MAX_STATEMENT:
        raise refuse("E04", f"{len(data)} bytes", size=f"{len(data) // 1024} kB", limit=f"{MAX_STATEMENT // 1024} kB")
    if not data.startswith(b"{"):
        raise refuse("E02-MAGIC", "no JSON object")


class _Peeked(msgspec.Struct, frozen=True):
    payload: str


class _PeekedType(msgspec.Struct, frozen=True):
    type: str = msgspec.field(name="predicateType")


def statement_type(data: bytes) -> str:
    """What sort of statement a file seems to hold, nothing of it proven; empty when that cannot be told."""
    if len(data) > MAX_STATEMENT:
        return ""
    try:
        return msgspec.json.decode(b64decode(msgspec.json.decode(data, type=_Peeked).payload), type=_PeekedType).type
    except ValueError:
        return ""
