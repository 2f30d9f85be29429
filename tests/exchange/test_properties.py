"""Whatever is done to a sealed package on its way, it is refused: nothing else comes out, and nothing passes.

The long run (``dev.py faults``) tries twenty times as many.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.card import make_card, read_card
from fardplan_desktop.exchange.container import read_container, write_container
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.verify import open_package
from tests.exchange.conftest import MELLERUD

share = st.floats(0, 1, exclude_max=True)
fixed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def refused(data: bytes, receiver: Any) -> str:
    """The code; the sentence is one that a person can read."""
    with pytest.raises(Refusal) as caught:
        open_package(data, receiver)
    verdict = verdict_of(caught.value)
    assert verdict.outcome == "refused"
    assert verdict.message.isprintable()
    assert verdict.word
    return verdict.code


def by_both(data: bytes, office: Any) -> None:
    """Refused with and without the receiver's knowledge."""
    assert refused(data, office)
    assert refused(data, None)


@fixed
@given(share, st.integers(1, 255))
def test_a_changed_byte_is_refused(package: bytes, office: Any, at: float, change: int) -> None:
    data = bytearray(package)
    data[int(at * len(data))] ^= change
    by_both(bytes(data), office)


@fixed
@given(share)
def test_a_cut_at_either_end_is_refused(package: bytes, office: Any, at: float) -> None:
    cut = int(at * len(package))
    by_both(package[:cut], office)
    by_both(package[cut + 1 :], office)


@fixed
@given(share, st.binary(min_size=1, max_size=60))
def test_something_put_in_is_refused(package: bytes, office: Any, at: float, more: bytes) -> None:
    cut = int(at * (len(package) + 1))
    data = package[:cut] + more + package[cut:]
    if data != package:
        by_both(data, office)


@fixed
@given(share, share, st.integers(1, 400))
def test_something_moved_is_refused(package: bytes, office: Any, start: float, to: float, size: int) -> None:
    cut = int(start * len(package))
    rest = package[:cut] + package[cut + size :]
    target = int(to * len(rest))
    data = rest[:target] + package[cut : cut + size] + rest[target:]
    if data != package:
        by_both(data, office)


@fixed
@given(st.data())
def test_members_in_another_order_are_refused(package: bytes, office: Any, data: st.DataObject) -> None:
    members = [(each.name, each.content) for each in read_container(package)]
    other = data.draw(st.permutations(members))
    if other != members:
        assert refused(write_container(other), office) in ("E02-MAGIC", "E07")


@fixed
@given(st.data())
def test_a_member_twice_or_not_at_all_or_with_anothers_content_is_refused(
    package: bytes, office: Any, data: st.DataObject
) -> None:
    members = [(each.name, each.content) for each in read_container(package)]
    at, other = (data.draw(st.integers(0, len(members) - 1)) for _ in range(2))
    name, content = members[at]
    assert refused(write_container([*members[:at], members[at], *members[at:]]), office) == "E06"
    if name != "META-INF/statement.sshsig":  # which may be absent
        by_both(write_container(members[:at] + members[at + 1 :]), office)
    if content != members[other][1]:
        by_both(write_container([*members[:at], (name, members[other][1]), *members[at + 1 :]]), office)


@fixed
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"{", b"age-encryption.org/v1\n"]))
def test_any_bytes_are_refused(office: Any, rest: bytes, start: bytes) -> None:
    by_both(start + rest, office)


@fixed
@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=60)), max_size=6))
def test_any_members_are_refused(office: Any, members: list[tuple[str, bytes]]) -> None:
    by_both(write_container([(name.encode("ascii", "ignore").decode(), content) for name, content in members]), office)


@fixed
@given(st.data())
def test_any_data_is_refused_though_rightly_sealed(forge: Any, office: Any, data: st.DataObject) -> None:
    """Only the sender can do this; a row that is none is refused all the same."""
    name = data.draw(st.sampled_from([each for each in forge.data if each.startswith("data/")]))
    before = forge.data[name]
    forge.put(name, data.draw(st.binary(min_size=1, max_size=80)) + b"\n")
    assert refused(forge.build(), office) == "E21"
    forge.put(name, before)


@fixed
@given(share, st.integers(1, 255))
def test_a_changed_byte_of_a_card_is_refused(key: Any, at: float, change: int) -> None:
    card = bytearray(make_card(MELLERUD, key, datetime(2026, 8, 1, tzinfo=UTC)))
    card[int(at * len(card))] ^= change
    with pytest.raises(Refusal):
        read_card(bytes(card))
