"""Whatever is wrong with the file, the user gets a sentence in Swedish and the file stays as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store import lock
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

RunScript = Callable[..., str]
_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files and no such limits")


@pytest.fixture
def whole(store: Store, signature: Signature) -> Path:
    """A closed store with forty plans in it."""
    plans = [Plan(id=str(n), title="Handlingsplan " * 20, type="handlingsplan", year=2026) for n in range(40)]
    store.write([Edit(None, plan) for plan in plans], label="Planer", signature=signature)
    store.close()
    return store.path


def _with_bytes(path: Path, at: int, new: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(new)


def _with_sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(statement)


def _not_ours(path: Path) -> None:
    path.write_text("Period;Mått;Antal\n2026-05;SIP08;4\n" * 20, encoding="utf-8")


def _of_another_program(path: Path) -> None:
    path.unlink()
    _with_sql(path, "CREATE TABLE bookmarks (id INTEGER, address TEXT); INSERT INTO bookmarks VALUES (1, 'x');")


def _of_another_program_in_wal_mode(path: Path) -> None:
    path.unlink()
    _with_sql(path, "PRAGMA journal_mode = WAL; CREATE TABLE bookmarks (id INTEGER, address TEXT);")


def _damaged_page(path: Path) -> None:
    for page in range(1, path.stat().st_size // 4096):
        _with_bytes(path, page * 4096, b"\xa5" * 64)


def _truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _without_a_trigger(path: Path) -> None:
    _with_sql(path, "DROP TRIGGER history_is_append_only")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "not a database": (_not_ours, "är ingen Färdplan-fil"),
    "empty": (lambda path: os.truncate(path, 0), "är ingen Färdplan-fil"),
    "only a header's beginning": (lambda path: os.truncate(path, 60), "är ingen Färdplan-fil"),
    "another program's": (_of_another_program, "är ingen Färdplan-fil"),
    "another program's in WAL mode": (_of_another_program_in_wal_mode, "är ingen Färdplan-fil"),
    "wrong application id": (lambda path: _with_bytes(path, 68, b"\0\0\0\1"), "är ingen Färdplan-fil"),
    "newer": (lambda path: _with_bytes(path, 60, b"\0\0\0\7"), "nyare version.*version 7"),
    "truncated": (_truncated, "är skadad.*Återställ den senaste säkerhetskopian"),
    "damaged pages": (_damaged_page, "är skadad"),
    "alien table": (lambda path: _with_sql(path, "CREATE TABLE alien (x)"), "är skadad"),
    "alien trigger": (
        lambda path: _with_sql(path, "CREATE TRIGGER t AFTER INSERT ON counts BEGIN DELETE FROM plans; END"),
        "är skadad",
    ),
    "missing trigger": (_without_a_trigger, "är skadad"),
    "dangling reference": (
        lambda path: _with_sql(path, "UPDATE plans SET delivery = 'finns inte' WHERE id = '1'"),
        "är skadad",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_a_sentence_and_stays_as_it_was(whole: Path, name: str) -> None:
    spoil, sentence = BAD[name]
    spoil(whole)
    before, names = whole.read_bytes(), set(whole.parent.iterdir())
    with pytest.raises(StoreProblem, match=sentence) as caught:
        Store.open(whole)
    assert caught.value.todo
    assert whole.read_bytes() == before
    assert set(whole.parent.iterdir()) == names
    with pytest.raises(StoreProblem, match=sentence):
        Store.open(whole)


def test_a_missing_file_is_not_made(path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"går inte att öppna\. Den saknas"):
        Store.open(path)
    assert not path.exists()


def test_a_folder_is_no_store(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreProblem, match="ingen Färdplan-fil"):
        Store.open(path)


@pytest.mark.parametrize("name", ["å" * 300, "."])
def test_a_name_that_no_file_can_have_is_no_store(name: str) -> None:
    with pytest.raises(StoreProblem):
        Store.open(Path(name))
    with pytest.raises(StoreProblem):
        Store.create(Path(name), {"organisation": "1462"})


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_a_store_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "l\udce5.fardplan"
    Store.create(path, {"organisation": "1462"}).close()
    Store.open(path).close()


@_posix
def test_a_pipe_is_refused_without_waiting_for_someone_to_write_in_it(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(StoreProblem, match="ingen Färdplan-fil"):
        Store.open(path)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_new_store_never_takes_the_place_of_a_file(whole: Path) -> None:
    before = whole.read_bytes()
    with pytest.raises(StoreProblem, match="finns redan"):
        Store.create(whole, {"organisation": "1462"})
    assert whole.read_bytes() == before


def test_a_new_store_in_an_impossible_place_leaves_nothing(whole: Path) -> None:
    with pytest.raises(StoreProblem, match="gick inte att skapa"):
        Store.create(whole / "ny.fardplan", {"organisation": "1462"})


def test_a_new_store_that_fails_half_way_leaves_nothing(path: Path) -> None:
    values: dict[str, str] = {"organisation": "1462", "function": None}  # type: ignore[dict-item]  # The failure.
    with pytest.raises(Exception, match="NOT NULL"):
        Store.create(path, values)
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_stops_the_step_and_nothing_else(whole: Path, signature: Signature) -> None:
    store = Store.open(whole)
    with store.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    edits = [Edit(None, Plan(id=f"ny{n}", title="x" * 500, type="t", year=2026)) for n in range(500)]
    with pytest.raises(StoreProblem, match=r"kunde inte sparas\. Disken är full.*finns kvar"):
        store.write(edits, label="För mycket", signature=signature)
    assert len(store.own(Plan)) == 40
    assert store.undo_labels() == ("Planer", None)
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    store.write(edits, label="När det fick plats", signature=signature)
    assert store.check() is None
    store.close()


_LIMITED = """
import resource, sys
from pathlib import Path
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
path, signature = Path(sys.argv[1]), Signature("Samordnare", "2026-09-14T08:00:00Z")
store = Store.open(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, resource.RLIM_INFINITY))
for step in range(400):
    plan = Plan(id=f"ny{step}", title="x" * 3000, type="t", year=2026)
    try:
        store.write([Edit(None, plan)], label="Ny", signature=signature)
    except StoreProblem as problem:
        print(len(store.own(Plan)), step, problem.sentence)
        break
