"""Typing, copying, cutting, filling and the menu, as fingers that know Excel expect them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.services import deliveries, seals
from tests.ui.counts.conftest import Desk

Key = Qt.Key


# --- typing ----------------------------------------------------------------------------------------------------------


def test_a_double_click_changes_what_stands(desk: Desk) -> None:
    desk.put("SIP04", m06=12)
    QTest.mouseDClick(desk.page.table.viewport(), Qt.MouseButton.LeftButton, pos=desk.spot("SIP04", "2026-06"))
    desk.type("3")
    desk.settle()
    assert desk.numbers == {"SIP04/2026-06": 123}


def test_backspace_empties_the_cell_and_opens_it(desk: Desk) -> None:
    desk.put("SIP04", m05=12)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Backspace)
    assert desk.focused.objectName() == "cell_editor"
    desk.type("7")
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 7}


def test_f2_while_typing_lets_the_arrows_move_among_the_figures(desk: Desk) -> None:
    desk.type("13", None)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_Left)
    desk.type("2")
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 123}


def test_ctrl_enter_types_into_the_whole_range_as_one_step(desk: Desk) -> None:
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Down, shift=True)
    desk.type("0", None)
    desk.press(Key.Key_Return, ctrl=True)
    desk.settle()
    assert list(desk.numbers.values()) == [0, 0, 0, 0]
    assert desk.receipts == ["4 rutor ifyllda"]
    desk.session.undo()
    desk.settle()
    assert desk.numbers == {}


# --- copy, cut, paste, fill ------------------------------------------------------------------------------------------


def test_a_block_is_copied_and_pasted_elsewhere_and_escape_takes_its_edge_away(desk: Desk) -> None:
    desk.put("SIP04", m05=9, m06=0)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_C, ctrl=True)
    assert desk.page.table.clip is not None
    desk.go("SIP08", "2026-07")
    desk.press(Key.Key_V, ctrl=True)
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9, "SIP04/2026-06": 0, "SIP08/2026-07": 9, "SIP08/2026-08": 0}
    desk.press(Key.Key_Escape)
    assert desk.page.table.clip is None


def test_what_is_cut_moves_in_one_step_and_stays_until_it_is_pasted(desk: Desk) -> None:
    desk.put("SIP04", m05=9, m06=0)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_X, ctrl=True)
    assert len(desk.stored()) == 2
    desk.go("SIP04", "2026-06")
    desk.press(Key.Key_V, ctrl=True)
    desk.settle()
    assert desk.numbers == {"SIP04/2026-06": 9, "SIP04/2026-07": 0}
    assert desk.receipts == ["2 rutor flyttade"]
    desk.session.undo()
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9, "SIP04/2026-06": 0}


def test_what_was_cut_is_left_alone_when_something_else_is_pasted(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_X, ctrl=True)
    desk.go("SIP08", "2026-05")
    desk.paste("4")
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9, "SIP08/2026-05": 4}


def test_a_block_is_repeated_over_a_range_that_it_divides(desk: Desk) -> None:
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_End, shift=True)
    desk.press(Key.Key_Left, shift=True)
    desk.press(Key.Key_Left, shift=True)
    desk.press(Key.Key_Down, shift=True)
    assert len(desk.chosen) == 8
    desk.paste("1\t2")
    desk.settle()
    assert list(desk.numbers.values()) == [1, 2, 1, 2] * 2


def test_a_sum_column_in_what_is_pasted_is_passed_over(desk: Desk) -> None:
    desk.paste("9\t11\t4\t8\t32")
    desk.settle()
    assert list(desk.numbers.values()) == [9, 11, 4, 8]
    assert desk.receipts == ["4 rutor inklistrade från Excel, 1 behövdes inte"]


def test_ctrl_r_fills_right_and_ctrl_d_down_each_as_one_step(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.put("SIP05", m05=0, m06=5)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_Down, shift=True)
    desk.press(Key.Key_R, ctrl=True)
    desk.settle()
    filled = {"SIP04/2026-05": 9, "SIP04/2026-06": 9, "SIP04/2026-07": 9}
    assert desk.numbers == {**filled, "SIP05/2026-05": 0, "SIP05/2026-06": 0, "SIP05/2026-07": 0}
    assert desk.receipts == ["4 rutor fyllda"]
    desk.press(Key.Key_D, ctrl=True)
    desk.settle()
    assert set(desk.numbers.values()) == {9}
    for _ in range(2):
        desk.session.undo()
        desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9, "SIP05/2026-05": 0, "SIP05/2026-06": 5}


def test_a_single_cell_is_filled_from_its_neighbour(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.go("SIP04", "2026-06")
    desk.press(Key.Key_R, ctrl=True)
    desk.settle()
    desk.go("SIP05", "2026-06")
    desk.press(Key.Key_D, ctrl=True)
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9, "SIP04/2026-06": 9, "SIP05/2026-06": 9}


def test_the_first_column_has_nothing_at_its_left_to_be_filled_from(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_R, ctrl=True)
    desk.press(Key.Key_D, ctrl=True)
    desk.settle()
    assert desk.numbers == {"SIP04/2026-05": 9}


# --- states, comment, the menu ---------------------------------------------------------------------------------------


def test_ctrl_u_calls_the_range_estimated_and_back_again(desk: Desk) -> None:
    desk.put("SIP04", m05=9, m06=0)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_U, ctrl=True)
    desk.settle()
    assert [desk.shown("SIP04", month) for month in ("2026-05", "2026-06")] == ["≈\u00a09", "≈\u00a00"]
    row = desk.index("SIP04", "2026-05").row()
    assert desk.model.index(row, 5).data() == "≈\u00a09"
    desk.press(Key.Key_U, ctrl=True)
    desk.settle()
    assert desk.shown("SIP04", "2026-05") == "9"


def test_ctrl_u_in_an_empty_cell_says_what_to_do(desk: Desk) -> None:
    desk.press(Key.Key_U, ctrl=True)
    desk.qtbot.waitUntil(lambda: bool(desk.problems))
    assert desk.problems == ["Ingenting är ändrat. Det står inget antal i rutan. Skriv till exempel ≈ 14."]


def test_shift_f2_goes_to_the_comment(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_F2, shift=True)
    assert desk.focused is desk.page.panel.comment


def test_a_missing_number_is_asked_why(desk: Desk) -> None:
    desk.type("-")
    desk.settle()
    desk.go("SIP04", "2026-05")
    assert desk.page.panel.comment.placeholderText() == "Varför saknas antalet?"


def pick(menu: QMenu, words: str) -> QAction:
    actions: list[QAction] = menu.actions()
    return next(action for action in actions if action.text().partition("\t")[0] == words)


def test_the_menu_key_offers_what_can_be_done_with_the_range(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Right, shift=True)
    pick(desk.page.table.menu(), "Uppgift saknas").trigger()
    desk.settle()
    assert [each.state for each in desk.stored().values()] == [CountState.MISSING] * 2
    assert desk.receipts == ["2 rutor ändrade"]
    pick(desk.page.table.menu(), "Töm").trigger()
    desk.settle()
    assert desk.stored() == {}


def test_nothing_in_the_menu_changes_a_sealed_period(desk: Desk, tmp_path: Path) -> None:
    desk.put("SIP04", m05=9)
    seals.make_key(desk.workplace, passphrase="bara-for-proven", rounds=1)
    key = seals.open_seal(desk.workplace, passphrase="bara-for-proven")
    folder = tmp_path / "ut"
    deliveries.seal_period(desk.workplace, period=desk.session.period, folder=folder, key=key, approved_by="Socialchef")
    desk.session.tell()
    desk.go("SIP04", "2026-05")
    able = {action.text().partition("\t")[0] for action in desk.page.table.menu().actions() if action.isEnabled()}
    assert able - {""} == {"Kopiera", "Kommentar", "Visa fördelningen"}
    for letter in (Key.Key_R, Key.Key_D, Key.Key_X, Key.Key_U):
        desk.press(letter, ctrl=True)
    assert len(desk.problems) == 4
    assert desk.numbers == {"SIP04/2026-05": 9}
