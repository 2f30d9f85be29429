"""Sealing a period: what leaves, what is refused, what a correction is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, KeyProblem, Locked, PersonalData
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import activities, deliveries, deviations, papers, plan_copy, quality, seals
from fardplan_desktop.services.editing import undo
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, put


def opened(file: Path) -> Opened:
    return open_package(file.read_bytes(), None)


def deviation(workplace: Workplace, day: date) -> Deviation:
    draft = msgspec.structs.replace(deviations.blank(workplace), registered=day, month=f"{day:%Y-%m}")
    return deviations.add(workplace, draft=msgspec.structs.replace(draft, reference="Ärende 4711"))[0]


def test_a_plan_for_next_year_is_told_of_when_its_year_has_begun(edet: Workplace, seal: Seal) -> None:
    made, _ = activities.add(edet, title="Rutin för SIP")
    (plan,) = activities.plans(edet)
    plan_copy.copy_to_next_year(edet, plan=plan)
    (brought,) = [each for each in activities.activities(edet) if each.id != made.id]
    activities.check_in(edet, activity=brought, status="pagar", forecast=None, comment="För tidigt")
    put(edet, SIP08=4)
    sent = opened(seal(edet).file).rows
    assert ([row.id for row in sent.activities], sent.check_ins) == ([made.id], ())
    assert papers.meeting_paper(edet, period=parse_period("2026-T2")).summary[0].startswith("Av en aktivitet")
    assert papers.meeting_paper(edet, period=parse_period("2027-T1")).summary[0].startswith("Av 2 aktiviteter")


def test_a_sealed_period_holds_its_counts_and_all_activities(edet: Workplace, seal: Seal) -> None:
    activities.add_joint(edet)
    put(edet, SIP08=4)
    put(edet, "2026-09", SIP08=9)
    found = opened(seal(edet).file)
    assert [(row.id, row.n) for row in found.rows.counts] == [("SIP08/2026-05", 4)]
    assert len(found.rows.activities) == 10
    assert (found.verdict.issuer_code, found.verdict.audience_code, found.verdict.practice) == (
        "1462",
        "fyrbodal",
        True,
    )


def test_what_is_local_never_leaves(edet: Workplace, seal: Seal) -> None:
    deviation(edet, date(2026, 6, 3))
    assert b"4711" not in seal(edet).file.read_bytes()


def test_sealing_again_with_nothing_changed_writes_the_same_bytes(edet: Workplace, seal: Seal, tmp_path: Path) -> None:
    put(edet, SIP08=4)
    first = seal(edet)
    bytes_before = first.file.read_bytes()
    first.file.unlink()
    again = seal(edet)
    assert again.repeated
    assert again.file.read_bytes() == bytes_before
    assert [each.name for each in (tmp_path / "ut").iterdir() if each.suffix == ".del"] == []


def test_a_sealed_period_is_locked_until_it_is_reopened_with_a_reason(
    edet: Workplace, seal: Seal, period: Period
) -> None:
    put(edet, SIP08=4)
    seal(edet)
    with pytest.raises(Locked):
        put(edet, SIP08=5)
    with pytest.raises(Locked):
        undo(edet)
    with pytest.raises(InputProblem, match="Orsaken saknas"):
        deliveries.reopen(edet, period=period, reason=" ")
    deliveries.reopen(edet, period=period, reason="En plan saknades.")
    put(edet, SIP08=5)
    for none in (None, "", " \n"):
        with pytest.raises(InputProblem, match="behöver en orsak"):
            seal(edet, reason=none)
    corrected = opened(seal(edet, reason="En plan saknades.").file)
    first, second = reversed(deliveries.sent(edet))
    assert corrected.verdict.supersedes == (1, first.digest)
    assert (first.active, second.active, second.sequence) == (False, True, 2)
    assert deliveries.locked(edet, period=period)


def test_a_reason_with_a_personal_number_is_refused(edet: Workplace, seal: Seal, period: Period) -> None:
    put(edet, SIP08=4)
    seal(edet)
    with pytest.raises(PersonalData):
        deliveries.reopen(edet, period=period, reason="Gällde 19121212-1212.")


def test_an_error_refuses_the_seal_and_a_warning_does_not(edet: Workplace, seal: Seal, period: Period) -> None:
    put(edet, SIP04=3, SIP05=4)
    with pytest.raises(InputProblem, match="Den enskilde deltog i 4 möten"):
        seal(edet)
    put(edet, SIP05=3)
    with pytest.raises(InputProblem, match="saknas"):
        seal(edet, strict=True)
    assert deliveries.sent(edet) == ()
    assert all(not each.blocks for each in seal(edet).warnings)


def test_comments_let_a_strict_seal_through_and_travel_with_the_package(
    edet: Workplace, seal: Seal, period: Period
) -> None:
    put(edet, SIP08=4)
    quality.comment(edet, problems=quality.problems(edet, period=period), text="Ingen har räknat.")
    found = opened(seal(edet, strict=True).file)
    broken = {row.comment for row in found.rows.rules if row.outcome == "broken"}
    assert broken == {"Ingen har räknat."}


def test_a_deviation_goes_with_its_period_and_again_when_it_has_changed(edet: Workplace, seal: Seal) -> None:
    before, after = deviation(edet, date(2026, 3, 3)), deviation(edet, date(2026, 5, 4))
    first = opened(seal(edet, parse_period("2026-T1")).file)
    assert [row.id for row in first.rows.deviations] == [before.id]
    assert [row.id for row in opened(seal(edet).file).rows.deviations] == [after.id]
    stored = next(each for each in deviations.deviations(edet) if each.id == before.id)
    deviations.update(edet, before=stored, after=msgspec.structs.replace(stored, status="utreds"))
    again = opened(seal(edet, reason="Status har ändrats.").file)
    assert {row.id: row.status for row in again.rows.deviations} == {before.id: "utreds", after.id: "registrerad"}


@pytest.mark.parametrize("wrong", ["2026-05", "2026", "2026-Q2"])
def test_only_the_reporting_period_is_sealed(edet: Workplace, seal: Seal, wrong: str) -> None:
    with pytest.raises(InputProblem, match="rapporteras inte"):
        seal(edet, parse_period(wrong))


def test_a_period_that_has_not_begun_is_a_slip_of_the_hand_or_of_the_clock(edet: Workplace, seal: Seal) -> None:
    with pytest.raises(InputProblem, match="Tertial 1 2099 har inte börjat"):
        seal(edet, parse_period("2099-T1"))
    assert deliveries.sent(edet) == ()


def test_an_office_seals_no_periods(fyrbodal: Workplace, period: Period) -> None:
    with pytest.raises(InputProblem, match="förseglar inga perioder"):
        deliveries.preview(fyrbodal, period=period)


def test_the_preview_says_whether_anything_has_changed(edet: Workplace, seal: Seal, period: Period) -> None:
    put(edet, SIP08=4)
    assert deliveries.preview(edet, period=period).changed
    seal(edet)
    assert not deliveries.preview(edet, period=period).changed
    activities.add(edet, title="Ny sedan sist")
    assert deliveries.preview(edet, period=period).changed


def test_the_kept_card_is_the_one_beside_the_package(edet: Workplace, seal: Seal) -> None:
    with pytest.raises(KeyProblem, match="inget sigill"):
        seals.kept_card(edet)
    sealed = seal(edet)
    assert seals.kept_card(edet) == sealed.card.read_bytes()


def test_the_key_opens_with_its_passphrase_only(edet: Workplace) -> None:
    with pytest.raises(KeyProblem, match="för kort"):
        seals.make_key(edet, passphrase="kort")
    made = seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)
    assert seals.open_seal(edet, passphrase=PASSPHRASE).keyid == made.key_id
    with pytest.raises(KeyProblem, match="går inte att öppna"):
        seals.open_seal(edet, passphrase=PASSPHRASE + "!")


def test_a_real_store_seals_real_packages(make: Make, seal: Seal) -> None:
    assert not opened(seal(make("1461", practice=False)).file).verdict.practice


@pytest.mark.parametrize(
    ("approved_by", "reason"), [("Chef 19121212-1212", None), ("Socialchef", "Gällde 19121212-1212")]
)
def test_the_words_beside_the_rows_are_guarded_too(
    edet: Workplace, period: Period, tmp_path: Path, approved_by: str, reason: str | None
) -> None:
    seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(edet, passphrase=PASSPHRASE)
    with pytest.raises(PersonalData):
        deliveries.seal_period(edet, period=period, folder=tmp_path, key=key, approved_by=approved_by, reason=reason)
    assert deliveries.sent(edet) == ()


@pytest.mark.parametrize(
    ("approved_by", "sentence"),
    [("x" * 81, "högst 80 tecken"), ("Social\nchef", "inte syns"), ("A\x1b[0m", "inte syns")],
)
def test_who_approves_is_a_function_that_a_package_can_hold(
    edet: Workplace, period: Period, tmp_path: Path, approved_by: str, sentence: str
) -> None:
    seals.make_key(edet, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(edet, passphrase=PASSPHRASE)
    with pytest.raises(InputProblem, match=sentence):
        deliveries.seal_period(edet, period=period, folder=tmp_path, key=key, approved_by=approved_by)


def test_a_correction_opened_by_mistake_is_closed_by_sealing_again_unchanged(
    edet: Workplace, period: Period, seal: Seal
) -> None:
    seal(edet)
    deliveries.reopen(edet, period=period, reason="Trodde att maj var fel")
    assert not deliveries.locked(edet, period=period)
    assert seal(edet).repeated
    assert deliveries.locked(edet, period=period)
    assert len(deliveries.sent(edet)) == 1
