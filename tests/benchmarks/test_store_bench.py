"""How fast the store is, beside a floor from the same run: the same rows through sqlite3, without door or history.

Run with ``dev.py bench``. No time is asserted: machines differ, the distance to the floor is what to watch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sized
from contextlib import closing
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Activity, Count, Indicator, Record
from fardplan_desktop.store.convert import to_row
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import TABLE_OF

pytestmark = pytest.mark.bench
_SIGNATURE = Signature("Samordnare", "2026-09-14T08:00:00Z")


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture, whose own ``pedantic`` has no types."""

    def __call__(self, target: Callable[..., Sized], *arguments: object) -> Sized: ...

    def pedantic(
        self,
        target: Callable[[], object],
        *,
        setup: Callable[[], None] = ...,
        teardown: Callable[[], None] = ...,
        rounds: int,
    ) -> object: ...


def _counts(number: int) -> list[Count]:
    return [
        Count(measure="SIP08", period="2026-05", breakdown="alder", value=str(each), n=each) for each in range(number)
    ]


def _activities(number: int) -> list[Activity]:
    like = Activity(
        id="", plan="p1", title="Utbilda i SIP", areas=("unga", "aldre"), indicators=(Indicator(text="Fler"),)
    )
    return [msgspec.structs.replace(like, id=str(each)) for each in range(number)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "matning.fardplan", {"organisation": "1462"})
    yield made
    made.close()


def _insert(path: Path, rows: list[dict[str, object]], table: str) -> None:
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join(f":{name}" for name in rows[0])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@pytest.mark.benchmark(group="write 1 000 counts in one step")
@pytest.mark.parametrize("like", ["door", "floor"])
def test_writing_a_pasted_block(benchmark: Benchmark, store: Store, like: str) -> None:
    counts = _counts(1000)
    if like == "door":

        def back() -> None:
            store.undo(_SIGNATURE)

        benchmark.pedantic(
            lambda: store.write([Edit(None, count) for count in counts], label="Block", signature=_SIGNATURE),
            teardown=back,
            rounds=10,
        )
        return
    store.close()
    rows = [{"organisation": "1462", **to_row(count)} for count in counts]

    def empty() -> None:
        with closing(sqlite3.connect(store.path)) as connection, connection:
            connection.execute("DELETE FROM counts")

    benchmark.pedantic(lambda: _insert(store.path, rows, "counts"), setup=empty, rounds=10)


@pytest.mark.benchmark(group="change 1 000 counts in one step")
@pytest.mark.parametrize("act", ["write", "undo"])
def test_changing_a_pasted_block(benchmark: Benchmark, store: Store, act: str) -> None:
    old = _counts(1000)
    new = [msgspec.structs.replace(count, n=1) for count in old]
    edits = [Edit(before, after) for before, after in zip(old, new, strict=True)]
    store.write([Edit(None, count) for count in old], label="Block", signature=_SIGNATURE)

    def write() -> None:
        store.write(edits, label="Ändrat", signature=_SIGNATURE)

    def undo() -> None:
        store.undo(_SIGNATURE)

    if act == "write":
        benchmark.pedantic(write, teardown=undo, rounds=10)
    else:
        benchmark.pedantic(undo, setup=write, rounds=10)


@pytest.mark.benchmark(group="read 5 000 records")
@pytest.mark.parametrize("kind", [Activity, Count])
@pytest.mark.parametrize("like", ["own", "floor"])
def test_reading_all_of_a_kind(
    benchmark: Benchmark, store: Store, kind: type[Activity] | type[Count], like: str
) -> None:
    records: list[Record] = [*_activities(5000)] if kind is Activity else [*_counts(5000)]
    store.write([Edit(None, record) for record in records], label="Allt", signature=_SIGNATURE)
    if like == "own":
        assert len(benchmark(store.own, kind)) == 5000
        return
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        query = f"SELECT * FROM {TABLE_OF[kind].name} WHERE delivery IS NULL ORDER BY row"
        assert len(benchmark(lambda: connection.execute(query).fetchall())) == 5000
