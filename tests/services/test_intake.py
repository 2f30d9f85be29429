"""Taking in packages: every outcome a user meets, and nothing half-done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.progress import Cancelled, CancelToken, Done, Started, Step, Work
from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import compilation, deliveries, intake, sealing, seals
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages
from tests.exchange.conftest import Forge
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, believe, put

Correct = Callable[[int], Path]


@pytest.fixture
def package(edet: Workplace, seal: Seal) -> Path:
    put(edet, SIP08=4)
    return seal(edet).file


@pytest.fixture
def office(fyrbodal: Workplace, package: Path) -> Workplace:
    believe(fyrbodal, next(package.parent.glob("*.nyckelkort")))
    return fyrbodal


@pytest.fixture
def correct(edet: Workplace, seal: Seal, period: Period) -> Correct:
    """Seals the period again with another number of plans."""

    def correcting(number: int) -> Path:
        deliveries.reopen(edet, period=period, reason="Rättelse.")
        put(edet, SIP08=number)
        return seal(edet, reason="Rättelse.").file

    return correcting


def outcomes(workplace: Workplace, *paths: Path, dry_run: bool = False) -> list[tuple[str, bool]]:
    return [(each.verdict.word, each.stored) for each in intake.receive(workplace, paths=paths, dry_run=dry_run)]


def drawn_up(workplace: Workplace, period: Period) -> int | None:
    found = compilation.compile_period(workplace, period=period)
    return next(each.value for each in found.figures if each.measure == "SIP08" and each.breakdown is None)


def test_a_known_sender_is_read_in_once(office: Workplace, package: Path, period: Period) -> None:
    assert outcomes(office, package, dry_run=True) == [("Ny", False)]
    assert drawn_up(office, period) is None
    assert outcomes(office, package) == [("Ny", True)]
    assert outcomes(office, package) == [("Redan inläst", False)]
    assert drawn_up(office, period) == 4


def test_an_unknown_sender_is_named_by_our_own_code_book(fyrbodal: Workplace, package: Path) -> None:
    (result,) = intake.receive(fyrbodal, paths=[package])
    assert (result.verdict.code, result.stored) == ("E10-UNKNOWNKEY", False)
    assert "Ring Lilla Edets kommun" in result.verdict.message
    assert len(result.verdict.check_code.split()) == 6


def test_a_correction_replaces_and_the_older_one_is_kept(
    office: Workplace, package: Path, correct: Correct, period: Period
) -> None:
    outcomes(office, package)
    assert outcomes(office, correct(5)) == [("Ersätter tidigare", True)]
    assert drawn_up(office, period) == 5
    kept = packages.list_deliveries(office.store, Direction.RECEIVED)
    assert [(each.sequence, each.active) for each in kept] == [(1, False), (2, True)]
    assert outcomes(office, package) == [("Redan inläst", False)]


def test_a_folder_with_both_is_read_in_order_whatever_the_files_are_called(
    office: Workplace, package: Path, correct: Correct, period: Period, tmp_path: Path
) -> None:
    first = package.read_bytes()
    second = correct(5).read_bytes()
    folder = tmp_path / "inkorg"
    folder.mkdir()
    (folder / "a.fardpaket").write_bytes(second)
    (folder / "b.zip").write_bytes(first)
    (folder / ".dold").write_bytes(b"x")
    assert outcomes(office, folder, dry_run=True) == [("Ersätter tidigare", False), ("Ny", False)]
    assert outcomes(office, folder) == [("Ersätter tidigare", True), ("Ny", True)]
    assert drawn_up(office, period) == 5


def test_an_older_package_is_refused_after_a_newer_one(office: Workplace, package: Path, correct: Correct) -> None:
    first = package.read_bytes()
    newer = correct(5)
    (result,) = intake.receive(office, paths=[newer])
    assert "W06" in [warning.code for warning in result.verdict.warnings]
    package.write_bytes(first)
    assert outcomes(office, package) == [("Äldre än den ni har", False)]


def test_a_changed_byte_is_seen(office: Workplace, package: Path, period: Period) -> None:
    package.write_bytes(package.read_bytes().replace(b'"n":4', b'"n":9'))
    (result,) = intake.receive(office, paths=[package])
    assert result.verdict.word == "Sigillet stämmer inte"
    assert drawn_up(office, period) is None


def test_another_delregions_package_is_not_for_us(make: Make, package: Path, seal: Seal) -> None:
    samla = make("samla")
    believe(samla, next(package.parent.glob("*.nyckelkort")))
    assert outcomes(samla, package) == [("Ställd till någon annan", False)]


def test_a_practice_package_stays_out_of_a_real_store(make: Make, package: Path) -> None:
    real = make("fyrbodal", practice=False, name="riktig")
    believe(real, next(package.parent.glob("*.nyckelkort")))
    assert outcomes(real, package) == [("Fel slags fil", False)]


def test_what_is_no_package_gets_an_answer_of_its_own(office: Workplace, tmp_path: Path, package: Path) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text("Hej!")
    missing = tmp_path / "saknas.fardpaket"
    assert outcomes(office, letter, missing, package) == [
        ("Fel slags fil", False),
        ("Skadad fil", False),
        ("Ny", True),
    ]


def test_cards_are_found_by_content_and_left_out_of_the_packages(office: Workplace, package: Path) -> None:
    card = next(package.parent.glob("*.nyckelkort"))
    renamed = card.rename(card.with_name("paket.fardpaket"))
    judged = intake.judge(office, paths=[package.parent])
    assert judged.cards == (renamed,)
    assert [each.path for each in judged.results] == [package]


def test_what_cannot_be_looked_into_gets_an_answer_of_its_own(
    office: Workplace, tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "stängd"
    closed.mkdir()
    looked = Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path == closed:
            raise PermissionError(path)
        return looked(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    given = (closed, tmp_path / ("å" * 300), package)
    assert outcomes(office, *given) == [("Skadad fil", False), ("Skadad fil", False), ("Ny", True)]
    assert intake.judge(office, paths=given).cards == ()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_a_name_that_is_no_text_stops_neither_its_package_nor_the_rest(
    office: Workplace, tmp_path: Path, package: Path
) -> None:
    odd = tmp_path / "p\udce5ket.fardpaket"
    odd.write_bytes(package.read_bytes())
    assert outcomes(office, odd, package) == [("Ny", True), ("Redan inläst", False)]
    assert intake.recent(office)[0].file_name == "p?ket.fardpaket"


def test_a_leap_of_more_than_fifty_needs_a_yes(
    office: Workplace, edet: Workplace, package: Path, seal: Seal, correct: Correct, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes(office, package)
    monkeypatch.setattr(sealing, "_AFTER_RESTORE", 60)
    edet.store.set_setting("restored", "1")
    leaping = correct(5)
    (refused,) = intake.receive(office, paths=[leaping])
    assert (refused.verdict.code, refused.stored) == ("W01", False)
    (accepted,) = intake.receive(office, paths=[leaping], accept_jump=True)
    assert accepted.stored


def test_progress_is_told_and_a_cancel_keeps_what_was_read_in(office: Workplace, package: Path) -> None:
    told: list[object] = []
    intake.receive(office, paths=[package], work=Work(told.append))
    assert told == [Started("Läser in paket", 1, "filer"), Step(0, package.name), Done()]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        intake.receive(office, paths=[package], work=Work(cancel=token))


class StopAt(CancelToken):
    """Raised when it is looked at for the nth time."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self.left = nth

    @property
    @override
    def cancelled(self) -> bool:
        self.left -= 1
        return self.left <= 0


