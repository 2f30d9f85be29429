"""What every service works on: one open store with its code book, a clock and a source of ids."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.codebook import CodeBook, codebook_from_json, codebook_to_json
from fardplan_desktop.domain.errors import InputProblem, StoreProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, period_of
from fardplan_desktop.host.clock import Clock, Ids, RandomBytes, stamp, today
from fardplan_desktop.store import packages
from fardplan_desktop.store.copying import copy_held
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

_LEFT_AFTER = 24 * 60 * 60
"""Seconds after which a copy that lies there was left by a crash."""
UNNAMED_FUNCTION = "Samordnare"
"""Who changes are signed by until a function is given in the settings."""


@dataclass(frozen=True)
class Workplace:
    """The only positional argument of every service function."""

    store: Store
    codebook: CodeBook
    clock: Clock
    ids: Ids
    random_bytes: RandomBytes

    @property
    def organisation(self) -> Organisation:
        """Whose store this is."""
        return self.codebook.organisation(self._setting("organisation"))

    @property
    def read_only(self) -> bool:
        """A copy of a file that somebody else has open: everything can be read, nothing changed."""
        return self.store.read_only

    @property
    def level(self) -> Level:
        return self.organisation.level

    @property
    def practice(self) -> bool:
        """A practice store seals and reads practice packages only."""
        return self.store.setting("practice") == "1"

    @property
    def demo(self) -> bool:
        """Invented figures; marked on every screen and print."""
        return self.store.setting("demo") == "1"

    @property
    def function(self) -> str:
        """The user's function, never a name."""
        return self.store.setting("function") or UNNAMED_FUNCTION

    @property
    def today(self) -> date:
        return today(self.clock)

    @property
    def signature(self) -> Signature:
        return Signature(self.function, stamp(self.clock()))

    @property
    def members(self) -> tuple[Organisation, ...]:
        """Municipalities whose figures are added up here today: itself, the delregion's, or all 49."""
        return self.members_in(period_of(self.today, self.codebook.reporting.type))

    def members_in(self, period: Period) -> tuple[Organisation, ...]:
        """The same on the period's last day."""
        own = self.organisation
        if own.level is Level.MUNICIPALITY:
            return (own,)
        if own.level is Level.DELREGION:
            return self.codebook.members(own.code, period.end)
        return self.codebook.municipalities

    def _setting(self, name: str) -> str:
        value = self.store.setting(name)
        if value is None:
            raise StoreProblem(
                f"{self.store.path.name} saknar uppgift om vilka ni är.", "", "Återställ den senaste säkerhetskopian."
            )
        return value


def create(
    path: Path,
    *,
    organisation: str,
    codebook: CodeBook,
    clock: Clock,
    ids: Ids,
    random_bytes: RandomBytes,
    practice: bool = False,
    demo: bool = False,
) -> Workplace:
    """A new store for this organisation: an SCB code, a delregion's id or 14. Raises InputProblem for another code."""
    if codebook.find(organisation) is None:
        raise InputProblem(
            f"”{organisation[:20]}” finns inte i mått och listor.",
            todo="Ange en kommunkod som 1462, en delregion som fyrbodal eller 14 för länet.",
        )
    settings = {
        "organisation": organisation,
        "practice": "1" if practice else "0",
        "demo": "1" if demo else "0",
        "created": stamp(clock()),
    }
    store = Store.create(path, settings)
    store.keep_code_book(codebook.version, codebook.sha256, canonical(codebook_to_json(codebook)))
    return Workplace(store, codebook, clock, ids, random_bytes)


def reopen(path: Path, *, shipped: CodeBook, clock: Clock, ids: Ids, random_bytes: RandomBytes) -> Workplace:
    """Open an existing store with the code book in force.

    Until the county has sealed a version that is the newest that came with a program; from then on only what the county
    has sealed counts, whatever number a later program brings.
    """
    store = Store.open(path)
    if not packages.sealed_code_books(store):
        store.keep_code_book(shipped.version, shipped.sha256, canonical(codebook_to_json(shipped)))
    return Workplace(store, _in_force(store), clock, ids, random_bytes)


def renewed(workplace: Workplace) -> Workplace:
    """The same workplace with the code book in force now, after a version has been sealed or read in."""
    return replace(workplace, codebook=_in_force(workplace.store))


def _in_force(store: Store) -> CodeBook:
    kept = store.code_book(max(packages.sealed_code_books(store), default=None))
    assert kept is not None, "a store is made with a version, and a sealed one is kept with its package"
    return codebook_from_json(kept)


def read_copy(
    path: Path, *, folder: Path, shipped: CodeBook, clock: Clock, ids: Ids, random_bytes: RandomBytes
) -> Workplace:
    """What a store that somebody else has open held just now, copied into ``folder``; nothing can be changed in it.

    Raises StoreProblem. Whoever opens the copy removes it; one that was left by a crash goes when the next is made.
    """
    _sweep(folder, clock().timestamp())
    copy = Path(tempfile.mkdtemp(dir=folder)) / path.name
    try:
        copy_held(path, copy)
        # Brought up to this version and given its code book while it can still be written.
        opened = reopen(copy, shipped=shipped, clock=clock, ids=ids, random_bytes=random_bytes)
        opened.store.close()
        return replace(opened, store=Store.open_to_read(copy))
    except BaseException:
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise


def drop_copy(workplace: Workplace) -> None:
    """Close a copy that was read, and remove it."""
    assert workplace.read_only, "only a copy is ever removed"
    workplace.store.close()
    shutil.rmtree(workplace.store.path.parent, ignore_errors=True)


def _sweep(folder: Path, now: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        # Another program may be removing its own copy just now.
        with suppress(OSError):
            if now - left.lstat().st_mtime > _LEFT_AFTER:
                shutil.rmtree(left, ignore_errors=True)
