"""One generic conversion between a record and its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

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
        for place, stored in special:
            value = row[place]
            if value is not None:
                row[place] = stored(value)
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


def _json(value: object) -> str:
    return "[]" if value == () else canonical(msgspec.to_builtins(value)).decode()


def _same(value: object) -> object:
    return value


@cache
def _not_plain(
    kind: type[msgspec.Struct], names: tuple[str, ...]
) -> tuple[tuple[int, Callable[[object], object]], ...]:
    """Place and conversion of what is neither text nor number; an id that is no field is reckoned, as text."""
    hints = {"id": str, **get_type_hints(kind)}
    found = ((place, _conversion(hints[name])) for place, name in enumerate(names))
    return tuple((place, stored) for place, stored in found if stored is not _same)


def _conversion(hint: object) -> Callable[[Any], object]:
    if get_origin(hint) is tuple:
        return _json
    for each, stored in ((bool, int), (date, date.isoformat), (Enum, attrgetter("value")), (msgspec.Struct, _json)):
        if any(isinstance(part, type) and issubclass(part, each) for part in get_args(hint) or (hint,)):
            return stored
    return _same


@cache
def _special_fields(kind: type[msgspec.Struct]) -> tuple[frozenset[str], frozenset[str]]:
    hints = get_type_hints(kind)
    lists = {name for name, hint in hints.items() if get_origin(hint) is tuple}
    return frozenset(lists), frozenset(name for name, hint in hints.items() if hint is bool)
