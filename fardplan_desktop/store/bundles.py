"""A delregion's bundle as the county keeps it: the members' own packages, each once, and the keys it introduced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.store.convert import from_row
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.packages import Within, add_file, enrol
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import bundle_contents, deliveries, trusted_keys


class MemberFile(NamedTuple):
    """A member's own package as it came in a bundle."""

    delivery: Delivery
    file: bytes
    rows: Mapping[type[msgspec.Struct], Sequence[msgspec.Struct]]


def carried(
    bundle: Delivery,
    members: Iterable[MemberFile],
    keys: Iterable[TrustedKey],
    *,
    signature: Signature,
    check: Callable[[], object],
) -> Within:
    """What a received bundle brings, in the bundle's own transaction.

    Its members count from now on; those of the period that came before and are not in it no longer do. What we have
    already is not kept twice. ``keys`` are believed on the delregion's word, instead of those it vouched for before.
    """

    def bring(connection: Connection) -> None:
        for key in keys:
            _introduce(connection, key, signature)
        theirs = (
            deliveries.c.direction == bundle.direction.value,
            deliveries.c.audience == bundle.issuer,
            deliveries.c.period == bundle.period,
        )
        connection.execute(update(deliveries).where(*theirs).values(active=0))
        for member in members:
            digest = member.delivery.digest
            again = connection.execute(update(deliveries).where(deliveries.c.digest == digest).values(active=1))
            if again.rowcount == 0:
                add_file(connection, member.delivery, member.file, member.rows, check)
            connection.execute(insert(bundle_contents).values(bundle=bundle.digest, member=digest))

    return bring


def contents(store: Store) -> dict[str, tuple[str, ...]]:
    """Bundle → the members' packages that came in it, by digest."""
    found: dict[str, list[str]] = {}
    with store.transaction() as connection:
        for bundle, member in connection.execute(select(bundle_contents.c.bundle, bundle_contents.c.member)):
            found.setdefault(str(bundle), []).append(str(member))
    return {bundle: tuple(members) for bundle, members in found.items()}


def _introduce(connection: Connection, key: TrustedKey, signature: Signature) -> None:
    theirs = (trusted_keys.c.org_code == key.org_code, trusted_keys.c.status == "active")
    before = select(trusted_keys).where(*theirs, trusted_keys.c.introduced_by.is_not(None))
    for row in connection.execute(before).mappings().all():
        old = from_row(TrustedKey, row)
        sealed = select(func.max(deliveries.c.sequence)).where(deliveries.c.key_id == old.keyid)
        last = connection.execute(sealed).scalar_one() or 0
        spent = msgspec.structs.replace(old, status="replaced", last_sequence=last, ended_at=signature.at[:10])
        enrol(connection, spent, f"{key.org_name}: ett annat sigill är introducerat", signature)
    enrol(connection, key, f"{key.org_name}: sigillet är introducerat av {key.entered_by}", signature)
