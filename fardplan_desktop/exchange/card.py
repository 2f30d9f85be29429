"""The key card (``.nyckelkort``, avsändarkort): a public key that says whose it is, sealed by the key itself.

It proves only that whoever made it has the key. That it is the organisation's is settled by the kontrollkod, read over
the telephone.
"""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Level, Organisation, level_of_wire
from fardplan_desktop.exchange.age import check_recipient
from fardplan_desktop.exchange.envelope import make_envelope, read_envelope
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.keys import SigningKey, check_code, check_public, keyid_of, public_text
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.statement import (
    MAX_DEPTH,
    NAMESPACE,
    STATEMENT_TYPE,
    Digest,
    Organ,
    Sha256,
    json_of,
    utc_moment,
    utc_text,
)

CARD_TYPE = f"{NAMESPACE}/nyckelkort/v1"
MAX_CARD = 64 * 1024


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a card says. ``org_name`` is the card's own word: show the code book's name instead."""

    org_level: Level
    org_code: str
    org_name: str
    keyid: str
    public: bytes
    created_at: datetime
    age_recipient: str | None
    """What to encrypt to; None when the owner cannot open encrypted files."""

    @property
    def check_code(self) -> str:
        return check_code(self.public)


class _Closed(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of the card's statement."""


class _Subject(_Closed, frozen=True, kw_only=True):
    name: str
    digest: Digest


class _Predicate(_Closed, frozen=True, kw_only=True):
    org: Organ
    key_id: Sha256
    public_key: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9+/]{43}=\Z")]
    age_recipient: Annotated[str, Meta(pattern=r"\Aage1[0-9a-z]{20,80}\Z")] | None
    created_at: str


class _Statement(_Closed, frozen=True, kw_only=True):
    type: str = msgspec.field(name="_type")
    predicate_type: str
    subject: Annotated[tuple[_Subject, ...], Meta(min_length=1, max_length=1)]
    predicate: _Predicate


def make_card(
    organisation: Organisation, key: SigningKey, created_at: datetime, age_recipient: str | None = None
) -> bytes:
    """The card of an organisation's key, with what others encrypt to; ``created_at`` must have a time zone."""
    organ = {"type": organisation.level.wire, "code": organisation.code, "name": organisation.name}
    statement = _Statement(
        type=STATEMENT_TYPE,
        predicate_type=CARD_TYPE,
        subject=(_Subject(name="nyckel", digest=Digest(sha256=key.keyid)),),
        predicate=_Predicate(
            org=msgspec.convert(organ, Organ),
            key_id=key.keyid,
            public_key=public_text(key.public),
            age_recipient=age_recipient,
            created_at=utc_text(created_at),
        ),
    )
    return make_envelope(canonical(json_of(statement)), key)


def read_card(data: bytes) -> Card:
    """The card, when it is sealed by the very key it shows; raises Refusal E02, E04, E08–E15."""
    if len(data) > MAX_CARD:
        raise refuse("E04", f"{len(data)} bytes", size=f"{len(data) // 1024} kB", limit=f"{MAX_CARD // 1024} kB")
    if not data.startswith(b"{"):
        raise refuse("E02-MAGIC", "no JSON object")
    envelope = read_envelope(data)
    statement = _read_statement(envelope.payload)
    predicate = statement.predicate
    public = b64decode(predicate.public_key)
    try:
        check_public(public)
    except KeyProblem:
        raise refuse("E10-WEAKKEY", "small-order or non-canonical public key") from None
    _check_recipient(predicate.age_recipient)
    if {keyid_of(public)} != {envelope.keyid, predicate.key_id, statement.subject[0].digest.sha256}:
        raise refuse("E15", "the card's key ids differ", sender="avsändaren")
    envelope.check(public)
    return Card(
        org_level=level_of_wire(predicate.org.type),
        org_code=predicate.org.code,
        org_name=predicate.org.name,
        keyid=envelope.keyid,
        public=public,
        created_at=utc_moment(predicate.created_at),
        age_recipient=predicate.age_recipient,
    )


def _check_recipient(recipient: str | None) -> None:
    try:
        if recipient is not None:
            check_recipient(recipient)
    except KeyProblem:
        raise refuse("E14", "age recipient", field="ageRecipient") from None


def _read_statement(payload: bytes) -> _Statement:
    try:
        raw = read_canonical(payload, MAX_DEPTH)
    except ValueError as error:
        raise refuse("E12", f"card: {error}") from None
    if not isinstance(raw, dict) or (raw.get("_type"), raw.get("predicateType")) != (STATEMENT_TYPE, CARD_TYPE):
        raise refuse("E13-TYPE", "not a key card", reason="Den är inget avsändarkort.")
    try:
        statement = msgspec.convert(raw, _Statement)
        utc_moment(statement.predicate.created_at)
    except ValueError as error:
        raise refuse("E14", str(error), field="avsändarkort") from None
    name = statement.predicate.org.name
    if statement.subject[0].name != "nyckel" or not name.isprintable() or json_of(statement) != raw:
        raise refuse("E14", "subject, name or unknown field", field="avsändarkort")
    if public_text(b64decode(statement.predicate.public_key)) != statement.predicate.public_key:
        raise refuse("E14", "public key is not canonical base64", field="avsändarkort")
    return statement
