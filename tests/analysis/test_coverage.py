from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.coverage import coverage
from fardplan_desktop.analysis.coverage_words import short, stand, told
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


def _refused(received: date, sequence: int = 1, code: str = "E20", **more: object) -> DeliveryFact:
    return _fact(received, sequence, accepted=False, code=code, message="Sigillet stämmer inte.", **more)


def test_a_refused_file_alone_is_rejected_with_its_reason_until_a_good_one_comes() -> None:
    refused = _refused(date(2026, 9, 21))
    row = _row(refused)
    assert (row.state, row.refused, row.has_delivered) == (CoverageState.REJECTED, refused, False)
    cleared = _row(refused, _fact(date(2026, 9, 22)))
    assert (cleared.state, cleared.refused) == (CoverageState.DELIVERED, None)


def test_on_one_day_the_moment_decides_which_came_last() -> None:
    day = date(2026, 9, 21)
    before, good = _refused(day, at="2026-09-21T08:00:00Z"), _fact(day, at="2026-09-21T09:00:00Z")
    assert _row(good, before).refused is None
    after = _refused(day, 2, at="2026-09-21T10:00:00Z")
    assert _row(good, after).refused == after


def test_a_refused_correction_does_not_undo_what_was_delivered_but_is_told() -> None:
    late = _refused(date(2026, 9, 22), 2)
    row = _row(_fact(date(2026, 9, 20)), late)
    assert (row.state, row.refused) == (CoverageState.DELIVERED, late)


def test_an_old_or_damaged_copy_of_what_we_have_is_nothing_to_tell() -> None:
    have = _fact(date(2026, 9, 20), 3)
    assert _row(have, _refused(date(2026, 9, 22), 3)).refused is None
    assert _row(have, _refused(date(2026, 9, 22), 2, "E18-ROLLBACK")).refused is None
    clash = _refused(date(2026, 9, 22), 3, "E18-EQUIVOCATION")
    assert _row(have, clash).refused == clash


def test_days_left_and_days_late_are_counted_from_the_last_day() -> None:
    assert _row(as_of=date(2026, 9, 20)).days == 5
    assert _row(as_of=date(2026, 9, 30)).days == -5
    late = _row(_fact(date(2026, 9, 28)), _fact(date(2026, 10, 9), 2), _fact(date(2026, 10, 12), 3))
    assert (late.days_late, late.corrections, late.sent) == (3, 2, date(2026, 10, 12))


def test_the_words_of_a_row_say_what_a_person_would_ask() -> None:
    words = {
        short(_row(as_of=date(2026, 9, 24))): told(_row(as_of=date(2026, 9, 24))),
        short(_row(as_of=date(2026, 10, 2))): told(_row(as_of=date(2026, 10, 2))),
        short(_row(_fact(date(2026, 9, 28)))): told(_row(_fact(date(2026, 9, 28)))),
        short(_row(_fact(date(2026, 9, 28)), _fact(date(2026, 10, 1), 2))): "",
        short(_row(_refused(date(2026, 9, 21), file_name="brev\u202e.zip"))): told(
            _row(_refused(date(2026, 9, 21), file_name="brev\u202e.zip"))
        ),
    }
    assert words == {
        "väntas, 1 dag kvar": "Väntas, 1 dag kvar. Sista dag 2026-09-25.",
        "saknas 7 dagar": "Saknas, 7 dagar efter sista dagen 2026-09-25.",
        "sen 3 dagar": "Sen 3 dagar efter sista dagen. Paket 1, förseglat 2026-09-28, inläst 2026-09-28.",
        "rättad 1 gång": "",
        "avvisad": "Avvisad 2026-09-21 (brev\ufffd.zip). Sigillet stämmer inte.",
    }
    corrected = told(_row(_fact(date(2026, 9, 28)), _fact(date(2026, 10, 1), 2), _refused(date(2026, 10, 3), 3)))
    assert corrected.startswith("Rättad 1 gång, första gången 3 dagar efter sista dagen. Paket 2, förseglat ")
    assert corrected.endswith("En senare fil avvisades 2026-10-03 (). Sigillet stämmer inte.")


def test_what_a_delregion_tells_of_its_members_is_told() -> None:
    told_of = msgspec.structs.replace(_row(), reason="Chefsbyte.")
    assert told(told_of).endswith("efter sista dagen 2026-09-25. Delregionen: Chefsbyte.")
    totals = _row(_fact(date(2026, 9, 20), totals=True))
    assert told(totals) == "Inlämnad. Bara i delregionens summor, som inte kan kontrolleras per kommun."


def test_at_the_county_the_delregions_deliver_and_the_municipalities_come_with_them(book: CodeBook) -> None:
    bundle = _fact(date(2026, 9, 20), organisation="fyrbodal")
    inside = _fact(date(2026, 9, 20), via="fyrbodal")
    made = coverage(T2, ["1462", "1461"], [bundle, inside], DUE, AFTER, ["fyrbodal", "samla"])
    assert [row.has_delivered for row in made.offices] == [True, False]
    assert (made.received, made.expected, made.rows[0].via) == (1, 2, "fyrbodal")
    assert stand(made, T2).replace("\xa0", " ") == "Tertial 2 2026: 1 av 2 delregioner och 1 av 2 kommuner inlämnade."
    assert [row.organisation for row in made.asked] == ["fyrbodal", "samla"]


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
