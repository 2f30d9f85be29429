"""Ta emot with the worst of folders: 25 good packages among one file for every code that says no."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import open_workplace
from fardplan_desktop.services import intake
from fardplan_desktop.ui.intake.batch import Batch
from fardplan_desktop.ui.intake.file_row import FileRow
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.jobs.runner import Job
from fardplan_desktop.ui.parts.segments import Segments
from tests import wrong_packages
from tests.ui.intake.desk import Desk
from tests.ui.office import find, window_of

SORT_OUT = len(wrong_packages.FORGED) + 4 + 5
"""All but the one that is read in already."""
BEFORE = f"{SORT_OUT + 26} filer: 25 att läsa in, {SORT_OUT} att reda ut, 1 redan inläst."


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder ``inkorg`` and the store that knows its senders, made once."""
    place = tmp_path_factory.mktemp("post")
    office = wrong_packages.office(place / "kontor.fardplan", place / "inkorg")
    wrong_packages.fill(place / "inkorg", office)
    office.store.close()
    return place


@pytest.fixture
def desk(qtbot: QtBot, post: Path, tmp_path: Path) -> Iterator[Desk]:
    office = open_workplace(Path(shutil.copy(post / "kontor.fardplan", tmp_path)))
    window = window_of(office, "intake", IntakePage, (911, 512))
    qtbot.addWidget(window)
    sitting = Desk(qtbot, window, office)
    sitting.drop(post / "inkorg")
    sitting.wait_for(BEFORE)
    yield sitting
    window.jobs.close()
    office.store.close()


def title(desk: Desk, group: str) -> str:
    return find(desk.page, QLabel, f"group_{group}_title").text()


def rows(desk: Desk) -> list[FileRow]:
    return [each for each in desk.page.findChildren(FileRow) if each.isVisible()]


def places(desk: Desk) -> list[int]:
    """How far down each line lies."""
    return [each.mapTo(desk.page, QPoint(0, 0)).y() for each in rows(desk)]


def test_all_lie_in_three_groups_with_counts_and_the_keyboard_reaches_them(desk: Desk) -> None:
    assert [title(desk, each) for each in ("sort_out", "ready", "done")] == [
        f"Att reda ut: {SORT_OUT}", "Att läsa in: 25", "Redan inlästa: 1",
    ]  # fmt: skip
    tally = find(desk.page, QLabel, "group_sort_out_tally").text()
    assert tally.startswith(
        "Okänd avsändare 3 · Annan version av mått och listor 1 · Krock 3 · Sigillet stämmer inte 5"
    )
    assert "1 avsändarkort ligger med" in find(desk.page, QLabel, "intake_cards").text()
    sift = find(desk.page, Segments, "intake_filter")
    for shown in (SORT_OUT, 25, 1):
        QTest.keyClick(sift, Qt.Key.Key_Right)
        assert len(rows(desk)) == shown
    QTest.keyClick(sift, Qt.Key.Key_Left)
    QTest.keyClick(desk.window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    first, second = rows(desk)[:2]
    assert desk.window.focusWidget() is first.verb
    QTest.keyClick(desk.window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.focusWidget() is second.verb


def test_no_line_moves_while_packages_are_read_in_and_each_says_what_became_of_it(desk: Desk) -> None:
    shown = [each.objectName() for each in rows(desk)]
    seen: set[tuple[int, ...]] = set()
    batch = desk.page.findChild(Batch)
    assert batch is not None
    batch.became.connect(lambda _result: seen.add(tuple(places(desk))), Qt.ConnectionType.QueuedConnection)
    below = desk.window.mapFromGlobal(desk.page.mapToGlobal(QPoint(0, 0))).y()
    desk.press("intake_read")
    desk.wait_for(f"{SORT_OUT + 26} filer: {SORT_OUT} att reda ut, 25 inlästa, 1 redan inläst.")
    moved_by_work_line = {each[0] for each in seen}
    assert len({tuple(y - each[0] for y in each) for each in seen}) == 1, "nothing moves beside another"
    assert len(moved_by_work_line) <= 2, f"all at once when the work line comes, {below}"
    assert [each.objectName() for each in rows(desk)] == shown
    assert title(desk, "ready") == "Inlästa: 25"
    said = [find(each, QLabel, f"{each.objectName()}_sentence").text() for each in rows(desk)]
    assert sum(each.startswith("Inläst. ") for each in said) == 25


def test_avbryt_keeps_what_is_read_in_and_the_rest_waits_in_its_place(desk: Desk) -> None:
    running: list[Job] = []
    desk.window.jobs.started.connect(running.append)
    batch = desk.page.findChild(Batch)
    assert batch is not None
    batch.became.connect(lambda _result: running[0].cancel())
    desk.press("intake_read")
    desk.qtbot.waitUntil(lambda: "att läsa in" in find(desk.page, QLabel, "page_sentence").text() and bool(running))
    desk.qtbot.waitUntil(lambda: not desk.window.jobs.writing)
    done = len(intake.recent(desk.office)) - 2
    assert 0 < done < 25
    assert title(desk, "ready") == f"Att läsa in: {25 - done}, inlästa: {done}"
    desk.press("intake_read")
    desk.wait_for(f"{SORT_OUT + 26} filer: {SORT_OUT} att reda ut, 25 inlästa, 1 redan inläst.")
