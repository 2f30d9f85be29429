"""Sealed packages, their rows, keys and trust, as the store keeps them. Acts: logged, never undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.codebook import CodeBook, codebook_to_json
from fardplan_desktop.domain.deliveries import Delivery, Direction, SigningKeyRecord
from fardplan_desktop.domain.verdicts import Replay, TrustedKey
from fardplan_desktop.store import search
from fardplan_desktop.store.convert import from_row, to_row, to_rows
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.keys import put_trusted
from fardplan_desktop.store.store import Store, put_setting, record_act
from fardplan_desktop.store.tables import TABLE_OF, code_books, deliveries, signing_keys, trusted_keys

R = TypeVar("R", bound=msgspec.Struct)
Within = Callable[[Connection], object]
"""What is done inside another's transaction."""

_FIELDS = [deliveries.c[name] for name in Delivery.__struct_fields__]
"""Everything but the file itself, which may be tens of megabytes."""
_AT_ONCE = 1000
_NOT_OF_RECORD = frozenset({"row", "organisation", "delivery"})


def add_delivery(
    store: Store,
    delivery: Delivery,
    file: bytes,
    rows: Mapping[type[msgspec.Struct], Sequence[msgspec.Struct]],
    *,
    label: str,
    signature: Signature,
    check: Callable[[], object] = lambda: None,
    code_book: CodeBook | None = None,
    facts: Mapping[str, object] = MappingProxyType({}),
    within: Within = lambda _connection: None,
    alone: bool = False,
) -> None:
    """Keep a package with its file and rows in one transaction; the one it supersedes is no longer active.

    ``alone``: nor is any other of its kind for the period, whatever its number: there is one that counts.

    Our own packages bring no rows: what they say lies in our own records and in the file. ``check`` is called now and
    then; when it raises, nothing of the package is kept. ``code_book``: the version that the package brings; it takes
    the place of one with its number that only came with the program. ``facts`` are told in the history too. ``within``
    does in the same transaction what else belongs to it.
    """
    with store.transaction() as connection:
        if delivery.supersedes is not None or alone:
            _replace(connection, delivery, alone)
        add_file(connection, delivery, file, rows, check)
        if code_book is not None:
            _adopt(connection, code_book)
        within(connection)
        content = {"digest": delivery.digest, "period": delivery.period, "sequence": delivery.sequence, **facts}
        act = "seal" if delivery.direction is Direction.OWN else "receive"
        record_act(connection, act, label, f"Delivery:{delivery.digest}", content, signature)


def _replace(connection: Connection, delivery: Delivery, alone: bool) -> None:
    """What came before it for its period counts no longer; what it names as replaced may never have come here."""
    same = [
        deliveries.c[name] == getattr(delivery, name) for name in ("issuer", "kind", "audience", "period", "direction")
    ]
    earlier = [] if alone else [deliveries.c.sequence < delivery.sequence]
    connection.execute(update(deliveries).where(*same, *earlier).values(active=0))


def _adopt(connection: Connection, book: CodeBook) -> None:
    content = canonical(codebook_to_json(book)).decode()
    values = {"version": book.version, "sha256": book.sha256, "content": content}
    statement = upsert(code_books).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["version"], set_=values))


def sealed_code_books(store: Store) -> frozenset[int]:
    """The versions of the code book that came sealed, or were sealed here; the others came with the program."""
    query = select(deliveries.c.code_book).where(deliveries.c.kind == "kodverk")
    with store.transaction() as connection:
        return frozenset(connection.execute(query).scalars())


def list_deliveries(store: Store, direction: Direction, *, period: str | None = None) -> tuple[Delivery, ...]:
    """Deliveries in order of issuer and sequence."""
    those = () if period is None else (deliveries.c.period == period,)
    return _listed(store, deliveries.c.direction == direction.value, *those)


def delivery_file(store: Store, digest: str) -> bytes:
    """The sealed bytes exactly as they were sent."""
    with store.transaction() as connection:
        return bytes(connection.execute(select(deliveries.c.file).where(deliveries.c.digest == digest)).scalar_one())


def delivery_start(store: Store, digest: str, most: int) -> bytes:
    """The first bytes of the same: a bundle may be large, and what it says of its members comes first."""
    start = select(func.substr(deliveries.c.file, 1, most)).where(deliveries.c.digest == digest)
    with store.transaction() as connection:
        return bytes(connection.execute(start).scalar_one())


def reopen(store: Store, digest: str, *, reason: str | None, label: str, signature: Signature) -> None:
    """Unlock the period of our own delivery, so that it can be corrected; without a reason it is locked again."""
    with store.transaction() as connection:
        connection.execute(update(deliveries).where(deliveries.c.digest == digest).values(reopened=reason))
        record_act(connection, "reopen", label, f"Delivery:{digest}", {"reason": reason}, signature)


def replay(
    store: Store,
    direction: Direction,
    issuer: str,
    kind: str,
    audience: str,
    *,
    last_of_key: Mapping[str, int] = MappingProxyType({}),
    revoked: Collection[str] = (),
) -> Replay:
    """What we have of one issuer's packages of a kind to an audience.

    ``last_of_key``: the last number of keys that have been changed. What such a key has sealed above it was not the
    issuer's, so numbers go on from there. ``revoked``: ids of keys that are believed no more.
    """
    theirs = (deliveries.c.issuer == issuer, deliveries.c.kind == kind, deliveries.c.audience == audience)
    listed = _listed(store, deliveries.c.direction == direction.value, *theirs)
    found = [each for each in listed if each.sequence <= last_of_key.get(each.key_id, each.sequence)]
    rest = [each for each in found if each.key_id not in revoked]
    return _replay(found, found, None if len(rest) == len(found) else _replay(found, rest, None))


