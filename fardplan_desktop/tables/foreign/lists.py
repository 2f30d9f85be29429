"""Sheets without periods along a side: lists with a period in every row, and tables of one period."""

from __future__ import annotations

from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.tables.foreign.book import Sheet, is_number
from fardplan_desktop.tables.foreign.series import UNKNOWN, Block, Series, Spot, make_block
from fardplan_desktop.tables.foreign.time_words import When, find_when, is_day, is_total, read_when

_MOSTLY = 0.8
_MOST_NUMBERS = 2000
"""No table of one period holds more."""


def listed_block(sheet: Sheet) -> Block | None:
    """A list: a column of periods, one or more of words, and one or more of numbers. None for another sheet."""
    for column in range(len(sheet.cells[0])):
        rows = [at for at, row in enumerate(sheet.cells) if read_when(row[column]) is not None]
        if len(rows) < 2 or any(is_day(row[column]) for row in sheet.cells):
            continue
        others = [each for each in range(len(sheet.cells[0])) if each != column]
        worded = [each for each in others if _share(sheet, rows, each, number=False) >= _MOSTLY]
        counted = [each for each in others if _share(sheet, rows, each, number=True) >= _MOSTLY]
        if worded and counted:
            return _listed(sheet, column, rows, worded, counted)
    return None


def _share(sheet: Sheet, rows: list[int], column: int, *, number: bool) -> float:
    """How many of the rows hold a number, or a word that is neither number nor period, in the column."""
    texts = [sheet.cells[row][column] for row in rows]
    if number:
        return sum(
            is_number(text) or (row, column) in sheet.faults for row, text in zip(rows, texts, strict=True)
        ) / len(rows)
    return sum(bool(text) and not is_number(text) and read_when(text) is None for text in texts) / len(rows)


def _listed(sheet: Sheet, when: int, rows: list[int], worded: list[int], counted: list[int]) -> Block:
    """Rows of the same words are one series, with a place for every period of the list."""
    found: dict[tuple[tuple[str, ...], int], dict[tuple[When, int], Spot]] = {}
    for row in rows:
        period = read_when(sheet.cells[row][when])
        assert period is not None, "the rows were chosen by it"
        words = tuple(sheet.cells[row][each] for each in worded)
        for column in counted:
            spots = found.setdefault((words, column), {})
            again = sum(key[0] == period for key in spots)
            text, fault = sheet.cells[row][column], sheet.faults.get((row, column), "")
            spots[period, again] = Spot(period, text, row, column, fault)
    places = sorted({key for spots in found.values() for key in spots}, key=lambda key: (str(key[0]), key[1]))
    series: list[Series] = []
    for (words, column), spots in found.items():
        told = (*words, _above(sheet, rows[0], column)) if len(counted) > 1 else words
        first = next(iter(spots.values()))
        filled = tuple(spots.get(key, Spot(key[0], "", first.row, first.column)) for key in places)
        series.append(
            Series(
                tuple(word for word in told if (word and not is_total(word)) or word == told[-1]),
                "",
                filled,
                first.row,
                column,
            )
        )
    return make_block(sheet.name, _texts_above(sheet, rows[0]), tuple(series))


def _above(sheet: Sheet, first: int, column: int) -> str:
    return next((sheet.cells[row][column] for row in range(first - 1, -1, -1) if sheet.cells[row][column]), "")


def _texts_above(sheet: Sheet, first: int) -> list[list[str]]:
    return [list(filter(None, dict.fromkeys(sheet.cells[row]))) for row in range(first - 1, -1, -1)]


def one_period(sheet: Sheet) -> tuple[Block, ...]:
    """A table without periods in it, whose title or sheet says for which one it holds."""
    tall = [
        column
        for column in range(len(sheet.cells[0]))
        if sum(is_number(row[column]) for row in sheet.cells) and not _is_numbering(sheet, column)
    ]
    rows = [at for at, row in enumerate(sheet.cells) if any(is_number(row[column]) for column in tall)]
    if not rows or len(rows) * len(tall) > _MOST_NUMBERS:
        return ()
    above = _texts_above(sheet, rows[0])
    when = _said_by([*(text for texts in above for text in texts), sheet.name])
    series = tuple(_single(sheet, at, column, when, rows[0], several=len(tall) > 1) for at in rows for column in tall)
    series = tuple(each for each in series if each.spots[0].text or each.spots[0].fault)
    return (make_block(sheet.name, above, series),)


def _said_by(titles: list[str]) -> When:
    """The period that titles agree on. A copied sheet may have a title that its name contradicts, and a year
    alone need not mean the whole of it: both are asked about."""
    found = [when for text in titles if (when := find_when(text)) is not None]
    short = [when for when in found if when.type is not PeriodType.YEAR]
    return short[0] if len({when._replace(year=None) for when in short}) == 1 else UNKNOWN


def _is_numbering(sheet: Sheet, column: int) -> bool:
    """1, 2, 3 … before the words of the rows."""
    numbers = [row[column] for row in sheet.cells if is_number(row[column])]
    after = any(not is_number(text) and text for row in sheet.cells for text in row[column + 1 :])
    return after and len(numbers) > 1 and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def _single(sheet: Sheet, at: int, column: int, when: When, first: int, *, several: bool) -> Series:
    cells = sheet.cells[at]
    words = [text for text in cells[:column] if text and not is_number(text)]
    above = _above(sheet, first, column)
    if several and above:
        words.append(above)
    spot = Spot(when, cells[column], at, column, sheet.faults.get((at, column), ""))
    return Series(tuple(dict.fromkeys(words)), "", (spot,), at, column)
