"""Which year the months of a block lie in, when the months do not say it: title, sheet, file, or a question."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType, parse_period, period_of
from fardplan_desktop.domain.sheets import Answers, Asked, AskedKind, Option, Sure
from fardplan_desktop.tables.foreign.series import UNKNOWN, Block, Spot
from fardplan_desktop.tables.foreign.time_words import find_when, years_in

_YEARS_BACK = 4
_PERIODS_BACK = 14


class Dated(NamedTuple):
    """What a block's periods are: the year of those without, and the period of a table that has none inside."""

    year: int | None
    whole: Period | None
    asked: Asked | None


def date_block(block: Block, source: str, answers: Answers) -> Dated:
    """The answer to "which year", with the question that it was or is."""
    spots = [spot for series in block.series for spot in series.spots]
    if any(spot.when == UNKNOWN for spot in spots):
        return _whole(block, source, answers)
    own = all(series.own_year is not None for series in block.series)
    if own or all(spot.when is None or spot.when.year is not None for spot in spots):
        return Dated(None, None, None)
    title = next((years[0] for years in block.years[:1] if len(years) == 1), None)
    others = [years.pop() for years in (years_in(block.sheet), years_in(source)) if len(years) == 1]
    said = list(dict.fromkeys([title, *others] if title is not None else others))
    if len(said) == 1:
        return Dated(said[0], None, None)
    return _ask_year(block, said, answers)


def period_of_spot(spot: Spot, dated: Dated, year: int | None = None) -> Period | None:
    """The period of a cell; None while its year is not known. ``year`` is what the line itself says."""
    if dated.whole is not None and spot.when == UNKNOWN:
        return dated.whole
    if spot.when is None or spot.when == UNKNOWN:
        return None
    known = spot.when.year or year or dated.year
    return spot.when.period(known) if known else None


def year_options(today: date) -> tuple[Option, ...]:
    return tuple(Option(str(today.year - back), str(today.year - back)) for back in range(_YEARS_BACK))


def period_options(today: date, kind: PeriodType) -> tuple[Option, ...]:
    """The latest months, and the latest reporting periods."""
    month, whole = period_of(today, PeriodType.MONTH), period_of(today, kind)
    recent = [month.shifted(-back) for back in range(_PERIODS_BACK)] + [whole.shifted(-back) for back in range(4)]
    recent += [period_of(today, PeriodType.YEAR).shifted(-back) for back in range(_YEARS_BACK)]
    return tuple(Option(each.id, each.name) for each in recent)


def span_words(periods: list[Period]) -> str:
    """``jan–aug 2026``; several years or lengths are named by the first and the last."""
    if not periods:
        return ""
    first, last = min(periods), max(periods)
    if first == last:
        return first.name
    if first.type is last.type is PeriodType.MONTH and first.year == last.year:
        return f"{MONTH_NAMES[first.first_month - 1][:3]}–{MONTH_NAMES[last.first_month - 1][:3]} {first.year}"
    return f"{first.short} – {last.short}"


def _ask_year(block: Block, said: list[int], answers: Answers) -> Dated:
    """Nothing says the year, or the title says another than the name: a copied sheet often keeps its old title."""
    key = f"year:{block.sheet}" if said else "year"
    found = answers.chosen.get(key)
    sure = Sure.CHOSEN if found else Sure.SUGGESTED if said else Sure.OPEN
    year = int(found) if found else said[0] if said else None
    words = "Vilket år gäller tabellen?"
    if said:
        words = f"Bladet säger {said[0]} men namnet {said[1]}. Vilket år gäller det?"
    answer = str(year) if year else ""
    asked = Asked(key=key, kind=AskedKind.YEAR, words=words, place=block.sheet, group="years", answer=answer, sure=sure)
    return Dated(year, None, asked)


def _whole(block: Block, source: str, answers: Answers) -> Dated:
    """A table that says no period, or several: the file's name, or the year in the title, is only a suggestion."""
    key = f"period:{block.sheet}"
    found = answers.chosen.get(key, "")
    answer = found or _suggested(block, source)
    asked = Asked(
        key=key, kind=AskedKind.YEAR, words="Vilken period gäller tabellen?", place=block.sheet, group="periods",
        answer=answer, sure=Sure.CHOSEN if found else Sure.SUGGESTED if answer else Sure.OPEN,
    )  # fmt: skip
    return Dated(None, parse_period(answer) if answer else None, asked)


def _suggested(block: Block, source: str) -> str:
    titled = set(block.years[0]) if block.years else set[int]()
    years = next((each.pop() for each in (titled, years_in(source)) if len(each) == 1), None)
    name = find_when(source.rpartition(".")[0])
    year = (name.year if name is not None else None) or years
    if year is None:
        return ""
    return name.period(year).id if name is not None else str(year)
