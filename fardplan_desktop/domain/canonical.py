"""One spelling for every JSON value, so that the same data always have the same bytes and the same digest.

The model is RFC 8785 restricted to what needs no number formatting: ASCII keys, strings, true, false, null,
and integers up to 2^53 - 1. No floats: shares are stored as numerator and denominator.
"""

from __future__ import annotations

import hashlib
import json

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def canonical(value: object) -> bytes:
    """The one UTF-8 encoding of ``value``; raises ValueError for NaN, TypeError for what JSON cannot hold."""
    return _ENCODER.encode(value).encode()


def digest(value: object) -> str:
    """SHA-256, 64 lower-case hex digits, of the canonical encoding."""
    return hashlib.sha256(canonical(value)).hexdigest()
