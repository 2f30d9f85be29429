"""What a code book must keep to beyond its form: every reference leads somewhere, every municipality belongs somewhere.

The same checks for a book read from its files and for one that came sealed from the county.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from string import Formatter
from typing import NamedTuple

from fardplan_desktop.domain.addresses import is_address
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_records import Code, Measure, Membership, Rule, RuleKind, Term
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import PeriodType, parse_period

REQUIRED_LISTS = (
    "aktivitetsstatus", "alder", "allvarlighet", "atgardstyp", "avslutsorsak", "avvikelsestatus", "effekt",
    "kallande-part", "kategori", "konsekvens", "lex-bedomning", "lyfts-till", "malgrupp", "motesform", "orsak", "part",
    "plantyp", "prognos", "riktning", "sannolikhet", "skede", "styrdokument", "systemfel", "tema", "typ",
    "underkategori", "verksamhetstyp",
)  # fmt: skip
"""Lists that fields of the records point to; a book may have more."""


class Fault(NamedTuple):
    """Where and why: the record's section and id, its field, and a Swedish reason."""

    section: str
    id: str
    field: str
    reason: str

    @property
    def key(self) -> str:
        return ".".join(part for part in (self.section, self.id, self.field) if part)


def faults(book: CodeBook) -> Iterator[Fault]:
    """Everything that is wrong, in the order the book is written; later checks may rely on what earlier ones found."""
    yield from _ids(book)
    yield from _reporting(book)
    yield from _memberships(book)
    yield from _lists(book)
    yield from _measures(book)
    yield from _derived(book)
    for rule in book.rules:
        yield from _rule(book, rule)
    yield from _fardplan(book)
    yield from _collaboration(book)


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_NUMBERS = {
    RuleKind.CHANGE: {"percent", "at_least"},
    RuleKind.EXTREME_SHARE: {"whole_at_least"},
    RuleKind.SAME_AS_LAST: {"at_least"},
    RuleKind.HISTORY_MEDIAN: {"factor", "at_least", "points"},
    RuleKind.PEER_MEDIAN: {"factor"},
}
_FEWEST_TERMS = {
    RuleKind.PART_OF: 2,
    RuleKind.LIMIT: 2,
    RuleKind.BALANCE: 2,
    RuleKind.ZERO_PAIR: 2,
    RuleKind.EXTREME_SHARE: 2,
}
_MOST_TERMS = {RuleKind.PART_OF: 2, RuleKind.ZERO_PAIR: 2, RuleKind.ADDS_UP: 1}


def _ids(book: CodeBook) -> Iterator[Fault]:
    organisations = [("county", book.county.code)]
    organisations += [("delregions", each.code) for each in book.delregions]
    organisations += [("municipalities", each.code) for each in book.municipalities]
    yield from _unique(organisations)
    yield from _unique([("code_lists", each.id) for each in book.code_lists])
    for each in book.code_lists:
        yield from _unique([(f"code_lists.{each.id}.codes", code.id) for code in each.codes])
    yield from _unique([("measures", each.id) for each in book.measures])
    yield from _unique([("derived", each.id) for each in book.derived])
    yield from _unique([("rules", each.id) for each in book.rules])
    yield from _unique([("working_methods", each.id) for each in book.working_methods])
    yield from _unique([("preconditions", each.id) for each in book.preconditions])
    activities = [("joint_activities", each.id) for each in book.joint_activities]
    yield from _unique([("areas", each.id) for each in book.areas] + activities)
    yield from _unique([("plan_templates", each.id) for each in book.plan_templates])
    yield from _unique([("agreements", each.id) for each in book.agreements])
    yield from _unique([("forums", each.id) for each in book.forums])
    yield from _unique([("references", each.id) for each in book.references])
    yield from _unique([("mailboxes", each.id) for each in book.mailboxes])


