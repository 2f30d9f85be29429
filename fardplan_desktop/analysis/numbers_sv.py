"""Numbers, shares, dates and order as Swedish readers write them; the same on screen, in charts and in print.

A narrow no-break space groups thousands and stands before %; the decimal sign is a comma, minus is U+2212.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from fardplan_desktop.domain.figures import Figure, Rolled, Share
from fardplan_desktop.domain.periods import MONTH_NAMES, MONTH_SHORT
from fardplan_desktop.domain.records import CountState

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
ABOUT = "≈"
MISSING = "saknas"
NOT_APPLICABLE = "ej aktuellt"

SortKey = tuple[tuple[int, ...], str]


def number(value: int | float | Fraction | Decimal, decimals: int = 0) -> str:
    """``1 234,5``, ``−3``: halves are rounded away from zero, as in school. Never ``−0``."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    return MINUS + digits if rounded < 0 else digits


def signed(value: int | float, decimals: int = 0) -> str:
    """A change: ``+12``, ``−3``, ``0``."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def percent(ratio: Fraction | float, decimals: int = 0) -> str:
    """A share 0–1 as ``62 %``."""
    return f"{number(ratio * 100, decimals)}{NARROW}%"


def estimated(text: str) -> str:
    """``≈ 14``."""
    return f"{ABOUT}{NO_BREAK}{text}"


def count(value: int | None, state: CountState | None) -> str:
    """A count with its state: ``14``, ``≈ 14``, ``saknas``, ``ej aktuellt``; empty when nobody has touched it."""
    if value is not None:
        return estimated(number(value)) if state is CountState.ESTIMATED else number(value)
    if state is CountState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return "" if state is None else MISSING


def rolled(value: Rolled) -> str:
    """An organisation's value of a period."""
    return count(value.value, value.state)


def figure(value: Figure) -> str:
    """A sum over organisations; ``ej aktuellt`` when it applies to none of them, else ``saknas`` without a number."""
    if value.value is None:
        return MISSING if value.of else NOT_APPLICABLE
    return estimated(number(value.value)) if value.estimated else number(value.value)


def share(value: Share, decimals: int = 0) -> str:
    """``62 %``; per 1 000 inhabitants ``2,4``; the reason when it cannot be computed."""
    ratio = value.ratio
    if ratio is None:
        return value.reason or MISSING
    text = percent(ratio, decimals) if value.per == 1 else number(ratio, max(decimals, 1))
    return estimated(text) if value.estimated else text


def of(part: int, whole: int, noun: str = "") -> str:
    """``14 av 15`` or ``14 av 15 kommuner``: coverage, kept on one line."""
    return NO_BREAK.join(each for each in (number(part), "av", number(whole), noun) if each)


def day(value: date) -> str:
    """``14 september 2026``."""
    return f"{value.day}{NO_BREAK}{MONTH_NAMES[value.month - 1]} {value.year}"


def near_day(value: date, today: date) -> str:
    """``25 september``; with the year when it is another than today's."""
    words = f"{value.day} {MONTH_NAMES[value.month - 1]}"
    return words if value.year == today.year else f"{words} {value.year}"


def short_day(value: date) -> str:
    """``14 sep 2026``, for tables and lists."""
    return f"{value.day} {MONTH_SHORT[value.month - 1]} {value.year}"


def sort_key(text: str) -> SortKey:
    """Swedish order: case aside, å ä ö in that order after z, other accents aside (é as e, ü as y, æ as ä, ø as ö).

    The text itself comes last, so that order is total.
    """
    letters = (_ALIKE.get(letter, letter) for letter in unicodedata.normalize("NFC", text).casefold())
    return tuple(_place(letter) for word in letters for letter in word), text


_ALIKE = {"ü": "y", "æ": "ä", "ø": "ö", "ð": "d", "þ": "th"}
_AFTER_Z = {letter: ord("z") + place for place, letter in enumerate("åäö", start=1)}


def _place(letter: str) -> int:
    if letter in _AFTER_Z:
        return _AFTER_Z[letter]
    base = ord(unicodedata.normalize("NFD", letter)[0])
    # The three letters take the places of {, | and }, which are moved out of their way.
    return base if base <= ord("z") else base + len(_AFTER_Z)
