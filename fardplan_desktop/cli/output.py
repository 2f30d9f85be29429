"""What commands print: sentences for people, JSON for other programs, always UTF-8."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.host.files import write_whole

if TYPE_CHECKING:
    from fardplan_desktop.services.workplace import Workplace

DONE, FOUND_WANTING = 0, 1
_START = 4
"""Bytes by which a PDF or a card is told from everything else."""


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


def printable(name: str) -> str:
    """A file's name is chosen by its sender, and could steer the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def save(path: Path, data: bytes) -> None:
    """Write the file that was asked for. Only one that begins in the same way is replaced: never, by a slip, the store.

    Raises InputProblem.
    """
    try:
        if path.is_file():
            with path.open("rb") as file:
                start = file.read(_START)
            if start and start != data[:_START]:
                raise InputProblem(
                    f"{path.name} finns redan och är något annat.", "Den är orörd.", "Välj ett annat namn."
                )
        write_whole(path, data)
    except OSError as error:
        raise InputProblem(
            f"{path.name} går inte att spara.",
            "Den kan vara öppen i ett annat program, eller så får mappen inte skrivas till.",
            "Stäng den eller välj ett annat namn.",
            detail=str(error),
        ) from error


@contextmanager
def opened(store: Path) -> Iterator[Workplace]:
    """The store, ours until the command is done."""
    from fardplan_desktop.bootstrap import open_workplace

    workplace = open_workplace(store)
    try:
        yield workplace
    finally:
        workplace.store.close()
