"""What the county may do to its draft of the next version of mått och listor, one record for each kind of step.

A draft is the version in force and the steps taken since, so a step can be taken back and the draft survives a restart.
No step removes an id: what is no longer used is ended. What the steps lead to is judged afterwards, by
``codebook_check.faults`` and ``codebook_succession.faults``; a step itself is refused only when it leads nowhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_ids import REST_CODES, code_id, measure_id
from fardplan_desktop.domain.codebook_records import (
    Agreement,
    Code,
    CodeList,
    Forum,
    Mailbox,
    Measure,
    Membership,
    OverTime,
    RuleKind,
    Term,
)
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level

_LONGEST_TEXT = 4000
"""Characters; the same as for any longer text in a package."""


class _Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag=True):
    """Base of the steps; ``tag``: the class name, so that a draft is read back as what it was."""


class Move(_Step, frozen=True, kw_only=True):
    """The municipality belongs to the delregion from this day on; where it belonged before stays as it was."""

    municipality: str
    delregion: str
    since: date


class SetObligatory(_Step, frozen=True, kw_only=True):
    measure: str
    obligatory: bool


class AddMeasure(_Step, frozen=True, kw_only=True):
    """A new measure, last in its group; its id follows the group's others."""

    label: str
    short: str
    definition: str
    group: str
    over_time: OverTime = "sum"
    counted: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    part_of: str | None = None
    breakdowns: tuple[str, ...] = ()
    obligatory: bool = False


class ReviseMeasure(_Step, frozen=True, kw_only=True):
    """Other words for a measure; its version goes up by one."""

    measure: str
    label: str
    short: str
    definition: str


class EndMeasure(_Step, frozen=True, kw_only=True):
    """``last`` None takes the end back."""

    measure: str
    last: date | None
    replaced_by: str | None = None


class AddCode(_Step, frozen=True, kw_only=True):
    """A new code, before the list's rest ("Annat", "Uppgift saknas"); its id is made from the label."""

    list_id: str
    label: str


class RenameCode(_Step, frozen=True, kw_only=True):
    list_id: str
    code: str
    label: str


class EndCode(_Step, frozen=True, kw_only=True):
    """``last`` None takes the end back."""

    list_id: str
    code: str
    last: date | None
    replaced_by: str | None = None


class SetReporting(_Step, frozen=True, kw_only=True):
    """Numbers of the reporting, all of them at once; see ``codebook_records.Reporting``."""

    deadline_days: int
    yearly_month: int
    yearly_day: int
    threshold: int
    answer_days: int
    answer_warning: int
    risk_flag: int


class AddForum(_Step, frozen=True, kw_only=True):
    label: str
    level: Level
    delregion: str | None = None


class ReviseForum(_Step, frozen=True, kw_only=True):
    """``last`` None: it goes on."""

    forum: str
    label: str
    last: date | None = None


class AddAgreement(_Step, frozen=True, kw_only=True):
    label: str
    level: Level
    valid_from: date | None = None


class ReviseAgreement(_Step, frozen=True, kw_only=True):
    agreement: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


class SetMailbox(_Step, frozen=True, kw_only=True):
    """Where an organisation (code) reads what is sent to it; an empty address takes it away."""

    organisation: str
    address: str


Step = (
    Move | SetObligatory | AddMeasure | ReviseMeasure | EndMeasure | AddCode | RenameCode | EndCode | SetReporting
    | AddForum | ReviseForum | AddAgreement | ReviseAgreement | SetMailbox
)  # fmt: skip


def next_version(base: CodeBook, steps: Iterable[Step], valid_from: date) -> CodeBook:
    """The version after ``base`` that the steps lead to. Raises InputProblem for a step that leads nowhere."""
    version = base.version + 1
    start = msgspec.structs.replace(
        base, version=version, valid_from=valid_from, title=f"Mått och listor för Färdplanen, version {version}"
    )
    return reduce(lambda book, step: take(base, book, step), steps, start)


