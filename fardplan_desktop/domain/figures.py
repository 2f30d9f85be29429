"""What computing on records gives: the values that pages, charts, prints and commands all show alike.

Made in ``analysis``, read everywhere above. A missing value is None, never 0; a share keeps its two whole numbers, so
that nobody is tempted to average it (domain model 7.1, 7.4).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import msgspec

from fardplan_desktop.domain.records import CountState

Tally = tuple[tuple[str, int], ...]
"""How many of each code: ``(("informationsoverforing", 4), …)``, most first, then by code."""


class Basis(StrEnum):
    """At which granularity a rolled-up value was entered."""

    NONE = "none"
    PERIOD = "period"
    MONTHS = "months"
    """From shorter parts: months, or quarters in a half-year or year."""


class Rolled(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation's value of one measure (or one value of a breakdown) in one period."""

    measure: str
    period: str
    breakdown: str | None = None
    breakdown_value: str | None = None
    value: int | None = None
    estimated: bool = False
    state: CountState | None = None
    """None: nobody has touched it, which is neither missing nor a gap."""
    parts: int = 0
    """Months that have a number (a value entered for the period covers all of its months); a stock has one part."""
    parts_of: int = 0
    """Months asked for, less those that are *ej aktuellt*."""
    basis: Basis = Basis.NONE
    repeats: bool = False
    """Unique plans added up over months: the same plan may be counted several times."""
    covered: tuple[str, ...] = ()
    """Ids of the periods whose numbers are in ``value``, in order."""
    cells: tuple[str, ...] = ()
    """Ids of the counts that are in ``value``."""


class MemberValue(msgspec.Struct, frozen=True):
    """What one member gave to a sum."""

    organisation: str
    rolled: Rolled


class ReportedTotal(msgspec.Struct, frozen=True, kw_only=True):
    """A sum that a delregion has sent without its members' packages: it cannot be checked per municipality."""

    value: int | None = None
    estimated: bool = False
    repeats: bool = False
    reported: int = 0
    of: int = 0
    parts: int = 0
    parts_of: int = 0


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A sum over organisations: those with a number, reported x of y, never extrapolated."""

    measure: str
    period: str
    breakdown: str | None = None
    breakdown_value: str | None = None
    value: int | None = None
    reported: int = 0
    of: int = 0
    """Members on the period's last day, less those to whom the measure does not apply."""
    parts: int = 0
    parts_of: int = 0
    """The smallest coverage in months among those that reported."""
    estimated: bool = False
    repeats: bool = False
    members: tuple[MemberValue, ...] = ()
    """Every member's own value, in the order given; also of those without a number."""
    unchecked: int = 0
    """How many of those that reported are only in a delregion's total."""

    @property
    def complete(self) -> bool:
        """Everyone it applies to has reported every part."""
        return self.of > 0 and self.reported == self.of and self.parts == self.parts_of


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A derived measure: numerator and denominator, summed over the members that have both, or why there is none."""

    id: str
    period: str
    num: int | None = None
    den: int | None = None
    per: int = 1
    """1: a share 0–1. 1000: per 1 000 inhabitants."""
    reported: int = 0
    of: int = 0
    estimated: bool = False
    reason: str | None = None
    """A Swedish phrase when it cannot be computed, else None."""
    unchecked: int = 0
    """How many of those that reported are only in a delregion's total."""

    @property
    def ratio(self) -> Fraction | None:
        """``num / den × per``, exact; None when there is a reason."""
        if self.reason is not None or self.num is None or not self.den:
            return None
        return Fraction(self.num * self.per, self.den)


class Outcome(StrEnum):
    """What a rule said; ``silent`` when it lacks what it needs, and then the text says what."""

    OK = "ok"
    BROKEN = "broken"
    SILENT = "silent"


class Severity(StrEnum):
    """An error refuses a seal; a warning asks for a comment and travels with the package."""

    ERROR = "error"
    WARNING = "warning"


class RuleResult(msgspec.Struct, frozen=True, kw_only=True):
    """One rule tried on one subject."""

    rule: str
    version: int
    severity: Severity
    subject: str
    """What it was tried on: the id of the first count concerned, ``SIP02/2026-05``."""
    outcome: Outcome
    text: str
    """A Swedish sentence: what is wrong, or why the rule is silent; empty when ok."""
    instruction: str = ""
    cells: tuple[str, ...] = ()
    """Ids of the counts concerned, to lead the user there."""

    @property
    def comment_id(self) -> str:
        """The id of the municipality's comment to this result."""
        return f"{self.rule}/{self.subject}"


