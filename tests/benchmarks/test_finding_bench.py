"""How fast Ctrl+K answers with 100,000 deviations. Run with ``dev.py bench``; the aim is 10 ms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import deviations
from fardplan_desktop.services.finding import Found, find
from fardplan_desktop.services.workplace import Workplace

pytestmark = pytest.mark.bench
_MANY = 100_000
_WORDS = ("läkemedel", "utskrivning", "kallelse", "vårdplan", "hjälpmedel", "rutin", "samtycke", "epikris")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    seeded = Seeded("sök", datetime(2026, 9, 14, 8, tzinfo=UTC))
    path = tmp_path_factory.mktemp("sok") / "1462.fardplan"
    made = new_workplace(path, "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)
    blank = deviations.blank(made)
    edits = []
    for number in range(_MANY):
        summary = f"{_WORDS[number % 8].capitalize()} saknades, {_WORDS[number // 8 % 8]} kom sent {number % 997}"
        record = msgspec.structs.replace(blank, id=made.ids(), number=f"1462-2026-{number:06d}", summary=summary)
        edits.append(Edit(None, record))
    made.store.write(edits, label="Påhittade", signature=made.signature)
    yield made
    made.store.close()


@pytest.mark.parametrize("typed", ["s", "läk", "saknades epikris", "1462-2026-054321", "finnsinte"])
def test_ctrl_k(benchmark: Callable[..., tuple[Found, ...]], full: Workplace, typed: str) -> None:
    found = benchmark(lambda: find(full, text=typed))
    assert bool(found) is (typed != "finnsinte")
