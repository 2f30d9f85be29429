"""What a user writes down: plans, activities, check-ins, counts, deviations, meetings, decisions, comments to rules.

Immutable values; the same type is shown on screen and kept in the store. Codes (``method``, ``status`` …) are ids in
the code book. Fields marked *local* never leave the organisation's own PC; what does leave is mapped in services.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class CountState(StrEnum):
    """What a count says; missing is never 0."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    MISSING = "missing"
    NOT_APPLICABLE = "notApplicable"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan of action that activities belong to; ``type`` is a code of the list ``plantyp``."""

    id: str
    title: str
    type: str
    year: int
    target_group: str | None = None


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """How an activity's effect is seen; values are words, since many outcomes are no numbers."""

    text: str
    unit: str = ""
    start: str = ""
    target: str = ""
    outcome: str = ""


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """One activity of a plan (domain model 7.3). ``responsible`` is a function, never a person's name."""

    id: str
    plan: str
    title: str
    method: str | None = None
    also_methods: tuple[str, ...] = ()
    preconditions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    joint: str | None = None
    target_group: str | None = None
    goal: str | None = None
    indicator: Indicator | None = None
    responsible: str = ""
    partners: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    status: str | None = None
    status_note: str | None = None
    forecast: str | None = None
    percent: int | None = None
    obstacle: str | None = None
    next_step: str | None = None
    lift_to: str | None = None
    resources: str | None = None
    involvement: str | None = None
    children: str | None = None
    lesson: str | None = None
    shareable: bool = False


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """How an activity stood on a day; it owns its comment."""

    id: str
    activity: str
    date: date
    status: str | None = None
    forecast: str | None = None
    comment: str = ""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the SIP follow-up: a measure in a period, whole or one value of a breakdown.

    ``n`` is a number of events, plans or persons (0 – 9 999 999) when reported or estimated, else None.
    """

    measure: str
    period: str
    breakdown: str | None = None
    value: str | None = None
    state: CountState = CountState.REPORTED
    n: int | None = None
    comment: str | None = None

    @property
    def id(self) -> str:
        """``SIP08/2026-05`` or ``SIP08/2026-05/alder/0-17``: the same in store, package and tables."""
        return count_id(self.measure, self.period, self.breakdown, self.value)


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation in collaboration, de-identified (domain model 7.2)."""

    id: str
    number: str
    month: str
    registered: date
    direction: str
    reporter: str
    counterpart: str
    category: str
    counterpart_org: str | None = None
    subcategory: str | None = None
    kind: str | None = None
    document: str | None = None
    document_text: str | None = None
    stage: str | None = None
    target_group: str | None = None
    age_group: str | None = None
    consequence: str | None = None
    severity: str | None = None
    likelihood: str | None = None
    summary: str | None = None
    status: str = "registrerad"
    causes: tuple[str, ...] = ()
    action: str | None = None
    action_text: str | None = None
    follow_up: date | None = None
    effect: str | None = None
    lex: str | None = None
    system: str | None = None
    lift_to: str | None = None
    feedback: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None
    """Dates stay local; durations in days are sent."""
    reference: str | None = None
    """Local: the case number in the deviation system; exempt from the guard."""
    description: str | None = None
    """Local: what happened, without persons."""
    status_comment: str | None = None
    """Local: why a status went backwards, or why nothing was done."""


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of a forum, with its agenda. Local."""

    id: str
    forum: str
    date: date
    time: str = ""
    agenda: tuple[str, ...] = ()


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting decided; it stands on Start until done. Local."""

    id: str
    meeting: str
    text: str
    responsible: str = ""
    latest: date | None = None
    lifted_to: str | None = None
    done: bool = False


class RuleComment(msgspec.Struct, frozen=True, kw_only=True):
    """The municipality's word on a warning; ``id`` is ``rule/subject`` and travels with the package."""

    id: str
    comment: str


Record = Plan | Activity | CheckIn | Count | Deviation | Meeting | Decision | RuleComment

RECORD_TYPES: tuple[type[Record], ...] = (
    Plan, Activity, CheckIn, Count, Deviation, Meeting, Decision, RuleComment,
)  # fmt: skip


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """Inhabitants of a municipality in a year, with the source it was read from. Reference data, not an edit."""

    municipality: str
    year: int
    inhabitants: int
    source: str


def count_id(measure: str, period: str, breakdown: str | None = None, value: str | None = None) -> str:
    """The stable id of a count."""
    whole = f"{measure}/{period}"
    return whole if breakdown is None else f"{whole}/{breakdown}/{value}"
