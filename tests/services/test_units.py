"""Units: who they are, what each counts, and the municipality's own figure as their sum."""

from __future__ import annotations

import zipfile

import pytest

from fardplan_desktop.domain.errors import InputProblem, Locked, PersonalData
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState, Unit, UnitCount
from fardplan_desktop.services import counts, editing, units
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal
from tests.services.steps import put


@pytest.fixture
def three(edet: Workplace) -> tuple[Unit, Unit, Unit]:
    north, south, home = (units.add_unit(edet, name=name)[0] for name in ("Norr", "Söder", "Hemtjänst Öst"))
    return north, south, home


def say(workplace: Workplace, unit: Unit, n: int | str, period: str = "2026-05", measure: str = "SIP04") -> None:
    units.put(workplace, values=[value(unit, n, period, measure)])


def value(unit: Unit, n: int | str, period: str = "2026-05", measure: str = "SIP04") -> UnitCount:
    words = {"saknas": CountState.MISSING, "ej aktuellt": CountState.NOT_APPLICABLE}
    if isinstance(n, int):
        return UnitCount(unit=unit.id, measure=measure, period=period, n=n)
    if n in words:
        return UnitCount(unit=unit.id, measure=measure, period=period, state=words[n])
    return UnitCount(unit=unit.id, measure=measure, period=period, state=CountState.ESTIMATED, n=int(n))


def whole(workplace: Workplace, id: str = "SIP04/2026-05") -> tuple[str, int | None, str | None]:
    found = counts.counts(workplace)[id]
    return found.state.value, found.n, found.comment


def test_units_stand_in_swedish_order_and_can_be_renamed_and_ended(edet: Workplace) -> None:
    made = [units.add_unit(edet, name=name)[0] for name in ("Östra  hemtjänsten", "Ala", "Åsen")]
    units.rename_unit(edet, unit=made[1], name="Zon")
    assert [each.name for each in units.units(edet)] == ["Zon", "Åsen", "Östra hemtjänsten"]
    units.end_unit(edet, unit=made[2])
    assert [each.name for each in units.units(edet)] == ["Zon", "Östra hemtjänsten"]
    ended = next(each for each in units.units(edet, ended=True) if each.ended)
    units.resume_unit(edet, unit=ended)
    assert len(units.units(edet)) == 3


def test_two_units_of_one_name_and_a_name_of_a_person_are_refused(edet: Workplace) -> None:
    first, _ = units.add_unit(edet, name="Norr")
    with pytest.raises(InputProblem, match="finns redan"):
        units.add_unit(edet, name="norr ")
    with pytest.raises(PersonalData):
        units.rename_unit(edet, unit=first, name="Enheten 640823-3234")
    with pytest.raises(InputProblem, match="namn"):
        units.add_unit(edet, name=" ")


def test_the_municipality_counts_what_its_units_count_together(edet: Workplace, three: tuple[Unit, Unit, Unit]) -> None:
    north, south, home = three
    say(edet, north, 4)
    assert whole(edet) == ("reported", 4, "Summan gäller 1 av 3 enheter.")
    say(edet, south, "3")
    assert whole(edet) == ("estimated", 7, "Summan gäller 2 av 3 enheter.")
    say(edet, home, "ej aktuellt")
    assert whole(edet) == ("estimated", 7, None)
    say(edet, south, 5)
    assert whole(edet) == ("reported", 9, None)


def test_one_undo_takes_back_the_unit_and_the_sum(edet: Workplace, three: tuple[Unit, Unit, Unit]) -> None:
    say(edet, three[0], 4)
    say(edet, three[1], 3)
    editing.undo(edet)
    assert whole(edet)[1] == 4
    assert len(units.unit_counts(edet)) == 1


def test_it_is_missing_only_when_every_unit_has_said_so(edet: Workplace, three: tuple[Unit, Unit, Unit]) -> None:
    for each in three[:2]:
        say(edet, each, "saknas")
    assert counts.counts(edet) == {}
    say(edet, three[2], "saknas")
    assert whole(edet) == ("missing", None, None)


