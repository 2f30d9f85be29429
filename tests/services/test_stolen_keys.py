"""Somebody else has a municipality's key: what the office sees of it, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.key_text import key_text
from fardplan_desktop.services import intake, key_changes, seals, trust
from fardplan_desktop.services import seal_changes as changes
from fardplan_desktop.services.workplace import Workplace
from tests.services.key_owners import NEW_PHRASE, Send, change, codes, drawn_up
from tests.services.key_owners import first as first
from tests.services.key_owners import office as office
from tests.services.key_owners import send as send
from tests.services.key_owners import thief as thief
from tests.services.steps import PASSPHRASE, believe


@pytest.mark.parametrize("number", [2, 999_998])
def test_after_a_call_a_thiefs_package_stands_in_nobodys_way(
    edet: Workplace, office: Workplace, send: Send, thief: Workplace, tmp_path: Path, period: Period, number: int
) -> None:
    """The key is lost, so no change of it can be sealed: the office has only the telephone."""
    intake.receive(office, paths=[send(999, by=thief, number_of_package=number)], accept_jump=True)
    (stolen,) = trust.senders(office)
    key_changes.revoke_sender(office, key_id=stolen.keyid, reason="Datorn är stulen", checked_by="Registrator")
    changes.revoke_seal(edet, reason="Datorn är stulen")
    seals.make_key(edet, passphrase=NEW_PHRASE, rounds=1)
    real, later = send(7, NEW_PHRASE), send(8, NEW_PHRASE)
    believe(office, next(real.parent.glob("*.nyckelkort")))
    assert drawn_up(office, period) == 999, "what is read in stays until something takes its place"
    results = intake.receive(office, paths=[real, later])
    assert codes(results) == ["OK", "OK"]
    assert [["W10" in {warning.code for warning in each.verdict.warnings}] for each in results] == [[True], [False]]
    assert drawn_up(office, period) == 8
    counting = [each for each in intake.recent(office) if each.active]
    assert [each.sequence for each in counting] == [3], (
        "one package of a period counts, however high the thief's number"
    )


def test_the_first_package_after_an_honest_revocation_brings_no_false_alarm(
    edet: Workplace, office: Workplace, send: Send
) -> None:
    changes.revoke_seal(edet, reason="Lösenfrasen är borta")
    (lost,) = trust.senders(office)
    key_changes.revoke_sender(office, key_id=lost.keyid, reason="Lösenfrasen är borta", checked_by="Registrator")
    seals.make_key(edet, passphrase=NEW_PHRASE, rounds=1)
    real = send(7, NEW_PHRASE)
    believe(office, next(real.parent.glob("*.nyckelkort")))
    (result,) = intake.receive(office, paths=[real])
    assert {each.code for each in result.verdict.warnings} <= {"W07"}


def test_two_changes_of_one_seal_are_an_alarm_and_the_telephone_the_way_out(
    edet: Workplace, office: Workplace, send: Send, thief: Workplace, tmp_path: Path, period: Period
) -> None:
    """Whoever has the key can change it: the office takes the first change, and the sender's own is the second."""
    stolen = change(thief, tmp_path)
    (judged,) = intake.judge(office, paths=[stolen]).results
    assert judged.verdict.message.endswith("Hade ni inte väntat er det, ring dem först.")
    assert codes(intake.receive(office, paths=[stolen])) == ["OK"]
    assert codes(intake.receive(office, paths=[send(99, NEW_PHRASE, by=thief)])) == ["OK"]
    own = change(edet, tmp_path, new="egen-ny-lösenfras")
    (result,) = intake.receive(office, paths=[own])
    assert (result.verdict.word, result.verdict.code) == ("Krock", "E18-EQUIVOCATION")
    assert "någon annan har det gamla" in result.verdict.message
    false = next(each for each in trust.senders(office) if each.status == "active")
    key_changes.revoke_sender(office, key_id=false.keyid, reason="Inte vårt", checked_by="Registrator")
    real = send(7, "egen-ny-lösenfras")
    believe(office, next(real.parent.glob("*.nyckelkort")))
    assert codes(intake.receive(office, paths=[real])) == ["OK"]
    assert drawn_up(office, period) == 7


def test_a_change_of_seal_is_kept_with_the_file_that_tells_it_or_not_at_all(
    edet: Workplace, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is killed in between would leave a seal that nobody knows, and a change that nobody can tell."""
    before = seals.own_seal(edet)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fardplan_desktop.store.keys.record_act", dies)
    with pytest.raises(KeyboardInterrupt):
        changes.change_seal(edet, passphrase=PASSPHRASE, new_passphrase=NEW_PHRASE, reason="Ny dator", rounds=1)
    assert (seals.own_seal(edet), changes.rotation_file(edet)) == (before, None)
    monkeypatch.undo()
    monkeypatch.setattr("fardplan_desktop.store.store.Store.set_setting", dies)
    changes.change_seal(edet, passphrase=PASSPHRASE, new_passphrase=NEW_PHRASE, reason="Ny dator", rounds=1)
    assert changes.rotation_file(edet) is not None
    assert seals.kept_card(edet)


def test_a_known_seal_is_not_taken_over_by_naming_it_ones_own(edet: Workplace, office: Workplace) -> None:
    """The digits are right, for they are Lilla Edet's: a pasted line says whose key it is, and proves nothing."""
    (own,) = trust.senders(office)
    line = key_text("1461", own.public)
    found = trust.candidate_of_text(office, text=line)
    groups = found.check_code.split()
    with pytest.raises(KeyProblem, match="det är Lilla Edets kommun som har det"):
        trust.trust(office, candidate=found, heard=f"{groups[0]} {groups[1]}", checked_by="Registrator")
    assert trust.senders(office) == (own,)
