"""Numbers and dates as Swedish readers expect them, alike on axes, in tables and in alt texts."""

from __future__ import annotations

from datetime import date

from fardplan_desktop.domain.periods import MONTH_NAMES, MONTH_SHORT

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


def number(value: float, decimals: int = 0) -> str:
    """``1 234,5`` with a narrow no-break space and a true minus."""
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"−{text}" if negative else text


def long_date(day: date) -> str:
    """``14 september 2026``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """``14 sep 2026``, for a table."""
    return f"{day.day} {MONTH_SHORT[day.month - 1]} {day.year}"
