"""Blocks, tables and files from Excel: understood, shown, stored as one step, or refused with the cell named."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.sheet_preview import SheetPreview
from tests.ui.counts.conftest import Desk

FOREIGN = "Uppföljning 2026\tmaj\tjuni\nAntal SIP-möten\t3\t4\nNya samtal\t1\t2\nUpprättade SIP\t6\t-\n"
TABLE = "Mått\tmaj 2026\tjuni 2026\nUpprättade SIP\t6\t8\nSIP10\t12\t≈ 14\n"


def dialog(desk: Desk, name: str) -> QDialog:
    desk.qtbot.waitUntil(lambda: desk.window.findChild(QDialog, name) is not None)
    found = desk.window.findChild(QDialog, name)
    assert found is not None
    return found


def words(shown: QDialog) -> str:
    return " ".join(label.text() for label in shown.findChildren(QLabel))


def test_a_block_goes_in_at_the_caret_as_one_step_with_a_receipt(desk: Desk) -> None:
    desk.paste("9\t11\r\n8\t10\r\n")
    desk.settle()
    assert [desk.shown("SIP05", month) for month in ("2026-05", "2026-06")] == ["8", "10"]
    assert desk.receipts == ["4 rutor inklistrade från Excel"]
    desk.session.undo()
    desk.settle()
    assert desk.stored() == {}
    assert desk.shown("SIP04", "2026-05") == ""


def test_a_block_passes_over_headings_and_understands_states(desk: Desk) -> None:
    desk.paste("9\n8\n6\n≈ 14\nsaknas\n")
    desk.settle()
    assert desk.shown("SIP10", "2026-05") == "≈\u00a014"
    assert desk.stored()["SIP11/2026-05"].state is CountState.MISSING


def test_a_single_number_fills_the_range(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right, shift=True)
    desk.paste("0")
    desk.settle()
    assert [count.n for count in desk.stored().values()] == [0, 0]


def test_a_bad_cell_refuses_the_whole_block(desk: Desk) -> None:
    desk.paste("9\t11\n8\tmånga\n")
    desk.settle()
    assert desk.stored() == {}
    assert len(desk.problems) == 1
    assert "Genomförda SIP-möten där den enskilde deltog, juni 2026: ”många”" in desk.problems[0]


@pytest.mark.parametrize(("answer", "shown"), [("dash_missing", "saknas"), ("dash_zero", "0"), ("dash_cancel", "")])
def test_a_lone_dash_is_asked_about_once(desk: Desk, answer: str, shown: str) -> None:
    desk.paste("9\t-\n-\t10\n")
    asked = dialog(desk, "dash_dialog")
    assert "Betyder '-' 0 eller att uppgift saknas?" in words(asked)
    desk.click(answer)
    desk.settle()
    assert desk.shown("SIP04", "2026-06") == desk.shown("SIP05", "2026-05") == shown
    assert len(desk.stored()) == (0 if answer == "dash_cancel" else 4)


def test_an_empty_clipboard_says_what_to_do(desk: Desk) -> None:
    desk.paste("\n")
    assert desk.problems == ["Urklipp är tomt. Markera rutorna i Excel, tryck Ctrl+C och försök igen."]


def test_a_block_over_a_value_for_the_whole_period_asks_first(desk: Desk) -> None:
    desk.put("SIP04", mT2=32)
    desk.go("SIP04", "2026-05")
    desk.paste("9\t11")
    assert "tertial 2 2026" in words(dialog(desk, "ask_dialog"))
    desk.click("ask_no")
    desk.settle()
    assert list(desk.stored()) == ["SIP04/2026-T2"]


def test_a_table_with_headings_is_shown_before_it_goes_in(desk: Desk) -> None:
    desk.paste(TABLE)
    shown = dialog(desk, "table_preview")
    assert "4 antal kändes igen" in words(shown)
    assert desk.stored() == {}
    desk.click("preview_take")
    desk.settle()
    assert desk.shown("SIP10", "2026-06") == "≈\u00a014"
    desk.session.undo()
    desk.settle()
    assert desk.stored() == {}


def test_a_table_whose_headings_mean_nothing_is_refused(desk: Desk) -> None:
    desk.paste("Mått\tFärg\nHund\tBrun\n")
    assert len(desk.problems) == 1
    assert "Rubriken ”Färg” är okänd" in desk.problems[0]


def test_a_foreign_sheet_is_shown_with_what_is_left_to_choose(desk: Desk) -> None:
    desk.paste(FOREIGN)
    shown = dialog(desk, "sheet_preview")
    assert "2 rader kändes igen. 2 saker återstår att välja" in words(shown)
    take = shown.findChild(QPushButton, "preview_take")
    assert take is not None
    assert not take.isEnabled()
    assert desk.stored() == {}


def test_a_foreign_sheet_goes_in_from_the_keyboard_alone(desk: Desk) -> None:
    """Focus goes from question to question and ends on the button that takes it in."""
    desk.paste(FOREIGN)
    shown = dialog(desk, "sheet_preview")
    for begins in ("Betyder '-'", "Nya samtal"):
        desk.qtbot.waitUntil(partial(asked_in_focus, shown, begins))
        box = shown.focusWidget()
        assert isinstance(box, Combo)
        QTest.keyClick(box, Qt.Key.Key_Home)
    take = shown.findChild(QPushButton, "preview_take")
    assert take is not None
    desk.qtbot.waitUntil(lambda: shown.focusWidget() is take)
    assert take.text() == "Lägg in 4 värden"
    assert "4 nya, 0 ändrade, 0 oförändrade." in words(shown)
    QTest.keyClick(take, Qt.Key.Key_Return)
    desk.settle()
    assert (desk.shown("SIP04", "2026-05"), desk.shown("SIP08", "2026-06")) == ("3", "saknas")
    desk.session.undo()
    desk.settle()
    assert desk.stored() == {}


def test_choices_are_there_the_next_time(desk: Desk) -> None:
    desk.paste(FOREIGN)
    shown = dialog(desk, "sheet_preview")
    assert isinstance(shown, SheetPreview)
    with desk.qtbot.waitSignal(shown.destroyed):
        choose(desk, shown, "Betyder", "saknas")
        choose(desk, shown, "Nya samtal", "-")
        desk.click("preview_take")
    desk.settle()
    desk.window.activateWindow()
    desk.qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window)
    desk.page.focus_work()
    desk.paste(FOREIGN.replace("\t3\t", "\t5\t"))
    again = dialog(desk, "sheet_preview")
    assert "Inget återstår att välja" in words(again)
    assert "Tas inte med, som förra gången" in words(again)
    assert "0 nya, 1 ändrade, 3 oförändrade." in words(again)


def test_a_suggestion_is_taken_only_when_it_is_confirmed(desk: Desk) -> None:
    desk.paste("2026\tmaj\tjuni\nUpprättade SIP\t6\t8\nGenomförda möten enligt SIP\t1\t2\n")
    shown = dialog(desk, "sheet_preview")
    take = shown.findChild(QPushButton, "preview_take")
    assert take is not None
    assert not take.isEnabled()
    confirm = next(each for each in shown.findChildren(QPushButton) if each.objectName().startswith("confirm_"))
    confirm.click()
    desk.qtbot.waitUntil(take.isEnabled)
    desk.click("preview_take")
    desk.settle()
    assert desk.shown("SIP04", "2026-06") == "2"


def test_the_rest_is_left_out_with_one_press(desk: Desk) -> None:
    desk.paste("2026\tmaj\tjuni\nSIP-möten\t6\t8\nHembesök\t1\t2\nTelefonsamtal\t1\t2\n")
    shown = dialog(desk, "sheet_preview")
    desk.click("preview_leave_rest")
    take = shown.findChild(QPushButton, "preview_take")
    assert take is not None
    desk.qtbot.waitUntil(take.isEnabled)
    assert take.text() == "Lägg in 2 värden"


def test_a_sum_that_differs_is_shown(desk: Desk) -> None:
    desk.paste("2026\tmaj\tjuni\tSumma\nSIP-möten\t6\t8\t15\n")
    assert "D2: summan för ”SIP-möten” är 15, men perioderna ger 14." in words(dialog(desk, "sheet_preview"))


def test_a_recognised_row_can_be_changed(desk: Desk) -> None:
    desk.paste("2026\tmaj\tjuni\nSIP-möten\t6\t8\n")
    shown = dialog(desk, "sheet_preview")
    assert isinstance(shown, SheetPreview)
    desk.click("change_0")
    choose(desk, shown, "SIP-möten", "SIP10")
    desk.qtbot.waitUntil(lambda: any(box.key == "SIP10" for box in shown.findChildren(Combo)))
    desk.click("preview_take")
    desk.settle()
    assert set(desk.stored()) == {"SIP10/2026-05", "SIP10/2026-06"}


def asked_in_focus(shown: QDialog, begins: str) -> bool:
    box = shown.focusWidget()
    return box is not None and box.accessibleName().startswith(begins)


def choose(desk: Desk, shown: SheetPreview, begins: str, answer: str) -> None:
    """Pick an answer to what begins with these words, and wait until it is understood."""
    box = next(each for each in shown.findChildren(Combo) if each.accessibleName().startswith(begins))
    box.choose(answer)
    before = shown.understood
    box.picked.emit(answer)
    desk.qtbot.waitUntil(lambda: shown.understood is not before)


def drop(desk: Desk, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    target = desk.page.findChild(DropArea, "counts_drop")
    assert target is not None
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    target.dropEvent(event)


def test_a_dropped_file_is_shown_before_it_goes_in(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "uppföljning.csv"
    file.write_text("Period;Mått;Antal\n2026-05;SIP08;6\n2026-06;SIP08;-\n", encoding="utf-8")
    drop(desk, file)
    assert "2 antal kändes igen" in words(dialog(desk, "table_preview"))
    desk.click("preview_take")
    desk.settle()
    assert (desk.shown("SIP08", "2026-05"), desk.shown("SIP08", "2026-06")) == ("6", "saknas")


def test_a_dropped_file_with_faults_names_them_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "fel.csv"
    file.write_text("Period;Mått;Antal\n2026-05;SIP08;sex\n", encoding="utf-8")
    drop(desk, file)
    desk.qtbot.waitUntil(lambda: bool(desk.problems))
    assert "Rad 2" in desk.problems[0]
    assert desk.stored() == {}
