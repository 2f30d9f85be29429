"""The first letters of a name find it, the Swedish way."""

from __future__ import annotations

import pytest

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.ui.welcome.matching import matches


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return shipped_codebook()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lil", "Lilla Edet"),
        ("EDET", "Lilla Edet"),
        ("bor", "Borås"),
        ("åm", "Åmål"),
        ("amal", "Åmål"),
        ("gote", "Göteborg"),
        ("  dals-ed ", "Dals-Ed"),
    ],
)
def test_letters_find_the_name_they_begin(book: CodeBook, typed: str, first: str) -> None:
    assert matches(book, typed)[0].short == first


def test_a_name_that_begins_so_comes_before_one_with_a_later_word(book: CodeBook) -> None:
    ranks = [each.short for each in matches(book, "e")]
    assert ranks.index("Essunga") < ranks.index("Lilla Edet")


def test_o_is_not_taken_for_ö_when_a_name_begins_with_o(book: CodeBook) -> None:
    assert [each.short for each in matches(book, "o")] == ["Orust"]


def test_no_letters_show_everybody_in_swedish_order(book: CodeBook) -> None:
    shown = [each.short for each in matches(book, "") if each.code in {"1440", "1492", "1407", "1460"}]
    assert shown == ["Ale", "Bengtsfors", "Åmål", "Öckerö"]
    assert len(matches(book, "")) == 56


@pytest.mark.parametrize("typed", ["qqq", "1462", "%"])
def test_nobody_is_found_for_what_is_no_name(book: CodeBook, typed: str) -> None:
    assert matches(book, typed) == []
