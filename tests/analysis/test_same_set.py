"""Two periods over the same members: what grew only because more have reported does not grow here."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.same_set import NOBODY, contributions_of_both, figures_of_both, shares_of
from fardplan_desktop.analysis.sums import contributions, figures, shares_from
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Figure, Share
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count

T1, T2 = parse_period("2026-T1"), parse_period("2026-T2")
A, B, C = "1462", "1461", "1421"
Entries = dict[str, list[Count]]


def _of(measure: str, t1: int | None, t2: int | None) -> list[Count]:
    return [
        Count(measure=measure, period=period, n=n) for period, n in (("2026-T1", t1), ("2026-T2", t2)) if n is not None
    ]


def _pair(book: CodeBook, counts: Entries, measure: str = "SIP08") -> tuple[Figure, Figure]:
    now, then = (figures(book, period, (A, B, C), counts) for period in (T2, T1))
    return next(each for each in figures_of_both(book, now, then, T1) if each[0].measure == measure)


def _share(book: CodeBook, counts: Entries, id: str = "andel-moten-den-enskilde") -> tuple[Share, Share]:
    wholes = [contributions(book, period, (A, B, C), counts) for period in (T2, T1)]
    of = shares_from(book, T2, wholes[0])
    now, then = contributions_of_both(wholes[0], wholes[1])
    pairs = zip(shares_of(book, T2, now, of), shares_of(book, T1, then, of), strict=True)
    return next(each for each in pairs if each[0].id == id)


def test_only_those_with_a_number_in_both_are_compared_and_the_words_say_how_many(book: CodeBook) -> None:
    now, then = _pair(book, {A: _of("SIP08", 10, 12), B: _of("SIP08", None, 50), C: _of("SIP08", 3, None)})
    assert (now.value, then.value) == (12, 10)
    assert (now.reported, now.of) == (then.reported, then.of) == (1, 3)
    assert [each.organisation for each in now.members] == [A]


def test_nobody_with_both_gives_no_value_and_not_zero(book: CodeBook) -> None:
    now, then = _pair(book, {A: _of("SIP08", None, 12), B: _of("SIP08", 4, None)})
    assert (now.value, then.value, now.reported, now.of) == (None, None, 0, 3)
    assert then.period == "2026-T1"


def test_a_breakdown_that_only_one_period_has_is_compared_with_nothing(book: CodeBook) -> None:
    split = Count(measure="SIP08", period="2026-T2", breakdown="alder", value="0-17", n=2)
    now, then = (figures(book, period, (A, B, C), {A: [split]}) for period in (T2, T1))
    pairs = [each for each in figures_of_both(book, now, then, T1) if each[0].breakdown == "alder"]
    assert pairs
    assert all((first.value, second.value, second.period) == (None, None, "2026-T1") for first, second in pairs)


def test_a_share_is_recomputed_from_the_sums_of_the_same_set(book: CodeBook) -> None:
    counts: Entries = {
        A: [*_of("SIP04", 10, 20), *_of("SIP05", 5, 15)],
        B: [*_of("SIP04", 10, 20), *_of("SIP05", 5, 5)],
        C: [*_of("SIP04", None, 100), *_of("SIP05", None, 100)],
    }
    now, then = _share(book, counts)
    assert (now.ratio, then.ratio) == (Fraction(20, 40), Fraction(10, 20))
    assert (now.reported, now.of) == (2, 3)


def test_a_share_that_nobody_can_compare_says_why(book: CodeBook) -> None:
    now, then = _share(book, {A: [*_of("SIP04", None, 20), *_of("SIP05", None, 15)]})
    assert (now.ratio, now.reason, then.reason) == (None, NOBODY, NOBODY)


@given(st.lists(st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 99)), min_size=3, max_size=3))
def test_the_set_is_the_same_on_both_sides_and_its_sum_is_that_of_its_parts(
    book: CodeBook, given_numbers: list[tuple[int | None, int | None]]
) -> None:
    counts = {code: _of("SIP08", *pair) for code, pair in zip((A, B, C), given_numbers, strict=True)}
    now, then = _pair(book, counts)
    both = [pair for pair in given_numbers if None not in pair]
    assert [each.organisation for each in now.members] == [each.organisation for each in then.members]
    assert now.reported == then.reported == len(both)
    assert then.value == (sum(first or 0 for first, _ in both) if both else None)
    assert now.value == (sum(second or 0 for _, second in both) if both else None)
