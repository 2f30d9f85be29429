"""Not a test: the process that ``test_killed_intake.py`` kills. For each line on stdin it forks a child that takes in.

The parent answers ``pid N``, and ``dead`` when the child is. ``killed_intake.py STORE FOLDER``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.services import intake


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            intake.receive(open_workplace(Path(sys.argv[1])), paths=[Path(sys.argv[2])])
            os._exit(0)
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
