"""The grid as data: what is asked for, how months become a period, what leads where."""

from __future__ import annotations

import pytest

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.domain.tabular import Amount
from fardplan_desktop.services import count_entry, counts, tables_in
from fardplan_desktop.services.count_entry import MISSING, ZERO
from fardplan_desktop.services.count_grid import CellKind, CountGrid, Row, count_grid, progress
from fardplan_desktop.services.workplace import Workplace

PERIOD = parse_period("2026-T2")


@pytest.fixture
def workplace(edet: Workplace) -> Workplace:
    return edet


def enter(workplace: Workplace, measure: str, **values: int | str) -> None:
    """``enter(w, "SIP08", m05=6, m06="saknas", T2=23)``: months of 2026, or the period itself."""
    states = {"saknas": CountState.MISSING, "ej": CountState.NOT_APPLICABLE}
    found = []
    for name, value in values.items():
        period = f"2026-{name.removeprefix('m')}"
        if isinstance(value, int):
            state = CountState.ESTIMATED if value < 0 else CountState.REPORTED
            found.append(Count(measure=measure, period=period, n=abs(value), state=state))
        else:
            found.append(Count(measure=measure, period=period, state=states[value]))
    counts.put(workplace, values=found)


def grid(workplace: Workplace, *, all_measures: bool = True) -> CountGrid:
    return count_grid(workplace, period=PERIOD, all_measures=all_measures)


def row(workplace: Workplace, measure: str) -> Row:
    found = grid(workplace).row(measure)
    assert found is not None
    return found


def test_obligatory_measures_stand_alone_until_all_are_asked_for(workplace: Workplace) -> None:
    few = [each.measure.id for each in grid(workplace, all_measures=False).rows]
    assert few == ["SIP04", "SIP05", "SIP08", "SIP10", "SIP11", "SIP12"]
    assert len(grid(workplace).rows) == 17
    assert [group.label for group in grid(workplace).groups] == ["Erbjudanden", "Möten", "Planer", "Fasta kontakter"]


def test_parts_stand_right_under_their_whole(workplace: Workplace) -> None:
    meetings = grid(workplace).groups[1]
    assert [each.measure.id for each in meetings.rows] == ["SIP03", "SIP04", "SIP05", "SIP06", "SIP07"]


def test_events_are_summed_and_say_how_many_months_have_a_number(workplace: Workplace) -> None:
    enter(workplace, "SIP09", m05=4, m06=5, m07=1)
    found = row(workplace, "SIP09")
    assert (found.rolled.value, found.note) == (10, "3\u00a0av\u00a04")


def test_an_estimated_month_makes_the_period_estimated(workplace: Workplace) -> None:
    enter(workplace, "SIP10", m05=12, m06=-14, m07=5, m08=11)
    assert (row(workplace, "SIP10").rolled.value, row(workplace, "SIP10").rolled.estimated) == (42, True)


def test_a_stock_is_asked_for_in_the_last_month_only(workplace: Workplace) -> None:
    enter(workplace, "SIP12", m08=81)
    found = row(workplace, "SIP12")
    assert [cell.kind for cell in found.cells] == [CellKind.NOTHING] * 3 + [CellKind.NEEDED]
    assert (found.rolled.value, found.note) == (81, "i aug")
    assert found.whole == found.cells[-1]


def test_a_stock_entered_for_the_period_stands_in_its_last_month(workplace: Workplace) -> None:
    enter(workplace, "SIP12", T2=81)
    assert row(workplace, "SIP12").cells[-1].id == "SIP12/2026-T2"
    assert row(workplace, "SIP12").cells[-1].text == "81"


def test_a_measure_entered_for_the_period_needs_nothing_of_its_months(workplace: Workplace) -> None:
    enter(workplace, "SIP10", T2=40)
    found = row(workplace, "SIP10")
    assert {cell.kind for cell in found.cells} == {CellKind.ELSEWHERE}
    assert (found.whole.kind, found.rolled.repeats) == (CellKind.NEEDED, False)


def test_progress_counts_the_cells_asked_for_and_saknas_is_an_answer(workplace: Workplace) -> None:
    assert (progress(workplace, period=PERIOD).filled, progress(workplace, period=PERIOD).of) == (0, 21)
    enter(workplace, "SIP04", m05=9, m06="saknas")
    assert progress(workplace, period=PERIOD).filled == 2


def test_a_voluntary_measure_is_a_gap_only_when_it_has_been_begun(workplace: Workplace) -> None:
    assert row(workplace, "SIP07").cells[0].kind is CellKind.OPTIONAL
    enter(workplace, "SIP07", m05=3)
    assert row(workplace, "SIP07").cells[3].to_fill
    assert grid(workplace).progress().of == 25


def test_untouched_measures_are_asked_for_once_when_whole_periods_are_entered(workplace: Workplace) -> None:
    assert grid(workplace, all_measures=False).progress(whole=True).of == 6


def test_one_goes_on_with_the_earliest_month(workplace: Workplace) -> None:
    for measure in ("SIP05", "SIP08", "SIP10", "SIP11"):
        enter(workplace, measure, m05=1)
    enter(workplace, "SIP04", m05=9, m06=8)
    found = progress(workplace, period=PERIOD).first_empty
    assert found is not None
    assert found.id == "SIP05/2026-06"
    assert progress(workplace, period=PERIOD).empty_in(parse_period("2026-08")) == 6


def test_nothing_is_left_when_everything_is_filled(workplace: Workplace) -> None:
    for measure in ("SIP04", "SIP05", "SIP08", "SIP10", "SIP11"):
        enter(workplace, measure, T2=1)
    enter(workplace, "SIP12", m08="ej")
    assert progress(workplace, period=PERIOD).first_empty is None
    assert progress(workplace, period=PERIOD).of == 6


