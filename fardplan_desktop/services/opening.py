"""Opening what is encrypted to us: our seal's passphrase opens the identity that opens the files."""

from __future__ import annotations

from fardplan_desktop.exchange import age
from fardplan_desktop.services import seals
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class Opener:
    """The right to open files encrypted to us, while the caller holds it; never stored."""

    __slots__ = ("_identity",)

    def __init__(self, identity: age.AgeIdentity) -> None:
        self._identity = identity

    def open(self, data: bytes, limit: int) -> bytes:
        """What is inside an encrypted file, at most ``limit`` bytes. Raises Refusal E02-… or E04."""
        return self._identity.open(data, limit)


def opener(workplace: Workplace, *, passphrase: str) -> Opener | None:
    """None when nothing can be encrypted to us yet. Raises KeyProblem for a wrong passphrase, or without a seal."""
    key = seals.open_seal(workplace, passphrase=passphrase)
    record = packages.active_signing_key(workplace.store)
    if record is None or record.age_identity is None:
        return None
    return Opener(age.unprotected(record.age_identity, key))


def remembered_opener(workplace: Workplace) -> Opener | None:
    """With the passphrase this computer remembers; None when it remembers none."""
    passphrase = seals.remembered_passphrase(workplace)
    return None if passphrase is None else opener(workplace, passphrase=passphrase)


def can_be_encrypted_to(workplace: Workplace) -> bool:
    """Whether anybody can have encrypted anything to us."""
    record = packages.active_signing_key(workplace.store)
    return record is not None and record.age_identity is not None
