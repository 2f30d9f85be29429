"""Where the rows of a foreign list begin, and which column is which field."""

from __future__ import annotations

from typing import NamedTuple

from fardplan_desktop.domain.sheets import LEAVE, Answers, Sure
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.tables.columns import COLUMNS, Column
from fardplan_desktop.tables.foreign.book import Sheet, is_number
from fardplan_desktop.tables.foreign.time_words import is_total
from fardplan_desktop.tables.foreign.words import Lexicon, Matcher
from fardplan_desktop.tables.values import folded

_LOOKED_AT = 40


class Heading(NamedTuple):
    """A column of the sheet. ``field`` is empty while it is not known, LEAVE when it is left out."""

    place: int
    words: str
    key: str
    field: str
    sure: Sure


class RecordTable(NamedTuple):
    sheet: Sheet
    row: int
    """Of the headings."""
    headings: tuple[Heading, ...]
    rows: tuple[int, ...]
    """Those that hold records."""
    passed: tuple[int, ...]
    """Rows of sums, notes and headings between, which are passed over."""

    @property
    def score(self) -> int:
        return sum(each.sure in (Sure.KNOWN, Sure.REMEMBERED) for each in self.headings)


def find_table(sheet: Sheet, kind: TableKind, lexicon: Lexicon, answers: Answers) -> RecordTable | None:
    """The table under the row with most known headings; None when no row has two."""
    matcher = lexicon.fields(kind)
    scored = [(_known(row, matcher), -at) for at, row in enumerate(sheet.cells[:_LOOKED_AT])]
    best = max(scored, default=(0, 0))
    if best[0] < 2:
        return None
    row = -best[1]
    headings = _headings(sheet, row, kind, matcher, answers)
    main = next((each.place for each in headings if each.field == COLUMNS[kind][0].field), -1)
    rows, passed = _rows(sheet, row, main)
    return RecordTable(sheet, row, headings, rows, passed)


def column_of(kind: TableKind, field: str) -> Column:
    return next(column for column in COLUMNS[kind] if column.field == field)


def _known(row: tuple[str, ...], matcher: Matcher) -> int:
    return len({found for text in row if (found := matcher.exact(text))})


def _headings(sheet: Sheet, row: int, kind: TableKind, matcher: Matcher, answers: Answers) -> tuple[Heading, ...]:
    """Each column that holds anything. Of two with the same meaning, the one with our own heading has it."""
    texts = [text or (sheet.cells[row - 1][at] if row else "") for at, text in enumerate(sheet.cells[row])]
    holding = {at for cells in sheet.cells[row + 1 :] for at, text in enumerate(cells) if text}
    found = [
        _heading(at, " ".join(text.split()), kind, matcher, answers)
        for at, text in enumerate(texts)
        if text and at in holding
    ]
    own = {folded(word) for column in COLUMNS[kind] for word in (column.heading, *column.older)}

    def rank(each: Heading) -> tuple[bool, bool, bool, bool, int]:
        chosen, remembered = each.sure is Sure.CHOSEN, each.sure is Sure.REMEMBERED
        return not chosen, not remembered, folded(each.words) not in own, each.sure is Sure.SUGGESTED, each.place

    taken: set[str] = set()
    settled: list[Heading] = []
    for each in sorted(found, key=rank):
        if each.field in taken and each.field != LEAVE:
            each = each._replace(field="", sure=Sure.OPEN)
        taken.add(each.field)
        settled.append(each)
    return tuple(sorted(settled, key=lambda each: each.place))


def _heading(place: int, words: str, kind: TableKind, matcher: Matcher, answers: Answers) -> Heading:
    key = f"column:{folded(words)[:80]}"
    said = answers.find(key)
    valid = {column.field for column in COLUMNS[kind]} | {LEAVE}
    if said is not None and said[0] in valid:
        return Heading(place, words, key, said[0], said[1])
    exact = matcher.exact(words)
    if exact:
        return Heading(place, words, key, exact, Sure.KNOWN)
    near = matcher.near(words)
    return Heading(place, words, key, near or "", Sure.SUGGESTED if near else Sure.OPEN)


def _rows(sheet: Sheet, heading: int, main: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rows with records, and those that only look like some: sums, headings between, and notes after a gap."""
    rows: list[int] = []
    passed: list[int] = []
    after_gap = False
    for at in range(heading + 1, len(sheet.cells)):
        cells = sheet.cells[at]
        if not any(cells):
            after_gap = bool(rows)
        elif _is_no_record(sheet, at, main, after_gap=after_gap) or cells == sheet.cells[heading]:
            passed.append(at)
        else:
            rows.append(at)
            after_gap = False
    return tuple(rows), tuple(passed)


def _is_no_record(sheet: Sheet, at: int, main: int, *, after_gap: bool) -> bool:
    """A row of sums; or one with a single text that is merged over columns, follows a gap or stands beside the rest."""
    cells = sheet.cells[at]
    if is_total(next((text for text in cells if text and not is_number(text)), "")):
        return True
    texts = [place for place, text in enumerate(cells) if text and (at, place) not in sheet.merged]
    wide = any(cells[place : place + 2] == (cells[place],) * 2 and (at, place + 1) in sheet.merged for place in texts)
    return len(texts) <= 1 and (after_gap or wide or (main >= 0 and not cells[main]))
