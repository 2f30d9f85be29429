"""The strict reader of signed JSON: canonical or rejected.

Two readers that understand the same bytes differently is how signed JSON is attacked. So there is one spelling of every
value, and anything else is refused: what is read is encoded again and must give the same bytes.
"""

from __future__ import annotations

import json
import re

from fardplan_desktop.domain.canonical import Json, canonical

MAX_INT = 2**53 - 1

# A string or a bracket. The last alternative lets an unterminated string swallow the rest, so that time stays linear.
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def read_canonical(data: bytes, max_depth: int) -> Json:
    """The value that ``data`` is the one encoding of; raises ValueError for everything else.

    Never recurses deeper than ``max_depth``: that is measured before anything is parsed.
    """
    if depth(data) > max_depth:
        raise ValueError(f"deeper than {max_depth}")
    value: Json = json.loads(
        data.decode(),
        object_pairs_hook=_object,
        parse_int=_integer,
        parse_float=_refuse,
        parse_constant=_refuse,
    )
    if canonical(value) != data:
        raise ValueError("not canonical")
    return value


def depth(data: bytes) -> int:
    """How deep the brackets nest, strings apart."""
    level = deepest = 0
    for match in _TOKEN.finditer(data):
        first = data[match.start()]
        if first in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif first in b"]}":
            level -= 1
    return deepest


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    if not all(key.isascii() for key in found):
        raise ValueError("key outside ASCII")
    return found


def _integer(text: str) -> int:
    number = int(text)
    if abs(number) > MAX_INT:
        raise ValueError("integer out of range")
    return number


def _refuse(text: str) -> Json:
    raise ValueError(f"number {text[:20]} is no integer")
