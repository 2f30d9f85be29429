from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.coverage import coverage
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import CoverageRow, CoverageState, DeliveryFact
from fardplan_desktop.domain.periods import parse_period

T2 = parse_period("2026-T2")
DUE = date(2026, 9, 25)
AFTER = date(2026, 10, 30)


def _fact(received: date, sequence: int = 1, **more: object) -> DeliveryFact:
    plain = DeliveryFact(organisation="1462", period="2026-T2", sequence=sequence, received=received)
    return msgspec.structs.replace(plain, **more)


def _row(*facts: DeliveryFact, as_of: date = AFTER) -> CoverageRow:
    return coverage(T2, ["1462"], facts, DUE, as_of).rows[0]


def test_nothing_is_awaited_until_the_deadline_and_missing_after_it() -> None:
    assert _row(as_of=DUE).state is CoverageState.AWAITED
    assert _row(as_of=date(2026, 9, 26)).state is CoverageState.MISSING


def test_a_delivery_on_the_last_day_is_in_time_and_the_day_after_late() -> None:
    assert _row(_fact(DUE)).state is CoverageState.DELIVERED
    late = _row(_fact(date(2026, 9, 26)))
    assert (late.state, late.late, late.state.word) == (CoverageState.LATE, True, "sen")


def test_the_day_it_was_sealed_decides_and_not_the_day_the_office_read_it_in() -> None:
    assert _row(_fact(date(2026, 10, 20), sealed=date(2026, 9, 20))).state is CoverageState.DELIVERED


def test_a_second_version_is_a_correction_and_remembers_that_the_first_was_late() -> None:
    row = _row(_fact(date(2026, 10, 9), sequence=4), _fact(date(2026, 9, 28), sequence=3))
    assert (row.state, row.sequence, row.late) == (CoverageState.CORRECTED, 4, True)
    assert row.received == date(2026, 10, 9)


def test_a_refused_file_alone_is_rejected_with_its_code_but_does_not_undo_a_delivery() -> None:
    refused = _fact(date(2026, 9, 21), sequence=2, accepted=False, code="E11")
    row = _row(refused)
    assert (row.state, row.code, row.has_delivered) == (CoverageState.REJECTED, "E11", False)
    assert _row(_fact(date(2026, 9, 20)), refused).state is CoverageState.DELIVERED
    assert _row(_fact(date(2026, 9, 20)), refused).code is None


def test_what_came_later_or_for_another_period_or_from_a_stranger_does_not_count() -> None:
    assert not _row(_fact(date(2026, 9, 20)), as_of=date(2026, 9, 19)).has_delivered
    assert not _row(_fact(date(2026, 9, 20), period="2026-T1")).has_delivered
    assert not _row(_fact(date(2026, 9, 20), organisation="1480")).has_delivered


def test_the_members_are_those_of_the_periods_last_day_and_the_missing_are_named(book: CodeBook) -> None:
    members = [each.code for each in book.members("fyrbodal", T2.end)]
    made = coverage(T2, members, [_fact(DUE), _fact(DUE, organisation="1461")], book.deadline(T2), AFTER)
    assert (made.received, made.expected) == (2, 15)
    assert set(made.missing) == set(members) - {"1462", "1461"}
    assert book.deadline(T2) == DUE


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5), st.booleans()), max_size=6))
def test_received_and_missing_are_everyone_and_order_does_not_matter(arrivals: list[tuple[int, int, bool]]) -> None:
    facts = [
        _fact(date.fromordinal(DUE.toordinal() + day - 30), sequence=place * 10 + sequence, accepted=accepted)
        for place, (day, sequence, accepted) in enumerate(arrivals)
    ]
    made = coverage(T2, ["1462", "1461"], facts, DUE, AFTER)
    assert made == coverage(T2, ["1462", "1461"], facts[::-1], DUE, AFTER)
    assert made.received + len(made.missing) == made.expected == 2
    assert made.rows[0].has_delivered == any(accepted for _, _, accepted in arrivals)
