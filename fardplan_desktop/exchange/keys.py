"""The key that makes an organisation's seal: made, kept under a passphrase, named, and compared over the telephone.

Ed25519 only. Kept as an OpenSSH key file, because that is the one common form whose passphrase is slow to guess
(PKCS#8 as this library writes it is not) and which ``ssh-keygen`` opens without us.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

from fardplan_desktop.domain.errors import KeyProblem

NAMESPACE = "fardplan-paket-v1"
"""What the second signature, the one for ``ssh-keygen``, is made for."""
KDF_ROUNDS = 100
SHORTEST_PASSPHRASE = 14

_SPKI_PREFIX = bytes.fromhex("302a300506032b6570032100")
_P = 2**255 - 19
_ORDER_8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
_SMALL_ORDER_Y = frozenset((0, 1, _P - 1, _ORDER_8, _P - _ORDER_8))
_CONSONANTS, _VOWELS = "bdfghjklmnprstvxz", "aeiouy"
_GROUPS = 6


class SigningKey:
    """An organisation's private key. Made from 32 bytes of randomness, which the caller draws."""

    __slots__ = ("_private", "keyid", "public")

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.keyid = keyid_of(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.keyid[:8]}…)"

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always gives the same."""
        return self._private.sign(message)

    @property
    def public_line(self) -> str:
        """``ssh-ed25519 AAAA…``, as OpenSSH writes a public key."""
        return public_line(self.public)

    def plain_text(self) -> bytes:
        """The OpenSSH private key without a passphrase, to hand to a library in memory and never to a file."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())

    def private_text(self, passphrase: str, rounds: int = KDF_ROUNDS) -> str:
        """The OpenSSH private key, encrypted. 100 rounds of bcrypt take most of a second, which is the point."""
        protection = PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(rounds).build(normal_passphrase(passphrase))
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, protection).decode("ascii")


def open_key(private_text: str, passphrase: str) -> SigningKey:
    """The key in an encrypted OpenSSH private key; raises KeyProblem for a wrong passphrase or another sort of file."""
    try:
        private = load_ssh_private_key(private_text.encode(), normal_passphrase(passphrase))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyProblem(
            "Sigillet går inte att öppna.",
            "Lösenfrasen är fel, eller så är filen skadad eller inte låst.",
            "Skriv lösenfrasen som den står på kuvertbladet.",
            detail=type(error).__name__,
        ) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyProblem("Filen är av fel slag.", todo="Använd en fil som har sparats av Färdplan.")
    return SigningKey(private.private_bytes_raw())


def generated_passphrase(below: Callable[[int], int]) -> str:
    """Six groups like ``bafu-kely``, 80 bits; ``below(n)`` draws a whole number 0 … n-1, such as secrets.randbelow."""

    def syllable() -> str:
        return _CONSONANTS[below(len(_CONSONANTS))] + _VOWELS[below(len(_VOWELS))]

    return "-".join(syllable() + syllable() for _ in range(_GROUPS))


def check_own_passphrase(passphrase: str) -> None:
    """Raises KeyProblem when a passphrase chosen by a person is too short."""
    if len(unicodedata.normalize("NFC", passphrase)) < SHORTEST_PASSPHRASE:
        raise KeyProblem(
            "Lösenfrasen är för kort.", todo=f"Skriv minst {SHORTEST_PASSPHRASE} tecken, gärna flera ord i följd."
        )


def normal_passphrase(text: str) -> bytes:
    """UTF-8 of the NFC form without the last newline, so that keyboard, file and system give the same bytes."""
    return unicodedata.normalize("NFC", text.removesuffix("\n").removesuffix("\r")).encode()


def spki(public: bytes) -> bytes:
    """The DER SubjectPublicKeyInfo of a raw public key; what ``openssl pkey -pubin -outform DER`` writes."""
    return _SPKI_PREFIX + public


def keyid_of(public: bytes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, 64 hex."""
    return hashlib.sha256(spki(public)).hexdigest()


def check_code(public: bytes) -> str:
    """The kontrollkod: six groups of five digits, for reading aloud."""
    return check_code_of(keyid_of(public))


def check_code_of(keyid: str) -> str:
    """The kontrollkod of a key id, since both come from the same SHA-256."""
    digits = f"{int(keyid, 16) % 10**30:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def matches_groups(code: str, typed: str) -> bool:
    """Whether ``typed`` is two different groups of the kontrollkod, in the code's own order."""
    groups = re.findall(r"[0-9]{5}", code)
    heard = re.fullmatch(r"\s*([0-9]{5})[\s-]+([0-9]{5})\s*", typed)
    if heard is None or heard[1] == heard[2]:
        return False
    first, second = heard.groups()
    return first in groups and second in groups[groups.index(first) + 1 :]


def check_public(public: bytes) -> None:
    """Raises KeyProblem for a public key that proves nothing: of small order, or spelt in a second way."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if len(public) != 32 or y >= _P or y in _SMALL_ORDER_Y:
        raise KeyProblem("Sigillet är av ett slag som inte godtas.", todo="Läs inte in. Ring avsändaren.")


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is this key's, by OpenSSL's strict reading (no second spelling of the same signature)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def allowed_signers_line(organisation_code: str, public: bytes) -> str:
    """The line that lets ``ssh-keygen -Y verify`` trust this key for packages from the organisation."""
    return f'{organisation_code} namespaces="{NAMESPACE}" {public_line(public)}\n'


def public_line(public: bytes) -> str:
    """``ssh-ed25519 AAAA…``, as OpenSSH writes a public key."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def public_text(public: bytes) -> str:
    """Standard base64 of the raw key, as cards write it."""
    return b64encode(public).decode("ascii")
