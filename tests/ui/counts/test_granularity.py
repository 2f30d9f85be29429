"""Month by month or the whole period, one or the other for each measure; widths that are kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.theme.look import Look
from tests.ui.counts.conftest import Desk

Key = Qt.Key


# --- month by month or the whole period ------------------------------------------------------------------------------


def test_the_periods_own_value_is_typed_beside_the_months_and_the_months_turn_grey(desk: Desk) -> None:
    desk.go("SIP10", "2026-T2")
    assert not desk.page.head.whole
    desk.type("40")
    desk.settle()
    assert desk.numbers == {"SIP10/2026-T2": 40}
    assert desk.here == "SIP11/2026-T2"
    desk.go("SIP08", "2026-05")
    desk.press(Key.Key_Return)
    assert desk.here == "SIP11/2026-05"


def test_the_panel_leads_to_the_other_way_and_asks_before_it_replaces(desk: Desk) -> None:
    desk.put("SIP10", m05=12, m06=14)
    desk.go("SIP10", "2026-05")
    assert desk.page.panel.way_button.text() == "Fyll i hela tertialen i stället"
    desk.click("panel_way")
    assert (desk.here, desk.focused.objectName()) == ("SIP10/2026-T2", "cell_editor")
    desk.type("40")
    desk.click("ask_yes")
    desk.settle()
    assert desk.numbers == {"SIP10/2026-T2": 40}
    desk.go("SIP10", "2026-T2")
    assert desk.page.panel.way_button.text() == "Fyll i månad för månad i stället"
    desk.click("panel_way")
    assert desk.here == "SIP10/2026-05"
    desk.press(Key.Key_Escape)
    assert desk.numbers == {"SIP10/2026-T2": 40}


def test_tab_passes_over_the_periods_column_where_months_are_entered(desk: Desk) -> None:
    desk.put("SIP05", mT2=30)
    desk.go("SIP04", "2026-08")
    desk.press(Key.Key_Tab)
    assert desk.here == "SIP05/2026-T2"
    desk.press(Key.Key_Tab)
    assert desk.here == "SIP08/2026-05"


# --- widths ----------------------------------------------------------------------------------------------------------


def test_widths_that_are_drawn_are_kept_until_a_double_click(desk: Desk, look: Look) -> None:
    header = desk.page.table.header
    before = header.sectionSize(1)
    edge = QPoint(header.sectionViewportPosition(1) + before - 1, 10)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(30, 0))
    QTest.mouseRelease(
        header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge + QPoint(30, 0)
    )
    desk.qtbot.waitUntil(lambda: header.sectionSize(1) == before + 30)
    assert header.sectionSize(2) == before + 30
    look.choose_factor(2.0)
    page = desk.window.current_page
    assert page is not None
    again = page.findChild(CountTable, "count_grid")
    assert again is not None
    assert again.columnWidth(1) == 2 * (before + 30)
    again.header.drawn.emit("month", -1)
    assert again.columnWidth(1) < 2 * before


def test_what_is_copied_is_what_a_spreadsheet_reads(desk: Desk) -> None:
    desk.put("SIP04", m05=1234, m06=0)
    desk.go("SIP04", "2026-05")
    desk.press(Key.Key_Space, shift=True)
    desk.press(Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "1234\t0\t\t\t1234\t"
