"""Time and identity: the only places that ask the system, both replaceable by seeded ones."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

Clock = Callable[[], datetime]
"""Gives the present moment, aware, UTC."""
Ids = Callable[[], str]
"""Gives a new UUID version 7 as text: unique, and in order of making to the millisecond."""
RandomBytes = Callable[[int], bytes]


def system_clock() -> datetime:
    return datetime.now(UTC)


def system_ids() -> str:
    return uuid7(system_clock(), os.urandom)


def uuid7(at: datetime, random_bytes: RandomBytes) -> str:
    """RFC 9562 section 5.7: 48 bits of milliseconds, then random bits."""
    milliseconds = int(at.timestamp() * 1000)
    tail = int.from_bytes(random_bytes(10))
    value = (milliseconds & ((1 << 48) - 1)) << 80 | tail
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


class Seeded:
    """A clock that steps one second a call, ids and bytes from one seed: same seed, same bytes."""

    def __init__(self, seed: int | str, start: datetime) -> None:
        self._random = random.Random(seed)
        self.now = start

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def ids(self) -> str:
        return uuid7(self.clock(), self.bytes)

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


def stamp(moment: datetime) -> str:
    """``2026-09-14T08:00:00Z``: how moments are stored and signed."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today(clock: Clock) -> date:
    """The local date."""
    return clock().astimezone().date()


def local_day(stamped: str) -> date:
    """The local date of a stored moment."""
    return datetime.fromisoformat(stamped).astimezone().date()
