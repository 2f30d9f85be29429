"""Erasure (*Rensa uppgift*): texts leave the record, the history, the search index and the bytes of the file.

An act, never undone. The chain of the history stays whole, since an entry's hash covers its content only by the
content's own hash. SQLite only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func, literal, select, update

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.records import Record
from fardplan_desktop.store import history, search
from fardplan_desktop.store.convert import to_row
from fardplan_desktop.store.door import Signature, name_of, without_own_words
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import TABLE_OF, deliveries, undo_steps
from fardplan_desktop.store.tables import history as entries_table
from fardplan_desktop.store.tables import settings as settings_table

ACT = history.ERASED


def holding(store: Store, record: str, fields: Collection[str]) -> tuple[dict[int, str], dict[str, set[str]]]:
    """Number and moment of the entries of a record that hold something in these fields; and the texts of each field."""
    mine = select(entries_table.c.nr, entries_table.c.at, entries_table.c.content).where(
        entries_table.c.record == record, entries_table.c.act != ACT, entries_table.c.content.is_not(None)
    )
    with store.transaction() as connection:
        rows = connection.execute(mine.order_by(entries_table.c.nr)).all()
    entries: dict[int, str] = {}
    texts: dict[str, set[str]] = {}
    for row in rows:
        sides = [side for side in history.in_shape(record, row.content).values() if isinstance(side, dict)]
        for field, value in ((field, side.get(field)) for side in sides for field in fields):
            if value:
                entries[row.nr] = row.at
                texts.setdefault(field, set()).update(_texts(value))
    return entries, texts


def packages_holding(store: Store, texts: Iterable[str]) -> tuple[str, ...]:
    """Names of our own sealed packages in which one of the texts stands; what is sealed is never changed."""
    found: set[str] = set()
    with store.transaction() as connection:
        for text in texts:
            needle = canonical(text)
            query = select(deliveries.c.file_name).where(
                deliveries.c.direction == Direction.OWN.value, func.instr(deliveries.c.file, literal(needle)) > 0
            )
            found.update(connection.execute(query).scalars())
    return tuple(sorted(found))


def labels_holding(store: Store, record: str, texts: Collection[str]) -> tuple[int, ...]:
    """Numbers of entries whose label quotes one of the texts: labels of older versions did, and cannot be changed."""
    mine = select(entries_table.c.nr, entries_table.c.label).where(entries_table.c.record == record)
    with store.transaction() as connection:
        rows = connection.execute(mine).all()
    return tuple(row.nr for row in rows if _quotes(row.label, texts))


def _quotes(label: str, texts: Collection[str]) -> bool:
    """Whether a label quotes one of the texts, or the beginning of one."""
    return any(f"”{text[:40]}" in label for text in texts if text)


def erase(
    store: Store,
    *,
    record: str,
    emptied: Record | None,
    entries: Collection[int],
    texts: Collection[str],
    settings: Mapping[str, str],
    facts: Mapping[str, object],
    label: str,
    signature: Signature,
) -> None:
    """Put ``emptied`` in place of the record as it stands (None: it is not there any more), and log that.

    ``texts`` leave the labels of undo, of whatever record; ``settings`` are values that no longer hold them. ``facts``
    are what the log tells: reason, function, fields, entries, copies that still hold the texts.
    """
    with store.leaving_no_trace(), store.transaction() as connection:
        if emptied is not None:
            assert name_of(emptied) == record
            table = TABLE_OF[type(emptied)]
            mine = (table.c.id == emptied.id) & table.c.delivery.is_(None)
            connection.execute(update(table).where(mine).values(**to_row(emptied)))
            if search.is_searched(type(emptied)):
                search.rebuild(connection)
        connection.execute(update(entries_table).where(entries_table.c.nr.in_(sorted(entries))).values(content=None))
        steps = select(entries_table.c.step).where(entries_table.c.record == record)
        touching = set(connection.execute(steps).scalars())
        for step in connection.execute(select(undo_steps)).all():
            if step.step in touching or _quotes(step.label, texts):
                plain = without_own_words(step.label)
                connection.execute(update(undo_steps).where(undo_steps.c.step == step.step).values(label=plain))
        for name, value in settings.items():
            connection.execute(update(settings_table).where(settings_table.c.name == name).values(value=value))
        entry = history.Entry(
            at=signature.at, who=signature.who, act=ACT, label=label, record=record, content=dict(facts)
        )
        history.append(connection, [entry])


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
