"""The deviations page in a window over a real store in Lilla Edet, 14 September 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations.page import DeviationsPage
from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.closing import let_go


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    seeded = Seeded(7, datetime(2026, 9, 14, 8, tzinfo=UTC))
    made = new_workplace(
        tmp_path / "le.fardplan", "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, workplace: Workplace) -> Iterator[MainWindow]:
    made = MainWindow()
    session = Session(workplace, made.jobs, made.messages, parse_period("2026-T2"), made)
    session.changed.connect(made.refresh)
    made.undo_asked.connect(session.undo)
    made.set_pages([PageSpec("deviations", "Avvikelser", "triangle-alert", lambda ctx: DeviationsPage(ctx, session))])
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    let_go(made)
