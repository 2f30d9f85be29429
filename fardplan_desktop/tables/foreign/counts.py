"""A foreign workbook of counts as counts: lines named, periods dated, sums checked, and what is unsure asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from fardplan_desktop.domain.codebook import OverTime
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.domain.sheets import LEAVE, MISSING, ZERO, Answers, Asked, AskedKind, Option, Sure, Understanding
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount, TableContent, TableKind
from fardplan_desktop.tables.foreign.amounts import read_amount
from fardplan_desktop.tables.foreign.blocks import find_blocks, is_too_large
from fardplan_desktop.tables.foreign.book import Book, place_name
from fardplan_desktop.tables.foreign.checking import differences
from fardplan_desktop.tables.foreign.dating import (
    Dated,
    date_block,
    period_of_spot,
    period_options,
    span_words,
    year_options,
)
from fardplan_desktop.tables.foreign.lines import Line, Role, read_lines
from fardplan_desktop.tables.foreign.series import Block, Spot
from fardplan_desktop.tables.foreign.time_words import is_total
from fardplan_desktop.tables.foreign.totals import Number, Sum, line_differences
from fardplan_desktop.tables.foreign.units import settle_same, settle_units
from fardplan_desktop.tables.foreign.words import Lexicon

DASH = "dash"
LEAVE_OUT = Option(LEAVE, "Ta inte med")
_SHOWN = 6
_SUMS = {Role.TOTAL: "summor", Role.WORKED_OUT: "uträknade värden", Role.BEFORE: "jämförelser med tidigare år"}


class _Cell(NamedTuple):
    """A cell that is taken. ``amount`` is None while it waits for an answer."""

    line: Line
    period: Period
    spot: Spot
    amount: Amount | None

    @property
    def id(self) -> str:
        return f"{self.line.meaning}@{self.period.id}"


def understand_counts(book: Book, lexicon: Lexicon, answers: Answers, today: date) -> Understanding:
    """All that the sheets of the book say about counts."""
    return _Reading(book, lexicon, answers, today).understanding()


class _Reading:
    def __init__(self, book: Book, lexicon: Lexicon, answers: Answers, today: date) -> None:
        self._book, self._lexicon, self._answers, self._today = book, lexicon, answers, today
        self._blocks = blocks = tuple(block for sheet in book.sheets for block in find_blocks(sheet))
        self._dated: dict[int, Dated] = {id(block): date_block(block, book.source, answers) for block in blocks}
        self._cells_asked: dict[str, tuple[str, list[Spot], Block]] = {}
        self._dashes: list[tuple[Block, Spot]] = []
        self._future: set[Period] = set()
        lines = [self._told_year(line) for line in read_lines(blocks, lexicon, answers)]
        self._units = settle_units(lines, self._numbers, lexicon.book, answers)
        self._lines = self._units.lines

    def understanding(self) -> Understanding:
        cells = [cell for line in self._taken() for cell in self._cells(line)]
        overlapping = self._overlapping(cells)
        same = settle_same(overlapping, self._lexicon.book, self._answers)
        kept = {id(line.series) for line in same.lines}
        asked_twice = {id(line.series) for lines in overlapping.values() for line in lines}
        cells = [cell for cell in cells if id(cell.line.series) in kept or id(cell.line.series) not in asked_twice]
        cells, longer = self._without_longer(cells)
        counts = tuple(self._counts(cells))
        told = (*differences(self._lines, self._lexicon, self._period, self._number), *longer)
        asked = (*self._years(), *self._dash(), *self._line_asks(), *self._units.asked, *same.asked, *self._bad_cells())
        done = not any(each.sure.waits for each in asked)
        return Understanding(
            kind=TableKind.COUNTS, source=self._book.source, asked=asked, size=len(counts),
            options={**self._options(), **self._units.options, **same.options},
            differences=told, notes=tuple(self._all_notes()),
            content=TableContent(
                kind=TableKind.COUNTS, source=self._book.source, sha256=self._book.sha256, counts=counts
            ) if done and counts else None,
        )  # fmt: skip

    # -- lines ----------------------------------------------------------------------------

    def _told_year(self, line: Line) -> Line:
        """A line that speaks of another year than its block is a comparison, unless it fills the block's periods."""
        dated = self._dated[id(line.block)]
        spots = [spot for spot in line.series.spots if not spot.total]
        own = {spot.when.year for spot in spots if spot.when is not None} - {None} or {dated.year}
        if line.year is None or line.year in own or line.series.own_year is not None:
            return line
        full = sum(bool(spot.text) for spot in spots) * 2 > len(spots)
        explicit = any(spot.when is not None and spot.when.year for spot in spots)
        return line if full and not explicit and len(spots) > 1 else line._replace(role=Role.BEFORE)

    def _taken(self) -> Iterator[Line]:
        for line in self._lines:
            if line.role is Role.MEASURE and line.meaning not in ("", LEAVE):
                yield line

    def _period(self, line: Line, spot: Spot) -> Period | None:
        return period_of_spot(spot, self._dated[id(line.block)], line.year)

    def _number(self, line: Line, spot: Spot) -> Number:
        found = read_amount(spot.text, self._lexicon.words)
        n = found.n if isinstance(found, Amount) else None
        return Number(n, line.block.sheet, spot.row, spot.column)

    def _numbers(self, line: Line) -> list[Number]:
        return [self._number(line, spot) for spot in line.series.spots if not spot.total]

    # -- cells ----------------------------------------------------------------------------

    def _cells(self, line: Line) -> Iterator[_Cell]:
        for spot in line.series.spots:
            if spot.total or not (spot.text or spot.fault):
                continue
            period = self._period(line, spot)
            if period is not None and period.start > self._today:
                self._future.add(period)
                continue
            amount = self._amount(line, spot)
            if period is not None and period.end >= self._today and amount is not None and not amount.n:
                self._future.add(period)  # nothing yet, in a period that is not over, is no zero
                continue
            if period is not None and not (amount is None and self._left_out(spot)):
                yield _Cell(line, period, spot, amount)

    def _amount(self, line: Line, spot: Spot) -> Amount | None:
        found = NotAnAmount("", spot.fault) if spot.fault else read_amount(spot.text, self._lexicon.words)
        if isinstance(found, Ambiguous):
            self._dashes.append((line.block, spot))
            answer = (self._answers.find(DASH) or ("", Sure.OPEN))[0]
            return Amount(CountState.REPORTED, 0) if answer == ZERO else Amount(CountState.MISSING) if answer else None
        if isinstance(found, NotAnAmount):
            key = _cell_key(spot)
            self._cells_asked.setdefault(key, (found.what, [], line.block))[1].append(spot)
            answer = (self._answers.find(key) or ("", Sure.OPEN))[0]
            return Amount(CountState.MISSING) if answer == MISSING else None
        return found

    def _left_out(self, spot: Spot) -> bool:
        return (self._answers.find(_cell_key(spot)) or ("", Sure.OPEN))[0] == LEAVE

    def _overlapping(self, cells: list[_Cell]) -> dict[str, list[Line]]:
        """Lines that say the same of the same period, by meaning; units that are to be added are not asked again."""
        found: dict[str, dict[int, Line]] = {}
        standing: dict[str, list[Line]] = {}
        for cell in cells:
            standing.setdefault(cell.id, []).append(cell.line)
        for lines in standing.values():
            if len(lines) > 1 and not all(line.key in self._units.added for line in lines):
                found.setdefault(lines[0].meaning, {}).update({id(line.series): line for line in lines})
        return {meaning: list(lines.values()) for meaning, lines in found.items()}

    def _without_longer(self, cells: list[_Cell]) -> tuple[list[_Cell], list[str]]:
        """A tertial whose months are here too is their sum, and would count twice."""
        by_meaning: dict[str, list[_Cell]] = {}
        for cell in cells:
            by_meaning.setdefault(cell.line.meaning, []).append(cell)
        kept: list[_Cell] = []
        told: list[str] = []
        for group in by_meaning.values():
            for cell in group:
                parts = [each for each in group if each.period != cell.period and cell.period.contains(each.period)]
                if not parts:
                    kept.append(cell)
                    continue
                numbers = [(each.period, self._number(each.line, each.spot)) for each in parts]
                total = Sum(self._number(cell.line, cell.spot), cell.period)
                told += line_differences(f"”{cell.line.words}”", [*numbers, total], self._over_time(cell.line))
        return kept, told

    def _counts(self, cells: Iterable[_Cell]) -> Iterator[Count]:
        grouped: dict[str, list[_Cell]] = {}
        for cell in cells:
            grouped.setdefault(cell.id, []).append(cell)
        for group in grouped.values():
            amounts = [cell.amount for cell in group if cell.amount is not None]
            if not amounts:
                continue
            state, n, comment = _added(amounts, len(group))
            measure, _, part = group[0].line.meaning.partition("/")
            breakdown, _, value = part.partition("/")
            yield Count(
                measure=measure, period=group[0].period.id, breakdown=breakdown or None, value=value or None,
                state=state, n=n, comment=comment,
            )  # fmt: skip

    # -- what is asked --------------------------------------------------------------------

    def _years(self) -> Iterator[Asked]:
        asked = {dated.asked.key: dated.asked for dated in self._dated.values() if dated.asked is not None}
        yield from asked.values()

    def _dash(self) -> Iterator[Asked]:
        if self._dashes:
            block, spot = self._dashes[0]
            answer, sure = self._answers.find(DASH) or ("", Sure.OPEN)
            yield Asked(
                key=DASH, kind=AskedKind.DASH, words="Betyder '-' 0 eller att uppgift saknas?",
                place=place_name(block.sheet, spot.row, spot.column), detail=_rooms(len(self._dashes)), group=DASH,
                answer=answer, sure=sure,
            )  # fmt: skip

    def _line_asks(self) -> Iterator[Asked]:
        by_key: dict[str, list[Line]] = {}
        for line in self._lines:
            if line.role is Role.MEASURE:
                by_key.setdefault(line.key, []).append(line)
        for key, lines in by_key.items():
            first = lines[0]
            filled = [(line, s) for line in lines for s in line.series.spots if s.text and not s.total]
            periods = [period for line, spot in filled if (period := self._period(line, spot))]
            detail = " · ".join(filter(None, (span_words(periods), _rooms(len(filled)))))
            yield Asked(
                key=key, kind=AskedKind.LINE, words=self._words(first), detail=detail,
                place=place_name(first.block.sheet, first.series.row, first.series.column),
                group=f"parts:{first.context}" if first.context else "measures", answer=first.meaning, sure=first.sure,
            )  # fmt: skip

    def _words(self, line: Line) -> str:
        outer = [word for word in (line.series.heading, *line.series.words) if word and word != line.words]
        return (
            f"{outer[-1]} › {line.words}"
            if outer and ("/" in line.meaning or is_total(line.words))
            else line.words or "(utan rubrik)"
        )

    def _bad_cells(self) -> Iterator[Asked]:
        for key, (what, spots, block) in self._cells_asked.items():
            answer, sure = self._answers.find(key) or ("", Sure.OPEN)
            place = place_name(block.sheet, spots[0].row, spots[0].column)
            yield Asked(
                key=key, kind=AskedKind.CELL, words=what, place=place, detail=_rooms(len(spots)), group="cell",
                answer=answer, sure=sure,
            )  # fmt: skip

    def _options(self) -> dict[str, tuple[Option, ...]]:
        book = self._lexicon.book
        measures = tuple(Option(each.id, f"{each.id} {each.label}") for each in book.measures if book.offered(each))
        found: dict[str, tuple[Option, ...]] = {
            "measures": (LEAVE_OUT, *measures),
            "cell": (Option(LEAVE, "Ta inte med rutan"), Option(MISSING, "Uppgift saknas")),
            DASH: (Option(MISSING, "Uppgift saknas"), Option(ZERO, "Det är 0")),
            "years": year_options(self._today),
            "periods": period_options(self._today, book.reporting.type),
        }
        for context in {line.context for line in self._lines if line.context}:
            parts = tuple(
                Option(f"{context}/{list_id}/{code.id}", f"{context} {book.list(list_id).label.lower()}: {code.label}")
                for list_id in book.measure(context).breakdowns
                for code in book.list(list_id).codes
            )
            found[f"parts:{context}"] = (LEAVE_OUT, *parts, *measures)
        return found

    # -- what is said ---------------------------------------------------------------------

    def _over_time(self, line: Line) -> OverTime:
        return self._lexicon.book.measure(line.measure).over_time

    def _all_notes(self) -> Iterator[str]:
        for role, what in _SUMS.items():
            names = list(dict.fromkeys(line.words for line in self._lines if line.role is role))
            if names:
                yield f"Inte med, {what}: {_list(names)}."
        parts = list(dict.fromkeys(line.words for line in self._lines if line.role is Role.PART))
        if parts:
            yield f"Inte med, ingår i totalen: {_list(parts)}."
        if self._future:
            yield f"Inte med, perioder som inte är slut: {span_words(sorted(self._future))}."
        large = [sheet.name or self._book.source for sheet in self._book.sheets if is_too_large(sheet)]
        if large:
            yield f"Inte med, blad som är för stora för att vara en tabell över antal: {_list(large)}."
        yield from self._book.hidden_notes