def _unique(ids: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for section, id in ids:
        if not _ID.fullmatch(id):
            yield Fault(section, id, "id", "får bara ha bokstäverna a–z, siffror och bindestreck")
        if id in seen:
            yield Fault(section, id, "id", "finns två gånger")
        seen.add(id)


def _reporting(book: CodeBook) -> Iterator[Fault]:
    reporting = book.reporting
    if book.version < 1:
        yield Fault("version", "", "", "ska vara 1 eller mer")
    if not 3 <= reporting.threshold <= 10:
        yield Fault("reporting", "", "threshold", "ska vara 3–10")
    if not 0 < reporting.answer_warning <= reporting.answer_days:
        yield Fault("reporting", "", "answer_warning", "ska vara minst 1 och högst så många som dagarna till svar")
    if reporting.deadline_days < 0:
        yield Fault("reporting", "", "deadline_days", "ska vara 0 eller mer")
    try:
        date(2023, reporting.yearly_month, reporting.yearly_day)
    except ValueError:
        yield Fault("reporting", "", "yearly_day", "finns inte i den månaden")


def _memberships(book: CodeBook) -> Iterator[Fault]:
    delregions = {each.code for each in book.delregions}
    stays: dict[str, list[Membership]] = {each.code: [] for each in book.municipalities}
    for each in book.memberships:
        if each.municipality not in stays:
            yield Fault("municipalities", each.municipality, "membership", "gäller en kommun som inte finns")
            continue
        stays[each.municipality].append(each)
        if each.delregion not in delregions:
            yield Fault("municipalities", each.municipality, "membership", f"delregionen {each.delregion} finns inte")
        if each.until is not None and each.until < each.since:
            yield Fault("municipalities", each.municipality, "membership", "slutar innan det börjar")
    for code, own in stays.items():
        if not own:
            yield Fault("municipalities", code, "membership", "saknas: kommunen hör inte till någon delregion")
        for first, second in pairwise(sorted(own, key=lambda stay: stay.since)):
            if first.until is None or second.since <= first.until:
                yield Fault("municipalities", code, "membership", f"överlappar från och med {second.since}")
            elif second.since > first.until + timedelta(days=1):
                yield Fault("municipalities", code, "membership", f"saknas mellan {first.until} och {second.since}")


def _lists(book: CodeBook) -> Iterator[Fault]:
    for id in REQUIRED_LISTS:
        if id not in book.lists:
            yield Fault("code_lists", id, "", "saknas")
    for each in book.code_lists:
        for code in each.codes:
            yield from _successor(f"code_lists.{each.id}.codes", code, each.by_id)


def _successor(section: str, record: Code | Measure, others: Iterable[str]) -> Iterator[Fault]:
    if record.replaced_by is None:
        return
    if record.replaced_by == record.id or record.replaced_by not in others:
        yield Fault(section, record.id, "replaced_by", f"{record.replaced_by} finns inte")
    if record.ended is None:
        yield Fault(section, record.id, "to", "saknas, trots att en efterföljare är angiven")


def _measures(book: CodeBook) -> Iterator[Fault]:
    for each in book.measures:
        yield from _successor("measures", each, book.measures_by_id)
        for breakdown in each.breakdowns:
            if breakdown not in book.lists:
                yield Fault("measures", each.id, "breakdowns", f"listan {breakdown} finns inte")
        if each.part_of is None:
            continue
        whole = book.measures_by_id.get(each.part_of)
        if whole is None or whole is each:
            yield Fault("measures", each.id, "part_of", f"helheten {each.part_of} finns inte")
        elif whole.over_time != each.over_time:
            yield Fault("measures", each.id, "over_time", f"ska vara densamma som för helheten {whole.id}")


def _derived(book: CodeBook) -> Iterator[Fault]:
    for each in book.derived:
        yield from _terms(book, "derived", each.id, (*each.numerator, *each.denominator))
        if not each.numerator:
            yield Fault("derived", each.id, "numerator", "saknas")
        if (each.kind == "share") != bool(each.denominator):
            yield Fault("derived", each.id, "denominator", "ska finnas för share och bara då")


def _terms(book: CodeBook, section: str, id: str, terms: Iterable[Term]) -> Iterator[Fault]:
    for term in terms:
        if term.measure not in book.measures_by_id:
            yield Fault(section, id, "terms", f"måttet {term.measure} finns inte")


def _rule(book: CodeBook, rule: Rule) -> Iterator[Fault]:
    yield from _terms(book, "rules", rule.id, rule.terms)
    least, most = _FEWEST_TERMS.get(rule.kind, 1), _MOST_TERMS.get(rule.kind, len(rule.terms))
    if not least <= len(rule.terms) <= most:
        yield Fault("rules", rule.id, "terms", f"har fel antal mått för {rule.kind}")
        return
    if set(rule.numbers) != _NUMBERS.get(rule.kind, set()):
        yield Fault("rules", rule.id, "numbers", f"stämmer inte med vad {rule.kind} behöver")
    yield from _rule_and_measures(book, rule)
    letters = "abcdefgh"[: max(3 if rule.kind is RuleKind.HISTORY_MEDIAN else 2, len(rule.terms))]
    known = {"measure", "period", "sum", *rule.numbers, *letters}
    for field, text in (("text", rule.text), ("instruction", rule.instruction)):
        unknown = _placeholders(text) - known
        if unknown:
            yield Fault("rules", rule.id, field, f"har en okänd plats: {', '.join(sorted(unknown))}")


def _rule_and_measures(book: CodeBook, rule: Rule) -> Iterator[Fault]:
    """What the rule says must agree with what the measures say."""
    first = book.measures_by_id.get(rule.terms[0].measure)
    if first is None:
        return
    if rule.kind is RuleKind.PART_OF and first.part_of != rule.terms[1].measure:
        yield Fault("rules", rule.id, "terms", f"{first.id} är ingen del av {rule.terms[1].measure}")
    if (rule.kind is RuleKind.ADDS_UP) != (rule.breakdown is not None):
        yield Fault("rules", rule.id, "breakdown", "ska finnas för adds_up och bara då")
    elif rule.breakdown is not None and rule.breakdown not in first.breakdowns:
        yield Fault("rules", rule.id, "breakdown", f"{first.id} fördelas inte på {rule.breakdown}")
    if rule.kind is RuleKind.OBLIGATORY and set(rule.measures) != {m.id for m in book.measures if m.obligatory}:
        yield Fault("rules", rule.id, "terms", "ska vara just de obligatoriska måtten")


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def _fardplan(book: CodeBook) -> Iterator[Fault]:
    areas = {each.id for each in book.areas}
    plans = {each.id for each in book.plan_templates}
    types = book.lists["plantyp"].by_id if "plantyp" in book.lists else {}
    statuses = book.lists["aktivitetsstatus"].by_id if "aktivitetsstatus" in book.lists else {}
    for plan in book.plan_templates:
        if plan.id not in types:
            yield Fault("plan_templates", plan.id, "id", "finns inte i listan plantyp")
        for area in plan.areas:
            if area not in areas:
                yield Fault("plan_templates", plan.id, "areas", f"området {area} finns inte")
    for each in book.joint_activities:
        if each.plan not in plans:
            yield Fault("joint_activities", each.id, "plan", f"planen {each.plan} finns inte")
        if each.start is not None and not _is_month(each.start):
            yield Fault("joint_activities", each.id, "start", "ska vara en månad, till exempel 2022-04")
        status = statuses.get(each.status)
        if status is None:
            yield Fault("joint_activities", each.id, "status", f"{each.status} finns inte i listan aktivitetsstatus")
        elif status.rest and not each.rest:
            yield Fault("joint_activities", each.id, "rest", f"saknas: {status.label.lower()} {status.rest}")


def _is_month(text: str) -> bool:
    try:
        return parse_period(text).type is PeriodType.MONTH
    except InputProblem:
        return False


def _collaboration(book: CodeBook) -> Iterator[Fault]:
    delregions = {each.code for each in book.delregions}
    documents = book.lists["styrdokument"].by_id if "styrdokument" in book.lists else {}
    for each in book.agreements:
        if each.code is not None and each.code not in documents:
            yield Fault("agreements", each.id, "code", f"{each.code} finns inte i listan styrdokument")
        if each.valid_from and each.valid_to and each.valid_to < each.valid_from:
            yield Fault("agreements", each.id, "valid_to", "ligger före den första")
    for forum in book.forums:
        if forum.delregion is not None and forum.delregion not in delregions:
            yield Fault("forums", forum.id, "delregion", f"delregionen {forum.delregion} finns inte")
    for mailbox in book.mailboxes:
        if book.find(mailbox.id) is None:
            yield Fault("mailboxes", mailbox.id, "id", "är ingen organisation")
        if not is_address(mailbox.address):
            yield Fault("mailboxes", mailbox.id, "address", "är ingen e-postadress")
