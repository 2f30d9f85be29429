"""The one write door: every change of user data is compared, written and logged in one transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.deliveries import PERIOD_KINDS, Direction
from fardplan_desktop.domain.errors import Locked, StaleEdit
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import RECORD_TYPES, Count, Record, UnitCount
from fardplan_desktop.store import history, search
from fardplan_desktop.store.convert import builtins, from_row, to_row
from fardplan_desktop.store.tables import TABLE_OF, deliveries, undo_steps

_TYPE_OF_NAME = {kind.__name__: kind for kind in RECORD_TYPES}
_AT_ONCE = 500
_OWN_WORDS = re.compile(r" ?”.*”", re.DOTALL)
"""From the first quote to the last: what is quoted may itself hold quotes."""

Key = tuple[type[Record], str]
Contents = dict[Key, Record | None]


class Signature(msgspec.Struct, frozen=True):
    """Who changed and when: the function from the settings, never a login name, and UTC ISO time."""

    who: str
    at: str


def write(
    connection: Connection, edits: Sequence[Edit], *, label: str, organisation: str, signature: Signature
) -> Change:
    """Carry out the edits as one undoable step. Raises StaleEdit or Locked; then nothing is written."""
    edits = [edit for edit in edits if edit.before != edit.after]
    if not edits:
        return Change(label)
    step = connection.execute(select(undo_steps.c.step).order_by(undo_steps.c.step.desc()).limit(1)).scalar() or 0
    connection.execute(update(undo_steps).where(undo_steps.c.state == "undone").values(state="dropped"))
    connection.execute(insert(undo_steps).values(step=step + 1, label=label, state="done"))
    return _carry_out(connection, edits, "edit", label, organisation, signature, step + 1)


def next_undo(connection: Connection) -> tuple[int, str] | None:
    """Number and label of the step that undo would take back."""
    return _step(connection, "done", newest=True)


def next_redo(connection: Connection) -> tuple[int, str] | None:
    return _step(connection, "undone", newest=False)


def undo(connection: Connection, *, organisation: str, signature: Signature) -> Change | None:
    """Take back the latest step; None when there is none."""
    found = next_undo(connection)
    return None if found is None else _again(connection, *found, organisation, signature, backwards=True)


def redo(connection: Connection, *, organisation: str, signature: Signature) -> Change | None:
    found = next_redo(connection)
    return None if found is None else _again(connection, *found, organisation, signature, backwards=False)


def step_edits(connection: Connection, step: int) -> list[Edit]:
    """What a step changed; an erased content leaves its edit out."""
    edits = []
    for record, content in history.contents_of_step(connection, step):
        kind = _TYPE_OF_NAME[record.partition(":")[0]]
        if content:
            edits.append(Edit(_record(kind, content["before"]), _record(kind, content["after"])))
    return edits


def record_of(name: str, content: object) -> Record:
    """What an entry of the history holds of the record so named."""
    found = _record(_TYPE_OF_NAME[name.partition(":")[0]], content)
    assert found is not None, "an entry without the record"
    return found


def _step(connection: Connection, state: str, *, newest: bool) -> tuple[int, str] | None:
    order = undo_steps.c.step.desc() if newest else undo_steps.c.step
    row = connection.execute(select(undo_steps).where(undo_steps.c.state == state).order_by(order).limit(1)).first()
    return None if row is None else (row.step, row.label)


def _again(
    connection: Connection, step: int, label: str, organisation: str, signature: Signature, *, backwards: bool
) -> Change:
    edits = step_edits(connection, step)
    if not edits:
        # All it changed has been erased since: it is passed over, so that earlier steps can be reached.
        connection.execute(update(undo_steps).where(undo_steps.c.step == step).values(state="dropped"))
        return Change(label)
    if backwards:
        edits = [edit.reversed for edit in reversed(edits)]
    connection.execute(
        update(undo_steps).where(undo_steps.c.step == step).values(state="undone" if backwards else "done")
    )
    act = "undo" if backwards else "redo"
    return _carry_out(connection, edits, act, label, organisation, signature, step)


def _carry_out(
    connection: Connection,
    edits: Sequence[Edit],
    act: str,
    label: str,
    organisation: str,
    signature: Signature,
    step: int,
) -> Change:
    before = _stored(connection, edits)
    after = dict(before)
    locked = _locked_months(connection)
    for edit in edits:
        _refuse_locked(edit.record, locked)
        if after[_key(edit)] != edit.before:
            raise StaleEdit(
                "Uppgiften har ändrats sedan du öppnade den.",
                "Någon annan ändring hann före, och den är kvar.",
                "Titta på det nya värdet och gör om ändringen om den fortfarande behövs.",
            )
        after[_key(edit)] = edit.after
    for kind in dict.fromkeys(kind for kind, _ in after):
        _put(connection, kind, before, after, organisation)
    entries = [
        history.Entry(
            at=signature.at,
            who=signature.who,
            act=act,
            label=without_own_words(label),
            record=name_of(edit.record),
            content={"before": _content(edit.before), "after": _content(edit.after)},
            step=step,
        )
        for edit in edits
    ]
    history.append(connection, entries)
    return Change(
        label,
        frozenset(type(edit.record).__name__ for edit in edits),
        tuple(edit.record.id for edit in edits),
        undoable=act != "undo",
    )


def without_own_words(label: str) -> str:
    """What the history says of a step, without the record's own words: what stands in the history can be erased,
    but for its labels."""
    return _OWN_WORDS.sub("", label)


def name_of(record: Record) -> str:
    """``Activity:<id>``: how history names a record."""
    return f"{type(record).__name__}:{record.id}"


def _key(edit: Edit) -> Key:
    key = (type(edit.record), edit.record.id)
    if edit.before is not None and (type(edit.before), edit.before.id) != key:
        raise ValueError(f"an edit turns {name_of(edit.before)} into {name_of(edit.record)}")
    return key


def _stored(connection: Connection, edits: Sequence[Edit]) -> Contents:
    """What our own records hold now, for every record the edits name."""
    found: Contents = {_key(edit): None for edit in edits}
    for kind in dict.fromkeys(kind for kind, _ in found):
        table = TABLE_OF[kind]
        ids = [record_id for each, record_id in found if each is kind]
        for start in range(0, len(ids), _AT_ONCE):
            some = table.c.id.in_(ids[start : start + _AT_ONCE])
            rows = connection.execute(select(table).where(table.c.delivery.is_(None), some)).mappings()
            found.update({(kind, row["id"]): from_row(kind, row) for row in rows})
    return found


def _put(connection: Connection, kind: type[Record], before: Contents, after: Contents, organisation: str) -> None:
    """Write what differs between the two, for one kind of record: one statement each for new, changed and gone."""
    new, changed, gone = [], [], []
    for key, record in after.items():
        if key[0] is not kind or record == before[key]:
            continue
        if record is None:
            gone.append({"key": key[1]})
        elif before[key] is None:
            new.append({"organisation": organisation, **to_row(record)})
        else:
            changed.append({"key": key[1], **to_row(record)})
    table = TABLE_OF[kind]
    mine = (table.c.id == bindparam("key")) & table.c.delivery.is_(None)
    stale, fresh = _words(kind, before, after) if search.is_searched(kind) else ([], [])
    if stale:
        search.forget(connection, kind, stale)
    for statement, rows in ((delete(table).where(mine), gone), (update(table).where(mine), changed)):
        if rows:
            connection.execute(statement, rows)
    if new:
        connection.execute(insert(table), new)
    if fresh:
        search.learn(connection, kind, fresh)


def _words(kind: type[Record], before: Contents, after: Contents) -> tuple[list[str], list[str]]:
    """Ids whose words leave the search index, and those whose words enter it."""
    stale, fresh = [], []
    for key, record in after.items():
        old = before[key]
        if key[0] is not kind or (old is not None and record is not None and not search.differs(old, record)):
            continue
        if old is not None:
            stale.append(key[1])
        if record is not None:
            fresh.append(key[1])
    return stale, fresh


def _locked_months(connection: Connection) -> frozenset[str]:
    sealed = connection.execute(
        select(deliveries.c.period).where(
            deliveries.c.direction == Direction.OWN.value,
            deliveries.c.kind.in_(PERIOD_KINDS),
            deliveries.c.active == 1,
            deliveries.c.reopened.is_(None),
        )
    ).scalars()
    periods = [parse_period(period) for period in sealed]
    return frozenset([period.id for period in periods] + [month.id for period in periods for month in period.months])


def _refuse_locked(record: Record, locked: frozenset[str]) -> None:
    if isinstance(record, Count | UnitCount) and record.period in locked:
        raise Locked(
            f"Perioden {parse_period(record.period).name} är låst.",
            "Den är förseglad.",
            "Öppna rättelse under Rapportera › Inskickat och ändra sedan.",
        )


def _content(record: Record | None) -> dict[str, object] | None:
    return None if record is None else {"id": record.id, **builtins(record)}


def _record(kind: type[Record], content: object) -> Record | None:
    if content is None:
        return None
    assert isinstance(content, dict)
    fields = {name: content[name] for name in kind.__struct_fields__ if name in content}
    return msgspec.convert(fields, kind)
