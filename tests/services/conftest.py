"""Workplaces to try the services in: practice stores with a seeded clock, in Lilla Edet and in its delregion."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import new_workplace, open_workplace, shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import deliveries, seals
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.demo import make_example
from fardplan_desktop.services.workplace import Workplace
from tests.services.steps import PASSPHRASE

Make = Callable[..., Workplace]
Seal = Callable[..., Sealed]


@pytest.fixture(scope="session")
def book() -> CodeBook:
    return shipped_codebook()


@pytest.fixture
def period() -> Period:
    return parse_period("2026-T2")


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes a workplace for an organisation; it is closed afterwards."""
    made: list[Workplace] = []

    def making(organisation: str, *, practice: bool = True, name: str = "") -> Workplace:
        seeded = Seeded(organisation, datetime(2026, 9, 14, 8, tzinfo=UTC))
        path = tmp_path / f"{name or organisation}.fardplan"
        made.append(
            new_workplace(
                path,
                organisation,
                practice=practice,
                clock=seeded.clock,
                ids=seeded.ids,
                random_bytes=seeded.bytes,
            )
        )
        return made[-1]

    yield making
    for each in made:
        each.store.close()


@pytest.fixture
def edet(make: Make) -> Workplace:
    return make("1462")


@pytest.fixture
def fyrbodal(make: Make) -> Workplace:
    return make("fyrbodal")


@pytest.fixture
def seal(tmp_path: Path, period: Period) -> Seal:
    """Seals the period, with a key made the first time."""

    def sealing(workplace: Workplace, when: Period = period, **given: object) -> Sealed:
        if seals.own_seal(workplace) is None:
            seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
        key = seals.open_seal(workplace, passphrase=PASSPHRASE)
        reason, strict = given.get("reason"), bool(given.get("strict"))
        return deliveries.seal_period(
            workplace,
            period=when,
            folder=Path(str(given.get("folder") or tmp_path / "ut")),
            key=key,
            approved_by="Socialchef",
            reason=None if reason is None else str(reason),
            strict=strict,
        )

    return sealing


@pytest.fixture(scope="session")
def samla_store(tmp_path_factory: pytest.TempPathFactory, book: CodeBook) -> Path:
    """SAMLA with what its two members have sent in a year; copied by whoever changes it."""
    folder = tmp_path_factory.mktemp("samla")
    return make_example(folder / "lan", organisation=book.organisation("samla"), codebook=book, years=1)


@pytest.fixture
def samla(samla_store: Path, tmp_path: Path) -> Iterator[Workplace]:
    seeded = Seeded("samla", datetime(2026, 10, 2, 8, tzinfo=UTC))
    made = open_workplace(Path(shutil.copy(samla_store, tmp_path / "samla.fardplan")), clock=seeded.clock)
    yield made
    made.store.close()
