"""The records of the code book, one type for each thing the county decides.

A default here is always None, False, 0, "" or empty: defaults are left out of the JSON that is digested, so a field
added later does not change the digest of a book written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

import msgspec

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import PeriodType

OverTime = Literal["sum", "last", "unique"]
Severity = Literal["error", "warning"]
Missing = Literal["silent", "at_most", "broken"]
"""What a rule does when a value it needs is no number: say nothing, compare only upwards, or call that the fault."""


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Keyed = TypeVar("Keyed", bound=HasId)


def index(records: Iterable[Keyed]) -> Mapping[str, Keyed]:
    """The records by id, read-only."""
    return MappingProxyType({each.id: each for each in records})


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, dict=True):
    """What every record of the code book is: frozen, closed to unknown fields, without defaults in its JSON."""


class Code(Record, frozen=True, kw_only=True):
    """One value of a list. Ids are stable and never reused: a code is ended, never removed."""

    id: str
    label: str
    note: str = ""
    ended: date | None = msgspec.field(name="to", default=None)
    """Last day it may be chosen; what was entered before keeps it."""
    replaced_by: str | None = None
    rank: int | None = None
    """Place on an ordered scale (severity, likelihood, self-assessment)."""
    rest: str = ""
    """Asks for the rest of the sentence ("på vad"); empty when the word stands by itself."""
    closes: bool = False
    """Nothing more is expected after this status, so it is never late."""
    sign: str = ""
    """Shape shown beside the word, never alone."""

    def active(self, on: date) -> bool:
        return self.ended is None or on <= self.ended


class CodeList(Record, frozen=True, kw_only=True):
    id: str
    label: str
    codes: tuple[Code, ...]
    note: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        return index(self.codes)

    def code(self, id: str) -> Code:
        """Raises KeyError for an id that has never been in the list."""
        return self.by_id[id]

    def active(self, on: date) -> tuple[Code, ...]:
        """What may be chosen that day, in the list's order."""
        return tuple(code for code in self.codes if code.active(on))


class Measure(Record, frozen=True, kw_only=True):
    """Something that is counted. ``over_time`` says how months become a period: summed, the last one, or not at all."""

    id: str
    version: int
    label: str
    short: str
    """For a table row; a part is told as "varav …"."""
    definition: str
    group: str
    over_time: OverTime
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    part_of: str | None = None
    breakdowns: tuple[str, ...] = ()
    """Ids of code lists; one-dimensional only, never crossed."""
    obligatory: bool = False
    ended: date | None = msgspec.field(name="to", default=None)
    replaced_by: str | None = None


class Term(Record, frozen=True, kw_only=True):
    """A measure's value in the period at hand, or in the one before."""

    measure: str
    previous: bool = False
    minus: bool = False


class Derived(Record, frozen=True, kw_only=True):
    """Calculated, never typed. A share is Σ numerator / Σ denominator; per_1000 divides by the population instead."""

    id: str
    label: str
    kind: Literal["share", "per_1000"]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()


class RuleKind(StrEnum):
    """What the program can test; a, b, c … are a rule's terms in order, each with its sign.

    part_of        a ≤ b
    adds_up        the cells of ``breakdown`` for a, unknown included, add up to a
    limit          a ≤ b + c + …
    balance        a = b + c + …
    zero_pair      not (a > 0 and b = 0)
    change         for each term by itself: same period last year, not over ``percent`` and ``at_least``
    extreme_share  a / (b + c + …) is neither 0 nor 100 % when the denominator is ``whole_at_least`` or more
    same_as_last   not every term with a number (``at_least`` of them) equal to the period before
    history_median for each term by itself: within ``factor`` × of the median of its own earlier values of the same
                   length, or not over ``at_least`` from it; silent with fewer than ``points`` of them; c = how many
    peer_median    for each term by itself, per 1,000 inhabitants: at most ``factor`` × the delregion's median
    obligatory     for each term by itself: there is a number, or it is said not to apply
    """

    PART_OF = "part_of"
    ADDS_UP = "adds_up"
    LIMIT = "limit"
    BALANCE = "balance"
    ZERO_PAIR = "zero_pair"
    CHANGE = "change"
    EXTREME_SHARE = "extreme_share"
    SAME_AS_LAST = "same_as_last"
    HISTORY_MEDIAN = "history_median"
    PEER_MEDIAN = "peer_median"
    OBLIGATORY = "obligatory"


