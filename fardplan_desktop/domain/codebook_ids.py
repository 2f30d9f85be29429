"""Ids in mått och listor: made from words once, never reused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

from fardplan_desktop.domain.errors import InputProblem

REST_CODES = ("annan", "annat", "okand", "uppgift-saknas")
"""What stands last in a list, in this order: the rest, and that nothing is known."""
_LONGEST = 60


def plain(label: str) -> str:
    """``80+`` → ``80-plus``, ``Äldre/multisjuka`` → ``aldre-multisjuka``; empty when no letter or digit is left."""
    apart = unicodedata.normalize("NFD", label.lower().replace("+", "-plus"))
    ascii_only = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def code_id(label: str, taken: Iterable[str]) -> str:
    """A new id for the label; one that has ever been used gets a number after it. Raises InputProblem for no words."""
    stem = plain(label)[:_LONGEST].strip("-")
    if not stem:
        raise InputProblem(f"”{label[:20]}” kan inte bli ett namn.", todo="Skriv det med bokstäver eller siffror.")
    used = frozenset(taken)
    return stem if stem not in used else next(f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in used)


def measure_id(like: str, taken: Iterable[str]) -> str:
    """The next id in the series of ``like``: after SIP13 comes SIP14."""
    used = frozenset(taken)
    series = like.rstrip("0123456789")
    numbers = [int(id[len(series) :]) for id in used if id.startswith(series) and id[len(series) :].isdigit()]
    return f"{series}{max(numbers, default=0) + 1:02d}"
