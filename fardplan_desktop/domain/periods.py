"""Reporting periods: month, quarter, tertial, half-year and year, spelt the same everywhere.

Ids: ``2026-05`` · ``2026-Q2`` · ``2026-T2`` · ``2026-H1`` · ``2026``.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import StrEnum

import msgspec

from fardplan_desktop.domain.errors import InputProblem

MONTH_NAMES = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTH_SHORT = tuple(name[:3] for name in MONTH_NAMES)

_ID = re.compile(r"(20[0-9][0-9])(?:-(?:(0[1-9]|1[0-2])|(Q[1-4])|(T[1-3])|(H[12])))?")
_SHAPE = re.compile(r"([0-9]{4})-?(?:([QTH])?([0-9]{1,2}))?")


class PeriodType(StrEnum):
    """How long a period is; the value is what the code book and the package write."""

    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {
    PeriodType.MONTH: 1, PeriodType.QUARTER: 3, PeriodType.TERTIAL: 4, PeriodType.HALF: 6, PeriodType.YEAR: 12,
}  # fmt: skip
_LETTER = {PeriodType.QUARTER: "Q", PeriodType.TERTIAL: "T", PeriodType.HALF: "H"}
_TYPE_OF = {letter: kind for kind, letter in _LETTER.items()}
_WORD = {PeriodType.QUARTER: "kvartal", PeriodType.TERTIAL: "tertial", PeriodType.HALF: "halvår"}


class Period(msgspec.Struct, frozen=True, order=True):
    """A stretch of whole months. Ordered by start, then by length."""

    year: int
    first_month: int
    type: PeriodType

    @property
    def id(self) -> str:
        if self.type is PeriodType.MONTH:
            return f"{self.year}-{self.first_month:02d}"
        if self.type is PeriodType.YEAR:
            return str(self.year)
        return f"{self.year}-{_LETTER[self.type]}{self.number}"

    @property
    def number(self) -> int:
        """Which one within its year, from 1."""
        return (self.first_month - 1) // self.type.months + 1

    @property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The last day."""
        last = self.first_month + self.type.months - 1
        return date(self.year, last, calendar.monthrange(self.year, last)[1])

    @property
    def months(self) -> tuple[Period, ...]:
        """Its months in order (a month holds itself)."""
        return tuple(Period(self.year, self.first_month + step, PeriodType.MONTH) for step in range(self.type.months))

    def contains(self, other: Period) -> bool:
        ahead = (other.year - self.year) * 12 + other.first_month - self.first_month
        return 0 <= ahead <= self.type.months - other.type.months

    def shifted(self, steps: int) -> Period:
        """The period ``steps`` later (negative: earlier) of the same type."""
        index = self.year * 12 + self.first_month - 1 + steps * self.type.months
        return Period(index // 12, index % 12 + 1, self.type)

    @property
    def previous(self) -> Period:
        return self.shifted(-1)

    @property
    def year_before(self) -> Period:
        return Period(self.year - 1, self.first_month, self.type)

    @property
    def span(self) -> str:
        """``maj–augusti``; a month is its own name."""
        first = MONTH_NAMES[self.first_month - 1]
        last = MONTH_NAMES[self.first_month + self.type.months - 2]
        return first if first == last else f"{first}–{last}"

    @property
    def name(self) -> str:
        """``tertial 2 2026``, ``maj 2026``, ``2026``."""
        if self.type is PeriodType.MONTH:
            return f"{MONTH_NAMES[self.first_month - 1]} {self.year}"
        if self.type is PeriodType.YEAR:
            return str(self.year)
        return f"{_WORD[self.type]} {self.number} {self.year}"

    @property
    def short(self) -> str:
        """``T2 2026``, ``maj 2026``: for a table head."""
        if self.type is PeriodType.MONTH:
            return f"{MONTH_SHORT[self.first_month - 1]} {self.year}"
        return str(self.year) if self.type is PeriodType.YEAR else f"{self.id[5:]} {self.year}"


def parse_period(text: str) -> Period:
    """The period with this id; raises InputProblem for anything else."""
    if not _ID.fullmatch(text):
        raise InputProblem(
            f"Perioden ”{text[:20]}” går inte att tolka.",
            todo="Skriv till exempel 2026-05, 2026-T2 eller 2026.",
        )
    shape = _SHAPE.fullmatch(text)
    assert shape is not None
    year, letter, number = shape.groups()
    if number is None:
        return Period(int(year), 1, PeriodType.YEAR)
    if letter is None:
        return Period(int(year), int(number), PeriodType.MONTH)
    kind = _TYPE_OF[letter]
    return Period(int(year), (int(number) - 1) * kind.months + 1, kind)


def period_of(day: date, kind: PeriodType) -> Period:
    """The period of this type that holds the day."""
    first = (day.month - 1) // kind.months * kind.months + 1
    return Period(day.year, first, kind)
