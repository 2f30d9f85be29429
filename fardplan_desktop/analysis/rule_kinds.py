"""What each kind of quality rule tests. The rules themselves are data in the code book; see ``RuleKind`` there.

A kind yields trials: one for each period in which the rule's numbers were entered, and for some kinds each measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.entered import Entered
from fardplan_desktop.analysis.rollup import period_with, roll_up
from fardplan_desktop.domain.codebook import CodeBook, Measure, Rule, RuleKind, Term
from fardplan_desktop.domain.figures import Outcome
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count, CountState, count_id


class Peers(msgspec.Struct, frozen=True, kw_only=True):
    """The other members, as an office sees them; ``own`` is the one the rules are tried on."""

    own: str
    counts_by_org: Mapping[str, Sequence[Count]]
    inhabitants: Mapping[str, int]


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One trial: what was found, and what the rule's sentence needs."""

    measure: str
    period: Period
    outcome: Outcome
    cells: tuple[str, ...]
    values: dict[str, str] = {}
    why: str = ""
    """Why the rule is silent."""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule is tried on."""

    codebook: CodeBook
    period: Period
    """The reporting period; trials are made on the periods within it in which numbers were entered."""
    entered: Entered
    peers: Peers | None = None


Kind = Callable[[Rule, Ground], Iterator[Trial]]


def trials(rule: Rule, ground: Ground) -> Iterator[Trial]:
    """Every trial of the rule; none when nothing it concerns has been entered, or it belongs to another level."""
    return _KINDS[rule.kind](rule, ground)


# --- kinds that compare the first term with the others ---------------------------------------------------------------

_Test = Callable[[int, int, Mapping[str, int]], bool]
"""(a, the others with their signs, the rule's numbers) → broken."""

_TESTS: dict[RuleKind, _Test] = {
    RuleKind.PART_OF: lambda a, rest, numbers: a > rest,
    RuleKind.LIMIT: lambda a, rest, numbers: a > rest,
    RuleKind.BALANCE: lambda a, rest, numbers: a != rest,
    RuleKind.ZERO_PAIR: lambda a, rest, numbers: a > 0 and rest == 0,
    RuleKind.EXTREME_SHARE: lambda a, rest, numbers: rest >= numbers["whole_at_least"] and a in (0, rest),
}


def _compared(rule: Rule, ground: Ground) -> Iterator[Trial]:
    first = rule.terms[0].measure
    for period in ground.entered.periods(first, ground.period):
        places = [_place(term, period, ground) for term in rule.terms]
        numbers = [ground.entered.number(place) for place in places]
        lacking = next((term for term, n in zip(rule.terms, numbers, strict=True) if n is None), None)
        if lacking is not None:
            yield _lacks(rule, ground, lacking, period, tuple(places))
            continue
        known = [n or 0 for n in numbers]
        rest = sum(-n if term.minus else n for term, n in zip(rule.terms[1:], known[1:], strict=True))
        broken = _TESTS[rule.kind](known[0], rest, rule.numbers)
        yield _trial(first, period, broken, places, dict(zip("abcdefgh", known, strict=False)))


# --- a breakdown against its whole -----------------------------------------------------------------------------------


def _adds_up(rule: Rule, ground: Ground) -> Iterator[Trial]:
    assert rule.breakdown is not None
    term, codes = rule.terms[0], ground.codebook.list(rule.breakdown).codes
    for period in ground.entered.periods(term.measure, ground.period, rule.breakdown):
        whole_place = count_id(term.measure, period.id)
        whole = ground.entered.number(whole_place)
        cells = {code: count_id(term.measure, period.id, rule.breakdown, code.id) for code in codes}
        known = [n for n in map(ground.entered.number, cells.values()) if n is not None]
        complete = all(
            ground.entered.number(place) is not None for code, place in cells.items() if code.active(period.end)
        )
        places = (whole_place, *cells.values())
        if whole is None or (not complete and rule.missing != "at_most"):
            yield _lacks(rule, ground, term, period, places)
            continue
        broken = sum(known) != whole if complete else sum(known) > whole
        yield _trial(term.measure, period, broken, places, {"a": whole, "sum": sum(known)})


# --- kinds that look at each measure by itself -----------------------------------------------------------------------


def _change(rule: Rule, ground: Ground) -> Iterator[Trial]:
    for measure, period, place, now in _each(rule, ground):
        before_place = ground.entered.place(measure, period.year_before)
        before = ground.entered.number(before_place)
        if before is None:
            yield _lacks(rule, ground, Term(measure=measure.id), period.year_before, (place, before_place), period)
            continue
        step = abs(now - before)
        broken = step * 100 > rule.numbers["percent"] * before and step > rule.numbers["at_least"]
        yield _trial(measure.id, period, broken, (place, before_place), {"a": now, "b": before})


def _history_median(rule: Rule, ground: Ground) -> Iterator[Trial]:
    fewest = rule.numbers["points"]
    for measure, period, place, now in _each(rule, ground):
        known = _earlier(measure, period, ground)
        if len(known) < fewest:
            why = f"Kan inte prövas: ”{measure.label}” har {len(known)} tidigare tal, och {fewest} behövs."
            yield _silent(measure.id, period, (place,), why)
            continue
        middle = Fraction(median(known))
        high, low = max(Fraction(now), middle), min(Fraction(now), middle)
        broken = high > rule.numbers["factor"] * low and high - low > rule.numbers["at_least"]
        yield _trial(measure.id, period, broken, (place,), {"a": now, "b": middle, "c": len(known)})


def _earlier(measure: Measure, period: Period, ground: Ground) -> list[int]:
    """The measure's numbers of earlier periods of the same length; missing ones are no points."""
    entered = ((period_with(each.period), each.n) for each in ground.entered.counts(measure.id))
    return [n for when, n in entered if n is not None and when.type is period.type and when < period]


def _peer_median(rule: Rule, ground: Ground) -> Iterator[Trial]:
    peers = ground.peers
    if peers is None:
        return
    others = {code: Entered(counts) for code, counts in peers.counts_by_org.items() if code != peers.own}
    for measure, period, place, now in _each(rule, ground):
        inhabitants = peers.inhabitants.get(peers.own)
        if not inhabitants:
            yield _silent(measure.id, period, (place,), "Kan inte prövas: folkmängd saknas.")
            continue
        rates = [
            Fraction(number, peers.inhabitants[code])
            for code, entered in others.items()
            if peers.inhabitants.get(code) and (number := entered.number(entered.place(measure, period))) is not None
        ]
        if not rates:
            yield _silent(
                measure.id, period, (place,), "Kan inte prövas: det finns ingen annan kommun att jämföra med."
            )
            continue
        own = Fraction(now, inhabitants)
        broken = own > rule.numbers["factor"] * median([*rates, own])
        yield _trial(measure.id, period, broken, (place,), {"a": now})


def _obligatory(rule: Rule, ground: Ground) -> Iterator[Trial]:
    for term in rule.terms:
        measure = ground.codebook.measure(term.measure)
        rolled = roll_up(measure, ground.period, ground.entered.counts(measure.id))
        given = rolled.value is not None or rolled.state is CountState.NOT_APPLICABLE
        yield _trial(measure.id, ground.period, not given, (count_id(measure.id, ground.period.id),), {})


# --- everything at once ----------------------------------------------------------------------------------------------


def _same_as_last(rule: Rule, ground: Ground) -> Iterator[Trial]:
    entered = ground.entered
    measures = [ground.codebook.measure(term.measure) for term in rule.terms]
    for period in sorted({when for each in measures for when in entered.periods(each.id, ground.period)}):
        given = [each for each in measures if entered.number(count_id(each.id, period.id)) is not None]
        if len(given) < rule.numbers["at_least"]:
            continue
        now = [count_id(each.id, period.id) for each in given]
        before = [entered.number(entered.place(each, period.previous)) for each in given]
        if all(number is None for number in before):
            why = f"Kan inte prövas: det finns inga tal för {period.previous.name}."
            yield _silent(measures[0].id, period, tuple(now), why)
            continue
        yield _trial(measures[0].id, period, [entered.number(each) for each in now] == before, now, {})


_KINDS: dict[RuleKind, Kind] = {
    **dict.fromkeys(_TESTS, _compared),
    RuleKind.ADDS_UP: _adds_up,
    RuleKind.CHANGE: _change,
    RuleKind.SAME_AS_LAST: _same_as_last,
    RuleKind.HISTORY_MEDIAN: _history_median,
    RuleKind.PEER_MEDIAN: _peer_median,
    RuleKind.OBLIGATORY: _obligatory,
}


# --- pieces ----------------------------------------------------------------------------------------------------------


def _each(rule: Rule, ground: Ground) -> Iterator[tuple[Measure, Period, str, int]]:
    """Every number of every term within the reporting period, with its place."""
    for measure in (ground.codebook.measure(term.measure) for term in rule.terms):
        for period in ground.entered.periods(measure.id, ground.period):
            place = count_id(measure.id, period.id)
            number = ground.entered.number(place)
            if number is not None:
                yield measure, period, place, number


def _place(term: Term, period: Period, ground: Ground) -> str:
    measure = ground.codebook.measure(term.measure)
    return ground.entered.place(measure, period.previous if term.previous else period)


def _trial(
    measure: str, period: Period, broken: bool, cells: Sequence[str], values: Mapping[str, int | Fraction]
) -> Trial:
    return Trial(
        measure=measure,
        period=period,
        outcome=Outcome.BROKEN if broken else Outcome.OK,
        cells=tuple(cells),
        values={name: numbers_sv.number(value, int(value.denominator > 1)) for name, value in values.items()},
    )


def _silent(measure: str, period: Period, cells: tuple[str, ...], why: str) -> Trial:
    return Trial(measure=measure, period=period, outcome=Outcome.SILENT, cells=cells, why=why)


def _lacks(
    rule: Rule, ground: Ground, term: Term, period: Period, cells: tuple[str, ...], subject: Period | None = None
) -> Trial:
    """A number that the rule needs is not there: the fault itself, or a reason to be silent."""
    asked = period.previous if term.previous else period
    label, first = (
        ground.codebook.measure(term.measure).label,
        rule.terms[0].measure if subject is None else term.measure,
    )
    if rule.missing == "broken":
        values = dict.fromkeys("abcdefgh", numbers_sv.MISSING) | {"sum": numbers_sv.MISSING}
        return Trial(measure=first, period=subject or period, outcome=Outcome.BROKEN, cells=cells, values=values)
    if ground.entered.otherwise(term.measure, asked):
        why = f"Kan inte prövas: ”{label}” är inte inskrivet för just {asked.name}."
    else:
        why = f"Kan inte prövas: ”{label}” saknar tal för {asked.name}."
    return _silent(first, subject or period, cells, why)
