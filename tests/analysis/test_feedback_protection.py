"""What a member is told of the others, attacked by a member."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.analysis.feedback_protection import Line, Shown, Told, median_doubled, protected
from tests.analysis.table_attack import narrowest

T = 5
SMALL_T = 2
"""So that every table can be tried."""


def line(*values: int, id: str = "SIP08", **more: str) -> Line:
    return Line(id=id, values={f"m{place}": value for place, value in enumerate(values)}, **more)


def shown(
    *lines: Line, member: str = "m0", threshold: int = T, before: dict[str, list[Told]] | None = None
) -> dict[str, Shown]:
    return protected(lines, member=member, threshold=threshold, before=before)


def test_one_of_two_members_is_told_no_total_since_the_rest_is_the_other() -> None:
    assert shown(line(120, 80)) == {"SIP08": Shown()}


def test_three_members_are_told_no_total() -> None:
    assert shown(line(20, 80, 40)) == {"SIP08": Shown()}


def test_four_members_are_told_a_total_and_no_median() -> None:
    """Simba: 10, 10, 10 beside one's own 20 would otherwise be found: the median 10 leaves 10 for the third."""
    assert shown(line(20, 10, 10, 10)) == {"SIP08": Shown(total=50)}


def test_five_members_are_told_total_and_median() -> None:
    assert shown(line(20, 10, 30, 10, 15)) == {"SIP08": Shown(total=85, median_doubled=30)}


def test_fifteen_members_are_told_total_and_median() -> None:
    assert shown(line(*range(15))) == {"SIP08": Shown(total=105, median_doubled=14)}


@pytest.mark.parametrize("others", [0, 1, T - 1, T])
def test_no_total_when_what_the_others_have_is_small_or_nothing(others: int) -> None:
    assert shown(line(50, others, 0, 0, 0))["SIP08"].total is None


def test_a_total_is_told_to_the_small_and_kept_from_the_one_that_has_nearly_all() -> None:
    row = line(50, 1, 1, 1, 1)
    assert shown(row)["SIP08"].total is None
    assert shown(row, member="m1")["SIP08"].total == 54


def test_a_member_without_a_number_is_told_the_total_of_four() -> None:
    row = Line(id="SIP08", values={"m1": 4, "m2": 9, "m3": 2, "m4": 7})
    assert shown(row)["SIP08"].total == 22


def test_a_low_median_of_many_is_not_told() -> None:
    """Three of five have at most the median; the others' sum is too small to hide who has what."""
    assert shown(line(9, 3, 0, 3, 0)) == {"SIP08": Shown(total=15)}


def test_a_part_is_not_told_when_the_rest_of_its_whole_is_small() -> None:
    meetings = line(10, 20, 20, 20, 20, id="SIP04")
    present = line(9, 19, 20, 18, 20, id="SIP05", whole="SIP04")
    assert shown(meetings, present)["SIP05"].total is None
    absent = line(9, 10, 20, 18, 10, id="SIP05", whole="SIP04")
    assert shown(meetings, absent)["SIP05"] == Shown(total=67)


def test_a_hidden_value_of_a_breakdown_takes_another_with_it() -> None:
    plans = line(10, 30, 30, 30)
    young = line(2, 1, 1, 0, id="young", whole="SIP08", group="age")
    grown = line(4, 9, 9, 10, id="grown", whole="SIP08", group="age")
    old = line(4, 20, 20, 20, id="old", whole="SIP08", group="age")
    found = shown(plans, young, grown, old)
    assert [found[each].total for each in ("young", "grown", "old")] == [None, None, 64]


def test_a_breakdown_that_one_left_out_does_not_give_its_whole_away() -> None:
    """All ages of the three others, and the whole of all four: the rest would be the fourth's."""
    plans = line(10, 30, 30, 30, 41)
    ages = [
        line(5, 10, 10, 10, id="young", whole="SIP08", group="age"),
        line(5, 20, 20, 20, id="old", whole="SIP08", group="age"),
    ]
    assert shown(plans, *ages)["young"].total is None


