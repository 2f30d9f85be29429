"""Which measure, or part of one, a line of numbers is; and which lines are sums, shares or last year's instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from fardplan_desktop.domain.sheets import LEAVE, Answers, Sure
from fardplan_desktop.domain.tabular import Amount
from fardplan_desktop.tables.foreign.amounts import read_amount
from fardplan_desktop.tables.foreign.book import is_amount
from fardplan_desktop.tables.foreign.series import Block, Series
from fardplan_desktop.tables.foreign.time_words import is_total, years_in
from fardplan_desktop.tables.foreign.totals import Number, sums_up
from fardplan_desktop.tables.foreign.words import Lexicon
from fardplan_desktop.tables.values import folded

_YEAR = re.compile(r"\(?(?<![0-9])20[1-4][0-9](?![0-9])\)?")
_PER = re.compile(
    r"\b(?:(?:per|uppdelat på|fördelat på) (?:månad|enhet|verksamhet|område|kommun|år|tertial|kvartal)(?:er)?"
    r"|(?:i|för) (?:kommunen|enheten|verksamheten))\b"
)
_PIVOT = re.compile(r"^(?:summa|antal) av (?=\S)")
_AROUND = re.compile(r"\s[–—-]\s.*$|,.*$|^.*?\s[–—-]\s")
_PLANNED = re.compile(r"\b(?:prognos|budget|målvärden?|målnivåer?)\b|^mål\b(?! och)", re.IGNORECASE)
"""What a table says over itself when its numbers may be wanted ones and not counted ones."""
_NEAREST = 2
_MOST_WORDS = 120
_MANY = 4


class Role(Enum):
    MEASURE = "measure"
    UNIT = "unit"
    """One of several lines under a measure that are not known to be parts of it."""
    TOTAL = "total"
    WORKED_OUT = "worked out"
    BEFORE = "before"
    NO_NUMBERS = "no numbers"
    PART = "part"
    """A unit whose numbers stand in a total that is taken."""


class Line(NamedTuple):
    """``meaning`` is a measure, or measure/breakdown/value; ``context`` the measure that it may be a part of."""

    block: Block
    series: Series
    key: str
    words: str
    role: Role
    meaning: str = ""
    sure: Sure = Sure.OPEN
    context: str = ""
    year: int | None = None

    @property
    def measure(self) -> str:
        return self.meaning.partition("/")[0]


def read_lines(blocks: tuple[Block, ...], lexicon: Lexicon, answers: Answers) -> list[Line]:
    """Every line of numbers in the blocks, in order."""
    return [line for block in blocks for line in _BlockReader(block, lexicon, answers).lines()]


class _BlockReader:
    """Goes through the lines of a block and remembers what they may be parts of."""

    def __init__(self, block: Block, lexicon: Lexicon, answers: Answers) -> None:
        self._block, self._lexicon, self._answers = block, lexicon, answers
        self._title = next((found for text in block.titles if (found := self._measure(text))), "")
        self._planned = any(map(_PLANNED.search, (block.sheet, *block.titles[:_NEAREST])))
        self._measure_line = ""
        self._list = ""
        self._parts: dict[str, list[list[Number]]] = {}

    def lines(self) -> Iterator[Line]:
        most = max((_filled(series) for series in self._block.series), default=0)
        above: Series | None = None
        for series in self._block.series:
            line = self._read(series)
            if "/" in line.meaning or line.role is Role.UNIT:  # the same words belong to other measures elsewhere
                line = line._replace(key=f"line:{line.context} › {line.key.removeprefix('line:')}")
            if line.sure is Sure.KNOWN and self._planned:
                line = line._replace(sure=Sure.SUGGESTED, key=f"planned:{line.key}")
            line = self._answered(line)
            if line.sure is Sure.KNOWN and most >= _MANY and _filled(series) == 1 and _gap(above, series):
                line = line._replace(sure=Sure.SUGGESTED)  # may be a summary that only stands under the table
            above = series
            if line.role is Role.MEASURE and line.meaning and "/" not in line.meaning and line.meaning != LEAVE:
                self._measure_line, self._list = line.meaning, ""
            yield line

    def _read(self, series: Series) -> Line:
        words = tuple(word for word in series.words if self._lexicon.measures.key(_bare(word)))
        shown = words[-1] if words else series.heading or next(iter(self._block.titles), "")
        key = "line:" + " › ".join(folded(_bare(word)) for word in (series.heading, *words) if word)[:_MOST_WORDS]
        if not words and not series.heading:
            key = f"line:{folded(_bare(shown))[:_MOST_WORDS]}"
        line = Line(
            self._block,
            series,
            key,
            shown[:_MOST_WORDS],
            Role.MEASURE,
            year=series.own_year or _year(shown, series.heading),
        )
        return self._understood(line, words)

    def _understood(self, line: Line, words: tuple[str, ...]) -> Line:
        series, lexicon = line.series, self._lexicon
        around = (series.heading, *words)
        if any(lexicon.is_worked_out(word) for word in words[-1:]):
            return line._replace(role=Role.WORKED_OUT)
        if any(lexicon.is_worked_out(word) for word in series.words[:1]):
            return line._replace(role=Role.WORKED_OUT, words=f"{series.words[0]} › {line.words}")
        if any(map(lexicon.is_before, around)):
            return line._replace(role=Role.BEFORE)
        if not any(is_amount(spot.text) or spot.fault for spot in series.spots) and not _countlike(series):
            return line._replace(role=Role.NO_NUMBERS)
        inner, outer = line.words, self._outer(series, words)
        found = self._measure(inner)
        if found and not (is_total(inner) and outer):
            return line._replace(meaning=found, sure=Sure.KNOWN, context=found)
        if any(map(is_total, around)):
            return self._total(line, outer)
        joined = self._measure(" ".join(words)) or self._measure(f"{series.heading} {inner}")
        if joined:
            return line._replace(meaning=joined, sure=Sure.KNOWN, context=joined)
        return self._part(line, outer) or self._near(line, words, outer)

    def _outer(self, series: Series, words: tuple[str, ...]) -> str:
        """The measure that the words around a line name."""
        return next((found for word in (*reversed(words[:-1]), series.heading) if (found := self._measure(word))), "")

    def _total(self, line: Line, outer: str) -> Line:
        """The sum of a measure's parts is the measure itself; any other sum only repeats what its lines say."""
        parts = self._parts.get(outer, [])
        if outer and outer != self._measure_line and is_total(line.words):
            if parts and sums_up(self._numbers(line.series), parts):
                return line._replace(meaning=outer, sure=Sure.KNOWN, context=outer)
            if parts or self._outer(line.series._replace(heading=""), line.series.words):
                return line._replace(meaning=outer, sure=Sure.SUGGESTED, context=outer)
        return line._replace(role=Role.TOTAL, context=outer or self._title)

    def _numbers(self, series: Series) -> list[Number]:
        found = [(spot, read_amount(spot.text, self._lexicon.words)) for spot in series.spots if not spot.total]
        return [
            Number(amount.n if isinstance(amount, Amount) else None, self._block.sheet, spot.row, spot.column)
            for spot, amount in found
        ]

    def _part(self, line: Line, outer: str) -> Line | None:
        """A value of a breakdown of the measure around or above it; under a heading that is only near, a suggestion."""
        around = [word for word in (*line.series.words[:-1], line.series.heading) if word]
        near = next((found for word in around if (found := self._lexicon.measures.near(_bare(word)))), None)
        context = outer or near or self._measure_line or self._title
        if not context:
            return None
        lists = self._lexicon.book.measure(context).breakdowns
        hits = [(list_id, code) for list_id in lists if (code := self._lexicon.codes(list_id).exact(line.words))]
        if not hits:
            return None
        chosen = next((hit for hit in hits if hit[0] == self._list), hits[0])
        sure = Sure.KNOWN if len(hits) == 1 or chosen[0] == self._list else Sure.SUGGESTED
        if near == context != outer:
            sure = Sure.SUGGESTED
        self._list = chosen[0]
        self._parts.setdefault(context, []).append(self._numbers(line.series))
        return line._replace(meaning=f"{context}/{chosen[0]}/{chosen[1]}", sure=sure, context=context)

    def _near(self, line: Line, words: tuple[str, ...], outer: str) -> Line:
        under = outer or self._title
        context = under or self._measure_line
        near = self._lexicon.measures.near(_bare(line.words))
        if near is None and not under:
            near = self._lexicon.measures.near(_bare(" ".join(words)))
        if near:
            return line._replace(meaning=near, sure=Sure.SUGGESTED, context=context)
        own = self._outer(line.series._replace(heading=""), words)
        unit = own or (under and not self._measure_line)
        return line._replace(role=Role.UNIT if unit else Role.MEASURE, context=context)

    def _measure(self, text: str) -> str:
        """The measure a text names, alone or between what titles say besides."""
        bare = _bare(text)
        for each in (text, bare, _AROUND.sub("", bare), re.sub(r"^.*?\s[–—-]\s", "", bare)):
            found = self._lexicon.measures.exact(each)
            if found:
                return found
        return ""

    def _answered(self, line: Line) -> Line:
        found = self._answers.find(line.key)
        if found is None or line.role not in (Role.MEASURE, Role.UNIT):
            return line
        measure, _, part = found[0].partition("/")
        if found[0] != LEAVE and measure not in self._lexicon.book.measures_by_id:
            return line
        if found[1] is Sure.REMEMBERED and part and measure != line.context:
            return line  # it was a part of another measure
        if line.role is Role.MEASURE and line.sure is Sure.KNOWN and found[1] is Sure.REMEMBERED:
            return line
        return line._replace(role=Role.MEASURE, meaning=found[0], sure=found[1])


def _bare(text: str) -> str:
    """Without years and without what says how the numbers are laid out."""
    plain = _PER.sub(" ", _YEAR.sub(" ", _PIVOT.sub("", text.casefold())))
    return " ".join(plain.split()).strip(" -–—,:()")


def _year(*texts: str) -> int | None:
    for text in texts:
        years = years_in(text)
        if len(years) == 1:
            return years.pop()
    return None


def _gap(above: Series | None, series: Series) -> bool:
    """Whether there are empty lines, or lines without numbers, before the line."""
    return above is not None and series.row - above.row + series.column - above.column > 1


def _filled(series: Series) -> int:
    return sum(bool(spot.text) and not spot.total for spot in series.spots)


def _countlike(series: Series) -> bool:
    return any(spot.text and not spot.text.strip("-–—−.< 0123456789") for spot in series.spots)
