"""What an office adds up, on the invented packages of its members: the same set, and where a figure comes from."""

from __future__ import annotations

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services import compilation
from fardplan_desktop.services.compilation import Against
from fardplan_desktop.services.workplace import Workplace

T2 = parse_period("2026-T2")


def test_the_same_set_holds_those_who_have_handed_in_both_periods(samla: Workplace) -> None:
    found = compilation.compare(samla, period=T2)
    same = compilation.same_set(samla, found=found, against=Against.BEFORE)
    assert (same.now.period.id, same.then.period.id) == ("2026-T2", "2026-T1")
    assert same.delivered_both == tuple(code for code in found.now.received if code in found.before.received)
    now, then = (next(each for each in side.figures if each.measure == "SIP04") for side in (same.now, same.then))
    assert now.value == sum(each.rolled.value or 0 for each in now.members)
    assert (now.reported, now.of, then.of) == (len(then.members), 2, 2)
    share, before = (
        next(each for each in side.shares if each.id == "andel-moten-den-enskilde") for side in (same.now, same.then)
    )
    assert (share.den, before.den) == (now.value, then.value)


def test_against_last_year_nobody_has_both_and_no_number_is_made_up(samla: Workplace) -> None:
    found = compilation.compare(samla, period=T2)
    same = compilation.same_set(samla, found=found, against=Against.YEAR_AGO)
    assert same.delivered_both == ()
    assert all(each.value is None for side in (same.now, same.then) for each in side.figures)


def test_every_count_of_a_sum_leads_to_the_delivery_it_came_in(samla: Workplace) -> None:
    found = compilation.compile_period(samla, period=T2)
    active = compilation.received_deliveries(samla, period=T2)
    figure = next(each for each in found.figures if each.measure == "SIP08")
    for member in figure.members:
        digests = {found.came_in[member.organisation, cell] for cell in member.rolled.cells}
        assert digests == ({active[member.organisation]} if member.rolled.cells else set())


def test_the_members_tallies_add_up_to_the_whole_ones(samla: Workplace) -> None:
    found = compilation.compile_period(samla, period=T2)
    parts = found.tallies.values()
    assert sum(n for each in parts for _, n in each.deviations) == found.deviations.total > 0
    assert sum(n for each in parts for _, n in each.activities) == found.activities.total > 0
    assert all(each.deviations_in and each.activities_in for each in parts)
