"""How a value is spelled in print, and the legend that explains the words and signs that occur, and no others."""

from __future__ import annotations

from collections.abc import Iterable

from fardplan_desktop.analysis.numbers_sv import number
from fardplan_desktop.domain.papers import PaperValue

MISSING = "saknas"
NOT_APPLICABLE = "ej aktuellt"


def spelled(value: PaperValue) -> str:
    """``14``, ``≈ 14``, ``Σ 14``, ``saknas`` or ``ej aktuellt``; zero is ``0``. Signs stand first, so digits align."""
    if not value.applicable:
        return NOT_APPLICABLE
    if value.number is None:
        return MISSING
    signs = ["Σ"] * value.overlapping + ["≈"] * value.estimated
    return "\N{NO-BREAK SPACE}".join([*signs, number(value.number)])


def remark(value: PaperValue) -> str:
    """``3 av 4 månader`` when the number holds fewer months than the period, else empty."""
    return f"{value.months} av {value.months_of} månader" if value.partial and value.applicable else ""


def legend(values: Iterable[PaperValue]) -> str:
    """One line for the table that holds ``values``; empty when every value is a plain number."""
    shown = list(values)
    numbers = [value for value in shown if value.applicable and value.number is not None]
    occurring = {
        "<b>≈</b> uppskattat värde": any(value.estimated for value in numbers),
        "<b>Σ</b> summa av månader, samma plan kan räknas flera gånger": any(value.overlapping for value in numbers),
        "<b>x av y månader</b> talet gäller de månader som har uppgift": any(value.partial for value in numbers),
        "<b>saknas</b> uppgift har inte lämnats, det betyder inte 0": any(
            value.applicable and value.number is None for value in shown
        ),
        "<b>ej aktuellt</b> måttet gäller inte här": any(not value.applicable for value in shown),
    }
    return " · ".join(text for text, occurs in occurring.items() if occurs)
