"""The change of key (``.nyckelbyte``): the old key says who follows it, and the new one proves that it is held.

One envelope with both signatures, the old key's first; either alone is refused. After it the old key vouches for
nothing above ``oldKeyLastSequence``, which also undoes what a thief may have sealed with numbers far ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from fardplan_desktop.domain.levels import Level, Organisation, level_of_wire
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.exchange.envelope import Envelope, make_envelope, read_envelopes
from fardplan_desktop.exchange.key_statements import (
    AgeRecipient,
    Holder,
    KeyPredicate,
    PublicKey,
    check_start,
    holder,
    payload_of,
    public_of,
    read_payload,
)
from fardplan_desktop.exchange.keys import SigningKey, check_code_of, keyid_of, public_text
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.statement import NAMESPACE, Sha256, utc_moment, utc_text

ROTATION_TYPE = f"{NAMESPACE}/nyckelbyte/v1"
LONGEST_REASON = 200
_WHAT = "sigillbyte"


class Rotation(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of key says; only believed from ``read_rotation``."""

    org_level: Level
    org_code: str
    old_keyid: str
    last_sequence: int
    """The highest number that the old key has given; 0 when it has given none."""
    new_keyid: str
    new_public: bytes
    new_age_recipient: str | None
    reason: str
    created_at: datetime


class _Predicate(KeyPredicate, frozen=True, kw_only=True):
    org: Holder
    old_key_id: Sha256
    old_key_last_sequence: Annotated[int, Meta(ge=0, le=1_000_000)]
    new_public_key: PublicKey
    new_age_recipient: AgeRecipient | None
    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]


def make_rotation(
    organisation: Organisation,
    old: SigningKey,
    new: SigningKey,
    *,
    last_sequence: int,
    new_age_recipient: str | None,
    reason: str,
    created_at: datetime,
) -> bytes:
    """The file. ``reason``: one line of at most 200 characters; ``created_at`` with a time zone."""
    predicate = _Predicate(
        org=holder(organisation),
        created_at=utc_text(created_at),
        old_key_id=old.keyid,
        old_key_last_sequence=last_sequence,
        new_public_key=public_text(new.public),
        new_age_recipient=new_age_recipient,
        reason=reason,
    )
    return make_envelope(payload_of(predicate, ROTATION_TYPE, new.keyid), old, new)


def claimed_rotation(data: bytes) -> Rotation:
    """What the file says, signed by the new key; whether the old one agrees is not tried.

    Raises Refusal E02, E04, E08–E15.
    """
    return _read(data)[0]


def read_rotation(data: bytes, public_of_key: Callable[[str], bytes | None]) -> Rotation:
    """The change, authorised by the old key and proven by the new one; raises Refusal E02, E04, E08–E15.

    ``public_of_key`` gives the public key of a known key id; E10-UNKNOWNKEY when it gives none.
    """
    rotation, old = _read(data)
    public = public_of_key(rotation.old_keyid)
    if public is None:
        refusal = refuse(
            "E10-UNKNOWNKEY", f"old key {rotation.old_keyid} is not in the trust store", sender="avsändaren"
        )
        refusal.about = Verdict(keyid=rotation.new_keyid, check_code=check_code_of(rotation.new_keyid))
        raise refusal
    old.check(public)
    return rotation


def _read(data: bytes) -> tuple[Rotation, Envelope]:
    """The change with the new key's signature tried, and the old key's, not yet tried."""
    check_start(data)
    old, new = read_envelopes(data, 2)
    predicate, keyid = read_payload(new.payload, ROTATION_TYPE, _Predicate, _WHAT)
    public = public_of(predicate.new_public_key, _WHAT)
    if not predicate.reason.isprintable():
        raise refuse("E14", "reason is not printable", field=_WHAT)
    ids = (old.keyid, new.keyid, new.keyid)
    if ids != (predicate.old_key_id, keyid, keyid_of(public)) or old.keyid == new.keyid:
        raise refuse("E15", "the key ids of a change of key differ", sender="avsändaren")
    new.check(public)
    return (
        Rotation(
            org_level=level_of_wire(predicate.org.type),
            org_code=predicate.org.code,
            old_keyid=old.keyid,
            last_sequence=predicate.old_key_last_sequence,
            new_keyid=keyid,
            new_public=public,
            new_age_recipient=predicate.new_age_recipient,
            reason=predicate.reason,
            created_at=utc_moment(predicate.created_at),
        ),
        old,
    )
