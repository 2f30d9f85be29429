"""How a sealed file leaves: encrypted to its receiver when we know what to encrypt to, else as it is.

What is kept in the store is always the sealed package itself, so that it can be verified and handed over again.
"""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange import age
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


class Outgoing(msgspec.Struct, frozen=True):
    """A file as it is to be sent."""

    name: str
    data: bytes
    encrypted: bool


def reader_of(workplace: Workplace, *, code: str) -> TrustedKey | None:
    """The key of the organisation that we may encrypt to: one we have checked ourselves; the latest if several."""
    found = [
        each
        for each in packages.trusted(workplace.store)
        if each.org_code == code and each.status == "active" and each.age_recipient and each.introduced_by is None
    ]
    return max(found, key=lambda each: each.entered_at, default=None)


def outgoing(workplace: Workplace, *, data: bytes, name: str, to: str, encrypt: bool = True) -> Outgoing:
    """The sealed package for the organisation with the code ``to``, encrypted if that can be done and is wanted.

    The same package encrypted twice is never the same bytes.
    """
    reader = reader_of(workplace, code=to) if encrypt else None
    if reader is None or reader.age_recipient is None:
        return Outgoing(name, data, False)
    return Outgoing(name + age.SUFFIX, age.encrypt(data, (reader.age_recipient, *_own(workplace))), True)


def _own(workplace: Workplace) -> tuple[str, ...]:
    """We can open what we sent, so that a restored store can take its own packages back from it."""
    record = packages.active_signing_key(workplace.store)
    return () if record is None or record.age_recipient is None else (record.age_recipient,)


def of_delivery(workplace: Workplace, *, delivery: Delivery, encrypt: bool = True) -> Outgoing:
    """Our own package as it is to be sent to its receiver."""
    data = packages.delivery_file(workplace.store, delivery.digest)
    return outgoing(workplace, data=data, name=delivery.file_name, to=delivery.audience, encrypt=encrypt)
