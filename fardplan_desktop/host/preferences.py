"""What this user on this PC prefers. Never fatal: an unreadable file means the defaults."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from fardplan_desktop.host.files import write_whole
from fardplan_desktop.host.paths import home


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """``theme`` is system, light, dark or contrast; ``text_percent`` 100, 125, 150 or 200."""

    theme: str = "system"
    text_percent: int = 100
    last_store: str | None = None
    remember_passphrase: bool = True
    window: tuple[int, int] | None = None
    visits: dict[str, str] = {}
    """Path of a store → the UTC moment (ISO) this user last left it."""
    count_widths: dict[str, int] = {}
    """How wide the user has drawn the columns of the count grid, by what they show, at 100 % text."""


def load(folder: Path | None = None) -> Preferences:
    try:
        return msgspec.json.decode(_file(folder).read_bytes(), type=Preferences)
    except (OSError, msgspec.MsgspecError):
        return Preferences()


def left(store: Path, at: datetime, folder: Path | None = None) -> None:
    """Remember when the user left a store."""
    known = load(folder)
    save(msgspec.structs.replace(known, visits={**known.visits, str(store): at.isoformat()}), folder)


def last_left(store: Path, folder: Path | None = None) -> datetime | None:
    """When the user left it last, as an aware moment; None when that is not known."""
    try:
        moment = datetime.fromisoformat(load(folder).visits.get(str(store), ""))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def save(preferences: Preferences, folder: Path | None = None) -> bool:
    """Write them whole or not at all; False when the folder cannot be written."""
    target = _file(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, msgspec.json.encode(preferences))
    except OSError:
        return False
    return True


def _file(folder: Path | None) -> Path:
    return (folder or home()) / "installningar.json"
