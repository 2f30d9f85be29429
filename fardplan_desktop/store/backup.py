"""Verified copies of the store, in rotation; and restoring one. SQLite only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store import engine as engine_room

SUFFIX = ".fpkopia"
_KEEP_ALL = timedelta(days=2)
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9
_AT_LEAST_BYTES = 1_000_000_000
_STORES = 10
_STAMP = "%Y-%m-%dT%H%M%S"


def folder_of(store: Path) -> Path:
    """Where the copies of a store lie."""
    return store.with_name(store.name + "-kopior")


def make(engine: Engine, store: Path, at: datetime) -> Path:
    """A verified copy named after the moment (UTC); older ones are thinned out. Returns its path."""
    folder = folder_of(store)
    try:
        folder.mkdir(exist_ok=True)
        target = folder / f"{at.strftime(_STAMP)}{SUFFIX}"
        copy_verified(engine, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreProblem(
            "Säkerhetskopian kunde inte skrivas.",
            f"Det gick inte att skriva i {folder.name}.",
            "Gör plats på disken eller kontrollera nätverket. Det du har sparat finns kvar.",
            detail=str(error),
        ) from error
    thin_out(store, at)
    return target


def copy_verified(engine: Engine, target: Path) -> None:
    """Copy through SQLite's backup interface, check the copy whole, and only then give it its name."""
    half = target.with_name(target.name + ".del")
    half.unlink(missing_ok=True)
    raw = engine.raw_connection()
    copy = sqlite3.connect(half)
    try:
        raw.driver_connection.backup(copy)  # type: ignore[union-attr]
    finally:
        copy.close()
    with half.open("rb") as file:
        os.fsync(file.fileno())
    whole = sqlite3.connect(f"file:{quote(str(half))}?mode=ro", uri=True)
    try:
        said = whole.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        whole.close()
    if said != "ok":
        half.unlink()
        raise engine_room.damaged(target, said)
    os.replace(half, target)


def existing(store: Path) -> list[tuple[datetime, Path]]:
    """Copies with their moments, newest first; files with other names are not ours to touch."""
    found = []
    for path in folder_of(store).glob(f"*{SUFFIX}"):
        try:
            found.append((datetime.strptime(path.stem, _STAMP), path))
        except ValueError:
            continue
    return sorted(found, reverse=True)


def thin_out(store: Path, now: datetime) -> None:
    """Keep everything 2 days, then 12 daily, 10 weekly, 9 monthly; together at most max(1 GB, 10 × the store)."""
    copies = existing(store)
    keep = _kept([moment for moment, _ in copies], now.replace(tzinfo=None))
    room = max(_AT_LEAST_BYTES, _STORES * store.stat().st_size)
    for index, (moment, path) in enumerate(copies):
        size = path.stat().st_size
        room -= size
        if index > 0 and (moment not in keep or room < 0):
            path.unlink()
            room += size


def _kept(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    keep = {moment for moment in moments if now - moment <= _KEEP_ALL}
    for pattern, limit in (("%Y-%m-%d", _DAILY), ("%G-%V", _WEEKLY), ("%Y-%m", _MONTHLY)):
        buckets: dict[str, datetime] = {}
        for moment in moments:
            if moment not in keep or pattern != "%Y-%m-%d":
                buckets.setdefault(moment.strftime(pattern), moment)
        keep.update(list(buckets.values())[:limit])
    return keep


def restore(store: Path, copy: Path, at: datetime) -> Path:
    """Put a copy in the store's place; the store must be closed. What stood there is kept under a new name.

    Raises StoreProblem, leaving everything as it was, unless the copy is wholly one of ours.
    """
    engine_room.stored_version(copy)
    opened = engine_room.connect(copy)
    try:
        with engine_room.translated(copy), opened.begin() as connection:
            engine_room.check(connection, copy)
        fresh = store.with_name(store.name + ".del")
        copy_verified(opened, fresh)
    finally:
        opened.dispose()
    aside = store.with_name(f"{store.name}.ersatt-{at.strftime(_STAMP)}")
    if store.exists():
        os.replace(store, aside)
    os.replace(fresh, store)
    return aside
