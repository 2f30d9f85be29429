"""The list of our own deviations, however long: filtered, searched, sorted and counted without reading it whole."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Final, Literal

import msgspec

from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.analysis.risk import LIKELIHOOD_LIST, SEVERITY_LIST
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS
from fardplan_desktop.domain.figures import AnswerTimes
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import deviation_query as query
from fardplan_desktop.store import search

LISTS: Final = {
    field: DEVIATION_LISTS[field]
    for field in ("status", "direction", "category", "counterpart", "document", "severity", "lift_to")
}
"""What can be filtered by, and the code list of each."""
NOT_STATED = "-"
"""In a filter: those of which nothing is said."""
Mark = Literal["open", "late", "unreturned", "flagged", "lifted"]
"""Nothing is closed; the answer is late; the reporter is not told; the risk should be analysed; lifted to a level."""
MARKS: Final[tuple[Mark, ...]] = ("open", "late", "unreturned", "flagged", "lifted")
Sorted = Literal["number", "month", "direction", "category", "counterpart", "risk", "status", "answer"]
_SEARCHED: Final = ("category", "document")
"""Fields whose labels are searched beside the texts."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; all of it must hold. ``codes``: field of ``LISTS`` → code or ``NOT_STATED``.

    A deviation belongs to the period of its registration.
    """

    text: str = ""
    codes: Mapping[str, str] = {}
    marks: frozenset[Mark] = frozenset()
    period: Period | None = None

    @property
    def everything(self) -> bool:
        return not (self.text.strip() or self.codes or self.marks or self.period)


class Order(msgspec.Struct, frozen=True):
    """By what the list is sorted. ``answer``: the day since when an answer is awaited; words by Swedish alphabet."""

    by: Sorted = "number"
    falling: bool = True


class Tally(msgspec.Struct, frozen=True):
    """How many there are of what was asked for, and how many of them have each mark."""

    total: int
    marks: Mapping[str, int]


class Glance(msgspec.Struct, frozen=True):
    """A period in figures: as ``analysis.tallies.deviation_tally`` counts, reckoned in the store."""

    total: int
    open: int
    by_category: tuple[tuple[str, int], ...]
    answers: AnswerTimes
    fed_back: int


def rows_in_order(workplace: Workplace, *, wanted: Wanted, order: Order) -> array[int]:
    """Row numbers of the deviations asked for, in order; they are good until one is added or removed."""
    scales = _scales(workplace)
    return query.in_order(workplace.store, _filter(workplace.codebook, wanted), scales, order.by, falling=order.falling)


def read(workplace: Workplace, *, rows: Iterable[int]) -> dict[int, Deviation]:
    """The deviations with these row numbers; one that is gone is left out."""
    return query.read(workplace.store, rows)


def row_of(workplace: Workplace, *, deviation: str) -> int | None:
    """Its row number; None when it has been taken away."""
    return query.row_of(workplace.store, deviation)


def tally(workplace: Workplace, *, wanted: Wanted) -> Tally:
    """How many are asked for, and what each mark would leave of them."""
    total, marks = query.marked(workplace.store, _filter(workplace.codebook, wanted), _scales(workplace))
    return Tally(total, marks)


def counts(workplace: Workplace, *, wanted: Wanted, field: str) -> dict[str, int]:
    """How many there are of each code of a field, given the other filters; ``NOT_STATED`` is a key of its own."""
    found = query.by_code(workplace.store, _filter(workplace.codebook, wanted), _scales(workplace), field)
    return {code or NOT_STATED: count for code, count in found.items()}


def glance(workplace: Workplace, *, period: Period) -> Glance:
    """What was registered in the period, as it stands today."""
    book, scales = workplace.codebook, _scales(workplace)
    among = _filter(book, Wanted(period=period))
    total, marks = query.marked(workplace.store, among, scales)
    by_category = query.by_code(workplace.store, among, scales, "category")
    days = query.answer_days(workplace.store, among, scales)
    limit = book.reporting.answer_days
    answers = AnswerTimes(
        answered=len(days),
        median=float(median(days)) if days else None,
        in_time=sum(each <= limit for each in days),
        limit=limit,
    )
    ranked = sorted(by_category.items(), key=lambda each: (-each[1], each[0]))
    return Glance(total, marks["open"], tuple(ranked), answers, total - marks["unreturned"])


def _filter(book: CodeBook, wanted: Wanted) -> query.Filter:
    period = wanted.period
    return query.Filter(
        words=[_word(book, expression) for expression in search.words(wanted.text)],
        codes={field: "" if code == NOT_STATED else code for field, code in wanted.codes.items()},
        marks=[mark for mark in MARKS if mark in wanted.marks],
        since=period.start if period else None,
        until=period.end if period else None,
    )


def _word(book: CodeBook, expression: str) -> query.Word:
    """The word, and the codes of which a label has a word that begins so."""
    beginning = expression.strip('"*').casefold()
    labels = ((field, _labels(book, LISTS[field])) for field in _SEARCHED)
    found = {
        field: [code for code, words in known if any(word.startswith(beginning) for word in words)]
        for field, known in labels
    }
    return query.Word(expression, {field: codes for field, codes in found.items() if codes})


def _labels(book: CodeBook, list_id: str) -> Sequence[tuple[str, Sequence[str]]]:
    return [(code.id, re.findall(r"\w+", code.label.casefold())) for code in book.list(list_id).codes]


def _scales(workplace: Workplace) -> query.Scales:
    book, reporting = workplace.codebook, workplace.codebook.reporting
    return query.Scales(
        closed=[code.id for code in book.list(LISTS["status"]).codes if code.closes],
        late_before=workplace.today - timedelta(days=reporting.answer_days),
        severity=_ranks(book, SEVERITY_LIST),
        likelihood=_ranks(book, LIKELIHOOD_LIST),
        risk_flag=reporting.risk_flag,
        places=_places(book),
    )


def _ranks(book: CodeBook, list_id: str) -> dict[str, int]:
    return {code.id: code.rank for code in book.list(list_id).codes if code.rank is not None}


def _places(book: CodeBook) -> dict[str, dict[str, int]]:
    """Words by the Swedish alphabet; statuses in the order they are gone through."""
    by_label = {
        field: sorted(book.list(LISTS[field]).codes, key=lambda each: sort_key(each.label))
        for field in ("direction", "category", "counterpart")
    }
    in_turn = {"status": book.list(LISTS["status"]).codes, **by_label}
    return {field: {code.id: place for place, code in enumerate(codes)} for field, codes in in_turn.items()}
