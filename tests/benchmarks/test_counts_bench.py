"""How fast counts are pasted and shown with five years of them in the store, beside the SQL that it cannot do without.

Run with ``dev.py bench``. No time is asserted: the distance to the floor is what to watch.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import count_grid, counts, editing
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store.convert import to_row

pytestmark = pytest.mark.bench
_PERIOD = parse_period("2026-T2")
_PASTED = 1_000


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture, whose own ``pedantic`` has no types."""

    def __call__(self, target: Callable[[], object]) -> object: ...

    def pedantic(
        self,
        target: Callable[[], object],
        *,
        setup: Callable[[], None] = ...,
        teardown: Callable[[], None] = ...,
        rounds: int,
    ) -> object: ...


def _five_years(workplace: Workplace) -> list[Count]:
    """Every measure and every value of its breakdowns, each month from 2022 to August 2026; stocks each tertial."""
    dice = random.Random(1)
    months = [month for year in range(2022, 2027) for month in parse_period(str(year)).months if month.id <= "2026-08"]
    made = []
    for month in months:
        for measure in workplace.codebook.measures:
            if measure.over_time == "last" and month.first_month % 4:
                continue
            splits = [(each, code.id) for each in measure.breakdowns for code in workplace.codebook.list(each).codes]
            for breakdown, value in [(None, None), *splits]:
                n = dice.randint(0, 40)
                made.append(Count(measure=measure.id, period=month.id, breakdown=breakdown, value=value, n=n))
    return made


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = new_workplace(tmp_path / "matning.fardplan", "1462", practice=True)
    counts.put(made, values=_five_years(made))
    yield made
    made.store.close()


def _insert(path: Path, rows: list[dict[str, object]]) -> None:
    """The floor of a paste: one bulk insert in one transaction, as safe on disk as ours."""
    names, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join(f":{name}" for name in rows[0])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.executemany(f"INSERT INTO counts ({names}) VALUES ({marks})", rows)


@pytest.mark.benchmark(group="paste 1 000 cells among five years of counts")
@pytest.mark.parametrize("like", ["service", "floor"])
def test_pasting(benchmark: Benchmark, workplace: Workplace, like: str) -> None:
    standing = _five_years(workplace)[:_PASTED]
    earlier = [msgspec.structs.replace(count, period=f"2017{count.period[4:]}") for count in standing]
    values = list({count.id: count for count in earlier}.values())
    values += [msgspec.structs.replace(count, period=f"2018{count.period[4:]}") for count in values]
    values = [*values, *(msgspec.structs.replace(each, period=f"2019{each.period[4:]}") for each in values)][:_PASTED]
    assert len({count.id for count in values}) == _PASTED
    if like == "service":
        benchmark.pedantic(
            lambda: counts.put(workplace, values=values, label="1 000 rutor inklistrade från Excel"),
            teardown=lambda: _undone(workplace),
            rounds=10,
        )
        return
    workplace.store.close()
    rows = [{"organisation": "1462", **to_row(count)} for count in values]

    def empty() -> None:
        with closing(sqlite3.connect(workplace.store.path)) as connection, connection:
            connection.execute("DELETE FROM counts WHERE period < '2022'")

    benchmark.pedantic(lambda: _insert(workplace.store.path, rows), setup=empty, rounds=10)


def _undone(workplace: Workplace) -> None:
    assert editing.undo(workplace) is not None


@pytest.mark.benchmark(group="show the grid with five years of counts")
@pytest.mark.parametrize("like", ["arriving", "floor"])
def test_arriving_at_the_grid(benchmark: Benchmark, workplace: Workplace, like: str) -> None:
    if like == "arriving":
        benchmark(lambda: count_grid.count_grid(workplace, period=_PERIOD, all_measures=True))
        return
    workplace.store.close()
    with closing(sqlite3.connect(workplace.store.path)) as connection:
        benchmark(lambda: connection.execute("SELECT * FROM counts WHERE delivery IS NULL ORDER BY row").fetchall())


@pytest.mark.benchmark(group="show one new number with five years of counts")
@pytest.mark.parametrize("like", ["number", "floor"])
def test_one_new_number(benchmark: Benchmark, workplace: Workplace, like: str) -> None:
    id = "SIP04/2026-08"
    if like == "number":
        known = count_grid.read(workplace)
        change = Change("Ändrat antal", frozenset({"Count"}), (id,))

        def show() -> None:
            again = count_grid.read(workplace, before=known, change=change)
            count_grid.count_grid(workplace, period=_PERIOD, all_measures=True, known=again)

        benchmark(show)
        return
    workplace.store.close()
    with closing(sqlite3.connect(workplace.store.path)) as connection:
        benchmark(lambda: connection.execute("SELECT * FROM counts WHERE id = ?", (id,)).fetchall())
