"""A sender is believed after two groups of the kontrollkod have been heard, and never by a click."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from fardplan_desktop.domain.errors import KeyProblem, Refusal, WorldError
from fardplan_desktop.exchange.keys import allowed_signers_line, check_code, keyid_of
from fardplan_desktop.services import seals, trust
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal


@pytest.fixture
def card(edet: Workplace, seal: Seal) -> Path:
    return seal(edet).card


def test_two_groups_heard_from_the_sender_make_it_known(fyrbodal: Workplace, edet: Workplace, card: Path) -> None:
    found = trust.candidate(fyrbodal, path=card)
    own = seals.own_seal(edet)
    assert own is not None
    assert (found.organisation.name, found.check_code) == ("Lilla Edets kommun", own.check_code)
    groups = found.check_code.split()
    key = trust.trust(fyrbodal, candidate=found, heard=f"{groups[1]} {groups[4]}", checked_by="Processledare")
    assert trust.senders(fyrbodal) == (key,)
    assert (key.method, key.checked_by, key.status) == ("telefon", "Processledare", "active")


@pytest.mark.parametrize(
    "heard",
    [
        lambda groups: f"{groups[0]} {groups[0]}",
        lambda groups: f"{groups[3]} {groups[1]}",
        lambda groups: f"{groups[0]} 00000",
        lambda groups: groups[0],
        lambda groups: "",
    ],
    ids=["the same twice", "backwards", "a wrong one", "only one", "nothing"],
)
def test_anything_else_enrols_nothing(fyrbodal: Workplace, card: Path, heard: object) -> None:
    assert callable(heard)
    found = trust.candidate(fyrbodal, path=card)
    with pytest.raises(KeyProblem, match="Siffrorna stämmer inte"):
        trust.trust(fyrbodal, candidate=found, heard=heard(found.check_code.split()))
    assert trust.senders(fyrbodal) == ()


def test_the_groups_that_were_asked_for_are_the_ones_that_count(fyrbodal: Workplace, card: Path) -> None:
    found = trust.candidate(fyrbodal, path=card)
    groups = found.check_code.split()
    with pytest.raises(KeyProblem):
        trust.trust(fyrbodal, candidate=found, heard=f"{groups[0]} {groups[1]}", asked=(2, 5))
    trust.trust(fyrbodal, candidate=found, heard=f"{groups[2]}-{groups[5]}", asked=(2, 5))


def test_which_groups_are_asked_for_is_drawn_anew(fyrbodal: Workplace) -> None:
    drawn = {trust.asked_groups(fyrbodal) for _ in range(40)}
    assert len(drawn) > 5
    assert all(0 <= first < second < 6 for first, second in drawn)


def test_a_package_can_stand_for_its_card_and_a_letter_cannot(fyrbodal: Workplace, card: Path, tmp_path: Path) -> None:
    package = next(card.parent.glob("*.fardpaket"))
    from_card = trust.candidate(fyrbodal, path=card)
    assert trust.candidate(fyrbodal, path=package) == msgspec.structs.replace(from_card, age_recipient=None)
    letter = tmp_path / "brev.txt"
    letter.write_text("{}")
    with pytest.raises(Refusal):
        trust.candidate(fyrbodal, path=letter)


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31), b"\xee" + b"\xff" * 31])
def test_a_key_under_which_anyone_can_sign_is_not_believed_even_when_its_code_is_heard(
    fyrbodal: Workplace, card: Path, public: bytes
) -> None:
    found = trust.candidate(fyrbodal, path=card)
    code = check_code(public)
    weak = trust.Candidate(found.organisation, keyid_of(public), public, code)
    groups = code.split()
    with pytest.raises(KeyProblem):
        trust.trust(fyrbodal, candidate=weak, heard=f"{groups[0]} {groups[2]}")
    assert trust.senders(fyrbodal) == ()


def test_whom_we_believe_can_be_saved_for_ssh_keygen(fyrbodal: Workplace, card: Path, tmp_path: Path) -> None:
    out = tmp_path / "avsandare"
    trust.save_allowed_signers(fyrbodal, path=out)
    assert out.read_text() == ""
    found = trust.candidate(fyrbodal, path=card)
    groups = found.check_code.split()
    key = trust.trust(fyrbodal, candidate=found, heard=f"{groups[1]} {groups[4]}")
    trust.save_allowed_signers(fyrbodal, path=out)
    remark, line = out.read_text(encoding="utf-8").splitlines()
    assert remark == "# Lilla Edets kommun"
    assert line.startswith('1462 namespaces="fardplan-paket-v1" ssh-ed25519 ')
    assert allowed_signers_line("1462", key.public).strip() == line
    with pytest.raises(WorldError, match="kunde inte sparas"):
        trust.save_allowed_signers(fyrbodal, path=tmp_path)


def test_a_revoked_key_is_not_saved_and_a_replaced_one_with_the_last_number_it_vouches_for(
    fyrbodal: Workplace, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = trust.candidate(fyrbodal, path=card)
    groups = found.check_code.split()
    key = trust.trust(fyrbodal, candidate=found, heard=f"{groups[1]} {groups[4]}")
    old = replace(key, status="replaced", last_sequence=7)
    monkeypatch.setattr(trust, "senders", lambda _: (replace(key, status="revoked"), old))
    trust.save_allowed_signers(fyrbodal, path=tmp_path / "avsandare")
    lines = (tmp_path / "avsandare").read_text(encoding="utf-8").splitlines()
    assert (len(lines), lines[0]) == (2, "# Lilla Edets kommun, till och med nummer 7")
