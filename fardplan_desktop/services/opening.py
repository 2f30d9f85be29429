"""Opening what is encrypted to us: our seal's passphrase opens the identity that opens the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from fardplan_desktop.domain.deliveries import SigningKeyRecord
from fardplan_desktop.domain.errors import KeyProblem, Refusal
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import seals
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages


class Opener:
    """The right to open files encrypted to us, while the caller holds it; never stored."""

    __slots__ = ("_earlier", "_identity")

    def __init__(self, identity: age.AgeIdentity, earlier: Sequence[age.AgeIdentity] = ()) -> None:
        self._identity, self._earlier = identity, tuple(earlier)

    def open(self, data: bytes, limit: int) -> bytes:
        """What is inside an encrypted file, at most ``limit`` bytes; it may be to a seal that we have changed since.

        Raises Refusal E02-… or E04.
        """
        for each in self._earlier:
            with suppress(Refusal):
                return each.open(data, limit)
        return self._identity.open(data, limit)


def opener(workplace: Workplace, *, passphrase: str) -> Opener | None:
    """None when nothing can be encrypted to us yet. Raises KeyProblem for a wrong passphrase, or without a seal."""
    key = seals.open_seal(workplace, passphrase=passphrase)
    record = packages.active_signing_key(workplace.store)
    if record is None or record.age_identity is None:
        return None
    earlier = (each for each in stored.own_keys(workplace.store) if not each.active and each.age_identity)
    return Opener(age.unprotected(record.age_identity, key), tuple(_opened(earlier, key)))


def _opened(ended: Iterable[SigningKeyRecord], key: SigningKey) -> Iterator[age.AgeIdentity]:
    """Those of our earlier seals that gave way to this one; what belonged to a revoked one is not among them."""
    for each in ended:
        with suppress(KeyProblem):
            yield age.unprotected(each.age_identity or "", key)


def remembered_opener(workplace: Workplace) -> Opener | None:
    """With the passphrase this computer remembers; None when it remembers none."""
    passphrase = seals.remembered_passphrase(workplace)
    return None if passphrase is None else opener(workplace, passphrase=passphrase)


def can_be_encrypted_to(workplace: Workplace) -> bool:
    """Whether anybody can have encrypted anything to us."""
    record = packages.active_signing_key(workplace.store)
    return record is not None and record.age_identity is not None
