"""The key card (``.nyckelkort``, avsändarkort): a public key that says whose it is, sealed by the key itself.

It proves only that whoever made it has the key. That it is the organisation's is settled by the kontrollkod, read over
the telephone.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Level, Organisation, level_of_wire
from fardplan_desktop.exchange.age import check_recipient
from fardplan_desktop.exchange.envelope import make_envelope, read_envelope
from fardplan_desktop.exchange.key_statements import (
    MAX_STATEMENT,
    AgeRecipient,
    KeyPredicate,
    PublicKey,
    check_start,
    payload_of,
    public_of,
    read_payload,
)
from fardplan_desktop.exchange.keys import SigningKey, check_code, keyid_of, public_text
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.statement import NAMESPACE, Organ, Sha256, utc_moment, utc_text

CARD_TYPE = f"{NAMESPACE}/nyckelkort/v1"
MAX_CARD = MAX_STATEMENT
_WHAT = "avsändarkort"


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


class _Predicate(KeyPredicate, frozen=True, kw_only=True):
    org: Organ
    key_id: Sha256
    public_key: PublicKey
    age_recipient: AgeRecipient | None


def make_card(
    organisation: Organisation, key: SigningKey, created_at: datetime, age_recipient: str | None = None
) -> bytes:
    """The card of an organisation's key, with what others encrypt to; ``created_at`` must have a time zone."""
    organ = {"type": organisation.level.wire, "code": organisation.code, "name": organisation.name}
    predicate = _Predicate(
        org=msgspec.convert(organ, Organ),
        key_id=key.keyid,
        public_key=public_text(key.public),
        age_recipient=age_recipient,
        created_at=utc_text(created_at),
    )
    return make_envelope(payload_of(predicate, CARD_TYPE, key.keyid), key)


def read_card(data: bytes) -> Card:
    """The card, when it is sealed by the very key it shows; raises Refusal E02, E04, E08–E15."""
    check_start(data)
    envelope = read_envelope(data)
    predicate, keyid = read_payload(envelope.payload, CARD_TYPE, _Predicate, _WHAT)
    public = public_of(predicate.public_key, _WHAT)
    _check_recipient(predicate.age_recipient)
    if not predicate.org.name.isprintable():
        raise refuse("E14", "name", field=_WHAT)
    if {keyid_of(public), envelope.keyid, predicate.key_id} != {keyid}:
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
