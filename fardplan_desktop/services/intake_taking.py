"""Take one file in: read once, opened, checked, kept whole in one transaction; or refused, and nothing is changed.

What is not a municipality's own package goes through the service of its kind (``incoming``). One package is held at a
time: nothing of it outlives ``take_in`` but its verdict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.exchange.age import most_encrypted
from fardplan_desktop.exchange.kinds import KINDS, largest_file
from fardplan_desktop.exchange.messages import PackageRefusal, Sentence, verdict_of
from fardplan_desktop.exchange.verify import Opened, open_package, read_package_file
from fardplan_desktop.services import bundle_intake, corrections, intake_checks, key_changes, refusals
from fardplan_desktop.services.bundle_intake import Tried
from fardplan_desktop.services.bundle_totals import BUNDLED
from fardplan_desktop.services.incoming import incoming
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.intake_records import delivery_of, municipal_rows
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

NO_HARM = frozenset({"OK", "E18-REPLAY"})
"""Codes of files that are read in, now or before."""
_OWN_FILE = Sentence(
    "Ställd till någon annan", "Filen är er egen.", "Den har ert sigill.", "Skicka den till mottagaren.", "Stäng"
)


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file."""

    path: Path
    verdict: Verdict
    stored: bool
    told: tuple[str, ...] = ()
    """What it would change here, in sentences; only for kinds that change something, and before they are read in."""
    file_sha256: str = ""
    """Of a refused file, when it could be read."""
    notes: tuple[str, ...] = ()
    """Of a bundle: how the recomputation of its compilation went, and the sender's words on it."""

    @property
    def good(self) -> bool:
        return self.verdict.code in NO_HARM and (self.stored or self.verdict.code != "OK")


class HowTo(msgspec.Struct, frozen=True):
    """``dry_run``: judge, keep nothing. ``accept_jump``: a person has said yes to a leaping sequence."""

    dry_run: bool
    accept_jump: bool


def take_in(workplace: Workplace, desk: Desk, path: Path, how: HowTo, work: Work) -> FileResult:
    """What came of the file. Raises Cancelled, with nothing of it kept."""
    sha256 = ""
    try:
        data = desk.plain(read_package_file(path, most_encrypted(largest_file(workplace.level))))
        sha256 = hashlib.sha256(data).hexdigest()
        work.check()
        if key_changes.is_key_change(data):
            change = key_changes.take_in(workplace, desk, data, dry_run=how.dry_run)
            return FileResult(path, change.verdict, not how.dry_run, change.told)
        opened = open_package(data, desk)
        work.check()
        intake_checks.check(workplace, opened, accept_jump=how.accept_jump)
        carries = opened.statement.predicate.kind == BUNDLED
        bundle = bundle_intake.judge(workplace, opened, desk) if carries else None
    except Refusal as refused:
        refusal = _told_of_own(workplace, refused)
        result = FileResult(path, verdict_of(refusal), False, file_sha256=sha256)
        if not how.dry_run:
            note_refused(workplace, [result])
        return result
    judged = opened.verdict if bundle is None else bundle.verdict
    verdict = msgspec.structs.replace(
        judged,
        warnings=(*judged.warnings, *intake_checks.wary(opened)),
        verb="Läs in" if how.dry_run else "",
    )
    delivery = delivery_of(workplace, opened, file_name=path.name, warnings=verdict.warnings)
    service = incoming(delivery.kind)
    notes = () if bundle is None else bundle.notes
    if how.dry_run:
        desk.tried(delivery)
        told = service.told(workplace, opened) if service else corrections.told(workplace, opened)
        return FileResult(path, verdict, False, told, notes=notes)
    _keep(workplace, opened, bundle, delivery, data, work)
    if bundle is not None:
        desk.believe(bundle.keys)
    return FileResult(path, verdict, True, notes=notes)


def _told_of_own(workplace: Workplace, refusal: Refusal) -> Refusal:
    """What we have sealed ourselves is no unknown sender's, and nobody is to be called about it."""
    about = refusal.about if isinstance(refusal, PackageRefusal) else Verdict()
    if refusal.code != "E10-UNKNOWNKEY" or about.keyid not in packages.own_key_ids(workplace.store):
        return refusal
    told = PackageRefusal("E16", _OWN_FILE, {}, refusal.detail)
    told.about = about
    return told


def note_refused(workplace: Workplace, results: Sequence[FileResult]) -> bool:
    """Remember the refused files among these that it may be said whose they are; True when any of them is new."""
    told = [
        refusals.remember(workplace, verdict=each.verdict, file_name=each.path.name, file_sha256=each.file_sha256)
        for each in results
        if each.verdict.outcome == "refused"
    ]
    return any(told)


def _keep(
    workplace: Workplace, opened: Opened, bundle: Tried | None, delivery: Delivery, data: bytes, work: Work
) -> None:
    service = incoming(delivery.kind)
    if service is not None:
        kept = service.keep(workplace, opened)
    elif bundle is not None:
        kept = bundle_intake.keep(workplace, bundle, opened, delivery, work.check)
    else:
        label = f"{opened.verdict.issuer_name}: {opened.statement.period.name} inläst"
        kept = Kept(label, municipal_rows(opened))
    packages.add_delivery(
        workplace.store,
        delivery,
        data,
        kept.rows,
        label=kept.label,
        signature=workplace.signature,
        check=work.check,
        code_book=kept.code_book,
        facts=kept.facts,
        within=kept.within,
        alone=KINDS[delivery.kind].one_per_period,
    )
