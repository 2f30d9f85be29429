"""The grid in words: what is read aloud and what a tooltip says, so that no cell speaks by its looks alone."""

from __future__ import annotations

from datetime import date

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.figures import Rolled
from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.services.count_cells import Cell, CellKind, Row, Split, SplitSum, Trend

REPEATS = "Summa av månader, samma plan kan räknas flera gånger."


WHOLE_WORDS = {
    PeriodType.QUARTER: "Hela kvartalet",
    PeriodType.TERTIAL: "Hela tertialen",
    PeriodType.HALF: "Hela halvåret",
    PeriodType.YEAR: "Hela året",
}


def period_words(period: Period, *, deadline: date, today: date, locked: bool) -> str:
    """``Maj–augusti 2026 · lämnas senast 25 september, 11 dagar kvar``: how the period stands."""
    when = f"{period.span.capitalize()} {period.year}"
    if locked:
        return f"{when} · förseglad och låst. Öppna rättelse under Rapportera för att ändra."
    day = f"{deadline.day} {MONTH_NAMES[deadline.month - 1]}"
    left = (deadline - today).days
    if left < 0:
        return f"{when} · skulle ha lämnats {day}"
    return (
        f"{when} · lämnas senast {day}, {'i dag' if not left else '1 dag kvar' if left == 1 else f'{left} dagar kvar'}"
    )


def cell_words(row: Row, cell: Cell, *, locked: bool) -> str:
    """``Uppföljda SIP, augusti 2026, 11``, then what else there is to know about the cell."""
    parts = [row.label, period_with(cell.period).name, count_words(cell.count)]
    if cell.kind is CellKind.NOTHING:
        parts[-1] = "behöver inte fyllas i"
    elif cell.kind is CellKind.ELSEWHERE and cell.count is None:
        parts[-1] = "tom, ifyllt på annat sätt"
    if cell.fault:
        parts.append(f"att rätta: {cell.fault}")
    if cell.count is not None and cell.count.comment:
        parts.append(f"kommentar: {cell.count.comment}")
    if locked:
        parts.append("låst")
    return ", ".join(parts)


def name_tip(row: Row) -> str:
    """The measure's name in full, and that it can be broken down."""
    if row.code is not None or not row.measure.breakdowns:
        return row.label
    return f"{row.label}. {'Alt+← döljer' if row.splits else 'Alt+→ visar'} fördelningen."


def whole_words(row: Row) -> str:
    """The period's own value, with what it is made of."""
    parts = [row.label, period_with(row.rolled.period).name, rolled_words(row.rolled)]
    note = whole_note(row)
    return ", ".join([*parts, note] if note else parts)


def sum_words(split: Split, found: SplitSum, when: str) -> str:
    """``Genomförda SIP-möten, ålder, okänd inräknad, maj, 7 av 9``: what a breakdown comes to."""
    measure = split.rows[0].measure.label if split.rows else ""
    parts = [measure, split.list.label.lower(), "okänd inräknad", when, found.text or "tom", found.fault]
    return ", ".join(part for part in parts if part)


def before_words(row: Row) -> str:
    return f"{row.label}, {period_with(row.before.period).name}, {rolled_words(row.before)}"


def trend_words(row: Row) -> str:
    return f"{row.label}, {trend_values(row.trend)}"


def trend_values(trend: Trend) -> str:
    """``Senaste 12 månaderna: sep 9, okt saknas …``: what the chart shows."""
    points = (f"{point.period.short} {'saknas' if point.n is None else point.n}" for point in trend.points)
    return f"{trend.heading}: {', '.join(points)}"


def count_words(count: Count | None) -> str:
    if count is None:
        return "tom"
    words = numbers_sv.count(count.n, CountState.REPORTED if count.n is not None else count.state)
    return f"uppskattat {words}" if count.state is CountState.ESTIMATED else words


def rolled_words(rolled: Rolled) -> str:
    if rolled.value is None:
        return numbers_sv.rolled(rolled) or "tom"
    words = numbers_sv.number(rolled.value)
    return f"uppskattat {words}" if rolled.estimated else words


def whole_note(row: Row) -> str:
    """What should be known about a rolled-up value; empty when it says everything itself."""
    rolled = row.rolled
    if rolled.value is None:
        return ""
    if row.measure.over_time == "last":
        return f"Antalet i slutet av {period_with(rolled.covered[-1]).name}."
    notes = []
    if rolled.parts < rolled.parts_of:
        notes.append(f"{numbers_sv.of(rolled.parts, rolled.parts_of)} månader har ett antal.")
    if rolled.repeats:
        notes.append(REPEATS)
    return " ".join(notes)
