"""What a colleague is asked in a workbook of their own, and what they answered, as frozen values.

Services put the questions together, the tables room writes and reads the workbook, and neither knows the other's side.
"""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.canonical import digest
from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Inquiry
from fardplan_desktop.domain.tabular import Ambiguous, Amount

NUMBER, CONTROL, ORGANISATION = "Frågans nummer", "Kontroll", "Kommun"
"""What stands before the id, its check and the organisation's code, on the first sheet."""


class AskedCount(msgspec.Struct, frozen=True):
    """One measure; ``periods`` are the ids of those it is asked for, ``stands`` says what is known already."""

    measure: Measure
    periods: tuple[str, ...]
    stands: str = ""


class AskedActivity(msgspec.Struct, frozen=True, kw_only=True):
    """One activity in words."""

    title: str
    end: date | None
    status: str
    forecast: str
    comment: str
    next_step: str


class AskedDeviation(msgspec.Struct, frozen=True, kw_only=True):
    """One deviation in words, by its number."""

    number: str
    about: str
    reference: str
    sent: date | None
    due: date | None


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands in one colleague's workbook."""

    inquiry: Inquiry
    organisation: str
    """Its code."""
    organisation_name: str
    period: Period
    unit: str = ""
    """The unit's name; empty when the counts are the whole organisation's."""
    counts: tuple[AskedCount, ...] = ()
    activities: tuple[AskedActivity, ...] = ()
    deviations: tuple[AskedDeviation, ...] = ()


class AnsweredCount(msgspec.Struct, frozen=True):
    """One filled-in cell."""

    row: int
    measure: str
    period: str
    amount: Amount | Ambiguous


class AnsweredActivity(msgspec.Struct, frozen=True, kw_only=True):
    """One row with something in it; None where nothing was answered."""

    row: int
    place: int
    """Its number in the workbook, from 1."""
    status: str | None = None
    status_note: str | None = None
    forecast: str | None = None
    comment: str | None = None
    next_step: str | None = None


class AnsweredDeviation(msgspec.Struct, frozen=True, kw_only=True):
    """One row with something in it; None where nothing was answered."""

    row: int
    number: str
    answered_on: date | None = None
    causes: tuple[str, ...] | None = None
    action: str | None = None
    action_text: str | None = None


class AnswerSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A filled-in workbook, read without a fault but not yet believed: is it an answer to one of ours?"""

    source: str
    """The file's name, without folder."""
    inquiry: str
    control: str
    organisation: str
    """The code that stands in it."""
    counts: tuple[AnsweredCount, ...] = ()
    count_comments: tuple[tuple[str, str], ...] = ()
    """Measure and what was said of it."""
    activities: tuple[AnsweredActivity, ...] = ()
    deviations: tuple[AnsweredDeviation, ...] = ()

    @property
    def has_dashes(self) -> bool:
        """A lone dash stands for a number somewhere, and nobody has said what it means."""
        return any(isinstance(each.amount, Ambiguous) for each in self.counts)

    @property
    def size(self) -> int:
        return len(self.counts) + len(self.count_comments) + len(self.activities) + len(self.deviations)


def control_of(inquiry: Inquiry, organisation: str) -> str:
    """``7F3A-92C1``: tells a mistyped id, and a question that has been asked anew with other contents since."""
    asked = (inquiry.measures, inquiry.activities, inquiry.deviations)
    whole = digest([inquiry.id, organisation, inquiry.period, inquiry.unit, *map(list, asked)])[:8].upper()
    return f"{whole[:4]}-{whole[4:]}"
