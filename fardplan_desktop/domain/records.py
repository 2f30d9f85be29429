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
    """A plan of action that activities belong to; ``type`` is a code of the list ``plantyp``.

    ``year`` is its first year. Level, last year and origin are local: a package names the plan by title, type and year.
    """

    id: str
    title: str
    type: str
    year: int
    until: int | None = None
    """Last year of a plan of several years."""
    level: str | None = None
    """A code of the list ``niva``."""
    target_group: str | None = None
    copied_from: str | None = None
    """The plan of an earlier year that this one continues."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator showed in a period, as a number or in words; ``period`` is empty when nobody said when."""

    period: str = ""
    value: str = ""


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """How an activity's effect is seen; values are words, since many outcomes are no numbers."""

    text: str
    unit: str = ""
    start: str = ""
    target: str = ""
    outcomes: tuple[Outcome, ...] = ()
    """One for each period, in the order of time; one without a period comes first."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A word on one of the political questions; ``question`` is an item of the reference ``politisk-prioritering``."""

    question: str
    text: str


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
    """One goal a line."""
    indicators: tuple[Indicator, ...] = ()
    """All are kept; a package has room for the first."""
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
    forum: str | None = None
    """Local: the forum of that level it must be lifted to."""
    themes: tuple[str, ...] = ()
    """Local: codes of the list ``tema``."""
    agreements: tuple[str, ...] = ()
    """Local: ids of the governing documents it rests on."""
    answers: tuple[Answer, ...] = ()
    """Local: what is said on the political questions."""
    resources: str | None = None
    involvement: str | None = None
    children: str | None = None
    lesson: str | None = None
    shareable: bool = False
    unedited: tuple[str, ...] = ()
    """Local: fields whose text was copied from last year's plan and that nobody has touched since."""


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """How an activity stood on a day; it owns its comment. A planned one says only when, and stays local."""

    id: str
    activity: str
    date: date
    status: str | None = None
    forecast: str | None = None
    comment: str = ""
    planned: bool = False


class SelfAssessment(msgspec.Struct, frozen=True, kw_only=True):
    """How far a working method has come in a year; ``score`` is a code of the list ``sjalvskattning``. Local."""

    year: int
    method: str
    score: str
    comment: str = ""

    @property
    def id(self) -> str:
        """``2026/A4``."""
        return f"{self.year}/{self.method}"


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


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the organisation, or a local group, whose counts add up to the whole. Local."""

    id: str
    name: str
    ended: bool = False
    """It no longer answers; what it answered stays."""


class UnitCount(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit says of a measure in a period; the municipality's own count is their sum. Never leaves the PC."""

    unit: str
    measure: str
    period: str
    breakdown: str | None = None
    value: str | None = None
    state: CountState = CountState.REPORTED
    n: int | None = None
    comment: str | None = None

    @property
    def id(self) -> str:
        """The unit's id, a colon and the id of the count it is part of."""
        return f"{self.unit}:{count_id(self.measure, self.period, self.breakdown, self.value)}"


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """What one colleague was asked in a period, and whether the answer has come. Local.

    ``to`` is a function; ``mail`` is where the question was sent, a function's mailbox.
    """

    id: str
    to: str
    period: str
    asked: date
    mail: str = ""
    unit: str | None = None
    """The counts asked for are this unit's; None when they are the whole organisation's."""
    measures: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()
    latest: date | None = None
    answered: date | None = None


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
    activities: tuple[str, ...] = ()
    """Local: ids of the activities that answer it."""


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


class CorrectionNote(msgspec.Struct, frozen=True, kw_only=True):
    """Why one value of a sealed period is corrected; ``id`` names the value as the correction note in a package does,
    after the period and a colon: ``2026-T2:antal/SIP08/2026-05/n``. Travels with the package.
    """

    id: str
    reason: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question back on one value. Own at the one who asks; received, sealed, at the one who is asked."""

    id: str
    asked_of: str
    """Code of the organisation."""
    period: str
    about: str
    """What is asked about, named as a compilation's row is: ``antal/SIP08/2026-05``."""
    shown: str
    """The value as the asker reads it."""
    text: str
    asked: date
    closed: date | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to the question with the same id. Own at the one who answers; received at the one who asked."""

    id: str
    text: str
    answered: date


class JointPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that county or delregion makes for its municipalities. Own where it is made; received below."""

    id: str
    title: str
    type: str
    year: int
    until: int | None = None
    """Last year of a plan of several years."""
    target_group: str | None = None
    text: str | None = None


class JointTask(msgspec.Struct, frozen=True, kw_only=True):
    """A joint activity (gemensam aktivitet) of a joint plan. It is never removed, only ended."""

    id: str
    plan: str
    title: str
    method: str | None = None
    areas: tuple[str, ...] = ()
    target_group: str | None = None
    goal: str | None = None
    indicators: tuple[Indicator, ...] = ()
    """At most one goes with the package."""
    responsible: str = ""
    start: date | None = None
    end: date | None = None
    ended: date | None = None
    """From this day nobody is asked for it."""
    replaced_by: str | None = None


class JointAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How the municipality answers the joint activity with the same id; travels with its package."""

    id: str
    answer: str
    """``foljer``, ``anpassar``, ``har-redan`` or ``prioriterar-inte``."""
    reason: str = ""
    activity: str | None = None
    """Our own activity that carries it out."""


class LiftedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of something that a member lifted; ``id`` is that activity's or deviation's. Sent as feedback."""

    id: str
    member: str
    """Code of the municipality that lifted it."""
    text: str
    forum: str | None = None


Record = (
    Plan | Activity | CheckIn | SelfAssessment | Count | Unit | UnitCount | Inquiry | Deviation | Meeting | Decision
    | RuleComment | CorrectionNote | Question | Reply | JointPlan | JointTask | JointAnswer | LiftedAnswer
)  # fmt: skip

RECORD_TYPES: tuple[type[Record], ...] = (
    Plan, Activity, CheckIn, SelfAssessment, Count, Unit, UnitCount, Inquiry, Deviation, Meeting, Decision, RuleComment,
    CorrectionNote, Question, Reply, JointPlan, JointTask, JointAnswer, LiftedAnswer,
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
