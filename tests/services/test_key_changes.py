"""A sender's seal is changed, stolen, revoked or lost, and the office believes the right key afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem, KeyProblem, PersonalData, WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.key_text import key_text
from fardplan_desktop.services import (
    comparing,
    intake,
    key_changes,
    seals,
    trust,
)
from fardplan_desktop.services import seal_changes as changes
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make
from tests.services.key_owners import NEW_PHRASE, Send, change, codes, drawn_up, history
from tests.services.key_owners import first as first
from tests.services.key_owners import office as office
from tests.services.key_owners import send as send
from tests.services.key_owners import thief as thief
from tests.services.steps import believe


def test_a_change_of_seal_is_read_in_like_any_file_and_what_follows_by_itself(
    edet: Workplace, office: Workplace, send: Send, tmp_path: Path, period: Period
) -> None:
    told = change(edet, tmp_path)
    package = send(6, NEW_PHRASE)
    judged = intake.judge(office, paths=[package, told])
    assert codes(judged.results) == ["OK", "OK"], "the package is judged as if the change had been read in"
    assert judged.results[1].verdict.verb == "Läs in"
    assert "Orsak: Ny dator." in judged.results[1].verdict.message
    assert judged.results[1].told == ("Det gamla sigillet gäller till och med paket nummer 1.",)
    assert trust.senders(office)[0].status == "active", "nothing is changed by looking"
    assert all(each.stored for each in intake.receive(office, paths=[package, told]))
    assert drawn_up(office, period) == 6
    old, new = sorted(trust.senders(office), key=lambda each: each.status, reverse=True)
    assert (old.status, old.last_sequence, old.note) == ("replaced", 1, "Utbytt. Orsak: Ny dator.")
    assert (new.status, new.method, new.org_name) == ("active", "sigillbyte", "Lilla Edets kommun")
    assert new.age_recipient is not None, "files to the new key can be encrypted"
    assert "Lilla Edets kommun har bytt sigill" in history(office)
    assert "Sigillet är bytt" in history(edet)


def test_a_folder_with_packages_before_and_after_a_change_is_read_in_by_their_numbers(
    edet: Workplace, office: Workplace, send: Send, tmp_path: Path
) -> None:
    """Else the later one, whose seal is not known yet, comes first, and the earlier is too old when its turn comes."""
    files = [send(5)]
    told = change(edet, tmp_path)
    files += [send(6, NEW_PHRASE)]
    again = change(edet, tmp_path, phrase=NEW_PHRASE, new="tredje-lösenfrasen")
    files += [send(7, "tredje-lösenfrasen")]
    assert codes(intake.judge(office, paths=[*files, told, again]).results) == ["OK"] * 5
    assert codes(intake.receive(office, paths=[again, told, *reversed(files)])) == ["OK"] * 5


def test_the_same_change_again_and_one_that_comes_too_late_change_nothing(
    edet: Workplace, office: Workplace, tmp_path: Path
) -> None:
    first_change = change(edet, tmp_path)
    second = change(edet, tmp_path, phrase=NEW_PHRASE, new="tredje-lösenfrasen")
    assert codes(intake.receive(office, paths=[second])) == ["E10-UNKNOWNKEY"], "the step between is missing"
    assert codes(intake.receive(office, paths=[second, first_change])) == ["OK", "OK"], "in the order they were made"
    assert codes(intake.receive(office, paths=[first_change, second])) == ["E10-ROTATED", "E18-REPLAY"]
    assert [each.status for each in trust.senders(office)].count("active") == 1


def test_a_package_that_was_on_its_way_is_taken_in_and_a_later_one_with_the_old_seal_is_not(
    edet: Workplace, office: Workplace, send: Send, thief: Workplace, tmp_path: Path
) -> None:
    on_its_way = send(5)
    told = change(edet, tmp_path)
    stolen = send(9, by=thief, number_of_package=3)
    assert codes(intake.receive(office, paths=[told, on_its_way, stolen])) == ["OK", "OK", "E10-ROTATED"]


@pytest.mark.parametrize("number", [2, 999_999])
def test_what_a_thief_sealed_counts_no_more_and_the_numbers_go_on_from_the_senders_own(
    edet: Workplace, office: Workplace, send: Send, thief: Workplace, tmp_path: Path, period: Period, number: int
) -> None:
    """Fast-forward: with the stolen key 999 999 is taken in, and every real package would be too old for ever. Or the
    thief takes the very next number, and the real one would be a second with the same."""
    stolen = send(999, by=thief, number_of_package=number)
    assert codes(intake.receive(office, paths=[stolen], accept_jump=True)) == ["OK"]
    assert drawn_up(office, period) == 999
    told = change(edet, tmp_path)
    real = send(7, NEW_PHRASE)
    assert codes(intake.judge(office, paths=[real]).results) == ["E10-UNKNOWNKEY"]
    judged = intake.judge(office, paths=[told, real]).results
    assert judged[0].told[1:] == (f"Paket nummer {number} hade det gamla sigillet och räknas inte längre.",)
    assert codes(intake.receive(office, paths=[told])) == ["OK"]
    assert drawn_up(office, period) == 4, "what it had replaced counts again"
    assert codes(judged) == codes(judged[:1] + intake.receive(office, paths=[real])) == ["OK", "OK"]
    assert drawn_up(office, period) == 7
    assert len(intake.recent(office)) == 3, "the forged one is kept as evidence"


def test_a_change_for_another_organisation_or_from_a_revoked_seal_is_refused(
    make: Make, edet: Workplace, office: Workplace, tmp_path: Path
) -> None:
    told = change(edet, tmp_path)
    (key,) = trust.senders(office)
    key_changes.revoke_sender(office, key_id=key.keyid, reason="Datorn är stulen", checked_by="Registrator")
    assert codes(intake.receive(office, paths=[told])) == ["E10-REVOKED"]
    other = make("1460", name="annan")
    assert codes(intake.receive(other, paths=[told])) == ["E10-UNKNOWNKEY"]


def test_an_unknown_change_of_seal_can_still_be_compared_over_the_telephone(
    make: Make, edet: Workplace, office: Workplace, send: Send, tmp_path: Path
) -> None:
    change(edet, tmp_path)
    last = change(edet, tmp_path, phrase=NEW_PHRASE, new="tredje-lösenfrasen")
    (result,) = intake.judge(office, paths=[last]).results
    assert (result.verdict.word, result.verdict.verb) == ("Okänd avsändare", "Ring och jämför")
    found = trust.candidate_for(office, verdict=result.verdict, package=last, cards=[])
    own = seals.own_seal(edet)
    assert own is not None
    assert found.check_code == own.check_code
    groups = found.check_code.split()
    trust.trust(office, candidate=found, heard=f"{groups[0]} {groups[1]}", checked_by="Registrator")
    assert codes(intake.receive(office, paths=[send(8, "tredje-lösenfrasen")])) == ["OK"]


def test_after_a_revocation_only_what_is_read_in_stays(
    edet: Workplace, office: Workplace, send: Send, tmp_path: Path, period: Period
) -> None:
    later = send(9)
    ended = changes.revoke_seal(edet, reason="Datorn är stulen")
    assert ended.revocation is not None
    file = tmp_path / "1462.sparr"
    file.write_bytes(ended.revocation)
    (judged,) = intake.judge(office, paths=[file]).results
    assert (judged.verdict.code, judged.verdict.verb) == ("OK", "Läs in")
    results = intake.receive(office, paths=[later, file])
    assert codes(results) == ["E10-REVOKED", "OK"], "a revocation is heeded before anything else in the folder"
    assert drawn_up(office, period) == 4
    assert codes(intake.receive(office, paths=[file])) == ["E18-REPLAY"]
    assert "Sigillet för Lilla Edets kommun är spärrat" in history(office)
    assert changes.ended_seals(edet)[0].why == "Spärrat: Datorn är stulen"


def test_a_receiver_whom_the_change_never_reached_gets_the_revocation_of_the_seal_it_believes(
    edet: Workplace, office: Workplace, tmp_path: Path
) -> None:
    change(edet, tmp_path)
    changes.revoke_seal(edet, reason="Datorn är stulen")
    files = changes.revocation_files(edet)
    assert len(files) == 2
    assert next(iter(files)) == "sparr_1462.sparr"
    folder = tmp_path / "spärrar"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert sorted(codes(intake.receive(office, paths=[folder]))) == ["E10-UNKNOWNKEY", "OK"]
    assert [each.status for each in trust.senders(office) if each.org_code == "1462"] == ["revoked"]


def test_a_revocation_of_a_seal_nobody_knows_needs_nothing(
    make: Make, edet: Workplace, first: Path, tmp_path: Path
) -> None:
    ended = changes.revoke_seal(edet, reason="Datorn är stulen")
    file = tmp_path / "1462.sparr"
    file.write_bytes(ended.revocation or b"")
    (result,) = intake.judge(make("fyrbodal", name="ovetande"), paths=[file]).results
    assert (result.verdict.code, result.verdict.verb) == ("E10-UNKNOWNKEY", "Stäng")
    assert "Inget behöver göras" in result.verdict.message


def test_a_call_ends_a_seal_with_who_why_and_when(office: Workplace) -> None:
    (key,) = trust.senders(office)
    for reason, function in (("", "Registrator"), ("Stulen dator", " ")):
        with pytest.raises(InputProblem):
            key_changes.revoke_sender(office, key_id=key.keyid, reason=reason, checked_by=function)
    with pytest.raises(PersonalData):
        key_changes.revoke_sender(office, key_id=key.keyid, reason="19121212-1212", checked_by="Registrator")
    with pytest.raises(InputProblem, match="Dagen"):
        key_changes.revoke_sender(
            office, key_id=key.keyid, reason="Stulen", checked_by="Registrator", day=date(2030, 1, 1)
        )
    ended = key_changes.revoke_sender(
        office, key_id=key.keyid, reason="Stulen dator.", checked_by="Registrator", day=date(2026, 9, 13)
    )
    assert (ended.status, ended.ended_at) == ("revoked", "2026-09-13")
    assert ended.note == "Stulen dator. Sagt av Registrator per telefon."
    assert "Sigillet för Lilla Edets kommun är spärrat" in history(office)
    with pytest.raises(InputProblem, match="redan spärrat"):
        key_changes.revoke_sender(office, key_id=key.keyid, reason="Igen", checked_by="Registrator")


def test_a_revocation_cannot_be_undone_but_a_new_seal_can_be_compared(
    edet: Workplace, office: Workplace, first: Path, send: Send
) -> None:
    """The lost key: revoked by a call, a new one is made at the next sealing, one call, and the period comes in."""
    (key,) = trust.senders(office)
    key_changes.revoke_sender(office, key_id=key.keyid, reason="Nyckeln är borta", checked_by="Socialchef")
    with pytest.raises(KeyProblem, match="Det går inte att ångra"):
        believe(office, next(first.parent.glob("*.nyckelkort")))
    changes.revoke_seal(edet, reason="Nyckeln är borta")
    assert seals.own_seal(edet) is None
    seals.make_key(edet, passphrase=NEW_PHRASE, rounds=1)
    package = send(8, NEW_PHRASE)
    assert codes(intake.receive(office, paths=[package])) == ["E10-UNKNOWNKEY"]
    believe(office, next(package.parent.glob("*.nyckelkort")))
    assert codes(intake.receive(office, paths=[package])) == ["OK"]
    assert sorted(each.status for each in trust.senders(office)) == ["active", "revoked"]


def test_a_new_seal_compared_by_telephone_takes_the_old_ones_place(
    edet: Workplace, office: Workplace, first: Path, send: Send
) -> None:
    seals.make_key(edet, passphrase=NEW_PHRASE, rounds=1)
    package = send(8, NEW_PHRASE)
    believe(office, next(package.parent.glob("*.nyckelkort")))
    old = next(each for each in trust.senders(office) if each.status == "replaced")
    assert (old.last_sequence, old.ended_at) == (1, "2026-09-14")
    with pytest.raises(KeyProblem, match="utbytt"):
        believe(office, next(first.parent.glob("*.nyckelkort")))


def test_two_officers_who_compare_the_same_sender_at_once_agree(make: Make, office: Workplace, first: Path) -> None:
    """Each has a store of their own, or the second comes after the first: nothing is lost and nobody is alarmed."""
    card = next(first.parent.glob("*.nyckelkort"))
    other = make("fyrbodal", name="andra")
    believe(other, card)
    believe(office, card)
    ours, theirs = trust.senders(office), trust.senders(other)
    assert [(each.keyid, each.status) for each in ours] == [(each.keyid, each.status) for each in theirs]
    assert codes(intake.receive(other, paths=[first])) == ["OK"]
    assert codes(intake.receive(office, paths=[first])) == ["E18-REPLAY"]


def test_a_pasted_text_is_compared_as_a_card_is(edet: Workplace, office: Workplace, make: Make, first: Path) -> None:
    card = next(first.parent.glob("*.nyckelkort"))
    found = trust.candidate(office, path=card)
    fresh = make("fyrbodal", name="ny")
    for text in (card.read_text(), f"\n{key_text('1462', found.public)} "):
        pasted = trust.candidate_of_text(fresh, text=text)
        assert (pasted.organisation.code, pasted.check_code) == ("1462", found.check_code)
        assert trust.senders(fresh) == (), "pasting believes nothing"
    with pytest.raises(WorldError):
        trust.candidate_of_text(fresh, text="Hej!")
    with pytest.raises(WorldError, match="finns inte i mått och listor"):
        trust.candidate_of_text(fresh, text=key_text("9999", found.public))


def test_that_they_have_compared_our_code_is_remembered_until_the_seal_is_another(
    edet: Workplace, first: Path, tmp_path: Path
) -> None:
    assert comparing.compared_ours(edet) == {}
    comparing.note_compared(edet, code="fyrbodal", function="Registrator")
    (noted,) = comparing.compared_ours(edet).values()
    assert comparing.told(noted) == "2026-09-14 per telefon, Registrator"
    assert history(edet)[0].endswith("har jämfört vår kontrollkod")
    with pytest.raises(PersonalData):
        comparing.note_compared(edet, code="14", function="19121212-1212")
    change(edet, tmp_path)
    assert comparing.compared_ours(edet) == {}
