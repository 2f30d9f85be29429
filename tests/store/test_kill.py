"""A writer is killed with SIGKILL at random moments: what it announced as committed is there, and no half step."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fardplan_desktop.domain.records import Count
from fardplan_desktop.store.store import Store

_ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 200 if os.environ.get("FARDPLAN_FAULTS") == "long" else 20
_STEP_AND_A_HALF = 0.006
"""Seconds; a step takes some milliseconds, so the kill falls anywhere in it."""


class Writer:
    """``killed_writer.py``, running."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._answers = process.stdin, process.stdout

    def killed_after(self, steps: int, pause: float) -> int:
        """Let a child write, kill it some time after that many announcements; the last number it announced."""
        self._orders.write("go\n")
        self._orders.flush()
        # Parent and child share the pipe: the child's first numbers may come before its own process number.
        child = 0
        announced: list[int] = []
        while not child or len(announced) < steps:
            word = self._answers.readline().strip()
            if word.startswith("pid "):
                child = int(word[4:])
            else:
                announced.append(int(word))
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        announced += [int(word) for word in iter(lambda: self._answers.readline().strip(), "dead")]
        return max(announced, default=0)


@contextmanager
def _running(path: Path) -> Iterator[Writer]:
    script = Path(__file__).with_name("killed_writer.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as process:
        yield Writer(process)


def _check(path: Path, announced: int) -> int:
    """The number of the last step in the store, after every promise has been looked at."""
    store = Store.open(path)
    try:
        numbers = {count.n for count in store.own(Count)}
        steps = store.history_head().count // 4
        assert len(numbers) <= 1, "half a step is there"
        assert max((n or 0 for n in numbers), default=0) == steps, "history and counts tell different things"
        assert steps >= announced, "an announced step is gone"
        assert len(store.own(Count)) == (4 if steps else 0)
        assert store.history_head().count % 4 == 0
        assert store.undo_labels()[0] == (f"Steg {steps}" if steps else None)
        assert store.check() is None
    finally:
        store.close()
    return steps


@pytest.mark.faults
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_every_committed_step_survives_sigkill_at_any_moment_and_no_half_one_does(store: Store) -> None:
    store.close()
    moments = random.Random(20260914)
    last = 0
    with _running(store.path) as writer:
        for _ in range(_ROUNDS):
            announced = writer.killed_after(moments.randrange(0, 8), moments.uniform(0, _STEP_AND_A_HALF))
            now = _check(store.path, max(announced, last))
            assert now <= max(announced, last) + 1, "a step that nobody made"
            last = now
    assert last >= _ROUNDS
