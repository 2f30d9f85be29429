"""The SIP counts: enter, paste, clear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, PeriodType, parse_period
from fardplan_desktop.domain.records import Count, CountState, count_id
from fardplan_desktop.services.count_cells import split_words
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

MOST = 9_999_999
_SHOWN = 4
_FEW = 4
"""Up to so many measures are read one by one."""


class Clash(msgspec.Struct, frozen=True):
    """Values that stand at another granularity of the same reporting period and would have to go."""

    measure: str
    period: str
    standing: tuple[Count, ...]


def counts(workplace: Workplace) -> dict[str, Count]:
    """All our own counts by id."""
    return {each.id: each for each in workplace.store.own(Count)}


def put(
    workplace: Workplace,
    *,
    values: Sequence[Count],
    cleared: Iterable[str] = (),
    label: str = "Ändrat antal",
    replace: bool = False,
) -> Change:
    """Write counts as one step; a count that stands already is replaced, and those ``cleared`` (ids) are emptied.

    Raises InputProblem when a value is out of range, or stands at another granularity and ``replace`` is not said, or
    when the values themselves hold both a whole and its months.
    """
    for value in values:
        check(workplace, value)
    refuse_twofold(workplace.codebook, values)
    removed = dict.fromkeys(cleared)
    standing = _standing(workplace, {value.measure for value in values} | {id.partition("/")[0] for id in removed})
    clashes = find_clashes(workplace, values, standing)
    if clashes and not replace:
        first = clashes[0]
        raise InputProblem(
            f"{workplace.codebook.measure(first.measure).label} är redan ifyllt på annat sätt för "
            f"{parse_period(first.period).name}.",
            "Ett mått fylls antingen i månad för månad eller för hela perioden.",
            "Välj om det som står ska ersättas.",
        )
    removed |= {count.id: None for clash in clashes for count in clash.standing}
    written = {value.id: value for value in values}
    edits = [Edit(standing[id], None) for id in removed if id in standing and id not in written]
    edits += [Edit(standing.get(id), value) for id, value in written.items()]
    return save(workplace, edits=edits, label=label)


def clear(workplace: Workplace, *, ids: Iterable[str], label: str = "Rensade rutor") -> Change:
    """Empty cells: nothing is said of them any more, which is neither missing nor zero."""
    return put(workplace, values=(), cleared=ids, label=label)


def add_one(
    workplace: Workplace, *, measure: str, period: str, breakdown: str | None = None, value: str | None = None
) -> Change:
    """One more than what stands; an estimate stays one. Nothing, *saknas* and *ej aktuellt* become 1."""
    before = workplace.store.get(Count, count_id(measure, period, breakdown, value))
    if before is None or before.n is None:
        comment = before.comment if before else None
        after = Count(measure=measure, period=period, breakdown=breakdown, value=value, n=1, comment=comment)
    else:
        after = msgspec.structs.replace(before, n=before.n + 1)
    place = place_words(workplace.codebook, measure, period, breakdown, value)
    return put(workplace, values=[after], label=f"{place}: en till")


def comment(workplace: Workplace, *, id: str, text: str) -> Change:
    """The comment to a count; an empty text takes it away. Raises InputProblem when the cell is empty."""
    before = workplace.store.get(Count, id)
    if before is None:
        raise InputProblem("Rutan är tom.", "", "Fyll i ett antal eller välj Saknas, och skriv kommentaren sedan.")
    after = msgspec.structs.replace(before, comment=text.strip() or None)
    return save(workplace, edits=[Edit(before, after)], label="Kommentar till antal")


def turn_estimated(workplace: Workplace, *, ids: Sequence[str]) -> Change:
    """Call the numbers estimates, or (when all of them are) plain numbers again, as one step.

    Raises InputProblem when none of the cells has a number.
    """
    found = _standing(workplace, {id.partition("/")[0] for id in ids})
    numbered = [found[id] for id in ids if id in found and found[id].n is not None]
    if not numbered:
        raise InputProblem("Ingenting är ändrat.", "Det står inget antal i rutan.", "Skriv till exempel ≈ 14.")
    all_are = all(each.state is CountState.ESTIMATED for each in numbered)
    state, words = (CountState.REPORTED, "inte uppskattad") if all_are else (CountState.ESTIMATED, "uppskattad")
    first = numbered[0]
    place = place_words(workplace.codebook, first.measure, first.period, first.breakdown, first.value)
    ending = words.replace("skattad", "skattade")
    label = f"{place}: {words}" if len(numbered) == 1 else f"{len(numbered)} rutor {ending}"
    return put(workplace, values=[in_state(each, state) for each in numbered], label=label)


def in_state(count: Count, state: CountState, n: int | None = None) -> Count:
    """The same count in another state; a number goes with those that have one, and its comment always."""
    numbered = state in (CountState.REPORTED, CountState.ESTIMATED)
    return msgspec.structs.replace(count, state=state, n=(count.n if n is None else n) if numbered else None)


def place_words(
    codebook: CodeBook, measure: str, period: str, breakdown: str | None = None, value: str | None = None
) -> str:
    """``Uppföljda SIP, ålder 0–17, augusti 2026``: how a cell is named in sentences and read aloud."""
    words = [codebook.measure(measure).label, parse_period(period).name]
    if breakdown is not None and value is not None:
        codes = codebook.list(breakdown)
        words.insert(1, split_words(codes, codes.code(value)))
    return ", ".join(words)


def clash_words(codebook: CodeBook, clashes: Sequence[Clash]) -> str:
    """``Uppföljda SIP är redan ifyllt för maj 2026, juni 2026.``"""
    first = clashes[0]
    names = [period_with(count.period).name for count in sorted(first.standing, key=lambda count: count.period)]
    shown = ", ".join(dict.fromkeys(names[:_SHOWN]))
    label = codebook.measure(first.measure).label
    others = len({clash.measure for clash in clashes}) - 1
    more = f" Detsamma gäller {others} mått till." if others else ""
    return f"{label} är redan ifyllt för {shown}{' …' if len(names) > _SHOWN else ''}.{more}"


def refuse_twofold(codebook: CodeBook, values: Iterable[Count]) -> None:
    """Raise InputProblem when a measure is given both for a period and for a part of it: it would be counted twice."""
    given: dict[str, dict[str, Period]] = {}
    for value in values:
        given.setdefault(value.measure, {})[value.period] = period_with(value.period)
    for measure, periods in given.items():
        for one, others in overlapping(periods.values(), periods.values()).items():
            raise InputProblem(
                f"{codebook.measure(measure).label} står både för {one.name} och för {others[0].name}.",
                "Ett mått fylls antingen i månad för månad eller för hela perioden.",
                "Behåll det ena.",
            )


def find_clashes(
    workplace: Workplace, values: Iterable[Count], standing: Mapping[str, Count] | None = None
) -> tuple[Clash, ...]:
    """Which values stand at another granularity within the same reporting period."""
    given: dict[str, set[str]] = {}
    for value in values:
        given.setdefault(value.measure, set()).add(value.period)
    standing = _standing(workplace, given) if standing is None else standing
    held: dict[str, dict[str, list[Count]]] = {}
    for count in standing.values():
        if count.measure in given:
            held.setdefault(count.measure, {}).setdefault(count.period, []).append(count)
    return tuple(
        Clash(measure, one.id, tuple(count for other in others for count in held[measure][other.id]))
        for measure, periods in given.items()
        for one, others in overlapping(
            map(period_with, sorted(periods)), map(period_with, held.get(measure, ()))
        ).items()
    )


def overlapping(some: Iterable[Period], others: Iterable[Period]) -> dict[Period, list[Period]]:
    """Those of ``some`` that hold or lie in one of the others, with which; two of one length never do."""
    by_length: dict[PeriodType, list[Period]] = {}
    for other in others:
        by_length.setdefault(other.type, []).append(other)
    found: dict[Period, list[Period]] = {}
    for one in some:
        for length, many in by_length.items():
            if length is not one.type and (met := [each for each in many if _overlap(one, each)]):
                found.setdefault(one, []).extend(met)
    return found


def _overlap(one: Period, other: Period) -> bool:
    return one.contains(other) or other.contains(one)


def _standing(workplace: Workplace, measures: Collection[str]) -> dict[str, Count]:
    """Our own counts of these measures by id; many measures are read in one go."""
    if len(measures) > _FEW:
        return counts(workplace)
    return {each.id: each for measure in sorted(measures) for each in workplace.store.own(Count, measure=measure)}


def check(workplace: Workplace, value: Count) -> None:
    """Raise InputProblem for a count that cannot be: unknown measure or period, no number where there must be one."""
    if value.measure not in workplace.codebook.measures_by_id:
        raise InputProblem(f"Måttet ”{value.measure[:20]}” finns inte i mått och listor.")
    if (value.n is None) == (value.state in (CountState.REPORTED, CountState.ESTIMATED)):
        raise InputProblem("Antalet saknas.", todo="Skriv ett heltal, eller välj Saknas eller Ej aktuellt.")
    if value.n is not None and not 0 <= value.n <= MOST:
        raise InputProblem(f"{value.n} är inget möjligt antal.", todo=f"Skriv ett heltal från 0 till {MOST}.")
    _check_value(workplace.codebook, value)
    period_with(value.period)


def _check_value(codebook: CodeBook, value: Count) -> None:
    """A value belongs to a breakdown that the measure has."""
    if value.breakdown is None and value.value is None:
        return
    measure = codebook.measure(value.measure)
    if value.breakdown not in measure.breakdowns or value.value not in codebook.list(value.breakdown).by_id:
        raise InputProblem(f"{measure.label} delas inte upp på ”{value.breakdown}, {value.value}”.")
