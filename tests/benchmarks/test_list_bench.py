"""The list of 100,000 deviations beside the raw SQL that says the same, from the same run. ``dev.py bench``.

Each question may cost at most three times what SQLite itself needs for it; the figures are printed.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Protocol

import pytest

from fardplan_desktop.services import deviation_list
from fardplan_desktop.services.deviation_list import Order, Wanted
from fardplan_desktop.services.workplace import Workplace

pytestmark = pytest.mark.bench
_MOST = 3.0
_ROUNDS = 7
_OWN = "FROM deviations INDEXED BY ix_deviations_list WHERE delivery IS NULL"
_FOUND = "SELECT rowid FROM deviation_search WHERE deviation_search MATCH"


@pytest.fixture(scope="module")
def raw(many: Workplace) -> Iterator[sqlite3.Connection]:
    """A copy of the same file, with nothing of ours between it and the question."""
    path = many.store.back_up(datetime(2026, 9, 14, 8, tzinfo=UTC))
    with closing(sqlite3.connect(path)) as connection:
        yield connection


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture, whose own ``pedantic`` has no types."""

    def pedantic(self, target: Callable[[], object], *, rounds: int) -> object: ...


_LISTS: dict[str, tuple[Wanted, Order, str]] = {
    "open": (Wanted(), Order(), f"SELECT row {_OWN} ORDER BY number DESC"),
    "filter": (
        Wanted(codes={"category": "lakemedel"}, marks=frozenset({"open"})),
        Order(),
        f"SELECT row {_OWN} AND category = 'lakemedel' AND status NOT IN ('avslutad', 'atertagen', "
        "'avvisad-av-mottagaren') ORDER BY number DESC",
    ),
    "search, rare word": (
        Wanted(text="ord4711"),
        Order(),
        f"SELECT row {_OWN} AND row IN ({_FOUND} '\"ord4711\"*') ORDER BY number DESC",
    ),
    "search, first letter": (
        Wanted(text="ö"),
        Order(),
        f"SELECT row {_OWN} AND (row IN ({_FOUND} '\"ö\"*') OR document = 'overenskommelse') ORDER BY number DESC",
    ),
    "sort by risk": (
        Wanted(),
        Order("risk"),
        "SELECT row, CASE severity WHEN 'mindre' THEN 1 WHEN 'mattlig' THEN 2 WHEN 'betydande' THEN 3 WHEN "
        "'katastrofal' THEN 4 END * CASE likelihood WHEN 'mycket-liten' THEN 1 WHEN 'liten' THEN 2 WHEN 'stor' THEN 3 "
        f"WHEN 'mycket-stor' THEN 4 END AS risk {_OWN} ORDER BY risk DESC NULLS LAST, row DESC",
    ),
    "sort by month": (Wanted(), Order("month"), f"SELECT row {_OWN} ORDER BY month DESC, row DESC"),
}


@pytest.mark.parametrize("question", _LISTS)
def test_a_list_costs_little_more_than_its_sql(
    benchmark: Benchmark, many: Workplace, raw: sqlite3.Connection, question: str
) -> None:
    wanted, order, sql = _LISTS[question]
    rows = deviation_list.rows_in_order(many, wanted=wanted, order=order)
    assert len(rows) == len(raw.execute(sql).fetchall())

    def ask() -> object:
        return deviation_list.rows_in_order(many, wanted=wanted, order=order)

    benchmark.pedantic(ask, rounds=1)
    _compare(question, ask, lambda: raw.execute(sql).fetchall())


def test_the_counts_of_a_filter_cost_little_more_than_their_sql(
    benchmark: Benchmark, many: Workplace, raw: sqlite3.Connection
) -> None:
    sql = f"SELECT category, count(*) {_OWN} GROUP BY category"
    assert deviation_list.counts(many, wanted=Wanted(), field="category") == dict(raw.execute(sql).fetchall())

    def ask() -> object:
        return deviation_list.counts(many, wanted=Wanted(), field="category")

    benchmark.pedantic(ask, rounds=1)
    _compare("counts of a filter", ask, lambda: raw.execute(sql).fetchall())


def _compare(what: str, ours: Callable[[], object], floor: Callable[[], object]) -> None:
    """The quickest of several rounds of each, taken by turns: what else the machine does only ever adds."""
    taken = [(_seconds(ours), _seconds(floor)) for _ in range(_ROUNDS)]
    mine, least = (min(column) for column in zip(*taken, strict=True))
    print(f"\n{what}: {mine * 1000:.1f} ms, SQL alone {least * 1000:.1f} ms, ratio {mine / least:.2f}")
    assert mine <= _MOST * least


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
