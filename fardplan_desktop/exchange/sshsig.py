"""The second signature, in the form of ``ssh-keygen -Y``: lets a computer that has only OpenSSH check a package.

It carries the public key, which is why ``verify`` can check a package without a store.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode, b64encode

import msgspec

from fardplan_desktop.exchange.keys import NAMESPACE, SigningKey, verifies
from fardplan_desktop.exchange.messages import refuse

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70
_ALGORITHM = b"ssh-ed25519"


class SshSignature(msgspec.Struct, frozen=True):
    """The key (32 bytes) that claims to have signed, and the signature (64 bytes)."""

    public: bytes
    signature: bytes

    def check(self, message: bytes) -> None:
        """Raises Refusal E11-SSHSIG unless the key has signed the message."""
        if not verifies(self.public, self.signature, _preimage(message)):
            raise refuse("E11-SSHSIG", "SSHSIG does not verify")


def make_sshsig(message: bytes, key: SigningKey) -> bytes:
    """The armoured signature, with LF at the end of each line."""
    return armoured(SshSignature(key.public, key.sign(_preimage(message))))


def read_sshsig(data: bytes) -> SshSignature:
    """What the armoured text holds; raises Refusal E11-SSHSIG unless it is spelt as we spell it."""
    try:
        blob = b64decode("".join(data.decode("ascii").split("\n")[1:-2]), validate=True)
    except ValueError:
        raise refuse("E11-SSHSIG", "SSHSIG is no armoured base64") from None
    # Everything but the key and the signature is fixed, so they are cut out by position and the rest is compared.
    start = len(b"SSHSIG") + 4 + 4 + len(_string(_ALGORITHM)) + 4
    found = SshSignature(blob[start : start + 32], blob[-64:])
    if armoured(found) != data:
        raise refuse("E11-SSHSIG", "SSHSIG is not of the expected form")
    return found


def armoured(signed: SshSignature) -> bytes:
    """The one spelling of a second signature, true or not."""
    blob = b"".join(
        (
            b"SSHSIG",
            struct.pack(">I", 1),
            _string(_string(_ALGORITHM) + _string(signed.public)),
            _string(NAMESPACE.encode()),
            _string(b""),
            _string(b"sha512"),
            _string(_string(_ALGORITHM) + _string(signed.signature)),
        )
    )
    text = b64encode(blob).decode("ascii")
    lines = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode("ascii")


def _preimage(message: bytes) -> bytes:
    fields = (NAMESPACE.encode(), b"", b"sha512", hashlib.sha512(message).digest())
    return b"SSHSIG" + b"".join(map(_string, fields))


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value
