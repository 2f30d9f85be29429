"""How a delivery stands, in words: the same in the cell, under the table, in a command and on paper."""

from __future__ import annotations

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.coverage_paper import CoverageLine
from fardplan_desktop.domain.figures import Coverage, CoverageRow, CoverageState
from fardplan_desktop.domain.periods import MONTH_SHORT, Period


def short(row: CoverageRow) -> str:
    """``inlämnad``, ``sen 3 dagar``, ``rättad 2 gånger``, ``saknas 7 dagar``, ``väntas, 12 dagar kvar`` …"""
    word = row.state.word
    if row.state is CoverageState.LATE:
        return f"{word} {days(row.days_late)}"
    if row.state is CoverageState.CORRECTED:
        return f"{word} {_times(row.corrections)}"
    if row.state is CoverageState.MISSING:
        return f"{word} {days(-row.days)}"
    if row.state is CoverageState.AWAITED:
        return f"{word}, {left(row.days)}"
    return word


def told(row: CoverageRow) -> str:
    """``Rättad 1 gång. Paket 4, förseglat 2026-09-20, inläst 2026-10-02.``; what was refused stands last."""
    reason = f"Delregionen: {visible(row.reason)}" if row.reason and not row.has_delivered else ""
    return " ".join(part for part in (_standing(row), reason, _delivery(row), _refusal(row)) if part)


def due_told(found: Coverage) -> str:
    """``Sista dag 25 september 2026, 7 dagar sedan.``"""
    ahead = (found.due - found.as_of).days
    when = left(ahead) if ahead > 0 else "det är i dag" if ahead == 0 else f"{days(-ahead)} sedan"
    return f"Sista dag {numbers_sv.day(found.due)}, {when}."


def stand(found: Coverage, period: Period) -> str:
    """``Tertial 2 2026: 14 av 15 inlämnade.``; at the county the delregions first."""
    parts = [numbers_sv.of(found.received, found.expected, "kommuner" if found.offices else "")]
    if found.offices:
        handed = sum(row.has_delivered for row in found.offices)
        parts.insert(0, numbers_sv.of(handed, len(found.offices), "delregioner"))
    return f"{period.name.capitalize()}: {' och '.join(parts)} inlämnade."


def days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagar'}"


def left(number: int) -> str:
    """What is left to the last day, from the day that is shown."""
    return f"{days(number)} kvar" if number else "sista dagen"


def _standing(row: CoverageRow) -> str:
    if row.state is CoverageState.REJECTED:
        return ""
    if row.state is CoverageState.MISSING:
        return f"Saknas, {days(-row.days)} efter sista dagen {row.due}."
    if row.state is CoverageState.AWAITED:
        return f"Väntas, {left(row.days)}. Sista dag {row.due}."
    late = f", första gången {days(row.days_late)} efter sista dagen" if row.late and row.corrections else ""
    after = " efter sista dagen" if row.state is CoverageState.LATE else ""
    return f"{short(row).capitalize()}{after}{late}."


def _delivery(row: CoverageRow) -> str:
    if row.sequence is None:
        return ""
    if row.totals:
        return "Bara i delregionens summor, som inte kan kontrolleras per kommun."
    return f"Paket {row.sequence}, förseglat {row.sent}, inläst {row.received}."


def _refusal(row: CoverageRow) -> str:
    if row.refused is None:
        return ""
    first = "En senare fil avvisades" if row.has_delivered else "Avvisad"
    return f"{first} {row.refused.received} ({visible(row.refused.file_name)}). {visible(row.refused.message)}"


def _times(number: int) -> str:
    return f"{number} {'gång' if number == 1 else 'gånger'}"


def cell_words(line: CoverageLine, at: int) -> str:
    """What the cell of a period says: how it stands, and under a delregion's name how many it has brought."""
    cell = line.cells[at]
    words = short(cell) if cell is not None else ""
    return ", ".join(part for part in (words, line.counts[at] if line.counts else "") if part)


def head(period: Period, found: Coverage) -> str:
    """``T2 2026, senast 25 sep``."""
    return f"{period.short}, senast {found.due.day} {MONTH_SHORT[found.due.month - 1]}"
