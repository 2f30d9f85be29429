"""Days worth being reminded of, as they go into a calendar."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class Reminder(msgspec.Struct, frozen=True):
    """A whole day. The calendar knows it again by ``uid``, and that it has changed by a higher ``sequence``."""

    uid: str
    day: date
    words: str
    sequence: int
    changed: datetime
    """When what it reminds of was last changed; aware, UTC."""
