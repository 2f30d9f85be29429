from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.rules import Peers, evaluate, problems
from fardplan_desktop.domain.codebook import CodeBook, Rule
from fardplan_desktop.domain.figures import Outcome, RuleResult, Severity
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, CountState, RuleComment

T1, T2 = parse_period("2026-T1"), parse_period("2026-T2")


def _count(measure: str, period: str, n: int | None, state: CountState | None = None) -> Count:
    return Count(
        measure=measure, period=period, n=n, state=state or (CountState.MISSING if n is None else CountState.REPORTED)
    )


def _cell(measure: str, period: str, breakdown: str, value: str, n: int) -> Count:
    return Count(measure=measure, period=period, breakdown=breakdown, value=value, n=n)


def _of(book: CodeBook, rule: str, counts: Sequence[Count], peers: Peers | None = None) -> list[RuleResult]:
    return [each for each in evaluate(book, T2, counts, peers) if each.rule == rule]


def _outcomes(results: Sequence[RuleResult]) -> list[str]:
    return [each.outcome.value for each in results]


def test_more_declined_than_offered_is_an_error_told_in_swedish(book: CodeBook) -> None:
    (result,) = _of(book, "R-DEL-SIP02", [_count("SIP01", "2026-05", 7), _count("SIP02", "2026-05", 9)])
    assert (result.outcome, result.severity) == (Outcome.BROKEN, Severity.ERROR)
    assert result.text == "9 tackade nej under maj 2026, men bara 7 erbjudanden är registrerade."
    assert result.instruction
    assert result.cells == ("SIP02/2026-05", "SIP01/2026-05")
    assert result.comment_id == "R-DEL-SIP02/SIP02/2026-05"


def test_a_month_is_tried_against_the_same_month_and_not_against_the_sum(book: CodeBook) -> None:
    counts = [
        _count("SIP01", "2026-05", 100),
        _count("SIP02", "2026-05", 1),
        _count("SIP01", "2026-06", 1),
        _count("SIP02", "2026-06", 2),
    ]
    results = _of(book, "R-DEL-SIP02", counts)
    assert [(each.subject, each.outcome.value) for each in results] == [
        ("SIP02/2026-06", "broken"),
        ("SIP02/2026-05", "ok"),
    ]


def test_a_missing_whole_makes_the_rule_silent_and_it_says_which(book: CodeBook) -> None:
    (result,) = _of(book, "R-DEL-SIP02", [_count("SIP02", "2026-05", 9), _count("SIP01", "2026-05", None)])
    assert result.outcome is Outcome.SILENT
    assert result.text == "Kan inte prövas: ”Erbjudna SIP” saknar tal för maj 2026."


def test_numbers_entered_for_periods_of_different_length_are_not_rolled_up_to_be_tried(book: CodeBook) -> None:
    counts = [_count("SIP02", "2026-T2", 9), *(_count("SIP01", month.id, 1) for month in T2.months)]
    (result,) = _of(book, "R-DEL-SIP02", counts)
    assert result.outcome is Outcome.SILENT
    assert "är inte inskrivet för just tertial 2 2026" in result.text


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"0-17": 1, "18-64": 2, "65-79": 3, "80-plus": 4, "okand": 0}, "ok"),
        ({"0-17": 1, "18-64": 2, "65-79": 3, "80-plus": 3, "okand": 0}, "broken"),
        ({"0-17": 1, "80-plus": 4}, "ok"),
        ({"0-17": 7, "80-plus": 4}, "broken"),
    ],
)
def test_a_breakdown_adds_up_when_whole_and_is_at_most_the_total_otherwise(
    book: CodeBook, cells: dict[str, int], outcome: str
) -> None:
    counts = [_cell("SIP08", "2026-05", "alder", value, n) for value, n in cells.items()]
    results = _of(book, "R-SUM-SIP08-ALDER", [_count("SIP08", "2026-05", 10), *counts])
    assert _outcomes(results) == [outcome]
    assert _outcomes(_of(book, "R-SUM-SIP08-ALDER", counts)) == ["silent"]


