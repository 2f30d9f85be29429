"""Days as people write them in Sweden, read without a guess: an unclear one is no day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from fardplan_desktop.domain.periods import MONTH_NAMES

_YEAR_FIRST: Final = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})|(20\d\d)(\d\d)(\d\d)|(\d\d)(\d\d)(\d\d)")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[-/. ](20\d\d))?|(\d{1,2}) ?([a-z]{3,9})\.?(?: (20\d\d))?")
_CENTURY: Final = 2000


def typed_day(text: str, near: date | None = None) -> date | None:
    """``2026-09-14``, ``20260914``, ``260914``, ``14/9 2026``, ``14 september 2026``; None when it is no day.

    ``near``: a day whose year is meant when none is written; without it such a text is no day.
    """
    words = " ".join(text.casefold().split())
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = (int(each) for each in found.groups() if each is not None)
        return _day(year if year >= _CENTURY else year + _CENTURY, month, day)
    if found := _DAY_FIRST.fullmatch(words):
        first, second, *last = (each for each in found.groups() if each is not None)
        year = int(last[0]) if last else near.year if near else 0
        return _day(year, int(second) if second.isdigit() else _month(second), int(first))
    return None


def _month(word: str) -> int:
    """0 when no month begins so."""
    return next((at for at, name in enumerate(MONTH_NAMES, start=1) if name.startswith(word)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
