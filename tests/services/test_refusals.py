"""Refused files: remembered when they are a known sender's own, never when the bytes prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.figures import CoverageRow, CoverageState
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.services import compilation, editing, intake, refusals
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import believe, put

Spoil = Callable[[bytes], bytes]


@pytest.fixture
def package(edet: Workplace, seal: Seal) -> Path:
    put(edet, SIP08=4)
    return seal(edet).file


@pytest.fixture
def office(fyrbodal: Workplace, package: Path) -> Workplace:
    believe(fyrbodal, next(package.parent.glob("*.nyckelkort")))
    return fyrbodal


def another_figure(data: bytes) -> bytes:
    """A figure changed on the way: E20."""
    return data.replace(b'"n":4', b'"n":5')


def another_seal(data: bytes) -> bytes:
    """The signed part changed on the way: nothing in it can be believed (E11 or E08)."""
    at = data.index(b'"sig":"') + 20
    return data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]


def spoilt(package: Path, tmp_path: Path, spoil: Spoil) -> Path:
    path = tmp_path / "inkorg" / package.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(spoil(package.read_bytes()))
    return path


def row_of(office: Workplace, period: Period, code: str = "1462") -> CoverageRow:
    found = compilation.coverage(office, period=period)
    return next(each for each in found.rows if each.organisation == code)


def test_a_file_harmed_on_the_way_is_remembered_with_its_reason(
    office: Workplace, package: Path, period: Period, tmp_path: Path
) -> None:
    bad = spoilt(package, tmp_path, another_figure)
    assert intake.receive(office, paths=[bad])[0].verdict.code == "E20"
    row = row_of(office, period)
    assert row.state is CoverageState.REJECTED
    assert row.refused is not None
    assert (row.refused.code, row.refused.file_name) == ("E20", package.name)
    assert "har ändrats på vägen" in row.refused.message
    assert "avvisad (E20)" in editing.history(office, limit=1)[0].label


def test_the_same_bytes_are_told_of_once_and_a_good_file_clears_them(
    office: Workplace, package: Path, period: Period, tmp_path: Path
) -> None:
    bad = spoilt(package, tmp_path, another_figure)
    for _ in range(2):
        intake.receive(office, paths=[bad])
    assert len(refusals.refused_files(office, period=period)) == 1
    assert intake.receive(office, paths=[package])[0].stored
    row = row_of(office, period)
    assert (row.state, row.refused) == (CoverageState.DELIVERED, None)
    assert len(refusals.refused_files(office, period=period)) == 1, "what happened stays known"


def test_looking_through_files_remembers_nothing_until_it_is_asked_for(
    office: Workplace, package: Path, period: Period, tmp_path: Path
) -> None:
    bad = spoilt(package, tmp_path, another_figure)
    judged = intake.judge(office, paths=[bad])
    assert refusals.refused_files(office, period=period) == ()
    assert intake.note_refused(office, judged.results)
    assert not intake.note_refused(office, judged.results)
    assert row_of(office, period).state is CoverageState.REJECTED


def test_bytes_whose_seal_does_not_hold_speak_of_nobody(
    office: Workplace, package: Path, period: Period, tmp_path: Path
) -> None:
    bad = spoilt(package, tmp_path, another_seal)
    assert intake.receive(office, paths=[bad])[0].verdict.code in ("E08", "E11")
    assert refusals.refused_files(office, period=period) == ()


def test_an_unknown_sender_is_not_named(fyrbodal: Workplace, package: Path, period: Period) -> None:
    assert intake.receive(fyrbodal, paths=[package])[0].verdict.code == "E10-UNKNOWNKEY"
    assert refusals.refused_files(fyrbodal, period=period) == ()


def test_what_a_delregion_is_sent_by_another_ones_member_is_not_remembered(
    make: Make, package: Path, period: Period
) -> None:
    simba = make("simba")
    believe(simba, next(package.parent.glob("*.nyckelkort")))
    assert intake.receive(simba, paths=[package])[0].verdict.code == "E16"
    assert refusals.refused_files(simba, period=period) == ()


GOOD = Verdict(
    outcome="refused", word="Skadad fil", code="E20", message="Sigillet stämmer inte.", trust="checked",
    issuer_code="1462", issuer_name="Lilla Edets kommun", kind="kommun", period="2026-T2", sequence=1,
)  # fmt: skip


def test_a_refusal_after_the_sender_is_known_may_be_told(fyrbodal: Workplace) -> None:
    for at, code in enumerate(sorted(refusals.AFTER_THE_SENDER_IS_KNOWN)):
        verdict = msgspec.structs.replace(GOOD, code=code)
        assert refusals.remember(fyrbodal, verdict=verdict, file_name="a.fardpaket", file_sha256=f"{at:064}"), code


def test_anything_else_is_never_told_of_anybody(fyrbodal: Workplace) -> None:
    proves_nothing = (
        *("E01", "E02-MAGIC", "E05", "E07", "E08", "E09", "E10-UNKNOWNKEY", "E10-REVOKED", "E10-ROTATED", "E11"),
        *("E11-SSHSIG", "E12", "E13-TYPE", "E15", "E18-REPLAY", "W01"),
    )
    changes: list[dict[str, str]] = [
        *({"code": code} for code in proves_nothing),
        *({"issuer_code": code} for code in ("1480", "fyrbodal", "")),
        *({"period": period} for period in ("", "2026-05", "nu")),
        {"trust": "unknown"},
        {"outcome": "ok"},
    ]
    for at, change in enumerate(changes):
        verdict = msgspec.structs.replace(GOOD, **change)
        kept = refusals.remember(fyrbodal, verdict=verdict, file_name="a.fardpaket", file_sha256=f"{at:064}")
        assert kept is None, change
