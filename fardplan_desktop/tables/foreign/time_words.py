"""Months, quarters, tertials and years as people write them: jan, Jan-26, 2026-05, maj 2026, T1, Kv 3, helår.

A year may be missing; it then stands in a heading, a title or a file name, or is asked for.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType

_M = (
    "jan(?:uari)?|feb(?:r|ruari)?|mar(?:s)?|apr(?:il)?|maj|jun(?:i)?|jul(?:i)?|"
    "aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_Y = r"(?P<year>20[1-4][0-9]|'?[1-4][0-9])"
_LONG = r"(?P<year>20[1-4][0-9])"
_GAP = r"[ ./_-]*"
_ORDINAL = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
_ORDER = "|".join(_ORDINAL)
_PARTS = (
    ("tertial|tert|t", PeriodType.TERTIAL, "1-3"),
    ("kvartal|kv|q|k", PeriodType.QUARTER, "1-4"),
    ("halvår|h", PeriodType.HALF, "1-2"),
)
_SHAPES: tuple[tuple[PeriodType, re.Pattern[str]], ...] = (
    (PeriodType.MONTH, re.compile(rf"(?P<name>{_M})\.?(?:{_GAP}{_Y})?")),
    (PeriodType.MONTH, re.compile(rf"{_LONG}{_GAP}(?P<name>{_M})\.?")),
    (PeriodType.MONTH, re.compile(rf"{_LONG}[./_-]?(?P<number>0[1-9]|1[0-2])")),
    (PeriodType.MONTH, re.compile(rf"(?P<number>0?[1-9]|1[0-2])[./-]{_LONG}")),
    *(
        (kind, re.compile(shape))
        for word, kind, range_ in _PARTS
        for shape in (
            rf"(?:{word})\.?{_GAP}(?P<number>[{range_}])(?:{_GAP}{_Y})?",
            rf"{_LONG}{_GAP}(?:{word})\.?{_GAP}(?P<number>[{range_}])",
            rf"(?:(?P<number>[{range_}])(?::[ae])? |(?P<name>{_ORDER}) )(?:{word})(?:et)?(?:{_GAP}{_Y})?",
        )
    ),
    (PeriodType.YEAR, re.compile(rf"(?:(?:hel)?år(?:et)? ?)?{_LONG}")),
    (PeriodType.YEAR, re.compile(rf"(?:helår(?:et)?|hela året)(?:{_GAP}{_LONG})?")),
    (PeriodType.YEAR, re.compile(rf"{_LONG} (?:helår(?:et)?|hela året)")),
)
_SPAN = re.compile(
    rf"(?P<first>{_M})\.?(?:{_GAP}(?P<y1>20[0-9]{{2}}))?\s*(?:-|–|—|till|t\.?o\.?m\.?)\s*"
    rf"(?P<last>{_M})\.?(?:{_GAP}{_Y})?"
)
_DAY = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?:[ T][0-9:.]+)?")
_DAYS = re.compile(
    r"(?<![0-9])(?:20[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-3]?[0-9][./ ]{1,2}(?:[0-1]?[0-9]|(?:"
    + _M
    + r")\.?)[./ ]{1,2}20[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
"""A whole date: 2026-01-15, 15/1 2026, 15 januari 2026."""
_YEARS = re.compile(r"(?<![0-9])20[1-4][0-9](?![0-9])")
_WORDS = re.compile(r"[0-9a-zåäö.':/–-]+")
_TOTALS = re.compile(
    r"(?:total|totalt|totalsumma|summa|sum|delsumma|tot|σ|∑|ack|ackumulerat|ackumulerad|hittills|sammanlagt|"
    r"hela kommunen|kommunen totalt|samtliga|alla|alla enheter|totalt antal)(?:\b.*)?"
)


class When(NamedTuple):
    """A period whose year may not be said."""

    type: PeriodType
    number: int
    year: int | None

    def period(self, year: int) -> Period:
        return Period(self.year or year, (self.number - 1) * self.type.months + 1, self.type)


@lru_cache(maxsize=20_000)
def read_when(text: str) -> When | None:
    """The period that is all the text says; None for any other text."""
    plain = " ".join(text.casefold().split()).strip(" *:")
    if not plain or len(plain) > 40:
        return None
    day = _DAY.fullmatch(plain)
    if day:
        return _month_of_day(int(day[1]), int(day[2]), int(day[3]))
    span = _SPAN.fullmatch(plain)
    if span:
        return _span(span)
    for kind, shape in _SHAPES:
        match = shape.fullmatch(plain)
        if match:
            return _read(kind, match)
    bare = re.fullmatch(r"(.+?) ?\((.+)\)", plain)  # "Tertial 1 (jan–apr)"
    outer = read_when(bare[1]) if bare else None
    return outer if outer is not None and bare is not None and read_when(bare[2]) is not None else None


def find_when(text: str) -> When | None:
    """The one period that a title names among other words; None when there is none, or more than one."""
    text = _without_day(text)
    if any(map(is_day, _DAYS.findall(text))):
        return None  # from or until the middle of a month
    span = _SPAN.search(text.casefold())
    if span and _span(span) is None:
        return None  # jan–aug is no period of ours, and not the year either
    words = _WORDS.findall(text.casefold().replace("_", " "))
    found: list[tuple[int, int, When]] = []
    for start in range(len(words)):
        for end in range(min(len(words), start + 4), start, -1):
            when = read_when(" ".join(words[start:end]).strip(".-–:"))
            if when is not None and not (when.type is PeriodType.YEAR and when.year is None):
                found.append((start, end, when))
                break
    longest = [each for each in found if not any(_inside(each, other) for other in found)]
    told = {each[2] for each in longest if each[2].type is not PeriodType.YEAR} or {each[2] for each in longest}
    if len(told) != 1:
        return None
    when = told.pop()
    years = years_in(text)
    return when._replace(year=years.pop()) if when.year is None and len(years) == 1 else when


def years_in(text: str) -> set[int]:
    """The years that a title or a name mentions."""
    return {int(each) for each in _YEARS.findall(_without_day(text))}


def without_days(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells as they are; without any date when one of them stands for no month, as the days of weeks."""
    return tuple("" if _DAY.fullmatch(text) else text for text in cells) if any(map(is_day, cells)) else cells


