"""A whole and rightly sealed package may still be the same again, an older one or a rival; or just strange."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import Replay, Verdict
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.messages import verdict_of
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.verify import open_package

OTHER = "e" * 64


def refused(data: bytes, receiver: Any) -> Verdict:
    with pytest.raises(Refusal) as caught:
        open_package(data, receiver)
    return verdict_of(caught.value)


def code_of(data: bytes, receiver: Any) -> str:
    return refused(data, receiver).code


def test_the_same_package_again_is_refused_as_E18_REPLAY(package: bytes, office: Any) -> None:
    digest = open_package(package, office).digest
    office.seen = Replay(max_sequence=1, digests={digest: "2026-09-12"}, by_sequence={1: digest})
    verdict = refused(package, office)
    assert (verdict.code, verdict.message) == ("E18-REPLAY", "Redan inläst 2026-09-12. Inget behöver göras.")


def test_two_packages_with_one_number_are_refused_as_E18_EQUIVOCATION(package: bytes, office: Any) -> None:
    office.seen = Replay(max_sequence=9, digests={OTHER: "2026-09-12"}, by_sequence={1: OTHER})
    assert code_of(package, office) == "E18-EQUIVOCATION"


def test_an_older_package_is_refused_as_E18_ROLLBACK(package: bytes, office: Any) -> None:
    office.seen = Replay(max_sequence=2, by_sequence={2: OTHER})
    assert code_of(package, office) == "E18-ROLLBACK"


@pytest.mark.parametrize(
    ("supersedes", "seen"),
    [
        (None, {"active_by_period": {"2026-T2": (4, OTHER)}}),
        ((3, OTHER), {"active_by_period": {"2026-T2": (4, OTHER)}}),
        ((4, "d" * 64), {"active_by_period": {"2026-T2": (4, OTHER)}}),
        ((4, OTHER), {"known": {OTHER: "2026-T1"}}),
    ],
)
def test_a_package_that_does_not_replace_what_counts_is_refused_as_E18_SUPERSEDES(
    content: PackageContent, key: SigningKey, office: Any, supersedes: tuple[int, str] | None, seen: dict[str, Any]
) -> None:
    data = seal(msgspec.structs.replace(content, sequence=5, supersedes=supersedes), key, practice=False)
    office.seen = Replay(max_sequence=4, **seen)
    assert code_of(data, office) == "E18-SUPERSEDES"


def test_a_package_that_replaces_what_counts_is_accepted(content: PackageContent, key: SigningKey, office: Any) -> None:
    data = seal(msgspec.structs.replace(content, sequence=5, supersedes=(4, OTHER)), key, practice=False)
    office.seen = Replay(max_sequence=4, active_by_period={"2026-T2": (4, OTHER)}, known={OTHER: "2026-T2"})
    verdict = open_package(data, office).verdict
    assert (verdict.word, verdict.supersedes, verdict.skipped) == ("Ersätter tidigare", (4, OTHER), 0)


def test_warnings_tell_of_a_gap_a_first_contact_and_strange_clocks(
    content: PackageContent, key: SigningKey, office: Any
) -> None:
    def codes(**changes: Any) -> list[str]:
        data = seal(msgspec.structs.replace(content, **changes), key, practice=False)
        return [each.code for each in open_package(data, office).warnings if each.code != "W07"]

    assert codes(sequence=3) == ["W01"]
    assert codes(sequence=3, supersedes=(2, OTHER)) == ["W06"]
    assert codes(approved_at=datetime(2026, 9, 21, tzinfo=UTC)) == ["W02"]
    assert codes(approved_at=datetime(2025, 8, 1, tzinfo=UTC)) == ["W02"]
