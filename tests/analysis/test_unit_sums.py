"""The sum of units: what has a number is added, what does not apply leaves, and silence is never 0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.unit_sums import UnitSum, add_units
from fardplan_desktop.domain.records import CountState, UnitCount

NUMBERED = (CountState.REPORTED, CountState.ESTIMATED)


def said(*amounts: int | str) -> list[UnitCount]:
    """``said(4, "~3", "saknas", "ej")``: one unit after the other."""
    return [unit_count(str(at), *_read(each)) for at, each in enumerate(amounts)]


def unit_count(unit: str, state: CountState, n: int | None) -> UnitCount:
    return UnitCount(unit=unit, measure="SIP04", period="2026-05", state=state, n=n)


def _read(amount: int | str) -> tuple[CountState, int | None]:
    if isinstance(amount, int):
        return CountState.REPORTED, amount
    words = {"saknas": CountState.MISSING, "ej": CountState.NOT_APPLICABLE}
    return (words[amount], None) if amount in words else (CountState.ESTIMATED, int(amount[1:]))


@pytest.mark.parametrize(
    ("amounts", "expected", "total"),
    [
        ((4, 3), 2, UnitSum(CountState.REPORTED, 7, 2, 2)),
        ((4, "~3"), 2, UnitSum(CountState.ESTIMATED, 7, 2, 2)),
        ((0,), 1, UnitSum(CountState.REPORTED, 0, 1, 1)),
        ((4, "saknas"), 3, UnitSum(CountState.REPORTED, 4, 1, 3)),
        ((4, "ej"), 2, UnitSum(CountState.REPORTED, 4, 1, 1)),
        (("saknas", "saknas"), 2, UnitSum(CountState.MISSING, None, 0, 2)),
        (("saknas", "ej"), 2, UnitSum(CountState.MISSING, None, 0, 1)),
        (("ej", "ej"), 2, UnitSum(CountState.NOT_APPLICABLE, None, 0, 0)),
        (("saknas",), 2, None),
        ((), 2, None),
    ],
)
def test_units_add_up_as_the_rule_says(amounts: tuple[int | str, ...], expected: int, total: UnitSum | None) -> None:
    assert add_units(said(*amounts), expected) == total


states = st.one_of(
    st.tuples(st.sampled_from(NUMBERED), st.integers(0, 9999)),
    st.tuples(st.sampled_from((CountState.MISSING, CountState.NOT_APPLICABLE)), st.none()),
)


@given(st.lists(states, max_size=25), st.integers(0, 5))
def test_a_sum_never_invents_a_number_and_never_loses_one(
    given_states: list[tuple[CountState, int | None]], silent: int
) -> None:
    values = [unit_count(str(at), *each) for at, each in enumerate(given_states)]
    total = add_units(values, len(values) + silent)
    numbers = [n for _, n in given_states if n is not None]
    if not numbers:
        assert total is None or (total.n is None and silent == 0)
        return
    assert total is not None
    assert total.n == sum(numbers)
    assert total.reported == len(numbers)
    without = sum(state is CountState.NOT_APPLICABLE for state, _ in given_states)
    assert total.of == len(values) + silent - without
    assert (total.state is CountState.ESTIMATED) == any(state is CountState.ESTIMATED for state, _ in given_states)
    assert total.partial == (total.reported < total.of)