def is_day(text: str) -> bool:
    """Whether the text is a date that stands for no month."""
    return _DAY.fullmatch(text) is not None and read_when(text) is None


def _without_day(text: str) -> str:
    """A single date is when something was printed or changed; two of them are from when and until when."""
    return _DAYS.sub(" ", text) if len(_DAYS.findall(text)) == 1 else text


def is_total(text: str) -> bool:
    """Whether a heading says that what follows is a sum."""
    plain = " ".join(text.casefold().split()).strip(" :")
    return bool(_TOTALS.fullmatch(plain)) and not plain.startswith("summa av ")


def _inside(one: tuple[int, int, When], other: tuple[int, int, When]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _read(kind: PeriodType, match: re.Match[str]) -> When | None:
    told = match.groupdict()
    name, year = told.get("name"), told.get("year")
    number = 1
    if name:
        number = _ORDINAL.get(name) or _month(name)
    elif told.get("number"):
        number = int(told["number"])
    return When(kind, number, _year(year))


def _span(match: re.Match[str]) -> When | None:
    """A stretch of months that is a period of its own, such as jan–apr."""
    first, last = _month(match["first"]), _month(match["last"])
    year = _year(match["year"])
    if match["y1"] and match["y1"] != match["year"]:
        return None
    for kind in (PeriodType.QUARTER, PeriodType.TERTIAL, PeriodType.HALF, PeriodType.YEAR):
        if last - first + 1 == kind.months and (first - 1) % kind.months == 0:
            return When(kind, (first - 1) // kind.months + 1, year)
    return None


def _month_of_day(year: int, month: int, day: int) -> When | None:
    """The first and the last day of a month stand for the month; any other day is a date."""
    if 1 <= month <= 12 and day in (1, calendar.monthrange(year, month)[1]):
        return When(PeriodType.MONTH, month, year)
    return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTH_NAMES, start=1) if month.startswith(name[:3]))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text[-2:])
