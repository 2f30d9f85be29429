"""Reference data that are read from a file and shown with their source."""

from __future__ import annotations

import msgspec

from fardplan_desktop.services.workplace import Workplace


class PopulationYear(msgspec.Struct, frozen=True):
    """How many municipalities have a figure for the year, from one source."""

    year: int
    source: str
    municipalities: int


def population_years(workplace: Workplace) -> tuple[PopulationYear, ...]:
    """Latest year first."""
    found: dict[tuple[int, str], int] = {}
    for row in workplace.store.population():
        found[row.year, row.source] = found.get((row.year, row.source), 0) + 1
    return tuple(PopulationYear(year, source, count) for (year, source), count in sorted(found.items(), reverse=True))