def test_a_member_that_comes_later_is_not_found_by_subtraction() -> None:
    first = Told(others=90, reported=4)
    assert shown(line(10, 30, 20, 20, 20, 17), before={"SIP08": [first]})["SIP08"].total is None


def test_three_that_come_later_are_told_together() -> None:
    first = Told(others=60, reported=3)
    assert shown(line(10, 20, 20, 20, 9, 8, 7), before={"SIP08": [first]})["SIP08"].total == 94


def test_a_correction_is_told_but_its_median_is_not() -> None:
    first = Told(others=80, reported=4)
    assert shown(line(10, 30, 20, 20, 20), before={"SIP08": [first]})["SIP08"] == Shown(total=100)


def test_the_same_once_more_is_told_the_same() -> None:
    first = Told(others=90, reported=4)
    assert shown(line(10, 30, 20, 20, 20), before={"SIP08": [first]})["SIP08"] == Shown(100, 40)


def test_a_median_between_two_is_kept_whole() -> None:
    assert median_doubled([1, 4, 2, 9]) == 6


OPEN = {
    "the other of two": ([line(3, 4)], {}),
    "the median of four": ([line(9, 3, 3, 3)], {"SIP08": 6}),
    "a low median of five": ([line(0, 0, 1, 1, 1)], {"SIP08": 2}),
    "the one that left the breakdown out": (
        [
            line(1, 2, 1, 4),
            line(1, 1, 1, id="young", whole="SIP08", group="age"),
            line(0, 1, 0, id="old", whole="SIP08", group="age"),
        ],
        {},
    ),
}


@pytest.mark.parametrize("table", OPEN.values(), ids=OPEN)
def test_the_attack_finds_what_an_open_table_gives_away(table: tuple[list[Line], dict[str, int]]) -> None:
    lines, medians = table
    open_to_all = {each.id: Shown(sum(each.values.values()), medians.get(each.id)) for each in lines}
    assert narrowest(lines, "m0", open_to_all) < SMALL_T
    assert narrowest(lines, "m0", protected(lines, member="m0", threshold=SMALL_T)) >= SMALL_T


@st.composite
def _tables(draw: st.DrawFn) -> list[Line]:
    """A whole, a part of it and a breakdown in three, of two to five members; some leave some of it out."""
    members = [f"m{place}" for place in range(draw(st.sampled_from([2, 4, 4, 5])))]
    most = 2 if len(members) > 4 else 3
    whole = {each: draw(st.integers(0, most)) for each in members}
    part = {each: draw(st.integers(0, value)) for each, value in whole.items()}
    first = {each: draw(st.integers(0, value)) for each, value in whole.items()}
    second = {each: draw(st.integers(0, value - first[each])) for each, value in whole.items()}
    third = {each: value - first[each] - second[each] for each, value in whole.items()}
    skips, silent = draw(st.sets(st.sampled_from(members), max_size=1)), draw(st.sets(st.just("m1"), max_size=1))
    cells = [{m: cell[m] for m in members if m not in skips | silent} for cell in (first, second, third)]
    return [
        Line(id="w", values={each: whole[each] for each in members if each not in silent}),
        Line(id="p", values={each: part[each] for each in members if each not in skips}, whole="w"),
        *(Line(id=f"c{place}", whole="w", group="g", values=cell) for place, cell in enumerate(cells)),
    ]


@settings(max_examples=30, deadline=None)
@given(_tables(), st.sampled_from(["m0", "m1"]))
def test_no_member_can_tell_another_ones_number(table: list[Line], member: str) -> None:
    told = protected(table, member=member, threshold=SMALL_T)
    for part in ([table[0], table[1]], [table[0], *table[2:]]):
        assert narrowest(part, member, told) >= SMALL_T


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=5), st.integers(0, 9))
def test_total_and_median_together_tell_no_number(others: list[int], own: int) -> None:
    row = line(own, *others)
    for member in ("m0", "m1"):
        assert narrowest([row], member, protected([row], member=member, threshold=SMALL_T)) >= SMALL_T
