"""One generic conversion between a record and its row."""

from __future__ import annotations

from functools import cache
from typing import TypeVar, get_origin, get_type_hints

import msgspec
from sqlalchemy import RowMapping

from fardplan_desktop.domain.canonical import canonical

T = TypeVar("T", bound=msgspec.Struct)


def to_row(record: msgspec.Struct) -> dict[str, object]:
    """Column values: dates as ISO text, lists and nested records as canonical JSON, flags as 0 and 1."""
    row: dict[str, object] = {}
    for name, value in builtins(record).items():
        if isinstance(value, list | dict):
            row[name] = canonical(value).decode()
        else:
            row[name] = int(value) if isinstance(value, bool) else value
    record_id = getattr(record, "id", None)
    return row if record_id is None else {"id": record_id, **row}


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


@cache
def _special_fields(kind: type[msgspec.Struct]) -> tuple[frozenset[str], frozenset[str]]:
    hints = get_type_hints(kind)
    lists = {name for name, hint in hints.items() if get_origin(hint) is tuple}
    return frozenset(lists), frozenset(name for name, hint in hints.items() if hint is bool)
