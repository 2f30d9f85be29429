from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.rollup import fits, roll_up
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Basis
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, CountState

T2 = parse_period("2026-T2")
MONTHS = [month.id for month in T2.months]
EVENTS, UNIQUE, STOCK = "SIP08", "SIP10", "SIP12"


def _count(measure: str, period: str, n: int | None, state: CountState | None = None) -> Count:
    return Count(
        measure=measure,
        period=period,
        n=n,
        state=state or (CountState.MISSING if n is None else CountState.REPORTED),
    )


def _not_applicable(measure: str, period: str) -> Count:
    return _count(measure, period, None, CountState.NOT_APPLICABLE)


def test_events_add_up_over_the_months_that_have_a_number(book: CodeBook) -> None:
    counts = [_count(EVENTS, "2026-05", 3), _count(EVENTS, "2026-06", 0), _count(EVENTS, "2026-07", None)]
    rolled = roll_up(book.measure(EVENTS), T2, counts)
    assert (rolled.value, rolled.parts, rolled.parts_of) == (3, 2, 4)
    assert rolled.basis is Basis.MONTHS
    assert rolled.cells == ("SIP08/2026-05", "SIP08/2026-06")
    assert not rolled.repeats


@pytest.mark.parametrize("measure", [EVENTS, UNIQUE, STOCK])
def test_missing_is_never_zero(book: CodeBook, measure: str) -> None:
    rolled = roll_up(book.measure(measure), T2, [_count(measure, period, None) for period in MONTHS])
    assert rolled.value is None
    assert rolled.state is CountState.MISSING
    assert rolled.parts == 0


@pytest.mark.parametrize("measure", [EVENTS, UNIQUE, STOCK])
def test_what_nobody_touched_is_neither_missing_nor_a_value(book: CodeBook, measure: str) -> None:
    rolled = roll_up(book.measure(measure), T2, [_count("SIP01", "2026-05", 4), _count(measure, "2026-09", 4)])
    assert (rolled.value, rolled.state, rolled.basis) == (None, None, Basis.NONE)


def test_zero_is_a_value(book: CodeBook) -> None:
    assert roll_up(book.measure(EVENTS), T2, [_count(EVENTS, "2026-05", 0)]).value == 0


def test_months_that_do_not_apply_leave_the_denominator(book: CodeBook) -> None:
    counts = [_count(EVENTS, "2026-05", 3), _not_applicable(EVENTS, "2026-06")]
    rolled = roll_up(book.measure(EVENTS), T2, counts)
    assert (rolled.parts, rolled.parts_of) == (1, 3)
    nowhere = roll_up(book.measure(EVENTS), T2, [_not_applicable(EVENTS, month) for month in MONTHS])
    assert (nowhere.state, nowhere.parts_of) == (CountState.NOT_APPLICABLE, 0)


def test_a_stock_is_that_of_the_last_month_and_never_an_older_one(book: CodeBook) -> None:
    measure = book.measure(STOCK)
    july = [_count(STOCK, "2026-05", 40), _count(STOCK, "2026-07", 41)]
    assert roll_up(measure, T2, july).value is None
    assert roll_up(measure, T2, july).state is None
    august = roll_up(measure, T2, [*july, _count(STOCK, "2026-08", 42)])
    assert (august.value, august.parts, august.parts_of) == (42, 1, 1)
    year = roll_up(measure, parse_period("2026"), [_count(STOCK, "2026-T2", 42), _count(STOCK, "2026-T3", 50)])
    assert year.value == 50


def test_unique_plans_added_over_months_are_marked_and_entered_for_the_period_not(book: CodeBook) -> None:
    measure = book.measure(UNIQUE)
    assert roll_up(measure, T2, [_count(UNIQUE, "2026-05", 3), _count(UNIQUE, "2026-06", 4)]).repeats
    assert roll_up(measure, T2, [_count(UNIQUE, "2026-05", 3)]).repeats
    whole = roll_up(measure, T2, [_count(UNIQUE, "2026-T2", 5)])
    assert (whole.value, whole.repeats, whole.basis) == (5, False, Basis.PERIOD)
    assert not roll_up(measure, parse_period("2026-05"), [_count(UNIQUE, "2026-05", 3)]).repeats


def test_a_value_entered_for_the_period_wins_over_its_months_and_covers_them(book: CodeBook) -> None:
    counts = [_count(EVENTS, "2026-05", 3), _count(EVENTS, "2026-T2", 20)]
    rolled = roll_up(book.measure(EVENTS), T2, counts)
    assert (rolled.value, rolled.parts, rolled.parts_of, rolled.basis) == (20, 4, 4, Basis.PERIOD)


def test_a_year_takes_a_tertial_here_and_months_there_without_counting_twice(book: CodeBook) -> None:
    counts = [
        _count(EVENTS, "2026-T1", 10),
        _count(EVENTS, "2026-02", 99),
        _count(EVENTS, "2026-05", 1),
        _count(EVENTS, "2026-06", 2),
    ]
    rolled = roll_up(book.measure(EVENTS), parse_period("2026"), counts)
    assert (rolled.value, rolled.parts, rolled.parts_of) == (13, 6, 12)
    assert rolled.covered == ("2026-T1", "2026-05", "2026-06")


def test_a_quarter_does_not_fit_a_tertial_nor_a_tertial_a_half_year(book: CodeBook) -> None:
    assert roll_up(book.measure(EVENTS), T2, [_count(EVENTS, "2026-Q2", 3)]).value is None
    assert not fits(parse_period("2026-T1"), parse_period("2026-H1"))
    assert fits(parse_period("2026-Q2"), parse_period("2026-H1"))
    assert fits(parse_period("2026-T3"), parse_period("2026"))


def test_an_estimated_part_makes_the_sum_estimated(book: CodeBook) -> None:
    counts = [_count(EVENTS, "2026-05", 3), _count(EVENTS, "2026-06", 4, CountState.ESTIMATED)]
    rolled = roll_up(book.measure(EVENTS), T2, counts)
    assert rolled.estimated
    assert rolled.state is CountState.ESTIMATED


def test_a_value_of_a_breakdown_is_rolled_up_by_itself(book: CodeBook) -> None:
    counts = [
        Count(measure=EVENTS, period="2026-05", breakdown="alder", value="0-17", n=2),
        Count(measure=EVENTS, period="2026-06", breakdown="alder", value="0-17", n=1),
        Count(measure=EVENTS, period="2026-05", breakdown="alder", value="18-64", n=7),
        _count(EVENTS, "2026-05", 9),
    ]
    assert roll_up(book.measure(EVENTS), T2, counts, "alder", "0-17").value == 3
    assert roll_up(book.measure(EVENTS), T2, counts).value == 9


@given(
    st.dictionaries(st.sampled_from(MONTHS), st.one_of(st.none(), st.integers(0, 9_999_999)), max_size=4),
    st.randoms(use_true_random=False),
    st.sampled_from([EVENTS, UNIQUE, STOCK]),
)
def test_the_order_of_entry_changes_nothing(
    book: CodeBook, entered: dict[str, int | None], order: random.Random, measure: str
) -> None:
    counts = [_count(measure, period, n) for period, n in entered.items()]
    rolled = roll_up(book.measure(measure), T2, counts)
    order.shuffle(counts)
    assert roll_up(book.measure(measure), T2, counts) == rolled
    assert rolled.parts <= rolled.parts_of
    assert (rolled.value is None) == (rolled.parts == 0)
