"""Taking in packages: verify, judge, read in what is good. All or nothing per package, one answer per file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.codebook import CodeBook, codebook_from_json
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.verdicts import Replay, TrustedKey, Verdict, Warning
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.exchange.messages import PackageRefusal, Sentence, refuse, verdict_of
from fardplan_desktop.exchange.verify import Opened, open_package, read_package_file
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services import guarding, wire
from fardplan_desktop.services.verification import verify_seal
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

NO_HARM = frozenset({"OK", "E18-REPLAY"})
"""Codes of files that are read in, now or before."""
_LARGEST_JUMP = 50
_JUMP = Sentence(
    "Krock",
    "Numret på paketet hoppar över {skipped} nummer.",
    "Det är ovanligt många.",
    "Ring avsändaren och fråga. Läs in det när det är förklarat.",
    "Ring avsändaren",
)


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file."""

    path: Path
    verdict: Verdict
    stored: bool

    @property
    def good(self) -> bool:
        return self.verdict.code in NO_HARM and (self.stored or self.verdict.code != "OK")


class Desk:
    """We as the receiver of packages: whom we trust and what we have, with what this batch has brought so far."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._keys = {each.keyid: each for each in packages.trusted(workplace.store)}
        self._pending: list[Delivery] = []

    @property
    def own(self) -> Organisation:
        return self._workplace.organisation

    @property
    def practice(self) -> bool:
        return self._workplace.practice

    @property
    def codebook_version(self) -> int:
        return self._workplace.codebook.version

    @property
    def reporting_type(self) -> PeriodType:
        return self._workplace.codebook.reporting.type

    @property
    def now(self) -> datetime:
        return self._workplace.clock()

    def key(self, keyid: str) -> TrustedKey | None:
        return self._keys.get(keyid)

    def organisation(self, code: str) -> Organisation | None:
        return self._workplace.codebook.find(code)

    def replay(self, issuer_code: str, kind: str, audience_code: str) -> Replay:
        seen = packages.replay(self._workplace.store, Direction.RECEIVED, issuer_code, kind, audience_code)
        for each in self._pending:
            if (each.issuer, each.kind, each.audience) == (issuer_code, kind, audience_code):
                seen = _with(seen, each)
        return seen

    def tried(self, delivery: Delivery) -> None:
        """In a dry run nothing is stored, yet the next file is judged as if this one had been."""
        self._pending.append(delivery)


def files_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to look at: folders give what lies in them, hidden files and key cards left out."""
    found: list[Path] = []
    for path in paths:
        found += [
            each for each in _inside(path) if each == path or not (each.name.startswith(".") or os.path.isdir(each))
        ]
    return tuple(each for each in dict.fromkeys(found) if not is_card(each))


def is_card(path: Path) -> bool:
    """Decided by content, never by name."""
    try:
        read_card(read_package_file(path))
    except Refusal:
        return False
    return True


def cards_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The key cards among the files and folders."""
    return tuple(each for path in paths for each in _inside(path) if is_card(each))


def receive(
    workplace: Workplace,
    *,
    paths: Sequence[Path],
    dry_run: bool = False,
    accept_jump: bool = False,
    work: Work | None = None,
) -> tuple[FileResult, ...]:
    """Judge every file and read in those that are good; one result per file, in the order found.

    ``accept_jump``: a person has said yes to a sequence that leaps more than 50 numbers.
    """
    work = work or Work()
    files = files_in(paths)
    work.started("Granskar filer" if dry_run else "Läser in paket", len(files), "filer")
    desk = Desk(workplace)
    results: dict[Path, FileResult] = {}
    # Lower numbers first, whatever the files are called: a correction lies on what it corrects.
    for path in sorted(files, key=lambda each: _place(desk, each)):
        results[path] = _receive_one(workplace, desk, path, dry_run, accept_jump)
        work.step(len(results), path.name)
    work.done()
    return tuple(results[path] for path in files)


def verify_file(path: Path, *, workplace: Workplace | None = None) -> Verdict:
    """The verdict on one file: its seal alone, or against a store's trust and history. Changes nothing."""
    return verify_seal(path, receiver=Desk(workplace) if workplace else None)


def recent(workplace: Workplace, *, limit: int = 100) -> tuple[Delivery, ...]:
    """What has been read in, latest first."""
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    return tuple(sorted(found, key=lambda each: (each.at, each.sequence), reverse=True)[:limit])


