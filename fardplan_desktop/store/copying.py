"""Copies of the store that are whole on disk before they get their name. SQLite only."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store.engine import damaged

_READINGS = 20
_JOURNAL_HEAD = 28


def copy_verified(engine: Engine, target: Path) -> None:
    """Copy through SQLite's backup interface, check the copy whole, and only then give it its name.

    Raises StoreProblem; then nothing is left behind and what stood at ``target`` is still there.
    """
    half = target.with_name(target.name + ".del")
    try:
        half.unlink(missing_ok=True)
        _copy(engine, half)
        said = _verdict(half)
        if said != "ok":
            raise damaged(target, said)
        put_in_place(half, target)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise StoreProblem(
            "Säkerhetskopian kunde inte skrivas.",
            f"Det gick inte att skriva i mappen {target.parent.name}.",
            "Gör plats på disken eller kontrollera nätverket. Det du har sparat finns kvar.",
            detail=str(error),
        ) from error
    finally:
        half.unlink(missing_ok=True)


def copy_held(path: Path, target: Path) -> None:
    """Copy a store that another program has open, as it was between two of that program's changes.

    SQLite lets nobody in meanwhile, so the bytes are taken as they lie: two readings that are alike while the journal
    is at rest cannot have a half-written change in them. Never for a store that this process has open: on POSIX,
    closing a second handle drops its locks. Raises StoreProblem when the file is never at rest, or not whole.
    """
    for _ in range(_READINGS):
        try:
            first = _idle(path) and _taken(path, target)
            whole = first and _idle(path) and _digest(path) == first and _idle(path)
        except OSError as error:
            raise _unread(path, str(error)) from error
        if whole:
            said = _verdict(target)
            if said != "ok":
                raise damaged(path, said)
            return
    raise _unread(path, "never at rest")


def put_in_place(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, replacing it, so that a power cut leaves the old file or the new one."""
    # Opened for writing: Windows flushes nothing through a handle that only reads.
    with source.open("r+b") as file:
        os.fsync(file.fileno())
    os.replace(source, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in the folder survive a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _idle(path: Path) -> bool:
    """Whether no change is half-way: the journal is gone, empty, or its head is blank."""
    beside = path.with_name(f"{path.name}-journal")
    try:
        _refuse_no_file(beside)
        with beside.open("rb") as journal:
            return not journal.read(_JOURNAL_HEAD).strip(b"\0")
    except FileNotFoundError:
        return True


def _refuse_no_file(path: Path) -> None:
    """A pipe would be waited for until somebody writes in it, and a device has no end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("not a regular file")


def _taken(path: Path, target: Path) -> bytes:
    _refuse_no_file(path)
    shutil.copyfile(path, target)
    return _digest(target)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _unread(path: Path, detail: str) -> StoreProblem:
    return StoreProblem(
        f"Läskopian av {path.name} kunde inte göras.",
        "Filen gick inte att läsa i lugn och ro.",
        "Försök igen om en stund.",
        detail=detail,
    )


def _copy(engine: Engine, target: Path) -> None:
    with closing(engine.raw_connection()) as raw, closing(sqlite3.connect(target)) as copy:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)


def _verdict(path: Path) -> str:
    with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)) as whole:
        return str(whole.execute("PRAGMA integrity_check").fetchone()[0])
