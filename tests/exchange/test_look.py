"""The cheap look: what a file is, from its beginning, and never more than is proven."""

from __future__ import annotations

import os
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.look import Look, Sort, look_at, signed_counts
from fardplan_desktop.exchange.verify import open_package
from tests.exchange.conftest import MELLERUD

FROM_MELLERUD = Look(Sort.PACKAGE, "kommun", "1461", 1)


@pytest.fixture
def look(tmp_path: Path, office: Any) -> Any:
    def looking(data: bytes, name: str = "vad_som_helst.txt") -> Look:
        path = tmp_path / name
        path.write_bytes(data)
        return look_at(path, office.key, bytes)

    return looking


def test_a_package_of_a_known_sender_says_who_and_which_number_whatever_it_is_called(look: Any, package: bytes) -> None:
    assert look(package) == look(package, "1462_2026-T2_0009.nyckelkort") == FROM_MELLERUD


def test_only_the_beginning_is_needed(look: Any, package: bytes) -> None:
    envelope_ends = package.index(b"META-INF/statement.sshsig")
    assert look(package[:envelope_ends]) == FROM_MELLERUD
    assert look(package[: envelope_ends // 2]).sort is Sort.OTHER


def test_a_card_is_known_by_its_content_and_a_broken_one_is_nothing_of_ours(look: Any, key: SigningKey) -> None:
    card = make_card(MELLERUD, key, datetime(2026, 9, 1, tzinfo=UTC))
    assert look(card, "paket.fardpaket") == Look(Sort.CARD, issuer="1461")
    assert look(card[:-1]).sort is Sort.OTHER


def test_an_unknown_sender_is_asked_for_nothing_but_its_sort(forge: Any, look: Any, office: Any) -> None:
    office.keys.clear()
    assert look(forge.build()) == Look(Sort.PACKAGE)


def test_what_the_known_key_has_not_signed_says_nothing(forge: Any, look: Any) -> None:
    forge.envelope["payload"] = b64encode(forge.payload.replace(b'"sequence":1', b'"sequence":9')).decode()
    assert look(forge.with_envelope(forge.envelope)).sort is Sort.OTHER
    assert look(forge.build(b'{"signed":"but no statement"}')) == Look(Sort.PACKAGE)


def test_what_is_something_else_is_other_and_nothing_is_waited_for(look: Any, tmp_path: Path, office: Any) -> None:
    for data in (b"", b"Hej!", b"{", b"PK\x03\x04", b"%PDF-1.7", b"age-encryption.org/v1\n-> X25519 x\n"):
        assert look(data) == Look(Sort.OTHER)
    strange = [tmp_path, tmp_path / "saknas"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        strange.append(tmp_path / "pipe")
    assert {look_at(path, office.key, bytes).sort for path in strange} == {Sort.OTHER}


def test_what_was_signed_of_a_package_is_read_without_opening_it(package: bytes, office: Any) -> None:
    assert signed_counts(package) == open_package(package, office).verdict.counts
