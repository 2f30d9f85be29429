"""What an opened package says, against our own code book and rules; the seal and the rows' form are already proven."""

from __future__ import annotations

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.analysis.visible import steers
from fardplan_desktop.domain.codebook import CodeBook, codebook_from_json
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.verdicts import Warning
from fardplan_desktop.exchange.kinds import JOINT_ANSWERS, KINDS
from fardplan_desktop.exchange.messages import PackageRefusal, Sentence, not_ours, refuse
from fardplan_desktop.exchange.office_rows import JointAnswerRow
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services import guarding, wire
from fardplan_desktop.services.bundle_totals import BUNDLED, REPORTED
from fardplan_desktop.services.incoming import incoming
from fardplan_desktop.services.workplace import Workplace

_LARGEST_JUMP = 50
_JUMP = Sentence(
    "Krock",
    "Numret på paketet hoppar över {skipped} nummer.",
    "Det är ovanligt många.",
    "Ring avsändaren och fråga. Läs in det när det är förklarat.",
    "Ring avsändaren",
)
_OTHER_PERIOD = "uppgiften hör till en annan period än paketet"
_ANOTHER = Sentence(
    "Annan version av mått och listor",
    "Paketet följer en annan version {version} av mått och listor än den länet har förseglat.",
    "",
    "Be avsändaren läsa in länets version och försegla igen.",
    "Be om ny fil",
)


def check(workplace: Workplace, opened: Opened, *, accept_jump: bool) -> None:
    """Raises Refusal E13-KIND, E16, E18, E21, E23-CODEBOOK or W01."""
    kind = opened.statement.predicate.kind
    service = incoming(kind)
    if kind not in (REPORTED, BUNDLED) and service is None:
        raise refuse("E13-KIND", kind, kind=KINDS[kind].name)
    if not KINDS[kind].brings_code_book:
        check_codes(workplace, opened)
    if service is None:
        _check_membership(workplace, opened)
    else:
        service.check(workplace, opened)
    if opened.verdict.skipped > _LARGEST_JUMP and not accept_jump:
        refusal = PackageRefusal("W01", _JUMP, {"skipped": opened.verdict.skipped}, "")
        refusal.about = opened.verdict
        raise refusal


def wary(opened: Opened) -> tuple[Warning, ...]:
    """W05 for what a person should know: a text that seems to name somebody or that steers the eye, an attachment.

    Not where, since the sender is to mend it.
    """
    rows = opened.rows
    answers = opened.table(JOINT_ANSWERS, JointAnswerRow)
    groups = (*rows.activities, *rows.check_ins, *rows.counts, *rows.deviations, *rows.rules, *answers)
    texts = {text for row in groups for _, text in guarding.texts(row)}
    found = {
        "En text ser ut att innehålla ett personnummer. Be avsändaren rätta.": any(map(identity_hits, texts)),
        "En text har dolda tecken som ändrar läsriktningen. De visas som \ufffd.": any(map(steers, texts)),
        "En bilaga följer med. Den öppnas aldrig av programmet.": bool(opened.attachments),
    }
    return tuple(Warning("W05", sentence) for sentence, holds in found.items() if holds)


def _check_membership(workplace: Workplace, opened: Opened) -> None:
    """A delregion takes in its own members on the period's last day, as our own code book has them."""
    if workplace.level is not Level.DELREGION:
        return
    issuer = opened.statement.predicate.issuer.code
    period = opened.statement.period
    if issuer not in {each.code for each in workplace.codebook.members(workplace.organisation.code, period.end)}:
        raise not_ours(opened.verdict.issuer_name, "Den hör inte till er delregion.", f"{issuer} is no member")


def check_codes(workplace: Workplace, opened: Opened) -> None:
    """Codes and measures against the package's own version of the code book, days against its period.

    An older version that never came here is read with ours: it knows every code that has ever been. Raises Refusal
    E21, E23-CODEBOOK.
    """
    part = opened.statement.predicate.code_book
    book = code_book(workplace, part.version)
    if book is None and part.version < workplace.codebook.version:
        book = workplace.codebook
    elif book is None:
        raise refuse("E23-CODEBOOK", part.sha256, version=part.version, own=workplace.codebook.version)
    elif book.sha256 != part.sha256:
        refusal = PackageRefusal("E23-CODEBOOK", _ANOTHER, {"version": part.version}, part.sha256)
        refusal.about = opened.verdict
        raise refusal
    unknown = wire.first_unknown_code(book, opened.rows)
    if unknown is not None:
        file, _, what = unknown.partition(": ")
        raise refuse("E21", unknown, row=what, file=file, fault="koden finns inte i mått och listor")
    _check_days(opened)


def _check_days(opened: Opened) -> None:
    """A package speaks of its own period: numbers of another would change what was sealed for that one, unseen.

    Deviations of earlier periods come again when they have changed, so only later ones are refused. Raises Refusal E21.
    """
    period = opened.statement.period
    for count in opened.rows.counts:
        if not period.contains(parse_period(count.period)):
            raise refuse("E21", count.id, row=count.id, file="data/antal.jsonl", fault=_OTHER_PERIOD)
    for deviation in opened.rows.deviations:
        if deviation.registered > period.end:
            raise refuse("E21", deviation.id, row=deviation.number, file="data/avvikelser.jsonl", fault=_OTHER_PERIOD)


def code_book(workplace: Workplace, version: int) -> CodeBook | None:
    if version == workplace.codebook.version:
        return workplace.codebook
    kept = workplace.store.code_book(version)
    return None if kept is None else codebook_from_json(kept)
