"""What is printed on "Underlag för godkännande", already computed: one page for whoever says that a period may be sent.

Lists hold everything, worst first; what does not fit is counted on the page ("… och 12 till").
"""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.papers import MeasureLine
from fardplan_desktop.domain.periods import Period


class ContentLine(msgspec.Struct, frozen=True):
    """One kind of what leaves the PC: how many rows the package holds of it, and what they are."""

    kind: str
    rows: int
    what: str


class RemarkLine(msgspec.Struct, frozen=True):
    """What a check says. ``standing``: ``Att rätta``, ``Utan kommentar`` or ``Kommenterad``."""

    standing: str
    text: str
    comment: str = ""


class ChangeLine(msgspec.Struct, frozen=True):
    """One row that is not as it was sent last: ``Genomförda SIP-möten, juli 2026``, ``ändrad``, ``9 → 8``."""

    what: str
    verb: str
    detail: str = ""


class DecisionLine(msgspec.Struct, frozen=True):
    """The approval on record: a function, a day, and how it was given."""

    function: str
    day: date
    way: str


class ApprovalPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The one page, for one municipality, period and as-of date."""

    organisation: str
    audience: str
    period: Period
    as_of: date
    demo: bool = False
    data_version: str
    codebook_version: int
    codebook_sha256: str
    correction: str = ""
    """``Rättelse som ersätter paket nummer 1. Juli var dubbelräknad.``; empty for the first package of the period."""
    contents: tuple[ContentLine, ...]
    stays: str
    """What does not leave the PC."""
    measures: tuple[MeasureLine, ...]
    remarks: tuple[RemarkLine, ...]
    changes: tuple[ChangeLine, ...]
    changes_since: str
    """``sedan paket nummer 1``; empty when the period has not been sent before."""
    decision: DecisionLine | None = None
