"""Two programs, a restored sender, a restored receiver: no false alarm, and no period is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import counts, deliveries, intake, reclaiming, safekeeping, seals, trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


def believe(office: Workplace, card: Path) -> None:
    found = trust.candidate(office, path=card)
    groups = found.check_code.split()
    trust.trust(office, candidate=found, heard=f"{groups[0]} {groups[1]}")


def correct(seal: Any, workplace: Workplace, period: Period, n: int, folder: Path) -> deliveries.Sealed:
    """Change a number of the sealed period and seal it again."""
    deliveries.reopen(workplace, period=period, reason="Felräknat")
    counts.put(workplace, values=[Count(measure="SIP08", period="2026-05", n=n)])
    sealed = seal(workplace, reason="Felräknat", folder=folder)
    assert isinstance(sealed, deliveries.Sealed)
    return sealed


def restored(workplace: Workplace, copy: Path) -> Workplace:
    path = workplace.store.path
    safekeeping.restore(workplace, copy=copy)
    return open_workplace(path)


def active(workplace: Workplace, direction: Direction, period: Period) -> list[int]:
    found = packages.list_deliveries(workplace.store, direction, period=period.id)
    return [each.sequence for each in found if each.active]


def test_a_restored_sender_takes_its_own_files_back_and_goes_on_as_if_nothing_was_lost(
    edet: Workplace, fyrbodal: Workplace, seal: Any, period: Period, tmp_path: Path
) -> None:
    first = seal(edet, folder=tmp_path / "ut")
    believe(fyrbodal, first.card)
    copy = safekeeping.back_up(edet).path
    second = correct(seal, edet, period, 5, tmp_path / "ut")
    assert [each.stored for each in intake.receive(fyrbodal, paths=[tmp_path / "ut"]) if each.verdict.code == "OK"]

    again = restored(edet, copy)
    assert reclaiming.was_restored(again)
    done = reclaiming.reclaim(again, paths=[tmp_path / "ut"])
    assert [each.digest for each in done.deliveries] == [second.delivery.digest]
    assert (done.known, done.others) == (1, 1)
    assert active(again, Direction.OWN, period) == [2]

    third = correct(seal, again, period, 6, tmp_path / "nytt")
    assert third.delivery.supersedes == second.delivery.digest
    (result,) = intake.receive(fyrbodal, paths=[third.file])
    assert result.stored, result.verdict
    assert active(fyrbodal, Direction.RECEIVED, period) == [third.delivery.sequence]
    again.store.close()


def test_without_its_files_a_restored_sender_is_told_apart_and_helped_by_the_receivers_copy(
    edet: Workplace, fyrbodal: Workplace, seal: Any, period: Period, tmp_path: Path
) -> None:
    first = seal(edet, folder=tmp_path / "ut")
    believe(fyrbodal, first.card)
    copy = safekeeping.back_up(edet).path
    correct(seal, edet, period, 5, tmp_path / "ut")
    intake.receive(fyrbodal, paths=[tmp_path / "ut"])
    shutil.rmtree(tmp_path / "ut")

    again = restored(edet, copy)
    third = correct(seal, again, period, 6, tmp_path / "nytt")
    (refused,) = intake.receive(fyrbodal, paths=[third.file])
    assert refused.verdict.code == "E18-SUPERSEDES"

    kept = next(each for each in packages.list_deliveries(fyrbodal.store, Direction.RECEIVED) if each.active)
    (tmp_path / "tillbaka").write_bytes(packages.delivery_file(fyrbodal.store, kept.digest))
    done = reclaiming.reclaim(again, paths=[tmp_path / "tillbaka"])
    assert [each.sequence for each in done.deliveries] == [2]
    fourth = correct(seal, again, period, 7, tmp_path / "nytt")
    assert fourth.delivery.supersedes == third.delivery.digest
    (result,) = intake.receive(fyrbodal, paths=[fourth.file])
    assert result.stored, result.verdict
    assert active(fyrbodal, Direction.RECEIVED, period) == [fourth.delivery.sequence]
    again.store.close()


def test_a_restored_receiver_reads_the_share_again(
    edet: Workplace, fyrbodal: Workplace, seal: Any, period: Period, tmp_path: Path
) -> None:
    first = seal(edet, folder=tmp_path / "ut")
    believe(fyrbodal, first.card)
    copy = safekeeping.back_up(fyrbodal).path
    correct(seal, edet, period, 5, tmp_path / "ut")
    intake.receive(fyrbodal, paths=[tmp_path / "ut"])
    again = restored(fyrbodal, copy)
    results = intake.receive(again, paths=[tmp_path / "ut"])
    assert [each.stored for each in results] == [True, True]
    assert active(again, Direction.RECEIVED, period) == [2]
    again.store.close()


def test_a_restored_receiver_who_only_gets_the_newest_has_no_period_twice(
    edet: Workplace, fyrbodal: Workplace, seal: Any, period: Period, tmp_path: Path
) -> None:
    first = seal(edet, folder=tmp_path / "ut")
    believe(fyrbodal, first.card)
    intake.receive(fyrbodal, paths=[first.file])
    copy = safekeeping.back_up(fyrbodal).path
    second = correct(seal, edet, period, 5, tmp_path / "ut")
    intake.receive(fyrbodal, paths=[second.file])
    third = correct(seal, edet, period, 6, tmp_path / "ut")
    again = restored(fyrbodal, copy)
    (result,) = intake.receive(again, paths=[third.file])
    assert result.stored, result.verdict
    assert "W01" in [each.code for each in result.verdict.warnings]
    assert active(again, Direction.RECEIVED, period) == [3]
    (older,) = intake.receive(again, paths=[second.file])
    assert older.verdict.code == "E18-ROLLBACK"
    again.store.close()


def test_a_file_sealed_by_another_key_or_for_another_organisation_is_not_taken_back(
    edet: Workplace, make: Any, seal: Any, tmp_path: Path
) -> None:
    tanum = make("1435")
    seal(tanum, folder=tmp_path / "ut")
    seals.make_key(edet, passphrase="en lösenfras för prov", rounds=1)
    done = reclaiming.reclaim(edet, paths=[tmp_path / "ut"])
    assert (done.deliveries, done.known, done.others) == ((), 0, 2)


def test_two_programs_on_copies_of_one_store_are_told_apart_by_their_numbers(
    edet: Workplace, fyrbodal: Workplace, seal: Any, period: Period, tmp_path: Path
) -> None:
    """Somebody carried the store file to a second computer and both sealed: an alarm that is true, and a way out."""
    first = seal(edet, folder=tmp_path / "ut")
    believe(fyrbodal, first.card)
    intake.receive(fyrbodal, paths=[first.file])
    path = edet.store.path
    edet.store.close()
    shutil.copy(path, tmp_path / "annan.fardplan")
    one, two = open_workplace(path), open_workplace(tmp_path / "annan.fardplan")
    mine, theirs = correct(seal, one, period, 5, tmp_path / "a"), correct(seal, two, period, 6, tmp_path / "b")
    assert [each.verdict.code for each in intake.receive(fyrbodal, paths=[mine.file, theirs.file])] == [
        "OK", "E18-EQUIVOCATION",
    ]  # fmt: skip
    assert reclaiming.reclaim(two, paths=[mine.file]).others == 1
    two.store.close()
    last = correct(seal, one, period, 6, tmp_path / "a")
    (result,) = intake.receive(fyrbodal, paths=[last.file])
    assert result.stored, result.verdict
    one.store.close()
