"""Opening the file: what is refused before SQLite sees it, the pragmas, the lock. SQLite only."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store.lock import read_note
from fardplan_desktop.store.tables import APPLICATION_ID, SQLITE_ONLY, VERSION, metadata

MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_FULL_CHECK_BELOW = 200 * 1024 * 1024
_PRAGMAS = (
    # EXCLUSIVE before the first access: it keeps other programs and sync clients out, also on a share.
    "locking_mode = EXCLUSIVE",
    "journal_mode = DELETE",  # WAL is unsafe on shares and in synced folders
    "synchronous = EXTRA",
    "recursive_triggers = ON",  # without it INSERT OR REPLACE walks past the append-only triggers
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "busy_timeout = 1500",
    "mmap_size = 0",
)


def stored_version(path: Path) -> int:
    """The version of the store at ``path``, read from the header bytes alone; the file stays untouched.

    Raises StoreProblem when it cannot be read, is not ours, or is newer than this program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StoreProblem(
            f"Filen {path.name} går inte att öppna.",
            "Den saknas, eller så har du inte rätt att läsa den.",
            "Kontrollera att filen och nätverket finns och försök igen.",
            detail=str(error),
        ) from error
    if len(header) < _HEADER or not header.startswith(MAGIC):
        raise _not_ours(path)
    version, application = struct.unpack(">I4xI", header[60:72])
    if application != APPLICATION_ID:
        raise _not_ours(path)
    if version > VERSION:
        raise StoreProblem(
            f"{path.name} är gjord i en nyare version av Färdplan.",
            f"Filen har version {version}, programmet klarar {VERSION}.",
            "Uppdatera programmet. Filen är orörd.",
        )
    return int(version)


def connect(path: Path) -> Engine:
    """An engine with the one connection, the pragmas set; nothing is locked yet."""

    def open_file() -> sqlite3.Connection:
        # isolation_level=None: the driver's own BEGIN skips DDL, so the engine's ``begin`` event does it.
        return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.5)

    engine = create_engine("sqlite+pysqlite://", creator=open_file, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def take_lock(engine: Engine, path: Path) -> None:
    """Lock the file until the engine is disposed of; raises StoreProblem naming who has it."""
    try:
        raw = engine.raw_connection()
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("COMMIT")
    except (sqlite3.OperationalError, DatabaseError) as error:
        if "locked" not in str(error):
            with translated(path):
                raise
        raise StoreProblem(
            f"{path.name} är redan öppen.",
            read_note(path),
            "Stäng programmet där och försök igen. Två kan inte skriva i samma fil på en gång.",
        ) from error


def build(connection: Connection) -> None:
    """All tables, views and triggers of a new store, in the caller's transaction."""
    metadata.create_all(connection)
    for statement in SQLITE_ONLY:
        connection.execute(text(statement))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def schema(connection: Connection) -> frozenset[tuple[str, str, str]]:
    """The whole ``sqlite_schema``: type, name and SQL of everything in the file."""
    rows = connection.exec_driver_sql("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def fresh_schema() -> frozenset[tuple[str, str, str]]:
    """What ``schema`` gives for a store made now; a file with anything more or less has been tampered with."""
    engine = create_engine("sqlite+pysqlite:///:memory:")
    with engine.begin() as connection:
        build(connection)
        return schema(connection)


def check(connection: Connection, path: Path) -> None:
    """Raise StoreProblem unless pages, references and schema are whole."""
    pragma = "integrity_check" if path.stat().st_size < _FULL_CHECK_BELOW else "quick_check"
    said = [row[0] for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if said != ["ok"] or dangling:
        raise damaged(path, "; ".join(map(str, [*said, *dangling])))
    if schema(connection) != fresh_schema():
        raise damaged(path, "sqlite_schema differs from the one this version writes")


def damaged(path: Path, detail: str) -> StoreProblem:
    return StoreProblem(
        f"{path.name} är skadad.",
        "Innehållet stämmer inte med hur Färdplan skriver sina filer.",
        "Filen är orörd. Återställ den senaste säkerhetskopian.",
        detail=detail,
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's own errors as sentences; the transaction has been rolled back when they come out."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        original = error.orig if isinstance(error, DatabaseError) else error
        problem = _sentence(path, str(original))
        if problem is None:
            raise
        raise problem from error


def _sentence(path: Path, said: str) -> StoreProblem | None:
    name = path.name
    if "disk is full" in said or "disk I/O" in said:
        return StoreProblem(
            "Ändringen kunde inte sparas.",
            "Disken är full, eller så går den inte att skriva på.",
            "Gör plats eller kontrollera nätverket och försök igen. Det som redan var sparat finns kvar.",
            detail=said,
        )
    if "readonly" in said or "unable to open" in said:
        return StoreProblem(
            f"{name} går inte att skriva i.",
            "Filen eller mappen är skrivskyddad.",
            "Flytta filen till en mapp där du får skriva, eller be IT om rättighet.",
            detail=said,
        )
    if "locked" in said:
        return StoreProblem(f"{name} används av ett annat program.", "", "Stäng det och försök igen.", detail=said)
    if "malformed" in said or "not a database" in said or "corrupt" in said:
        return damaged(path, said)
    return None


def _not_ours(path: Path) -> StoreProblem:
    return StoreProblem(
        f"{path.name} är ingen Färdplan-fil.",
        "Den är gjord av något annat program, eller avkortad.",
        "Välj en fil som skapats i Färdplan. Filen är orörd.",
    )