def test_a_sum_that_says_nothing_any_more_leaves_the_cell_empty(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    say(edet, three[0], 4)
    say(edet, three[0], "saknas")
    assert counts.counts(edet) == {}


def test_a_figure_typed_for_the_whole_is_kept_until_it_is_said_that_the_sum_replaces_it(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    put(edet, SIP04=11)
    (total,) = units.plan(edet, values=[value(three[0], 4)]).totals
    assert total.contested
    assert total.by_hand
    say(edet, three[0], 4)
    assert whole(edet) == ("reported", 11, None)
    units.put(edet, values=[value(three[1], 3)], replace={"SIP04/2026-05"})
    assert whole(edet) == ("reported", 7, "Summan gäller 2 av 3 enheter.")
    say(edet, three[2], 1)
    assert whole(edet) == ("reported", 8, None)


def test_figures_that_differ_from_the_units_are_found_and_replaced_when_asked_for(
    edet: Workplace, three: tuple[Unit, Unit, Unit], period: Period
) -> None:
    say(edet, three[0], 4)
    assert units.differing(edet, period=period) == ()
    put(edet, SIP04=11)
    (total,) = units.differing(edet, period=period)
    assert (total.contested, total.sum and total.sum.n) == (True, 4)
    units.use_sums(edet, period=period)
    assert whole(edet)[1] == 4
    assert units.differing(edet, period=period) == ()


def test_a_typed_figure_that_the_units_add_up_to_is_no_contest(edet: Workplace, three: tuple[Unit, Unit, Unit]) -> None:
    put(edet, SIP04=6)
    say(edet, three[0], 1)
    say(edet, three[1], 2)
    assert units.plan(edet, values=[value(three[2], 3)]).totals == ()


def test_what_was_said_of_the_figure_stays_beside_how_many_units_it_holds(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    say(edet, three[0], 4)
    counts.comment(edet, id="SIP04/2026-05", text="Ny rutin från maj. Summan gäller 1 av 3 enheter.")
    say(edet, three[1], 4)
    assert whole(edet)[2] == "Ny rutin från maj. Summan gäller 2 av 3 enheter."


def test_months_replace_a_figure_for_the_whole_period_only_when_it_is_said(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    counts.put(edet, values=[Count(measure="SIP04", period="2026-T2", n=20)])
    values = [value(three[0], 4, month) for month in ("2026-05", "2026-06")]
    assert [each.contested for each in units.plan(edet, values=values).totals] == [True, True]
    units.put(edet, values=values, replace={"SIP04/2026-05", "SIP04/2026-06"})
    assert sorted(counts.counts(edet)) == ["SIP04/2026-05", "SIP04/2026-06"]


def test_units_that_answer_for_different_lengths_of_time_are_refused(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    say(edet, three[0], 4)
    with pytest.raises(InputProblem, match="både för"):
        say(edet, three[1], 9, "2026-T2")


def test_an_ended_unit_keeps_its_part_of_the_sum(edet: Workplace, three: tuple[Unit, Unit, Unit]) -> None:
    say(edet, three[0], 4)
    units.end_unit(edet, unit=three[0])
    say(edet, three[1], 3)
    assert whole(edet) == ("reported", 7, "Summan gäller 2 av 3 enheter.")


def test_a_sealed_period_refuses_units_too(edet: Workplace, three: tuple[Unit, Unit, Unit], seal: Seal) -> None:
    say(edet, three[0], 4)
    seal(edet)
    with pytest.raises(Locked):
        say(edet, three[0], 5)
    with pytest.raises(Locked):  # Also where the sum would stay the same.
        say(edet, three[1], "saknas")


def test_a_unit_that_does_not_exist_and_a_sum_beyond_reason_are_refused(
    edet: Workplace, three: tuple[Unit, Unit, Unit]
) -> None:
    with pytest.raises(InputProblem, match="Enheten finns inte"):
        say(edet, Unit(id="borta", name="Borta"), 1)
    say(edet, three[0], 9_000_000)
    with pytest.raises(InputProblem, match="inget möjligt antal"):
        say(edet, three[1], 9_000_000)
    assert len(units.unit_counts(edet)) == 1


def test_nothing_of_a_unit_but_the_sum_is_in_a_sealed_package(edet: Workplace, seal: Seal) -> None:
    made = [units.add_unit(edet, name=f"Stadsdelsgrupp {name}")[0] for name in ("Xylofon", "Quasar", "Wolfram")]
    for at, unit in enumerate(made):
        for month in ("2026-05", "2026-06", "2026-07"):
            comment = f"Grupp {at} räknar själv"
            each = UnitCount(unit=unit.id, measure="SIP04", period=month, n=770_001 + at, comment=comment)
            units.put(edet, values=[each])
    with zipfile.ZipFile(seal(edet).file) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    text = "\n".join(parts.values())
    assert "2310006" in text
    for unit in made:
        assert unit.id not in text
        assert unit.name.split()[-1] not in text
    for at in range(3):
        assert str(770_001 + at) not in text
        assert f"Grupp {at}" not in text
    assert "UnitCount" not in text
    assert "Inquiry" not in text