def _added(amounts: list[Amount], rows: int) -> tuple[CountState, int | None, str | None]:
    """One amount as it is. Several are added; a sum that some rows are missing from is an estimate, and says so."""
    if rows == 1:
        return amounts[0].state, amounts[0].n, None
    numbers = [amount.n for amount in amounts if amount.n is not None]
    aside = [amount for amount in amounts if amount.state is CountState.NOT_APPLICABLE]
    if not numbers:
        return (CountState.NOT_APPLICABLE if len(aside) == rows else CountState.MISSING), None, None
    whole = rows - len(aside)
    if len(numbers) < whole:
        return CountState.ESTIMATED, sum(numbers), f"Summan av {len(numbers)} av {whole} rader; övriga saknas."
    sure = all(amount.state is not CountState.ESTIMATED for amount in amounts)
    return (CountState.REPORTED if sure else CountState.ESTIMATED), sum(numbers), None


def _cell_key(spot: Spot) -> str:
    return f"cell:{(spot.fault or spot.text).casefold()[:60]}"


def _rooms(number: int) -> str:
    return f"{number} {'ruta' if number == 1 else 'rutor'}"


def _list(names: Iterable[str]) -> str:
    told = [f"”{name}”" for name in names]
    return ", ".join(told[:_SHOWN]) + (f" och {len(told) - _SHOWN} till" if len(told) > _SHOWN else "")