"""


@_posix
def test_a_disk_that_refuses_to_write_costs_no_step_that_was_announced(whole: Path, run_script: RunScript) -> None:
    held, step, said = run_script(_LIMITED, whole).split(" ", 2)
    assert said.startswith("Ändringen kunde inte sparas. Disken är full")
    store = Store.open(whole)
    assert len(store.own(Plan)) == int(held) == 40 + int(step)
    assert store.check() is None
    store.close()


_AS_NOBODY = """
import os, sys
from pathlib import Path
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store import engine
from fardplan_desktop.store.store import Store
engine.fresh_schema()  # Whatever SQLAlchemy imports late is imported while we may still read it.
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    path = Path(sys.argv[1])
    (Store.create(path, {"organisation": "1462"}) if sys.argv[2:] else Store.open(path)).close()
except StoreProblem as problem:
    print(problem.sentence)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter: pytest's own are for the one who runs it."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@_posix
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "sentence"),
    [(0o444, 0o777, "skrivskyddad"), (0o666, 0o555, "skrivskyddad"), (0o000, 0o777, "rätt att läsa")],
    ids=["file", "folder", "not even readable"],
)
def test_a_write_protected_file_or_folder_is_refused_at_once(
    whole: Path, open_folder: Path, run_script: RunScript, file_mode: int, folder_mode: int, sentence: str
) -> None:
    path = Path(shutil.copy(whole, open_folder))
    before = path.read_bytes()
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    assert sentence in run_script(_AS_NOBODY, path)
    assert path.read_bytes() == before
    assert list(open_folder.iterdir()) == [path]


@_posix
def test_a_new_store_in_a_write_protected_folder_is_refused(open_folder: Path, run_script: RunScript) -> None:
    open_folder.chmod(0o555)
    assert "gick inte att skapa. Mappen är skrivskyddad" in run_script(_AS_NOBODY, open_folder / "ny.fardplan", "new")
    assert list(open_folder.iterdir()) == []


def test_a_store_left_in_the_middle_of_a_step_opens_as_it_was_before_it(whole: Path, signature: Signature) -> None:
    left = whole.with_name("kvar.fardplan")
    store = Store.open(whole)
    with store.transaction() as connection:
        # With no room in memory, half of the step reaches the file before its end.
        connection.exec_driver_sql("PRAGMA cache_size = 1")
        connection.exec_driver_sql("UPDATE plans SET title = 'halvt ' || title")
        connection.exec_driver_sql("UPDATE history SET content = NULL")
        for ending in ("", "-journal"):
            shutil.copy(f"{whole}{ending}", f"{left}{ending}")
        connection.rollback()
    store.close()
    assert left.read_bytes() != whole.read_bytes()
    recovered = Store.open(left)
    assert {plan.title for plan in recovered.own(Plan)} == {"Handlingsplan " * 20}
    assert recovered.check() is None
    recovered.close()
    assert not lock.note_path(left).exists()
