"""Verified copies of the store, in rotation; and restoring one. SQLite only."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store import engine as engine_room
from fardplan_desktop.store.copying import copy_verified, put_in_place, sync_folder

SUFFIX = ".fpkopia"
AT_LEAST_BYTES = 1_000_000_000
_KEEP_ALL = timedelta(days=2)
_LEVELS = (("%Y-%m-%d", 12), ("%G-%V", 10), ("%Y-%m", 9))
"""After the days when all are kept: the newest copy of each of 12 days, then of 10 weeks, then of 9 months."""
_STORES = 10
_BETWEEN = timedelta(minutes=30)
_STAMP = "%Y-%m-%dT%H%M%S"


def folder_of(store: Path) -> Path:
    """Where the copies of a store lie."""
    return store.with_name(store.name + "-kopior")


def store_name(copy: Path) -> str:
    """What the store that the copy was made of is called, by the folder it lies in; by the copy when it lies alone."""
    name = copy.parent.name.removesuffix("-kopior")
    return name if name.endswith(".fardplan") else f"{copy.stem}.fardplan"


def due(store: Path, at: datetime) -> bool:
    """True when the store has changed since its newest copy and that copy is at least half an hour old."""
    copies = existing(store)
    if not copies:
        return True
    made, newest = copies[0]
    return _plain(at) - made >= _BETWEEN and store.stat().st_mtime_ns > newest.stat().st_mtime_ns


def make(engine: Engine, store: Path, at: datetime) -> Path:
    """A verified copy named after the moment (UTC); older ones are thinned out. Returns its path."""
    folder = folder_of(store)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreProblem(
            "Säkerhetskopian kunde inte skrivas.",
            f"Mappen {folder.name} gick inte att skapa.",
            "Kontrollera att du får skriva där filen ligger. Det du har sparat finns kvar.",
            detail=str(error),
        ) from error
    target = folder / f"{_plain(at).strftime(_STAMP)}{SUFFIX}"
    copy_verified(engine, target)
    thin_out(store, at)
    return target


def existing(store: Path) -> list[tuple[datetime, Path]]:
    """Copies with their moments (UTC), newest first; files with other names are not ours to touch."""
    return _copies_in(folder_of(store))


def elsewhere(store: Path, place: Path) -> list[tuple[datetime, Path]]:
    """The same for the copies that lie in a second place; none when it is out of reach."""
    return _copies_in(place / folder_of(store).name)


def beside(store: Path) -> list[tuple[datetime, Path]]:
    """What stood in the store's place before an upgrade or a restore, with the moments (UTC) it was last written."""
    found = [
        path
        for ending in (".version-[0-9]*", ".ersatt-[0-9]*")
        for path in store.parent.glob(f"{glob.escape(store.name)}{ending}")
        if path.is_file()
    ]
    return sorted((datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None), path) for path in found)


def copy_elsewhere(store: Path, copy: Path, place: Path, now: datetime) -> Path:
    """Lay a verified copy in a second place too, whole or not at all; older ones there are thinned out alike.

    Returns its path there. Raises StoreProblem when the place cannot be written.
    """
    folder = place / folder_of(store).name
    half = folder / f"{copy.name}.del"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, half)
        put_in_place(half, folder / copy.name)
    except OSError as error:
        raise StoreProblem(
            "Kopian på andra platsen kunde inte skrivas.",
            f"Det går inte att skriva i {place}.",
            "Kontrollera platsen under Inställningar. Kopian på datorn finns.",
            detail=str(error),
        ) from error
    _thin_out(_copies_in(folder), store, now, AT_LEAST_BYTES)
    return folder / copy.name


def thin_out(store: Path, now: datetime, *, at_least: int = AT_LEAST_BYTES) -> None:
    """Keep everything 2 days, then 12 daily, 10 weekly, 9 monthly; together at most max(1 GB, 10 × the store).

    ``at_least`` is that gigabyte, in bytes. The newest copy always stays, and so does one that another program holds.
    """
    _thin_out(existing(store), store, now, at_least)


def _copies_in(folder: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found.append((datetime.strptime(path.stem, _STAMP), path))
        except ValueError:
            continue
    return sorted(found, reverse=True)


def _thin_out(copies: Sequence[tuple[datetime, Path]], store: Path, now: datetime, at_least: int) -> None:
    keep = _kept([moment for moment, _ in copies], _plain(now))
    room = max(at_least, _STORES * store.stat().st_size)
    for index, (moment, path) in enumerate(copies):
        size = path.stat().st_size
        if index > 0 and (moment not in keep or size > room):
            try:
                path.unlink()
            except OSError:
                continue  # A virus scanner or a sync client has it open; the next thinning tries again.
        else:
            room -= size


def restore(store: Path, copy: Path, at: datetime) -> Path:
    """Put a copy in the store's place; the store must be closed. What stood there is kept under a new name.

    Returns that name. Raises StoreProblem, leaving everything as it was, unless the copy is wholly one of ours.
    """
    engine_room.stored_version(copy)
    engine_room.refuse_if_held(store)
    fresh = store.with_name(store.name + ".ny")
    opened = engine_room.connect(copy, read_only=True)
    try:
        with engine_room.translated(copy), opened.begin() as connection:
            engine_room.check(connection, copy)
        copy_verified(opened, fresh)
    finally:
        opened.dispose()
    aside = store.with_name(f"{store.name}.ersatt-{_plain(at).strftime(_STAMP)}")
    try:
        _swap(fresh, store, aside)
    except OSError as error:
        raise StoreProblem(
            "Säkerhetskopian kunde inte återställas.",
            f"{store.name} gick inte att byta ut.",
            "Stäng andra program som har filen öppen och försök igen. Inget har ändrats.",
            detail=str(error),
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _swap(fresh: Path, store: Path, aside: Path) -> None:
    # A journal left by a crash belongs to the old file: beside the new one, SQLite would roll it into that.
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in ("-journal", ""):
            old, kept = (path.with_name(path.name + ending) for path in (store, aside))
            if old.exists():
                os.replace(old, kept)
                moved.append((old, kept))
        put_in_place(fresh, store)
    except OSError:
        for old, kept in reversed(moved):
            os.replace(kept, old)
        raise
    sync_folder(store.parent)


def _kept(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    keep = {moment for moment in moments if now - moment <= _KEEP_ALL}
    for pattern, limit in _LEVELS:
        newest: dict[str, datetime] = {}
        for moment in moments:
            if all(moment < kept for kept in keep):
                newest.setdefault(moment.strftime(pattern), moment)
        keep.update(list(newest.values())[:limit])
    return keep


def _plain(moment: datetime) -> datetime:
    """UTC without saying so, as the names of the copies are."""
    return moment.astimezone(UTC).replace(tzinfo=None)
