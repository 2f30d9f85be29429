"""Our own seal: another follows it, its passphrase is changed, it is revoked; others are told for as long as needed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem, KeyProblem, PersonalData, Refusal
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.revocation import read_revocation
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.host import secrets
from fardplan_desktop.services import deliveries, editing, handing_in, opening, seals
from fardplan_desktop.services import seal_changes as changes
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages
from tests.services.conftest import Seal
from tests.services.steps import PASSPHRASE

NEW_PHRASE = "en-annan-for-proven"


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A computer that keeps passphrases."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(secrets, "recall", kept.get)
    monkeypatch.setattr(secrets, "remember", lambda key, phrase: kept.update({key: phrase}) is None)
    monkeypatch.setattr(secrets, "forget", lambda key: kept.pop(key, None))
    return kept


@pytest.fixture
def sealed(edet: Workplace, seal: Seal) -> Path:
    return seal(edet).file


@pytest.fixture
def own(edet: Workplace) -> OwnSeal:
    return seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)


def key_id(workplace: Workplace) -> str:
    own = seals.own_seal(workplace)
    assert own is not None
    return own.key_id


def test_after_a_change_the_new_passphrase_opens_and_what_was_sealed_still_verifies(
    edet: Workplace, sealed: Path
) -> None:
    before = key_id(edet)
    made = changes.change_seal(edet, passphrase=PASSPHRASE, new_passphrase=NEW_PHRASE, reason="Ny dator", rounds=1)
    assert made.key_id == key_id(edet) != before
    assert seals.open_seal(edet, passphrase=NEW_PHRASE).keyid == made.key_id
    with pytest.raises(KeyProblem):
        seals.open_seal(edet, passphrase=PASSPHRASE)
    assert open_package(sealed.read_bytes(), None).verdict.outcome == "ok"
    (ended,) = changes.ended_seals(edet)
    assert (ended.key_id, ended.why, ended.ended_at, ended.revocation) == (
        before,
        "Utbytt: Ny dator",
        "2026-09-14",
        None,
    )
    assert seals.kept_card(edet) == seals.own_card(edet, key=seals.open_seal(edet, passphrase=NEW_PHRASE))


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"passphrase": "fel fras helt och hållet"}, KeyProblem),
        ({"new_passphrase": "kort"}, KeyProblem),
        ({"reason": "  "}, InputProblem),
        ({"reason": "x" * 201}, InputProblem),
        ({"reason": "a\u202eb"}, InputProblem),
        ({"reason": "19121212-1212"}, PersonalData),
    ],
)
def test_a_change_that_is_not_whole_changes_nothing(
    edet: Workplace, own: OwnSeal, given: dict[str, str], error: type[Exception]
) -> None:
    before = key_id(edet)
    whole = {"passphrase": PASSPHRASE, "new_passphrase": NEW_PHRASE, "reason": "Ny dator"}
    with pytest.raises(error):
        changes.change_seal(edet, **{**whole, **given}, rounds=1)
    assert key_id(edet) == before
    assert changes.rotation_file(edet) is None


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(
    edet: Workplace, own: OwnSeal, remembered: dict[str, str]
) -> None:
    before = key_id(edet)
    remembered[before] = PASSPHRASE
    with pytest.raises(KeyProblem, match="Sigillet går inte att öppna"):
        changes.change_passphrase(edet, old="inte den rätta", new=NEW_PHRASE, rounds=1)
    with pytest.raises(KeyProblem, match="för kort"):
        changes.change_passphrase(edet, old=PASSPHRASE, new="kort", rounds=1)
    with pytest.raises(KeyProblem, match="densamma"):
        changes.change_passphrase(edet, old=PASSPHRASE, new=PASSPHRASE, rounds=1)
    changes.change_passphrase(edet, old=PASSPHRASE, new=NEW_PHRASE, rounds=1)
    assert key_id(edet) == before, "nobody else needs to know"
    with pytest.raises(KeyProblem):
        seals.open_seal(edet, passphrase=PASSPHRASE)
    assert seals.open_seal(edet, passphrase=NEW_PHRASE).keyid == before
    assert remembered == {before: NEW_PHRASE}
    assert editing.history(edet)[0].label == "Sigillets lösenfras är bytt"


def test_a_computer_that_remembers_no_passphrase_is_not_made_to(
    edet: Workplace, own: OwnSeal, remembered: dict[str, str]
) -> None:
    changes.change_passphrase(edet, old=PASSPHRASE, new=NEW_PHRASE, rounds=1)
    changes.change_seal(edet, passphrase=NEW_PHRASE, new_passphrase=PASSPHRASE, reason="Ny dator", rounds=1)
    assert remembered == {}


def test_a_seal_is_revoked_without_its_passphrase_and_forgotten_by_the_computer(
    edet: Workplace, own: OwnSeal, remembered: dict[str, str]
) -> None:
    before = key_id(edet)
    remembered[before] = PASSPHRASE
    ended = changes.revoke_seal(edet, reason="Datorn är borta")
    assert ended.revocation is not None
    assert read_revocation(ended.revocation).keyid == before
    assert seals.own_seal(edet) is None
    assert remembered == {}
    assert changes.ended_seals(edet)[0].revocation == ended.revocation, "it can be handed out again"
    with pytest.raises(KeyProblem, match="inget sigill att spärra"):
        changes.revoke_seal(edet, reason="Igen")


def test_a_key_made_by_an_older_program_gets_its_revocation_the_first_time_it_is_opened(
    edet: Workplace, own: OwnSeal
) -> None:
    (record,) = stored.own_keys(edet.store)
    bare = msgspec.structs.replace(record, revocation=None)
    stored.put_own(edet.store, bare, label="Som det var", why="", signature=edet.signature)
    with pytest.raises(KeyProblem, match="äldre version"):
        changes.revoke_seal(edet, reason="Borta")
    seals.open_seal(edet, passphrase=PASSPHRASE)
    assert stored.own_keys(edet.store) == (record,)
    stored.put_own(edet.store, bare, label="Som det var", why="", signature=edet.signature)
    assert changes.revoke_seal(edet, reason="Borta", passphrase=PASSPHRASE).revocation is not None


def test_the_change_goes_along_until_a_receipt_has_come(edet: Workplace, sealed: Path) -> None:
    assert changes.rotation_to_send(edet, audience="fyrbodal") is None
    changes.change_seal(edet, passphrase=PASSPHRASE, new_passphrase=NEW_PHRASE, reason="Ny dator", rounds=1)
    told = changes.rotation_file(edet)
    assert changes.rotation_to_send(edet, audience="fyrbodal") == told
    again = deliveries.seal_period(
        edet,
        period=parse_period("2026-T2"),
        folder=sealed.parent,
        key=seals.open_seal(edet, passphrase=NEW_PHRASE),
        approved_by="Socialchef",
    )
    assert (sealed.parent / "sigillbyte_1462.nyckelbyte").read_bytes() == told
    assert (
        "Vi har bytt sigill. Läs in sigillbyte_1462.nyckelbyte" in handing_in.letter(edet, delivery=again.delivery).body
    )
    assert b"sigillbyte_1462.nyckelbyte" in handing_in.save_draft(edet, sealed=again).read_bytes()
    receipt = Delivery(
        digest="1" * 64, direction=Direction.RECEIVED, kind="kvittens", issuer="fyrbodal", audience="1462",
        period="2026-T2", sequence=1, supersedes=None, active=True, approved_at="2026-09-13T08:00:00Z",
        approved_by="Processledare", at="2026-09-14T08:00:00Z", key_id="2" * 64, file_name="k.fardpaket",
        file_sha256="3" * 64, code_book=2,
    )  # fmt: skip
    packages.add_delivery(edet.store, receipt, b"", {}, label="Kvittens", signature=edet.signature)
    assert changes.rotation_to_send(edet, audience="fyrbodal") is not None, "it was sealed before the change"
    later = msgspec.structs.replace(receipt, digest="4" * 64, sequence=2, approved_at="2026-09-15T08:00:00Z")
    packages.add_delivery(edet.store, later, b"", {}, label="Kvittens", signature=edet.signature)
    assert changes.rotation_to_send(edet, audience="fyrbodal") is None


def test_what_was_on_its_way_encrypted_to_an_earlier_seal_is_opened_with_the_new_passphrase(
    edet: Workplace, own: OwnSeal
) -> None:
    recipients = []
    for old, new in ((PASSPHRASE, NEW_PHRASE), (NEW_PHRASE, PASSPHRASE)):
        recipients.append(stored.own_keys(edet.store)[-1].age_recipient or "")
        changes.change_seal(edet, passphrase=old, new_passphrase=new, reason="Ny dator", rounds=1)
    found = opening.opener(edet, passphrase=PASSPHRASE)
    assert found is not None
    for recipient in recipients:
        assert found.open(age.encrypt(b"paket", [recipient]), 100) == b"paket"
    with pytest.raises(Refusal):
        found.open(age.encrypt(b"paket", [age.identity_of(bytes(31) + b"x").recipient]), 100)
