"""The store: one file, one connection behind one lock. Everything outside this room goes through this class."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from fardplan_desktop.domain.changes import Change, Edit, HistoryEntry, HistoryHead
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import Population, Record
from fardplan_desktop.store import backup, door, engine, history, lock, migrations, search
from fardplan_desktop.store.convert import from_row, to_row
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.tables import TABLE_OF, code_books, populations, settings

R = TypeVar("R", bound=Record)


class Store:
    """An open store. Threads may share it: each call is one short transaction under the lock."""

    def __init__(self, path: Path, opened: Engine, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._engine = opened
        self._guard = threading.RLock()
        self._closed = False

    @classmethod
    def create(cls, path: Path, values: dict[str, str]) -> Store:
        """A new store with these settings (``organisation`` is required). Never overwrites a file."""
        _claim(path)
        opened = engine.connect(path)
        try:
            engine.take_lock(opened, path)
            store = cls(path, opened)
            with store.transaction() as connection:
                engine.build(connection)
                connection.execute(insert(settings), [{"name": k, "value": v} for k, v in values.items()])
        except BaseException:
            opened.dispose()
            path.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open and lock an existing store; raises StoreProblem with a sentence for whatever is wrong with it."""
        version = engine.stored_version(path)
        opened = engine.connect(path)
        try:
            engine.take_lock(opened, path)
            lock.remove_note(path)  # Left by a crash: whoever wrote it has the file no longer.
            migrations.upgrade(opened, path, version)
            store = cls(path, opened)
            with store.transaction() as connection:
                engine.check(connection, path)
        except BaseException:
            opened.dispose()
            raise
        return store

    @classmethod
    def open_to_read(cls, path: Path) -> Store:
        """A store of this version that nothing can be changed in; every change is refused with a sentence."""
        opened = engine.connect(path, read_only=True)
        store = cls(path, opened, read_only=True)
        try:
            with store.transaction() as connection:
                engine.check(connection, path)
        except BaseException:
            opened.dispose()
            raise
        return store

    def announce(self, *, computer: str, who: str, since: str) -> None:
        """Leave a note for whoever tries to open the store meanwhile: computer, function and UTC moment."""
        lock.write_note(self.path, computer=computer, who=who, since=since)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless, using a closed store is a bug."""
        with self._guard:
            if not self._closed:
                self._closed = True
                lock.remove_note(self.path)  # While the file is still ours: the next opener writes its own.
                self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction on the one connection; all or nothing, SQLite's errors translated."""
        with self._guard:
            self._refuse_if_closed()
            with engine.translated(self.path, reading=self.read_only), self._engine.begin() as connection:
                yield connection

    @contextmanager
    def leaving_no_trace(self) -> Iterator[None]:
        """After the block nothing of what it removed is left in the bytes of the file or its journal."""
        with self._guard, engine.translated(self.path, reading=self.read_only), engine.leaving_no_trace(self._engine):
            yield

    def back_up(self, at: datetime) -> Path:
        """A verified copy now: before a restore, an upgrade or another risky act. Returns its path."""
        with self._guard:
            self._refuse_if_closed()
            return backup.make(self._engine, self.path, at)

    def back_up_if_due(self, at: datetime) -> Path | None:
        """A verified copy if something has changed and the newest is half an hour old; else None."""
        return self.back_up(at) if backup.due(self.path, at) else None

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise ValueError("the store is closed")  # The engine would quietly open it again, without the lock.

    # -- user data ----------------------------------------------------------------------------

    def write(self, edits: Sequence[Edit], *, label: str, signature: Signature) -> Change:
        """The write door: see ``door.write``."""
        with self.transaction() as connection:
            return door.write(
                connection, edits, label=label, organisation=_organisation(connection), signature=signature
            )

    def undo(self, signature: Signature) -> Change | None:
        with self.transaction() as connection:
            return door.undo(connection, organisation=_organisation(connection), signature=signature)

    def redo(self, signature: Signature) -> Change | None:
        with self.transaction() as connection:
            return door.redo(connection, organisation=_organisation(connection), signature=signature)

    def next_undo(self) -> tuple[Edit, ...] | None:
        """What the next undo would take back; None when there is nothing."""
        with self.transaction() as connection:
            found = door.next_undo(connection)
            return None if found is None else tuple(door.step_edits(connection, found[0]))

    def undo_labels(self) -> tuple[str | None, str | None]:
        """Labels of the next undo and the next redo."""
        with self.transaction() as connection:
            back, forth = door.next_undo(connection), door.next_redo(connection)
        return (back[1] if back else None, forth[1] if forth else None)

    def own(self, kind: type[R], **equal: object) -> tuple[R, ...]:
        """Our own records of a kind, in the order they were first written; ``equal`` filters on columns."""
        table = TABLE_OF[kind]
        query = select(table).where(table.c.delivery.is_(None), *(table.c[k] == v for k, v in equal.items()))
        with self.transaction() as connection:
            rows = connection.execute(query.order_by(table.c.row)).mappings().all()
        return tuple(from_row(kind, row) for row in rows)

    def several(self, kind: type[R], ids: Sequence[str]) -> list[R]:
        """Our own records of these ids, in that order; those that are not there are left out."""
        table = TABLE_OF[kind]
        query = select(table).where(table.c.delivery.is_(None), table.c.id.in_(ids))
        with self.transaction() as connection:
            found = {row["id"]: from_row(kind, row) for row in connection.execute(query).mappings()}
        return [found[each] for each in ids if each in found]

    def get(self, kind: type[R], record_id: str) -> R | None:
        found = self.own(kind, id=record_id)
        return found[0] if found else None

    def search(self, kind: type[R], text: str, limit: int = 50, *, received: bool = False) -> tuple[str, ...]:
        """Ids of activities or deviations with these words, latest written first; see ``search.words``.

        Our own, or those that the active deliveries brought.
        """
        with self.transaction() as connection:
            return tuple(search.find(connection, kind, text, limit=limit, received=received))

    # -- settings and reference data ----------------------------------------------------------

    def setting(self, name: str) -> str | None:
        with self.transaction() as connection:
            return connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()

    def set_setting(self, name: str, value: str) -> None:
        with self.transaction() as connection:
            put_setting(connection, name, value)

    def keep_code_book(self, version: int, sha256: str, content: bytes) -> None:
        """Remember a version of the code book; a version once met never changes its content."""
        with self.transaction() as connection:
            known = connection.execute(select(code_books.c.sha256).where(code_books.c.version == version)).scalar()
            if known is None:
                connection.execute(insert(code_books).values(version=version, sha256=sha256, content=content.decode()))

    def code_book(self, version: int | None = None) -> bytes | None:
        """The content of this version, or of the newest."""
        query = select(code_books.c.content).order_by(code_books.c.version.desc()).limit(1)
        if version is not None:
            query = query.where(code_books.c.version == version)
        with self.transaction() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found).encode()

    def put_population(self, rows: Sequence[Population], *, source_digest: str, signature: Signature) -> None:
        """Replace figures for the municipalities and years given; logged as one act with the file's digest."""
        with self.transaction() as connection:
            for row in rows:
                values = to_row(row)
                statement = upsert(populations).values(values)
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["municipality", "year"], set_=values)
                )
            record_act(connection, "population", "Folkmängd inläst", source_digest, {"rows": len(rows)}, signature)

    def population(self) -> tuple[Population, ...]:
        with self.transaction() as connection:
            rows = connection.execute(select(populations)).mappings().all()
        return tuple(from_row(Population, row) for row in rows)

    # -- history ------------------------------------------------------------------------------

    def history(
        self,
        *,
        records: Sequence[str] = (),
        kind: str = "",
        text: str = "",
        before: int | None = None,
        limit: int = 200,
    ) -> tuple[HistoryEntry, ...]:
        """The latest entries, newest first; see ``history.Wanted``."""
        wanted = history.Wanted(records=records, kind=kind, text=text, before=before)
        with self.transaction() as connection:
            return history.entries(connection, wanted, limit=limit)

    def history_entry(self, nr: int) -> HistoryEntry | None:
        found = self.history(before=nr + 1, limit=1)
        return found[0] if found and found[0].nr == nr else None

    def state_after(self, nr: int) -> Record:
        """The record as it was after this entry, which must hold one."""
        with self.transaction() as connection:
            name, content = history.content_of(connection, nr)
        return door.record_of(name, content["after"])

    def history_head(self) -> HistoryHead:
        with self.transaction() as connection:
            return history.read_head(connection)

    def acts(self, name: str) -> list[tuple[str, dict[str, object]]]:
        """Record and content of every act of that name, oldest first; the content of an erased one is empty."""
        with self.transaction() as connection:
            return history.contents_of_act(connection, name)

    def act(self, name: str, label: str, record: str, content: dict[str, object], signature: Signature) -> None:
        """Log something that is never undone: sealing, trust, a restore."""
        with self.transaction() as connection:
            record_act(connection, name, label, record, content, signature)

    def check(self) -> int | None:
        """Check pages, references, schema (StoreProblem) and the chain: number of its first broken entry, or None."""
        with self.transaction() as connection:
            engine.check(connection, self.path)
            return history.first_break(connection)


def put_setting(connection: Connection, name: str, value: str) -> None:
    statement = upsert(settings).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def record_act(
    connection: Connection, name: str, label: str, record: str, content: dict[str, object], signature: Signature
) -> None:
    entry = history.Entry(at=signature.at, who=signature.who, act=name, label=label, record=record, content=content)
    history.append(connection, [entry])


def _organisation(connection: Connection) -> str:
    return str(connection.execute(select(settings.c.value).where(settings.c.name == "organisation")).scalar_one())


def _claim(path: Path) -> None:
    """Make the empty file, so that nobody else's is ever taken for ours."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
    except OSError as error:
        if os.path.exists(path):  # Unlike the path's own, it answers for a name that is too long.
            raise StoreProblem(
                f"{path.name} finns redan.", "", "Välj ett annat namn eller öppna den som finns."
            ) from error
        raise StoreProblem(
            f"{path.name} gick inte att skapa.",
            "Mappen är skrivskyddad eller går inte att nå.",
            "Välj en mapp där du får skriva, eller be IT om rättighet.",
            detail=str(error),
        ) from error
