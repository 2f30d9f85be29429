"""Backups, restore, and whether the store is whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.host.places import place_of
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import backup
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

LATE_AFTER = timedelta(days=7)
_SECOND_PLACE = "second_backup_place"


Late = Literal["", "here", "elsewhere"]


class Backup(msgspec.Struct, frozen=True):
    at: datetime
    """UTC."""
    path: Path


def backups(workplace: Workplace) -> tuple[Backup, ...]:
    """Verified copies, newest first."""
    return tuple(Backup(at.replace(tzinfo=UTC), path) for at, path in backup.existing(workplace.store.path))


def backups_elsewhere(workplace: Workplace) -> tuple[Backup, ...]:
    """Those in the second place, newest first; none without a place, or while it is out of reach."""
    place = second_place(workplace)
    found = [] if place is None else backup.elsewhere(workplace.store.path, place)
    return tuple(Backup(at.replace(tzinfo=UTC), path) for at, path in found)


def set_aside(workplace: Workplace) -> tuple[Backup, ...]:
    """Files beside the store that stood in its place before an upgrade or a restore."""
    return tuple(Backup(at.replace(tzinfo=UTC), path) for at, path in backup.beside(workplace.store.path))


def late(workplace: Workplace) -> Late:
    """Where no copy has been made for a week though the file is that old: here, in the second place, or nowhere."""
    if workplace.demo or workplace.read_only:
        return ""
    oldest = workplace.clock() - LATE_AFTER
    created = workplace.store.setting("created")
    if created is None or datetime.fromisoformat(created) > oldest:
        return ""
    if not any(copy.at > oldest for copy in backups(workplace)):
        return "here"
    missing = second_place(workplace) is not None and not any(copy.at > oldest for copy in backups_elsewhere(workplace))
    return "elsewhere" if missing else ""


def back_up(workplace: Workplace) -> Backup:
    """Make a verified copy now, and one in the second place if there is one. Raises StoreProblem in a read copy."""
    _refuse_reading(workplace, "Ingen säkerhetskopia är gjord.")
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


def shared_sentence(workplace: Workplace) -> str:
    """What whoever has the file in a shared or synchronised folder should know; empty for one's own disk."""
    kind = place_of(workplace.store.path)
    if kind == "network":
        return (
            "Filen ligger i en delad mapp. En i taget kan ha den öppen; den som kommer sedan kan läsa i en kopia. "
            "Välj gärna en andra plats för säkerhetskopior på en annan disk."
        )
    if kind == "synced":
        return (
            "Filen ligger i en mapp som synkroniseras. Stäng Färdplan och vänta tills synkroniseringen är klar "
            "innan filen öppnas på en annan dator, annars kan det bli två olika filer."
        )
    return ""


def set_second_place(workplace: Workplace, *, folder: Path | None) -> None:
    workplace.store.set_setting(_SECOND_PLACE, "" if folder is None else str(folder))


def restore(workplace: Workplace, *, copy: Path) -> Path:
    """Put a copy in the store's place and keep what stood there. The workplace is closed; open it again after.

    Raises StoreProblem, changing nothing, unless the copy is wholly one of ours.
    """
    _refuse_reading(workplace, "Ingenting är återställt.")
    at = workplace.clock()
    path = workplace.store.path
    signature = workplace.signature
    workplace.store.back_up(at)
    workplace.store.close()
    aside = backup.restore(path, copy, at)
    restored = type(workplace.store).open(path)
    try:
        _say_restored(restored, copy, at, signature)
    finally:
        restored.close()
    return aside


def is_copy(path: Path) -> bool:
    """Whether the file is one of our copies, which is never worked in where it lies."""
    return path.suffix == backup.SUFFIX


def unpack(copy: Path, *, folder: Path, at: datetime) -> Path:
    """On a new computer: the copy as the store it was made of, in this folder. Open it and call ``say_unpacked``.

    Raises StoreProblem, changing nothing, when there is such a store already or the copy is not wholly one of ours.
    """
    store = folder / backup.store_name(copy)
    if store.exists():
        raise StoreProblem(
            "Det finns redan en fil på den här datorn.",
            f"{store.name} skulle bytas ut mot säkerhetskopian.",
            "Öppna den filen och återställ kopian under Inställningar, Säkerhetskopior.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    backup.restore(store, copy, at)
    return store


def say_unpacked(workplace: Workplace, *, copy: Path) -> None:
    """The history and Inställningar say that it came from a copy: what was sealed after it may be taken back."""
    _say_restored(workplace.store, copy, workplace.clock(), workplace.signature)


def _say_restored(store: Store, copy: Path, at: datetime, signature: Signature) -> None:
    store.set_setting("restored", "1")
    store.set_setting("reclaimed", "0")
    store.act("restore", f"Återställd från kopia {copy.stem}", f"Backup:{copy.stem}", {"at": stamp(at)}, signature)


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


def _refuse_reading(workplace: Workplace, what: str) -> None:
    """A copy that is only read lies somewhere else and is soon gone: nothing done with it is of use."""
    if workplace.read_only:
        raise StoreProblem(
            what,
            "Det här är en läskopia: någon annan har filen öppen.",
            "Öppna filen igen när den är stängd där.",
        )


def _kept(workplace: Workplace, at: datetime, path: Path) -> Backup:
    place = second_place(workplace)
    if place is not None:
        backup.copy_elsewhere(workplace.store.path, path, place, at)
    return Backup(at, path)
