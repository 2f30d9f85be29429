"""The workplace with 100,000 deviations that the lists are measured on; made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import workplace
from fardplan_desktop.services.workplace import Workplace
from tests.benchmarks.many_deviations import made_store

NUMBER = 100_000


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    path, book = tmp_path_factory.mktemp("lista") / "many.fardplan", shipped_codebook()
    made_store(path, book, NUMBER).close()
    seeded = Seeded(7, datetime(2026, 9, 14, 8, tzinfo=UTC))
    made = workplace.reopen(path, shipped=book, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)
    yield made
    made.store.close()
