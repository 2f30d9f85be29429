"""The tamper-evident history: a hash chain whose content can be erased lawfully without breaking it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.changes import HistoryEntry, HistoryHead
from fardplan_desktop.store.tables import history

_DOMAIN = b"FP-HIST-1\x00"
_START = "0" * 64
ERASED = "erase"
"""The act by which texts of a record left it and its history."""
_COVERED = ("nr", "at", "who", "act", "label", "record", "step", "content_sha256")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be remembered; ``content`` is kept beside the hash of it, so that it can be erased."""

    at: str
    who: str
    act: str
    label: str
    record: str
    content: dict[str, object]
    step: int | None = None


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add the entries, in order, to the end of the chain."""
    if not entries:
        return
    head = read_head(connection)
    rows, prev = [], head.sha256
    for nr, entry in enumerate(entries, start=head.count + 1):
        content = canonical(entry.content)
        row: dict[str, object] = {
            "nr": nr,
            "at": entry.at,
            "who": entry.who,
            "act": entry.act,
            "label": entry.label,
            "record": entry.record,
            "step": entry.step,
            "content_sha256": hashlib.sha256(content).hexdigest(),
        }
        digest = _hash(prev, row)
        rows.append({**row, "content": content.decode(), "prev": prev, "hash": digest})
        prev = digest
    connection.execute(insert(history), rows)


def read_head(connection: Connection) -> HistoryHead:
    last = connection.execute(select(history.c.nr, history.c.hash).order_by(history.c.nr.desc()).limit(1)).first()
    return HistoryHead(0, _START) if last is None else HistoryHead(last.nr, last.hash)


def first_break(connection: Connection) -> int | None:
    """The number of the first entry that does not follow from the ones before; None when the chain is whole."""
    prev = _START
    for expected, row in enumerate(connection.execute(select(history).order_by(history.c.nr)).mappings(), start=1):
        content = row["content"]
        whole = (
            row["nr"] == expected
            and row["prev"] == prev
            and row["hash"] == _hash(prev, {name: row[name] for name in _COVERED})
            and (content is None or hashlib.sha256(content.encode()).hexdigest() == row["content_sha256"])
        )
        if not whole:
            return expected
        prev = row["hash"]
    return None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries: of these records (``Activity:<id>``), of a kind of record, older than an entry, with a text."""

    records: Sequence[str] = ()
    kind: str = ""
    before: int | None = None
    text: str = ""


def entries(connection: Connection, wanted: Wanted, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """The latest of those that are wanted, newest first. ``text`` is looked for in label, function and values."""
    query = select(history).order_by(history.c.nr.desc())
    if wanted.records:
        query = query.where(history.c.record.in_(wanted.records))
    if wanted.kind:
        query = query.where(history.c.record.startswith(f"{wanted.kind}:", autoescape=True))
    if wanted.before is not None:
        query = query.where(history.c.nr < wanted.before)
    rows = connection.execute(query if wanted.text else query.limit(limit)).mappings()
    text = wanted.text.casefold()
    found = (dict(row) for row in rows if not text or _tells(row, text))
    return tuple(_entry(row, in_shape(str(row["record"]), _text_of(row))) for row in islice(found, limit))


def _text_of(row: Mapping[str, object]) -> str | None:
    content = row["content"]
    return None if content is None else str(content)


def _tells(row: RowMapping, text: str) -> bool:
    """Whether the text stands in what the entry says; the names of fields are no text."""
    if text in row["label"].casefold() or text in row["who"].casefold():
        return True
    content = row["content"]
    return content is not None and text in content.casefold() and text in " ".join(_values(json.loads(content)))


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _values(each)
    elif isinstance(value, list):
        for each in value:
            yield from _values(each)
    elif value is not None:
        yield str(value).casefold()


def content_of(connection: Connection, nr: int) -> tuple[str, dict[str, object]]:
    """Record name and content of one entry; raises KeyError when there is none of that number."""
    row = connection.execute(select(history.c.record, history.c.content).where(history.c.nr == nr)).first()
    if row is None:
        raise KeyError(nr)
    return row.record, in_shape(row.record, row.content)


def contents_of_step(connection: Connection, step: int) -> list[tuple[str, dict[str, object]]]:
    """Record name and content of every edit that one undo step made, in order; not of records erased since."""
    erased = history.alias()
    since = select(erased.c.nr).where(
        erased.c.act == ERASED, erased.c.record == history.c.record, erased.c.nr > history.c.nr
    )
    rows = connection.execute(
        select(history.c.record, history.c.content)
        .where(history.c.step == step, history.c.act == "edit", ~since.exists())
        .order_by(history.c.nr)
    )
    return [(row.record, in_shape(row.record, row.content)) for row in rows]


def contents_of_act(connection: Connection, act: str) -> list[tuple[str, dict[str, object]]]:
    """Record name and content of every act of that name, in order."""
    rows = connection.execute(
        select(history.c.record, history.c.content).where(history.c.act == act).order_by(history.c.nr)
    )
    return [(row.record, in_shape(row.record, row.content)) for row in rows]


def in_shape(record: str, text: str | None) -> dict[str, object]:
    """What an entry holds, empty when erased; records in the shape they have today."""
    content: dict[str, object] = json.loads(text) if text else {}
    if not record.startswith("Activity:"):
        return content
    return {side: _with_indicators(value) if isinstance(value, dict) else value for side, value in content.items()}


def _with_indicators(activity: dict[str, object]) -> dict[str, object]:
    """History is never rewritten: until version 2 of the store an activity had one indicator with one outcome."""
    old = activity.get("indicator")
    if not isinstance(old, dict):
        return activity
    outcomes = [{"period": "", "value": old["outcome"]}] if old["outcome"] else []
    kept = {name: value for name, value in old.items() if name != "outcome"}
    return {**activity, "indicators": [{**kept, "outcomes": outcomes}]}


def _entry(row: dict[str, object], content: dict[str, object]) -> HistoryEntry:
    before, after = content.get("before"), content.get("after")
    return HistoryEntry(
        nr=int(str(row["nr"])),
        at=str(row["at"]),
        who=str(row["who"]),
        act=str(row["act"]),
        label=str(row["label"]),
        record=str(row["record"]),
        before=before if isinstance(before, dict) else None,
        after=after if isinstance(after, dict) else None,
        hash=str(row["hash"]),
        facts={} if "before" in content else content,
    )


def _hash(prev: str, row: dict[str, object]) -> str:
    return hashlib.sha256(_DOMAIN + prev.encode() + canonical(row)).hexdigest()
