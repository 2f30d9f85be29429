"""Where the numbers of a sheet stand: blocks with periods along one side and series along the other.

Months may run across or down; a sheet where they run down is turned, so that there is only one case below. A block is a
run of periods in one line, and the lines of numbers after it up to the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from fardplan_desktop.domain.periods import MONTH_NAMES, PeriodType
from fardplan_desktop.tables.foreign.book import Sheet, is_number
from fardplan_desktop.tables.foreign.lists import listed_block, one_period
from fardplan_desktop.tables.foreign.series import Block, Series, Spot, make_block
from fardplan_desktop.tables.foreign.time_words import When, is_total, read_when, without_days, years_in

_MOST_CELLS = 200_000
"""A table of counts is not larger."""
_TITLE_ROWS = 12
_HEADS = ("år", "mått", "period", "månad", "kvartal", "tertial", "enhet", "verksamhet")
"""What may stand before a row of years."""
_MONTH_WORDS = ("månad", "mån", "månadsnr")


class _Run(NamedTuple):
    """Periods in one line: places in order, None being a sum; ``before`` is where the last run ended. Periods of
    another type than ``common`` are totals too."""

    line: int
    places: tuple[tuple[int, When | None], ...]
    before: int
    title: str = ""

    @property
    def common(self) -> PeriodType:
        return Counter(when.type for _, when in self.places if when is not None).most_common(1)[0][0]


def find_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """The blocks of a sheet; none when no period is found near any numbers, or when it is too large."""
    if is_too_large(sheet):
        return ()
    turned = sheet.turned()
    across, down = _runs(sheet), _runs(turned)
    listed = listed_block(sheet) if _longest(across) < 2 else None
    if listed is not None:
        return (listed,)
    longest = (_longest(across), _longest(down))
    if max(longest) >= 2:
        if longest[1] > longest[0]:
            return _blocks(turned, down, sheet, is_turned=True)
        return _blocks(sheet, across, sheet)
    single = _blocks(sheet, across, sheet) if across else ()
    single = tuple(block for block in single if any(is_number(s.text) for each in block.series for s in each.spots))
    return single or one_period(sheet)


def is_too_large(sheet: Sheet) -> bool:
    """Whether a sheet has more cells than a table of counts; a part of it would give wrong sums."""
    return len(sheet.cells) * len(sheet.cells[0]) > _MOST_CELLS


def _longest(runs: list[_Run]) -> int:
    return max((sum(when is not None for _, when in run.places) for run in runs), default=0)


# -- runs ---------------------------------------------------------------------------------


def _runs(sheet: Sheet) -> list[_Run]:
    """Every run of periods, line by line. Runs of one period count only where there is none of two or more."""
    found = [run for line in range(len(sheet.cells)) for run in _runs_in(sheet, line)]
    long = {run.line for run in found if sum(when is not None for _, when in run.places) >= 2}
    return [run for run in found if run.line in long or not long]


def _runs_in(sheet: Sheet, line: int) -> Iterator[_Run]:
    """A line is cut where a period comes again, and at a text that is neither period nor total."""
    cells = without_days(_numbered_months(sheet.cells[line]))
    if _is_year_row(cells):
        return
    places: list[tuple[int, When | None]] = []
    seen: set[When] = set()
    before, title, year = -1, "", None

    def run() -> Iterator[_Run]:
        if seen:
            yield _Run(line, tuple(places), before, title)

    for place, text in enumerate(cells):
        if not text or (line, place) in sheet.merged:
            continue
        when = read_when(text)
        if when is None and is_total(text) and seen:
            if before < 0 or not text.casefold().startswith("totalsumma"):  # of all runs, and not of this one
                places.append((place, None))
            continue
        told = _dated(sheet, line, place, when, year)
        if _heads_months(cells, place, when):
            assert when is not None
            yield from run()
            before, title, year, places, seen = place, text, when.year, [], set()
        elif told is None or told in seen:
            if seen and (told is not None or not is_number(text)):
                yield from run()
                before, title, places, seen = (places[-1][0], "", [], set())
            if told is None:
                title = text
                year = min(years) if len(years := years_in(text)) == 1 else year if is_number(text) else None
        if told is not None and not _heads_months(cells, place, when):
            places.append((place, told))
            seen.add(told)
    yield from run()


def _is_year_row(cells: tuple[str, ...]) -> bool:
    """Years that come again and again belong to the periods in the line before or after. Counts have words before."""
    words = (text for text in cells if text and read_when(text) is None)
    if any(text.casefold().rstrip(".:") not in _HEADS for text in words):
        return False
    years = [when.year for text in cells if (when := read_when(text)) is not None and when.type is PeriodType.YEAR]
    return len(years) > len(set(years))


def _numbered_months(cells: tuple[str, ...]) -> tuple[str, ...]:
    """1, 2, 3 … after the word Månad are months."""
    words = [place for place, text in enumerate(cells) if text.casefold().rstrip(".") in _MONTH_WORDS]
    if not words:
        return cells
    numbers = [(place, text) for place, text in enumerate(cells) if place > words[0] and text]
    run = [(place, int(text)) for place, text in numbers if text.isdecimal() and 1 <= int(text) <= 12]
    if len(run) < 2 or any(after[1] != one[1] + 1 for one, after in pairwise(run)):
        return cells
    named = {place: MONTH_NAMES[number - 1] for place, number in run}
    return tuple(named.get(place, text) for place, text in enumerate(cells))


def _heads_months(cells: tuple[str, ...], place: int, when: When | None) -> bool:
    """Whether a year stands before months without year, as in a pivot: it is their year."""
    if when is None or when.type is not PeriodType.YEAR or when.year is None:
        return False
    following = next((text for text in cells[place + 1 :] if text), "")
    found = read_when(following)
    return found is not None and found.type is not PeriodType.YEAR and found.year is None


def _dated(sheet: Sheet, line: int, place: int, when: When | None, year: int | None) -> When | None:
    """The period with the year that stands over it, in the lines before its own, or before it in its line."""
    if when is None or when.year is not None:
        return when
    below = sheet.cells[line + 1][place] if line + 1 < len(sheet.cells) and _is_year_row(sheet.cells[line + 1]) else ""
    if years_in(below):
        return when._replace(year=min(years_in(below)))
    for above in range(line - 1, max(-1, line - 4), -1):
        cells = sheet.cells[above]
        for at in range(place, max(-1, place - 14), -1):
            years = years_in(cells[at]) if read_when(cells[at]) or len(cells[at]) < 16 else set()
            if len(years) == 1:
                return when._replace(year=min(years))
            if cells[at]:
                break
    return when._replace(year=year)


# -- blocks -------------------------------------------------------------------------------


def _blocks(sheet: Sheet, runs: list[_Run], original: Sheet, *, is_turned: bool = False) -> tuple[Block, ...]:
    lines = sorted({run.line for run in runs})
    taken = {run.line: {place for each in runs if each.line == run.line for place, _ in each.places} for run in runs}
    found: list[Block] = []
    for run in runs:
        end = next((line for line in lines if line > run.line), len(sheet.cells))
        series = tuple(
            each._replace(words=tuple(dict.fromkeys((word, *each.words)))) if word else each
            for word, part in _parts(sheet, run)
            for each in _series(sheet, run, part, end, taken[run.line], is_turned=is_turned)
        )
        if series:
            top = min(place for place, _ in run.places) if is_turned else run.line
            rows = [[_over(sheet, run)], [run.title], *_titles(original, top)]
            found.append(make_block(original.name, rows, series))
    return tuple(found)


def _parts(sheet: Sheet, run: _Run) -> list[tuple[str, _Run]]:
    """The run as it is, or one for each word under its periods when these stand over several places: Budget, Utfall."""
    below = sheet.cells[run.line + 1] if run.line + 1 < len(sheet.cells) else ()
    found: dict[str, list[tuple[int, When | None]]] = {}
    ends = [place for place, _ in run.places[1:]] + [len(below)]
    for (place, when), end in zip(run.places, ends, strict=True):
        for at in range(place, end):
            word = below[at] if at < len(below) and _is_title(below[at]) else ""
            covered = (run.line, at) in sheet.merged or (not sheet.cells[run.line][at] and len(run.places) > 1)
            if at > place and not (word and covered):
                break
            year = min(years_in(word), default=None) if read_when(word) else None
            found.setdefault(word, []).append((at, when._replace(year=year) if when and year else when))
    if sum(map(len, found.values())) == len(run.places):
        return [("", run)]
    return [(word, run._replace(places=tuple(places))) for word, places in found.items()]


def _over(sheet: Sheet, run: _Run) -> str:
    """The nearest word in the lines before that stands at the places of the run, as a unit over its months."""
    first, last = run.places[0][0], run.places[-1][0]
    for line in range(run.line - 1, max(-1, run.line - 3), -1):
        for text in sheet.cells[line][first : last + 1]:
            if _is_title(text) and read_when(text) is None:
                return text
    return ""


def _series(sheet: Sheet, run: _Run, part: _Run, end: int, taken: set[int], *, is_turned: bool) -> Iterator[Series]:
    first = run.places[0][0]
    labels = [place for place in range(first) if place > run.before and place not in taken] or []
    if not any(sheet.cells[line][place] for line in range(run.line + 1, end) for place in labels):
        labels = [place for place in range(first) if place not in taken]
    raw: list[tuple[int, tuple[str, ...], tuple[Spot, ...]]] = []
    for line in range(run.line + 1, end):
        cells = sheet.cells[line]
        if _is_year_row(cells):
            continue
        texts = tuple(cells[place] if _is_title(cells[place]) else "" for place in labels)
        spots = tuple(_spot(sheet, line, at, run.common, is_turned=is_turned) for at in part.places)
        raw.append((line, texts, spots))
    yield from _worded(raw, part, is_turned=is_turned)


def _spot(sheet: Sheet, line: int, at: tuple[int, When | None], common: PeriodType, *, is_turned: bool) -> Spot:
    place, when = at
    row, column = (place, line) if is_turned else (line, place)
    text = "" if (line, place) in sheet.merged else sheet.cells[line][place]
    total = when is None or when.type is not common
    return Spot(when, text, row, column, sheet.faults.get((line, place), ""), total)


def _worded(
    raw: list[tuple[int, tuple[str, ...], tuple[Spot, ...]]], run: _Run, *, is_turned: bool
) -> Iterator[Series]:
    """Lines with their words. A blank outer word is that of the line before; what all share says nothing."""
    filled = [any(spot.text or spot.fault for spot in spots) for _, _, spots in raw]
    shared = _shared([texts for (_, texts, _), full in zip(raw, filled, strict=True) if full])
    heading, outer = "", list[str]()
    for (line, texts, spots), full in zip(raw, filled, strict=True):
        words = _inherit(texts, outer)
        if not full:
            heading = next((text for text in reversed(texts) if text), heading)
            outer = list(texts) if any(texts) else outer
            continue
        outer = list(words)
        told = tuple(dict.fromkeys(word for at, word in enumerate(words) if word and at not in shared))
        row, column = (run.places[0][0], line) if is_turned else (line, run.places[0][0])
        yield Series(told, heading, spots, row, column)


def _inherit(texts: tuple[str, ...], outer: list[str]) -> tuple[str, ...]:
    """Blank words outside the innermost one are those of the line before."""
    inner = max((at for at, text in enumerate(texts) if text), default=-1)
    return tuple(text or (outer[at] if at < inner and at < len(outer) else "") for at, text in enumerate(texts))


def _shared(lines: list[tuple[str, ...]]) -> set[int]:
    """Places where every line says the same, when there are several lines: a title, not a word of the line."""
    if len(lines) < 2:
        return set()
    return {at for at, column in enumerate(zip(*lines, strict=True)) if len(set(column)) == 1}


def _titles(sheet: Sheet, top: int) -> Iterator[list[str]]:
    """Texts in the rows above a block, nearest first, that are neither months nor numbers."""
    for row in range(top - 1, max(-1, top - _TITLE_ROWS), -1):
        yield [text for text in dict.fromkeys(sheet.cells[row]) if _is_title(text)]


def _is_title(text: str) -> bool:
    """A word, or a year that stands alone; no number, and no shorter period."""
    when = read_when(text)
    return bool(text) and (not is_number(text) if when is None else when.type is PeriodType.YEAR)
