"""A municipality and its delregion, each knowing the other's seal: what goes between them, without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import counts, deliveries, intake, opening, seals
from fardplan_desktop.services.deliveries import Sealed
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.workplace import Workplace
from tests.services.steps import PASSPHRASE, believe

T2 = parse_period("2026-T2")
DAY = datetime(2026, 9, 14, 8, tzinfo=UTC)


def workplace(folder: Path, code: str, *, name: str = "", at: datetime = DAY) -> Workplace:
    """A practice store with a quickly opened key."""
    seeded = Seeded(code, at)
    made = new_workplace(
        folder / f"{name or code}.fardplan", code, practice=True, clock=seeded.clock, ids=seeded.ids,
        random_bytes=seeded.bytes,
    )  # fmt: skip
    seals.make_key(made, passphrase=PASSPHRASE, rounds=1)
    return made


def acquaint(folder: Path, one: Workplace, other: Workplace) -> None:
    """Each knows the other's seal."""
    for known, by in ((one, other), (other, one)):
        card = folder / f"{known.organisation.code}.nyckelkort"
        card.write_bytes(seals.kept_card(known))
        believe(by, card)


def hand_in(sender: Workplace, folder: Path, numbers: Mapping[str, int] | None = None, reason: str = "") -> Sealed:
    """Counts of May by measure, sealed for the second tertial."""
    if numbers:
        counts.put(sender, values=[Count(measure=measure, period="2026-05", n=n) for measure, n in numbers.items()])
    key = seals.open_seal(sender, passphrase=PASSPHRASE)
    return deliveries.seal_period(
        sender, period=T2, folder=folder, key=key, approved_by="Socialchef", reason=reason or None
    )


def take(receiver: Workplace, file: Path, *, dry_run: bool = False) -> FileResult:
    """What became of one file."""
    opener = opening.opener(receiver, passphrase=PASSPHRASE)
    (result,) = intake.receive(receiver, paths=[file], opener=opener, dry_run=dry_run)
    return result
