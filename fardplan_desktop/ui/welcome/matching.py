"""Which organisations the first letters mean, in the order a Swedish reader expects them."""

from __future__ import annotations

import unicodedata

from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Level, Organisation


def matches(book: CodeBook, typed: str) -> list[Organisation]:
    """Municipalities, delregions and county that the letters fit; all of them for no letters.

    A name that begins with the letters comes before one with a later word that does; å ä ö are letters of their own,
    and taken for a and o only when that is all there is.
    """
    needle = " ".join(typed.casefold().split())
    known = (*book.municipalities, *book.delregions, book.county)
    ranked = [(rank, sort_key(each.short), each) for each in known if (rank := _rank(each, needle)) is not None]
    exact = [each for each in ranked if each[0] < _LOOSE]
    return [each[2] for each in sorted(exact or ranked, key=lambda each: each[:2])]


def described(organisation: Organisation) -> str:
    """``Kommun`` or what else it is."""
    return {Level.MUNICIPALITY: "Kommun", Level.DELREGION: "Delregion", Level.COUNTY: "Länet"}[organisation.level]


_LOOSE = 2


def _rank(organisation: Organisation, needle: str) -> int | None:
    """0 for a name that begins so, 1 for a later word, 2 when only the accents differ; None for no match."""
    names = (organisation.short.casefold(), organisation.name.casefold())
    if any(name.startswith(needle) for name in names):
        return 0
    if any(f" {needle}" in name for name in names):
        return 1
    bare = _without_accents(needle)
    if any(_without_accents(name).startswith(bare) or f" {bare}" in _without_accents(name) for name in names):
        return _LOOSE
    return None


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
