"""The rows of everything but a municipality's five files: what an office adds up, answers, asks, plans and decides.

Frozen by schema version like ``rows``. A municipality's package may carry two more files: what a correction changed,
and what it answers to joint activities.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from fardplan_desktop.exchange.rows import (
    Area,
    Code,
    IndicatorPart,
    Method,
    PackageNumber,
    PeriodId,
    Text,
    Title,
    WireRow,
    Year,
)

Hex = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
RowId = Annotated[str, Meta(min_length=1, max_length=200)]
Answering = Literal["foljer", "anpassar", "har-redan", "prioriterar-inte"]
Months = Annotated[int, Meta(ge=0, le=12)]
Members = Annotated[int, Meta(ge=0, le=1000)]
WholeNumber = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class CorrectionRow(WireRow, frozen=True, kw_only=True):
    """``rattelse/1``: one value that differs from the package that is superseded; None where there was or is none.

    ``id``: file, row and field, such as ``antal/SIP08/2026-05/n``; ``old`` and ``new`` as they read to people.
    """

    id: RowId
    old: Text | None
    new: Text | None
    reason: Text
    function: Title


class JointAnswerRow(WireRow, frozen=True, kw_only=True):
    """``svar/1``: how a municipality answers a joint activity, whose id it has; ``reason`` when it says no."""

    id: Code
    answer: Answering
    reason: Text
    activity: Code | None


class CompilationRow(WireRow, frozen=True, kw_only=True):
    """``sammanstallning/1``: one number that was added up, with how many of those expected have it.

    ``id``: ``antal/SIP08/2026-T2``, ``antal/SIP08/2026-T2/alder/0-17``, ``avvikelser/kategori/lakemedel``,
    ``aktiviteter/status/pagar``; the office's own words have the id ``kommentar`` and ``text``. ``parts`` of
    ``parts_of`` months are in the number of the one who has fewest; ``repeats``: the same plan may be counted again.
    """

    id: RowId
    n: WholeNumber | None
    estimated: bool
    repeats: bool
    reported: Members
    expected: Members
    parts: Months
    parts_of: Months
    text: Text | None


class ReceiptRow(WireRow, frozen=True, kw_only=True):
    """``kvittens/1``: what became of one file; ``id`` is the SHA-256 of the file as it came.

    ``digest`` names the package by its statement; a file that was refused may not have told it.
    """

    id: Hex
    digest: Hex | None
    issuer: Code
    kind: Literal["kommun", "delregion"]
    period: PeriodId
    sequence: PackageNumber
    outcome: Title
    code: Title
    message: Text
    received: date


class FeedbackRow(WireRow, frozen=True, kw_only=True):
    """``aterkoppling/1``: the receiver's own number beside the delregion's, protected.

    ``total_hidden`` and ``median_hidden`` say that a number exists and is not shown. ``median`` is in hundredths, since
    the package holds no fractions. ``own_reported``: how many of those that have reported are the receiver's own.
    """

    id: RowId
    own: WholeNumber | None
    own_estimated: bool
    own_reported: Members
    total: WholeNumber | None
    total_estimated: bool
    total_hidden: bool
    median: WholeNumber | None
    median_hidden: bool
    reported: Members
    expected: Members


class RemarkRow(WireRow, frozen=True, kw_only=True):
    """``kommentar/1``: words that come back: a comment, what became of a lifted question, a good example.

    ``about``: id of the activity or deviation that it answers; ``organisation``: whose good example it is.
    """

    id: RowId
    sort: Literal["kommentar", "lyft", "exempel"]
    about: RowId | None
    organisation: Code | None
    title: Text
    text: Text


class QuestionRow(WireRow, frozen=True, kw_only=True):
    """``fraga/1``: a question on one value, its answer, or the word that it is closed; ``id`` stays the same."""

    id: Code
    state: Literal["open", "answered", "closed"]
    about: RowId
    shown: Text
    """The value in question as the asker reads it."""
    text: Text
    answer: Text | None
    asked: date
    answered: date | None


class JointPlanRow(WireRow, frozen=True, kw_only=True):
    """``gemensamplan/1``: a plan that county or delregion makes for its municipalities."""

    id: Code
    title: Title
    type: Code
    year: Year
    until: Year | None
    target_group: Code | None
    text: Text | None


class JointActivityRow(WireRow, frozen=True, kw_only=True):
    """``gemensamaktivitet/1``: an activity of a joint plan; ``ended`` when it is no longer asked for."""

    id: Code
    plan: Code
    title: Title
    method: Method | None
    areas: Annotated[tuple[Area, ...], Meta(max_length=15)]
    target_group: Code | None
    goal: Text | None
    indicator: IndicatorPart | None
    responsible: Text
    start: date | None
    end: date | None
    ended: date | None
    replaced_by: Code | None


class CodeBookRow(WireRow, frozen=True, kw_only=True):
    """``kodverk/1``: one record of a section of the code book; ``content`` is its canonical JSON.

    ``id``: section and place, such as ``measures/0003``; a section of a single value has the place 0000.
    """

    id: RowId
    section: Code
    content: Annotated[str, Meta(min_length=1, max_length=60_000)]


OfficeRow = (
    CorrectionRow | JointAnswerRow | CompilationRow | ReceiptRow | FeedbackRow | RemarkRow | QuestionRow
    | JointPlanRow | JointActivityRow | CodeBookRow
)  # fmt: skip
