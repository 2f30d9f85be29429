"""Units of the organisation (or local groups), what each of them counts, and the sum that becomes the municipality's.

Only the sum ever leaves the PC. It is reckoned anew with every answer; a figure that somebody typed for the whole
municipality and that differs from the sum is kept until the user says that the sum shall replace it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.analysis.unit_sums import UnitSum, add_units
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count, Inquiry, Unit, UnitCount
from fardplan_desktop.services import counts
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

NAME_LIMIT = 80
_COVERAGE = re.compile(r"\s*Summan gäller \d+ av \d+ enheter\.")

_Cell = tuple[str, str, str | None, str | None]


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers do to one count of the municipality's own."""

    before: Count | None
    after: Count | None
    """None while too few have answered to say anything."""
    sum: UnitSum | None
    by_hand: bool = False
    """What stands was typed for the whole and differs from the sum."""
    clash: tuple[Count, ...] = ()
    """What stands for another length of period, and would have to go."""

    @property
    def contested(self) -> bool:
        """Somebody must choose: what stands, or the sum."""
        return self.by_hand or bool(self.clash)

    @property
    def id(self) -> str:
        count = self.after or self.before
        assert count is not None, "a total changes something"
        return count.id


class UnitPlan(msgspec.Struct, frozen=True):
    """What a set of unit counts would change, before anything is written."""

    edits: tuple[Edit, ...]
    """Of the unit counts themselves."""
    totals: tuple[Total, ...]
    """Only the totals that become something else than they are."""

    def all_edits(self, replace: Collection[str]) -> list[Edit]:
        """Everything to write; a contested total is written only when its id is among ``replace``."""
        written = [each for each in self.totals if not each.contested or each.id in replace]
        gone = {count.id: Edit(count, None) for each in written for count in each.clash}
        return [*self.edits, *gone.values(), *(Edit(each.before, each.after) for each in written)]


def units(workplace: Workplace, *, ended: bool = False) -> tuple[Unit, ...]:
    """In Swedish order; those that no longer answer only with ``ended``."""
    found = (each for each in workplace.store.own(Unit) if ended or not each.ended)
    return tuple(sorted(found, key=lambda each: sort_key(each.name)))


def add_unit(workplace: Workplace, *, name: str) -> tuple[Unit, Change]:
    """A new unit; its name must be one that no other unit answers by."""
    unit = Unit(id=workplace.ids(), name=_name(workplace, name, None))
    return unit, save(workplace, edits=[Edit(None, unit)], label=f"Ny enhet ”{unit.name}”")


def rename_unit(workplace: Workplace, *, unit: Unit, name: str) -> Change:
    after = msgspec.structs.replace(unit, name=_name(workplace, name, unit))
    return save(workplace, edits=[Edit(unit, after)], label=f"Ändrat namn på enhet ”{unit.name}”")


def end_unit(workplace: Workplace, *, unit: Unit) -> Change:
    """It is asked no more; what it has answered stays."""
    edit = Edit(unit, msgspec.structs.replace(unit, ended=True))
    return save(workplace, edits=[edit], label=f"Avslutad enhet ”{unit.name}”")


def resume_unit(workplace: Workplace, *, unit: Unit) -> Change:
    """It is asked again."""
    edit = Edit(unit, msgspec.structs.replace(unit, ended=False))
    return save(workplace, edits=[edit], label=f"Återupptagen enhet ”{unit.name}”")


def unit_counts(workplace: Workplace, *, unit: str | None = None) -> dict[str, UnitCount]:
    """By id; of one unit when given."""
    found = workplace.store.own(UnitCount, **({} if unit is None else {"unit": unit}))
    return {each.id: each for each in found}


def put(
    workplace: Workplace,
    *,
    values: Sequence[UnitCount],
    replace: Collection[str] = (),
    label: str = "Ändrat antal för en enhet",
) -> Change:
    """Write units' counts and the sums they make, as one step. ``replace``: ids of contested totals to overwrite.

    Raises InputProblem for an impossible value, and Locked when the period is sealed.
    """
    return save(workplace, edits=plan(workplace, values=values).all_edits(replace), label=label)


def plan(workplace: Workplace, *, values: Sequence[UnitCount]) -> UnitPlan:
    """What ``put`` would do. Raises InputProblem for a value that cannot be."""
    known = {each.id for each in units(workplace, ended=True)}
    before = unit_counts(workplace)
    after = {**before, **{each.id: each for each in values}}
    for value in values:
        if value.unit not in known:
            raise InputProblem("Enheten finns inte längre.", "", "Lägg till den igen under Fråga ansvariga.")
        counts.check(workplace, as_count(value))
    _refuse_twofold(workplace, values, after)
    edits = [Edit(before.get(each.id), each) for each in values if before.get(each.id) != each]
    asked = _Asked(workplace)
    standing = counts.counts(workplace)
    cells = dict.fromkeys(_cell(each) for each in values)
    found = (_total(workplace, cell, before, after, asked, standing) for cell in cells)
    return UnitPlan(tuple(edits), tuple(each for each in found if each is not None))


