"""The seal on a stick: into another computer, never into another organisation, and still a key for ssh-keygen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem, KeyProblem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.services import deliveries, editing, intake, key_files, opening, reclaiming, seal_changes, seals
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, believe, put


@pytest.fixture
def own(edet: Workplace) -> OwnSeal:
    return seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)


@pytest.fixture
def stick(edet: Workplace, own: OwnSeal, tmp_path: Path) -> Path:
    file = tmp_path / "nyckel_1462"
    file.write_text(key_files.key_file(edet))
    file.chmod(0o600)
    return file


def test_a_new_computer_takes_the_seal_in_and_others_know_it(
    make: Make, edet: Workplace, own: OwnSeal, stick: Path, fyrbodal: Workplace, seal: Seal
) -> None:
    sealed = seal(edet)
    believe(fyrbodal, sealed.card)
    intake.receive(fyrbodal, paths=[sealed.file])
    moved = make("1462", name="ny-dator")
    assert key_files.read_key_file(moved, path=stick, passphrase=PASSPHRASE) == own
    assert seals.kept_card(moved) == seals.kept_card(edet)
    assert editing.history(moved)[0].label == "Sigillet är inläst från en nyckelfil"
    other = seal(moved)
    assert other.delivery.sequence == 21, "numbers that the old computer may have given are not given again"
    (result,) = intake.receive(fyrbodal, paths=[other.file])
    assert result.verdict.trust == "checked"
    assert result.verdict.code != "E18-EQUIVOCATION", "two officers with one key raise no false alarm"
    found = opening.opener(moved, passphrase=PASSPHRASE)
    file = age.encrypt(b"paket", [read_card(seals.kept_card(edet)).age_recipient or ""])
    assert found is not None
    assert found.open(file, 100) == b"paket"


def test_the_same_file_into_the_same_store_changes_no_number(edet: Workplace, own: OwnSeal, stick: Path) -> None:
    assert key_files.read_key_file(edet, path=stick, passphrase=PASSPHRASE) == own
    assert edet.store.setting("restored") in (None, "0")


def test_another_organisation_cannot_use_it(make: Make, stick: Path) -> None:
    other = make("1461")
    with pytest.raises(KeyProblem, match="Nyckelfilen hör till Lilla Edets kommun"):
        key_files.read_key_file(other, path=stick, passphrase=PASSPHRASE)
    assert seals.own_seal(other) is None


def test_a_file_by_an_older_program_is_taken_in_unless_it_is_known_as_somebody_elses(
    make: Make, edet: Workplace, fyrbodal: Workplace, stick: Path, seal: Seal
) -> None:
    bare = stick.with_name("gammal")
    bare.write_text(stick.read_text().split("fardplan-kort")[0])
    moved = make("1462", name="ny-dator")
    assert key_files.read_key_file(moved, path=bare, passphrase=PASSPHRASE).key_id
    believe(fyrbodal, seal(edet).card)
    with pytest.raises(KeyProblem, match="hör till Lilla Edets kommun"):
        key_files.read_key_file(fyrbodal, path=bare, passphrase=PASSPHRASE)


def test_a_wrong_passphrase_a_damaged_file_and_an_ended_seal_change_nothing(
    make: Make, edet: Workplace, own: OwnSeal, stick: Path
) -> None:
    moved = make("1462", name="ny-dator")
    with pytest.raises(KeyProblem, match="Lösenfrasen är fel"):
        key_files.read_key_file(moved, path=stick, passphrase="något helt annat")
    text = stick.read_text()
    for damaged in (text.replace("fardplan-kort: e", "fardplan-kort: f"), text[:200]):
        stick.write_text(damaged)
        with pytest.raises(KeyProblem):
            key_files.read_key_file(moved, path=stick, passphrase=PASSPHRASE)
    for wrong in (b"\xff" * 10, b"x" * 70_000):
        stick.write_bytes(wrong)
        with pytest.raises(InputProblem):
            key_files.read_key_file(moved, path=stick, passphrase=PASSPHRASE)
    assert seals.own_seal(moved) is None
    stick.write_text(text)
    seal_changes.revoke_seal(edet, reason="Stickan är borta")
    with pytest.raises(KeyProblem, match="används inte längre"):
        key_files.read_key_file(edet, path=stick, passphrase=PASSPHRASE)


def test_a_seal_made_by_mistake_gives_way_to_the_one_on_the_stick(make: Make, own: OwnSeal, stick: Path) -> None:
    second = make("1462", name="andra-handläggaren")
    second.random_bytes(7)  # The stores of a test are seeded alike.
    seals.make_key(second, passphrase="andra-lösenfrasen", rounds=1)
    assert key_files.read_key_file(second, path=stick, passphrase=PASSPHRASE) == own
    assert [each.why for each in seal_changes.ended_seals(second)] == ["Ersatt av nyckelfilens sigill"]


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_ssh_keygen_still_opens_the_file(own: OwnSeal, stick: Path) -> None:
    done = subprocess.run(
        ["ssh-keygen", "-y", "-P", PASSPHRASE, "-f", str(stick)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("ssh-ed25519 ")


def test_two_programs_with_one_key_file_take_turns_and_the_office_hears_no_alarm(
    make: Make, edet: Workplace, own: OwnSeal, stick: Path, fyrbodal: Workplace, seal: Seal, period: Period
) -> None:
    """Each takes back what the other has sealed before it seals itself, and the numbers and corrections follow on."""
    first = seal(edet)
    believe(fyrbodal, first.card)
    second = make("1462", name="andra-handläggaren")
    key_files.read_key_file(second, path=stick, passphrase=PASSPHRASE)
    assert len(reclaiming.reclaim(second, paths=[first.file]).deliveries) == 1
    sent = [first.file]
    for number, workplace in enumerate((second, edet), 2):
        deliveries.reopen(workplace, period=period, reason="Rättelse.")
        put(workplace, SIP08=number)
        sent.append(seal(workplace, reason="Rättelse.").file)
        reclaiming.reclaim(edet if workplace is second else second, paths=sent)
    results = intake.receive(fyrbodal, paths=sent)
    assert [each.verdict.code for each in results] == ["OK", "OK", "OK"]
    assert [each.verdict.supersedes is not None for each in results] == [False, True, True]
