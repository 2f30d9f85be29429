"""The code book: everything the county decides and may change, as one frozen record with look-ups.

Who belongs where and since when, what is counted and how it adds up, which codes a list holds, which rules are tried,
what the Färdplan says, when a period is due. Nothing of it stands in code; the texts come from resources/codebook.
A code book is identified by ``version`` and ``sha256``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Never

import msgspec

from fardplan_desktop.domain.canonical import Json, digest
from fardplan_desktop.domain.codebook_records import (
    Agreement,
    Code,
    CodeList,
    Derived,
    Forum,
    JointActivity,
    Mailbox,
    Measure,
    Membership,
    Missing,
    OverTime,
    PlanTemplate,
    Precondition,
    Record,
    Reference,
    Reporting,
    Rule,
    RuleKind,
    Severity,
    Term,
    WorkingMethod,
    index,
)
from fardplan_desktop.domain.errors import CodeBookProblem
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period, PeriodType

__all__ = [
    "Agreement",
    "Code",
    "CodeBook",
    "CodeList",
    "Derived",
    "Forum",
    "JointActivity",
    "Mailbox",
    "Measure",
    "Membership",
    "Missing",
    "OverTime",
    "PlanTemplate",
    "Precondition",
    "Reference",
    "Reporting",
    "Rule",
    "RuleKind",
    "Severity",
    "Term",
    "WorkingMethod",
    "codebook_from_json",
    "codebook_to_json",
]


class CodeBook(Record, frozen=True, kw_only=True):
    version: int
    valid_from: date
    title: str
    county: Organisation
    delregions: tuple[Organisation, ...]
    municipalities: tuple[Organisation, ...]
    memberships: tuple[Membership, ...]
    reporting: Reporting
    code_lists: tuple[CodeList, ...]
    measures: tuple[Measure, ...]
    derived: tuple[Derived, ...]
    rules: tuple[Rule, ...]
    working_methods: tuple[WorkingMethod, ...]
    preconditions: tuple[Precondition, ...]
    areas: tuple[Code, ...]
    """Focus areas P1–P5 of the plan psykisk hälsa."""
    joint_activities: tuple[JointActivity, ...]
    plan_templates: tuple[PlanTemplate, ...]
    agreements: tuple[Agreement, ...]
    forums: tuple[Forum, ...]
    references: tuple[Reference, ...]
    mailboxes: tuple[Mailbox, ...] = ()
    """Empty until the county has written them in: no source states an address."""

    @cached_property
    def sha256(self) -> str:
        """Digest of the JSON below; what packages and prints name beside the version."""
        return digest(codebook_to_json(self))

    @cached_property
    def lists(self) -> Mapping[str, CodeList]:
        return index(self.code_lists)

    def list(self, id: str) -> CodeList:
        """Raises KeyError for an unknown list."""
        return self.lists[id]

    def label(self, list_id: str, code_id: str) -> str:
        """What to show for a code; the id itself if this version has never had it (data from another version)."""
        code = self.lists[list_id].by_id.get(code_id)
        return code.label if code else code_id

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        """County, delregions and municipalities by code."""
        return MappingProxyType({each.code: each for each in (self.county, *self.delregions, *self.municipalities)})

    def organisation(self, code: str) -> Organisation:
        """Raises KeyError for a code that is not in the county."""
        return self.organisations[code]

    def find(self, code: str) -> Organisation | None:
        return self.organisations.get(code)

    def mailbox(self, code: str) -> str:
        """The function mailbox of an organisation; empty when the county has not written it in."""
        return next((each.address for each in self.mailboxes if each.id == code), "")

    def members(self, delregion: str, on: date) -> tuple[Organisation, ...]:
        """The delregion's municipalities that day, by code. Before the Färdplan: those of its first day."""
        day = max(on, self.reporting.since)
        codes = {m.municipality for m in self.memberships if m.delregion == delregion and m.covers(day)}
        return tuple(each for each in self.municipalities if each.code in codes)

    def delregion_of(self, municipality: str, on: date) -> Organisation:
        """Where the municipality belongs that day; KeyError for what is no municipality or belongs nowhere then."""
        day = max(on, self.reporting.since)
        for each in self.memberships:
            if each.municipality == municipality and each.covers(day):
                return self.organisations[each.delregion]
        raise KeyError(municipality)

    def division_note(self, on: date) -> str:
        """``indelning enligt 2023`` when the division shown for that day is a later one, else empty."""
        since = self.reporting.since
        return f"indelning enligt {since.year}" if on < since else ""

    @cached_property
    def measures_by_id(self) -> Mapping[str, Measure]:
        return index(self.measures)

    def measure(self, id: str) -> Measure:
        """Raises KeyError for an unknown measure."""
        return self.measures_by_id[id]

    def offered(self, record: Code | Measure) -> bool:
        """Whether it could be chosen when this version came: what tables and their patterns go by, having no clock."""
        return record.ended is None or record.ended >= self.valid_from

    def obligatory_in(self, period: Period) -> tuple[Measure, ...]:
        """The measures that must be filled in for the period: those that have not ended before it."""
        asked = (each for each in self.measures if each.obligatory)
        return tuple(each for each in asked if each.ended is None or each.ended >= period.start)

    def parts(self, measure: str) -> tuple[Measure, ...]:
        return tuple(each for each in self.measures if each.part_of == measure)

    def rule(self, id: str) -> Rule:
        """Raises KeyError for an unknown rule."""
        return next((rule for rule in self.rules if rule.id == id), None) or _missing(id)

    def reference(self, id: str) -> Reference:
        """Raises KeyError for an unknown reference list."""
        return next((each for each in self.references if each.id == id), None) or _missing(id)

    def forums_for(self, delregion: str | None, on: date) -> tuple[Forum, ...]:
        """The county's forums, and those of this delregion, that are there that day."""
        here = (each for each in self.forums if each.delregion in (None, delregion))
        return tuple(each for each in here if each.ended is None or on <= each.ended)

    def deadline(self, period: Period) -> date:
        """The last day to report the period; a year has a day of its own in the year after."""
        if period.type is PeriodType.YEAR:
            return date(period.year + 1, self.reporting.yearly_month, self.reporting.yearly_day)
        return period.end + timedelta(days=self.reporting.deadline_days)


def codebook_to_json(book: CodeBook) -> Json:
    """The book in the package's JSON model: strings, whole numbers, dates as YYYY-MM-DD, defaults left out."""
    builtins: Json = msgspec.to_builtins(book)
    return builtins


def codebook_from_json(data: bytes) -> CodeBook:
    """The book that was written with :func:`codebook_to_json`; raises CodeBookProblem for anything else."""
    try:
        return msgspec.json.decode(data, type=CodeBook)
    except msgspec.DecodeError as error:
        raise CodeBookProblem(
            "Mått och listor går inte att läsa.",
            "De är skadade eller gjorda för en nyare version av programmet.",
            "Be den som skickade dem skicka dem igen, eller uppdatera programmet.",
            detail=str(error),
        ) from error


def _missing(id: str) -> Never:
    raise KeyError(id)
