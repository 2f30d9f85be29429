"""At an office the rules are tried on what the members have delivered, and members are compared with each other."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Population
from fardplan_desktop.services import intake, quality
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.workplace import Workplace
from tests.services.steps import believe, put

Make = Callable[..., Workplace]
Seal = Callable[..., Sealed]


def _deliver(office: Workplace, member: Workplace, seal: Seal) -> None:
    sealed = seal(member)
    believe(office, sealed.card)
    (result,) = intake.receive(office, paths=[sealed.file])
    assert result.stored


def test_an_office_asks_each_member_and_sees_what_it_has_already_said(
    fyrbodal: Workplace, edet: Workplace, make: Make, seal: Seal, period: Period
) -> None:
    mellerud = make("1461")
    put(edet, SIP04=3, SIP03=0)
    found = [each for each in quality.problems(edet, period=period) if each.result.rule == "R-NOLL-SIP04"]
    quality.comment(edet, problems=tuple(found), text="Spontana möten.")
    put(mellerud, SIP04=3, SIP03=3)
    for member in (edet, mellerud):
        _deliver(fyrbodal, member, seal)
    told = {each.organisation.code: each.problems for each in quality.member_problems(fyrbodal, period=period)}
    assert set(told) == {"1462", "1461"}, "those who have delivered"
    zero = [(each.result.rule, each.comment) for each in told["1462"] if each.result.rule == "R-NOLL-SIP04"]
    assert zero == [("R-NOLL-SIP04", "Spontana möten.")]
    assert not [each for each in told["1461"] if each.result.rule == "R-NOLL-SIP04"]


def test_only_an_office_compares_members_and_only_with_a_population(
    fyrbodal: Workplace, edet: Workplace, make: Make, seal: Seal, period: Period
) -> None:
    mellerud, munkedal = make("1461"), make("1430")
    for member, number in ((edet, 90), (mellerud, 10), (munkedal, 10)):
        put(member, SIP04=100, SIP08=number)
        _deliver(fyrbodal, member, seal)

    def compared() -> set[str]:
        return {
            each.organisation.code
            for each in quality.member_problems(fyrbodal, period=period)
            if any(one.result.rule == "R-JAMFOR-SIP08" for one in each.problems)
        }

    assert compared() == set(), "the population is not known"
    people = [
        Population(municipality=code, year=2025, inhabitants=10_000, source="SCB") for code in ("1462", "1461", "1430")
    ]
    fyrbodal.store.put_population(people, source_digest="0" * 64, signature=fyrbodal.signature)
    assert compared() == {"1462"}
    assert not [each for each in quality.problems(edet, period=period) if each.result.rule == "R-JAMFOR-SIP08"]
