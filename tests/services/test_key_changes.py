"""A sender's seal is changed, stolen, revoked or lost, and the office believes the right key afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.errors import InputProblem, KeyProblem, PersonalData, WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.exchange.key_text import key_text
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import (
    comparing,
    compilation,
    deliveries,
    editing,
    intake,
    key_changes,
    sealing,
    seals,
    trust,
)
from fardplan_desktop.services import seal_changes as changes
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, believe, put

NEW_PHRASE = "en-annan-for-proven"
Send = Callable[..., Path]


@pytest.fixture
def first(edet: Workplace, seal: Seal) -> Path:
    put(edet, SIP08=4)
    return seal(edet).file


@pytest.fixture
def office(fyrbodal: Workplace, first: Path) -> Workplace:
    """Has compared the kontrollkod, and taken in package number 1."""
    believe(fyrbodal, next(first.parent.glob("*.nyckelkort")))
    intake.receive(fyrbodal, paths=[first])
    return fyrbodal


@pytest.fixture
def send(edet: Workplace, period: Period, tmp_path: Path) -> Send:
    """The next package of a correction, with the key in use; by the thief when told so."""

    def sending(
        number: int, phrase: str = PASSPHRASE, *, by: Workplace = edet, number_of_package: int | None = None
    ) -> Path:
        with pytest.MonkeyPatch.context() as patch:
            if number_of_package is not None:
                patch.setattr(sealing, "_next_number", lambda *_: number_of_package)
            deliveries.reopen(by, period=period, reason="Rättelse.")
            put(by, SIP08=number)
            key = seals.open_seal(by, passphrase=phrase)
            folder = tmp_path / f"ut{number}"
            return deliveries.seal_period(
                by, period=period, folder=folder, key=key, approved_by="Socialchef", reason="Rättelse."
            ).file

    return sending


@pytest.fixture
def thief(edet: Workplace, first: Path, tmp_path: Path) -> Iterator[Workplace]:
    """Has the computer as it was when package number 1 had been sealed, and the passphrase too."""
    stolen = tmp_path / "stulen.fardplan"
    shutil.copy(edet.store.path, stolen)
    seeded = Seeded("thief", datetime(2026, 9, 15, 8, tzinfo=UTC))
    workplace = open_workplace(stolen, clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes)
    yield workplace
    workplace.store.close()


def change(workplace: Workplace, folder: Path, *, phrase: str = PASSPHRASE, new: str = NEW_PHRASE) -> Path:
    """Byt sigill; the file that tells it."""
    changes.change_seal(workplace, passphrase=phrase, new_passphrase=new, reason="Ny dator", rounds=1)
    file = folder / f"byte{new[:2]}.nyckelbyte"
    file.write_bytes(changes.rotation_file(workplace) or b"")
    return file


def codes(results: tuple[FileResult, ...]) -> list[str]:
    return [each.verdict.code for each in results]


def drawn_up(office: Workplace, period: Period) -> int | None:
    found = compilation.compile_period(office, period=period)
    return next(each.value for each in found.figures if each.measure == "SIP08" and each.breakdown is None)


def history(workplace: Workplace) -> list[str]:
    return [each.label for each in editing.history(workplace)]


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
