"""Encryption on the way: a sealed package inside an age file, readable by the receiver alone (``.fardpaket.age``).

Sealed first, encrypted after; the receiver is named inside the signed statement, so nobody can pass a package on as if
it had been meant for another. Nothing is decrypted to disk. Passwords are never tried and armour is never read: one
demands half a gigabyte of memory before it can say no, the other is a second spelling of the same file.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable

import pyrage

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.messages import refuse

SUFFIX = ".age"
_MARK = b"age-encryption.org/v1\n"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_MAX_HEADER = 64 * 1024
_MAX_STANZAS = 20
_STANZA = re.compile(rb"^-> ([^ \n]*)", re.MULTILINE)
# The library that writes our files adds one stanza of a made-up type, so that no reader comes to depend on there being
# none. It opens nothing and costs nothing.
_GREASE = re.compile(rb"[!-~]{1,16}-grease")
_CHUNK, _TAG = 64 * 1024, 16
_SECRET = "age-secret-key-"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def most_encrypted(limit: int) -> int:
    """How large an age file may be that holds ``limit`` bytes."""
    return limit + _MAX_HEADER + (limit // _CHUNK + 2) * _TAG


class AgeIdentity:
    """What opens files encrypted to us, while the caller holds it."""

    __slots__ = ("_identity", "recipient")

    def __init__(self, identity: pyrage.x25519.Identity) -> None:
        self._identity = identity
        self.recipient = str(identity.to_public())

    def __repr__(self) -> str:
        return f"AgeIdentity({self.recipient[:10]}…)"

    def open(self, data: bytes, limit: int) -> bytes:
        """The bytes inside, all or nothing; raises Refusal E02-DECRYPT, E02-PASSPHRASE, E04.

        ``limit``: the most bytes there may be inside. It is compared before anything is decrypted.
        """
        check_header(data)
        if len(data) > most_encrypted(limit):
            size, most = (f"{-(-n // 2**20)} MB" for n in (len(data), limit))
            raise refuse("E04", f"{len(data)} bytes encrypted", size=size, limit=most)
        try:
            return bytes(pyrage.decrypt(data, [self._identity]))
        except pyrage.DecryptError as error:
            raise refuse("E02-DECRYPT", f"age: {str(error)[:60]}") from None

    def protected(self, key: SigningKey) -> str:
        """The identity encrypted to our own signing key, base64: one passphrase opens both, with ``age -d`` too."""
        secret = str(self._identity).encode("ascii")
        return b64encode(pyrage.encrypt(secret, [pyrage.ssh.Recipient.from_str(key.public_line)])).decode("ascii")


def identity_of(secret: bytes) -> AgeIdentity:
    """The identity of 32 bytes of randomness, which the caller draws; any 32 bytes are an X25519 key."""
    return AgeIdentity(pyrage.x25519.Identity.from_str(_bech32(_SECRET, secret).upper()))


def unprotected(text: str, key: SigningKey) -> AgeIdentity:
    """What ``protected`` gave, opened with the same key; raises KeyProblem for another key or another text."""
    try:
        secret = pyrage.decrypt(b64decode(text, validate=True), [pyrage.ssh.Identity.from_buffer(key.plain_text())])
        return AgeIdentity(pyrage.x25519.Identity.from_str(secret.decode("ascii")))
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise KeyProblem(
            "Det som öppnar krypterade filer går inte att läsa.",
            "Det hör till ett annat sigill, eller är skadat.",
            "Be avsändaren skicka filerna okrypterade, eller återställ en säkerhetskopia.",
            detail=type(error).__name__,
        ) from None


def encrypt(data: bytes, recipients: Iterable[str]) -> bytes:
    """An age file that only the holders of ``recipients`` (``age1…``) open; raises KeyProblem for another spelling."""
    return bytes(pyrage.encrypt(data, [_recipient(each) for each in recipients]))


def check_recipient(text: str) -> None:
    """Raises KeyProblem unless it is an X25519 recipient."""
    _recipient(text)


def is_age(data: bytes) -> bool:
    """Whether the bytes begin as an age file does, armoured or not."""
    return data.startswith((_MARK, _ARMOUR))


def check_header(data: bytes) -> None:
    """Raises Refusal unless the file is plainly for X25519 receivers: what else there is costs too much to try."""
    if data.startswith(_ARMOUR):
        raise refuse("E02-DECRYPT", "armoured age file")
    header, end, _ = data[:_MAX_HEADER].partition(b"\n---")
    kinds = _STANZA.findall(header)
    if not end or len(kinds) > _MAX_STANZAS:
        raise refuse("E02-DECRYPT", f"age header with {len(kinds)} stanzas")
    real = [kind for kind in kinds if not _GREASE.fullmatch(kind)]
    if not real or set(real) != {b"X25519"}:
        raise refuse("E02-PASSPHRASE", f"age stanzas {sorted(set(real))[:5]!a}")


def _bech32(prefix: str, data: bytes) -> str:
    """``prefix1…`` (BIP 173), which is how age spells keys; the library reads it but makes no key of given bytes."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [bits >> (5 * place) & 31 for place in reversed(range(count))]
    expanded = [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]
    check = 1
    for value in (*expanded, *values, *[0] * 6):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    ending = [(check ^ 1) >> (5 * place) & 31 for place in reversed(range(6))]
    return f"{prefix}1{''.join(_LETTERS[value] for value in (*values, *ending))}"


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise KeyProblem(
            "Mottagarens avsändarkort har en uppgift för kryptering som inte går att använda.",
            todo="Be mottagaren om ett nytt avsändarkort, eller skicka utan kryptering.",
        ) from None
