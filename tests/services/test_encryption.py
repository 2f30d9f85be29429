"""From one organisation's seal to another's desk, encrypted on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.domain.codebook_edits import SetObligatory
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.host import secrets
from fardplan_desktop.services import (
    codebook_draft,
    codebook_sealing,
    counts,
    deliveries,
    handing_over,
    intake,
    opening,
    seals,
    trust,
)
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

PERIOD = parse_period("2026-T2")
PHRASE = "en lösenfras för prov"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "recall", lambda _: None)


def know(workplace: Workplace, other: Workplace, folder: Path, *, keep_card: bool = True) -> None:
    """``workplace`` has rung ``other``, whose card it has."""
    if seals.own_seal(other) is None:
        seals.make_key(other, passphrase=PHRASE, rounds=1)
    card = folder / f"{other.organisation.code}.nyckelkort"
    card.write_bytes(seals.kept_card(other))
    found = trust.candidate(workplace, path=card)
    groups = found.check_code.split()
    trust.trust(workplace, candidate=found, heard=f"{groups[0]} {groups[5]}")
    if not keep_card:
        card.unlink()


def sealed(edet: Workplace, folder: Path, encrypt: bool = True) -> deliveries.Sealed:
    if seals.own_seal(edet) is None:
        seals.make_key(edet, passphrase=PHRASE, rounds=1)
    key = seals.open_seal(edet, passphrase=PHRASE)
    return deliveries.seal_period(
        edet, period=PERIOD, folder=folder, key=key, approved_by="Socialchef", encrypt=encrypt
    )


def test_a_receiver_we_have_checked_gets_the_file_encrypted_without_being_asked(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    know(edet, fyrbodal, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    assert (done.encrypted, done.file.name) == (True, "1462_2026-T2_0001.fardpaket.age")
    assert age.is_age(done.file.read_bytes())
    assert not (tmp_path / "ut" / "1462_2026-T2_0001.fardpaket").exists()


def test_a_receiver_whose_card_we_do_not_have_gets_it_sealed_only(edet: Workplace, tmp_path: Path) -> None:
    done = sealed(edet, tmp_path / "ut")
    assert (done.encrypted, done.file.name) == (False, "1462_2026-T2_0001.fardpaket")


def test_encryption_can_be_left_out_once(edet: Workplace, fyrbodal: Workplace, tmp_path: Path) -> None:
    know(edet, fyrbodal, tmp_path)
    assert not sealed(edet, tmp_path / "a", encrypt=False).encrypted
    assert sealed(edet, tmp_path / "b").encrypted


def test_what_comes_encrypted_is_read_in_and_kept_as_the_sealed_package(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    know(edet, fyrbodal, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    know(fyrbodal, edet, tmp_path)
    (locked,) = intake.receive(fyrbodal, paths=[done.file])
    assert (locked.verdict.code, locked.verdict.word, locked.verdict.verb) == ("E02-LOCKED", "Krypterad", "Lås upp")
    (result,) = intake.receive(fyrbodal, paths=[done.file], opener=opening.opener(fyrbodal, passphrase=PHRASE))
    assert result.stored, result.verdict
    assert packages.delivery_file(fyrbodal.store, result.verdict.digest) == packages.delivery_file(
        edet.store, done.delivery.digest
    )


def test_what_comes_encrypted_after_a_new_version_of_matt_och_listor_is_opened_too(
    edet: Workplace, fyrbodal: Workplace, make: Any, tmp_path: Path
) -> None:
    county = make("14")
    know(edet, fyrbodal, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    for sender in (edet, county):
        know(fyrbodal, sender, tmp_path)
    codebook_draft.change(county, step=SetObligatory(measure="SIP13", obligatory=True))
    key = seals.open_seal(county, passphrase=PHRASE)
    version = codebook_sealing.seal_draft(county, key=key, approved_by="Gruppen", folder=tmp_path / "ned")
    opener = opening.opener(fyrbodal, passphrase=PHRASE)
    results = intake.receive(fyrbodal, paths=[version.file, done.file], opener=opener)
    assert [each.stored for each in results] == [True, True]


def test_a_remembered_passphrase_opens_encrypted_files_by_itself(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(edet, fyrbodal, tmp_path)
    know(fyrbodal, edet, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    monkeypatch.setattr(secrets, "recall", lambda _: PHRASE)
    assert [each.stored for each in intake.receive(fyrbodal, paths=[done.file])] == [True]


def test_an_unknown_sender_is_known_from_inside_an_encrypted_file(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    know(edet, fyrbodal, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    opener = opening.opener(fyrbodal, passphrase=PHRASE)
    (result,) = intake.judge(fyrbodal, paths=[done.file], opener=opener).results
    assert (result.verdict.code, result.verdict.issuer_code) == ("E10-UNKNOWNKEY", "1462")
    found = trust.candidate(fyrbodal, path=done.file, opener=opener)
    assert (found.organisation.code, found.age_recipient) == ("1462", None)


def test_a_file_for_somebody_else_is_told_as_such(
    edet: Workplace, fyrbodal: Workplace, make: Any, tmp_path: Path
) -> None:
    simba = make("simba")
    know(edet, fyrbodal, tmp_path)
    done = sealed(edet, tmp_path / "ut")
    (result,) = intake.judge(simba, paths=[done.file]).results
    assert result.verdict.code == "E02-DECRYPT"
    seals.make_key(simba, passphrase=PHRASE, rounds=1)
    (result,) = intake.judge(simba, paths=[done.file], opener=opening.opener(simba, passphrase=PHRASE)).results
    assert result.verdict.code == "E02-DECRYPT"


def test_corrections_are_read_in_turn_though_they_come_encrypted(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    know(edet, fyrbodal, tmp_path)
    know(fyrbodal, edet, tmp_path)
    first = sealed(edet, tmp_path / "ut")
    deliveries.reopen(edet, period=PERIOD, reason="Felräknat")
    counts.put(edet, values=[Count(measure="SIP08", period="2026-05", n=4)])
    key = seals.open_seal(edet, passphrase=PHRASE)
    second = deliveries.seal_period(
        edet, period=PERIOD, folder=tmp_path / "ut", key=key, approved_by="Socialchef", reason="Felräknat"
    )
    second.file.rename(tmp_path / "ut" / "a.age")
    first.file.rename(tmp_path / "ut" / "b.age")
    results = intake.receive(fyrbodal, paths=[tmp_path / "ut"], opener=opening.opener(fyrbodal, passphrase=PHRASE))
    assert [(each.path.name, each.stored) for each in results] == [("a.age", True), ("b.age", True)]


def test_a_card_of_a_known_sender_teaches_what_to_encrypt_to(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    done = sealed(edet, tmp_path / "ut")
    found = trust.candidate(fyrbodal, path=done.file)
    groups = found.check_code.split()
    trust.trust(fyrbodal, candidate=found, heard=f"{groups[0]} {groups[1]}")
    assert handing_over.reader_of(fyrbodal, code="1462") is None
    learned = trust.learn_card(fyrbodal, path=done.card)
    assert learned is not None
    assert handing_over.reader_of(fyrbodal, code="1462") == learned
    assert trust.learn_card(fyrbodal, path=done.card) is None


def test_a_wrong_passphrase_unlocks_nothing(fyrbodal: Workplace) -> None:
    seals.make_key(fyrbodal, passphrase=PHRASE, rounds=1)
    with pytest.raises(KeyProblem):
        opening.opener(fyrbodal, passphrase="en annan lösenfras")


def test_a_key_from_before_there_was_encryption_learns_it_when_it_is_opened(fyrbodal: Workplace) -> None:
    seals.make_key(fyrbodal, passphrase=PHRASE, rounds=1)
    with fyrbodal.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE signing_keys SET age_identity = NULL, age_recipient = NULL")
    assert not opening.can_be_encrypted_to(fyrbodal)
    seals.open_seal(fyrbodal, passphrase=PHRASE)
    assert opening.can_be_encrypted_to(fyrbodal)
    record = packages.active_signing_key(fyrbodal.store)
    assert record is not None
    assert record.age_recipient is not None
    assert read_card(seals.kept_card(fyrbodal)).age_recipient == record.age_recipient


def test_a_card_that_lies_beside_what_is_read_in_teaches_what_to_encrypt_to(
    edet: Workplace, fyrbodal: Workplace, tmp_path: Path
) -> None:
    done = sealed(edet, tmp_path / "ut")
    found = trust.candidate(fyrbodal, path=done.file)
    groups = found.check_code.split()
    trust.trust(fyrbodal, candidate=found, heard=f"{groups[0]} {groups[1]}")
    intake.judge(fyrbodal, paths=[tmp_path / "ut"])
    assert handing_over.reader_of(fyrbodal, code="1462") is None, "a look changes nothing"
    intake.receive(fyrbodal, paths=[tmp_path / "ut"])
    assert handing_over.reader_of(fyrbodal, code="1462") is not None
