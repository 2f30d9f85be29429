"""Ids and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.host.clock import Seeded, stamp, system_clock, system_ids, today, uuid7

START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    st.binary(min_size=10, max_size=10),
)
def test_an_id_is_a_uuid_of_version_7_that_begins_with_its_millisecond(at: datetime, tail: bytes) -> None:
    made = UUID(uuid7(at, lambda _count: tail))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert abs((made.int >> 80) - (at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1)) <= 1


def test_ids_sort_in_the_order_they_were_made() -> None:
    seeded = Seeded(1, START)
    made = [seeded.ids() for _ in range(200)]
    assert made == sorted(made)
    assert len({system_ids() for _ in range(1000)}) == 1000


def test_the_same_seed_gives_the_same_ids_moments_and_bytes() -> None:
    one, same, other = (Seeded(seed, START) for seed in ("a", "a", "b"))
    assert [one.ids(), one.clock(), one.bytes(8)] == [same.ids(), same.clock(), same.bytes(8)]
    assert one.ids() != other.ids()


def test_a_moment_is_written_in_utc_whole_seconds_whatever_its_zone() -> None:
    summer = timezone(timedelta(hours=2))
    assert stamp(datetime(2026, 9, 14, 10, 0, 0, 999_999, tzinfo=summer)) == "2026-09-14T08:00:00Z"
    assert system_clock().tzinfo is UTC


def test_today_is_the_local_date() -> None:
    assert today(lambda: datetime(2026, 9, 14, 12, 0).astimezone(UTC)) == date(2026, 9, 14)
