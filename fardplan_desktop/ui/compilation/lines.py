"""What stands in the tables of Sammanställning: sums and what they rest on, municipalities, per 1 000 inhabitants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import figure_basis, lacks_months, part_note, share_basis
from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.analysis.sums import NO_POPULATION
from fardplan_desktop.domain.codebook import CodeBook, Measure
from fardplan_desktop.domain.figures import Figure, Rolled, Share
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.lineage import Kind, Wanted
from fardplan_desktop.services.compilation import Comparison, Compilation, Rate
from fardplan_desktop.ui.compilation.figure_table import Cell, FigureLine, Opens
from fardplan_desktop.ui.parts.text_table import Column

NOW, BEFORE, YEAR_AGO = "now", "before", "year-ago"
"""The three compilations of a comparison; what a cell opens stands in one of them."""
SIDES = (NOW, BEFORE, YEAR_AGO)
_FigureKey = tuple[str, str | None, str | None]
_Line = Callable[[Organisation], FigureLine]


class Table(msgspec.Struct, frozen=True):
    columns: tuple[Column, ...]
    lines: tuple[FigureLine, ...]


def key_of(figure: Figure) -> _FigureKey:
    return figure.measure, figure.breakdown, figure.breakdown_value


def sums_table(book: CodeBook, found: Comparison, *, breakdowns: bool) -> Table:
    """Measures in groups with their sums, then the shares recomputed from those sums."""
    columns = (
        Column("Mått", 0),
        Column(found.now.period.short, 84, figures=True, bold=True),
        Column("Underlag", _basis_width(found.now.figures)),
        Column(found.before.period.short, 118, figures=True),
        Column(found.year_ago.period.short, 118, figures=True),
    )
    others = [{key_of(each): each for each in other.figures} for other in (found.before, found.year_ago)]
    lines: list[FigureLine] = []
    group = ""
    for figure in found.now.figures:
        measure = book.measure(figure.measure)
        if figure.breakdown is not None and not breakdowns:
            continue
        if measure.group != group:
            group = measure.group
            lines.append(FigureLine((Cell(group),), group=True))
        opens = Opens(NOW, _wanted(figure))
        compared = tuple(
            _compared(other.get(key_of(figure)), Opens(side, _wanted(figure)))
            for side, other in zip(SIDES[1:], others, strict=True)
        )
        name, indent = name_of(book, figure, measure)
        basis = Cell(figure_basis(figure), faint=True, opens=opens)
        cells = (Cell(name, opens=opens), figure_cell(figure, opens), basis, *compared)
        lines.append(FigureLine(cells, ("figure", *(part or "" for part in key_of(figure))), indent=indent))
    lines.append(FigureLine((Cell("Andelar, räknade på summorna"),), group=True))
    lines += _share_lines(book, found)
    return Table(columns, tuple(lines))


NOT_CHECKED: Final = "sigillet inte kontrollerat"
TOTALS_ONLY: Final = "endast summor"


def _basis_width(figures: Sequence[Figure]) -> int:
    if any(each.unchecked for each in figures):
        return 336
    return 232 if any(lacks_months(each) for each in figures) else 150


def figure_cell(figure: Figure, opens: Opens | None = None) -> Cell:
    return Cell(numbers_sv.figure(figure), faint=figure.value is None, opens=opens)


def members_table(book: CodeBook, found: Comparison) -> Table:
    """Municipality × measure."""
    figures = [each for each in found.now.figures if each.breakdown is None]
    columns = (
        Column("Kommun", 330 if found.now.vouched_for or found.now.unchecked else 190),
        *(_column_for(book.measure(each.measure).label) for each in figures),
    )
    total = FigureLine(
        (Cell("Summa"), *(_total_cell(each, NOW) for each in figures)),
        ("total",),
        bold=True,
    )
    rolled = [{each.organisation: each.rolled for each in figure.members} for figure in figures]

    def line(member: Organisation) -> FigureLine:
        cells = tuple(
            _rolled_cell(by_code.get(member.code), Opens(NOW, _wanted(figure), member.code))
            for figure, by_code in zip(figures, rolled, strict=True)
        )
        return FigureLine((_named(found.now, member), *cells), (member.code,))

    return Table(columns, (total, *_by_delregion(book, found.now, line)))


def _named(compiled: Compilation, member: Organisation) -> Cell:
    """The municipality, marked when its numbers have not been checked by us."""
    mark = NOT_CHECKED if member.code in compiled.vouched_for else ""
    if member in compiled.unchecked:
        mark = TOTALS_ONLY
    return Cell(f"{member.name} ({mark})" if mark else member.name)


def _column_for(label: str) -> Column:
    """Wide enough for the whole name: many begin with the same words."""
    return Column(label, max(130, 24 + 7 * len(label)), figures=True)


def measure_table(book: CodeBook, found: Comparison, measure: str) -> Table:
    """One measure: each municipality now, in the period before and a year ago."""
    periods = (found.now, found.before, found.year_ago)
    wholes = [_whole(each, measure) for each in periods]
    columns = (
        Column("Kommun", 0),
        *(Column(each.period.short, 170, figures=True, bold=at == 0) for at, each in enumerate(periods)),
    )
    cells = (_total_cell(each, side) for side, each in zip(SIDES, wholes, strict=True))
    total = FigureLine((Cell("Summa"), *cells), ("total",), bold=True)
    rolled = [{each.organisation: each.rolled for each in whole.members} for whole in wholes]

    def line(member: Organisation) -> FigureLine:
        cells = tuple(
            _rolled_cell(by_code.get(member.code), Opens(side, Wanted(Kind.FIGURE, measure), member.code))
            for side, by_code in zip(SIDES, rolled, strict=True)
        )
        return FigureLine((_named(found.now, member), *cells), (member.code,))

    return Table(columns, (total, *_by_delregion(book, found.now, line)))


def rates_table(book: CodeBook, compiled: Compilation, rates: Sequence[Rate], measure: str) -> Table:
    """One measure per 1 000 inhabitants; the sum over those who have both numbers."""
    columns = (
        Column("Kommun", 0),
        Column("Antal", 120, figures=True),
        Column("Folkmängd", 170, figures=True),
        Column("Per 1 000 invånare", 190, figures=True, bold=True),
    )
    both = [each for each in rates if each.per_thousand is not None]
    value, people = sum(each.value or 0 for each in both), sum(each.inhabitants or 0 for each in both)
    opens = Opens(NOW, Wanted(Kind.RATE, measure))
    rate = Cell(numbers_sv.number(Fraction(value * 1000, people), 1) if people else "", faint=not people)
    resting = numbers_sv.of(len(both), len(rates))
    cells = (Cell("Summa"), Cell(numbers_sv.number(value), resting), Cell(numbers_sv.number(people)), rate)
    total = _leading(FigureLine(cells, ("total",), bold=True), opens)
    by_code = {each.organisation.code: each for each in rates}
    lines = _by_delregion(
        book,
        compiled,
        lambda member: _leading(_rate_line(by_code[member.code]), Opens(NOW, opens.wanted, member.code)),
    )
    return Table(columns, (total, *lines) if both else tuple(lines))


def _leading(line: FigureLine, opens: Opens) -> FigureLine:
    """The line with every cell leading to the same total."""
    cells = tuple(msgspec.structs.replace(cell, opens=opens) for cell in line.cells)
    return msgspec.structs.replace(line, cells=cells)


def _wanted(figure: Figure) -> Wanted:
    return Wanted(Kind.FIGURE, figure.measure, figure.breakdown, figure.breakdown_value)


def _total_cell(figure: Figure, side: str) -> Cell:
    opens = Opens(side, _wanted(figure))
    return Cell(numbers_sv.figure(figure), numbers_sv.of(figure.reported, figure.of), opens=opens)


def _by_delregion(
    book: CodeBook, compiled: Compilation, line: Callable[[Organisation], FigureLine]
) -> Iterable[FigureLine]:
    """The members in order; the county's under headings of their delregions."""
    members = sorted(compiled.members, key=lambda each: sort_key(each.name))
    if compiled.organisation.level is not Level.COUNTY:
        yield from map(line, members)
        return
    for delregion in sorted(book.delregions, key=lambda each: sort_key(each.short)):
        codes = {each.code for each in book.members(delregion.code, compiled.period.end)}
        yield FigureLine((Cell(delregion.short),), group=True)
        yield from (line(each) for each in members if each.code in codes)


