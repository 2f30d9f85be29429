"""Activities over a year, as they are drawn on screen and in print: everything said, nothing laid out."""

from __future__ import annotations

from datetime import date

import msgspec


class Mark(msgspec.Struct, frozen=True):
    """A check-in that was made, or one that is planned."""

    day: date
    planned: bool = False


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One activity. A day that nobody has stated is None and is drawn as not stated."""

    activity: str
    """Its id."""
    title: str
    responsible: str = ""
    status: str
    """In words, ``Försenad, pågår`` when it is late."""
    forecast: str = ""
    """``▲ Risk``."""
    start: date | None = None
    end: date | None = None
    ended: bool = False
    """Nothing more is expected of it."""
    begun: bool = False
    """It is under way, or has been."""
    late: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    def within(self, year: int) -> bool:
        """Whether any day of it may lie in the year; one without days belongs to no year."""
        first, last = self.start or self.end, self.end or self.start
        if first is None or last is None:
            return False
        late = self.late and last.year < year  # It goes on though it should have ended.
        return first.year <= year and (last.year >= year or late or self.end is None)


class BarGroup(msgspec.Struct, frozen=True):
    """Bars under one heading; the heading is empty when they are not gathered."""

    words: str
    bars: tuple[Bar, ...]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The activities of a view that lie in a year."""

    year: int
    today: date
    groups: tuple[BarGroup, ...]
    outside: int = 0
    """Activities of the view that lie in other years."""
    undated: int = 0
    """Activities of the view of which no day is stated; they are in the groups."""

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for group in self.groups for bar in group.bars)


class TimelinePaper(msgspec.Struct, frozen=True, kw_only=True):
    """A timeline to print."""

    organisation: str
    as_of: date
    demo: bool
    data_version: str
    codebook_version: int
    codebook_sha256: str
    timeline: Timeline
    shown: str
    """What the view shows: ``Per arbetssätt. Status: Pågår``."""
