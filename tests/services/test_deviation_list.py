"""The list reckoned in the store says what a plain walk through all records would say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fardplan_desktop.analysis import tallies
from fardplan_desktop.analysis.numbers_sv import SortKey, sort_key
from fardplan_desktop.analysis.risk import risk_value, should_be_analysed
from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import deviation_list, deviations
from fardplan_desktop.services.deviation_list import LISTS, MARKS, NOT_STATED, Mark, Order, Sorted, Wanted
from fardplan_desktop.services.workplace import Workplace
from tests.benchmarks.many_deviations import deviation

replace = msgspec.structs.replace
_PERIODS = (None, "2026-T2", "2025", "2026-08")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, book: CodeBook) -> Iterator[Workplace]:
    """A workplace with 150 deviations of every kind."""
    seeded = Seeded(7, datetime(2026, 9, 14, 8, tzinfo=UTC))
    path = tmp_path_factory.mktemp("lista") / "le.fardplan"
    made = new_workplace(path, "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)
    chance = random.Random(3)
    edits = [Edit(None, deviation(chance, book, each)) for each in range(150)]
    made.store.write(edits, label="Många", signature=made.signature)
    yield made
    made.store.close()


def plainly(workplace: Workplace, wanted: Wanted) -> list[Deviation]:
    """What is asked for, found by looking at every record; text aside."""
    return [
        each
        for each in workplace.store.own(Deviation)
        if all((getattr(each, field) or NOT_STATED) == code for field, code in wanted.codes.items())
        and all(has_mark(workplace, each, mark) for mark in wanted.marks)
        and (wanted.period is None or wanted.period.start <= each.registered <= wanted.period.end)
    ]


def has_mark(workplace: Workplace, each: Deviation, mark: Mark) -> bool:
    book = workplace.codebook
    waited = tallies.days_waiting(book, each, workplace.today)
    answers: dict[Mark, bool] = {
        "open": not tallies.is_closed(book, each),
        "late": waited is not None and waited > book.reporting.answer_days,
        "unreturned": each.feedback is None,
        "flagged": should_be_analysed(book, each),
        "lifted": each.lift_to is not None,
    }
    return answers[mark]


def listed(workplace: Workplace, wanted: Wanted | None = None, order: Order | None = None) -> list[Deviation]:
    rows = deviation_list.rows_in_order(workplace, wanted=wanted or Wanted(), order=order or Order())
    found = deviation_list.read(workplace, rows=rows)
    return [found[row] for row in rows]


def _wishes(book: CodeBook) -> st.SearchStrategy[Wanted]:
    codes = {
        field: st.sampled_from([NOT_STATED, *(code.id for code in book.list(list_id).codes)])
        for field, list_id in LISTS.items()
    }
    few = st.lists(st.sampled_from(list(LISTS)), max_size=2, unique=True).flatmap(
        lambda fields: st.fixed_dictionaries({field: codes[field] for field in fields})
    )
    periods = st.sampled_from([parse_period(each) if each else None for each in _PERIODS])
    return st.builds(Wanted, codes=few, marks=st.frozensets(st.sampled_from(MARKS), max_size=2), period=periods)


def test_what_is_listed_and_counted_is_what_a_walk_through_all_finds(many: Workplace, book: CodeBook) -> None:
    @given(wanted=_wishes(book))
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def holds(wanted: Wanted) -> None:
        expected = plainly(many, wanted)
        assert {each.id for each in listed(many, wanted)} == {each.id for each in expected}
        told = deviation_list.tally(many, wanted=wanted)
        assert told.total == len(expected)
        for mark in MARKS:
            narrower = replace(wanted, marks=wanted.marks | {mark})
            assert told.marks[mark] == len(plainly(many, narrower))
        for field in LISTS:
            found = deviation_list.counts(many, wanted=wanted, field=field)
            for code, count in found.items():
                assert count == len(plainly(many, replace(wanted, codes={**wanted.codes, field: code})))
            others = {key: code for key, code in wanted.codes.items() if key != field}
            assert sum(found.values()) == len(plainly(many, replace(wanted, codes=others)))

    holds()


def _risk(workplace: Workplace, each: Deviation) -> SortKey | None:
    value = risk_value(workplace.codebook, each.severity, each.likelihood)
    return None if value is None else ((value,), "")


def _label(field: str) -> Callable[[Workplace, Deviation], SortKey | None]:
    return lambda workplace, each: sort_key(workplace.codebook.label(LISTS[field], getattr(each, field)))


_KEYS: dict[Sorted, Callable[[Workplace, Deviation], SortKey | None]] = {
    "number": lambda _workplace, each: sort_key(each.number),
    "month": lambda _workplace, each: sort_key(each.month),
    "direction": _label("direction"),
    "category": _label("category"),
    "counterpart": _label("counterpart"),
    "risk": _risk,
}


@pytest.mark.parametrize("by", _KEYS)
@pytest.mark.parametrize("falling", [True, False])
def test_every_column_sorts_both_ways_with_what_is_not_stated_last(many: Workplace, by: Sorted, falling: bool) -> None:
    keys = [_KEYS[by](many, each) for each in listed(many, order=Order(by, falling))]
    stated = [key for key in keys if key is not None]
    assert keys == [*stated, *[None] * (len(keys) - len(stated))]
    assert stated == sorted(stated, reverse=falling)


def test_statuses_sort_in_the_order_they_are_gone_through(many: Workplace) -> None:
    order = [code.id for code in many.codebook.list("avvikelsestatus").codes]
    found = list(dict.fromkeys(each.status for each in listed(many, order=Order("status", False))))
    assert found == order


def test_the_longest_awaited_answer_comes_first(many: Workplace) -> None:
    found = listed(many, order=Order("answer", False))
    waiting = [each.sent_on for each in found if tallies.days_waiting(many.codebook, each, many.today) is not None]
    assert waiting == sorted(waiting, key=str)
    assert [each.id for each in found[: len(waiting)]] == [
        each.id for each in found if tallies.days_waiting(many.codebook, each, many.today) is not None
    ]


def test_the_period_at_a_glance_is_what_the_tally_of_its_records_says(many: Workplace) -> None:
    period = parse_period("2026-T2")
    found = tallies.registered_in(period, many.store.own(Deviation))
    tally = tallies.deviation_tally(many.codebook, found, many.today)
    glance = deviation_list.glance(many, period=period)
    assert (glance.total, glance.open, glance.fed_back) == (tally.total, tally.open, tally.fed_back)
    assert (glance.by_category, glance.answers) == (tally.by_category, tally.answers)


def test_text_finds_words_and_labels_and_narrows_with_each_word(edet: Workplace) -> None:
    blank = deviations.blank(edet)
    first, _ = deviations.add(edet, draft=replace(blank, category="lakemedel", summary="Listan saknades vid hemgång."))
    second, _ = deviations.add(edet, draft=replace(blank, summary="Läkemedel gavs för sent."))
    third, _ = deviations.add(edet, draft=replace(blank, summary="Kallelse utan ÅTGÄRD", reference="MC4711"))

    def found(text: str) -> list[str]:
        return [each.id for each in listed(edet, Wanted(text=text))]

    assert found("läkemedel") == [second.id, first.id]
    assert found("LÄKEM hemg") == [first.id]
    assert found('"gavs för sent"') == [second.id]
    assert found("åtgärd mc47") == [third.id]
    assert found("atgard") == found("lakemedel") == []
    assert found("  –  ") == [third.id, second.id, first.id]


def test_numbers_go_on_after_the_highest_also_past_9999(edet: Workplace) -> None:
    like = replace(deviations.blank(edet), id="x", number="1462-2026-9999")
    more = replace(like, id="y", number="1462-2026-10000")
    edet.store.write([Edit(None, like), Edit(None, more)], label="Två", signature=edet.signature)
    assert deviations.next_number(edet, 2026) == "1462-2026-10001"
    assert deviations.next_number(edet, 2025) == "1462-2025-0001"
    numbers = deviations.numbers_from(edet, 2026)
    assert [next(numbers), next(numbers)] == ["1462-2026-10001", "1462-2026-10002"]


def test_a_row_that_is_gone_is_left_out(edet: Workplace, tmp_path: Path) -> None:
    made, _ = deviations.add(edet, draft=deviations.blank(edet))
    row = deviation_list.row_of(edet, deviation=made.id)
    assert row is not None
    assert deviation_list.read(edet, rows=[row, 999]) == {row: made}
    deviations.remove(edet, deviation=made)
    assert deviation_list.read(edet, rows=[row]) == {}
    assert deviation_list.row_of(edet, deviation=made.id) is None
    assert list(deviation_list.rows_in_order(edet, wanted=Wanted(), order=Order())) == []
