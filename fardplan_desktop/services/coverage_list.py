"""Inlämningsläge over several periods, in the order a person wants it; and the same as a print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.coverage_paper import CoverageLine, CoverageList, CoveragePaper
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.figures import Coverage, CoverageRow, CoverageState
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.host import paths
from fardplan_desktop.services import compilation
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace

_PERIODS_SHOWN = 6
_WORST_FIRST = (
    CoverageState.REJECTED,
    CoverageState.MISSING,
    CoverageState.AWAITED,
    CoverageState.LATE,
    CoverageState.CORRECTED,
    CoverageState.DELIVERED,
)
_Cells = dict[str, CoverageRow]


def listed(
    workplace: Workplace,
    *,
    period: Period,
    only_missing: bool = False,
    late_first: bool = False,
    as_of: date | None = None,
) -> CoverageList:
    """The period and those before it; periods before the first package ever are left out, nobody was asked then.

    ``only_missing``: those who have not delivered the period. ``late_first``: by how they stand, then by name.
    """
    since = workplace.codebook.reporting.since
    asked = [each for each in map(period.shifted, range(0, -_PERIODS_SHOWN, -1)) if each.end >= since]
    found = [compilation.coverage(workplace, period=each, as_of=as_of) for each in asked]
    last = max((at for at, each in enumerate(found) if each.received or _any_office(each)), default=0)
    found = found[: last + 1]
    lines = _Lines(workplace, period, found, late_first=late_first)
    shown = lines.by_delregion() if workplace.level is Level.COUNTY else lines.of(found[0].rows)
    kept = tuple(line for line in shown if not only_missing or _lacks(line))
    return CoverageList(tuple(asked[: last + 1]), tuple(found), kept, only_missing, late_first)


def coverage_paper(
    workplace: Workplace,
    *,
    period: Period,
    as_of: date | None = None,
    only_missing: bool = False,
    late_first: bool = False,
) -> CoveragePaper:
    """What the print says. Raises InputProblem in a municipality, to which nobody delivers."""
    if workplace.level is Level.MUNICIPALITY:
        raise InputProblem(
            "Inlämningsläget finns bara för en delregion och för länet.", "Ingen lämnar in till en kommun."
        )
    day, book = as_of or workplace.today, workplace.codebook
    return CoveragePaper(
        organisation=workplace.organisation.name,
        as_of=day,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        listed=listed(workplace, period=period, only_missing=only_missing, late_first=late_first, as_of=day),
    )


def coverage_pdf(
    workplace: Workplace,
    *,
    period: Period,
    as_of: date | None = None,
    only_missing: bool = False,
    late_first: bool = False,
) -> bytes:
    """The list as PDF; the same data and as-of date give the same bytes. Raises InputProblem in a municipality."""
    from fardplan_desktop.reports.coverage import render_coverage

    paper = coverage_paper(workplace, period=period, as_of=as_of, only_missing=only_missing, late_first=late_first)
    return render_coverage(paper, paths.fonts())


def save_coverage_pdf(workplace: Workplace, *, pdf: bytes, period: Period, folder: Path) -> Path:
    """Save the print in the organisation's folder; the same name again for the same period."""
    return save_file(folder / f"Inlämningsläge {workplace.organisation.name} {period.id}.pdf", pdf)


class _Lines:
    """The periods' rows made into lines, in one order."""

    def __init__(self, workplace: Workplace, period: Period, found: Sequence[Coverage], *, late_first: bool) -> None:
        self._book, self._period, self._late_first = workplace.codebook, period, late_first
        self._cells: list[_Cells] = [{row.organisation: row for row in each.rows} for each in found]
        self._offices: list[_Cells] = [{row.organisation: row for row in each.offices} for each in found]
        self._found = found

    def of(self, rows: Iterable[CoverageRow]) -> list[CoverageLine]:
        """The organisations of these rows, each over all periods."""
        ordered = sorted(rows, key=lambda row: self._place(row))
        return [
            CoverageLine(self._organisation(row), tuple(each.get(row.organisation) for each in self._cells))
            for row in ordered
        ]

    def by_delregion(self) -> list[CoverageLine]:
        """A delregion with its own cells, and its municipalities under it; 49 in all, never counted as delregions."""
        lines: list[CoverageLine] = []
        for office in sorted(self._found[0].offices, key=lambda row: self._place(row)):
            members = {each.code for each in self._book.members(office.organisation, self._period.end)}
            cells = tuple(each.get(office.organisation) for each in self._offices)
            counts = tuple(_counted(each, members) for each in self._cells)
            lines.append(CoverageLine(self._organisation(office), cells, counts))
            lines += self.of(row for row in self._found[0].rows if row.organisation in members)
        return lines

    def _place(self, row: CoverageRow) -> tuple[int, numbers_sv.SortKey]:
        worst = _WORST_FIRST.index(row.state) if self._late_first else 0
        known = self._organisation(row)
        # The names of the delregions begin with many words for one thing; they are looked for by what follows.
        return worst, numbers_sv.sort_key(known.short if known.level is Level.DELREGION else known.name)

    def _organisation(self, row: CoverageRow) -> Organisation:
        return self._book.organisation(row.organisation)


def _counted(cells: _Cells, members: set[str]) -> str:
    known = [cell for code, cell in cells.items() if code in members]
    return numbers_sv.of(sum(cell.has_delivered for cell in known), len(known))


def _any_office(found: Coverage) -> bool:
    return any(row.has_delivered for row in found.offices)


def _lacks(line: CoverageLine) -> bool:
    now = line.cells[0]
    return now is not None and not now.has_delivered