def test_a_cancel_at_any_moment_leaves_whole_packages_and_says_which(
    office: Workplace, package: Path, correct: Correct
) -> None:
    first = package.read_bytes()
    paths = [correct(5), package]
    package.write_bytes(first)
    told: list[intake.FileResult] = []
    for moment in count(1):
        cancel = StopAt(moment)
        try:
            results = intake.receive(office, paths=paths, work=Work(cancel=cancel), told=told.append)
        except Cancelled:
            whole = [each for each in told if each.stored]
            assert [each.digest for each in reversed(intake.recent(office))] == [e.verdict.digest for e in whole]
            assert sum(map(len, packages.received(office.store, Count).values())) == min(1, len(whole))
        else:
            break
    assert moment > 8, "it is asked between files and inside each"
    assert [each.verdict.word for each in results] == ["Ersätter tidigare", "Redan inläst"]
    assert office.store.check() is None


def test_a_file_is_opened_once_to_be_sorted_out_and_once_to_be_read_in(
    office: Workplace, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    opening = Path.open

    def counted(path: Path, *given: Any, **more: Any) -> Any:
        opened.append(path.name)
        return opening(path, *given, **more)

    monkeypatch.setattr(Path, "open", counted)
    intake.receive(office, paths=[package.parent])
    assert opened.count(package.name) == 2


def test_verify_changes_nothing(office: Workplace, package: Path) -> None:
    before = office.store.history_head()
    alone, against = intake.verify_file(package), intake.verify_file(package, workplace=office)
    assert (alone.outcome, alone.trust) == ("ok", "unknown")
    assert (against.outcome, against.trust, against.issuer_name) == ("ok", "checked", "Lilla Edets kommun")
    assert office.store.history_head() == before


def test_a_second_package_with_the_same_number_is_an_alarm(
    office: Workplace, edet: Workplace, package: Path, tmp_path: Path
) -> None:
    """A sender, or whoever has its key, tells two offices different things under one number."""
    key = seals.open_seal(edet, passphrase=PASSPHRASE)
    assert intake.receive(office, paths=[package])[0].stored
    for change, code in (
        ({"sequence": 1, "approvedAt": "2026-09-13T08:00:00Z"}, "E18-EQUIVOCATION"),
        ({"sequence": 2}, "E18-SUPERSEDES"),
        ({"sequence": 2, "supersedes": {"sequence": 1, "statementSha256": "e" * 64}}, "E18-SUPERSEDES"),
    ):
        forge = Forge(package.read_bytes(), key)
        forge.predicate.update(change)
        rival = tmp_path / "rival.fardpaket"
        rival.write_bytes(forge.build())
        (result,) = intake.receive(office, paths=[rival])
        assert (result.verdict.code, result.stored, result.verdict.word) == (code, False, "Krock")
    assert len(intake.recent(office)) == 1


def test_a_package_under_another_organisations_name_or_for_another_office_is_not_taken(
    office: Workplace, edet: Workplace, package: Path, tmp_path: Path
) -> None:
    key = seals.open_seal(edet, passphrase=PASSPHRASE)
    for field, value, code in (
        ("issuer", {"type": "kommun", "code": "1461", "name": "Melleruds kommun"}, "E15"),
        ("audience", [{"type": "delregion", "code": "sodra-alvsborg", "name": "x"}], "E16"),
        ("codeBook", {"version": 99, "sha256": "e" * 64}, "E23-CODEBOOK"),
        ("codeBook", {"version": 2, "sha256": "e" * 64}, "E23-CODEBOOK"),
    ):
        forge = Forge(package.read_bytes(), key)
        forge.predicate[field] = value
        path = tmp_path / "annan.fardpaket"
        path.write_bytes(forge.build())
        assert intake.receive(office, paths=[path])[0].verdict.code == code, value
    assert intake.recent(office) == ()
