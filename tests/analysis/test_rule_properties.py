"""The shipped rules against what domain.md 7.1 says, written anew here: whatever is entered, both give one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.rules import Peers, evaluate
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Outcome, RuleResult, Severity
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count, CountState

T2 = parse_period("2026-T2")
FLOWS = [f"SIP{n:02d}" for n in range(1, 12)]
STOCKS = ["SIP12", "SIP13", "KON01", "KON02", "KON03", "KON04"]
PARTS = {
    "SIP02": "SIP01", "SIP05": "SIP04", "SIP06": "SIP04", "SIP07": "SIP04", "SIP09": "SIP08", "SIP13": "SIP12",
    "KON02": "KON01", "KON04": "KON03",
}  # fmt: skip
SHARES = [("SIP02", "SIP01"), ("SIP05", "SIP04"), ("SIP07", "SIP04"), ("SIP13", "SIP12"), ("KON02", "KON01"),
          ("KON04", "KON03")]  # fmt: skip
MONTHS = [parse_period("2025-05").shifted(step) for step in range(16)]
"""From May 2025 to August 2026: the same period last year, the month before, and enough for a history."""
OURS = [month.id for month in T2.months]

Entered = dict[tuple[str, str], int | None]
numbers = st.one_of(st.none(), st.integers(0, 12), st.integers(18, 23), st.integers(0, 99))
entries = st.dictionaries(
    st.tuples(st.sampled_from(FLOWS + STOCKS), st.sampled_from([month.id for month in MONTHS])), numbers, max_size=60
)


def counts(entered: Mapping[tuple[str, str], int | None]) -> list[Count]:
    return [
        Count(measure=measure, period=period, n=n, state=CountState.MISSING if n is None else CountState.REPORTED)
        for (measure, period), n in entered.items()
    ]


def broken(results: tuple[RuleResult, ...], rule: str) -> set[str]:
    return {each.subject for each in results if each.rule.startswith(rule) and each.outcome is Outcome.BROKEN}


def months_of(entered: Entered, measure: str) -> Iterator[tuple[str, int]]:
    """The measure's numbers in the months of the period."""
    for month in OURS:
        number = entered.get((measure, month))
        if number is not None:
            yield month, number


def before(month: str) -> str:
    return parse_period(month).previous.id


def last_year(month: str) -> str:
    return parse_period(month).year_before.id


@given(entries)
def test_a_part_is_an_error_just_when_it_is_more_than_its_whole_in_that_month(book: CodeBook, entered: Entered) -> None:
    results = evaluate(book, T2, counts(entered))
    expected = {
        f"{part}/{month}"
        for part, whole in PARTS.items()
        for month, number in months_of(entered, part)
        if (total := entered.get((whole, month))) is not None and number > total
    }
    assert broken(results, "R-DEL-") == expected
    assert all(each.severity is Severity.ERROR for each in results if each.rule.startswith("R-DEL-"))


@given(entries)
def test_flows_are_weighed_against_the_stock_of_the_month_before(book: CodeBook, entered: Entered) -> None:
    results = evaluate(book, T2, counts(entered))
    for flow in ("SIP10", "SIP11"):
        expected = {
            f"{flow}/{month}"
            for month, number in months_of(entered, flow)
            if (stock := entered.get(("SIP12", before(month)))) is not None
            and (new := entered.get(("SIP08", month))) is not None
            and number > stock + new
        }
        assert broken(results, f"R-GRANS-{flow}") == expected
    balance = {
        f"SIP12/{month}"
        for month, number in months_of(entered, "SIP12")
        if (stock := entered.get(("SIP12", before(month)))) is not None
        and (new := entered.get(("SIP08", month))) is not None
        and (ended := entered.get(("SIP11", month))) is not None
        and number != stock + new - ended
    }
    assert broken(results, "R-BALANS-SIP12") == balance


@given(entries)
def test_the_other_warnings_say_what_the_domain_says(book: CodeBook, entered: Entered) -> None:
    results = evaluate(book, T2, counts(entered))
    plans = {f"SIP08/{m}" for m, n in months_of(entered, "SIP08") if n > (entered.get(("SIP04", m)) or 0)}
    known = {f"SIP08/{m}" for m in OURS if entered.get(("SIP04", m)) is not None}
    assert broken(results, "R-GRANS-SIP08") == plans & known
    spontaneous = {f"SIP04/{m}" for m, n in months_of(entered, "SIP04") if n and entered.get(("SIP03", m)) == 0}
    assert broken(results, "R-NOLL-SIP04") == spontaneous
    changed = {
        f"{measure}/{month}"
        for measure in FLOWS + STOCKS
        for month, now in months_of(entered, measure)
        if (was := entered.get((measure, last_year(month)))) is not None
        and abs(now - was) > 10
        and abs(now - was) > was / 2
    }
    assert broken(results, "R-FORANDRING") == changed
    for part, whole in SHARES:
        extreme = {
            f"{part}/{month}"
            for month, number in months_of(entered, part)
            if (total := entered.get((whole, month))) is not None and total >= 20 and number in (0, total)
        }
        assert broken(results, f"R-ANDEL-{part}") == extreme


