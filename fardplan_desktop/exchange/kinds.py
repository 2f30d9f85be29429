"""The kinds of package: who may send each to whom, which files it holds, and how large it may be.

A new kind or file is added here and nowhere else in this room; verification and sealing read these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.exchange.office_rows import (
    CodeBookRow,
    CompilationRow,
    CorrectionRow,
    FeedbackRow,
    JointActivityRow,
    JointAnswerRow,
    JointPlanRow,
    OfficeRow,
    QuestionRow,
    ReceiptRow,
    RemarkRow,
)
from fardplan_desktop.exchange.rows import SCHEMAS

KindName = Literal["kommun", "delregion", "kodverk", "plan", "kvittens", "aterkoppling", "fraga"]

CORRECTIONS = "data/rattelser.jsonl"
JOINT_ANSWERS = "data/svar.jsonl"
COMPILATION = "data/sammanstallning.jsonl"
CODE_BOOK = "data/kodverk.jsonl"
JOINT_PLANS = "data/planer.jsonl"
JOINT_ACTIVITIES = "data/gemensamma.jsonl"
RECEIPT = "data/kvittens.jsonl"
FEEDBACK = "data/aterkoppling.jsonl"
REMARKS = "data/kommentarer.jsonl"
QUESTIONS = "data/fraga.jsonl"

OFFICE_FILES: Mapping[str, tuple[str, type[OfficeRow]]] = MappingProxyType(
    {
        CORRECTIONS: ("rattelse/1", CorrectionRow),
        JOINT_ANSWERS: ("svar/1", JointAnswerRow),
        COMPILATION: ("sammanstallning/1", CompilationRow),
        CODE_BOOK: ("kodverk/1", CodeBookRow),
        JOINT_PLANS: ("gemensamplan/1", JointPlanRow),
        JOINT_ACTIVITIES: ("gemensamaktivitet/1", JointActivityRow),
        RECEIPT: ("kvittens/1", ReceiptRow),
        FEEDBACK: ("aterkoppling/1", FeedbackRow),
        REMARKS: ("kommentar/1", RemarkRow),
        QUESTIONS: ("fraga/1", QuestionRow),
    }
)
"""File → schema and row, apart from the five that ``rows`` reads by itself."""
SCHEMA_OF: Mapping[str, str] = MappingProxyType(
    {**SCHEMAS, **{name: schema for name, (schema, _) in OFFICE_FILES.items()}}
)
"""Every data file there is → the schema of its rows."""

MEBIBYTE = 1024 * 1024
MAX_FILE = 32 * MEBIBYTE
MAX_BUNDLE = 256 * MEBIBYTE
"""The largest file of any kind."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of package."""

    name: str
    """With its article, as the user reads it."""
    senders: frozenset[Level]
    readers: frozenset[Level]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    bundles: bool = False
    """It carries other packages."""
    one_per_period: bool = False
    """A second one for the same period must say that it replaces the first."""
    in_turn: bool = True
    """A lower number than one that has come is older and not wanted. Else each says something of its own, and letters
    are not always opened in the order they were sent."""
    reported: bool = False
    """Its period must be of the type that is reported."""
    brings_code_book: bool = False
    """It is the version of mått och listor that it names, so it needs no other to be read."""
    max_file: int = MAX_FILE
    max_member: int = 24 * MEBIBYTE
    max_members: int = 16


_MUNICIPALITY, _DELREGION, _COUNTY = Level.MUNICIPALITY, Level.DELREGION, Level.COUNTY
_BELOW = frozenset({_MUNICIPALITY, _DELREGION})
_ABOVE = frozenset({_DELREGION, _COUNTY})
_FIVE = frozenset(SCHEMAS)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "kommun": Kind(
            name="en kommuns paket",
            senders=frozenset({_MUNICIPALITY}),
            readers=frozenset({_DELREGION}),
            required=_FIVE,
            optional=frozenset({CORRECTIONS, JOINT_ANSWERS}),
            one_per_period=True,
            reported=True,
        ),
        "delregion": Kind(
            name="en delregions paket",
            senders=frozenset({_DELREGION}),
            readers=frozenset({_COUNTY}),
            required=_FIVE | {COMPILATION},
            optional=frozenset({CORRECTIONS}),
            bundles=True,
            one_per_period=True,
            reported=True,
            max_file=MAX_BUNDLE,
            max_member=MAX_FILE,
            max_members=80,
        ),
        "kodverk": Kind(
            name="mått och listor",
            senders=frozenset({_COUNTY}),
            readers=_BELOW,
            required=frozenset({CODE_BOOK}),
            brings_code_book=True,
        ),
        "plan": Kind(
            name="en gemensam plan",
            senders=_ABOVE,
            readers=_BELOW,
            required=frozenset({JOINT_PLANS, JOINT_ACTIVITIES}),
        ),
        "kvittens": Kind(
            name="en kvittens",
            senders=_ABOVE,
            readers=_BELOW,
            required=frozenset({RECEIPT}),
            in_turn=False,
        ),
        "aterkoppling": Kind(
            name="en återkoppling",
            senders=_ABOVE,
            readers=_BELOW,
            required=frozenset({FEEDBACK, REMARKS}),
            one_per_period=True,
            reported=True,
        ),
        "fraga": Kind(
            name="en fråga",
            senders=frozenset(Level),
            readers=frozenset(Level),
            required=frozenset({QUESTIONS}),
            in_turn=False,
        ),
    }
)
"""By the name on the wire."""


def largest_file(reader: Level | None) -> int:
    """The size in bytes above which a file is not even read; only the county takes in bundles."""
    return MAX_BUNDLE if reader in (None, _COUNTY) else MAX_FILE
