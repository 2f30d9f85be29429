"""Not a test: the process that ``test_kill.py`` kills. For each line on stdin it forks a child that writes for ever.

The parent answers ``pid N``, and ``dead`` when the child is; the child tells the number of each step once committed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Count
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

VALUES = ("0-17", "18-64", "65-79", "80-")


def write_for_ever(path: Path) -> None:
    store = Store.open(path)
    held = {count.id: count for count in store.own(Count)}
    step = max((count.n or 0 for count in held.values()), default=0)
    while True:
        step += 1
        counts = [Count(measure="SIP08", period="2026-05", breakdown="alder", value=v, n=step) for v in VALUES]
        edits = [Edit(held.get(count.id), count) for count in counts]
        store.write(edits, label=f"Steg {step}", signature=Signature("Samordnare", "2026-09-14T08:00:00Z"))
        held = {count.id: count for count in counts}
        os.write(1, f"{step}\n".encode())


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write_for_ever(Path(sys.argv[1]))
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
