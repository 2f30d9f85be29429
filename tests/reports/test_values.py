"""How values are spelled: missing is never 0, and the legend explains what occurs and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.papers import PaperValue
from fardplan_desktop.reports.values import legend, remark, spelled

VALUES = st.builds(
    PaperValue,
    number=st.none() | st.integers(0, 9_999_999),
    estimated=st.booleans(),
    applicable=st.booleans(),
    months=st.integers(0, 4),
    months_of=st.just(4),
    overlapping=st.booleans(),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PaperValue(0), "0"),
        (PaperValue(), "saknas"),
        (PaperValue(estimated=True), "saknas"),
        (PaperValue(applicable=False), "ej aktuellt"),
        (PaperValue(14, estimated=True), "≈\N{NO-BREAK SPACE}14"),
        (PaperValue(31, overlapping=True), "Σ\N{NO-BREAK SPACE}31"),
    ],
)
def test_each_state_has_its_word_or_sign(value: PaperValue, text: str) -> None:
    assert spelled(value) == text


def test_a_sum_of_some_months_says_how_many() -> None:
    assert remark(PaperValue(11, months=3, months_of=4)) == "3 av 4 månader"
    assert remark(PaperValue(11, months=4, months_of=4)) == ""
    assert remark(PaperValue(None, months=0, months_of=4)) == ""


@settings(max_examples=50)
@given(st.lists(VALUES, max_size=8))
def test_the_legend_explains_exactly_what_is_printed(values: list[PaperValue]) -> None:
    printed = " | ".join(f"{spelled(value)} {remark(value)}" for value in values)
    explained = legend(values)
    for sign in ("≈", "Σ", "saknas", "ej aktuellt"):
        assert (f"<b>{sign}</b>" in explained) == (sign in printed)
    assert ("x av y månader" in explained) == (" av 4 månader" in printed)


@settings(max_examples=50)
@given(VALUES)
def test_a_dash_never_stands_for_a_number_and_missing_is_never_zero(value: PaperValue) -> None:
    text = spelled(value)
    assert text.strip() not in {"-", "–", "−", "."}
    assert value.number is not None or "0" not in text
