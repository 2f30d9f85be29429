"""Ten differently built workbooks: at least eight go in with at most three corrections, and none silently wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.domain.sheets import Answers, Asked, Understanding
from fardplan_desktop.tables.foreign.book import read_book
from fardplan_desktop.tables.foreign.counts import understand_counts
from fardplan_desktop.tables.foreign.words import Lexicon
from tests.tables.foreign.town_books import TOWNS, Town

TODAY = date(2026, 9, 14)
MOST_CORRECTIONS = 3
WORDS = {CountState.MISSING: "saknas", CountState.NOT_APPLICABLE: "ej aktuellt"}


def said(count: Count) -> int | str:
    if count.n is None:
        return WORDS[count.state]
    return f"≈ {count.n}" if count.state is CountState.ESTIMATED else count.n


def answer_of(town: Town, asked: Asked) -> str:
    """What the coordinator answers; a question that was not foreseen fails the test."""
    text = f"{asked.words} {asked.detail}"
    return next(answer for words, answer in town.answers.items() if words in text)


def taken(town: Town, lexicon: Lexicon) -> tuple[Understanding, int]:
    """The workbook as it is understood once every question is answered, and how many answers that took."""
    book, chosen = read_book(town.path), dict[str, str]()
    understood = understand_counts(book, lexicon, Answers(chosen), TODAY)
    while understood.waiting:
        asked = understood.waiting[0]
        chosen[asked.key] = answer_of(town, asked)
        understood = understand_counts(book, lexicon, Answers(chosen), TODAY)
    return understood, len(chosen)


@pytest.mark.parametrize("build", TOWNS, ids=lambda build: build.__name__)
def test_every_number_that_is_taken_is_right_and_nothing_else_is(
    build: Callable[[Path], Town], tmp_path: Path, lexicon: Lexicon
) -> None:
    town = build(tmp_path)
    understood, _ = taken(town, lexicon)
    assert understood.content is not None
    assert {count.id: said(count) for count in understood.content.counts} == town.expected


def test_at_least_eight_of_ten_need_at_most_three_corrections(tmp_path: Path, lexicon: Lexicon) -> None:
    needed = {town.name: taken(town, lexicon)[1] for town in (build(tmp_path) for build in TOWNS)}
    few = [name for name, corrections in needed.items() if corrections <= MOST_CORRECTIONS]
    assert len(few) >= 8, needed


@pytest.mark.parametrize("build", TOWNS, ids=lambda build: build.__name__)
def test_before_anything_is_answered_no_wrong_number_is_offered(
    build: Callable[[Path], Town], tmp_path: Path, lexicon: Lexicon
) -> None:
    """What is known without a question is right already: only suggestions and open lines may be wrong or missing."""
    town = build(tmp_path)
    understood = understand_counts(read_book(town.path), lexicon, Answers({}), TODAY)
    assert understood.content is None or {c.id: said(c) for c in understood.content.counts} == town.expected
    assert understood.differences == ()


def test_the_same_book_asks_nothing_the_second_time_but_what_holds_for_one_table(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    town = next(build for build in TOWNS if build.__name__ == "jonsered")(tmp_path)
    book = read_book(town.path)
    first = understand_counts(book, lexicon, Answers({}), TODAY)
    chosen = {asked.key: answer_of(town, asked) for asked in first.waiting}
    again = understand_counts(book, lexicon, Answers({}, chosen), TODAY)
    assert [asked.words for asked in again.waiting] == ["Bladet säger 2025 men namnet 2026. Vilket år gäller det?"]
