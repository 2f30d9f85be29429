"""Keys that end and keys that follow them, our own and those of senders. Acts: logged, never undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection, and_, not_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from fardplan_desktop.domain.deliveries import Delivery, Direction, SigningKeyRecord
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.store.convert import from_row, to_row
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store, put_setting, record_act
from fardplan_desktop.store.tables import deliveries, signing_keys, trusted_keys


def own_keys(store: Store) -> tuple[SigningKeyRecord, ...]:
    """Every key we have had, oldest first."""
    with store.transaction() as connection:
        rows = connection.execute(select(signing_keys).order_by(signing_keys.c.created_at)).mappings().all()
    return tuple(from_row(SigningKeyRecord, row) for row in rows)


def follow(
    store: Store,
    *,
    ended: Sequence[SigningKeyRecord],
    new: SigningKeyRecord,
    settings: Mapping[str, str],
    label: str,
    why: str,
    signature: Signature,
) -> None:
    """Our own key, the last of ``ended``, gives way to a new one; what it has sealed can still be verified.

    ``settings``: the files that tell of it, kept in the same moment, since they cannot be made again.
    """
    with store.transaction() as connection:
        for name, value in settings.items():
            put_setting(connection, name, value)
        for each in (*ended, new):
            _put_own(connection, each)
        content: dict[str, object] = {"keyId": new.key_id, "oldKeyId": ended[-1].key_id, "reason": why}
        record_act(connection, "key", label, f"Key:{new.key_id}", content, signature)


def put_own(
    store: Store,
    key: SigningKeyRecord,
    *,
    label: str,
    why: str,
    signature: Signature,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """A new state of one of our own keys: ended, locked with another passphrase, or read from a key file."""
    with store.transaction() as connection:
        for name, value in settings.items():
            put_setting(connection, name, value)
        _put_own(connection, key)
        content: dict[str, object] = {"keyId": key.key_id, "reason": why}
        record_act(connection, "key", label, f"Key:{key.key_id}", content, signature)


def hand_over(
    store: Store,
    *,
    ended: Sequence[TrustedKey],
    new: TrustedKey,
    label: str,
    facts: Mapping[str, object],
    signature: Signature,
) -> None:
    """Believe the new key of a sender instead of those that end; each of these has ``last_sequence``.

    What an ended key has sealed with higher numbers was not the sender's: it is kept, but counts no more, and what it
    had replaced counts again.
    """
    with store.transaction() as connection:
        for key in ended:
            put_trusted(connection, key)
            _set_aside(connection, key)
        put_trusted(connection, new)
        content: dict[str, object] = {
            **facts,
            "ended": [{"keyid": each.keyid, "lastSequence": each.last_sequence} for each in ended],
            "keyid": new.keyid,
            "public": new.public.hex(),
            "method": new.method,
            "checkedBy": new.checked_by,
        }
        record_act(connection, "trust", label, f"Trust:{new.keyid}", content, signature)


def above_last(store: Store, key: TrustedKey) -> tuple[Delivery, ...]:
    """What was taken in with the key's seal and numbers above the last that it vouches for."""
    names = [deliveries.c[name] for name in Delivery.__struct_fields__]
    query = select(*names).where(_above(key)).order_by(deliveries.c.sequence)
    with store.transaction() as connection:
        return tuple(from_row(Delivery, row) for row in connection.execute(query).mappings())


def note_trust(store: Store, *, label: str, record: str, facts: Mapping[str, object], signature: Signature) -> None:
    """Something about trust that changes no key."""
    with store.transaction() as connection:
        record_act(connection, "trust", label, record, dict(facts), signature)


def put_trusted(connection: Connection, key: TrustedKey) -> None:
    values = to_row(key)
    statement = upsert(trusted_keys).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["keyid"], set_=values))


def _put_own(connection: Connection, key: SigningKeyRecord) -> None:
    if key.active:
        connection.execute(update(signing_keys).values(active=0))
    values = to_row(key)
    statement = upsert(signing_keys).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key_id"], set_=values))


def _above(key: TrustedKey) -> ColumnElement[bool]:
    return and_(
        deliveries.c.direction == Direction.RECEIVED.value,
        deliveries.c.key_id == key.keyid,
        deliveries.c.sequence > (key.last_sequence or 0),
    )


def _set_aside(connection: Connection, key: TrustedKey) -> None:
    forged = connection.execute(select(deliveries).where(_above(key), deliveries.c.active == 1)).mappings().all()
    for row in forged:
        connection.execute(update(deliveries).where(deliveries.c.digest == row["digest"]).values(active=0))
        same = [deliveries.c[name] == row[name] for name in ("direction", "kind", "issuer", "audience", "period")]
        before = (
            select(deliveries.c.digest).where(*same, not_(_above(key))).order_by(deliveries.c.sequence.desc()).limit(1)
        )
        digest = connection.execute(before).scalar()
        if digest is not None:
            connection.execute(update(deliveries).where(deliveries.c.digest == digest).values(active=1))