def take(base: CodeBook, book: CodeBook, step: Step) -> CodeBook:
    """``book`` with one more step taken. Raises InputProblem when what it speaks of is not there."""
    try:
        return _take(base, book, step)
    except (KeyError, StopIteration) as missing:
        raise InputProblem(
            "Ändringen går inte att göra i mått och listor.",
            "Det den gäller finns inte där.",
            "Ta bort den ändringen ur utkastet.",
            detail=str(missing),
        ) from missing


def _take(base: CodeBook, book: CodeBook, step: Step) -> CodeBook:
    match step:
        case Move():
            return _move(book, step)
        case SetObligatory() | AddMeasure() | ReviseMeasure() | EndMeasure():
            return _asking_the_obligatory(base, _with_measure(base, book, step))
        case AddCode() | RenameCode() | EndCode():
            return _with_codes(book, step)
        case SetReporting():
            values = msgspec.structs.asdict(step)
            return msgspec.structs.replace(book, reporting=msgspec.structs.replace(book.reporting, **values))
        case AddForum():
            id = code_id(_words(step.label), (each.id for each in book.forums))
            forum = Forum(id=id, label=_words(step.label), level=step.level, delregion=step.delregion)
            return msgspec.structs.replace(book, forums=(*book.forums, forum))
        case ReviseForum():
            old = next(each for each in book.forums if each.id == step.forum)
            forum = msgspec.structs.replace(old, label=_words(step.label), ended=step.last)
            return msgspec.structs.replace(book, forums=tuple(forum if each is old else each for each in book.forums))
        case AddAgreement() | ReviseAgreement():
            return msgspec.structs.replace(book, agreements=_agreements(book, step))
        case SetMailbox():
            others = [each for each in book.mailboxes if each.id != book.organisation(step.organisation).code]
            new = [Mailbox(id=step.organisation, address=_words(step.address))] if step.address.strip() else []
            return msgspec.structs.replace(book, mailboxes=tuple(sorted([*others, *new], key=lambda each: each.id)))


def _move(book: CodeBook, step: Move) -> CodeBook:
    """Cuts the stay that covers the day; later stays are replaced by the new one, so nothing overlaps or is lacking."""
    delregion = book.organisation(step.delregion)
    own = sorted((m for m in book.memberships if m.municipality == step.municipality), key=lambda stay: stay.since)
    if not own or delregion.level is not Level.DELREGION:
        raise KeyError(step.municipality)
    if step.since < own[0].since:
        raise InputProblem(
            f"{book.organisation(step.municipality).name} kan inte flyttas från {step.since}.",
            f"Indelningen börjar {own[0].since}.",
            f"Välj {own[0].since} eller en senare dag.",
        )
    kept = [stay for stay in own if stay.since < step.since]
    if kept and kept[-1].delregion == step.delregion:
        kept[-1] = msgspec.structs.replace(kept[-1], until=None)
    else:
        if kept:
            kept[-1] = msgspec.structs.replace(kept[-1], until=step.since - timedelta(days=1))
        kept.append(Membership(municipality=step.municipality, delregion=step.delregion, since=step.since))
    others = [each for each in book.memberships if each.municipality != step.municipality]
    return msgspec.structs.replace(
        book, memberships=tuple(sorted([*others, *kept], key=lambda stay: (stay.municipality, stay.since)))
    )


def _with_measure(
    base: CodeBook, book: CodeBook, step: SetObligatory | AddMeasure | ReviseMeasure | EndMeasure
) -> CodeBook:
    if isinstance(step, AddMeasure):
        return _added(book, step)
    old = book.measure(step.measure)
    match step:
        case SetObligatory():
            new = msgspec.structs.replace(old, obligatory=step.obligatory)
        case ReviseMeasure():
            words = {"label": _words(step.label), "short": _words(step.short)}
            new = msgspec.structs.replace(old, **words, definition=_words(step.definition, _LONGEST_TEXT))
            before = base.measures_by_id.get(old.id)
            new = msgspec.structs.replace(new, version=1 if before is None else before.version + 1)
        case EndMeasure():
            new = msgspec.structs.replace(old, ended=step.last, replaced_by=step.replaced_by)
    return msgspec.structs.replace(book, measures=tuple(new if each is old else each for each in book.measures))


