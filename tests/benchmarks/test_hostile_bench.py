"""How long the worst files take to be refused, and how much memory the whole process then has taken.

Run with ``dev.py bench``. Each must be under five seconds; beside it stands how large the file is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.services import intake
from tests.services.test_hostile_files import LARGE, MEBIBYTE, Make, Office, nearly_right

pytestmark = pytest.mark.bench
SECONDS = 5


FILES: dict[str, Make] = {
    **{name: make for name, (make, _) in LARGE.items()},
    "as many rows as fit": partial(nearly_right, rows=180_000),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("kontor"))
    yield made
    made.workplace.store.close()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_time(benchmark: Any, office: Office, tmp_path: Path, name: str) -> None:
    path = tmp_path / "stor.fardpaket"
    path.write_bytes(FILES[name](office.forge()))
    (result,) = benchmark.pedantic(intake.receive, (office.workplace,), {"paths": [path]}, rounds=1)
    assert result.verdict.outcome == "refused"
    benchmark.extra_info["MiB"] = round(path.stat().st_size / MEBIBYTE, 1)
    if sys.platform != "win32":
        from resource import RUSAGE_SELF, getrusage

        benchmark.extra_info["peak of the process, MiB"] = round(getrusage(RUSAGE_SELF).ru_maxrss / 1024)
    assert benchmark.stats.stats.max < SECONDS
