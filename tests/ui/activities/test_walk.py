"""Stäm av: what is due, one after another, with the keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, editing
from fardplan_desktop.ui.parts.inputs import Combo, TextArea
from fardplan_desktop.ui.parts.keys import known_keys
from tests.ui.activities.conftest import Frame

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LAST = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 20))


@pytest.fixture
def due(frame: Frame) -> tuple[Activity, ...]:
    """Three that are due, in the order in which they are asked about, and one that is not."""
    activities.add(frame.workplace, title="Klar sedan länge", status="klar")
    made = [activities.add(frame.workplace, title=f"Rutin {at}", end=end) for at, end in enumerate(LAST)]
    return tuple(each for each, _ in made)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has focus, as a user does."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def place(frame: Frame) -> str:
    return frame.find(QLabel, "walk_place").text().replace("\u00a0", " ").removeprefix("Stäm av ")


def shown(frame: Frame) -> str:
    return frame.find(QLabel, "walk_title").text()


def begin(frame: Frame, **argument: object) -> None:
    frame.open(walk=True, **argument)
    frame.bot.waitUntil(frame.find(Combo, "activity_check_in_status").hasFocus)


def check_ins(frame: Frame) -> list[tuple[str, str]]:
    titles = {each.id: each.title for each in frame.stored()}
    return [(titles[each.activity], each.comment) for each in reversed(activities.check_ins(frame.workplace))]


def save_and_wait(frame: Frame, count: int) -> None:
    press(Qt.Key.Key_Return, CTRL)
    frame.bot.waitUntil(lambda: len(activities.check_ins(frame.workplace)) == count)
    frame.settle()


def test_ctrl_enter_stores_each_and_goes_to_the_next_and_the_last_ends_the_walk(
    frame: Frame, due: tuple[Activity, ...]
) -> None:
    begin(frame)
    for number in range(3):
        assert (place(frame), shown(frame)) == (f"{number + 1} av 3", f"Rutin {number}")
        comment = frame.find(TextArea, "activity_check_in_comment")
        comment.setFocus()
        comment.insertPlainText(f"Kommentar {number}")
        save_and_wait(frame, number + 1)
        if number < 2:
            frame.bot.waitUntil(frame.find(Combo, "activity_check_in_status").hasFocus)
    assert check_ins(frame) == [(f"Rutin {number}", f"Kommentar {number}") for number in range(3)]
    frame.bot.waitUntil(lambda: frame.shows("activities_table"))
    assert frame.receipts[-1].replace("\u00a0", " ") == "3 av 3 avstämda"
    assert not frame.shows("activities_walk")


def test_the_button_says_how_many_and_each_check_in_is_its_own_undo_step(
    frame: Frame, due: tuple[Activity, ...]
) -> None:
    frame.open()
    assert frame.find_part("activities_walk").accessibleName() == "Stäm av 3 aktiviteter"
    frame.press("activities_walk")
    frame.bot.waitUntil(frame.find(Combo, "activity_check_in_status").hasFocus)
    save_and_wait(frame, 1)
    save_and_wait(frame, 2)
    editing.undo(frame.workplace)
    assert [title for title, _ in check_ins(frame)] == ["Rutin 0"]
    editing.undo(frame.workplace)
    assert check_ins(frame) == []


def test_a_skipped_one_is_not_stored_and_what_was_written_stands_there_the_next_time(
    frame: Frame, due: tuple[Activity, ...]
) -> None:
    begin(frame)
    comment = frame.find(TextArea, "activity_check_in_comment")
    comment.setFocus()
    comment.insertPlainText("Halvfärdig")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert (place(frame), shown(frame)) == ("2 av 3", "Rutin 1")
    assert frame.find(TextArea, "activity_check_in_comment").toPlainText() == ""
    press(Qt.Key.Key_Escape)
    assert frame.shows("activities_table")
    assert check_ins(frame) == []
    assert frame.receipts == []  # Nothing was done, so nothing is confirmed.
    begin(frame)
    assert shown(frame) == "Rutin 0"
    assert frame.find(TextArea, "activity_check_in_comment").toPlainText() == "Halvfärdig"


def test_the_one_that_is_named_comes_first(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame, activity=due[2].id)
    assert (place(frame), shown(frame)) == ("1 av 3", "Rutin 2")
    assert frame.find(QLabel, "walk_why").text() == "Klar senast 20 september"


def test_the_last_check_in_stands_beside(frame: Frame, due: tuple[Activity, ...]) -> None:
    activities.add(frame.workplace, title="Sen men avstämd", end=date(2026, 9, 13))
    begin(frame)
    assert frame.shows("walk_none_before")
    early = replace(frame.workplace, clock=lambda: datetime(2026, 6, 3, 12, tzinfo=UTC))
    activities.check_in(early, activity=due[1], status="pagar", forecast="risk", comment="Två av tre klara")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    frame.bot.waitUntil(lambda: frame.shows("check_in_row"))
    assert not frame.shows("walk_none_before")
    words = [each.text() for each in frame.find(QWidget, "check_in_row").findChildren(QLabel)]
    assert [words[0], words[-1]] == ["3 jun 2026", "Två av tre klara"]


def test_a_text_that_is_refused_stays_and_the_walk_waits(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame)
    comment = frame.find(TextArea, "activity_check_in_comment")
    comment.setFocus()
    comment.insertPlainText("Gäller 19121212-1212")
    press(Qt.Key.Key_Return, CTRL)
    frame.bot.waitUntil(lambda: frame.shows("error_activity_check_in_comment"))
    assert (shown(frame), check_ins(frame)) == ("Rutin 0", [])
    comment.setPlainText("Gäller den enskilde")
    save_and_wait(frame, 1)
    assert shown(frame) == "Rutin 1"


def test_an_activity_that_is_taken_away_meanwhile_is_passed_over(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame)
    frame.session.change(lambda: activities.remove(frame.workplace, activity=due[0]))
    frame.bot.waitUntil(lambda: shown(frame) == "Rutin 1")
    assert place(frame) == "2 av 3"


def test_pressing_twice_in_a_hurry_stores_one(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame)
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    frame.settle()
    frame.bot.waitUntil(lambda: shown(frame) == "Rutin 1")
    assert check_ins(frame) == [("Rutin 0", "")]


def test_nothing_due_is_said_and_the_table_stays(frame: Frame) -> None:
    activities.add(frame.workplace, title="Klar", status="klar")
    frame.open(walk=True)
    assert frame.receipts[-1] == "Inget att stämma av just nu"
    assert frame.shows("activities_table")


def test_the_keys_of_the_walk_are_listed_while_it_goes_on(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame)
    meanings = dict(known_keys(frame.window))
    assert meanings["Ctrl+Enter"] == "Spara avstämningen och gå till nästa"
    assert meanings["Ctrl+Skift+Enter"] == "Hoppa över aktiviteten"
    assert meanings["Esc"] == "Sluta stämma av"
    press(Qt.Key.Key_Escape)
    assert "Hoppa över aktiviteten" not in dict(known_keys(frame.window)).values()


def test_a_screen_reader_hears_which_of_how_many_and_why(frame: Frame, due: tuple[Activity, ...]) -> None:
    begin(frame)
    name = frame.find(QWidget, "check_in_walk").accessibleName().replace("\u00a0", " ")
    assert name == "Stäm av 1 av 3: Rutin 0. Slutdatum 1 juli har passerat"
