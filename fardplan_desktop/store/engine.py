"""Opening the file: what is refused before SQLite sees it, the pragmas, the lock. SQLite only."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from fardplan_desktop.domain.errors import Held, StoreProblem
from fardplan_desktop.store import search
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
    "secure_delete = ON",  # what is removed is overwritten, however this SQLite was built
    "cell_size_check = ON",
    "busy_timeout = 1500",
    "mmap_size = 0",
    "secure_delete = ON",  # what is erased is written over
    "temp_store = MEMORY",  # and leaves nothing in the folder of temporary files
)


def stored_version(path: Path) -> int:
    """The version of the store at ``path``, read from the header bytes alone; the file stays untouched.

    Raises StoreProblem when it cannot be read, is not ours, or is newer than this program.
    """
    # Before the bytes are read: on POSIX, closing a second handle drops every lock this process has on the file.
    # An open store has its journal beside it (EXCLUSIVE mode keeps it); without one the bytes alone may judge.
    try:
        if (path.parent / f"{path.name}-journal").exists():
            refuse_if_held(path)
        # A pipe or a device would be waited for until someone writes in it.
        if path.exists() and not path.is_file():
            raise _not_ours(path)
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


def refuse_if_held(path: Path) -> None:
    """Raise StoreProblem when somebody, this process included, has the store open. Whatever else is wrong passes."""
    if not path.is_file():
        return
    try:
        with closing(_open_file(path, read_only=True)) as probe:
            probe.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise _held(path) from error


def connect(path: Path, *, read_only: bool = False) -> Engine:
    """An engine with the one connection, the pragmas set; nothing is locked yet."""
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: _open_file(path, read_only=read_only), poolclass=StaticPool
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def take_lock(engine: Engine, path: Path) -> None:
    """Lock the file until the engine is disposed of; raises StoreProblem naming who has it.

    A write that is rolled back shows that file and folder let us write; the bytes stay as they were.
    """
    try:
        with closing(engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("PRAGMA user_version = -1")
            cursor.execute("ROLLBACK")
    except (sqlite3.DatabaseError, DatabaseError) as error:
        if "locked" in str(error):
            raise _held(path) from error
        with translated(path):
            raise


@contextmanager
def leaving_no_trace(engine: Engine) -> Iterator[None]:
    """What each transaction of the block wrote over is cut off the journal; then the file is written anew."""
    with closing(engine.raw_connection()) as raw:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_size_limit = 0")
        try:
            yield
            cursor.execute("VACUUM")
        finally:
            cursor.execute("PRAGMA journal_size_limit = -1")


def build(connection: Connection) -> None:
    """All tables, views and triggers of a new store, in the caller's transaction."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@cache
def _statements() -> tuple[str, ...]:
    """What makes a new store, compiled once: SQLAlchemy would look for each table before it made it."""
    made: list[str] = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts: list[ExecutableDDLElement] = [CreateTable(table), *map(CreateIndex, indexes)]
        made += [str(each.compile(dialect=sqlite.dialect())) for each in parts]
    return (*made, *search.INDEXES, *search.VIEWS, *SQLITE_ONLY)


def schema(connection: Connection) -> frozenset[tuple[str, str, str]]:
    """The whole ``sqlite_schema``: type, name and SQL of everything in the file."""
    rows = connection.exec_driver_sql("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


@cache
def fresh_schema() -> frozenset[tuple[str, str, str]]:
    """What ``schema`` gives for a store made now; a file with anything more or less has been tampered with."""
    engine = create_engine("sqlite+pysqlite:///:memory:")
    try:
        with engine.begin() as connection:
            build(connection)
            return schema(connection)
    finally:
        engine.dispose()


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
def translated(path: Path, *, reading: bool = False) -> Iterator[None]:
    """SQLite's own errors as sentences; the transaction has been rolled back when they come out.

    ``reading``: the file is a copy that is only read, and whoever tries to change something is told so.
    """
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        original = error.orig if isinstance(error, DatabaseError) else error
        problem = _only_read() if reading and "readonly" in str(original) else _sentence(path, str(original))
        if problem is None:
            raise
        raise problem from error


def _only_read() -> StoreProblem:
    return StoreProblem(
        "Inget är ändrat.",
        "Det här är en läskopia: någon annan har filen öppen och skriver i den.",
        "Öppna filen igen när den är stängd där, och gör ändringen då.",
    )


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


def _open_file(path: Path, *, read_only: bool) -> sqlite3.Connection:
    # mode=rw and not rwc: a file that has vanished is never made anew, empty.
    where = f"file:{quote(os.fsencode(path))}?mode={'ro' if read_only else 'rw'}"
    # isolation_level=None: the driver's own BEGIN skips DDL, so the engine's ``begin`` event does it.
    return sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=1.5)


def _held(path: Path) -> Held:
    return Held(
        f"{path.name} är redan öppen.",
        read_note(path),
        "Stäng programmet där och försök igen. Två kan inte skriva i samma fil på en gång.",
    )


def _not_ours(path: Path) -> StoreProblem:
    return StoreProblem(
        f"{path.name} är ingen Färdplan-fil.",
        "Den är gjord av något annat program, eller avkortad.",
        "Välj en fil som skapats i Färdplan. Filen är orörd.",
    )