def test_follow_ups_are_limited_by_the_stock_before_and_not_by_new_plans_alone(book: CodeBook) -> None:
    flows = [_count("SIP10", "2026-T2", 30), _count("SIP08", "2026-T2", 10)]
    assert _outcomes(_of(book, "R-GRANS-SIP10", [*flows, _count("SIP12", "2026-T1", 25)])) == ["ok"]
    (result,) = _of(book, "R-GRANS-SIP10", [*flows, _count("SIP12", "2026-T1", 15)])
    assert (result.outcome, result.severity) == (Outcome.BROKEN, Severity.WARNING)
    assert result.text == "30 SIP följdes upp under tertial 2 2026, men 15 pågick vid starten och 10 upprättades."


def test_a_stock_entered_for_the_month_before_answers_for_the_tertial_before(book: CodeBook) -> None:
    counts = [_count("SIP10", "2026-T2", 30), _count("SIP08", "2026-T2", 10), _count("SIP12", "2026-04", 25)]
    (result,) = _of(book, "R-GRANS-SIP10", counts)
    assert result.outcome is Outcome.OK
    assert "SIP12/2026-04" in result.cells


def test_the_first_period_has_no_stock_before_and_the_rule_says_so(book: CodeBook) -> None:
    (result,) = _of(book, "R-GRANS-SIP10", [_count("SIP10", "2026-T2", 30), _count("SIP08", "2026-T2", 10)])
    assert result.outcome is Outcome.SILENT
    assert result.text == "Kan inte prövas: ”Pågående SIP vid periodens slut” saknar tal för tertial 1 2026."


@pytest.mark.parametrize(("now", "outcome"), [(32, "ok"), (31, "broken")])
def test_the_stock_balances_with_what_began_and_what_ended(book: CodeBook, now: int, outcome: str) -> None:
    counts = [
        _count("SIP12", "2026-T1", 30),
        _count("SIP08", "2026-T2", 10),
        _count("SIP11", "2026-T2", 8),
        _count("SIP12", "2026-T2", now),
    ]
    assert _outcomes(_of(book, "R-BALANS-SIP12", counts)) == [outcome]


@pytest.mark.parametrize(("meetings", "calls", "outcome"), [(3, 0, "broken"), (0, 0, "ok"), (3, 1, "ok")])
def test_meetings_without_calls_are_asked_about(book: CodeBook, meetings: int, calls: int, outcome: str) -> None:
    counts = [_count("SIP04", "2026-05", meetings), _count("SIP03", "2026-05", calls)]
    assert _outcomes(_of(book, "R-NOLL-SIP04", counts)) == [outcome]


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [(20, 31, "broken"), (20, 30, "ok"), (4, 14, "ok"), (4, 15, "broken"), (0, 11, "broken"), (30, 14, "broken")],
)
def test_a_change_counts_when_over_half_and_over_ten(book: CodeBook, before: int, now: int, outcome: str) -> None:
    results = _of(book, "R-FORANDRING", [_count("SIP04", "2025-05", before), _count("SIP04", "2026-05", now)])
    assert _outcomes(results) == [outcome]


def test_a_change_is_silent_without_last_year_and_is_told_on_this_years_number(book: CodeBook) -> None:
    (result,) = _of(book, "R-FORANDRING", [_count("SIP04", "2026-05", 50)])
    assert (result.outcome, result.subject) == (Outcome.SILENT, "SIP04/2026-05")
    assert "maj 2025" in result.text


@pytest.mark.parametrize(
    ("part", "whole", "outcome"), [(0, 20, "broken"), (20, 20, "broken"), (1, 20, "ok"), (19, 19, "ok")]
)
def test_none_or_all_of_many_is_asked_about(book: CodeBook, part: int, whole: int, outcome: str) -> None:
    counts = [_count("SIP05", "2026-05", part), _count("SIP04", "2026-05", whole)]
    assert _outcomes(_of(book, "R-ANDEL-SIP05", counts)) == [outcome]


