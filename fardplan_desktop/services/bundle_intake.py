"""A delregion's bundle at the county: both layers verified, its compilation recomputed, all of it kept or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.verdicts import TrustedKey, Verdict, Warning
from fardplan_desktop.exchange import messages
from fardplan_desktop.exchange.bundle import OF_HISTORY, Bundle, Nested, open_bundle
from fardplan_desktop.exchange.kinds import COMPILATION
from fardplan_desktop.exchange.office_rows import CompilationRow
from fardplan_desktop.exchange.package import package_file_name
from fardplan_desktop.exchange.rows import Rows
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import compiled_rows, intake_checks, wire
from fardplan_desktop.services.compilation import compile_originals, counted
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.intake_records import delivery_of, municipal_rows
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import bundles, packages
from fardplan_desktop.store.bundles import MemberFile

_INTRODUCED = Warning("W03", "Sigillet är introducerat av delregionen och inte kontrollerat av er.")


class Tried(msgspec.Struct, frozen=True):
    """A bundle that may be kept, and what is said of it: its comment, and how the recomputation went."""

    bundle: Bundle
    verdict: Verdict
    notes: tuple[str, ...]
    keys: tuple[TrustedKey, ...]
    """Those that it introduces and that we have not believed before."""


def judge(workplace: Workplace, opened: Opened, desk: Desk) -> Tried:
    """Everything in it against our own code book. Raises Refusal E22."""
    originals: dict[str, Rows] = {}
    wary: dict[str, tuple[Warning, ...]] = {}

    def seen(nested: Nested) -> None:
        intake_checks.check_codes(workplace, nested.opened)
        code = nested.opened.verdict.issuer_code
        originals[code] = counted(nested.opened.rows)
        wary[code] = intake_checks.wary(nested.opened)

    bundle = open_bundle(opened, desk, seen)
    numbers = _numbers(workplace, opened, bundle, originals)
    inside = tuple(
        msgspec.structs.replace(each, warnings=(*each.warnings, *wary.get(each.code, ())))
        for each in bundle.verdict.inside
    )
    verdict = msgspec.structs.replace(
        bundle.verdict, inside=inside, warnings=(*bundle.verdict.warnings, *map(messages.other_numbers, numbers))
    )
    introduced = {each.key.keyid: each.key for each in bundle.nested if each.key is not None and each.introduced}
    new = tuple(key for keyid, key in introduced.items() if desk.key(keyid) is None)
    notes = (*_dropped(workplace, opened, bundle), *_notes(opened, bundle, numbers))
    return Tried(bundle, verdict, notes, new)


def keep(workplace: Workplace, tried: Tried, opened: Opened, delivery: Delivery, check: Callable[[], object]) -> Kept:
    """The office's own rows, and in the same transaction its members' packages and the keys that it introduces."""
    nested, period = tried.bundle.nested, opened.statement.period.name
    members = (_member(workplace, each, delivery.issuer) for each in nested)
    whose = "kommuns" if len(nested) == 1 else "kommuners"
    return Kept(
        f"{opened.verdict.issuer_name}: {period} inläst med {len(nested)} {whose} paket",
        wire.records_of(wire.unsteered_rows(opened.rows)),
        within=bundles.carried(delivery, members, tried.keys, signature=workplace.signature, check=check),
    )


def _numbers(workplace: Workplace, opened: Opened, bundle: Bundle, originals: Mapping[str, Rows]) -> tuple[str, ...]:
    """Where its compilation is not what its own originals add up to; nothing can be said of totals only."""
    if not _recomputed(bundle):
        return ()
    predicate = opened.statement.predicate
    book = intake_checks.code_book(workplace, predicate.code_book.version) or workplace.codebook
    compiled = compile_originals(
        book, organisation=book.organisation(predicate.issuer.code), period=opened.statement.period, originals=originals
    )
    theirs = opened.table(COMPILATION, CompilationRow)
    return compiled_rows.differences(book, opened.verdict.issuer_name, theirs, compiled_rows.rows_of(compiled, book))


def _notes(opened: Opened, bundle: Bundle, numbers: tuple[str, ...]) -> Iterator[str]:
    rows = {each.id: each for each in opened.table(COMPILATION, CompilationRow)}
    if _recomputed(bundle) and not numbers:
        yield "Sammanställningen är omräknad ur kommunernas paket och stämmer."
    comment = compiled_rows.comment_in(rows)
    if comment:
        yield f"Kommentar: {visible(comment)}"


def _dropped(workplace: Workplace, opened: Opened, bundle: Bundle) -> Iterator[str]:
    """Members whose own packages counted until now, and are not in this bundle."""
    inside = {each.code: each for each in bundle.verdict.inside}
    for each in packages.list_deliveries(workplace.store, Direction.RECEIVED, period=opened.statement.period.id):
        member = inside.get(each.issuer)
        theirs = each.active and each.audience == opened.verdict.issuer_code
        if theirs and member is not None and member.state != "included":
            rest = ", bara i summan" if member.state == "reported" else ""
            yield f"{member.name} hade sitt paket med förra gången. Det räknas inte längre{rest}."


def _recomputed(bundle: Bundle) -> bool:
    return not any(each.state == "reported" for each in bundle.verdict.inside)


def _member(workplace: Workplace, nested: Nested, delregion: str) -> MemberFile:
    """Read once more from the bytes that have been verified."""
    whole = open_package(nested.data, None)
    predicate = whole.statement.predicate
    name = package_file_name(predicate.issuer.code, predicate.period.id, predicate.sequence)
    warnings = tuple(each for each in nested.opened.warnings if each.code not in OF_HISTORY)
    warnings += intake_checks.wary(whole) + ((_INTRODUCED,) if nested.introduced else ())
    delivery = delivery_of(workplace, whole, file_name=name, warnings=warnings, audience=delregion)
    return MemberFile(delivery, nested.data, municipal_rows(whole))
