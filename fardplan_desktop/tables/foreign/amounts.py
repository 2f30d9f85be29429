"""One cell of a foreign sheet as a count: Swedish numbers in all their spellings, and never a guess."""

from __future__ import annotations

import re

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount
from fardplan_desktop.tables.foreign.words import Words
from fardplan_desktop.tables.paste import parse_number

_UNIT = re.compile(r"(?<=[0-9])\s*(?:st(?:ycken)?|möten|planer|personer|pers)\.?$", re.IGNORECASE)
_HIDDEN = re.compile(r"<\s*[0-9]+|[0-9]+\s*[-–]\s*[0-9]+|färre än [0-9]+|under [0-9]+", re.IGNORECASE)


def read_amount(text: str, words: Words) -> Amount | Ambiguous | NotAnAmount | None:
    """What a cell says; None for a blank one. ``<5`` is refused with a sentence: it is no number to add."""
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    said = plain.casefold().rstrip(".") if len(plain) > 1 else plain
    if plain.casefold() in words.missing or said in words.missing:
        return Amount(CountState.MISSING)
    if plain.casefold() in words.not_applicable:
        return Amount(CountState.NOT_APPLICABLE)
    if _HIDDEN.fullmatch(plain):
        return NotAnAmount(plain, f"”{plain}” är ett dolt antal och går inte att lägga ihop. Ta reda på antalet.")
    return parse_number(_UNIT.sub("", plain))
