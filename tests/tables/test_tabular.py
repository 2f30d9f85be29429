"""Problems as sentences, and texts that a spreadsheet would compute."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.tabular import TableProblem, TableProblems, for_pasting, guarded, unguarded


def test_a_problem_says_row_and_column_before_what_is_wrong() -> None:
    assert TableProblem("a.csv", 17, "Antal", "Fel.").sentence == "Rad 17, kolumn Antal: Fel."
    assert TableProblem("a.csv", 17, "", "Fel.").sentence == "Rad 17: Fel."
    assert TableProblem("a.csv", None, "Mått", "Fel.").sentence == "Kolumn Mått: Fel."
    assert TableProblem("a.csv", None, "", "Fel.").sentence == "Fel."


def test_many_problems_are_told_shortly_and_kept_whole() -> None:
    problems = [TableProblem("a.csv", row, "Antal", "Fel.") for row in range(1, 8)]
    told = TableProblems("a.csv", problems)
    assert told.problems == tuple(problems)
    assert "Rad 3" in told.sentence
    assert "Rad 4" not in told.sentence
    assert "4 fel till" in told.sentence
    assert told.detail.count("\n") == 6


@pytest.mark.parametrize("text", ["=1+1", "+46", "-5", "@SUM(A1)", "\tx", "\rx", "'=1"])
def test_what_a_spreadsheet_would_compute_is_written_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "SIP", "14", "'citat'", "≈ 14", "– varav"])
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert guarded(text) == text


@settings(max_examples=50)
@given(st.text(alphabet="'=+-@\t\rab1 ", max_size=6))
def test_a_guarded_text_is_read_back_as_it_was_and_never_begins_as_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_is_copied_computes_nothing_and_breaks_out_of_no_cell_while_signed_numbers_stay_numbers() -> None:
    copied = for_pasting([("=HYPERLINK(1)", "+12", "-3,5 %", "-1\u00a0200"), ("@x", "två\nrader\tde", "-x", "14")])
    assert copied == "'=HYPERLINK(1)\t+12\t-3,5 %\t-1\u00a0200\n'@x\ttvå rader de\t'-x\t14\n"
