"""Older stores are brought up whole or not at all; the real file of every released version opens."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.deliveries import Direction, RuleOutcome
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import (
    RECORD_TYPES,
    Activity,
    CorrectionNote,
    Count,
    Inquiry,
    JointAnswer,
    JointPlan,
    JointTask,
    LiftedAnswer,
    Plan,
    Question,
    Record,
    Reply,
    SelfAssessment,
    Unit,
    UnitCount,
)
from fardplan_desktop.store import engine, migrations, packages
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import VERSION

_GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_BEFORE = (
    "DROP TRIGGER history_is_append_only",
    "DROP TABLE code_books",
    f"PRAGMA user_version = {VERSION - 1}",
)
"""What makes an older version of a store: no code books, and a trigger that did not yet exist."""
_SINCE: dict[type[Record], int] = {
    **dict.fromkeys((SelfAssessment, Unit, UnitCount, Inquiry), 2),
    **dict.fromkeys((CorrectionNote, Question, Reply, JointPlan, JointTask, JointAnswer, LiftedAnswer), 3),
}
"""The version that brought each kind of record."""


_CODE_BOOKS = """
CREATE TABLE code_books (
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_code_books PRIMARY KEY (version)
)

 STRICT
"""


def _code_books(connection: Connection) -> None:
    connection.exec_driver_sql(_CODE_BOOKS)


@pytest.fixture
def older(store: Store, signature: Signature) -> Path:
    """A closed store of the version before with a plan in it."""
    plan = Plan(id="1", title="Plan", type="handlingsplan", year=2026)
    store.write([Edit(None, plan)], label="Ny plan", signature=signature)
    with store.transaction() as connection:
        for statement in _BEFORE:
            connection.exec_driver_sql(statement)
    store.close()
    return store.path


def _upgrade(path: Path, steps: Mapping[int, migrations.Step]) -> None:
    opened = engine.connect(path)
    try:
        engine.take_lock(opened, path)
        migrations.upgrade(opened, path, _version(path), steps=steps)
    finally:
        opened.dispose()


def _version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64])


def test_an_older_store_becomes_like_a_new_one_and_keeps_its_content_and_a_copy(older: Path) -> None:
    before = older.read_bytes()
    _upgrade(older, {VERSION: _code_books})
    store = Store.open(older)
    assert [plan.title for plan in store.own(Plan)] == ["Plan"]
    assert store.check() is None
    with store.transaction() as connection:
        assert engine.schema(connection) == engine.fresh_schema()
    store.close()
    copy = older.with_name(older.name + f".version-{VERSION - 1}")
    assert _version(copy) == VERSION - 1
    assert len(copy.read_bytes()) == len(before)


def _fails(connection: Connection) -> None:
    _code_books(connection)
    connection.exec_driver_sql("DELETE FROM plans")
    raise ZeroDivisionError


def _forgets_a_table(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM settings")


def _breaks_the_chain(connection: Connection) -> None:
    _code_books(connection)
    connection.exec_driver_sql("UPDATE history SET label = 'annat'")


def _leaves_a_dangling_reference(connection: Connection) -> None:
    _code_books(connection)
    connection.exec_driver_sql("UPDATE plans SET delivery = 'finns inte'")


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (_fails, ZeroDivisionError),
        (_forgets_a_table, StoreProblem),
        (_breaks_the_chain, StoreProblem),
        (_leaves_a_dangling_reference, StoreProblem),
    ],
)
def test_a_step_that_goes_wrong_leaves_the_store_as_it_was(
    older: Path, step: migrations.Step, error: type[Exception]
) -> None:
    before = older.read_bytes()
    with pytest.raises(error):
        _upgrade(older, {VERSION: step})
    assert older.read_bytes() == before


def test_foreign_keys_are_off_while_the_steps_run_and_on_again_after(older: Path) -> None:
    seen = []

    def look(connection: Connection) -> None:
        seen.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())
        triggers = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").scalar()
        seen.append(triggers)
        _code_books(connection)

    opened = engine.connect(older)
    engine.take_lock(opened, older)
    migrations.upgrade(opened, older, VERSION - 1, steps={VERSION: look})
    with opened.connect() as connection:
        seen.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())
    opened.dispose()
    assert seen == [0, 0, 1]


def test_a_store_of_this_version_is_left_alone(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    _upgrade(store.path, {})
    assert store.path.read_bytes() == before
    assert list(store.path.parent.iterdir()) == [store.path]


@pytest.mark.parametrize("golden", sorted(_GOLDEN.glob("store-v*.fardplan")), ids=lambda path: str(path.stem))
def test_the_store_of_every_released_version_opens_with_all_it_holds(golden: Path, tmp_path: Path) -> None:
    store = Store.open(Path(shutil.copy(golden, tmp_path)))
    assert store.check() is None
    number = int(golden.stem.removeprefix("store-v"))
    assert all(store.own(kind) for kind in RECORD_TYPES if _SINCE.get(kind, 1) <= number)
    (activity,) = store.own(Activity)
    assert activity.indicators[0].text == "Fler planer görs på rätt sätt"
    assert [outcome.value for outcome in activity.indicators[0].outcomes] == ["Ökar"]
    assert store.search(Activity, "utbilda sätt") == (activity.id,)
    assert store.get(Count, "SIP08/2026-05") == Count(measure="SIP08", period="2026-05", n=4)
    assert store.undo_labels() == ("Allt på en gång", "Plan borttagen")
    assert store.code_book() == b"[kodbok]\n"
    delivery = packages.list_deliveries(store, Direction.RECEIVED)[0]
    assert packages.delivery_file(store, delivery.digest) == b"ett sigillerat paket"
    assert packages.received(store, Count) == {"1421": (Count(measure="SIP08", period="2026-T1", n=9),)}
    assert [outcome.rule for outcome in packages.received(store, RuleOutcome)["1421"]] == ["R1"]
    store.redo(Signature("Samordnare", "2026-10-01T08:00:00Z"))
    assert len(store.own(Plan)) == 0
    store.undo(Signature("Samordnare", "2026-10-01T08:00:00Z"))
    store.undo(Signature("Samordnare", "2026-10-01T08:00:00Z"))
    assert not any(store.own(kind) for kind in RECORD_TYPES)
    store.close()


def test_keys_and_senders_of_version_2_are_kept(tmp_path: Path) -> None:
    path = Path(shutil.copy(_GOLDEN / "store-v2.fardplan", tmp_path))
    with closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO signing_keys VALUES (?, 'låst', ?, '2026-05-01T08:00:00Z', 1)", ("12" * 32, b"1" * 32))
        old.execute(
            "INSERT INTO trusted_keys VALUES (?, 'municipality', '1421', 'Orusts kommun', ?, 'active', 'telefon',"
            " 'Samordnare', '2026-05-01T08:00:00Z', '', '', NULL)",
            ("34" * 32, b"2" * 32),
        )
        old.commit()
    store = Store.open(path)
    key = packages.active_signing_key(store)
    assert key is not None
    assert (key.private_text, key.age_recipient) == ("låst", None)
    assert [(each.org_code, each.public, each.age_recipient) for each in packages.trusted(store)] == [
        ("1421", b"2" * 32, None)
    ]
    store.close()