def test_the_same_numbers_as_last_period_are_asked_about(book: CodeBook) -> None:
    last = [_count(measure, "2026-05", 4) for measure in ("SIP01", "SIP03", "SIP04")]
    same = [_count(measure, "2026-06", 4) for measure in ("SIP01", "SIP03", "SIP04")]
    assert _outcomes(_of(book, "R-LIKA", [*last, *same])) == ["broken", "silent"]
    assert "ok" in _outcomes(_of(book, "R-LIKA", [*last, *same, _count("SIP08", "2026-06", 1)]))
    assert _of(book, "R-LIKA", same[:2]) == []


def test_an_obligatory_measure_without_a_number_is_a_warning_unless_it_does_not_apply(book: CodeBook) -> None:
    counts = [
        _count("SIP04", "2026-05", 0),
        _count("SIP05", "2026-T2", None, CountState.NOT_APPLICABLE),
        _count("SIP08", "2026-05", None),
        _count("SIP12", "2026-07", 9),
    ]
    broken = {each.subject for each in _of(book, "R-OBLIGATORISK", counts) if each.outcome is Outcome.BROKEN}
    assert broken == {"SIP08/2026-T2", "SIP10/2026-T2", "SIP11/2026-T2", "SIP12/2026-T2"}
    text = next(each.text for each in _of(book, "R-OBLIGATORISK", counts) if each.subject == "SIP10/2026-T2")
    assert text == "Uppföljda SIP saknas för tertial 2 2026."


def test_members_are_compared_per_inhabitant_and_only_at_an_office(book: CodeBook) -> None:
    counts = {code: [_count("SIP08", "2026-T2", n)] for code, n in {"1462": 90, "1461": 10, "1421": 10}.items()}
    people = {"1462": 10_000, "1461": 10_000, "1421": 10_000}
    peers = Peers(own="1462", counts_by_org=counts, inhabitants=people)
    (result,) = _of(book, "R-JAMFOR-SIP08", counts["1462"], peers)
    assert result.outcome is Outcome.BROKEN
    assert "mer än 4 gånger delregionens median" in result.text
    bigger = Peers(own="1462", counts_by_org=counts, inhabitants=people | {"1462": 90_000})
    assert _outcomes(_of(book, "R-JAMFOR-SIP08", counts["1462"], bigger)) == ["ok"]
    unknown = Peers(own="1462", counts_by_org=counts, inhabitants={})
    assert _of(book, "R-JAMFOR-SIP08", counts["1462"], unknown)[0].text == "Kan inte prövas: folkmängd saknas."
    alone = Peers(own="1462", counts_by_org={"1462": counts["1462"]}, inhabitants=people)
    assert _outcomes(_of(book, "R-JAMFOR-SIP08", counts["1462"], alone)) == ["silent"]
    assert _of(book, "R-JAMFOR-SIP08", counts["1462"]) == []


_TEN = [f"2025-{month:02d}" for month in range(7, 13)] + [f"2026-{month:02d}" for month in range(1, 5)]


def _history(numbers: Sequence[int | None], now: int) -> list[Count]:
    """SIP04 month by month up to April 2026, and then ``now`` in May."""
    return [*(_count("SIP04", when, n) for when, n in zip(_TEN, numbers, strict=True)), _count("SIP04", "2026-05", now)]


@pytest.mark.parametrize(
    ("now", "outcome"), [(36, "ok"), (37, "broken"), (4, "ok"), (1, "broken")], ids=["three times", "more", "", "less"]
)
def test_a_number_far_from_the_median_of_the_earlier_ones_is_asked_about(
    book: CodeBook, now: int, outcome: str
) -> None:
    numbers = [9, 12, 12, 12, 12, 12, 12, 12, 400, 0]
    (result,) = _of(book, "R-HISTORIA", _history(numbers, now))
    assert (result.outcome.value, result.severity) == (outcome, Severity.WARNING)


def test_the_question_about_history_tells_both_numbers_and_how_many_there_are(book: CodeBook) -> None:
    (result,) = _of(book, "R-HISTORIA", _history([10, 10, 10, 10, 10, 11, 11, 11, 11, 11], 40))
    assert result.text == (
        "Genomförda SIP-möten är 40 under maj 2026. Medianen av de 10 tidigare talen är 10,5. Stämmer 40?"
    )