def differing(workplace: Workplace, *, period: Period) -> tuple[Total, ...]:
    """The municipality's own figures in the period that are not what its units add up to."""
    return plan(workplace, values=_within(workplace, period)).totals


def use_sums(workplace: Workplace, *, period: Period) -> Change:
    """Let the units' sums replace every figure that differs from them, as one step."""
    values = _within(workplace, period)
    replace = {each.id for each in plan(workplace, values=values).totals}
    return put(workplace, values=values, replace=replace, label=f"Enheternas summor för {period.name}")


def as_count(value: UnitCount) -> Count:
    """The same figure as if it were the whole municipality's."""
    fields = {name: getattr(value, name) for name in Count.__struct_fields__}
    return Count(**fields)


def coverage_words(total: UnitSum) -> str:
    """``Summan gäller 3 av 4 enheter.``; empty when every unit has a number."""
    return f"Summan gäller {total.reported} av {total.of} enheter." if total.partial else ""


class _Asked:
    """Which units a cell is expected from: every one, but not who was asked in that time for other measures only."""

    def __init__(self, workplace: Workplace) -> None:
        self._asked: dict[str, list[tuple[Period, frozenset[str]]]] = {}
        for each in workplace.store.own(Inquiry):
            if each.unit is not None:
                asked = parse_period(each.period), frozenset(each.measures)
                self._asked.setdefault(each.unit, []).append(asked)
        self._active = [each.id for each in units(workplace)]

    def units(self, measure: str, period: str) -> set[str]:
        return {each for each in self._active if self._expects(each, measure, parse_period(period))}

    def _expects(self, unit: str, measure: str, period: Period) -> bool:
        then = [measures for when, measures in self._asked.get(unit, ()) if when.contains(period) and measures]
        return not then or any(measure in measures for measures in then)


def _total(
    workplace: Workplace,
    cell: _Cell,
    before: Mapping[str, UnitCount],
    after: Mapping[str, UnitCount],
    asked: _Asked,
    standing: Mapping[str, Count],
) -> Total | None:
    """None when the total stays as it is."""
    measure, period, breakdown, value = cell
    expected = asked.units(measure, period)
    old, new = (_sum(_said(each, cell), expected) for each in (before.values(), after.values()))
    empty = Count(measure=measure, period=period, breakdown=breakdown, value=value)
    stands = standing.get(empty.id)
    becomes = None if new is None else _written(stands or empty, new)
    derived = stands is not None and old is not None and (stands.state, stands.n) == (old.state, old.n)
    if stands == becomes or (becomes is None and not derived):
        return None
    if becomes is not None:
        counts.check(workplace, becomes)
    clash = counts.find_clashes(workplace, [becomes] if becomes else [], dict(standing))
    same = stands is None or becomes is None or (stands.state, stands.n) == (becomes.state, becomes.n)
    return Total(
        before=stands,
        after=becomes,
        sum=new,
        by_hand=not derived and not same,
        clash=tuple(count for each in clash for count in each.standing),
    )


def _sum(said: Sequence[UnitCount], expected: set[str]) -> UnitSum | None:
    return add_units(said, len(expected | {each.unit for each in said}))


def _within(workplace: Workplace, period: Period) -> list[UnitCount]:
    return [each for each in unit_counts(workplace).values() if period.contains(parse_period(each.period))]


def _said(values: Iterable[UnitCount], cell: _Cell) -> list[UnitCount]:
    return [each for each in values if _cell(each) == cell]


def _cell(value: UnitCount) -> _Cell:
    return value.measure, value.period, value.breakdown, value.value


def _written(before: Count, total: UnitSum) -> Count:
    """The sum as the municipality's count; what was said of it stays, and how many units it holds is said with it."""
    said = _COVERAGE.sub("", before.comment or "").strip()
    comment = " ".join(part for part in (said, coverage_words(total)) if part)
    return msgspec.structs.replace(before, state=total.state, n=total.n, comment=comment or None)


def _refuse_twofold(workplace: Workplace, values: Sequence[UnitCount], after: Mapping[str, UnitCount]) -> None:
    """Units that answer for different lengths of the same time cannot be added up."""
    measures = {each.measure for each in values}
    lengths = {(each.measure, each.period): as_count(each) for each in after.values() if each.measure in measures}
    counts.refuse_twofold(workplace.codebook, lengths.values())


def _name(workplace: Workplace, name: str, own: Unit | None) -> str:
    text = " ".join(name.split())
    if not text or len(text) > NAME_LIMIT:
        raise InputProblem("Enhetens namn går inte att spara.", todo=f"Skriv ett namn på högst {NAME_LIMIT} tecken.")
    taken = next((each for each in units(workplace, ended=True) if each.name.casefold() == text.casefold()), None)
    if taken is not None and (own is None or taken.id != own.id):
        how = "Återuppta den i stället." if taken.ended else "Välj ett annat namn."
        raise InputProblem(f"Enheten ”{taken.name}” finns redan.", "", how)
    return text
