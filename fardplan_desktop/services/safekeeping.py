"""Backups, restore, and whether the store is whole."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import backup

_SECOND_PLACE = "second_backup_place"


class Backup(msgspec.Struct, frozen=True):
    at: datetime
    """UTC."""
    path: Path


def backups(workplace: Workplace) -> tuple[Backup, ...]:
    """Verified copies, newest first."""
    return tuple(Backup(at.replace(tzinfo=UTC), path) for at, path in backup.existing(workplace.store.path))


def back_up(workplace: Workplace) -> Backup:
    """Make a verified copy now, and one in the second place if there is one."""
    at = workplace.clock()
    return _kept(workplace, at, workplace.store.back_up(at))


def back_up_if_due(workplace: Workplace) -> Backup | None:
    """At most every half hour, and only when something has changed since the last."""
    at = workplace.clock()
    path = workplace.store.back_up_if_due(at)
    return None if path is None else _kept(workplace, at, path)


def second_place(workplace: Workplace) -> Path | None:
    """A folder elsewhere (a share, a stick) that also gets each copy."""
    value = workplace.store.setting(_SECOND_PLACE)
    return Path(value) if value else None


def set_second_place(workplace: Workplace, *, folder: Path | None) -> None:
    workplace.store.set_setting(_SECOND_PLACE, "" if folder is None else str(folder))


def restore(workplace: Workplace, *, copy: Path) -> Path:
    """Put a copy in the store's place and keep what stood there. The workplace is closed; open it again after.

    Raises StoreProblem, changing nothing, unless the copy is wholly one of ours.
    """
    at = workplace.clock()
    path = workplace.store.path
    signature = workplace.signature
    workplace.store.back_up(at)
    workplace.store.close()
    aside = backup.restore(path, copy, at)
    restored = type(workplace.store).open(path)
    try:
        restored.set_setting("restored", "1")
        restored.act(
            "restore", f"Återställd från kopia {copy.stem}", f"Backup:{copy.stem}", {"at": stamp(at)}, signature
        )
    finally:
        restored.close()
    return aside


def check(workplace: Workplace) -> int:
    """Pages, references, schema and history are whole; returns how many history entries. StoreProblem if not."""
    broken = workplace.store.check()
    if broken is not None:
        raise StoreProblem(
            "Historiken är bruten.",
            f"Post {broken} följer inte på den före.",
            "Någon kan ha ändrat i filen utanför programmet. Återställ en säkerhetskopia och meddela delregionen.",
        )
    return workplace.store.history_head().count


def _kept(workplace: Workplace, at: datetime, path: Path) -> Backup:
    place = second_place(workplace)
    if place is not None:
        _copy_to(path, place)
    return Backup(at, path)


def _copy_to(path: Path, place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place / f"{path.parent.name}-{path.name}")
    except OSError as error:
        raise StoreProblem(
            "Kopian på andra platsen kunde inte skrivas.",
            f"Det går inte att skriva i {place}.",
            "Kontrollera platsen under Inställningar. Kopian på datorn finns.",
            detail=str(error),
        ) from error
