"""Breakdowns under their whole, ranges that are filled or emptied, and what is read anew after a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, PeriodType, parse_period, period_of
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.services import count_entry, count_grid, counts, editing, quality
from fardplan_desktop.services.count_cells import Cell, CellKind, Row, Split
from fardplan_desktop.services.workplace import Workplace

PERIOD = parse_period("2026-T2")
AGES = ("0-17", "18-64", "65-79", "80-plus", "okand")


@pytest.fixture
def workplace(edet: Workplace) -> Workplace:
    return edet


def age(value: str, n: int | None, period: str = "2026-05", state: CountState = CountState.REPORTED) -> Count:
    return Count(measure="SIP08", period=period, breakdown="alder", value=value, n=n, state=state)


def whole(n: int, period: str = "2026-05") -> Count:
    return Count(measure="SIP08", period=period, n=n)


def put(workplace: Workplace, *values: Count) -> None:
    counts.put(workplace, values=values)


def opened(workplace: Workplace, measure: str = "SIP08") -> Row:
    grid = count_grid.count_grid(workplace, period=PERIOD, all_measures=True, opened={measure})
    found = grid.row(measure)
    assert found is not None
    return found


def ages(workplace: Workplace) -> Split:
    return opened(workplace).splits[0]


# --- breakdowns ------------------------------------------------------------------------------------------------------


def test_breakdowns_are_shown_under_their_whole_only_when_opened(workplace: Workplace) -> None:
    closed = count_grid.count_grid(workplace, period=PERIOD, all_measures=True)
    assert all(not row.splits for row in closed.rows)
    assert [split.list.label for split in opened(workplace).splits] == ["Ålder", "Målgrupp"]
    assert [row.short for row in ages(workplace).rows] == ["0–17", "18–64", "65–79", "80+", "Okänd"]
    assert ages(workplace).rows[0].label == "Upprättade SIP, ålder 0–17"


def test_a_value_of_a_breakdown_is_voluntary_and_never_counted_as_a_gap(workplace: Workplace) -> None:
    before = count_grid.progress(workplace, period=PERIOD)
    put(workplace, age("0-17", 2))
    assert {cell.kind for cell in ages(workplace).rows[0].cells} == {CellKind.OPTIONAL}
    assert count_grid.progress(workplace, period=PERIOD).of == before.of


def test_the_sum_of_a_breakdown_stands_beside_its_whole_until_they_are_equal(workplace: Workplace) -> None:
    put(workplace, whole(9), age("0-17", 2), age("okand", 0))
    assert ages(workplace).months[0].text == "2\u00a0av\u00a09"
    put(workplace, age("18-64", 3), age("65-79", 4), age("80-plus", 0))
    assert ages(workplace).months[0].text == "9"
    assert ages(workplace).whole.text == "9"
    assert ages(workplace).months[1].text == ""


def test_a_breakdown_of_zeros_comes_to_zero(workplace: Workplace) -> None:
    put(workplace, *(age(value, 0) for value in AGES))
    assert ages(workplace).months[0].text == "0"
    assert [row.cells[0].text for row in ages(workplace).rows] == ["0"] * 5


def test_an_estimated_value_makes_the_sum_of_the_breakdown_estimated(workplace: Workplace) -> None:
    put(workplace, age("0-17", 2, state=CountState.ESTIMATED), age("18-64", 3))
    assert (ages(workplace).months[0].text, ages(workplace).whole.text) == ("≈\u00a05", "≈\u00a05")


def test_a_breakdown_that_does_not_add_up_is_marked_at_its_sum_and_at_the_whole(workplace: Workplace) -> None:
    put(workplace, whole(9), *(age(value, 1) for value in AGES))
    said = "Upprättade SIP: fördelningen på ålder ger 5 för maj 2026, men totalen är 9."
    assert [each.fault for each in ages(workplace).months] == [said, "", "", ""]
    assert opened(workplace).cells[0].fault == said
    assert opened(workplace).splits[1].months[0].fault == ""


def test_a_breakdown_follows_its_measure_to_the_whole_period(workplace: Workplace) -> None:
    put(workplace, whole(40, "2026-T2"))
    row = ages(workplace).rows[0]
    assert {cell.kind for cell in row.cells} == {CellKind.ELSEWHERE}
    assert row.whole.kind is CellKind.OPTIONAL
    with pytest.raises(InputProblem, match="på annat sätt"):
        put(workplace, age("0-17", 2))


def test_a_measure_with_a_breakdown_for_the_period_is_asked_for_as_one_value(workplace: Workplace) -> None:
    before = count_grid.progress(workplace, period=PERIOD).of
    put(workplace, age("0-17", 2, "2026-T2"))
    assert count_grid.progress(workplace, period=PERIOD).of == before - 3


def test_the_breakdown_of_a_stock_has_one_cell(workplace: Workplace) -> None:
    row = opened(workplace, "SIP12").splits[0].rows[0]
    assert [cell.kind for cell in row.cells] == [CellKind.NOTHING] * 3 + [CellKind.OPTIONAL]
    put(workplace, Count(measure="SIP12", period="2026-T2", n=81))
    assert opened(workplace, "SIP12").splits[0].rows[0].whole.id == "SIP12/2026-T2/alder/0-17"


@pytest.mark.parametrize(("breakdown", "value"), [("motesform", "digitalt"), ("alder", "17-18"), ("alder", None)])
def test_a_value_that_the_measure_is_not_broken_down_by_is_refused(
    workplace: Workplace, breakdown: str, value: str | None
) -> None:
    with pytest.raises(InputProblem, match="delas inte upp"):
        put(workplace, Count(measure="SIP08", period="2026-05", breakdown=breakdown, value=value, n=1))


def test_one_more_and_typing_reach_the_value_and_name_it(workplace: Workplace) -> None:
    change = counts.add_one(workplace, measure="SIP08", period="2026-05", breakdown="alder", value="0-17")
    assert change.label == "Upprättade SIP, ålder 0–17, maj 2026: en till"
    cell = ages(workplace).rows[0].cells[0]
    typed = count_entry.read_typed(workplace.codebook, cell, "≈ 4")
    assert typed == age("0-17", 4, state=CountState.ESTIMATED)
    with pytest.raises(InputProblem, match="Upprättade SIP, ålder 0–17, maj 2026 är inte ändrad"):
        count_entry.read_typed(workplace.codebook, cell, "fyra")


# --- ranges ----------------------------------------------------------------------------------------------------------


def line(*texts: int | str | None, kind: CellKind = CellKind.NEEDED) -> list[Cell | None]:
    made: list[Cell | None] = []
    for at, text in enumerate(texts):
        when = f"2026-{at + 5:02d}"
        n = text if isinstance(text, int) else None
        state = CountState.MISSING if text == "saknas" else CountState.REPORTED
        count = None if text is None else Count(measure="SIP08", period=when, state=state, n=n, comment="egen")
        made.append(Cell(measure="SIP08", period=when, kind=kind, count=count))
    return made


def test_filling_carries_the_first_cell_on_and_leaves_comments_where_they_are() -> None:
    found = count_entry.filled([line(7, 1, None)])
    assert [(each.id, each.n, each.comment) for each in found.values] == [
        ("SIP08/2026-06", 7, "egen"), ("SIP08/2026-07", 7, None),
    ]  # fmt: skip


def test_filling_carries_saknas_and_emptiness_too() -> None:
    assert [each.state for each in count_entry.filled([line("saknas", 1)]).values] == [CountState.MISSING]
    emptied = count_entry.filled([line(None, 1, None)])
    assert (emptied.values, emptied.cleared, emptied.size) == ((), ("SIP08/2026-06",), 1)


def test_cells_that_need_nothing_and_sums_are_neither_source_nor_filled() -> None:
    nothing = line(3, kind=CellKind.NOTHING)
    found = count_entry.filled([[*nothing, None, *line(None, 5, None)[1:]]])
    assert [each.id for each in found.values] == ["SIP08/2026-07"]


def test_writing_and_emptying_are_one_step(workplace: Workplace) -> None:
    put(workplace, whole(3), whole(4, "2026-06"))
    counts.put(workplace, values=[whole(3, "2026-07")], cleared=["SIP08/2026-05"], label="Flyttad")
    assert sorted(counts.counts(workplace)) == ["SIP08/2026-06", "SIP08/2026-07"]
    editing.undo(workplace)
    assert sorted(counts.counts(workplace)) == ["SIP08/2026-05", "SIP08/2026-06"]


def test_what_is_both_emptied_and_written_is_written(workplace: Workplace) -> None:
    put(workplace, whole(3), whole(4, "2026-06"))
    counts.put(workplace, values=[whole(3, "2026-06")], cleared=["SIP08/2026-05", "SIP08/2026-06"])
    assert {id: each.n for id, each in counts.counts(workplace).items()} == {"SIP08/2026-06": 3}


def test_a_block_is_repeated_when_the_range_is_a_multiple_of_it() -> None:
    assert count_entry.repeated([["1", "2"]], 2, 4) == [["1", "2", "1", "2"]] * 2
    assert count_entry.repeated([["1", "2"]], 1, 3) == [["1", "2"]]


def test_what_falls_on_a_sum_is_passed_over(workplace: Workplace) -> None:
    block = count_entry.read_pasted(workplace.codebook, [[*line(None, None), None]], [["9", "11", "20"]])
    assert [each.n for each in block.values] == [9, 11]
    assert block.label == "2 rutor inklistrade från Excel, 1 behövdes inte"


def test_estimates_are_turned_on_and_off_over_a_range(workplace: Workplace) -> None:
    put(workplace, whole(3), whole(0, "2026-06"), Count(measure="SIP08", period="2026-07", state=CountState.MISSING))
    ids = ["SIP08/2026-05", "SIP08/2026-06", "SIP08/2026-07", "SIP08/2026-08"]
    assert counts.turn_estimated(workplace, ids=ids).label == "2 rutor uppskattade"
    stored = counts.counts(workplace)
    assert [stored[id].state for id in ids[:3]] == [CountState.ESTIMATED] * 2 + [CountState.MISSING]
    assert counts.turn_estimated(workplace, ids=ids).label == "2 rutor inte uppskattade"
    assert counts.turn_estimated(workplace, ids=ids[:1]).label == "Upprättade SIP, maj 2026: uppskattad"
    with pytest.raises(InputProblem, match="inget antal"):
        counts.turn_estimated(workplace, ids=ids[2:])


# --- looking for what must be replaced, and reading anew -------------------------------------------------------------

PERIODS = [period_of(parse_period(f"2026-{month:02d}").start, kind) for month in range(1, 13) for kind in PeriodType]


@given(st.lists(st.sampled_from(PERIODS), max_size=8), st.lists(st.sampled_from(PERIODS), max_size=8))
def test_what_overlaps_is_what_shares_a_day_and_has_another_length(some: list[Period], others: list[Period]) -> None:
    def values(periods: list[Period]) -> list[Count]:
        return [Count(measure="SIP08", period=each.id, n=1) for each in periods]

    standing = {each.id: each for each in values(others)}
    found = counts.overlapping(some, [parse_period(each.period) for each in standing.values()])
    expected = {
        one: {other for other in others if other != one and (one.contains(other) or other.contains(one))}
        for one in some
    }
    assert {one: set(met) for one, met in found.items()} == {one: met for one, met in expected.items() if met}


@given(st.sampled_from(PERIODS), st.sampled_from(PERIODS))
def test_a_period_contains_another_when_all_its_days_do(one: Period, other: Period) -> None:
    assert one.contains(other) == (one.start <= other.start and other.end <= one.end)


def test_what_is_read_anew_after_each_change_is_what_reading_everything_gives(workplace: Workplace) -> None:
    put(workplace, whole(3), age("0-17", 2))
    known = count_grid.read(workplace)
    many = [age(value, 1, f"2025-{month:02d}") for value in AGES for month in range(1, 13)]
    acts: list[Callable[[], Change | None]] = [
        lambda: counts.put(workplace, values=[whole(5)]),
        lambda: counts.clear(workplace, ids=["SIP08/2026-05/alder/0-17"]),
        lambda: counts.put(workplace, values=many),
        lambda: counts.put(workplace, values=[whole(9, "2026-T2")], replace=True),
        lambda: editing.undo(workplace),
    ]
    for act in acts:
        known = count_grid.read(workplace, before=known, change=act())
        assert known == count_grid.read(workplace)


def test_the_problems_beside_the_grid_are_those_of_every_count_there_is(workplace: Workplace) -> None:
    """The grid leaves out breakdowns of other periods, which no rule looks at."""
    months = [parse_period(f"{year}-{month:02d}") for year in (2024, 2025, 2026) for month in range(1, 9)]
    wholes = [whole(each.first_month, each.id) for each in months]
    split = [age(value, each.first_month % 3, each.id) for each in months for value in AGES]
    put(workplace, *wholes, *split)
    grid = count_grid.count_grid(workplace, period=PERIOD, all_measures=False)
    assert grid.problems == quality.problems(workplace, period=PERIOD)
    assert any("fördelningen på ålder" in each.result.text for each in grid.problems)


def _thousand(workplace: Workplace) -> list[Count]:
    months = [month.id for year in (2019, 2020, 2021, 2022) for month in parse_period(str(year)).months]
    measures = [each.id for each in workplace.codebook.measures if each.over_time != "last"]
    splits = [("SIP04", "alder"), ("SIP08", "alder"), ("SIP08", "malgrupp")]
    made = [Count(measure=each, period=month, n=at) for at, month in enumerate(months) for each in measures]
    made += [
        Count(measure=measure, period=month, breakdown=list, value=code.id, n=0)
        for measure, list in splits
        for code in workplace.codebook.list(list).codes
        for month in months
    ]
    return made[:1000]


def test_a_thousand_pasted_cells_are_one_step_and_all_or_nothing(workplace: Workplace) -> None:
    values = _thousand(workplace)
    assert len(values) == 1000
    spoilt = [*values[:-1], age("0-17", counts.MOST + 1, "2022-12")]
    with pytest.raises(InputProblem, match="inget möjligt antal"):
        put(workplace, *spoilt)
    assert counts.counts(workplace) == {}
    assert editing.next_undo(workplace) is None
    change = counts.put(workplace, values=values, label="1 000 rutor inklistrade från Excel")
    assert len(change.ids) == len(counts.counts(workplace)) == 1000
    step = editing.next_undo(workplace)
    assert step is not None
    assert len(step) == 1000
    editing.undo(workplace)
    assert counts.counts(workplace) == {}
    assert editing.next_undo(workplace) is None
