"""What is printed on a meeting paper, already computed: the reports room lays it out and computes nothing.

A paper is *arbetsmaterial*: it shows true values, and its header says so. Lists hold everything, most important first;
what does not fit on the two pages is counted on the paper ("… och 4 till, se handlingsplanen"). Generated texts are
finished Swedish; dates, periods and numbers are plain values that the print spells.
"""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.periods import Period


class PaperValue(msgspec.Struct, frozen=True):
    """One number with what must be said about it; missing is None, never 0."""

    number: int | None = None
    estimated: bool = False
    """Printed "≈ 14"."""
    applicable: bool = True
    """False prints "ej aktuellt" instead of "saknas"."""
    months: int = 0
    months_of: int = 0
    """How many of the period's months the number holds; printed "3 av 4 månader" when fewer than all."""
    overlapping: bool = False
    """A sum of months of a measure whose plans may be counted in several months; printed "Σ"."""

    @property
    def partial(self) -> bool:
        return self.number is not None and self.months < self.months_of


class MethodLine(msgspec.Struct, frozen=True):
    """How many activities a working method has, and how they stand."""

    name: str
    """``A1 Öka hälsofrämjande och förebyggande insatser``."""
    activities: int
    statuses: tuple[int, ...]
    """Parallel to ``MethodTable.statuses``."""
    forecasts: tuple[int, ...]
    """Parallel to ``MethodTable.forecasts``."""
    late: int


class MethodTable(msgspec.Struct, frozen=True):
    """The working methods of the Färdplan against status and forecast."""

    statuses: tuple[str, ...]
    """Column headings, at most five: ``Pågår``, ``Klara``, ``Status saknas``."""
    forecasts: tuple[str, ...]
    """Column headings with shape and word, at most four: ``● Enligt plan``, ``▲ Risk``, ``■ Når inte målet``."""
    lines: tuple[MethodLine, ...]
    """The six methods in order, and a last line for activities without one if there are any."""
    total: MethodLine


class AttentionLine(msgspec.Struct, frozen=True):
    """An activity that is late, at risk or needs to be lifted."""

    activity: str
    responsible: str
    """A function, never a person; empty prints "saknas"."""
    due: date | None
    status: str
    forecast: str
    """``▲ Risk``; empty when none is given."""
    reason: str
    """``Försenad 45 dagar. Behöver lyftas till delregionen.``"""


class MeasureLine(msgspec.Struct, frozen=True):
    """An obligatory measure over three periods."""

    label: str
    part: bool
    """Indented under the whole above it."""
    now: PaperValue
    previous: PaperValue
    year_before: PaperValue


class SipMonth(msgspec.Struct, frozen=True):
    """One month of the SIP chart and its table; its values are whole (``months_of`` 0 or 1)."""

    month: Period
    drawn_up: PaperValue
    followed_up: PaperValue


class CategoryCount(msgspec.Struct, frozen=True):
    """How many deviations a category has in the period."""

    category: str
    count: int


class DecisionLine(msgspec.Struct, frozen=True):
    """A decision from an earlier meeting that is not yet done."""

    text: str
    responsible: str
    due: date | None


class MeetingPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The two pages of "Mötesunderlag" for one municipality, period and as-of date."""

    organisation: str
    meeting: str = ""
    """``Lokal samverkansgrupp, möte 12 oktober 2026``; empty when no meeting is chosen."""
    period: Period
    as_of: date
    demo: bool = False
    """True marks every page "Exempeldata – påhittade siffror"."""
    data_version: str
    """What the footer says about the data: ``Dataversion 3fa9c1d2`` or ``Leverans 2``."""
    codebook_version: int
    codebook_sha256: str

    summary: tuple[str, ...]
    """"Läget i korthet": three sentences."""
    methods: MethodTable
    attention: tuple[AttentionLine, ...]
    measures: tuple[MeasureLine, ...]
    sip_months: tuple[SipMonth, ...]
    """The last 12–16 months in order."""
    deviations: tuple[CategoryCount, ...]
    """Categories with at least one deviation, most first."""
    deviation_total: int
    findings: tuple[str, ...]
    """Up to three sentences about the deviations."""
    questions: tuple[str, ...]
    """"Frågor att lyfta"."""
    open_decisions: tuple[DecisionLine, ...]
