"""Walking about and choosing ranges with keys and mouse, as fingers that know Excel expect."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fardplan_desktop.ui.counts.grid_model import Part
from tests.ui.counts.conftest import Desk

Key = Qt.Key


# --- walking about ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "ctrl", "there"),
    [
        (Key.Key_End, False, "2025"),
        (Key.Key_Home, False, "SIP08/2026-05"),
        (Key.Key_Home, True, "SIP04/2026-05"),
        (Key.Key_PageDown, False, "SIP12/2026-06"),
        (Key.Key_PageUp, False, "SIP04/2026-06"),
    ],
)
def test_home_end_and_page_keys_lead_where_they_do_in_a_spreadsheet(
    desk: Desk, key: Key, ctrl: bool, there: str
) -> None:
    desk.go("SIP08", "2026-06")
    desk.press(key, ctrl=ctrl)
    if there == "2025":
        assert desk.model.columns[desk.page.table.currentIndex().column()].part is Part.BEFORE
    else:
        assert desk.here == there


def test_ctrl_and_an_arrow_go_to_the_edge_of_what_is_filled_in(desk: Desk) -> None:
    desk.put("SIP08", m05=1, m06=0, m07=3)
    desk.go("SIP08", "2026-05")
    desk.press(Key.Key_Right, ctrl=True)
    assert desk.here == "SIP08/2026-07"
    desk.press(Key.Key_Left, ctrl=True)
    assert desk.here == "SIP08/2026-05"
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Down, ctrl=True)
    assert desk.here == "SIP08/2026-05"
    desk.press(Key.Key_Up, ctrl=True)
    assert desk.here == "SIP04/2026-05"


def test_shift_and_enter_go_up_and_shift_and_tab_left(desk: Desk) -> None:
    desk.go("SIP08", "2026-06")
    desk.press(Key.Key_Return, shift=True)
    assert desk.here == "SIP05/2026-06"
    desk.type("4", None)
    QTest.keyClick(desk.focused, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.here == "SIP04/2026-06"
    desk.press(Key.Key_Backtab, shift=True)
    assert desk.here == "SIP04/2026-05"


def test_enter_goes_back_to_the_column_where_tab_began(desk: Desk) -> None:
    desk.go("SIP04", "2026-06")
    desk.type("1", Key.Key_Tab)
    desk.type("2", Key.Key_Tab)
    desk.type("3")
    assert desk.here == "SIP05/2026-06"
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Return)
    assert desk.here == "SIP05/2026-07"


def test_enter_and_tab_go_round_within_a_chosen_range(desk: Desk) -> None:
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Down, shift=True)
    seen = [desk.here]
    for _ in range(4):
        desk.type("1")
        seen.append(desk.here)
    desk.settle()
    assert seen == ["SIP04/2026-05", "SIP05/2026-05", "SIP04/2026-06", "SIP05/2026-06", "SIP04/2026-05"]
    desk.press(Key.Key_Tab)
    assert (desk.here, len(desk.chosen)) == ("SIP04/2026-06", 4)


# --- choosing a range ------------------------------------------------------------------------------------------------


def test_the_caret_stays_where_the_range_began(desk: Desk) -> None:
    desk.go("SIP04", "2026-06")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Left, shift=True)
    assert (desk.here, desk.chosen) == ("SIP04/2026-06", ["SIP04/2026-06", "SIP04/2026-07"])
    desk.press(Key.Key_Down)
    assert (desk.here, desk.chosen) == ("SIP05/2026-06", ["SIP05/2026-06"])


def test_ctrl_shift_and_an_arrow_stretch_the_range_to_the_edge(desk: Desk) -> None:
    desk.put("SIP04", m05=1, m06=2, m07=3)
    desk.go("SIP04", "2026-05")
    QTest.keyClick(desk.focused, Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.chosen == ["SIP04/2026-05", "SIP04/2026-06", "SIP04/2026-07"]


def test_ctrl_a_takes_everything_and_space_a_line_or_a_column(desk: Desk) -> None:
    desk.go("SIP04", "2026-06")
    desk.press(Key.Key_A, ctrl=True)
    assert (desk.here, len(desk.chosen)) == ("SIP04/2026-06", 21)
    desk.press(Key.Key_Space, ctrl=True)
    assert desk.chosen == [f"{measure}/2026-06" for measure in ("SIP04", "SIP05", "SIP08", "SIP10", "SIP11")]
    desk.press(Key.Key_Space, shift=True)
    assert desk.chosen == [f"SIP04/2026-{month}" for month in ("05", "06", "07", "08")]


def test_the_mouse_chooses_by_dragging_and_by_shift_and_click(desk: Desk) -> None:
    view = desk.page.table.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, desk.spot("SIP04", "2026-05"))
    QTest.mouseMove(view, desk.spot("SIP05", "2026-06"))
    desk.qtbot.waitUntil(lambda: len(desk.chosen) == 4)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, desk.spot("SIP05", "2026-06"))
    assert desk.here == "SIP04/2026-05"
    desk.click_cell("SIP08", "2026-05")
    desk.click_cell("SIP08", "2026-07", shift=True)
    assert (desk.here, len(desk.chosen)) == ("SIP08/2026-05", 3)


def test_a_click_on_a_name_goes_to_its_line(desk: Desk) -> None:
    desk.go("SIP04", "2026-06")
    place = desk.spot("SIP10", "2026-05")
    QTest.mouseClick(desk.page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, place.y()))
    assert desk.here == "SIP10/2026-06"
