"""The grid behaves as a spreadsheet, and every number is stored at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fardplan_desktop.domain.records import CountState
from tests.ui.counts.conftest import Desk

Key = Qt.Key


def test_the_caret_stands_in_the_first_empty_cell_with_focus_in_the_grid(desk: Desk) -> None:
    assert desk.here == "SIP04/2026-05"
    assert desk.window.focusWidget() is desk.page.table


def test_typing_replaces_and_enter_goes_down(desk: Desk) -> None:
    desk.put("SIP04", m05=3)
    desk.go("SIP04", "2026-05")
    desk.type("12")
    desk.type("8")
    desk.settle()
    assert {id: count.n for id, count in desk.stored().items()} == {"SIP04/2026-05": 12, "SIP05/2026-05": 8}
    assert desk.shown("SIP04", "2026-05") == "12"
    assert desk.here == "SIP08/2026-05"


def test_tab_goes_right_and_on_to_the_next_line(desk: Desk) -> None:
    desk.type("9", Key.Key_Tab)
    desk.type("11", Key.Key_Tab)
    desk.settle()
    assert (desk.shown("SIP04", "2026-05"), desk.shown("SIP04", "2026-06")) == ("9", "11")
    desk.go("SIP04", "2026-08")
    desk.press(Key.Key_Tab)
    assert desk.here == "SIP05/2026-05"
    desk.press(Key.Key_Backtab, shift=True)
    assert desk.here == "SIP04/2026-08"


def test_tab_leaves_the_grid_after_its_last_cell(desk: Desk) -> None:
    desk.go("SIP12", "2026-08")
    desk.press(Key.Key_Tab)
    assert desk.window.focusWidget() is not desk.page.table


def test_arrows_leave_what_is_typed_and_pass_over_headings(desk: Desk) -> None:
    desk.go("SIP05", "2026-05")
    desk.type("4", Key.Key_Down)
    desk.settle()
    assert desk.shown("SIP05", "2026-05") == "4"
    assert desk.here == "SIP08/2026-05"
    desk.press(Key.Key_Up)
    assert desk.here == "SIP05/2026-05"


def test_f2_changes_what_stands_and_escape_leaves_it(desk: Desk) -> None:
    desk.put("SIP04", m05=12)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_F2)
    desk.type("3")
    desk.settle()
    assert desk.shown("SIP04", "2026-05") == "123"
    desk.go("SIP04", "2026-05")
    desk.type("99", Key.Key_Escape)
    assert desk.shown("SIP04", "2026-05") == "123"


def test_what_is_being_typed_survives_that_the_grid_is_read_anew(desk: Desk) -> None:
    desk.type("9")
    desk.type("1", None)
    desk.settle()
    desk.type("4")
    desk.settle()
    assert (desk.shown("SIP04", "2026-05"), desk.shown("SIP05", "2026-05")) == ("9", "14")


def test_plus_adds_one_each_time_however_quickly(desk: Desk) -> None:
    desk.put("SIP10", m08=10)
    desk.go("SIP10", "2026-08")
    for _ in range(3):
        desk.press(Key.Key_Plus)
    desk.settle()
    assert desk.shown("SIP10", "2026-08") == "13"


def test_delete_empties_the_range_as_one_step(desk: Desk) -> None:
    desk.put("SIP04", m05=9, m06=11, m07=4)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Delete)
    desk.settle()
    assert list(desk.stored()) == ["SIP04/2026-07"]
    assert desk.receipts == ["2 rutor tömda"]
    desk.session.undo()
    desk.settle()
    assert len(desk.stored()) == 3
    assert desk.shown("SIP04", "2026-06") == "11"


@pytest.mark.parametrize(
    ("typed", "shown", "state"),
    [
        ("≈14", "≈\u00a014", CountState.ESTIMATED),
        ("saknas", "saknas", CountState.MISSING),
        (".", "ej aktuellt", CountState.NOT_APPLICABLE),
        ("0", "0", CountState.REPORTED),
    ],
)
def test_the_four_states_can_be_typed(desk: Desk, typed: str, shown: str, state: CountState) -> None:
    desk.type(typed)
    desk.settle()
    assert desk.shown("SIP04", "2026-05") == shown
    assert desk.stored()["SIP04/2026-05"].state is state


def test_a_text_that_is_no_count_stays_in_the_cell_with_a_sentence(desk: Desk) -> None:
    desk.type("tolv")
    assert desk.problems == [
        "Genomförda SIP-möten, maj 2026 är inte ändrad. ”tolv” är inget heltal. Skriv ett helt tal, till exempel 14."
    ]
    assert desk.focused.objectName() == "cell_editor"
    desk.type("12")
    desk.settle()
    assert desk.shown("SIP04", "2026-05") == "12"


def test_a_cell_that_needs_nothing_takes_nothing(desk: Desk) -> None:
    desk.go("SIP12", "2026-08")
    desk.press(Key.Key_Left)
    desk.type("7")
    desk.settle()
    assert desk.stored() == {}


def test_typing_a_month_of_a_measure_entered_for_the_period_asks_first(desk: Desk) -> None:
    desk.put("SIP10", mT2=40)
    desk.go("SIP10", "2026-05")
    desk.type("12")
    assert desk.stored()["SIP10/2026-T2"].n == 40
    desk.click("ask_yes")
    desk.settle()
    assert {id: count.n for id, count in desk.stored().items()} == {"SIP10/2026-05": 12}
    desk.session.undo()
    desk.settle()
    assert {id: count.n for id, count in desk.stored().items()} == {"SIP10/2026-T2": 40}


def test_whole_periods_are_entered_in_their_own_column(desk: Desk) -> None:
    QTest.keyClick(desk.page.head.span, Key.Key_Right)
    desk.go("SIP10", "2026-T2")
    assert desk.page.head.whole
    desk.page.arrive()
    desk.page.focus_work()
    desk.type("31")
    desk.settle()
    assert list(desk.stored()) == ["SIP04/2026-T2"]
    assert desk.here == "SIP05/2026-T2"


def test_the_range_is_copied_as_a_spreadsheet_reads_it(desk: Desk) -> None:
    desk.put("SIP04", m05=9, m06=1234)
    desk.put("SIP05", m05=8)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Down, shift=True)
    desk.press(Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "9\t1234\n8\t"


def test_what_is_half_typed_is_saved_when_the_page_is_left(desk: Desk) -> None:
    desk.type("12", None)
    desk.window.go("reporting")
    desk.settle()
    assert desk.stored()["SIP04/2026-05"].n == 12


def test_what_is_half_typed_is_saved_when_the_window_is_closed(desk: Desk) -> None:
    desk.type("12", None)
    desk.window.close()
    desk.qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert desk.stored()["SIP04/2026-05"].n == 12
