"""The history: nothing in it can be changed unseen, and a content can be erased without breaking it."""

from __future__ import annotations

import pytest
from sqlalchemy import exc

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store


@pytest.fixture
def written(store: Store, signature: Signature) -> Store:
    """Eight entries."""
    for number in range(8):
        plan = Plan(id=str(number), title=f"Plan {number}", type="handlingsplan", year=2026)
        store.write([Edit(None, plan)], label=f"Plan {number}", signature=signature)
    return store


def _run(store: Store, *statements: str) -> None:
    with store.transaction() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET label = 'annat' WHERE nr = 5",
        "UPDATE history SET content = '{}' WHERE nr = 5",
        "UPDATE history SET content = NULL, who = 'mallory' WHERE nr = 5",
        "UPDATE history SET content = NULL, step = NULL WHERE nr = 5",
        "UPDATE OR REPLACE history SET nr = 4 WHERE nr = 5",
        "DELETE FROM history WHERE nr = 5",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT nr, at, 'mallory', act, label, record, content_sha256, step, content,"
        " prev, hash FROM history WHERE nr = 5",
        "REPLACE INTO history SELECT * FROM history WHERE nr = 5",
    ],
)
def test_an_entry_is_neither_changed_removed_nor_replaced(written: Store, statement: str) -> None:
    head = written.history_head()
    with pytest.raises(exc.IntegrityError, match="append-only"):
        _run(written, statement)
    assert written.history_head() == head
    assert written.check() is None


def test_an_erased_content_leaves_the_chain_whole_and_its_undo_without_the_edit(
    written: Store, signature: Signature
) -> None:
    head = written.history_head()
    _run(written, "UPDATE history SET content = NULL WHERE nr = 8")
    assert written.history_head() == head
    assert written.check() is None
    erased = written.history(records=["Plan:7"])[0]
    assert (erased.label, erased.before, erased.after) == ("Plan 7", None, None)
    written.undo(signature)
    assert len(written.own(Plan)) == 8


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        ("UPDATE history SET label = 'annat' WHERE nr = 5", 5),
        ("UPDATE history SET content = replace(content, 'Plan 4', 'Plan X') WHERE nr = 5", 5),
        ("UPDATE history SET step = 1 WHERE nr = 5", 5),
        ("UPDATE history SET prev = hash WHERE nr = 5", 5),
        ("UPDATE history SET nr = 50 WHERE nr = 5", 5),
        ("DELETE FROM history WHERE nr = 1", 1),
    ],
)
def test_what_is_changed_past_the_triggers_is_found_at_its_number(written: Store, change: str, broken_at: int) -> None:
    with written.transaction() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'history'"
        ).fetchall()
    _run(written, *(f"DROP TRIGGER {name}" for name, _ in triggers), change, *(sql for _, sql in triggers))
    assert written.check() == broken_at


def test_an_act_stands_in_the_chain_and_is_never_undone(written: Store, signature: Signature) -> None:
    written.act("restore", "Säkerhetskopia återställd", "Store:1462", {"copy": "2026-09-13"}, signature)
    assert written.history(limit=1)[0].act == "restore"
    assert written.undo_labels() == ("Plan 7", None)
    assert written.check() is None


def test_the_head_counts_the_entries_and_is_the_hash_of_the_last(written: Store) -> None:
    head = written.history_head()
    assert (head.count, head.sha256) == (8, written.history(limit=1)[0].hash)


def test_a_new_history_starts_from_nothing(store: Store) -> None:
    assert (store.history_head().count, store.history_head().sha256) == (0, "0" * 64)
    assert store.check() is None
