from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.sums import figures, inhabitants_in, shares
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Figure, Share
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, CountState, Population

T1, T2 = parse_period("2026-T1"), parse_period("2026-T2")
A, B, C = "1462", "1461", "1421"

Entries = dict[str, Sequence[Count]]


def _months(measure: str, *numbers: int | None) -> list[Count]:
    """May onwards; None is left out."""
    return [
        Count(measure=measure, period=month.id, n=n)
        for month, n in zip(T2.months, numbers, strict=False)
        if n is not None
    ]


def _whole(measure: str, n: int | None, period: str = "2026-T2", state: CountState = CountState.REPORTED) -> Count:
    return Count(measure=measure, period=period, n=n, state=state)


def _figure(book: CodeBook, measure: str, counts: Entries, members: Sequence[str] = (A, B, C)) -> Figure:
    return next(each for each in figures(book, T2, members, counts) if each.measure == measure)


def _share(
    book: CodeBook, id: str, counts: Entries, members: Sequence[str] = (A, B), people: Sequence[Population] = ()
) -> Share:
    return next(each for each in shares(book, T2, members, counts, people) if each.id == id)


def test_a_sum_says_how_many_of_its_members_have_reported(book: CodeBook) -> None:
    figure = _figure(book, "SIP08", {A: _months("SIP08", 1, 2, 3, 4), B: _months("SIP08", 0, 0, 0, 2)})
    assert (figure.value, figure.reported, figure.of) == (12, 2, 3)
    assert (figure.parts, figure.parts_of) == (4, 4)
    assert [each.rolled.value for each in figure.members] == [10, 2, None]
    assert not figure.complete


def test_the_coverage_shown_is_the_smallest_among_those_that_reported(book: CodeBook) -> None:
    figure = _figure(book, "SIP08", {A: _months("SIP08", 1, 2, 3, 4), B: _months("SIP08", 1, 1, 1)})
    assert (figure.parts, figure.parts_of) == (3, 4)
    mixed = _figure(book, "SIP08", {A: _months("SIP08", 1, 2, 3, 4), B: [_whole("SIP08", 5)]})
    assert (mixed.value, mixed.parts, mixed.parts_of) == (15, 4, 4)


def test_nobody_reporting_gives_no_value_and_not_zero(book: CodeBook) -> None:
    figure = _figure(book, "SIP08", {A: [_whole("SIP08", None, state=CountState.MISSING)]})
    assert (figure.value, figure.reported, figure.of) == (None, 0, 3)


def test_a_member_to_whom_the_measure_does_not_apply_is_not_expected(book: CodeBook) -> None:
    counts: Entries = {A: [_whole("SIP08", 4)], B: [_whole("SIP08", None, state=CountState.NOT_APPLICABLE)]}
    figure = _figure(book, "SIP08", counts)
    assert (figure.value, figure.reported, figure.of) == (4, 1, 2)


def test_counts_of_an_organisation_that_is_no_member_are_passed_over(book: CodeBook) -> None:
    assert _figure(book, "SIP08", {A: [_whole("SIP08", 4)], "1480": [_whole("SIP08", 900)]}).value == 4


def test_a_breakdown_is_listed_for_the_period_in_which_somebody_has_touched_it(book: CodeBook) -> None:
    touched = Count(measure="SIP08", period="2026-05", breakdown="alder", value="0-17", n=2)
    older = Count(measure="SIP08", period="2025-05", breakdown="malgrupp", value="annan", n=2)
    made = [each for each in figures(book, T2, (A, B), {A: [touched, older]}) if each.measure == "SIP08"]
    assert [each.breakdown_value for each in made] == [None, *(code.id for code in book.list("alder").codes)]
    assert [each.value for each in made] == [None, 2, None, None, None, None]


_NUMBERS = st.one_of(st.none(), st.integers(0, 9_999_999))


@given(data=st.data())
def test_municipalities_add_up_to_delregions_and_delregions_to_the_county(book: CodeBook, data: st.DataObject) -> None:
    counts: Entries = {
        each.code: _months(
            data.draw(st.sampled_from(["SIP08", "SIP10", "SIP12"])), *data.draw(st.tuples(*[_NUMBERS] * 4))
        )
        for each in data.draw(st.lists(st.sampled_from(book.municipalities), unique=True, max_size=12))
    }
    everyone = [each.code for each in book.municipalities]
    county = figures(book, T2, everyone, counts)
    delregions = [
        figures(book, T2, [each.code for each in book.members(delregion.code, T2.end)], counts)
        for delregion in book.delregions
    ]
    for whole, parts in zip(county, zip(*delregions, strict=True), strict=True):
        assert whole.of == sum(part.of for part in parts) == 49
        assert whole.reported == sum(part.reported for part in parts)
        numbers = [part.value for part in parts if part.value is not None]
        assert whole.value == (sum(numbers) if numbers else None)
        own = [each.rolled.value for each in whole.members if each.rolled.value is not None]
        assert whole.value == (sum(own) if own else None)
        assert whole.estimated == any(part.estimated for part in parts)


