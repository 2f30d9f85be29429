"""The one composition root: paths → code book → store → workplace. Readable aloud."""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.host import paths
from fardplan_desktop.host.clock import Clock, Ids, RandomBytes, stamp, system_clock, system_ids
from fardplan_desktop.services import workplace
from fardplan_desktop.services.workplace import Workplace


@cache
def shipped_codebook() -> CodeBook:
    """The code book that came with the program; its texts are read once, since they cannot change under it."""
    return load_codebook(paths.code_book_texts())


def open_workplace(
    store: Path,
    *,
    clock: Clock = system_clock,
    ids: Ids = system_ids,
    random_bytes: RandomBytes = os.urandom,
) -> Workplace:
    """An existing store, locked for us until it is closed."""
    opened = workplace.reopen(store, shipped=shipped_codebook(), clock=clock, ids=ids, random_bytes=random_bytes)
    opened.store.announce(computer=platform.node(), who=opened.function, since=stamp(clock()))
    return opened


def open_backup(copy: Path, *, clock: Clock = system_clock) -> Workplace:
    """On a new computer: a backup from elsewhere, put among our own stores and opened there."""
    from fardplan_desktop.services import safekeeping

    opened = open_workplace(safekeeping.unpack(copy, folder=paths.home(), at=clock()), clock=clock)
    safekeeping.say_unpacked(opened, copy=copy)
    return opened


def read_copy(store: Path, *, clock: Clock = system_clock) -> Workplace:
    """A copy of a store that somebody else has open, to read in meanwhile."""
    return workplace.read_copy(
        store,
        folder=paths.read_copies(),
        shipped=shipped_codebook(),
        clock=clock,
        ids=system_ids,
        random_bytes=os.urandom,
    )


def new_workplace(
    store: Path,
    organisation: str,
    *,
    practice: bool = False,
    demo: bool = False,
    clock: Clock = system_clock,
    ids: Ids = system_ids,
    random_bytes: RandomBytes = os.urandom,
) -> Workplace:
    """A new store for an organisation."""
    made = workplace.create(
        store,
        organisation=organisation,
        codebook=shipped_codebook(),
        clock=clock,
        ids=ids,
        random_bytes=random_bytes,
        practice=practice,
        demo=demo,
    )
    made.store.announce(computer=platform.node(), who=made.function, since=stamp(clock()))
    return made


def example_workplace(folder: Path, organisation: str) -> Workplace:
    """A finished example of the organisation in its own folder, made the first time; every figure is invented."""
    from fardplan_desktop.services.demo import make_example

    codebook = shipped_codebook()
    place = folder / organisation
    made = sorted(place.glob("*.fardplan"))
    store = (
        made[0] if made else make_example(place, organisation=codebook.organisation(organisation), codebook=codebook)
    )
    return open_workplace(store)
