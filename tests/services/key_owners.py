"""A municipality, the office that knows its seal, and the thief who has the computer as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import compilation, deliveries, editing, intake, sealing, seals
from fardplan_desktop.services import seal_changes as changes
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Seal
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