def replaced_counts(workplace: Workplace, *, verdict: Verdict) -> Mapping[str, int]:
    """Records per file in the package that this one replaces; empty when it replaces none that we have."""
    if verdict.supersedes is None:
        return {}
    have = {each.digest for each in packages.list_deliveries(workplace.store, Direction.RECEIVED)}
    digest = verdict.supersedes[1]
    if digest not in have:
        return {}
    return open_package(packages.delivery_file(workplace.store, digest), None).verdict.counts


def _inside(path: Path) -> list[Path]:
    """What lies in a folder; a file, and a folder that may not be read, stand for themselves and get their answer."""
    try:
        return sorted(path.iterdir()) if os.path.isdir(path) else [path]
    except OSError:
        return [path]


def _place(desk: Desk, path: Path) -> tuple[str, int]:
    try:
        verdict = open_package(read_package_file(path), None).verdict
    except Refusal:
        return "", 0
    return verdict.issuer_code, verdict.sequence


def _receive_one(workplace: Workplace, desk: Desk, path: Path, dry_run: bool, accept_jump: bool) -> FileResult:
    try:
        data = read_package_file(path)
        opened = open_package(data, desk)
        _check_membership(workplace, opened)
        _check_codes(workplace, opened)
        _check_jump(opened, accept_jump)
    except Refusal as refusal:
        return FileResult(path, verdict_of(refusal), False)
    verdict = msgspec.structs.replace(
        opened.verdict, warnings=(*opened.warnings, *_personal(opened)), verb="Läs in" if dry_run else ""
    )
    delivery = _delivery(workplace, opened, path, verdict.warnings)
    if dry_run:
        desk.tried(delivery)
        return FileResult(path, verdict, False)
    label = f"{verdict.issuer_name}: {opened.statement.period.name} inläst"
    rows = wire.records_of(opened.rows)
    packages.add_delivery(workplace.store, delivery, data, rows, label=label, signature=workplace.signature)
    return FileResult(path, verdict, True)


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


def _check_membership(workplace: Workplace, opened: Opened) -> None:
    """A delregion takes in its own members on the period's last day, as our own code book has them."""
    if workplace.level is not Level.DELREGION:
        return
    issuer = opened.statement.predicate.issuer.code
    period = opened.statement.period
    if issuer not in {each.code for each in workplace.codebook.members(workplace.organisation.code, period.end)}:
        raise refuse("E16", f"{issuer} is no member", audience=f"en delregion som {opened.verdict.issuer_name} tillhör")


def _check_codes(workplace: Workplace, opened: Opened) -> None:
    """Codes and measures against the package's own version of the code book."""
    part = opened.statement.predicate.code_book
    book = _code_book(workplace, part.version)
    if book is None or book.sha256 != part.sha256:
        raise refuse("E23-CODEBOOK", part.sha256, version=part.version, own=workplace.codebook.version)
    unknown = wire.first_unknown_code(book, opened.rows)
    if unknown is not None:
        file, _, what = unknown.partition(": ")
        raise refuse("E21", unknown, row=what, file=file, fault="koden finns inte i mått och listor")


def _code_book(workplace: Workplace, version: int) -> CodeBook | None:
    if version == workplace.codebook.version:
        return workplace.codebook
    kept = workplace.store.code_book(version)
    return None if kept is None else codebook_from_json(kept)


def _check_jump(opened: Opened, accepted: bool) -> None:
    if opened.verdict.skipped > _LARGEST_JUMP and not accepted:
        refusal = PackageRefusal("W01", _JUMP, {"skipped": opened.verdict.skipped}, "")
        refusal.about = opened.verdict
        raise refusal


def _personal(opened: Opened) -> tuple[Warning, ...]:
    rows = opened.rows
    groups = (*rows.activities, *rows.check_ins, *rows.counts, *rows.deviations, *rows.rules)
    hit = any(map(identity_hits, {text for row in groups for _, text in guarding.texts(row)}))
    return (Warning("W05", "En text ser ut att innehålla ett personnummer. Be avsändaren rätta."),) if hit else ()


def _with(seen: Replay, delivery: Delivery) -> Replay:
    return Replay(
        max_sequence=max(seen.max_sequence, delivery.sequence),
        digests={**seen.digests, delivery.digest: delivery.at[:10]},
        by_sequence={**seen.by_sequence, delivery.sequence: delivery.digest},
        active_by_period={**seen.active_by_period, delivery.period: (delivery.sequence, delivery.digest)},
        known={**seen.known, delivery.digest: delivery.period},
    )
