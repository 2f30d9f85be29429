"""What commands print: sentences for people, JSON for other programs, always UTF-8."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fardplan_desktop.services.workplace import Workplace

DONE, FOUND_WANTING = 0, 1


def use_utf8() -> None:
    """Print UTF-8 whatever the console or locale claims; a file name that is no text is shown with escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    print(text)


def complain(text: str) -> None:
    print(text, file=sys.stderr)


def say_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def opened(store: Path) -> Iterator[Workplace]:
    """The store, ours until the command is done."""
    from fardplan_desktop.bootstrap import open_workplace

    workplace = open_workplace(store)
    try:
        yield workplace
    finally:
        workplace.store.close()
