"""Deliveries, keys and trust, as the store keeps them."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import exc

from fardplan_desktop.domain.deliveries import Delivery, Direction, SigningKeyRecord
from fardplan_desktop.domain.records import Count
from fardplan_desktop.store import packages
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

FIRST = Delivery(
    digest="a1", direction=Direction.RECEIVED, kind="period", issuer="1421", audience="fyrbodal", period="2026-T1",
    sequence=1, supersedes=None, active=True, approved_at="2026-05-10T08:00:00Z", approved_by="Socialchef",
    at="2026-05-11T08:00:00Z", key_id="k", file_name="1421.fardpaket", file_sha256="ef", code_book=1,
    warnings=("W07",),
)  # fmt: skip
SECOND = msgspec.structs.replace(FIRST, digest="a2", sequence=2, supersedes="a1")


def _count(n: int) -> Count:
    return Count(measure="SIP08", period="2026-T1", n=n)


def _receive(store: Store, delivery: Delivery, n: int, signature: Signature) -> None:
    packages.add_delivery(store, delivery, b"fil", {Count: [_count(n)]}, label="Mottaget", signature=signature)


def test_a_correction_takes_the_place_of_what_it_supersedes_and_nothing_is_lost(
    store: Store, signature: Signature
) -> None:
    _receive(store, FIRST, 4, signature)
    assert packages.received(store, Count) == {"1421": (_count(4),)}
    _receive(store, SECOND, 5, signature)
    assert packages.received(store, Count, period="2026-T1") == {"1421": (_count(5),)}
    assert packages.received(store, Count, period="2026-T2") == {}
    kept = packages.list_deliveries(store, Direction.RECEIVED)
    assert kept == (msgspec.structs.replace(FIRST, active=False), SECOND)
    assert store.own(Count) == ()
    replay = packages.replay(store, Direction.RECEIVED, "1421", "period", "fyrbodal")
    assert (replay.max_sequence, replay.active_by_period) == (2, {"2026-T1": (2, "a2")})


def test_the_same_delivery_is_not_kept_twice_and_a_failed_one_leaves_nothing(
    store: Store, signature: Signature
) -> None:
    _receive(store, FIRST, 4, signature)
    head = store.history_head()
    with pytest.raises(exc.IntegrityError):
        _receive(store, FIRST, 4, signature)
    twice: dict[type[msgspec.Struct], list[msgspec.Struct]] = {Count: [_count(1), _count(2)]}
    with pytest.raises(exc.IntegrityError):
        packages.add_delivery(store, SECOND, b"fil", twice, label="Mottaget", signature=signature)
    assert packages.list_deliveries(store, Direction.RECEIVED) == (FIRST,)
    assert store.history_head() == head


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM deliveries",
        "UPDATE deliveries SET file = x'00'",
        "UPDATE deliveries SET sequence = 9",
        "INSERT OR REPLACE INTO deliveries SELECT * FROM deliveries",
    ],
)
def test_a_sealed_file_is_never_changed_or_removed(store: Store, signature: Signature, statement: str) -> None:
    _receive(store, FIRST, 4, signature)
    refused = pytest.raises(exc.IntegrityError, match=r"sealed bytes never change|deliveries are kept")
    with refused, store.transaction() as connection:
        connection.exec_driver_sql(statement)
    assert packages.delivery_file(store, "a1") == b"fil"


def test_a_new_signing_key_puts_the_old_one_to_rest(store: Store, signature: Signature) -> None:
    assert packages.active_signing_key(store) is None
    for number in (1, 2):
        key = SigningKeyRecord(key_id=f"k{number}", private_text="…", public=b"\0\xff", created_at=signature.at)
        packages.add_signing_key(store, key, label="Ny nyckel", signature=signature)
    active = packages.active_signing_key(store)
    assert active is not None
    assert (active.key_id, active.public) == ("k2", b"\0\xff")
    assert store.check() is None