def test_an_error_marks_the_part_that_is_larger_than_its_whole(workplace: Workplace) -> None:
    enter(workplace, "SIP04", m07=4)
    enter(workplace, "SIP05", m07=5)
    found = grid(workplace)
    marked = [cell.id for each in found.rows for cell in each.cells if cell.fault]
    assert marked == ["SIP05/2026-07"]
    assert found.problems[0].result.subject == "SIP05/2026-07"


def test_last_year_stands_beside_month_by_month_and_for_the_period(workplace: Workplace) -> None:
    values = [Count(measure="SIP08", period=f"2025-{month:02d}", n=month) for month in (5, 6, 7, 8)]
    counts.put(workplace, values=values)
    found = row(workplace, "SIP08")
    assert [each.n if each else None for each in found.months_before] == [5, 6, 7, 8]
    assert found.before.value == 26


def test_the_trend_has_twelve_months_with_gaps(workplace: Workplace) -> None:
    counts.put(workplace, values=[Count(measure="SIP08", period="2025-09", n=3)])
    enter(workplace, "SIP08", m05=6, m07=0)
    trend = row(workplace, "SIP08").trend
    assert trend.values == (3, None, None, None, None, None, None, None, 6, None, 0, None)
    assert trend.median == 3


def test_the_trend_of_a_stock_has_the_months_in_which_it_was_asked_for(workplace: Workplace) -> None:
    counts.put(workplace, values=[Count(measure="SIP12", period="2025-12", n=70)])
    enter(workplace, "SIP12", m08=81)
    assert row(workplace, "SIP12").trend.values == (70, None, 81)


def test_the_trend_of_whole_periods_shows_periods(workplace: Workplace) -> None:
    enter(workplace, "SIP10", T1=30, T2=40)
    trend = row(workplace, "SIP10").trend
    assert (trend.heading, trend.values[-2:]) == ("Senaste 12 perioderna", (30, 40))


def test_one_more_is_added_to_what_stands_and_keeps_estimate_and_comment(workplace: Workplace) -> None:
    enter(workplace, "SIP10", m05=-14)
    counts.comment(workplace, id="SIP10/2026-05", text="enligt enhetschef")
    counts.add_one(workplace, measure="SIP10", period="2026-05")
    counts.add_one(workplace, measure="SIP10", period="2026-06")
    stored = counts.counts(workplace)
    may = stored["SIP10/2026-05"]
    assert (may.n, may.state, may.comment) == (15, CountState.ESTIMATED, "enligt enhetschef")
    assert stored["SIP10/2026-06"].n == 1


def test_a_comment_to_an_empty_cell_is_refused(workplace: Workplace) -> None:
    with pytest.raises(InputProblem, match="tom"):
        counts.comment(workplace, id="SIP10/2026-05", text="varför")


def test_a_number_without_a_number_is_refused(workplace: Workplace) -> None:
    with pytest.raises(InputProblem):
        counts.put(workplace, values=[Count(measure="SIP10", period="2026-05")])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("11", "11"),
        ("1 234", "1\u202f234"),
        ("≈ 14", "≈\u00a014"),
        ("ca 14", "≈\u00a014"),
        ("saknas", "saknas"),
        ("-", "saknas"),
        (".", "ej aktuellt"),
        ("0", "0"),
    ],
)
def test_what_is_typed_in_our_own_grid_is_understood(workplace: Workplace, typed: str, text: str) -> None:
    cell = row(workplace, "SIP08").cells[0]
    count = count_entry.read_typed(workplace.codebook, cell, typed)
    assert count is not None
    counts.put(workplace, values=[count])
    assert row(workplace, "SIP08").cells[0].text == text


def test_a_typed_text_that_is_no_count_names_the_cell(workplace: Workplace) -> None:
    with pytest.raises(InputProblem, match="Upprättade SIP, maj 2026"):
        count_entry.read_typed(workplace.codebook, row(workplace, "SIP08").cells[0], "12,5")


def pasted(workplace: Workplace, texts: list[list[str]], dash: Amount | None = None) -> count_entry.Block:
    cells = [row(workplace, measure).cells for measure in ("SIP11", "SIP12")]
    return count_entry.read_pasted(workplace.codebook, cells, texts, dash)


def test_a_block_leaves_blanks_and_says_what_was_not_needed(workplace: Workplace) -> None:
    block = pasted(workplace, [["3", "", "≈5", "2"], ["79", "80", "", "81"]])
    assert [count.id for count in block.values] == [
        "SIP11/2026-05", "SIP11/2026-07", "SIP11/2026-08", "SIP12/2026-08",
    ]  # fmt: skip
    assert block.label == "4 rutor inklistrade från Excel, 2 behövdes inte"


def test_a_bad_cell_refuses_the_whole_block_and_is_named(workplace: Workplace) -> None:
    with pytest.raises(InputProblem, match="Avslutade SIP, juni 2026"):
        pasted(workplace, [["3", "tre"]])


def test_a_lone_dash_is_never_guessed(workplace: Workplace) -> None:
    texts = [["3", "-"]]
    assert tables_in.has_dashes(texts)
    with pytest.raises(InputProblem, match="streck"):
        pasted(workplace, texts)
    assert pasted(workplace, texts, ZERO).values[1].n == 0
    assert pasted(workplace, texts, MISSING).values[1].state is CountState.MISSING


def test_a_block_larger_than_the_grid_is_refused(workplace: Workplace) -> None:
    with pytest.raises(InputProblem, match="1 rad × 5 kolumner"):
        pasted(workplace, [["1", "2", "3", "4", "5"]])
