"""A sender's key as one line of text: what the printed card's QR code holds, and what may be pasted instead of a card.

The QR code says ``FARDPLAN:1462:<public key, base64>``: 58 letters for a municipality, which is QR version 4 at error
level M, large enough to be read from a worn paper. It holds no seal of its own, unlike the card, and no age recipient:
the kontrollkod that is compared over the telephone covers the public key, so nothing else may be taken from paper.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.exchange.keys import check_public, public_text
from fardplan_desktop.exchange.messages import refuse

_QR = re.compile(r"FARDPLAN:([A-Za-z0-9][A-Za-z0-9-]{1,15}):([A-Za-z0-9+/]{43}=)")
_LINE = re.compile(
    r'([A-Za-z0-9][A-Za-z0-9-]{1,15})\s+(?:namespaces="[^"]{0,80}"\s+)?(ssh-ed25519 [A-Za-z0-9+/=]{60,80})(?:\s.*)?'
)


class ClaimedKey(NamedTuple):
    """Whose key it is said to be. Nothing proves it but the kontrollkod."""

    org_code: str
    public: bytes


def key_text(org_code: str, public: bytes) -> str:
    """What the QR code holds."""
    return f"FARDPLAN:{org_code}:{public_text(public)}"


def read_key_text(text: str) -> ClaimedKey:
    """The key in a QR code's text, or in a line for ``ssh-keygen`` that begins with the organisation's code.

    Raises Refusal E13-TYPE for another text, E10-WEAKKEY for a key that proves nothing.
    """
    line = " ".join(text.split())
    if found := _QR.fullmatch(line):
        public = b64decode(found[2])
        whole = public_text(public) == found[2]
    elif found := _LINE.fullmatch(line):
        public, whole = _ssh(found[2]), True
    else:
        raise refuse("E13-TYPE", "neither QR text nor key line", reason="Texten är inget avsändarkort.")
    try:
        check_public(public)
    except KeyProblem:
        raise refuse("E10-WEAKKEY", "small-order or non-canonical public key") from None
    if not whole:
        raise refuse("E14", "public key is not canonical base64", field="avsändarkort")
    return ClaimedKey(found[1], public)


def _ssh(line: str) -> bytes:
    try:
        key = load_ssh_public_key(line.encode("ascii"))
    except ValueError:
        raise refuse("E14", "no OpenSSH public key", field="avsändarkort") from None
    assert isinstance(key, Ed25519PublicKey), "the line says ssh-ed25519"
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
