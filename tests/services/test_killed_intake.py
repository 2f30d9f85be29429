"""An intake is killed with SIGKILL at random moments: every package is wholly in or not at all, and the rest can come.

Ten packages of 100 rows are taken in again and again, each time into a copy of the same empty store.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.records import Activity, CheckIn, Count, Deviation
from fardplan_desktop.services import intake
from fardplan_desktop.store import packages
from tests.benchmarks import many_packages

_ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 150 if os.environ.get("FARDPLAN_FAULTS") == "long" else 3
_PACKAGES = 10
_ROWS = 100
_PARTS: dict[type[msgspec.Struct], int] = {
    Activity: _ROWS // 20,
    CheckIn: _ROWS // 10,
    Count: _ROWS // 2,
    Deviation: _ROWS * 3 // 10,
}
_LONGEST = 0.4
"""Seconds; all of them take somewhat less, so the kill falls anywhere among them, and now and then after."""


@pytest.mark.faults
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_killed_intake_leaves_whole_packages_only_and_the_rest_comes_the_next_time(tmp_path: Path) -> None:
    empty, store, folder = tmp_path / "tom.fardplan", tmp_path / "kontor.fardplan", tmp_path / "in"
    many_packages.office(empty).store.close()
    many_packages.packages(folder, _PACKAGES, _ROWS)
    moments = random.Random(20261125)
    left = []
    script = [sys.executable, str(Path(__file__).with_name("killed_intake.py")), str(store), str(folder)]
    with subprocess.Popen(
        script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT, env=_environment()
    ) as process:
        for _ in range(_ROUNDS):
            for old in tmp_path.glob("kontor.fardplan*"):
                old.unlink()
            shutil.copy(empty, store)
            _killed_after(process, moments.uniform(0, _LONGEST))
            left.append(_check(store, folder))
    assert min(left) < _PACKAGES, "some were killed before the end"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_ROOT)}


def _killed_after(process: subprocess.Popen[str], pause: float) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    child = int(process.stdout.readline().removeprefix("pid "))
    time.sleep(pause)
    with suppress(ProcessLookupError):  # It was done before.
        os.kill(child, signal.SIGKILL)
    assert process.stdout.readline() == "dead\n"


def _check(store: Path, folder: Path) -> int:
    """How many packages were in, after every promise has been looked at and the rest has come."""
    own = open_workplace(store)
    try:
        there = intake.recent(own)
        for kind, number in _PARTS.items():
            rows = packages.received(own.store, kind)
            assert sum(map(len, rows.values())) == number * len(there), "half a package is there"
        assert own.store.check() is None
        entries = own.store.history_head().count
        results = intake.receive(own, paths=[folder])
        assert sum(each.stored for each in results) == _PACKAGES - len(there)
        assert own.store.history_head().count == entries + _PACKAGES - len(there)
        return len(there)
    finally:
        own.store.close()
