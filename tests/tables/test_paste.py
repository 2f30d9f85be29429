"""Blocks from the clipboard, and counts as Swedes write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount
from fardplan_desktop.tables.paste import MAX_COUNT, MAX_PASTE, parse_block, parse_number

_GAPS = st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"])
_CELL = st.text(alphabet="ab1 åäö,", max_size=6).map(str.strip)


@settings(max_examples=50)
@given(n=st.integers(0, MAX_COUNT), gap=_GAPS, tail=st.sampled_from(["", ",0", ",00", ".0"]), outer=_GAPS)
def test_a_whole_number_in_any_swedish_spelling_is_that_number(n: int, gap: str, tail: str, outer: str) -> None:
    text = f"{outer}{n:,}".replace(",", gap) + tail + outer
    assert parse_number(text) == Amount(CountState.REPORTED, n)


@pytest.mark.parametrize("text", ["≈ 14", "≈14", "ca 14", "Ca. 14", "c:a 14", "cirka 14", "~14", "≈\u00a014"])
def test_about_fourteen_is_an_estimate(text: str) -> None:
    assert parse_number(text) == Amount(CountState.ESTIMATED, 14)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("saknas", CountState.MISSING),
        ("Uppgift saknas", CountState.MISSING),
        ("..", CountState.MISSING),
        ("Ej aktuellt", CountState.NOT_APPLICABLE),
        (".", CountState.NOT_APPLICABLE),
    ],
)
def test_words_and_signs_for_no_number_are_states_without_a_number(text: str, state: CountState) -> None:
    assert parse_number(text) == Amount(state, None)


@pytest.mark.parametrize("text", ["-", "–", "—", "−", " - ", "\u00a0–"])
def test_a_lone_dash_is_never_guessed(text: str) -> None:
    assert isinstance(parse_number(text), Ambiguous)


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_a_blank_cell_says_nothing(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["12,5", "1.234", "1,234", "1,000", "1 23", "12 3456", "1e3", "=1+1", "12 st", "ca", "≈", "١٢"]
)
def test_what_may_be_something_else_is_no_number(text: str) -> None:
    found = parse_number(text)
    assert isinstance(found, NotAnAmount)
    assert "inget heltal" in found.what


def test_less_than_none_and_more_than_fits_are_said_as_such() -> None:
    below, above = parse_number("-5"), parse_number("10 000 000")
    assert isinstance(below, NotAnAmount)
    assert "mindre än noll" in below.what
    assert isinstance(above, NotAnAmount)
    assert "9 999 999" in above.what


def test_a_block_from_excel_becomes_cells_with_equal_rows() -> None:
    assert parse_block("a\tb\r\n1\r\n") == (("a", "b"), ("1", ""))
    assert parse_block("a\t\n\tb") == (("a", ""), ("", "b"))
    assert parse_block("") == ()


def test_a_cell_with_a_line_break_is_one_cell() -> None:
    assert parse_block('x\t"rad 1\nrad ""2"""\ty\n') == (("x", 'rad 1\nrad "2"', "y"),)


def test_an_ordinary_quote_stays_a_character() -> None:
    assert parse_block('"hej" sa hon\t5"\n"så"') == (('"hej" sa hon', '5"'), ('"så"', ""))


@settings(max_examples=50)
@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=1, max_size=4))
def test_cells_without_breaks_come_back_as_they_were_copied(rows: list[list[str]]) -> None:
    text = "".join("\t".join(row) + "\r\n" for row in rows)
    assert parse_block(text) == tuple(map(tuple, rows))


def test_a_paste_larger_than_any_block_is_refused() -> None:
    with pytest.raises(InputProblem, match="för stort"):
        parse_block("x" * (MAX_PASTE + 1))
