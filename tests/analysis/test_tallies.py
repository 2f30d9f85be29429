from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.risk import risk_value, should_be_analysed
from fardplan_desktop.analysis.tallies import (
    activity_tally,
    answer_times,
    deviation_tally,
    is_late,
    registered_in,
    tally,
)
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Activity, Deviation

AS_OF = date(2026, 9, 14)
PLAIN = Deviation(
    id="a",
    number="1462-2026-0001",
    month="2026-05",
    registered=date(2026, 5, 4),
    direction="kommun-till-region",
    reporter="vard-och-omsorg",
    counterpart="sjukhus-somatik",
    category="informationsoverforing",
)
PLAN = Activity(id="x", plan="p", title="Gemensam SIP-utbildning", method="A1", end=date(2026, 8, 31), status="pagar")


def _sent(id: str, days_ago: int, answered_after: int | None = None, status: str = "skickad") -> Deviation:
    sent = AS_OF - timedelta(days=days_ago)
    answered = None if answered_after is None else sent + timedelta(days=answered_after)
    return msgspec.structs.replace(PLAIN, id=id, status=status, sent_on=sent, answered_on=answered)


def test_a_tally_has_most_first_and_equals_by_code() -> None:
    assert tally(["b", "a", "c", "c"]) == (("c", 2), ("a", 1), ("b", 1))


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_a_tally_loses_nobody(codes: list[str]) -> None:
    assert sum(n for _, n in tally(codes)) == len(codes)


def test_a_deviation_belongs_to_the_period_in_which_it_was_registered() -> None:
    late = msgspec.structs.replace(PLAIN, id="b", registered=date(2026, 9, 1))
    assert registered_in(parse_period("2026-T2"), [PLAIN, late]) == (PLAIN,)
    assert registered_in(parse_period("2026-09"), [PLAIN, late]) == (late,)


def test_waiting_is_warned_of_overdue_or_neither_by_the_code_books_limits(book: CodeBook) -> None:
    limit, warning = book.reporting.answer_days, book.reporting.answer_warning
    made = deviation_tally(
        book,
        [
            _sent("fresh", warning - 1),
            _sent("warned", warning),
            _sent("last-day", limit),
            _sent("overdue", limit + 1),
            _sent("answered", limit + 40, answered_after=3),
            _sent("closed", limit + 40, status="avslutad"),
            PLAIN,
        ],
        AS_OF,
    )
    assert made.warned == ("warned", "last-day")
    assert made.overdue == ("overdue",)
    assert (made.total, made.open) == (7, 6)


def test_answer_times_are_a_median_and_a_share_in_time(book: CodeBook) -> None:
    answered = [_sent(str(days), 200, answered_after=days) for days in (10, 20, 60, 61)]
    times = answer_times([*answered, _sent("waiting", 5)], limit=60)
    assert (times.answered, times.median, times.in_time, times.share_in_time) == (4, 40.0, 3, 0.75)
    nobody = answer_times([PLAIN], limit=60)
    assert (nobody.median, nobody.share_in_time) == (None, None)


def test_deviations_are_counted_by_what_the_analyses_ask(book: CodeBook) -> None:
    other = msgspec.structs.replace(
        PLAIN, id="b", category="lakemedel", feedback=date(2026, 6, 1), severity="katastrofal", likelihood="stor"
    )
    made = deviation_tally(book, [PLAIN, other, msgspec.structs.replace(other, id="c")], AS_OF)
    assert made.by_category == (("lakemedel", 2), ("informationsoverforing", 1))
    assert made.by_document == (("uppgift-saknas", 3),)
    assert made.fed_back == 2
    assert made.flagged == ("b", "c")


@pytest.mark.parametrize(
    ("severity", "likelihood", "value", "flagged"),
    [
        ("mindre", "mycket-liten", 1, False),
        ("mattlig", "mycket-stor", 8, False),
        ("betydande", "stor", 9, True),
        ("katastrofal", "mycket-stor", 16, True),
        ("uppgift-saknas", "mycket-stor", None, False),
        ("katastrofal", None, None, False),
        ("okand-kod", "stor", None, False),
    ],
)
def test_the_risk_value_is_severity_times_likelihood_or_nothing(
    book: CodeBook, severity: str, likelihood: str | None, value: int | None, flagged: bool
) -> None:
    assert risk_value(book, severity, likelihood) == value
    deviation = msgspec.structs.replace(PLAIN, severity=severity, likelihood=likelihood)
    assert should_be_analysed(book, deviation) is flagged


@pytest.mark.parametrize("status", ["klar", "integrerad", "avbruten", "inte-prioriterad-hos-oss"])
def test_what_is_finished_or_declined_is_never_late(book: CodeBook, status: str) -> None:
    assert not is_late(book, msgspec.structs.replace(PLAN, status=status), AS_OF)


@pytest.mark.parametrize("status", [None, "status-saknas", "ej-paborjad", "pagar", "pagar-delvis", "avvaktar"])
def test_what_goes_on_after_its_end_is_late_from_the_day_after(book: CodeBook, status: str | None) -> None:
    activity = msgspec.structs.replace(PLAN, status=status)
    assert not is_late(book, activity, date(2026, 8, 31))
    assert is_late(book, activity, date(2026, 9, 1))
    assert not is_late(book, msgspec.structs.replace(activity, end=None), AS_OF)


def test_activities_are_counted_by_status_main_method_and_forecast(book: CodeBook) -> None:
    unknown = Activity(id="y", plan="p", title="Utan något", also_methods=("A1",))
    done = msgspec.structs.replace(PLAN, id="z", status="klar", forecast="enligt-plan")
    made = activity_tally(book, [PLAN, unknown, done], AS_OF)
    assert made.by_status == (("klar", 1), ("pagar", 1), ("status-saknas", 1))
    assert made.by_method == (("A1", 2), ("uppgift-saknas", 1))
    assert made.by_forecast == (("uppgift-saknas", 2), ("enligt-plan", 1))
    assert made.late == ("x",)