@given(st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=3, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_members_and_counts_changes_no_figure_and_no_share(
    book: CodeBook, entered: list[tuple[int | None, int | None]], order: random.Random
) -> None:
    members = [A, B, C]
    counts = {
        code: [*_months("SIP04", *numbers), *_months("SIP05", *numbers)]
        for code, numbers in zip(members, entered, strict=True)
    }
    before = figures(book, T2, members, counts), shares(book, T2, members, counts)
    shuffled = {code: order.sample(own, len(own)) for code, own in reversed(counts.items())}
    members.reverse()
    after = figures(book, T2, members, shuffled), shares(book, T2, members, shuffled)
    assert [(each.value, each.reported, each.of, each.parts) for each in before[0]] == [
        (each.value, each.reported, each.of, each.parts) for each in after[0]
    ]
    assert before[1] == after[1]


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 5000)), min_size=2, max_size=2))
def test_a_share_is_made_from_sums_and_never_averaged(book: CodeBook, pairs: list[tuple[int, int]]) -> None:
    entered = [(whole + part, part) for whole, part in pairs]
    counts: Entries = {
        code: [_whole("SIP04", whole), _whole("SIP05", part)]
        for code, (whole, part) in zip((A, B), entered, strict=True)
    }
    share = _share(book, "andel-moten-den-enskilde", counts)
    assert (share.num, share.den) == (sum(part for _, part in entered), sum(whole for whole, _ in entered))
    assert share.ratio == Fraction(share.num or 0, share.den or 1)


def test_a_big_and_a_small_municipality_weigh_as_their_numbers(book: CodeBook) -> None:
    counts: Entries = {A: [_whole("SIP04", 90), _whole("SIP05", 90)], B: [_whole("SIP04", 10), _whole("SIP05", 0)]}
    assert _share(book, "andel-moten-den-enskilde", counts).ratio == Fraction(9, 10)


def test_only_members_with_both_numbers_are_in_a_share(book: CodeBook) -> None:
    counts: Entries = {A: [_whole("SIP04", 10), _whole("SIP05", 5)], B: [_whole("SIP04", 1000)]}
    share = _share(book, "andel-moten-den-enskilde", counts)
    assert (share.num, share.den, share.reported, share.of) == (5, 10, 1, 2)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([], "uppgift saknas"),
        ([_whole("SIP04", 0), _whole("SIP05", 0)], "kan inte räknas: nämnaren är 0"),
        (
            [*_months("SIP04", 5, 5, 5, 5), *_months("SIP05", 5, 5, 5)],
            "kan inte räknas: täljare och nämnare gäller olika månader",
        ),
    ],
)
def test_a_share_that_cannot_be_computed_says_why(book: CodeBook, counts: list[Count], reason: str) -> None:
    share = _share(book, "andel-moten-den-enskilde", {A: counts}, members=(A,))
    assert share.reason == reason
    assert share.ratio is None


def test_the_share_followed_up_needs_the_periods_own_value_and_the_stock_before(book: CodeBook) -> None:
    stock = _whole("SIP12", 40, "2026-04")
    made = _months("SIP08", 3, 3, 2, 2)
    share = _share(book, "andel-uppfoljda", {A: [stock, *made, _whole("SIP10", 25)]}, members=(A,))
    assert (share.num, share.den, share.ratio) == (25, 50, Fraction(1, 2))
    months = _share(book, "andel-uppfoljda", {A: [stock, *made, *_months("SIP10", 9, 9, 9, 9)]}, members=(A,))
    assert months.reason == "kan inte räknas: månadsvärden"
    assert _share(book, "andel-uppfoljda", {A: [*made, _whole("SIP10", 25)]}, members=(A,)).reason == "uppgift saknas"


def test_a_number_per_1000_needs_the_population(book: CodeBook) -> None:
    counts: Entries = {A: [_whole("SIP08", 28)], B: [_whole("SIP08", 9)]}
    assert _share(book, "upprattade-per-1000", counts).reason == "folkmängd saknas"
    people = [Population(municipality=A, year=2025, inhabitants=14_000, source="SCB")]
    share = _share(book, "upprattade-per-1000", counts, people=people)
    assert (share.ratio, share.reported, share.of) == (Fraction(2), 1, 2)


def test_population_is_that_of_the_year_else_the_latest_before() -> None:
    people = [
        Population(municipality=A, year=year, inhabitants=n, source="SCB")
        for year, n in [(2027, 3), (2024, 1), (2025, 2)]
    ]
    assert inhabitants_in(2026, people) == {A: 2}
    assert inhabitants_in(2023, people) == {}


def test_an_estimated_number_makes_sum_and_share_estimated(book: CodeBook) -> None:
    counts: Entries = {A: [_whole("SIP04", 10, state=CountState.ESTIMATED), _whole("SIP05", 5)]}
    assert _figure(book, "SIP04", counts).estimated
    assert not _figure(book, "SIP05", counts).estimated
    assert _share(book, "andel-moten-den-enskilde", counts).estimated
