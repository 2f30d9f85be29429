"""What an office gets in its inbox: the invented packages of Fyrbodal's municipalities, whole and otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from fardplan_desktop.bootstrap import new_workplace, open_workplace, shipped_codebook
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import settings, trust
from fardplan_desktop.services.demo import make_example
from fardplan_desktop.services.demo_sender import Sender
from fardplan_desktop.services.demo_town import Town
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
T2 = parse_period("2026-T2")
NOT_DELIVERED = "1438"
CORRECTED = "1461"
LATE = "1427"
UNKNOWN, TAMPERED, READ_BEFORE, ELSEWHERE = "1485", "1484", "1421", "1486"
"""What is done to whose package in the inbox."""
SKARA = "1495"
LEAPING = NOT_DELIVERED


class Mail:
    """Packages and cards in a folder, made once for many tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.codebook = shipped_codebook()
        self._store = make_example(
            folder / "lan", organisation=self.codebook.organisation("fyrbodal"), codebook=self.codebook, years=1
        )

    def packages(self, code: str = "", period: Period = T2) -> list[Path]:
        """Of one municipality, or of all; the lower number first."""
        return sorted((self._folder / "lan" / "paket" / period.id).glob(f"{code}*"))

    def card(self, code: str) -> Path:
        return self._folder / "lan" / "avsandarkort" / f"avsandarkort_{code}.nyckelkort"

    def full_office(self, folder: Path) -> Workplace:
        """Everything of a year taken in; one has not delivered the last period, one was late, one has corrected."""
        return open_workplace(Path(shutil.copy(self._store, folder / "full.fardplan")), clock=clock().clock)

    def new_office(self, folder: Path, unknown: Collection[str] = ()) -> Workplace:
        """Nothing taken in; everyone but ``unknown`` is a known sender."""
        seeded = clock()
        office = new_workplace(
            folder / "kontor.fardplan", "fyrbodal", practice=True, clock=seeded.clock, ids=seeded.ids,
            random_bytes=seeded.bytes,
        )  # fmt: skip
        settings.set_function(office, function="Processledare")
        for each in office.members_in(T2):
            if each.code not in unknown:
                believe(office, self.card(each.code))
        return office

    def inbox(self, folder: Path) -> Path:
        """Fifteen files: eleven to read in, a changed one, an unknown sender, one for someone else, one read before."""
        folder.mkdir()
        for path in self.packages():
            data = path.read_bytes()
            if path.name.startswith(TAMPERED):
                data = changed(data)
            if path.name.startswith(ELSEWHERE):
                data = self.from_elsewhere()
            (folder / path.name).write_bytes(data)
        return folder

    def from_elsewhere(self) -> bytes:
        """Skara reports to another delregion; its card stays beside."""
        return self._sealed_by(SKARA, 1)

    def leap(self, folder: Path) -> Path:
        """A package whose number leaps over more than fifty."""
        path = folder / "hopp.fardpaket"
        path.write_bytes(self._sealed_by(LEAPING, 55))
        return path

    def _sealed_by(self, code: str, times: int) -> bytes:
        seeded = clock()
        town = Town(self.codebook, self.codebook.organisation(code), T2.months, Random(1), seeded.ids)
        sender = Sender(self.codebook, town, seeded.bytes(32))
        self.card(code).write_bytes(sender.card(seeded.clock()))
        return [sender.report(T2, seeded.clock(), ()) for _ in range(times)][-1][1]


def believe(office: Workplace, card: Path) -> None:
    """The sender is known from now on, as after a call."""
    found = trust.candidate(office, path=card)
    trust.trust(office, candidate=found, heard=heard(found, (0, 1)), checked_by="Registrator")


def changed(data: bytes) -> bytes:
    """A package with one figure changed by somebody on the way."""
    at = data.index(b'"n":') + 4
    return data[:at] + (b"1" if data[at : at + 1] != b"1" else b"2") + data[at + 1 :]


def heard(found: trust.Candidate, asked: tuple[int, int]) -> str:
    """What the sender reads aloud."""
    groups = found.check_code.split()
    return f"{groups[asked[0]]} {groups[asked[1]]}"


def window_of(
    office: Workplace, name: str, make: Callable[[PageContext, Session], Page], size: tuple[int, int] = (1366, 768)
) -> MainWindow:
    """A real window that shows one of the office's pages."""
    window = MainWindow()
    session = Session(office, window.jobs, window.messages, T2, window)
    session.changed.connect(window.refresh)
    window.set_pages([PageSpec(name, name, "inbox", lambda context: make(context, session))])
    window.resize(*size)
    window.show()
    window.go(name)
    return window


def find(within: QWidget, kind: type[W], name: str) -> W:
    found = within.findChild(kind, name)
    assert found is not None, name
    return found


def clock() -> Seeded:
    return Seeded("kontor", datetime(2026, 10, 2, 8, tzinfo=UTC))
