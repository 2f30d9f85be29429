"""How fast a package of 5,000 counts is sealed, verified and taken in, beside a floor: SHA-256, JSON, bulk insert.

Run with ``dev.py bench``. No time is asserted: the distance to the floor is what to watch.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from fardplan_desktop.bootstrap import new_workplace, shipped_codebook
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange.keys import SigningKey, check_code, keyid_of
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.rows import CountRow, Rows, write_rows
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import intake, trust
from fardplan_desktop.services.workplace import Workplace

pytestmark = pytest.mark.bench
_ROWS = 5_000
_KEY = SigningKey(hashlib.sha256(b"bench:1462").digest())


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture."""

    def __call__(self, target: Callable[..., object], *arguments: object) -> object: ...

    def pedantic(self, target: Callable[..., object], *, setup: Callable[[], object], rounds: int) -> object: ...


@pytest.fixture(scope="module")
def content() -> PackageContent:
    book = shipped_codebook()
    ages = [code.id for code in book.list("alder").codes]
    months = [month.id for year in range(2000, 2084) for month in parse_period(str(year + 0)).months]
    rows = [
        CountRow(id=f"SIP08/{month}/alder/{age}", measure="SIP08", period=month, breakdown="alder", value=age,
                 state="reported", n=each % 100, comment="Uppgift från enheterna")
        for each, (month, age) in enumerate((month, age) for month in months for age in ages)
    ]  # fmt: skip
    return PackageContent(
        issuer=book.organisation("1462"),
        audience=(book.organisation("fyrbodal"),),
        period=parse_period("2026-T2"),
        sequence=1,
        approved_at=datetime(2026, 9, 1, 9, tzinfo=UTC),
        approved_by="Socialchef",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        generator_name="Färdplan Desktop",
        generator_version="1.0.0",
        rows=Rows(counts=tuple(sorted(rows, key=lambda row: row.id)[:_ROWS])),
    )


@pytest.fixture(scope="module")
def package(content: PackageContent) -> bytes:
    return seal(content, _KEY, practice=True)


@pytest.mark.benchmark(group="package of 5 000 counts")
def test_sealing(benchmark: Benchmark, content: PackageContent) -> None:
    benchmark(lambda: seal(content, _KEY, practice=True))


@pytest.mark.benchmark(group="package of 5 000 counts")
def test_verifying(benchmark: Benchmark, package: bytes) -> None:
    benchmark(open_package, package, None)


@pytest.mark.benchmark(group="package of 5 000 counts")
def test_the_floor_of_verifying(benchmark: Benchmark, package: bytes, content: PackageContent) -> None:
    lines = write_rows(content.rows)["data/antal.jsonl"].splitlines()

    def floor() -> None:
        hashlib.sha256(package).hexdigest()
        for line in lines:
            json.loads(line)

    benchmark(floor)


@pytest.mark.benchmark(group="intake of 5 000 counts")
def test_taking_in(benchmark: Benchmark, package: bytes, tmp_path: Path) -> None:
    file = tmp_path / "1462_2026-T2_0001.fardpaket"
    file.write_bytes(package)
    made: list[Workplace] = []

    def office() -> tuple[tuple[Workplace], dict[str, object]]:
        fresh = new_workplace(tmp_path / f"kontor{len(made)}.fardplan", "fyrbodal", practice=True)
        made.append(fresh)
        code = check_code(_KEY.public)
        groups = list(dict.fromkeys(code.split()))
        sender = trust.Candidate(fresh.codebook.organisation("1462"), keyid_of(_KEY.public), _KEY.public, code)
        trust.trust(fresh, candidate=sender, heard=f"{groups[0]} {groups[1]}")
        return (fresh,), {}

    def take_in(workplace: Workplace) -> None:
        results = intake.receive(workplace, paths=[file])
        assert [each.stored for each in results] == [True]

    benchmark.pedantic(take_in, setup=office, rounds=5)
    for each in made:
        each.store.close()


@pytest.mark.benchmark(group="intake of 5 000 counts")
def test_the_floor_of_taking_in(benchmark: Benchmark, package: bytes, content: PackageContent, tmp_path: Path) -> None:
    lines = write_rows(content.rows)["data/antal.jsonl"].splitlines()
    database = sqlite3.connect(tmp_path / "golv.db")
    database.execute("CREATE TABLE counts (id TEXT, measure TEXT, period TEXT, value TEXT, n INTEGER) STRICT")

    def floor() -> None:
        hashlib.sha256(package).hexdigest()
        rows = [json.loads(line) for line in lines]
        with database:
            database.executemany("INSERT INTO counts VALUES (:id, :measure, :period, :value, :n)", rows)

    benchmark(floor)
    database.close()
