"""From one version of mått och listor to the next: every id stays, and what has been ended leads to what replaced it.

Rows stay as they were sent. Only when they are added up is an ended code read as its successor, so that years can be
compared; :class:`Successors` is the one place that says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_check import Fault
from fardplan_desktop.domain.codebook_ids import REST_CODES
from fardplan_desktop.domain.codebook_records import Code, CodeList, Derived, HasId, Measure, Rule, RuleKind, Term
from fardplan_desktop.domain.periods import Period


class Successors:
    """What each code and measure is read as on a day: itself while it may be used, then what replaced it."""

    def __init__(self, book: CodeBook, on: date) -> None:
        self._measures = _leading(book.measures_by_id, on)
        self._codes = {each.id: _leading(each.by_id, on) for each in book.code_lists}

    def __bool__(self) -> bool:
        """False when nothing is read as anything else, which is the common case."""
        return bool(self._measures) or any(self._codes.values())

    def measure(self, id: str) -> str:
        return self._measures.get(id, id)

    def code(self, list_id: str, id: str) -> str:
        return self._codes.get(list_id, {}).get(id, id)


def as_of(book: CodeBook, period: Period, *, codes_on: date) -> CodeBook:
    """The book with its shares and rules about what is counted in the period; the same book when nothing has ended.

    A term that has ended by ``codes_on`` is read as its successor. What ended before the period without one is not
    asked for: it is left out where each measure is tried by itself, else the share or rule is.
    """
    successors = Successors(book, codes_on)
    over = {m.id for m in book.measures if m.ended is not None and m.ended < period.start and m.replaced_by is None}
    if not successors and not over:
        return book
    return msgspec.structs.replace(
        book,
        derived=tuple(each for each in (_derived(derived, successors, over) for derived in book.derived) if each),
        rules=tuple(each for each in (_rule(rule, successors, over) for rule in book.rules) if each),
    )


_ONE_BY_ONE = frozenset(
    {
        *(RuleKind.CHANGE, RuleKind.SAME_AS_LAST, RuleKind.HISTORY_MEDIAN, RuleKind.PEER_MEDIAN),
        RuleKind.OBLIGATORY,
    }
)


def _derived(derived: Derived, successors: Successors, over: set[str]) -> Derived | None:
    above, below = (_terms(each, successors) for each in (derived.numerator, derived.denominator))
    if any(term.measure in over for term in (*above, *below)):
        return None
    return msgspec.structs.replace(derived, numerator=above, denominator=below)


def _rule(rule: Rule, successors: Successors, over: set[str]) -> Rule | None:
    terms = _terms(rule.terms, successors)
    if rule.kind in _ONE_BY_ONE:
        terms = tuple(dict.fromkeys(term for term in terms if term.measure not in over))
        return msgspec.structs.replace(rule, terms=terms) if terms else None
    merged = len({term.measure for term in terms}) < len(set(rule.measures))
    if merged or any(term.measure in over for term in terms):
        return None
    return msgspec.structs.replace(rule, terms=terms)


def _terms(terms: Iterable[Term], successors: Successors) -> tuple[Term, ...]:
    return tuple(msgspec.structs.replace(term, measure=successors.measure(term.measure)) for term in terms)


def _leading(records: Mapping[str, Code] | Mapping[str, Measure], on: date) -> dict[str, str]:
    """Id → what it is read as, for those that are read as another."""
    found: dict[str, str] = {}
    for id in records:
        now, passed = id, {id}
        while (each := records.get(now)) is not None and each.replaced_by is not None and each.replaced_by in records:
            if each.ended is None or each.ended >= on or each.replaced_by in passed:
                break
            now = each.replaced_by
            passed.add(now)
        if now != id:
            found[id] = now
    return found


def faults(old: CodeBook, new: CodeBook) -> Iterator[Fault]:
    """What the newer version may not do to the older one, beyond what ``codebook_check.faults`` says of it alone."""
    if new.version <= old.version:
        yield Fault("version", "", "", f"ska vara högre än {old.version}")
    if new.county != old.county:
        yield Fault("county", new.county.code, "", "får inte bytas")
    yield from _gone(old, new)
    for each in new.code_lists:
        yield from _list(each)
    yield from _twice("measures", (each.label for each in new.measures if each.ended is None))
    yield from _chains("measures", new.measures_by_id)
    yield from _parts(new)


def _parts(book: CodeBook) -> Iterator[Fault]:
    """A part cannot go on when its whole has ended."""
    for each in book.measures:
        whole = book.measures_by_id.get(each.part_of or "")
        if whole is not None and whole.ended is not None and (each.ended is None or each.ended > whole.ended):
            yield Fault(
                "measures", each.id, "", f"går vidare, fast {whole.id} som det är en del av avslutas {whole.ended}"
            )


def _gone(old: CodeBook, new: CodeBook) -> Iterator[Fault]:
    """Ids that somebody may have used, and that the newer version no longer knows."""
    kept = set(_ids(new))
    for section, id in _ids(old):
        if (section, id) not in kept:
            yield Fault(section, id, "", "saknas: det som har funnits avslutas, det tas aldrig bort")


def _ids(book: CodeBook) -> Iterator[tuple[str, str]]:
    organisations = (*book.delregions, *book.municipalities)
    yield from ((each.level.value, each.code) for each in organisations)
    for each in book.code_lists:
        yield "code_lists", each.id
        yield from ((f"code_lists.{each.id}.codes", code.id) for code in each.codes)
    sections: dict[str, Iterable[HasId]] = {
        "measures": book.measures, "derived": book.derived, "rules": book.rules, "areas": book.areas,
        "working_methods": book.working_methods, "preconditions": book.preconditions,
        "joint_activities": book.joint_activities, "plan_templates": book.plan_templates,
        "agreements": book.agreements, "forums": book.forums, "references": book.references,
    }  # fmt: skip
    for name, records in sections.items():
        yield from ((name, record.id) for record in records)
    for method in book.working_methods:
        yield from ((f"working_methods.{method.id}.areas", area.id) for area in method.areas)


def _list(whole: CodeList) -> Iterator[Fault]:
    section = f"code_lists.{whole.id}.codes"
    rest = [each.id for each in whole.codes if each.id in REST_CODES]
    if rest != [each.id for each in whole.codes][len(whole.codes) - len(rest) :]:
        yield Fault("code_lists", whole.id, "codes", "ska sluta med det som står för resten")
    yield from _twice(section, (each.label for each in whole.codes if each.ended is None))
    yield from _chains(section, whole.by_id)
    if whole.codes and all(each.ended is not None for each in whole.codes):
        yield Fault("code_lists", whole.id, "codes", "har inget kvar att välja")


def _twice(section: str, labels: Iterator[str]) -> Iterator[Fault]:
    for label, times in Counter(labels).items():
        if times > 1:
            yield Fault(section, label, "label", "heter likadant som en annan")


def _chains(section: str, records: Mapping[str, Code] | Mapping[str, Measure]) -> Iterator[Fault]:
    """What replaces must outlast what it replaces; then no chain can run in a ring."""
    for id, each in records.items():
        successor = None if each.replaced_by is None else records.get(each.replaced_by)
        if successor is None or each.ended is None:
            continue
        if successor.ended is not None and successor.ended <= each.ended:
            yield Fault(section, id, "replaced_by", f"{successor.id} avslutas inte senare än det som den ersätter")
