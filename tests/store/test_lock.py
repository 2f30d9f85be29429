"""One program at a time has the store, from open to close, and whoever comes second is told who."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store import lock
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import VERSION

OpenedElsewhere = Callable[[Path], str]
NOTE = {"computer": "KOMMUN-PC7", "who": "Samordnare", "since": "2026-09-14T08:00:00Z"}


def test_another_process_is_told_who_has_the_store_and_since_when(
    store: Store, opened_elsewhere: OpenedElsewhere
) -> None:
    store.announce(**NOTE)
    said = opened_elsewhere(store.path)
    assert "är redan öppen" in said
    assert "på datorn KOMMUN-PC7 av Samordnare sedan 14\u00a0september 2026 " in said
    store.close()
    assert opened_elsewhere(store.path) == "opened"


def test_a_second_opening_in_the_same_process_is_refused_and_does_not_let_others_in(
    store: Store, opened_elsewhere: OpenedElsewhere
) -> None:
    store.announce(**NOTE)
    with pytest.raises(StoreProblem, match=r"är redan öppen.*KOMMUN-PC7"):
        Store.open(store.path)
    # On POSIX, a file that is opened and closed again drops every lock that its process has on it.
    assert "är redan öppen" in opened_elsewhere(store.path)


def test_the_lock_is_held_before_anything_is_written_and_without_a_note(
    store: Store, opened_elsewhere: OpenedElsewhere
) -> None:
    store.close()
    again = Store.open(store.path)
    said = opened_elsewhere(store.path)
    again.close()
    assert said.startswith("fardplan_1462.fardplan är redan öppen. Stäng programmet där")


def test_the_note_goes_away_with_the_store_and_a_note_left_by_a_crash_when_it_is_opened(store: Store) -> None:
    note = lock.note_path(store.path)
    store.announce(**NOTE)
    assert note.exists()
    store.close()
    assert not note.exists()
    lock.write_note(store.path, **NOTE)
    Store.open(store.path).close()
    assert not note.exists()


@pytest.mark.parametrize(
    "note", [b"", b"\xff\xfe", b"[]", b"{}", b"[" * 5000, b'{"computer": 1, "function": 2}', b'"' + b"x" * 10_000_000]
)
def test_a_note_that_makes_no_sense_says_nothing(path: Path, note: bytes) -> None:
    lock.note_path(path).write_bytes(note)
    assert lock.read_note(path) == ""


def test_a_note_cannot_smuggle_in_lines_or_pages_of_text(path: Path) -> None:
    lock.write_note(path, computer="A\nB\u202eC" + "x" * 500, who="Samordnare", since="nyss")
    said = lock.read_note(path)
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 150


def test_a_folder_that_refuses_the_note_does_not_stop_the_work(store: Store) -> None:
    lock.note_path(store.path).mkdir()
    store.announce(**NOTE)
    assert lock.read_note(store.path) == ""
    store.close()
    assert lock.note_path(store.path).is_dir()


def test_a_closed_store_can_be_closed_again_and_never_opens_by_itself(store: Store, signature: Signature) -> None:
    store.close()
    store.close()
    plan = Plan(id="1", title="Plan", type="handlingsplan", year=2026)
    with pytest.raises(ValueError, match="closed"):
        store.write([Edit(None, plan)], label="Efteråt", signature=signature)
    with pytest.raises(ValueError, match="closed"):
        store.back_up(datetime(2026, 9, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("recursive_triggers", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("busy_timeout", 1500),
        ("mmap_size", 0),
        ("application_id", 0x46504B31),
        ("user_version", VERSION),
    ],
)
def test_the_file_is_opened_with_the_settings_that_the_design_rests_on(
    store: Store, pragma: str, value: object
) -> None:
    with store.transaction() as connection:
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
    # Without memory mapping compiled in, SQLite answers that pragma with nothing at all.
    assert found == value or (pragma == "mmap_size" and found is None)


def test_threads_share_the_one_connection(store: Store, signature: Signature) -> None:
    def add(number: int) -> None:
        plan = Plan(id=str(number), title="Plan", type="handlingsplan", year=2026)
        store.write([Edit(None, plan)], label="Ny", signature=signature)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    assert len(store.own(Plan)) == 40
    assert store.check() is None
