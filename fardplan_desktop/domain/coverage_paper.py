"""Inlämningsläge as a table of organisations × periods: what the page shows and what is printed are the same lines."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.figures import Coverage, CoverageRow
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period


class CoverageLine(msgspec.Struct, frozen=True):
    """An organisation with its cells; at the county a delregion's own, with how many municipalities it has brought."""

    organisation: Organisation
    cells: tuple[CoverageRow | None, ...]
    """One for each period; None when it was not expected then."""
    counts: tuple[str, ...] = ()
    """``14 av 15`` for each period; only for a delregion."""

    @property
    def heads(self) -> bool:
        """Municipalities stand under it."""
        return bool(self.counts)


class CoverageList(msgspec.Struct, frozen=True):
    """The chosen period first, then those before it; ``lines`` in the order they are shown."""

    periods: tuple[Period, ...]
    found: tuple[Coverage, ...]
    """How each of the periods stands, everyone counted."""
    lines: tuple[CoverageLine, ...]
    only_missing: bool = False
    late_first: bool = False

    @property
    def now(self) -> Coverage:
        return self.found[0]


class CoveragePaper(msgspec.Struct, frozen=True, kw_only=True):
    """The print of the list as it stood on a day."""

    organisation: str
    as_of: date
    demo: bool = False
    data_version: str
    codebook_version: int
    codebook_sha256: str
    listed: CoverageList
