"""One generic conversion between a record and its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import TypeVar, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy import RowMapping

from fardplan_desktop.domain.canonical import canonical

T = TypeVar("T", bound=msgspec.Struct)


def to_row(record: msgspec.Struct) -> dict[str, object]:
    """Column values: dates as ISO text, lists and nested records as canonical JSON, flags as 0 and 1."""
    kind = type(record)
    names = kind.__struct_fields__
    if "id" not in names and hasattr(kind, "id"):
        names = ("id", *names)
    return dict(zip(names, next(to_rows(kind, names, (record,))), strict=True))


def to_rows(
    kind: type[msgspec.Struct], names: tuple[str, ...], records: Iterable[msgspec.Struct]
) -> Iterator[list[object]]:
    """The values of these columns, for the thousands of rows of a package."""
    fields = attrgetter(*names)
    special = _not_plain(kind, names)
    for record in records:
        row = list(fields(record))
        for place in special:
            if row[place] is not None:
                row[place] = _stored(row[place])
        yield row


def from_row(kind: type[T], row: RowMapping) -> T:
    """The record of this row; columns that are no fields (row, organisation, delivery) are left out."""
    lists, flags = _special_fields(kind)
    values: dict[str, object] = {}
    for name in kind.__struct_fields__:
        value = row[name]
        if name in lists and isinstance(value, str):
            values[name] = msgspec.json.decode(value)
        else:
            values[name] = bool(value) if name in flags else value
    return msgspec.convert(values, kind, builtin_types=(bytes,))


def builtins(record: msgspec.Struct) -> dict[str, object]:
    """The record as JSON-ready values (bytes stay bytes)."""
    values: dict[str, object] = msgspec.to_builtins(record, builtin_types=(bytes,))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _stored(value: object) -> object:
    if value == ():
        return "[]"
    plain: object = msgspec.to_builtins(value, builtin_types=(bytes,))
    if isinstance(plain, list | tuple | dict):
        return canonical(plain).decode()
    return int(plain) if isinstance(plain, bool) else plain


@cache
def _not_plain(kind: type[msgspec.Struct], names: tuple[str, ...]) -> tuple[int, ...]:
    """Places of what is neither text nor number; an id that is no field is reckoned from others, as text."""
    hints = {"id": str, **get_type_hints(kind)}
    plain = {str, int, NoneType}
    return tuple(place for place, name in enumerate(names) if not set(get_args(hints[name]) or (hints[name],)) <= plain)


@cache
def _special_fields(kind: type[msgspec.Struct]) -> tuple[frozenset[str], frozenset[str]]:
    hints = get_type_hints(kind)
    lists = {name for name, hint in hints.items() if get_origin(hint) is tuple}
    return frozenset(lists), frozenset(name for name, hint in hints.items() if hint is bool)
