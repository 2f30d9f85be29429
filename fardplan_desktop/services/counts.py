"""The SIP counts: enter, paste, clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count, CountState, count_id
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

MOST = 9_999_999


class Clash(msgspec.Struct, frozen=True):
    """Values that stand at another granularity of the same reporting period and would have to go."""

    measure: str
    period: str
    standing: tuple[Count, ...]


def counts(workplace: Workplace) -> dict[str, Count]:
    """All our own counts by id."""
    return {each.id: each for each in workplace.store.own(Count)}


def put(workplace: Workplace, *, values: Sequence[Count], label: str = "Ändrat antal", replace: bool = False) -> Change:
    """Write counts as one step; a count that stands already is replaced.

    Raises InputProblem when a value is out of range, or stands at another granularity and ``replace`` is not said, or
    when the values themselves hold both a whole and its months.
    """
    standing = counts(workplace)
    for value in values:
        check(workplace, value)
    refuse_twofold(workplace.codebook, values)
    clashes = find_clashes(workplace, values, standing)
    if clashes and not replace:
        first = clashes[0]
        raise InputProblem(
            f"{workplace.codebook.measure(first.measure).label} är redan ifyllt på annat sätt för "
            f"{parse_period(first.period).name}.",
            "Ett mått fylls antingen i månad för månad eller för hela perioden.",
            "Välj om det som står ska ersättas.",
        )
    removed = {count.id: count for clash in clashes for count in clash.standing}
    edits = [Edit(count, None) for count in removed.values()]
    edits += [Edit(standing.get(value.id), value) for value in _last_of_each(values)]
    return save(workplace, edits=edits, label=label)


def clear(workplace: Workplace, *, ids: Iterable[str], label: str = "Rensade rutor") -> Change:
    """Empty cells: nothing is said of them any more, which is neither missing nor zero."""
    standing = counts(workplace)
    return save(workplace, edits=[Edit(standing[each], None) for each in ids if each in standing], label=label)


def add_one(workplace: Workplace, *, measure: str, period: str) -> Change:
    """One more than what stands; an estimate stays one. Nothing, *saknas* and *ej aktuellt* become 1."""
    before = workplace.store.get(Count, count_id(measure, period))
    if before is None or before.n is None:
        comment = before.comment if before else None
        after = Count(measure=measure, period=period, n=1, comment=comment)
    else:
        after = msgspec.structs.replace(before, n=before.n + 1)
    return put(workplace, values=[after], label=f"{place_words(workplace.codebook, measure, period)}: en till")


def comment(workplace: Workplace, *, id: str, text: str) -> Change:
    """The comment to a count; an empty text takes it away. Raises InputProblem when the cell is empty."""
    before = workplace.store.get(Count, id)
    if before is None:
        raise InputProblem("Rutan är tom.", "", "Fyll i ett antal eller välj Saknas, och skriv kommentaren sedan.")
    after = msgspec.structs.replace(before, comment=text.strip() or None)
    return save(workplace, edits=[Edit(before, after)], label="Kommentar till antal")


def in_state(count: Count, state: CountState, n: int | None = None) -> Count:
    """The same count in another state; a number goes with those that have one, and its comment always."""
    numbered = state in (CountState.REPORTED, CountState.ESTIMATED)
    return msgspec.structs.replace(count, state=state, n=(count.n if n is None else n) if numbered else None)


def place_words(codebook: CodeBook, measure: str, period: str) -> str:
    """``Uppföljda SIP, augusti 2026``: how a cell is named in sentences and read aloud."""
    return f"{codebook.measure(measure).label}, {parse_period(period).name}"


def refuse_twofold(codebook: CodeBook, values: Iterable[Count]) -> None:
    """Raise InputProblem when a measure is given both for a period and for a part of it: it would be counted twice."""
    given: dict[str, dict[str, Period]] = {}
    for value in values:
        given.setdefault(value.measure, {})[value.period] = parse_period(value.period)
    for measure, periods in given.items():
        for one, other in combinations(periods.values(), 2):
            if _overlap(one, other):
                raise InputProblem(
                    f"{codebook.measure(measure).label} står både för {one.name} och för {other.name}.",
                    "Ett mått fylls antingen i månad för månad eller för hela perioden.",
                    "Behåll det ena.",
                )


def find_clashes(
    workplace: Workplace, values: Iterable[Count], standing: dict[str, Count] | None = None
) -> tuple[Clash, ...]:
    """Which values stand at another granularity within the same reporting period."""
    standing = counts(workplace) if standing is None else standing
    found: dict[tuple[str, str], Clash] = {}
    for value in values:
        period = parse_period(value.period)
        others = tuple(
            each
            for each in standing.values()
            if each.measure == value.measure
            and each.period != value.period
            and _overlap(parse_period(each.period), period)
        )
        if others:
            found[value.measure, value.period] = Clash(value.measure, value.period, others)
    return tuple(found.values())


def _overlap(one: Period, other: Period) -> bool:
    return one.contains(other) or other.contains(one)


def _last_of_each(values: Sequence[Count]) -> list[Count]:
    return list({value.id: value for value in values}.values())


def check(workplace: Workplace, value: Count) -> None:
    """Raise InputProblem for a count that cannot be: unknown measure or period, no number where there must be one."""
    if value.measure not in workplace.codebook.measures_by_id:
        raise InputProblem(f"Måttet ”{value.measure[:20]}” finns inte i mått och listor.")
    if (value.n is None) == (value.state in (CountState.REPORTED, CountState.ESTIMATED)):
        raise InputProblem("Antalet saknas.", todo="Skriv ett heltal, eller välj Saknas eller Ej aktuellt.")
    if value.n is not None and not 0 <= value.n <= MOST:
        raise InputProblem(f"{value.n} är inget möjligt antal.", todo=f"Skriv ett heltal från 0 till {MOST}.")
    parse_period(value.period)