class Problem(msgspec.Struct, frozen=True):
    """A broken rule and what the municipality says of it."""

    result: RuleResult
    comment: str | None = None

    @property
    def blocks(self) -> bool:
        return self.result.severity is Severity.ERROR


class DeliveryFact(msgspec.Struct, frozen=True, kw_only=True):
    """What the store knows of one package from a member: enough to say how the intake stands."""

    organisation: str
    period: str
    sequence: int
    received: date
    at: str = ""
    """The moment it came, UTC; orders what came on one day."""
    accepted: bool = True
    sealed: date | None = None
    """The day the sender sealed it; decides whether it is late (else the day received)."""
    code: str = "OK"
    """The code of the outcome, E16 … when refused."""
    message: str = ""
    """Why it was refused, as it was told then."""
    file_name: str = ""
    via: str = ""
    """Code of the office in whose bundle it came; empty when it came by itself."""
    totals: bool = False
    """Its numbers are in a delregion's total, and no package of its own has come."""


class CoverageState(StrEnum):
    """How a member stands in a period."""

    DELIVERED = "delivered"
    LATE = "late"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    MISSING = "missing"
    AWAITED = "awaited"
    """Nothing has come, and the deadline has not passed."""

    @property
    def word(self) -> str:
        return _COVERAGE_WORDS[self]


_COVERAGE_WORDS = {
    CoverageState.DELIVERED: "inlämnad",
    CoverageState.LATE: "sen",
    CoverageState.CORRECTED: "rättad",
    CoverageState.REJECTED: "avvisad",
    CoverageState.MISSING: "saknas",
    CoverageState.AWAITED: "väntas",
}


class CoverageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One expected member in one period."""

    organisation: str
    period: str
    state: CoverageState
    due: date
    days: int = 0
    """Days left to the last day, from the as-of date; below 0 when it has passed."""
    sequence: int | None = None
    received: date | None = None
    sent: date | None = None
    """The day the package that counts was sealed."""
    late: bool = False
    """The first accepted delivery came after the deadline; also true of one corrected since."""
    days_late: int = 0
    """Of the first accepted delivery."""
    corrections: int = 0
    via: str = ""
    refused: DeliveryFact | None = None
    """A refused file that no later good delivery has cleared."""
    totals: bool = False
    """Its numbers are in a delregion's total only; ``sequence`` is then that of the delregion's package."""
    reason: str = ""
    """Why nothing has come, as the delregion tells it."""

    @property
    def has_delivered(self) -> bool:
        return self.sequence is not None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """All expected members in one period as it stood on a day."""

    period: str
    as_of: date
    due: date
    rows: tuple[CoverageRow, ...]
    """The municipalities."""
    offices: tuple[CoverageRow, ...] = ()
    """At the county, how the delregions' own bundles stand; the municipalities come with them."""

    @property
    def expected(self) -> int:
        return len(self.rows)

    @property
    def received(self) -> int:
        return sum(row.has_delivered for row in self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the members without an accepted delivery, in the order of the rows."""
        return tuple(row.organisation for row in self.rows if not row.has_delivered)

    @property
    def asked(self) -> tuple[CoverageRow, ...]:
        """Those who deliver here themselves: the delregions at the county, else the municipalities."""
        return self.offices or self.rows


class AnswerTimes(msgspec.Struct, frozen=True, kw_only=True):
    """How long the other party took to answer, in days."""

    answered: int = 0
    median: float | None = None
    in_time: int = 0
    """Of those answered."""
    limit: int = 0
    """Days within which an answer is in time."""

    @property
    def share_in_time(self) -> float | None:
        return self.in_time / self.answered if self.answered else None


class DeviationTally(msgspec.Struct, frozen=True, kw_only=True):
    """Deviations registered in a period. More reports is not worse."""

    total: int = 0
    by_category: Tally = ()
    by_status: Tally = ()
    by_direction: Tally = ()
    by_counterpart: Tally = ()
    by_document: Tally = ()
    answers: AnswerTimes = AnswerTimes()
    open: int = 0
    overdue: tuple[str, ...] = ()
    """Ids of those sent, unanswered and past the limit on the as-of date."""
    warned: tuple[str, ...] = ()
    """Ids of those past the warning but not the limit."""
    flagged: tuple[str, ...] = ()
    """Ids of those whose risk value is above the threshold."""
    fed_back: int = 0


class ActivityTally(msgspec.Struct, frozen=True, kw_only=True):
    """How the activities stand on the as-of date."""

    total: int = 0
    by_status: Tally = ()
    by_method: Tally = ()
    by_forecast: Tally = ()
    late: tuple[str, ...] = ()
    """Ids: past their end and not done, integrated, ended or declined. Computed, never a status."""
