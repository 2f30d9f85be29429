"""A store to test against, and another process that tries to open the same one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

_ROOT = Path(__file__).resolve().parents[2]
_OPEN = """
import sys
from pathlib import Path
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.store.store import Store
try:
    Store.open(Path(sys.argv[1])).close()
except StoreProblem as problem:
    print(problem.sentence)
else:
    print("opened")
"""


@pytest.fixture
def signature() -> Signature:
    return Signature(who="Samordnare", at="2026-09-14T08:00:00Z")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Names as people make them; none of their signs may mean anything to SQLite."""
    folder = tmp_path / "Färdplan #1, 100% åäö"
    folder.mkdir()
    return folder / "fardplan_1462.fardplan"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = Store.create(path, {"organisation": "1462"})
    yield made
    made.close()


@pytest.fixture
def run_script() -> Callable[..., str]:
    """Runs Python text in a process of its own and gives what it printed."""

    def run(text: str, *arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-c", text, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=_ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


_HOLD = """
import sys
from pathlib import Path
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
store = Store.open(Path(sys.argv[1]))
store.announce(computer="KOMMUN-PC7", who="Samordnare", since="2026-09-14T08:00:00Z")
signature = Signature("Samordnare", "2026-09-14T08:00:00Z")
print("held", flush=True)
number = 0
for line in sys.stdin:
    if line.strip() == "write":
        while number < 200:
            number += 1
            plan = Plan(id=str(number), title="Plan %d" % number, type="handlingsplan", year=2026)
            store.write([Edit(None, plan)], label="Ny plan", signature=signature)
            if number == 20:
                print("writing", flush=True)
        print("done", flush=True)
"""


@pytest.fixture
def holder(path: Path, store: Store) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open; told ``write`` it writes 200 plans one after another."""
    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=_ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "held"
        yield process
        process.kill()


@pytest.fixture
def opened_elsewhere(run_script: Callable[..., str]) -> Callable[[Path], str]:
    """What another process gets that opens the store: ``opened``, or the sentence it is refused with."""
    return lambda store_path: run_script(_OPEN, store_path)
