"""Copies of the store: whole, thinned out, and put back without losing what they replace."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store import backup
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

NOW = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
PLAN = Plan(id="1", title="Plan", type="handlingsplan", year=2026)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _without_content(store: Path, *moments: datetime, size: int = 1) -> None:
    """Files named as copies of these moments."""
    folder = backup.folder_of(store)
    folder.mkdir(exist_ok=True)
    for moment in moments:
        (folder / f"{moment:%Y-%m-%dT%H%M%S}{backup.SUFFIX}").write_bytes(b"x" * size)


def _moments(store: Path) -> list[datetime]:
    return [moment.replace(tzinfo=UTC) for moment, _ in backup.existing(store)]


def test_a_copy_made_from_the_open_store_is_a_whole_store(store: Store, signature: Signature) -> None:
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)
    copy = store.back_up(NOW)
    assert copy == backup.folder_of(store.path) / "2026-09-14T080000.fpkopia"
    opened = Store.open(copy)
    assert opened.own(Plan) == (PLAN,)
    assert opened.check() is None
    opened.close()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_copy_is_due_half_an_hour_after_the_last_one_if_something_has_changed(
    store: Store, signature: Signature
) -> None:
    first = store.back_up_if_due(NOW)
    assert first is not None
    later = NOW + timedelta(minutes=30)
    os.utime(first, (2_000_000_000, 2_000_000_000))
    assert store.back_up_if_due(later) is None
    os.utime(first, (1_000_000_000, 1_000_000_000))
    assert store.back_up_if_due(later - timedelta(minutes=1)) is None
    assert store.back_up_if_due(later) is not None


def test_a_copy_that_cannot_be_written_leaves_nothing_and_the_store_works_on(
    store: Store, signature: Signature
) -> None:
    blocked = backup.folder_of(store.path)
    blocked.write_text("en fil där mappen skulle ligga", encoding="utf-8")
    with pytest.raises(StoreProblem, match="Säkerhetskopian kunde inte skrivas"):
        store.back_up(NOW)
    blocked.unlink()
    (blocked / f"2026-09-14T080000{backup.SUFFIX}").mkdir(parents=True)
    with pytest.raises(StoreProblem, match="Säkerhetskopian kunde inte skrivas"):
        store.back_up(NOW)
    assert len(list(blocked.iterdir())) == 1
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)


def test_a_damaged_store_never_replaces_a_good_copy(store: Store, signature: Signature) -> None:
    plans = [Plan(id=str(n), title="x" * 900, type="t", year=2026) for n in range(50)]
    store.write([Edit(None, plan) for plan in plans], label="Planer", signature=signature)
    copy = store.back_up(NOW)
    good = copy.read_bytes()
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'counts')"
            " WHERE name = 'plans'"
        )
    with pytest.raises(StoreProblem, match="är skadad"):
        store.back_up(NOW)
    assert copy.read_bytes() == good
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_year_of_working_days_leaves_two_days_then_twelve_daily_ten_weekly_and_nine_monthly(store: Store) -> None:
    for day in range(500):
        for hour in (8, 12, 16):
            moment = datetime(2025, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)
            _without_content(store.path, moment)
            backup.thin_out(store.path, moment)
    kept = _moments(store.path)
    now = kept[0]
    recent = [moment for moment in kept if now - moment <= timedelta(days=2)]
    older = kept[len(recent) :]
    daily, weekly, monthly = older[:12], older[12:22], older[22:]
    assert len(recent) == 7
    # The first of each is cut off by the level before it.
    assert [a - b for a, b in pairwise(daily[1:])] == [timedelta(days=1)] * 10
    assert [a - b for a, b in pairwise(weekly[1:])] == [timedelta(days=7)] * 8
    assert len(monthly) == 9
    # The last Sunday of each month: four or five weeks apart.
    months = [a - b for a, b in pairwise(monthly[1:])]
    assert set(months) == {timedelta(days=28), timedelta(days=35)}
    assert timedelta(days=300) < now - kept[-1] < timedelta(days=400)


def test_the_copies_together_stay_under_the_cap_and_the_newest_always_stays(store: Store) -> None:
    size = store.path.stat().st_size
    moments = [NOW - timedelta(hours=hour) for hour in range(15)]
    _without_content(store.path, *moments, size=size)
    backup.thin_out(store.path, NOW, at_least=12 * size)
    assert _moments(store.path) == moments[:12]
    backup.thin_out(store.path, NOW, at_least=0)
    assert _moments(store.path) == moments[:10]
    _without_content(store.path, NOW, size=50 * size)
    backup.thin_out(store.path, NOW, at_least=0)
    assert _moments(store.path)[0] == NOW


def test_files_with_other_names_are_never_thinned_out(store: Store) -> None:
    _without_content(store.path, NOW - timedelta(days=4000), NOW)
    mine = backup.folder_of(store.path) / f"viktig{backup.SUFFIX}"
    mine.write_text("sparad för hand", encoding="utf-8")
    backup.thin_out(store.path, NOW, at_least=0)
    assert mine.exists()


@pytest.fixture
def copied(store: Store, signature: Signature) -> tuple[Path, Path]:
    """A closed store whose plan was renamed after its copy was made."""
    store.write([Edit(None, PLAN)], label="Ny plan", signature=signature)
    copy = store.back_up(NOW)
    store.write([Edit(PLAN, None)], label="Borttagen", signature=signature)
    store.close()
    return store.path, copy


def test_a_restored_copy_takes_the_place_of_the_store_which_is_kept_aside(copied: tuple[Path, Path]) -> None:
    path, copy = copied
    replaced, kept_copy = path.read_bytes(), copy.read_bytes()
    aside = backup.restore(path, copy, NOW)
    assert aside.name == "fardplan_1462.fardplan.ersatt-2026-09-14T080000"
    assert (aside.read_bytes(), copy.read_bytes()) == (replaced, kept_copy)
    store = Store.open(path)
    assert store.own(Plan) == (PLAN,)
    store.close()
    assert {each.name for each in path.parent.iterdir()} == {path.name, aside.name, copy.parent.name}


def test_a_journal_of_the_replaced_store_never_touches_the_restored_one(copied: tuple[Path, Path]) -> None:
    path, copy = copied
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"left by a crash")
    aside = backup.restore(path, copy, NOW)
    assert not journal.exists()
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"left by a crash"


def test_a_damaged_or_missing_store_can_be_restored(copied: tuple[Path, Path]) -> None:
    path, copy = copied
    path.write_bytes(b"bara strunt" * 100)
    assert backup.restore(path, copy, NOW).read_bytes().startswith(b"bara")
    path.unlink()
    backup.restore(path, copy, NOW + timedelta(seconds=1))
    Store.open(path).close()


def test_a_copy_is_not_restored_over_a_store_that_is_open(copied: tuple[Path, Path]) -> None:
    path, copy = copied
    store = Store.open(path)
    with pytest.raises(StoreProblem, match="är redan öppen"):
        backup.restore(path, copy, NOW)
    assert store.own(Plan) == ()
    store.close()


def _foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (id)")


def _with_an_intruder(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON counts BEGIN DELETE FROM plans; END")


@pytest.mark.parametrize(
    "spoil",
    [
        _foreign,
        _with_an_intruder,
        lambda copy: copy.write_text("skräp", encoding="utf-8"),
        lambda copy: os.truncate(copy, copy.stat().st_size - 4096),
        lambda copy: copy.unlink(),
    ],
    ids=["foreign", "intruder", "no database", "truncated", "missing"],
)
def test_a_copy_that_is_not_wholly_ours_is_refused_and_everything_stays(
    copied: tuple[Path, Path], spoil: Callable[[Path], object]
) -> None:
    path, copy = copied
    spoil(copy)
    before = _files(path.parent)
    with pytest.raises(StoreProblem):
        backup.restore(path, copy, NOW)
    assert _files(path.parent) == before


def test_a_restore_that_fails_at_the_last_moment_puts_the_store_back(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = copied
    before = _files(path.parent)

    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError("held by a sync client")

    monkeypatch.setattr(backup, "put_in_place", refuse)
    with pytest.raises(StoreProblem, match="Säkerhetskopian kunde inte återställas"):
        backup.restore(path, copy, NOW)
    assert _files(path.parent) == before


def test_copies_follow_the_store_they_were_made_from(copied: tuple[Path, Path], tmp_path: Path) -> None:
    path, _ = copied
    moved = Path(shutil.copy(path, tmp_path / "annan.fardplan"))
    assert backup.existing(moved) == []
    assert len(backup.existing(path)) == 1