@given(
    st.lists(numbers, min_size=12, max_size=12),
    st.integers(0, 99),
    st.sampled_from(["SIP01", "SIP10", "SIP12", "KON03"]),
)
def test_history_is_the_median_of_at_least_ten_earlier_months(
    book: CodeBook, earlier: list[int | None], now: int, measure: str
) -> None:
    entered: Entered = {(measure, month.id): n for month, n in zip(MONTHS[:12], earlier, strict=True)}
    entered[measure, "2026-05"] = now
    results = evaluate(book, T2, counts(entered))
    points = [n for n in earlier if n is not None]
    (history,) = [each for each in results if each.rule == "R-HISTORIA"]
    if len(points) < 10:
        assert history.outcome is Outcome.SILENT
        return
    middle = median(points)
    far = max(now, middle) > 3 * min(now, middle) and abs(now - middle) > 10
    assert (history.outcome is Outcome.BROKEN) == far


@given(st.dictionaries(st.sampled_from(FLOWS + STOCKS), st.integers(0, 3), min_size=1), st.booleans())
def test_a_month_that_repeats_every_number_of_the_one_before_is_asked_about(
    book: CodeBook, numbers: dict[str, int], other: bool
) -> None:
    entered: Entered = {(measure, when): n for measure, n in numbers.items() for when in ("2026-05", "2026-06")}
    if other:
        measure = min(numbers)
        entered[measure, "2026-06"] = numbers[measure] + 1
    results = evaluate(book, T2, counts(entered))
    assert bool(broken(results, "R-LIKA")) == (len(numbers) >= 3 and not other)


cells = st.dictionaries(st.sampled_from(["0-17", "18-64", "65-79", "80-plus", "okand"]), st.integers(0, 9))


@given(st.integers(0, 40), cells)
def test_a_breakdown_is_equal_to_its_whole_when_all_is_there_and_at_most_that_otherwise(
    book: CodeBook, whole: int, given_cells: dict[str, int]
) -> None:
    entered = counts({("SIP08", "2026-05"): whole})
    entered += [
        Count(measure="SIP08", period="2026-05", breakdown="alder", value=code, n=n) for code, n in given_cells.items()
    ]
    total = sum(given_cells.values())
    wrong = bool(given_cells) and (total != whole if len(given_cells) == 5 else total > whole)
    assert bool(broken(evaluate(book, T2, entered), "R-SUM-SIP08-ALDER")) == wrong


@given(entries)
def test_only_errors_are_those_about_wholes_and_the_first_period_has_no_warning_about_before(
    book: CodeBook, entered: Entered
) -> None:
    alone = {place: n for place, n in entered.items() if place[1] in OURS}
    first = {place: n for place, n in alone.items() if place[1] == "2026-05"}
    results = evaluate(book, T2, counts(first))
    for rule in ("R-GRANS-SIP10", "R-GRANS-SIP11", "R-BALANS-SIP12", "R-FORANDRING", "R-HISTORIA", "R-LIKA"):
        tried = [each for each in results if each.rule == rule]
        assert all(each.outcome is Outcome.SILENT and each.text.startswith("Kan inte prövas: ") for each in tried)
    errors = {each.rule[:6] for each in results if each.severity is Severity.ERROR}
    assert errors <= {"R-DEL-", "R-SUM-"}


@given(st.dictionaries(st.sampled_from(["1462", "1461", "1421", "1485"]), st.integers(0, 60), min_size=1))
def test_members_are_compared_only_where_there_are_members(book: CodeBook, drawn: dict[str, int]) -> None:
    own = min(drawn)
    by_org = {code: counts({("SIP08", "2026-T2"): n}) for code, n in drawn.items()}
    peers = Peers(own=own, counts_by_org=by_org, inhabitants=dict.fromkeys(drawn, 10_000))
    assert not broken(evaluate(book, T2, by_org[own]), "R-JAMFOR")
    far = len(drawn) > 1 and drawn[own] > 4 * median(drawn.values())
    assert bool(broken(evaluate(book, T2, by_org[own], peers), "R-JAMFOR")) == far


@given(st.sampled_from(["SIP04", "SIP05", "SIP08", "SIP11"]), st.lists(numbers, min_size=4, max_size=4))
def test_an_obligatory_flow_is_a_warning_until_one_month_has_a_number(
    book: CodeBook, measure: str, by_month: list[int | None]
) -> None:
    results = evaluate(book, T2, counts({(measure, when): n for when, n in zip(OURS, by_month, strict=True)}))
    warned = f"{measure}/2026-T2" in broken(results, "R-OBLIGATORISK")
    assert warned == all(n is None for n in by_month)
    assert not any(each.severity is Severity.ERROR and each.rule == "R-OBLIGATORISK" for each in results)


def test_the_period_of_a_rule_is_where_the_number_was_entered(book: CodeBook) -> None:
    """A tertial's own value is tried against the tertial before, never against a sum of months."""
    months = {("SIP10", month.id): 1 for month in _months("2026-T1")} | {("SIP12", "2026-T1"): 5}
    entered: Entered = {**months, ("SIP10", "2026-T2"): 9, ("SIP08", "2026-T2"): 3}
    assert broken(evaluate(book, T2, counts(entered)), "R-GRANS-SIP10") == {"SIP10/2026-T2"}


def _months(period: str) -> tuple[Period, ...]:
    return parse_period(period).months
