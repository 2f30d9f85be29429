"""Feedback that has come, in words: what the page shows and what is printed are the same lines."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period


class FeedbackLine(msgspec.Struct, frozen=True):
    """One number in words; ``part`` is indented under its whole."""

    label: str
    own: str
    total: str
    median: str
    coverage: str
    part: bool = False


class Remark(msgspec.Struct, frozen=True):
    """``sort``: ``kommentar``, ``lyft`` or ``exempel``."""

    sort: str
    title: str
    text: str
    of: str
    """Whose good example it is; else empty."""


class Feedback(msgspec.Struct, frozen=True):
    """What one sender has told us of a period."""

    period: Period
    by: Organisation
    received: str
    """The day it was read in."""
    lines: tuple[FeedbackLine, ...]
    remarks: tuple[Remark, ...]
    digest: str = ""

    @property
    def whole(self) -> str:
        """What the sums are sums of."""
        return "Delregionen" if self.by.level is Level.DELREGION else "Länet"

    @property
    def words(self) -> tuple[tuple[str, tuple[Remark, ...]], ...]:
        """The remarks under their headings; a heading with none is left out."""
        groups = ((heading, tuple(each for each in self.remarks if each.sort == sort)) for sort, heading in _HEADINGS)
        return tuple((heading, group) for heading, group in groups if group)


_HEADINGS = (("kommentar", "Kommentar"), ("lyft", "Det ni har lyft"), ("exempel", "Goda exempel"))


class FeedbackPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The print of it."""

    organisation: str
    as_of: date
    demo: bool = False
    data_version: str
    codebook_version: int
    codebook_sha256: str
    found: Feedback
    legend: str