def _replay(known: Sequence[Delivery], counted: Sequence[Delivery], unrevoked: Replay | None) -> Replay:
    return Replay(
        max_sequence=max((each.sequence for each in counted), default=0),
        digests={each.digest: each.at[:10] for each in known},
        by_sequence={each.sequence: each.digest for each in counted},
        active_by_period={each.period: (each.sequence, each.digest) for each in counted if each.active},
        known={each.digest: each.period for each in known},
        unrevoked=unrevoked,
    )


def received(store: Store, kind: type[R], *, period: str | None = None) -> dict[str, tuple[R, ...]]:
    """Rows of the active deliveries by issuer, lowest sequence first; of one reporting period when given."""
    found: dict[str, list[R]] = {}
    for issuer, _, record in received_rows(store, kind, period=period):
        found.setdefault(issuer, []).append(record)
    return {code: tuple(rows) for code, rows in found.items()}


def received_rows(
    store: Store, kind: type[R], *, period: str | None = None, sent_as: str | None = None
) -> list[tuple[str, str, R]]:
    """The same, each row with its issuer and the digest of the delivery that it came in.

    ``sent_as``: only of packages of that kind.
    """
    table = TABLE_OF[kind]
    query = (
        select(table)
        .join(deliveries, deliveries.c.digest == table.c.delivery)
        .where(deliveries.c.direction == Direction.RECEIVED.value, deliveries.c.active == 1)
        .order_by(deliveries.c.issuer, deliveries.c.sequence, table.c.row)
    )
    if period is not None:
        query = query.where(deliveries.c.period == period)
    if sent_as is not None:
        query = query.where(deliveries.c.kind == sent_as)
    with store.transaction() as connection:
        return [
            (str(row["organisation"]), str(row["delivery"]), from_row(kind, row))
            for row in connection.execute(query).mappings()
        ]


def own_key_ids(store: Store) -> frozenset[str]:
    """Every key we have sealed with, those that are no longer used too."""
    with store.transaction() as connection:
        return frozenset(connection.execute(select(signing_keys.c.key_id)).scalars())


def active_signing_key(store: Store) -> SigningKeyRecord | None:
    with store.transaction() as connection:
        row = connection.execute(select(signing_keys).where(signing_keys.c.active == 1)).mappings().first()
    return None if row is None else from_row(SigningKeyRecord, row)


def add_signing_key(
    store: Store,
    key: SigningKeyRecord,
    *,
    label: str,
    signature: Signature,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Keep our key, encrypted, and the ``settings`` that belong to it; the one before it is no longer active."""
    with store.transaction() as connection:
        for name, value in settings.items():
            put_setting(connection, name, value)
        connection.execute(update(signing_keys).values(active=0))
        connection.execute(insert(signing_keys).values(**to_row(key)))
        record_act(connection, "key", label, f"Key:{key.key_id}", {"keyId": key.key_id}, signature)


def prepare_encryption(
    store: Store, key_id: str, *, identity: str, recipient: str, label: str, signature: Signature
) -> None:
    """Give one of our keys what opens files that are encrypted to us."""
    with store.transaction() as connection:
        values = {"age_identity": identity, "age_recipient": recipient}
        connection.execute(update(signing_keys).where(signing_keys.c.key_id == key_id).values(**values))
        record_act(connection, "key", label, f"Key:{key_id}", {"keyId": key_id}, signature)


def trusted(store: Store) -> tuple[TrustedKey, ...]:
    with store.transaction() as connection:
        rows = connection.execute(select(trusted_keys).order_by(trusted_keys.c.org_code)).mappings().all()
    return tuple(from_row(TrustedKey, row) for row in rows)


def trust(store: Store, key: TrustedKey, *, label: str, signature: Signature) -> None:
    """Enrol a sender's key, or record a new state of it."""
    with store.transaction() as connection:
        enrol(connection, key, label, signature)


def enrol(connection: Connection, key: TrustedKey, label: str, signature: Signature) -> None:
    put_trusted(connection, key)
    content = {**_plain(to_row(key)), "public": key.public.hex()}
    record_act(connection, "trust", label, f"Trust:{key.keyid}", content, signature)


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if not isinstance(value, bytes)}


def add_file(
    connection: Connection,
    delivery: Delivery,
    file: bytes,
    rows: Mapping[type[msgspec.Struct], Sequence[msgspec.Struct]],
    check: Callable[[], object],
) -> None:
    connection.execute(insert(deliveries).values(**to_row(delivery), file=file))
    for kind, records in rows.items():
        _add_rows(connection, delivery, kind, records, check)


def _add_rows(
    connection: Connection,
    delivery: Delivery,
    kind: type[msgspec.Struct],
    records: Sequence[msgspec.Struct],
    check: Callable[[], object],
) -> None:
    """Straight to the driver, as lists: a package has thousands, and each would cost a dictionary and its checks."""
    table = TABLE_OF[kind]
    names = tuple(each.name for each in table.columns if each.name not in _NOT_OF_RECORD)
    statement = insert(table).compile(dialect=connection.dialect, column_keys=["organisation", "delivery", *names])
    for start in range(0, len(records), _AT_ONCE):
        check()
        rows = to_rows(kind, names, records[start : start + _AT_ONCE])
        # The columns of a statement stand as they do in its table.
        values = [(delivery.issuer, delivery.digest, *row) for row in rows]
        connection.exec_driver_sql(str(statement), values)
    if records and search.is_searched(kind):
        check()
        search.learn_delivery(connection, kind, delivery.digest)


def _listed(store: Store, *those: ColumnElement[bool]) -> tuple[Delivery, ...]:
    query = select(*_FIELDS).where(*those).order_by(deliveries.c.issuer, deliveries.c.sequence)
    with store.transaction() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(from_row(Delivery, row) for row in rows)
