"""The four key figures of Start: the period's value, what it is compared with, and how it has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from fardplan_desktop.analysis import numbers_sv, sums, tallies
from fardplan_desktop.analysis.rollup import roll_up
from fardplan_desktop.domain.codebook import CodeBook, Derived
from fardplan_desktop.domain.figures import Rolled, Share
from fardplan_desktop.domain.periods import Period, PeriodType, period_of
from fardplan_desktop.domain.records import Count, Deviation, count_id
from fardplan_desktop.services.compilation import Compilation
from fardplan_desktop.services.workplace import Workplace

_DRAWN_UP: Final = "SIP08"
_SHARES: Final = (
    ("andel-moten-den-enskilde", "Den enskilde deltog", "möten"),
    ("andel-fast-omsorgskontakt", "Fast omsorgskontakt", "personer"),
)
"""Derived measures, what the card calls them, and what is divided by. One the code book lacks is left out."""
_DEVIATIONS: Final = "Avvikelser i samverkan"
_TREND: Final = 12
_FILL_IN: Final = "inte ifyllt än"
_SAME: Final = {
    PeriodType.MONTH: "månad",
    PeriodType.QUARTER: "kvartal",
    PeriodType.TERTIAL: "tertial",
    PeriodType.HALF: "halvår",
}


class KeyFigure(msgspec.Struct, frozen=True):
    """``measure`` is where a click leads; empty for the deviations."""

    label: str
    figure: str
    """``23``, ``91 %``, ``≈ 42``, ``saknas``."""
    comparison: str
    points: tuple[float | None, ...] = ()
    """The last 12 months, oldest first; None is a gap. Empty where there is no trend."""
    measure: str = ""


def own_figures(
    workplace: Workplace, period: Period, counts: Sequence[Count], deviations: Sequence[Deviation]
) -> tuple[KeyFigure, ...]:
    """A municipality's own; ``counts`` are whole values of all periods."""
    book, code = workplace.codebook, workplace.organisation.code
    known = {count.id: count for count in counts}
    last = min(period.months[-1], period_of(workplace.today, PeriodType.MONTH))
    months = [last.shifted(step) for step in range(1 - _TREND, 1)]
    shares = {each.id: each for each in sums.shares(book, period, [code], {code: counts})}
    derived = {each.id: each for each in book.derived}
    found = []
    if _DRAWN_UP in book.measures_by_id:
        found.append(_drawn_up(book, period, counts, months, known))
    for id, label, noun in _SHARES:
        if id in derived:
            found.append(_share(shares[id], derived[id], label, noun, _monthly(book, derived[id], months, known)))
    return (*found, _deviations(period, deviations, months))


def compiled_figures(compiled: Compilation) -> tuple[KeyFigure, ...]:
    """An office's: sums and shares with how many members stand behind them."""
    figure = next((each for each in compiled.figures if each.measure == _DRAWN_UP and each.breakdown is None), None)
    shares = {each.id: each for each in compiled.shares}
    found = []
    if figure is not None:
        coverage = numbers_sv.of(figure.reported, figure.of, "kommuner")
        found.append(KeyFigure("Upprättade SIP", numbers_sv.figure(figure), coverage, measure=_DRAWN_UP))
    for id, label, noun in _SHARES:
        share = shares.get(id)
        if share is not None:
            coverage = numbers_sv.of(share.reported, share.of, "kommuner")
            line = coverage if share.ratio is None else f"{_parts(share, noun)}, {coverage}"
            found.append(KeyFigure(label, _share_figure(share), line, measure=id))
    coverage = numbers_sv.of(len(compiled.received), len(compiled.members), "kommuner")
    total = numbers_sv.number(compiled.deviations.total) if compiled.received else numbers_sv.MISSING
    return (*found, KeyFigure(_DEVIATIONS, total, coverage))


def _drawn_up(
    book: CodeBook, period: Period, counts: Sequence[Count], months: Sequence[Period], known: Mapping[str, Count]
) -> KeyFigure:
    measure = book.measure(_DRAWN_UP)
    now, before = roll_up(measure, period, counts), roll_up(measure, period.year_before, counts)
    points = tuple(_number(known, measure.id, month) for month in months)
    line = _compared(period, numbers_sv.rolled(before) if before.value is not None else None)
    if now.value is None:
        return KeyFigure(measure.label, numbers_sv.MISSING, _FILL_IN, points, measure.id)
    return KeyFigure(measure.label, numbers_sv.rolled(now), _gaps(now) + line, points, measure.id)


def _gaps(rolled: Rolled) -> str:
    if rolled.parts >= rolled.parts_of:
        return ""
    return f"{numbers_sv.of(rolled.parts, rolled.parts_of, 'månader')}, "


def _compared(period: Period, before: str | None) -> str:
    year = period.year - 1
    if before is None:
        return f"uppgift för {year} saknas"
    same = f" samma {_SAME[period.type]}" if period.type in _SAME else ""
    return f"{before}{same} {year}"


def _share(share: Share, derived: Derived, label: str, noun: str, points: tuple[float | None, ...]) -> KeyFigure:
    line = _parts(share, noun) if share.ratio is not None else share.reason or ""
    return KeyFigure(
        label,
        _share_figure(share),
        _FILL_IN if share.reason == sums.NO_VALUE else line,
        points,
        derived.numerator[0].measure,
    )


def _share_figure(share: Share) -> str:
    return numbers_sv.MISSING if share.ratio is None else numbers_sv.share(share)


def _parts(share: Share, noun: str) -> str:
    return numbers_sv.of(share.num or 0, share.den or 0, noun)


def _monthly(
    book: CodeBook, derived: Derived, months: Sequence[Period], known: Mapping[str, Count]
) -> tuple[float | None, ...]:
    """The share month by month. A stock is only asked for now and then: the months between leave no gap."""
    above, below = derived.numerator[0].measure, derived.denominator[0].measure
    points: list[float | None] = []
    for month in months:
        part, whole = _number(known, above, month), _number(known, below, month)
        points.append(part / whole if part is not None and whole else None)
    if book.measure(below).over_time == "last":
        return tuple(point for point in points if point is not None)
    return tuple(points)


def _deviations(period: Period, deviations: Sequence[Deviation], months: Sequence[Period]) -> KeyFigure:
    by_month = Counter(f"{each.registered:%Y-%m}" for each in deviations)
    since = min(by_month, default=None)
    points = tuple(by_month[month.id] if since is not None and month.id >= since else None for month in months)
    earlier = period.year_before
    before = None
    if since is not None and since <= earlier.months[-1].id:
        before = numbers_sv.number(len(tallies.registered_in(earlier, deviations)))
    figure = numbers_sv.number(len(tallies.registered_in(period, deviations)))
    return KeyFigure(_DEVIATIONS, figure, _compared(period, before) if since else "inga registrerade än", points)


def _number(known: Mapping[str, Count], measure: str, month: Period) -> int | None:
    count = known.get(count_id(measure, month.id))
    return count.n if count else None
