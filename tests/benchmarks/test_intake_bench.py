"""A folder of 49 packages taken in, beside the floor and beside what offices do today. Run with ``dev.py bench``.

The floor is what cannot be left out: SHA-256 of each file, its Ed25519 signature, JSON of every row, and the same rows
into plain tables (no index, no search) of a SQLite file with our pragmas, one transaction a package. Both are the best
of several rounds in turns, in processor time: others may use the machine, and both wait for the disk as often. What
offices do today is to open the 49 workbooks and gather their rows; writing the result
is not counted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from fardplan_desktop.exchange.container import read_container
from fardplan_desktop.exchange.envelope import pae, read_envelope
from fardplan_desktop.exchange.keys import verifies
from fardplan_desktop.services import intake
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store.engine import connect
from tests.benchmarks import many_packages

pytestmark = pytest.mark.bench
_FILES = 49
_MOST_TIMES_THE_FLOOR = 3
_ROUNDS = 3


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("rows", [2_000, 5_000])
def test_taking_in_49_packages(benchmark: Any, tmp_path: Path, rows: int) -> None:
    files = many_packages.packages(tmp_path / "in", _FILES, rows)
    floors: list[float] = []
    offices = count()

    def office() -> tuple[tuple[Workplace], dict[str, object]]:
        number = next(offices)
        floors.append(_timed(lambda: _floor(files, tmp_path / f"golv{number}.db")))
        return (many_packages.office(tmp_path / f"kontor{number}.fardplan"),), {}

    def take_in(own: Workplace) -> None:
        results = intake.receive(own, paths=[tmp_path / "in"])
        assert [each.stored for each in results] == [True] * _FILES
        own.store.close()

    benchmark.group = f"49 packages of {rows} rows"
    benchmark.pedantic(take_in, setup=office, rounds=_ROUNDS)
    times = benchmark.stats.stats.min / min(floors)
    benchmark.extra_info |= {"floor": min(floors), "times the floor": times}
    print(f"\n49 × {rows}: {benchmark.stats.stats.min:.2f} s, floor {min(floors):.2f} s, {times:.2f} times")
    assert times <= _MOST_TIMES_THE_FLOOR


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("rows", [2_000, 5_000])
@pytest.mark.parametrize("reader", ["openpyxl", "calamine"])
def test_what_offices_do_today(benchmark: Any, tmp_path: Path, rows: int, reader: str) -> None:
    files = many_packages.workbooks(tmp_path / "in", _FILES, rows)
    read: Callable[[Path], Iterable[Iterable[object]]] = {"openpyxl": _with_openpyxl, "calamine": _with_calamine}[
        reader
    ]

    def consolidate() -> int:
        return sum(1 for path in files for _ in read(path))

    benchmark.group = f"49 packages of {rows} rows"
    assert benchmark.pedantic(consolidate, rounds=1) == _FILES * rows


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_the_peak_of_memory_follows_the_largest_package_not_their_number(benchmark: Any, tmp_path: Path) -> None:
    many_packages.packages(tmp_path / "49", _FILES, 5_000)
    one = many_packages.packages(tmp_path / "1", 1, 5_000)[0].stat().st_size
    alone = _peak(tmp_path, "1")
    together = benchmark.pedantic(_peak, args=(tmp_path, "49"), rounds=1)
    benchmark.extra_info |= {"file": one, "one package": alone, "49 packages": together}
    print(f"\none of {one / 2**20:.1f} MiB: {alone / 2**20:.0f} MiB more; 49 of them: {together / 2**20:.0f} MiB more")
    assert together < alone + 5 * one


def _peak(folder: Path, name: str) -> int:
    """Bytes that a process of its own takes beyond what it took before the intake."""
    store = folder / f"minne{name}.fardplan"
    many_packages.office(store).store.close()
    command = [sys.executable, "-m", "tests.benchmarks.many_packages", str(store), str(folder / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return int(done.stdout)


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _floor(files: list[Path], database: Path) -> None:
    database.touch()
    engine = connect(database)  # For its pragmas.
    with closing(engine.raw_connection()) as raw:
        plain = raw.driver_connection
        assert isinstance(plain, sqlite3.Connection)
        for path in files:
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest()
            members = read_container(data)
            envelope = read_envelope(members[1].content)
            assert verifies(many_packages.key_of(path.name[:4]).public, envelope.signature, pae(envelope.payload))
            plain.execute("BEGIN IMMEDIATE")
            for member in members[3:]:
                _insert(plain, member.name, [json.loads(line) for line in member.content.splitlines()])
            plain.execute("COMMIT")
    engine.dispose()


def _insert(plain: sqlite3.Connection, name: str, rows: list[dict[str, object]]) -> None:
    table = name.removeprefix("data/").removesuffix(".jsonl")
    columns = ", ".join(f'"{each}"' for each in rows[0])
    plain.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
    values = [
        tuple(json.dumps(each) if isinstance(each, list | dict) else each for each in row.values()) for row in rows
    ]
    plain.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", values)


def _with_openpyxl(path: Path) -> Iterable[Iterable[object]]:
    workbook = openpyxl.load_workbook(path, read_only=True)
    for sheet in workbook.worksheets:
        yield from sheet.iter_rows(min_row=2, values_only=True)
    workbook.close()


def _with_calamine(path: Path) -> Iterable[Iterable[object]]:
    workbook = CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        yield from workbook.get_sheet_by_name(name).to_python()[1:]
