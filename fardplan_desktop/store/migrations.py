"""Bringing an older store to this version: verified backup, then every step in one transaction.

A step is a plain function on a connection, kept for ever, importing nothing of ours. Alembic is left out: its table
rebuilds drop triggers, end in another schema text than a new store has, and cost 0.2 s to import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from fardplan_desktop.store import engine as engine_room
from fardplan_desktop.store import history, search
from fardplan_desktop.store.copying import copy_verified
from fardplan_desktop.store.tables import SQLITE_ONLY, VERSION
from fardplan_desktop.store.version_2 import to_version_2
from fardplan_desktop.store.version_3 import to_version_3

Step = Callable[[Connection], None]
STEPS: Mapping[int, Step] = {2: to_version_2, 3: to_version_3}
"""Version → the step that makes it from the version before."""


def upgrade(engine: Engine, path: Path, version: int, steps: Mapping[int, Step] = STEPS, target: int = VERSION) -> None:
    """Run the steps after ``version``. On any failure the store is as it was, and the copy beside it is kept."""
    if version >= target:
        return
    copy_verified(engine, path.with_name(f"{path.name}.version-{version}"))
    # Outside a transaction, or it is silently ignored; with keys on, a rebuilt table would take its children with it.
    _foreign_keys(engine, on=False)
    try:
        with engine_room.translated(path), engine.begin() as connection:
            _drop_views_and_triggers(connection)
            for number in range(version + 1, target + 1):
                steps[number](connection)
            for statement in (*search.VIEWS, *SQLITE_ONLY):
                connection.execute(text(statement))
            search.rebuild(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {target}")
            engine_room.check(connection, path)
            if history.first_break(connection) is not None:
                raise engine_room.damaged(path, "the history chain broke in migration")
    finally:
        _foreign_keys(engine, on=True)


def _foreign_keys(engine: Engine, *, on: bool) -> None:
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _drop_views_and_triggers(connection: Connection) -> None:
    found = connection.exec_driver_sql("SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger')")
    for kind, name in found.fetchall():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
