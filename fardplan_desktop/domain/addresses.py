"""E-mail addresses of functions: what one looks like, and when it looks like a person's instead."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_LONGEST = 120
_TWO_NAMES = re.compile(r"([a-z]{2,}(?:-[a-z]+)?)\.([a-z]{2,}(?:-[a-z]+)?)\d?")
_FUNCTIONS = (
    "avdelning", "brevlada", "delregion", "enhet", "fardplan", "forvaltning", "funktion", "individ", "info", "kansli",
    "kommun", "kontor", "kvalitet", "namnd", "narvard", "omsorg", "registrator", "samordn", "samverkan", "sip",
    "social", "stab", "stod", "uppfoljning", "utveckling", "vard", "verksamhet", "aldre",
)  # fmt: skip
"""Pieces of words that name a function; ASCII, as addresses are."""


def is_address(text: str) -> bool:
    """One plain address, without a name before it and without anything that could start another header."""
    return len(text) <= _LONGEST and ".." not in text and _ADDRESS.fullmatch(text) is not None


def looks_personal(address: str) -> bool:
    """Two names with a dot between, ``fornamn.efternamn@``, and no word of a function among them."""
    local = address.partition("@")[0].lower()
    return _TWO_NAMES.fullmatch(local) is not None and not any(word in local for word in _FUNCTIONS)
