"""Full-text search in the words of activities and deviations. SQLite only (FTS5).

The index holds words, no texts: a view for each kind says what is searched, and whoever writes rows tells the index
here, since triggers may not touch a virtual table while ``trusted_schema`` is off. å, ä and ö are letters of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, literal_column, select, text

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.records import Activity, Deviation
from fardplan_desktop.store.tables import TABLE_OF


class _Searched(NamedTuple):
    """A kind of record in the index: the names of its table and its view, its fields of text, those that hold JSON."""

    table: str
    view: str
    fields: tuple[str, ...]
    lists: tuple[str, ...] = ()

    @property
    def columns(self) -> str:
        return ", ".join((*self.fields, *self.lists))


_KINDS: Final[dict[type[msgspec.Struct], _Searched]] = {
    Activity: _Searched(
        "activity_search",
        "activity_texts",
        (
            *("title", "goal", "responsible", "obstacle", "next_step", "status_note"),
            *("resources", "involvement", "children", "lesson"),
        ),
        ("partners", "indicators", "answers"),
    ),
    Deviation: _Searched(
        "deviation_search",
        "deviation_texts",
        (
            *("number", "reference", "summary", "description"),
            *("document_text", "counterpart_org", "action_text", "status_comment"),
        ),
    ),
}
_MOST_WORDS: Final = 30


def _view(kind: type[msgspec.Struct], known: _Searched) -> str:
    flat = "(SELECT group_concat(atom, ' ') FROM json_tree({0}) WHERE type = 'text') AS {0}"
    columns = ", ".join([*known.fields, *map(flat.format, known.lists)])
    return f'CREATE VIEW {known.view} AS SELECT "row", delivery, id, {columns} FROM {TABLE_OF[kind].name}'


INDEXES: Final = tuple(
    f"CREATE VIRTUAL TABLE {known.table} USING fts5({known.columns}, content='', prefix='1 2', "
    'tokenize="unicode61 remove_diacritics 0")'
    for known in _KINDS.values()
)
VIEWS: Final = tuple(_view(kind, known) for kind, known in _KINDS.items())
"""What is searched of each kind; run after the tables are made."""


def words(typed: str) -> list[str]:
    """What a user typed as FTS5 expressions that must all match; none when it holds no word.

    Every word must be there, as the beginning of one; what stands in quotation marks must be there as it stands, but
    for its last word while the second mark is not yet typed. Whatever is typed is safe: all of it is quoted.
    """
    clean = unicodedata.normalize("NFC", "".join(each if _is_plain(each) else " " for each in typed))
    wanted: dict[str, None] = {}
    parts = clean.replace("”", '"').replace("“", '"').split('"')
    for number, part in enumerate(parts):
        quoted = number % 2 == 1
        exact = quoted and number < len(parts) - 1
        for piece in [part.strip()] if quoted else part.split():
            if any(_is_word_sign(sign) for sign in piece):
                wanted[f'"{piece}"' if exact else f'"{piece}"*'] = None
    return list(wanted)[:_MOST_WORDS]


def matching(kind: type[msgspec.Struct], expression: str) -> Select[tuple[int]]:
    """The row numbers of those that match, our own and received."""
    name = _KINDS[kind].table
    rows: Select[tuple[int]] = select(literal_column("rowid")).select_from(text(name))
    return rows.where(literal_column(name).op("MATCH")(expression))


def find(connection: Connection, kind: type[msgspec.Struct], typed: str, *, limit: int, received: bool) -> list[str]:
    """Ids of the records that match, latest written first; our own, or those of the active deliveries."""
    expression = " ".join(words(typed))
    if not expression:
        return []
    table, index = TABLE_OF[kind].name, _KINDS[kind].table
    where = (
        "JOIN deliveries ON deliveries.digest = found.delivery WHERE deliveries.active = 1 AND"
        if received
        else "WHERE found.delivery IS NULL AND"
    )
    query = (
        f'SELECT found.id FROM {index} JOIN {table} AS found ON found."row" = {index}.rowid '
        f"{where} {index} MATCH :words ORDER BY {index}.rowid DESC LIMIT :most"
    )
    return [str(id) for id in connection.execute(text(query), {"words": expression, "most": limit}).scalars()]


def is_searched(kind: type[msgspec.Struct]) -> bool:
    return kind in _KINDS


def differs(before: msgspec.Struct, after: msgspec.Struct) -> bool:
    """Whether a text that is searched is another."""
    known = _KINDS[type(before)]
    return any(getattr(before, field) != getattr(after, field) for field in (*known.fields, *known.lists))


def forget(connection: Connection, kind: type[msgspec.Struct], ids: Collection[str]) -> None:
    """Take our own records' words out of the index; before their rows are changed or removed."""
    known = _KINDS[kind]
    head = f"INSERT INTO {known.table} ({known.table}, rowid, {known.columns}) SELECT 'delete', \"row\", "
    _of_own(connection, head, known, ids)


def learn(connection: Connection, kind: type[msgspec.Struct], ids: Collection[str]) -> None:
    """Put our own records' words into the index; after their rows are written."""
    known = _KINDS[kind]
    _of_own(connection, f'INSERT INTO {known.table} (rowid, {known.columns}) SELECT "row", ', known, ids)


def learn_delivery(connection: Connection, kind: type[msgspec.Struct], digest: str) -> None:
    """Put the words of a received delivery's rows into the index."""
    known = _KINDS[kind]
    head = f'INSERT INTO {known.table} (rowid, {known.columns}) SELECT "row", {known.columns} FROM {known.view} '
    connection.execute(text(f"{head} WHERE delivery = :digest"), {"digest": digest})


def rebuild(connection: Connection) -> None:
    """Make the index anew from what stands in the tables; nothing of what has been erased is left in it."""
    for known in _KINDS.values():
        connection.exec_driver_sql(f"INSERT INTO {known.table} ({known.table}) VALUES ('delete-all')")
        connection.exec_driver_sql(
            f'INSERT INTO {known.table} (rowid, {known.columns}) SELECT "row", {known.columns} FROM {known.view}'
        )


def _of_own(connection: Connection, head: str, known: _Searched, ids: Collection[str]) -> None:
    if ids:
        own = "delivery IS NULL AND id IN (SELECT value FROM json_each(:ids))"
        query = text(f"{head}{known.columns} FROM {known.view} WHERE {own}")
        connection.execute(query, {"ids": canonical(list(ids)).decode()})


def _is_plain(sign: str) -> bool:
    """Neither a control character, which would end the query, nor half of a surrogate pair."""
    return unicodedata.category(sign) not in ("Cc", "Cs")


def _is_word_sign(sign: str) -> bool:
    """What FTS5 calls part of a word: letters, figures and private signs."""
    category = unicodedata.category(sign)
    return category[0] in "LN" or category == "Co"