def _added(book: CodeBook, step: AddMeasure) -> CodeBook:
    kin = [at for at, each in enumerate(book.measures) if each.group == step.group]
    at = kin[-1] + 1 if kin else len(book.measures)
    like = book.measures[at - 1].id
    words = {"label": _words(step.label), "short": _words(step.short), "group": _words(step.group)}
    values = msgspec.structs.asdict(step) | words | {"definition": _words(step.definition, _LONGEST_TEXT)}
    new = Measure(id=measure_id(like, book.measures_by_id), version=1, **values)
    return msgspec.structs.replace(book, measures=(*book.measures[:at], new, *book.measures[at:]))


def _asking_the_obligatory(base: CodeBook, book: CodeBook) -> CodeBook:
    """The rule that asks for the obligatory measures names just those; its version goes up when that changes."""
    terms = tuple(Term(measure=each.id) for each in book.measures if each.obligatory)
    versions = {each.id: each.version for each in base.rules}
    same = {each.id: each.terms for each in base.rules}
    rules = tuple(
        msgspec.structs.replace(rule, terms=terms, version=versions.get(rule.id, 1) + (terms != same.get(rule.id)))
        if rule.kind is RuleKind.OBLIGATORY
        else rule
        for rule in book.rules
    )
    return msgspec.structs.replace(book, rules=rules)


def _with_codes(book: CodeBook, step: AddCode | RenameCode | EndCode) -> CodeBook:
    whole = book.list(step.list_id)
    match step:
        case AddCode():
            codes = _added_code(whole, step)
        case RenameCode():
            old = whole.code(step.code)
            renamed = msgspec.structs.replace(old, label=_words(step.label))
            codes = tuple(renamed if each is old else each for each in whole.codes)
        case EndCode():
            old = whole.code(step.code)
            ended = msgspec.structs.replace(old, ended=step.last, replaced_by=step.replaced_by)
            codes = tuple(ended if each is old else each for each in whole.codes)
    changed = msgspec.structs.replace(whole, codes=codes)
    return msgspec.structs.replace(
        book, code_lists=tuple(changed if each is whole else each for each in book.code_lists)
    )


def _added_code(whole: CodeList, step: AddCode) -> tuple[Code, ...]:
    if any(each.rank is not None for each in whole.codes):
        raise InputProblem(
            f"{whole.label} är en skala och kan inte få fler steg.",
            "Riskbilden och jämförelser över åren räknar med just de steg som finns.",
            "Byt ord för ett steg i stället.",
        )
    label = _words(step.label)
    new = Code(id=code_id(label, whole.by_id), label=label)
    rest = [each for each in whole.codes if each.id in REST_CODES]
    return (*(each for each in whole.codes if each.id not in REST_CODES), new, *rest)


def _agreements(book: CodeBook, step: AddAgreement | ReviseAgreement) -> tuple[Agreement, ...]:
    label = _words(step.label)
    if isinstance(step, AddAgreement):
        id = code_id(label, (each.id for each in book.agreements))
        return (*book.agreements, Agreement(id=id, label=label, level=step.level, valid_from=step.valid_from))
    old = next(each for each in book.agreements if each.id == step.agreement)
    new = msgspec.structs.replace(
        old, label=label, valid_from=step.valid_from, valid_to=step.valid_to, note=step.note.strip()
    )
    return tuple(new if each is old else each for each in book.agreements)


def _words(text: str, longest: int = 200) -> str:
    """One line without stray spaces. Raises InputProblem when nothing is left, or more than ``longest`` characters."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        raise InputProblem("Namnet saknas.", todo="Skriv vad det ska heta.")
    if len(words) > longest or not words.isprintable():
        raise InputProblem(
            f"”{words[:20]} …” går inte att spara.", todo=f"Skriv högst {longest} tecken, och bara sådana som syns."
        )
    return words
