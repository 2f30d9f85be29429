"""The three levels of the collaboration, and who an organisation is."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """Word in code and commands; the package writes ``wire``."""

    MUNICIPALITY = "municipality"
    DELREGION = "delregion"
    COUNTY = "county"

    @property
    def wire(self) -> str:
        return _WIRE[self]


_WIRE = {Level.MUNICIPALITY: "kommun", Level.DELREGION: "delregion", Level.COUNTY: "lan"}


def level_of_wire(word: str) -> Level:
    """The level a package means; raises KeyError for an unknown word."""
    return {wire: level for level, wire in _WIRE.items()}[word]


class Organisation(msgspec.Struct, frozen=True):
    """One of the 49 municipalities (SCB code), six delregions (id) or the county (14)."""

    level: Level
    code: str
    name: str
    """As the organisation is called in a heading: ``Lilla Edets kommun``."""
    short: str
    """Without the form word: ``Lilla Edet``."""
