"""Take one file in: read once, opened, checked, kept whole in one transaction; or refused, and nothing is changed.

What is not a municipality's own package goes through the service of its kind (``incoming``). One package is held at a
time: nothing of it outlives ``take_in`` but its verdict.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import JointAnswer
from fardplan_desktop.domain.verdicts import Verdict, Warning
from fardplan_desktop.exchange.age import most_encrypted
from fardplan_desktop.exchange.kinds import largest_file
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.verify import Opened, open_package, read_package_file
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services import intake_checks, joint_wire, key_changes, wire
from fardplan_desktop.services.incoming import incoming
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

NO_HARM = frozenset({"OK", "E18-REPLAY"})
"""Codes of files that are read in, now or before."""


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file."""

    path: Path
    verdict: Verdict
    stored: bool
    told: tuple[str, ...] = ()
    """What it would change here, in sentences; only for kinds that change something, and before they are read in."""

    @property
    def good(self) -> bool:
        return self.verdict.code in NO_HARM and (self.stored or self.verdict.code != "OK")


class HowTo(msgspec.Struct, frozen=True):
    """``dry_run``: judge, keep nothing. ``accept_jump``: a person has said yes to a leaping sequence."""

    dry_run: bool
    accept_jump: bool


def take_in(workplace: Workplace, desk: Desk, path: Path, how: HowTo, work: Work) -> FileResult:
    """What came of the file. Raises Cancelled, with nothing of it kept."""
    try:
        data = desk.plain(read_package_file(path, most_encrypted(largest_file(workplace.level))))
        work.check()
        if key_changes.is_key_change(data):
            change = key_changes.take_in(workplace, desk, data, dry_run=how.dry_run)
            return FileResult(path, change.verdict, not how.dry_run, change.told)
        opened = open_package(data, desk)
        work.check()
        intake_checks.check(workplace, opened, accept_jump=how.accept_jump)
    except Refusal as refusal:
        return FileResult(path, verdict_of(refusal), False)
    verdict = msgspec.structs.replace(
        opened.verdict,
        warnings=(*opened.warnings, *intake_checks.wary(opened)),
        verb="Läs in" if how.dry_run else "",
    )
    delivery = _delivery(workplace, opened, path, verdict.warnings)
    if how.dry_run:
        desk.tried(delivery)
        service = incoming(delivery.kind)
        return FileResult(path, verdict, False, service.told(workplace, opened) if service else ())
    _keep(workplace, opened, delivery, data, work)
    return FileResult(path, verdict, True)


def _keep(workplace: Workplace, opened: Opened, delivery: Delivery, data: bytes, work: Work) -> None:
    service = incoming(delivery.kind)
    if service is None:
        label = f"{opened.verdict.issuer_name}: {opened.statement.period.name} inläst"
        rows = wire.records_of(wire.unsteered_rows(opened.rows))
        kept = Kept(label, {**rows, JointAnswer: joint_wire.answers_of(opened)})
    else:
        kept = service.keep(workplace, opened)
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
    )


def _delivery(workplace: Workplace, opened: Opened, path: Path, warnings: tuple[Warning, ...]) -> Delivery:
    predicate = opened.statement.predicate
    replaced = predicate.supersedes
    return Delivery(
        digest=opened.digest,
        direction=Direction.RECEIVED,
        kind=predicate.kind,
        issuer=predicate.issuer.code,
        audience=workplace.organisation.code,
        period=predicate.period.id,
        sequence=predicate.sequence,
        supersedes=None if replaced is None else replaced.statement_sha256,
        active=True,
        approved_at=predicate.approved_at,
        approved_by=predicate.approved_by.function,
        at=stamp(workplace.clock()),
        key_id=predicate.key_id,
        file_name=path.name.encode("utf-8", "replace").decode()[:200],  # A name unpacked elsewhere may be no text.
        file_sha256=opened.file_sha256,
        code_book=predicate.code_book.version,
        warnings=tuple(each.code for each in warnings),
    )