class Rule(Record, frozen=True, kw_only=True):
    """One instance of a kind. ``text`` says what is wrong, ``instruction`` what to do.

    Placeholders: {a}, {b} … the terms' values in order; {measure} the label of the first term or of the one at hand,
    {period} the period's name, {sum} the breakdown's sum, and the names in ``numbers``. Where each term is tested by
    itself {a} is its value and {b} what it is compared with (the same period last year, the median).
    """

    id: str
    version: int
    kind: RuleKind
    severity: Severity
    terms: tuple[Term, ...]
    missing: Missing
    text: str
    instruction: str
    numbers: dict[str, int] = {}
    breakdown: str | None = None
    ended: date | None = msgspec.field(name="to", default=None)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it reads, each once, in order."""
        return tuple(dict.fromkeys(term.measure for term in self.terms))


class Membership(Record, frozen=True, kw_only=True):
    """A municipality's time in a delregion; ``until`` is its last day there."""

    municipality: str
    delregion: str
    since: date = msgspec.field(name="from")
    until: date | None = msgspec.field(name="to", default=None)

    def covers(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class WorkingMethod(Record, frozen=True, kw_only=True):
    """One of the six changed ways of working, with what the Färdplan lists under it."""

    id: str
    title: str
    section: str
    areas: tuple[Code, ...] = ()


class Precondition(Record, frozen=True, kw_only=True):
    id: str
    title: str
    section: str


class JointActivity(Record, frozen=True, kw_only=True):
    """A joint activity as the county states it; ``status`` is a code of activity status, never guessed."""

    id: str
    title: str
    plan: str
    year: int
    status: str
    status_note: str = ""
    """The source's own words, and what it leaves out."""
    rest: str = ""
    """The rest of the status sentence: what is awaited, into what it is integrated."""
    start: str | None = None
    """A month, ``2022-04``."""


class PlanTemplate(Record, frozen=True, kw_only=True):
    """A kind of action plan: a code of the list of plan types, with its focus areas."""

    id: str
    title: str
    areas: tuple[str, ...] = ()
    decision: str = ""
    note: str = ""


class Agreement(Record, frozen=True, kw_only=True):
    """A governing document; ``code`` places it in the list that deviations refer to."""

    id: str
    label: str
    level: Level
    code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


class Forum(Record, frozen=True, kw_only=True):
    """Where things are decided or lifted to; ``delregion`` when it exists in only one."""

    id: str
    label: str
    level: Level
    delregion: str | None = None
    note: str = ""
    ended: date | None = msgspec.field(name="to", default=None)
    """Last day it may be chosen; meetings and decisions keep it."""


class Reference(Record, frozen=True, kw_only=True):
    """Something the sources state and the program only shows: goals, questions, focus areas."""

    id: str
    label: str
    source: str
    items: tuple[Code, ...]
    note: str = ""


class Mailbox(Record, frozen=True, kw_only=True):
    """Where an organisation (``id``: its code) reads what is sent to it; a function's address, never a person's."""

    id: str
    address: str


class Reporting(Record, frozen=True, kw_only=True):
    """When and how much: days, limits and the period type that may be sealed."""

    type: PeriodType
    since: date
    deadline_days: int
    yearly_month: int
    yearly_day: int
    threshold: int
    """Numbers from 1 up to one less are small (disclosure control)."""
    answer_days: int
    answer_warning: int
    risk_flag: int
    """Severity × likelihood above this should be analysed."""
