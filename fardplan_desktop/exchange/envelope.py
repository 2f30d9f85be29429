"""The DSSE envelope: a payload, its type and an Ed25519 signature over both; two when a key gives way to another.

The algorithm is fixed, so nothing in the message can choose a weaker one. ``securesystemslib`` gives the bytes to sign;
reading is stricter than it is (one spelling only), and verifying never uses its fallback, which takes malleable
signatures.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

import msgspec
from securesystemslib.dsse import Envelope as Dsse

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.keys import SigningKey, verifies
from fardplan_desktop.exchange.messages import refuse

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MAX_ENVELOPE = 512 * 1024
_MAX_DEPTH = 4


class Envelope(msgspec.Struct, frozen=True):
    """What an envelope says, not yet verified."""

    payload: bytes
    keyid: str
    signature: bytes

    def check(self, public: bytes) -> None:
        """Raises Refusal E11 unless this key has signed the payload."""
        if not verifies(public, self.signature, pae(self.payload)):
            raise refuse("E11", "Ed25519 over the DSSE PAE does not verify")


def pae(payload: bytes) -> bytes:
    """The bytes that are signed: type and payload, each with its length."""
    return bytes(Dsse(payload, PAYLOAD_TYPE, {}).pae())


def make_envelope(payload: bytes, *keys: SigningKey) -> bytes:
    """The envelope in its one encoding, signed by each of the keys in this order."""
    signatures: list[Json] = [
        {"keyid": key.keyid, "sig": b64encode(key.sign(pae(payload))).decode("ascii")} for key in keys
    ]
    text = b64encode(payload).decode("ascii")
    return canonical({"payload": text, "payloadType": PAYLOAD_TYPE, "signatures": signatures})


def read_envelope(data: bytes) -> Envelope:
    """The envelope; raises Refusal E08 when it is not of the one form, E09 when nobody has signed it."""
    (envelope,) = read_envelopes(data, 1)
    return envelope


def read_envelopes(data: bytes, signers: int) -> tuple[Envelope, ...]:
    """One envelope for each of exactly ``signers`` signatures, all over the same payload; raises Refusal E08, E09."""
    if len(data) > MAX_ENVELOPE:
        raise refuse("E08", f"envelope of {len(data)} bytes")
    try:
        value = read_canonical(data, _MAX_DEPTH)
    except ValueError as error:
        raise refuse("E08", f"envelope: {error}") from None
    fields = _fields(value, "payload", "payloadType", "signatures")
    if fields["payloadType"] != PAYLOAD_TYPE:
        raise refuse("E08", "unexpected payloadType")
    signatures = fields["signatures"]
    if not isinstance(signatures, list) or len(signatures) > signers:
        raise refuse("E08", "more signatures than there should be")
    if len(signatures) < signers:
        raise refuse("E09", "a signature is missing in the envelope")
    payload = _base64(fields["payload"])
    return tuple(_signed(each, payload) for each in signatures)


def _signed(signature: Json, payload: bytes) -> Envelope:
    signed = _fields(signature, "keyid", "sig")
    if signed["sig"] == "":
        raise refuse("E09", "empty signature")
    keyid = signed["keyid"]
    if not isinstance(keyid, str) or len(keyid) != 64 or not set(keyid) <= set("0123456789abcdef"):
        raise refuse("E08", "keyid is no SHA-256")
    return Envelope(payload, keyid, _base64(signed["sig"]))


def _fields(value: Json, *names: str) -> dict[str, Json]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise refuse("E08", f"expected exactly {', '.join(names)}")
    return value


def _base64(value: Json) -> bytes:
    try:
        raw = b64decode(value, validate=True) if isinstance(value, str) else b""
    except ValueError:
        raw = b""
    if not raw or b64encode(raw).decode("ascii") != value:
        raise refuse("E08", "not canonical base64")
    return raw
