"""Taking in packages: sort out what lies there, judge it, read in what is good. One answer per file.

All or nothing per package, and one package held at a time, so that memory follows the largest file and not their
number. ``intake_sorting`` says what each file is, ``intake_taking`` opens one and keeps it; a new kind is added there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.exchange.age import is_age
from fardplan_desktop.exchange.look import Sort, look_at, signed_counts
from fardplan_desktop.exchange.verify import read_start
from fardplan_desktop.services import trust
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.intake_sorting import sort_out
from fardplan_desktop.services.intake_taking import NO_HARM as NO_HARM
from fardplan_desktop.services.intake_taking import FileResult as FileResult
from fardplan_desktop.services.intake_taking import HowTo, take_in
from fardplan_desktop.services.intake_taking import note_refused as note_refused
from fardplan_desktop.services.opening import Opener
from fardplan_desktop.services.verification import verify_seal
from fardplan_desktop.services.workplace import Workplace, renewed
from fardplan_desktop.store import packages

_ENOUGH = 64
"""Bytes by which an encrypted file is known."""
Told = Callable[[FileResult], object]
"""Hears of each file as soon as it is done: what has become of it is true even when the work is then cancelled."""


class Judged(msgspec.Struct, frozen=True):
    """What would become of each file, in the order found; and the key cards that lay among them."""

    results: tuple[FileResult, ...]
    cards: tuple[Path, ...]


def judge(
    workplace: Workplace, *, paths: Sequence[Path], opener: Opener | None = None, work: Work | None = None
) -> Judged:
    """Look through files and folders; nothing is changed. Each is judged as if the good ones before it had come in.

    ``opener`` opens encrypted files; without it the passphrase that this computer remembers does.
    """
    return _go_through(
        workplace, Desk(workplace, opener), paths, HowTo(dry_run=True, accept_jump=False), work or Work(), None
    )


def receive(
    workplace: Workplace,
    *,
    paths: Sequence[Path],
    dry_run: bool = False,
    accept_jump: bool = False,
    opener: Opener | None = None,
    work: Work | None = None,
    told: Told | None = None,
) -> tuple[FileResult, ...]:
    """Judge every file and read in those that are good; one result per file, in the order found.

    ``accept_jump``: a person has said yes to a sequence that leaps more than 50 numbers. Raises Cancelled; each package
    is then either wholly in or not at all, and ``told`` has heard which.
    """
    how = HowTo(dry_run=dry_run, accept_jump=accept_jump)
    return _go_through(workplace, Desk(workplace, opener), paths, how, work or Work(), told).results


def verify_file(path: Path, *, workplace: Workplace | None = None, opener: Opener | None = None) -> Verdict:
    """The verdict on one file: its seal alone, or against a store's trust and history. Changes nothing."""
    desk = Desk(workplace, opener) if workplace else None
    return verify_seal(path, receiver=desk, plain=desk.plain if desk else None)


def is_sealed(path: Path) -> bool:
    """Whether the file seems to be one of ours (package, card, encrypted or not), or is a folder that may hold some."""
    if path.is_dir():
        return True
    try:
        encrypted = is_age(read_start(path, _ENOUGH))
    except Refusal:
        return False
    return encrypted or look_at(path, lambda _keyid: None, lambda data: data).sort is not Sort.OTHER


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
    return signed_counts(packages.delivery_file(workplace.store, digest))


def _go_through(
    workplace: Workplace, desk: Desk, paths: Sequence[Path], how: HowTo, work: Work, told: Told | None
) -> Judged:
    pile = sort_out(desk, paths, work)
    work.started("Granskar filer" if how.dry_run else "Läser in paket", len(pile.files), "filer")
    for card in () if how.dry_run else pile.cards:
        trust.learn_card(workplace, path=card)
    results: dict[Path, FileResult] = {}
    for path in pile.in_turn:
        work.step(len(results), path.name)
        results[path] = take_in(workplace, desk, path, how, work)
        if results[path].stored and results[path].verdict.kind == "kodverk":
            workplace = renewed(workplace)  # What follows is judged by the version that has just come.
            desk = desk.renewed(workplace)
        if told is not None:
            told(results[path])
    work.done()
    return Judged(tuple(results[path] for path in pile.files), pile.cards)
