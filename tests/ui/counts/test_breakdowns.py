"""Breakdowns are opened under their whole, filled in like any cells, and say where they do not add up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from fardplan_desktop.domain.records import Count
from fardplan_desktop.services import counts
from fardplan_desktop.ui.counts.grid_delegate import can_open
from fardplan_desktop.ui.parts.keys import known_keys
from tests.ui.counts.conftest import Desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
AGES = ("0-17", "18-64", "65-79", "80-plus", "okand")


def names(desk: Desk) -> list[str]:
    return [str(desk.model.index(row, 0).data()) for row in range(desk.model.rowCount())]


def open_ages(desk: Desk) -> None:
    """SIP08 with its breakdowns shown, and the caret in May of the first age."""
    desk.go("SIP08", "2026-05")
    QTest.keyClick(desk.focused, Key.Key_Right, ALT)
    desk.press(Key.Key_Down)


def numbers(desk: Desk) -> dict[str, int | None]:
    return {id.removeprefix("SIP08/"): count.n for id, count in sorted(desk.stored().items())}


def sum_line(desk: Desk, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    row = names(desk).index("Ålder")
    return [str(desk.model.index(row, column).data(role) or "") for column in range(1, 6)]


def test_alt_and_right_opens_the_breakdowns_and_alt_and_left_hides_them(desk: Desk) -> None:
    before = names(desk)
    open_ages(desk)
    at = names(desk).index("Ålder")
    assert names(desk)[at - 1 : at + 6] == ["Upprättade SIP", "Ålder", "0–17", "18–64", "65–79", "80+", "Okänd"]
    assert names(desk)[at + 6] == "Målgrupp"
    assert desk.here == "SIP08/2026-05/alder/0-17"
    QTest.keyClick(desk.focused, Key.Key_Left, ALT)
    assert names(desk) == before
    assert desk.here == "SIP08/2026-05"


def test_the_sign_at_the_name_opens_and_hides_them_too(desk: Desk) -> None:
    table = desk.page.table

    def press_sign() -> None:
        middle = table.visualRect(desk.index("SIP08", "2026-05")).center().y()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(table.columnWidth(0) - 12, middle))

    press_sign()
    assert "Okänd" in names(desk)
    press_sign()
    assert "Okänd" not in names(desk)


def test_a_measure_without_breakdowns_says_so(desk: Desk) -> None:
    desk.go("SIP10", "2026-05")
    QTest.keyClick(desk.focused, Key.Key_Right, ALT)
    assert desk.receipts == ["Uppföljda SIP har ingen fördelning"]
    row = desk.model.row_at(desk.index("SIP10", "2026-05"))
    assert row is not None
    assert not can_open(row)


def test_values_are_typed_with_enter_going_down_past_the_next_heading(desk: Desk) -> None:
    open_ages(desk)
    for text in ("2", "0", "≈ 3", "-", "1"):
        desk.type(text)
    desk.settle()
    assert numbers(desk) == {
        "2026-05/alder/0-17": 2,
        "2026-05/alder/18-64": 0,
        "2026-05/alder/65-79": 3,
        "2026-05/alder/80-plus": None,
        "2026-05/alder/okand": 1,
    }
    assert desk.here == "SIP08/2026-05/malgrupp/aldre-multisjuka"
    assert sum_line(desk)[0] == "≈\u00a06"


def test_plus_delete_and_fill_work_on_values_of_a_breakdown(desk: Desk) -> None:
    open_ages(desk)
    desk.press(Key.Key_Plus)
    desk.press(Key.Key_Plus)
    desk.settle()
    desk.press(Key.Key_Right, shift=True)
    desk.press(Key.Key_R, ctrl=True)
    desk.settle()
    assert numbers(desk) == {"2026-05/alder/0-17": 2, "2026-06/alder/0-17": 2}
    desk.press(Key.Key_Delete)
    desk.settle()
    assert numbers(desk) == {}


def test_a_column_of_values_is_pasted_in_one_step(desk: Desk) -> None:
    open_ages(desk)
    desk.paste("2\t1\r\n3\t0\r\n1\t0\r\n0\t0\r\n0\t1\r\n")
    desk.settle()
    assert [numbers(desk)[f"2026-05/alder/{age}"] for age in AGES] == [2, 3, 1, 0, 0]
    assert desk.receipts == ["10 rutor inklistrade från Excel"]
    assert sum_line(desk) == ["6", "2", "", "", "8"]
    desk.session.undo()
    desk.settle()
    assert numbers(desk) == {}


@pytest.fixture
def uneven(desk: Desk) -> Desk:
    """Five ages of one each, beside a whole of nine."""
    desk.put("SIP08", m05=9)
    values = [Count(measure="SIP08", period="2026-05", breakdown="alder", value=age, n=1) for age in AGES]
    desk.session.change(lambda: counts.put(desk.workplace, values=values), quiet=True)
    desk.settle()
    return desk


def test_a_breakdown_that_does_not_add_up_is_shown_in_place(uneven: Desk) -> None:
    desk = uneven
    said = "Upprättade SIP: fördelningen på ålder ger 5 för maj 2026, men totalen är 9."
    shown = next(problem for problem in desk.page.problems.problems if problem.sentence == said)
    shown.act()
    assert desk.here == "SIP08/2026-05"
    assert sum_line(desk)[0] == "5\u00a0av\u00a09"
    assert sum_line(desk, Qt.ItemDataRole.ToolTipRole)[0] == said
    aloud = sum_line(desk, Qt.ItemDataRole.AccessibleTextRole)[0]
    assert aloud == f"Upprättade SIP, ålder, okänd inräknad, maj, 5\u00a0av\u00a09, {said}"
    desk.page.arrive(measure="SIP08", month="2026-05", breakdown="alder", value="okand")
    desk.page.focus_work()
    desk.type("5")
    desk.settle()
    assert sum_line(desk)[0] == "9"
    assert all(problem.sentence != said for problem in desk.page.problems.problems)


def test_a_value_has_its_own_words_comment_and_trend_in_the_panel(uneven: Desk) -> None:
    desk = uneven
    desk.page.arrive(measure="SIP08", month="2026-05", breakdown="alder", value="18-64")
    panel = desk.page.panel
    place = panel.place
    assert place is not None
    assert place.row.label == "Upprättade SIP, ålder 18–64"
    assert place.row.trend.values[-4:] == (1, None, None, None)
    panel.comment.setFocus()
    panel.comment.setPlainText("Gäller 19121212-1212")
    desk.go("SIP04", "2026-05")
    desk.settle()
    assert desk.here == "SIP08/2026-05/alder/18-64"
    assert "personnummer" in panel.comment_field.error


def test_the_longest_name_of_a_value_keeps_within_the_panel(desk: Desk) -> None:
    long = "barn-och-unga-sammansatta-behov"
    desk.page.arrive(measure="SIP08", month="2026-05", breakdown="malgrupp", value=long)
    around = desk.page.findChild(QScrollArea, "counts_split_scroll")
    assert around is not None
    desk.qtbot.waitUntil(lambda: desk.page.panel.width() <= around.viewport().width())
    assert desk.page.table.columnWidth(0) > 184


def test_arriving_at_a_value_opens_its_measure(desk: Desk) -> None:
    desk.page.arrive(measure="SIP12", month="2026-08", breakdown="malgrupp", value="annan")
    assert desk.here == "SIP12/2026-08/malgrupp/annan"


def test_typing_a_value_for_a_month_of_a_measure_entered_for_the_period_asks_first(desk: Desk) -> None:
    desk.put("SIP08", mT2=40)
    open_ages(desk)
    desk.page.arrive(measure="SIP08", month="2026-05", breakdown="alder", value="0-17")
    desk.page.focus_work()
    desk.type("12")
    desk.click("ask_no")
    desk.settle()
    assert numbers(desk) == {"2026-T2": 40}


def test_the_keys_of_breakdowns_are_listed(desk: Desk) -> None:
    keys = dict(known_keys(desk.window))
    assert {"Alt+→", "Alt+←", "Ctrl+R", "Ctrl+D", "Ctrl+U", "Ctrl+X", "Ctrl+A", "Skift+F2"} <= set(keys)
