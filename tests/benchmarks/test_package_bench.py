"""How fast a package of 5,000 counts is sealed and verified, beside a floor: SHA-256 and JSON.

Run with ``dev.py bench``. No time is asserted: the distance to the floor is what to watch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import pytest

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.rows import CountRow, Rows, write_rows
from fardplan_desktop.exchange.verify import open_package

pytestmark = pytest.mark.bench
_ROWS = 5_000
_KEY = SigningKey(hashlib.sha256(b"bench:1462").digest())


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture."""

    def __call__(self, target: Callable[..., object], *arguments: object) -> object: ...


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