def test_history_is_silent_below_ten_earlier_numbers_and_says_how_many_there_are(book: CodeBook) -> None:
    (result,) = _of(book, "R-HISTORIA", _history([None, *[4] * 9], 400))
    assert result.outcome is Outcome.SILENT
    assert result.text == "Kan inte prövas: ”Genomförda SIP-möten” har 9 tidigare tal, och 10 behövs."


def test_months_are_no_history_of_a_tertial(book: CodeBook) -> None:
    earlier = _history([4] * 10, 4)[:-1]
    (result,) = _of(book, "R-HISTORIA", [*earlier, _count("SIP04", "2026-T2", 400)])
    assert result.outcome is Outcome.SILENT
    assert "har 0 tidigare tal" in result.text


def test_a_small_number_is_not_asked_about_however_many_times_larger_it_is(book: CodeBook) -> None:
    assert _outcomes(_of(book, "R-HISTORIA", _history([0] * 10, 10))) == ["ok"]
    assert _outcomes(_of(book, "R-HISTORIA", _history([0] * 10, 11))) == ["broken"]


def test_a_rule_that_has_ended_is_not_tried(book: CodeBook) -> None:
    ended = _with_rules(book, *(_ended(rule) for rule in book.rules))
    assert evaluate(ended, T2, [_count("SIP04", "2026-05", 16)]) == ()


def test_the_worst_comes_first(book: CodeBook) -> None:
    counts = [
        _count("SIP01", "2026-05", 1),
        _count("SIP02", "2026-05", 2),
        _count("SIP04", "2026-05", 3),
        _count("SIP03", "2026-05", 0),
        _count("SIP05", "2026-05", 1),
    ]
    weights = [
        ("silent", "ok").index(each.outcome.value) + 2
        if each.outcome is not Outcome.BROKEN
        else ("error", "warning").index(each.severity.value)
        for each in evaluate(book, T2, counts)
    ]
    assert weights == sorted(weights)
    assert set(weights) == {0, 1, 2, 3}


def test_a_problem_knows_the_municipalitys_comment_and_whether_it_blocks(book: CodeBook) -> None:
    results = evaluate(book, T2, [_count("SIP04", "2026-05", 3), _count("SIP03", "2026-05", 0)])
    comment = RuleComment(id="R-NOLL-SIP04/SIP04/2026-05", comment="Spontana möten.")
    found = {each.result.rule: each for each in problems(results, [comment])}
    assert found["R-NOLL-SIP04"].comment == "Spontana möten."
    assert not found["R-NOLL-SIP04"].blocks
    assert all(each.result.outcome is Outcome.BROKEN for each in found.values())
    broken_part = [_count("SIP04", "2026-05", 3), _count("SIP05", "2026-05", 4)]
    assert any(each.blocks and each.comment is None for each in problems(evaluate(book, T2, broken_part), []))


_PERIODS = ["2025-05", "2026-04", "2026-05", "2026-06", "2026-T1", "2026-T2", "2025-T2"]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([f"SIP{n:02d}" for n in range(1, 14)]), st.sampled_from(_PERIODS)),
        st.one_of(st.none(), st.integers(0, 60)),
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_any_entry_gets_a_verdict_that_does_not_depend_on_order(
    book: CodeBook, entered: dict[tuple[str, str], int | None], order: random.Random
) -> None:
    counts = [_count(measure, period, n) for (measure, period), n in entered.items()]
    results = evaluate(book, T2, counts)
    order.shuffle(counts)
    assert evaluate(book, T2, counts) == results
    assert len({each.comment_id for each in results}) == len(results)
    assert all(each.text and "{" not in each.text for each in results if each.outcome is not Outcome.OK)


def _with_rules(book: CodeBook, *rules: Rule) -> CodeBook:
    fields = {name: getattr(book, name) for name in book.__struct_fields__}
    return CodeBook(**fields | {"rules": rules})


def _ended(rule: Rule) -> Rule:
    fields = {name: getattr(rule, name) for name in rule.__struct_fields__}
    return Rule(**fields | {"ended": T1.end})
