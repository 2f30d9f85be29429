"""The note beside the store that tells a second opener who has it. Informative; the lock itself is SQLite's."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from fardplan_desktop.analysis import numbers_sv

_LONGEST = 2000


def note_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def write_note(path: Path, *, computer: str, who: str, since: str) -> None:
    """Written after the lock is held. A share that refuses the note does not stop the work."""
    text = json.dumps({"computer": computer, "function": who, "since": since}, ensure_ascii=False)
    try:
        note_path(path).write_text(text, encoding="utf-8")
    except OSError:
        return


def remove_note(path: Path) -> None:
    try:
        os.unlink(note_path(path))
    except OSError:
        return


def read_note(path: Path) -> str:
    """Who has the file, as a Swedish sentence; empty when nobody says. The note is untrusted: plain words only."""
    try:
        with note_path(path).open(encoding="utf-8") as file:
            note = json.loads(file.read(_LONGEST))
        computer, who, since = (_plain(note[key]) for key in ("computer", "function", "since"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f"Den används på datorn {computer} av {who} sedan {_moment(since)}."


def _moment(since: str) -> str:
    """``14 september 2026 10:00``, by this computer's clock; as it stands when it is no moment."""
    try:
        local = datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError):
        return since
    return f"{numbers_sv.day(local.date())} {local:%H:%M}"


def _plain(value: object) -> str:
    return "".join(letter for letter in str(value)[:60] if letter.isprintable())
