"""Varifrån kommer siffran? A total with its parts, and behind every part the delivery and the seal it came in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.verdicts import TrustedKey


class Kind(StrEnum):
    """What sort of total is asked about; the value is what commands write."""

    FIGURE = "figure"
    SHARE = "share"
    RATE = "rate"
    DEVIATIONS = "deviations"
    ACTIVITIES = "activities"


class Wanted(msgspec.Struct, frozen=True):
    """Which total: ``id`` is a measure, a derived measure, a category or a status (empty: all of them)."""

    kind: Kind
    id: str = ""
    breakdown: str | None = None
    value: str | None = None


class Source(msgspec.Struct, frozen=True):
    """A delivery that numbers came in, with what is known of the key that sealed it."""

    delivery: Delivery
    check_code: str
    key: TrustedKey | None
    """None when the key is no longer among our senders."""
    via: Organisation | None = None
    """The office in whose bundle the member's own package came; None when it came by itself."""
    introduced_by: Organisation | None = None
    """The delregion that vouches for the key; None when we have compared the kontrollkod ourselves."""


class Part(msgspec.Struct, frozen=True):
    """What one member gave to the total: ``words`` as it is shown, ``number`` None when there is none."""

    organisation: Organisation
    words: str
    number: int | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    """Digests of deliveries; empty when nothing has come, and for our own."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """A total opened: every expected member stands among the parts, also those without a number."""

    title: str
    period: str
    total: str
    basis: str
    note: str = ""
    parts: tuple[Part, ...]
    sources: Mapping[str, Source]
    """Digest → the delivery, for every digest among the parts."""
    row: str = ""
    """What a question about it names it; empty for what is not asked about, as shares."""

    @property
    def without(self) -> tuple[Organisation, ...]:
        """The members that gave no number."""
        return tuple(part.organisation for part in self.parts if part.number is None)


class SealCheck(msgspec.Struct, frozen=True):
    """What trying the seal of the stored bytes once more gave, in a sentence."""

    good: bool
    sentence: str
