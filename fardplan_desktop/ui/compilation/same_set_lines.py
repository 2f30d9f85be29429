"""The table of sums over the same set: only municipalities with a number in both periods, and the difference."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import MUNICIPALITIES
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Figure, Share
from fardplan_desktop.domain.lineage import Kind, Wanted
from fardplan_desktop.services.compilation import Against, SameSet
from fardplan_desktop.ui.compilation.figure_table import Cell, FigureLine, Opens
from fardplan_desktop.ui.compilation.lines import Table, key_of, name_of
from fardplan_desktop.ui.parts.text_table import Column

SAME_NOW, SAME_THEN = "same-now", "same-then"
"""What a cell of this table opens: the period and the earlier one, over the set."""


def same_set_table(book: CodeBook, same: SameSet, *, breakdowns: bool) -> Table:
    """Every figure beside the same one in the earlier period, each line with how many it holds."""
    columns = (
        Column("Mått", 0),
        Column(same.now.period.short, 84, figures=True, bold=True),
        Column(same.then.period.short, 84, figures=True),
        Column("Skillnad", 130, figures=True),
        Column("Samma kommuner", 150),
    )
    lines: list[FigureLine] = []
    group = ""
    for now, then in zip(same.now.figures, same.then.figures, strict=True):
        measure = book.measure(now.measure)
        if now.breakdown is not None and not breakdowns:
            continue
        if measure.group != group:
            group = measure.group
            lines.append(FigureLine((Cell(group),), group=True))
        name, indent = name_of(book, now, measure)
        wanted = Wanted(Kind.FIGURE, now.measure, now.breakdown, now.breakdown_value)
        texts = (numbers_sv.figure(now), numbers_sv.figure(then), _difference(now, then), _set_of(now))
        key = ("figure", *(part or "" for part in key_of(now)))
        lines.append(FigureLine(_cells(name, texts, wanted, now.value is None), key, indent=indent))
    lines.append(FigureLine((Cell("Andelar, räknade på summorna"),), group=True))
    return Table(columns, (*lines, *_share_lines(book, same)))


def told(same: SameSet, against: Against) -> str:
    """The sentence beside the switch: how many have handed in both periods."""
    earlier = same.then.period.name if against is Against.BEFORE else f"{same.then.period.name}, samma period i fjol"
    both = numbers_sv.of(len(same.delivered_both), len(same.now.members), MUNICIPALITIES)
    return (
        f"Jämförs med {earlier}. {both} har lämnat båda. Summor och andelar är räknade på dem som har uppgift i båda."
    )


def _share_lines(book: CodeBook, same: SameSet) -> Iterable[FigureLine]:
    labels = {each.id: each.label for each in book.derived}
    for now, then in zip(same.now.shares, same.then.shares, strict=True):
        texts = (_share(now), _share(then), _share_difference(now, then), _set_of(now))
        wanted = Wanted(Kind.SHARE, now.id)
        yield FigureLine(_cells(labels[now.id], texts, wanted, now.ratio is None), ("share", now.id))


def _cells(name: str, texts: tuple[str, str, str, str], wanted: Wanted, faint: bool) -> tuple[Cell, ...]:
    now, then = Opens(SAME_NOW, wanted), Opens(SAME_THEN, wanted)
    first, second, difference, basis = texts
    return (
        Cell(name, opens=now),
        Cell(first, faint=faint, opens=now),
        Cell(second, faint=faint, opens=then),
        Cell(difference, opens=now),
        Cell(basis, faint=True, opens=now),
    )


def _set_of(each: Figure | Share) -> str:
    return numbers_sv.of(each.reported, each.of, MUNICIPALITIES)


def _difference(now: Figure, then: Figure) -> str:
    """``+12 (+8 %)``; without the share of nothing."""
    if now.value is None or then.value is None:
        return ""
    change = now.value - then.value
    text = numbers_sv.signed(change)
    if not then.value or not change:
        return text
    share = numbers_sv.signed(float(Fraction(change * 100, then.value)))
    return f"{text} ({share}{numbers_sv.NARROW}%)"


def _share(share: Share) -> str:
    return numbers_sv.share(share) if share.ratio is not None else ""


def _share_difference(now: Share, then: Share) -> str:
    if now.ratio is None or then.ratio is None:
        return ""
    if now.per != 1:
        return numbers_sv.signed(float(now.ratio - then.ratio), 1)
    return f"{numbers_sv.signed(float((now.ratio - then.ratio) * 100))} procentenheter"
