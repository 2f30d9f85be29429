"""Blocks, tables and files from Excel: understood, shown, stored as one step, or refused with the cell named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.ui.parts.drop_area import DropArea
from tests.ui.counts.conftest import Desk

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
    shown = dialog(desk, "import_dialog")
    assert "4 antal för 2 mått, maj 2026 – juni 2026" in words(shown)
    assert desk.stored() == {}
    desk.click("import_take")
    desk.settle()
    assert desk.shown("SIP10", "2026-06") == "≈\u00a014"
    desk.session.undo()
    desk.settle()
    assert desk.stored() == {}


def test_a_table_with_an_unknown_heading_is_refused(desk: Desk) -> None:
    desk.paste("Mått\tmaj 2026\tSumma av allt\nSIP08\t6\t6\n")
    assert len(desk.problems) == 1
    assert "Summa av allt" in desk.problems[0]


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
    assert "uppföljning.csv: 2 antal för 1 mått" in words(dialog(desk, "import_dialog"))
    desk.click("import_take")
    desk.settle()
    assert (desk.shown("SIP08", "2026-05"), desk.shown("SIP08", "2026-06")) == ("6", "saknas")


def test_a_dropped_file_with_faults_names_them_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "fel.csv"
    file.write_text("Period;Mått;Antal\n2026-05;SIP08;sex\n", encoding="utf-8")
    drop(desk, file)
    desk.qtbot.waitUntil(lambda: bool(desk.problems))
    assert "Rad 2" in desk.problems[0]
    assert desk.stored() == {}