def _share_lines(book: CodeBook, found: Comparison) -> Iterable[FigureLine]:
    others = [{each.id: each for each in other.shares} for other in (found.before, found.year_ago)]
    labels = {each.id: each.label for each in book.derived}
    for share in found.now.shares:
        wanted = Wanted(Kind.SHARE, share.id)
        opens = Opens(NOW, wanted)
        compared = tuple(
            _share_cell(other.get(share.id), Opens(side, wanted), noted=True)
            for side, other in zip(SIDES[1:], others, strict=True)
        )
        resting = Cell(share_basis(share), faint=True, opens=opens)
        cells = (Cell(labels[share.id], opens=opens), _share_cell(share, opens), resting, *compared)
        yield FigureLine(cells, ("share", share.id))


def _share_cell(share: Share | None, opens: Opens, *, noted: bool = False) -> Cell:
    if share is None or share.ratio is None:
        return Cell("", opens=opens)
    return Cell(numbers_sv.share(share), numbers_sv.of(share.reported, share.of) if noted else "", opens=opens)


def _compared(figure: Figure | None, opens: Opens) -> Cell:
    if figure is None or figure.value is None:
        return Cell(numbers_sv.MISSING, faint=True, opens=None if figure is None else opens)
    return Cell(numbers_sv.figure(figure), numbers_sv.of(figure.reported, figure.of), opens=opens)


def _rolled_cell(rolled: Rolled | None, opens: Opens) -> Cell:
    if rolled is None or rolled.value is None:
        text = numbers_sv.rolled(rolled) or numbers_sv.MISSING if rolled else numbers_sv.MISSING
        return Cell(text, faint=True, opens=opens)
    return Cell(numbers_sv.rolled(rolled), part_note(rolled), opens=opens)


def _rate_line(rate: Rate) -> FigureLine:
    value = Cell(numbers_sv.number(rate.value)) if rate.value is not None else Cell(numbers_sv.MISSING, faint=True)
    people = Cell(numbers_sv.number(rate.inhabitants)) if rate.inhabitants else Cell(NO_POPULATION, faint=True)
    per = rate.per_thousand
    shown = Cell("", faint=True) if per is None else Cell(numbers_sv.number(per, 1))
    return FigureLine((Cell(rate.organisation.name), value, people, shown), (rate.organisation.code,))


def name_of(book: CodeBook, figure: Figure, measure: Measure) -> tuple[str, int]:
    part = int(measure.part_of is not None)
    if figure.breakdown is None:
        return measure.short, part
    breakdown = book.list(figure.breakdown).label
    return f"{breakdown}: {book.label(figure.breakdown, figure.breakdown_value or '')}", part + 1


def _whole(compiled: Compilation, measure: str) -> Figure:
    return next(each for each in compiled.figures if key_of(each) == (measure, None, None))
