"""Aktiviteter as it is used: writing, changing, filtering, checking in, pasting, taking away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.page import EMPTY
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField
from fardplan_desktop.ui.parts.record_table import RecordTable
from fardplan_desktop.ui.theme.look import Look
from tests.ui.activities.conftest import Frame, turn
from tests.ui.activities.hands import fill, pick, write

PLAN = "Aktivitet\tAnsvarig\tSlut\tStatus\nRutin för SIP\tMAS\t2026-12-31\tPågår\nUtbildning\tSAS\t2026-06-30\tPågår\n"


def seeded(workplace: Workplace) -> tuple[Activity, Activity]:
    """One on time, one late."""
    first, _ = activities.add(workplace, title="Rutin för SIP", method="A4", end=date(2026, 12, 31), status="pagar")
    second, _ = activities.add(workplace, title="Utbildning", method="A1", end=date(2026, 6, 30), status="pagar")
    return first, second


def rows(frame: Frame) -> list[list[str]]:
    """What the table shows, heading rows with their first cell alone."""
    model = frame.find(RecordTable, "activities_table").model()
    cells = [
        [str(model.index(row, at).data() or "") for at in range(model.columnCount())] for row in range(model.rowCount())
    ]
    return [[cell for cell in row if cell] for row in cells]


def test_an_empty_page_offers_the_plan_and_the_joint_activities(frame: Frame) -> None:
    frame.open()
    assert frame.shows("empty_paste")
    assert not frame.shows("activities_new")
    frame.press("empty_joint")
    frame.bot.waitUntil(lambda: len(frame.stored()) == 10)
    frame.bot.waitUntil(lambda: frame.shows("activities_new"))
    assert ["Inget arbetssätt angivet · 10"] in rows(frame)


def test_an_empty_page_at_twice_the_text_size_shows_its_whole_sentence_above_the_buttons(
    frame: Frame, look: Look
) -> None:
    look.choose_factor(2.0)
    frame.open()
    first = frame.find_part("empty_paste")
    words = next(each for each in frame.window.findChildren(QLabel) if each.text() == EMPTY)
    frame.bot.waitUntil(lambda: first.geometry().top() >= words.geometry().bottom() > 0)


def test_a_new_activity_is_stored_when_it_has_a_name_and_keeps_what_was_written_before(frame: Frame) -> None:
    frame.open(new=True)
    title = frame.find(TextField, "activity_title")
    frame.bot.waitUntil(title.hasFocus)
    write(frame.find(TextField, "activity_responsible"), "MAS")
    frame.settle()
    assert frame.stored() == ()
    write(title, "Rutin för SIP")
    frame.bot.waitUntil(lambda: len(frame.stored()) == 1)
    assert (frame.stored()[0].title, frame.stored()[0].responsible) == ("Rutin för SIP", "MAS")
    frame.bot.waitUntil(lambda: frame.shows("check_in_begin"))
    assert not frame.shows("empty_paste")


def test_fields_left_one_after_another_are_all_stored(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    write(frame.find(TextField, "activity_title"), "Rutin för utskrivning")
    write(frame.find(TextField, "activity_responsible"), "Enhetschef")
    frame.press("activity_more")
    pick(frame.find(Combo, "activity_forecast"), "risk")
    frame.find(DateField, "activity_end").show_day(date(2027, 1, 31))
    frame.find(DateField, "activity_end").editingFinished.emit()
    frame.settle()
    stored = activities.find(frame.workplace, activity=first.id)
    assert stored is not None
    assert (stored.title, stored.responsible, stored.forecast, stored.end) == (
        "Rutin för utskrivning", "Enhetschef", "risk", date(2027, 1, 31),
    )  # fmt: skip
    assert any("Rutin för utskrivning" in row for row in rows(frame))


def test_a_text_with_an_identity_number_stays_in_the_field_with_the_reason_and_is_not_stored(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    entry = frame.find(TextField, "activity_responsible")
    write(entry, "MAS 19570428-9999")
    frame.bot.waitUntil(lambda: frame.shows("error_activity_responsible"))
    assert "personnummer" in frame.find(QLabel, "error_activity_responsible").text()
    assert entry.text() == "MAS 19570428-9999"
    assert frame.stored()[0] == first
    write(entry, "MAS")
    frame.bot.waitUntil(lambda: frame.stored()[0].responsible == "MAS")
    frame.bot.waitUntil(lambda: not frame.shows("error_activity_responsible"))


def test_half_written_text_survives_a_change_elsewhere_and_is_stored_when_the_page_is_left(frame: Frame) -> None:
    first, second = seeded(frame.workplace)
    frame.open(activity=first.id)
    entry = frame.find(TextField, "activity_responsible")
    entry.setFocus()
    entry.insert("Verksamhetsutvecklare")
    frame.session.change(lambda: activities.remove(frame.workplace, activity=second))
    frame.bot.waitUntil(lambda: len(frame.stored()) == 1)
    assert entry.text() == "Verksamhetsutvecklare"
    frame.window.go("start")
    frame.bot.waitUntil(lambda: frame.stored()[0].responsible == "Verksamhetsutvecklare")
    frame.settle()


def test_a_status_that_needs_the_rest_of_its_sentence_asks_for_it(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    assert not frame.shows("activity_status_note")
    pick(frame.find(Combo, "activity_status"), "avvaktar")
    write(frame.find(TextField, "activity_status_note"), "beslut i VVG")
    frame.settle()
    assert ["Rutin för SIP", "Avvaktar: beslut i VVG", "2026-12-31", "A4"] in rows(frame)
    pick(frame.find(Combo, "activity_status"), "pagar")
    frame.settle()
    assert frame.stored()[0].status_note is None


def test_the_further_fields_lie_under_mer_and_are_stored(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    assert not frame.shows("activity_goal")
    frame.press("activity_more")
    fill(frame.find(TextArea, "activity_goal"), "Alla erbjuds SIP")
    write(frame.find(TextField, "activity_indicators_1_target"), "90 %")
    pick(frame.find(Combo, "activity_partners_add"), "specialistvard")
    pick(frame.find(Combo, "activity_percent"), "25")
    frame.settle()
    stored = frame.stored()[0]
    assert len(stored.indicators) == 1
    assert (stored.goal, stored.indicators[0].target, stored.partners, stored.percent) == (
        "Alla erbjuds SIP", "90 %", ("specialistvard",), 25,
    )  # fmt: skip


def test_late_is_computed_and_can_be_filtered_for(frame: Frame) -> None:
    seeded(frame.workplace)
    frame.open()
    assert ["Utbildning", "Försenad, pågår", "2026-06-30", "A1"] in rows(frame)
    assert frame.find(QLabel, "page_sentence").text() == "2 aktiviteter, 1 försenad"
    turn(frame, "filter_late")
    assert [row[0] for row in rows(frame)] == ["A1 Öka hälsofrämjande och förebyggande insatser · 1", "Utbildning"]
    frame.find(TextField, "filter_text").setText("finns inte")
    assert frame.shows("none_match")
    frame.press("filter_clear")
    assert len(rows(frame)) == 4


def test_a_check_in_is_listed_and_moves_the_activity(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id, check_in=True)
    pick(frame.find(Combo, "activity_check_in_forecast"), "risk")
    comment = frame.find(TextArea, "activity_check_in_comment")
    comment.setPlainText("Ring 19570428-9999")
    frame.press("check_in_store")
    frame.bot.waitUntil(lambda: frame.shows("error_activity_check_in_comment"))
    assert comment.toPlainText() == "Ring 19570428-9999"
    comment.setPlainText("Två av tre enheter")
    frame.press("check_in_store")
    frame.bot.waitUntil(lambda: frame.shows("check_in_row"))
    frame.bot.waitUntil(lambda: not frame.shows("check_in"))
    assert frame.stored()[0].forecast == "risk"
    assert [each.comment for each in activities.check_ins(frame.workplace)] == ["Två av tre enheter"]


def test_history_says_in_words_what_was_changed(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    pick(frame.find(Combo, "activity_status"), "klar")
    frame.settle()
    frame.press("activity_history")
    texts = [label.text() for label in frame.find_part("history_part").findChildren(QLabel)]
    assert texts[1::2] == ["Status: Pågår → Klar", "Lades in"]
    assert texts[0].startswith("14 sep 2026 ")


def test_taking_away_can_be_undone(frame: Frame) -> None:
    first, second = seeded(frame.workplace)
    frame.open(activity=first.id)
    frame.press("activity_remove")
    frame.bot.waitUntil(lambda: frame.stored() == (second,))
    frame.bot.waitUntil(lambda: frame.shows("activity_nothing"))
    frame.session.undo()
    frame.bot.waitUntil(lambda: len(frame.stored()) == 2)
    frame.settle()


def test_ctrl_v_shows_what_was_recognised_and_takes_it_in(frame: Frame) -> None:
    frame.open()
    QGuiApplication.clipboard().setText(PLAN)
    QTest.keyClick(frame.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    frame.bot.waitUntil(lambda: frame.shows("table_preview"))
    assert frame.find(QLabel, "table_preview_title").text() == "2 aktiviteter kändes igen"
    assert frame.stored() == ()
    frame.press("preview_take")
    frame.bot.waitUntil(lambda: len(frame.stored()) == 2)
    frame.settle()


def test_a_clipboard_without_a_table_says_what_to_copy(frame: Frame) -> None:
    frame.open()
    QGuiApplication.clipboard().setText("bara text")
    frame.press("empty_paste")
    assert frame.problems == [
        "Det finns ingen tabell att klistra in. "
        "Markera tabellen med sina rubriker i Excel, tryck Ctrl+C och klistra in igen."
    ]


def test_a_dropped_file_is_shown_before_it_is_taken_in(frame: Frame, tmp_path: Path) -> None:
    frame.open()
    file = tmp_path / "plan.csv"
    file.write_text(PLAN.replace("\t", ";"), encoding="utf-8")
    frame.find(DropArea, "activities_ground").dropped.emit([file])
    frame.bot.waitUntil(lambda: frame.shows("table_preview"))
    frame.press("preview_leave")
    assert frame.stored() == ()


def test_a_dropped_file_with_an_unknown_heading_is_refused_with_its_name(frame: Frame, tmp_path: Path) -> None:
    frame.open()
    file = tmp_path / "plan.csv"
    file.write_text("Aktivitet;Humör\nRutin;gott\n", encoding="utf-8")
    frame.find(DropArea, "activities_ground").dropped.emit([file])
    frame.bot.waitUntil(lambda: bool(frame.problems))
    assert "Humör" in frame.problems[0]


def test_in_a_narrow_window_the_detail_lies_over_the_page_and_can_be_closed(frame: Frame) -> None:
    seeded(frame.workplace)
    frame.window.resize(911, 512)
    frame.open()
    assert not frame.shows("activity_panel")
    table = frame.find(RecordTable, "activities_table")
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    frame.bot.waitUntil(lambda: frame.shows("activity_panel"))
    frame.press("panel_close")
    assert not frame.shows("activity_panel")


def test_another_activity_is_shown_from_its_name_downwards(frame: Frame) -> None:
    first, second = seeded(frame.workplace)
    frame.open(activity=first.id)
    frame.press("activity_more")
    frame.settle()
    bar = frame.find(QScrollArea, "activities_split_scroll").verticalScrollBar()
    frame.bot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    frame.open(activity=second.id)
    assert bar.value() == 0


def test_nothing_in_the_detail_is_wider_than_its_place(frame: Frame) -> None:
    first, _ = seeded(frame.workplace)
    frame.open(activity=first.id)
    pick(frame.find(Combo, "activity_status"), "integrerad")
    frame.press("activity_more")
    frame.settle()
    panel = frame.find_part("activity_panel")
    assert panel.minimumSizeHint().width() <= 300 - 14


@pytest.mark.parametrize("organisation", ["fyrbodal", "14"])
def test_an_office_has_activities_of_its_own(frame: Frame) -> None:
    frame.open(new=True)
    write(frame.find(TextField, "activity_title"), "Gemensam utbildning")
    frame.bot.waitUntil(lambda: len(frame.stored()) == 1)
    frame.settle()
