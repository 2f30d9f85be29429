"""The revocation (``.sparr``): a key says of itself that it is to be believed no more.

Sealed when the key is made and kept apart from it, so that a lost key can be revoked by whoever has the kuvertblad. It
says nothing that is not known that day, so there is one revocation of a key and no more, and it fits a QR code: the
text form has what the statement is rebuilt from, byte for byte.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from datetime import datetime

import msgspec

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.levels import Level, Organisation, level_of_wire
from fardplan_desktop.exchange.envelope import PAYLOAD_TYPE, make_envelope, read_envelope
from fardplan_desktop.exchange.key_statements import (
    Holder,
    KeyPredicate,
    PublicKey,
    check_start,
    holder,
    payload_of,
    public_of,
    read_payload,
)
from fardplan_desktop.exchange.keys import SigningKey, keyid_of, public_text
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.statement import NAMESPACE, utc_moment, utc_text

REVOCATION_TYPE = f"{NAMESPACE}/sparr/v1"
_WHAT = "spärr"
_TEXT = re.compile(
    r"FARDPLAN-SPARR;(kommun|delregion|lan);([A-Za-z0-9][A-Za-z0-9-]{1,15});([A-Za-z0-9+/]{43}=);"
    r"([0-9TZ:-]{20});([A-Za-z0-9+/]{86}==)"
)


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """The key that is to be believed no more, in its own words."""

    org_level: Level
    org_code: str
    keyid: str
    public: bytes
    created_at: datetime
    """When the key and this were made, not when it was used."""


class _Predicate(KeyPredicate, frozen=True, kw_only=True):
    org: Holder
    public_key: PublicKey


def make_revocation(organisation: Organisation, key: SigningKey, created_at: datetime) -> bytes:
    """The file; the same bytes every time. ``created_at``: when the key was made, with a time zone."""
    predicate = _Predicate(
        org=holder(organisation),
        created_at=utc_text(created_at),
        public_key=public_text(key.public),
    )
    return make_envelope(payload_of(predicate, REVOCATION_TYPE, key.keyid), key)


def read_revocation(data: bytes) -> Revocation:
    """The revocation, signed by the very key it is about; raises Refusal E02, E04, E08–E15."""
    check_start(data)
    envelope = read_envelope(data)
    predicate, keyid = read_payload(envelope.payload, REVOCATION_TYPE, _Predicate, _WHAT)
    public = public_of(predicate.public_key, _WHAT)
    if {keyid_of(public), envelope.keyid} != {keyid}:
        raise refuse("E15", "the revocation's key ids differ", sender="avsändaren")
    envelope.check(public)
    return Revocation(
        org_level=level_of_wire(predicate.org.type),
        org_code=predicate.org.code,
        keyid=keyid,
        public=public,
        created_at=utc_moment(predicate.created_at),
    )


def revocation_text(data: bytes) -> str:
    """A revocation of ours as one line, for a QR code: about 210 letters."""
    found = read_revocation(data)
    parts = (
        found.org_level.wire,
        found.org_code,
        public_text(found.public),
        utc_text(found.created_at),
        b64encode(read_envelope(data).signature).decode("ascii"),
    )
    return ";".join(("FARDPLAN-SPARR", *parts))


def revocation_of_text(text: str) -> bytes | None:
    """The file that the line stands for, not yet tried; None when it is no such line.

    On the kuvertblad it is printed over several lines, and copied from there it has their breaks in it.
    """
    found = _TEXT.fullmatch("".join(text.split()))
    if found is None:
        return None
    wire, code, public, created_at, signature = found.groups()
    organ = {"type": wire, "code": code}
    predicate = msgspec.convert({"org": organ, "publicKey": public, "createdAt": created_at}, _Predicate)
    keyid = keyid_of(b64decode(public))
    payload = payload_of(predicate, REVOCATION_TYPE, keyid)
    return canonical(
        {
            "payload": b64encode(payload).decode("ascii"),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{"keyid": keyid, "sig": signature}],
        }
    )
