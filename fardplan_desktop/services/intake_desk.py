"""We as the receiver of packages: who we are, whom we trust and what we have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.domain.verdicts import Replay, TrustedKey
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.kinds import largest_file
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.services.opening import Opener, can_be_encrypted_to, remembered_opener
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class Desk:
    """The store's answers to a package's questions, with what this batch has brought so far."""

    def __init__(self, workplace: Workplace, opener: Opener | None = None) -> None:
        self._workplace = workplace
        self._opener = opener
        self._asked = False
        self._keys = {each.keyid: each for each in packages.trusted(workplace.store)}
        self._pending: list[Delivery] = []

    def renewed(self, workplace: Workplace) -> Desk:
        """The desk with the code book that has just come; what opens encrypted files is held on to."""
        return Desk(workplace, self._opener)

    @property
    def own(self) -> Organisation:
        return self._workplace.organisation

    @property
    def practice(self) -> bool:
        return self._workplace.practice

    @property
    def codebook_version(self) -> int:
        return self._workplace.codebook.version

    @property
    def reporting_type(self) -> PeriodType:
        return self._workplace.codebook.reporting.type

    @property
    def now(self) -> datetime:
        return self._workplace.clock()

    def key(self, keyid: str) -> TrustedKey | None:
        return self._keys.get(keyid)

    def organisation(self, code: str) -> Organisation | None:
        return self._workplace.codebook.find(code)

    def is_under(self, code: str) -> bool:
        book, own = self._workplace.codebook, self.own
        if own.level is Level.MUNICIPALITY and code == book.delregion_of(own.code, self._workplace.today).code:
            return True
        return code in (own.code, book.county.code)

    def members(self, delregion: str, on: date) -> tuple[str, ...]:
        return tuple(each.code for each in self._workplace.codebook.members(delregion, on))

    def keys_of(self, org_code: str) -> tuple[TrustedKey, ...]:
        return tuple(each for each in self._keys.values() if each.org_code == org_code)

    def replay(self, issuer_code: str, kind: str, audience_code: str) -> Replay:
        revoked = frozenset(each.keyid for each in self._keys.values() if each.status == "revoked")
        last = {each.keyid: each.last_sequence for each in self._keys.values() if each.last_sequence is not None}
        seen = packages.replay(
            self._workplace.store,
            Direction.RECEIVED,
            issuer_code,
            kind,
            audience_code,
            last_of_key=last,
            revoked=revoked,
        )
        for each in self._pending:
            if (each.issuer, each.kind, each.audience) == (issuer_code, kind, audience_code):
                seen = _with(seen, each)
        return seen

    def know(self, *keys: TrustedKey) -> None:
        """In a batch what comes after a change of key is judged by it."""
        self._keys.update({each.keyid: each for each in keys})

    def plain(self, data: bytes) -> bytes:
        """The file as it is, or what is inside when it is encrypted to us and can be opened without asking anybody.

        Raises Refusal E02-DECRYPT, E02-PASSPHRASE, E04. What cannot be opened yet is given as it is: E02-LOCKED.
        """
        if not age.is_age(data):
            return data
        age.check_header(data)
        if not can_be_encrypted_to(self._workplace):
            raise refuse("E02-DECRYPT", "age file, and we have no identity")
        if self._opener is None and not self._asked:
            self._asked = True  # Opening our seal takes most of a second: once a batch.
            self._opener = remembered_opener(self._workplace)
        return data if self._opener is None else self._opener.open(data, largest_file(self.own.level))

    def believe(self, keys: Iterable[TrustedKey]) -> None:
        """What a bundle has introduced is known to the next one in the batch."""
        self._keys |= {each.keyid: each for each in keys}

    def tried(self, delivery: Delivery) -> None:
        """In a dry run nothing is stored, yet the next file is judged as if this one had been."""
        self._pending.append(delivery)


def _with(seen: Replay, delivery: Delivery) -> Replay:
    return Replay(
        max_sequence=max(seen.max_sequence, delivery.sequence),
        digests={**seen.digests, delivery.digest: delivery.at[:10]},
        by_sequence={**seen.by_sequence, delivery.sequence: delivery.digest},
        active_by_period={**seen.active_by_period, delivery.period: (delivery.sequence, delivery.digest)},
        known={**seen.known, delivery.digest: delivery.period},
        unrevoked=None if seen.unrevoked is None else _with(seen.unrevoked, delivery),
    )
