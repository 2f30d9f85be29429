"""The page around the grid: problems, definition, comments, a sealed period, narrow windows, and what is read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QLabel, QPushButton

from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.services import counts, deliveries, quality, seals
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.counts.trend_chart import axis
from fardplan_desktop.ui.parts.keys import known_keys
from fardplan_desktop.ui.theme.look import Look
from tests.ui.counts.conftest import Desk

Key = Qt.Key
PASSPHRASE = "bara-for-proven"


def aloud(desk: Desk, measure: str, month: str) -> str:
    return str(desk.index(measure, month).data(Qt.ItemDataRole.AccessibleTextRole))


def label(desk: Desk, name: str) -> str:
    found = desk.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def words(desk: Desk, name: str) -> str:
    button = desk.page.findChild(QPushButton, name)
    assert button is not None
    return button.text()


def sentences(desk: Desk) -> list[str]:
    return [problem.sentence for problem in desk.page.problems.problems]


def seal(desk: Desk, folder: Path) -> None:
    seals.make_key(desk.workplace, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(desk.workplace, passphrase=PASSPHRASE)
    deliveries.seal_period(desk.workplace, period=desk.session.period, folder=folder, key=key, approved_by="Socialchef")
    desk.session.tell()


# --- what is read aloud ----------------------------------------------------------------------------------------------


def test_every_cell_says_measure_month_and_value(desk: Desk) -> None:
    desk.put("SIP10", m08=11)
    assert aloud(desk, "SIP10", "2026-08") == "Uppföljda SIP, augusti 2026, 11"
    assert aloud(desk, "SIP10", "2026-05") == "Uppföljda SIP, maj 2026, tom"


def test_the_accessibility_tree_carries_the_words_of_the_cells(desk: Desk) -> None:
    desk.put("SIP10", m08=11)
    table = QAccessible.queryAccessibleInterface(desk.page.table)
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert "Uppföljda SIP, augusti 2026, 11" in names


def test_sums_say_what_they_are_made_of(desk: Desk) -> None:
    desk.put("SIP10", m05=12, m06=14)
    row = desk.index("SIP10", "2026-05").row()
    whole = str(desk.model.index(row, 5).data(Qt.ItemDataRole.AccessibleTextRole))
    assert whole.startswith("Uppföljda SIP, tertial 2 2026, 26, 2\u00a0av\u00a04 månader har ett antal.")
    assert "samma plan kan räknas flera gånger" in whole
    trend = str(desk.model.index(row, 7).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "maj 2026 12, jun 2026 14, jul 2026 saknas" in trend


def test_an_error_is_said_and_leads_to_its_cell(desk: Desk) -> None:
    desk.put("SIP04", m07=4)
    desk.put("SIP05", m07=5)
    said = "Den enskilde deltog i 5 möten under juli 2026, men bara 4 möten hölls."
    assert said in aloud(desk, "SIP05", "2026-07")
    shown = desk.page.problems.problems[0]
    assert (shown.weight, shown.verb) == ("fix", "Visa rutan")
    desk.press(Key.Key_Period, ctrl=True)
    assert desk.here == "SIP05/2026-07"
    desk.type("4")
    desk.settle()
    assert sentences(desk) == []


def test_an_empty_cell_that_is_asked_for_is_no_problem_yet_but_saknas_is(desk: Desk) -> None:
    assert sentences(desk) == []
    months = [month.id for month in desk.session.period.months]
    values = [Count(measure="SIP08", period=month, state=CountState.MISSING) for month in months]
    desk.session.change(lambda: counts.put(desk.workplace, values=values))
    desk.settle()
    assert sentences(desk) == ["Upprättade SIP saknas för tertial 2 2026."]


# --- the definition and the comments ---------------------------------------------------------------------------------


def test_the_panel_follows_the_caret(desk: Desk) -> None:
    desk.put("SIP10", m08=11)
    desk.session.change(lambda: counts.put(desk.workplace, values=[Count(measure="SIP10", period="2025-08", n=12)]))
    desk.settle()
    desk.go("SIP10", "2026-08")
    assert (label(desk, "panel_title"), label(desk, "panel_when")) == ("Uppföljda SIP", "augusti 2026")
    assert label(desk, "panel_before") == "12"
    desk.go("SIP08", "2026-05")
    assert label(desk, "panel_title") == "Upprättade SIP"
    assert label(desk, "panel_definition").startswith("Nya planer")


def test_saknas_fills_an_empty_cell_and_a_number_can_be_called_an_estimate(desk: Desk) -> None:
    desk.put("SIP04", m06=14)
    desk.page.panel.state.setFocus()
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Escape)
    desk.go("SIP04", "2026-05")
    desk.page.panel.state_chosen.emit(CountState.MISSING)
    desk.settle()
    desk.go("SIP04", "2026-06")
    desk.page.panel.state.setFocus()
    desk.press(Key.Key_Right)
    desk.settle()
    assert (desk.shown("SIP04", "2026-05"), desk.shown("SIP04", "2026-06")) == ("saknas", "≈\u00a014")


def test_an_estimate_of_nothing_opens_the_cell_to_be_typed_in(desk: Desk) -> None:
    desk.page.panel.state.setFocus()
    desk.press(Key.Key_Right)
    assert desk.focused.objectName() == "cell_editor"
    desk.type("14")
    desk.settle()
    assert desk.shown("SIP04", "2026-05") == "≈\u00a014"


def test_a_comment_is_saved_when_its_field_is_left(desk: Desk) -> None:
    desk.put("SIP10", m08=11)
    desk.go("SIP10", "2026-08")
    desk.page.panel.comment.setFocus()
    desk.type("Två enheter saknar siffror", None)
    desk.page.table.setFocus()
    desk.settle()
    assert desk.stored()["SIP10/2026-08"].comment == "Två enheter saknar siffror"
    assert "kommentar: Två enheter saknar siffror" in aloud(desk, "SIP10", "2026-08")
    desk.type("12")
    desk.settle()
    assert desk.stored()["SIP10/2026-08"].comment == "Två enheter saknar siffror"


def test_a_comment_that_identifies_a_person_is_not_saved_and_not_lost(desk: Desk) -> None:
    desk.put("SIP10", m08=11)
    desk.go("SIP10", "2026-08")
    panel = desk.page.panel
    panel.comment.setFocus()
    panel.comment.setPlainText("Gäller 19121212-1212")
    desk.go("SIP08", "2026-05")
    desk.settle()
    assert desk.here == "SIP10/2026-08"
    assert panel.comment.toPlainText() == "Gäller 19121212-1212"
    assert "personnummer" in panel.comment_field.error
    assert desk.stored()["SIP10/2026-08"].comment is None
    panel.comment.setFocus()
    panel.comment.setPlainText("Gäller en person")
    desk.page.table.setFocus()
    desk.settle()
    assert (panel.comment_field.error, panel.comment.toPlainText()) == ("", "Gäller en person")
    assert desk.stored()["SIP10/2026-08"].comment == "Gäller en person"


def test_a_warning_is_answered_in_the_panel(desk: Desk) -> None:
    desk.put("SIP04", m05=4)
    desk.put("SIP08", m05=6)
    shown = desk.page.problems.problems
    assert [each.verb for each in shown] == ["Skriv kommentar"]
    shown[0].act()
    assert desk.here == "SIP08/2026-05"
    assert desk.focused is desk.page.panel.answer
    desk.type("Mötena hölls i april", None)
    desk.page.table.setFocus()
    desk.settle()
    answered = quality.problems(desk.workplace, period=desk.session.period)
    assert [each.comment for each in answered if each.result.rule == "R-GRANS-SIP08"] == ["Mötena hölls i april"]
    assert [(each.weight, each.verb) for each in desk.page.problems.problems] == [("note", "Ändra kommentar")]


def test_one_comment_answers_all_of_the_same_kind_when_asked_to(desk: Desk) -> None:
    for month in ("m05", "m06", "m07"):
        desk.put("SIP04", **{month: 4})
        desk.put("SIP08", **{month: 6})
    desk.page.problems.problems[1].act()
    assert desk.here == "SIP08/2026-06"
    together = desk.page.panel.together
    assert together.text() == "Gäller alla 3 av samma slag"
    desk.type("Mötena hölls i april", None)
    together.setFocus()
    desk.settle()
    assert not any(each.comment for each in quality.problems(desk.workplace, period=desk.session.period))
    desk.press(Key.Key_Space)
    desk.settle()
    assert [each.weight for each in desk.page.problems.problems] == ["note"] * 3
    desk.session.undo()
    desk.settle()
    assert [each.weight for each in desk.page.problems.problems] == ["comment"] * 3


def test_a_lone_warning_offers_no_others(desk: Desk) -> None:
    desk.put("SIP04", m05=4)
    desk.put("SIP08", m05=6)
    desk.page.problems.problems[0].act()
    assert not desk.page.panel.together.isVisible()


def test_an_answer_half_written_is_saved_when_one_goes_on_and_the_next_question_stays(desk: Desk) -> None:
    desk.put("SIP04", m05=4, m06=4)
    desk.put("SIP08", m05=6, m06=6)
    desk.press(Key.Key_Period, ctrl=True)
    desk.type("Mötena hölls i april", None)
    desk.press(Key.Key_Period, ctrl=True)
    desk.settle()
    assert desk.here == "SIP08/2026-06"
    assert desk.focused is desk.page.panel.answer
    assert "juni 2026" in label(desk, "panel_warning")
    answered = quality.problems(desk.workplace, period=desk.session.period)
    assert [each.comment for each in answered if each.result.rule == "R-GRANS-SIP08"] == ["Mötena hölls i april", None]


def test_ctrl_dot_goes_on_after_a_problem_is_mended_and_back_with_shift(desk: Desk) -> None:
    desk.put("SIP04", m05=4, m06=4, m07=4)
    desk.put("SIP05", m05=5, m06=5, m07=5)
    for _ in range(2):
        desk.press(Key.Key_Period, ctrl=True)
    assert desk.here == "SIP05/2026-06"
    desk.type("4")
    desk.settle()
    desk.press(Key.Key_Period, ctrl=True)
    assert desk.here == "SIP05/2026-07"
    desk.press(Key.Key_Period, ctrl=True, shift=True)
    assert desk.here == "SIP05/2026-05"


def test_ctrl_dot_without_problems_says_so(desk: Desk) -> None:
    desk.press(Key.Key_Period, ctrl=True)
    assert desk.receipts[-1] == "Inget att rätta eller kommentera"


def test_who_comes_from_rapportera_to_mend_finds_the_way_back(desk: Desk) -> None:
    desk.put("SIP04", m05=4, m06=4)
    desk.put("SIP05", m05=5, m06=5)
    desk.window.go("counts", measure="SIP05", month="2026-05", problem="R-DEL-SIP05/SIP05/2026-05", back="reporting")
    assert words(desk, "report_period") == "Tillbaka till Rapportera"
    desk.press(Key.Key_Period, ctrl=True)
    assert desk.here == "SIP05/2026-06", "the next after the one she came for"
    desk.click("report_period")
    assert desk.window.current_page is not desk.page
    desk.window.go("counts")
    assert words(desk, "report_period") == "Rapportera tertial 2"


# --- the sealed period -----------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(desk: Desk, tmp_path: Path) -> Desk:
    desk.put("SIP04", m05=9)
    desk.put("SIP08", m05=12)
    seal(desk, tmp_path / "ut")
    desk.go("SIP04", "2026-05")
    return desk


def test_typing_in_a_sealed_period_says_that_it_is_locked(sealed: Desk) -> None:
    sealed.type("7", None)
    assert sealed.problems == [
        "Tertial 2 2026 är låst. Perioden är förseglad. Öppna rättelse under Rapportera › Inskickat och ändra sedan."
    ]
    for key in (Key.Key_Delete, Key.Key_Plus):
        sealed.press(key)
    sealed.paste("1\t2")
    sealed.settle()
    assert len(sealed.problems) == 4
    assert [count.n for count in sealed.stored().values()] == [9, 12]


def test_a_sealed_period_is_shown_as_locked_everywhere(sealed: Desk) -> None:
    assert "förseglad och låst" in label(sealed, "page_sentence")
    assert aloud(sealed, "SIP04", "2026-05").endswith("9, låst")
    assert not sealed.page.panel.state.isEnabled()
    assert not sealed.page.panel.comment.isEnabled()
    assert {(each.weight, each.verb) for each in sealed.page.problems.problems} == {("note", "Visa rutan")}


# --- the head and the way to and from --------------------------------------------------------------------------------


def test_the_head_says_how_the_period_stands(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    assert label(desk, "page_sentence") == "Maj–augusti 2026 · lämnas senast 25 september, 11 dagar kvar"
    assert label(desk, "filled") == "1 av 21 rutor ifyllda"


def test_the_primary_button_leads_to_reporting(desk: Desk) -> None:
    button = desk.page.findChild(QPushButton, "report_period")
    assert button is not None
    assert button.text() == "Rapportera tertial 2"
    desk.click("report_period")
    page = desk.window.current_page
    assert page is not None
    assert page.name == "reporting"


def test_a_sealed_period_is_not_asked_to_be_reported_again(sealed: Desk) -> None:
    button = sealed.page.findChild(QPushButton, "report_period")
    assert button is not None
    assert button.text() == "Visa det inskickade"


def test_arriving_at_a_voluntary_measure_in_another_period_shows_both(desk: Desk) -> None:
    desk.page.arrive(measure="KON01", month="2026-04")
    assert desk.here == "KON01/2026-04"
    assert desk.session.period.id == "2026-T1"
    assert desk.page.head.all_measures


def test_arriving_without_a_place_goes_on_where_something_is_left(desk: Desk) -> None:
    desk.put("SIP04", m05=9)
    desk.window.go("counts")
    assert desk.here == "SIP05/2026-05"


def test_another_period_shows_its_own_months(desk: Desk) -> None:
    desk.session.choose_period(desk.session.period.previous)
    desk.page.set_period("2026-T1")
    assert [column.words for column in desk.model.columns[1:6]] == ["jan", "feb", "mar", "apr", "T1 2026"]


def test_changes_made_elsewhere_are_shown_when_one_comes_back(desk: Desk) -> None:
    desk.window.go("reporting")
    desk.put("SIP04", m05=9)
    desk.window.go("counts")
    assert desk.shown("SIP04", "2026-05") == "9"


def test_narrow_windows_put_the_choices_in_a_menu_and_the_definition_over_the_page(desk: Desk) -> None:
    desk.window.resize(911, 512)
    desk.qtbot.waitUntil(lambda: not desk.page.head.measures.isVisible())
    assert not desk.page.panel.isVisible()
    desk.click("open_panel")
    assert desk.page.panel.isVisible()
    actions: list[QAction] = desk.page.head.menu().actions()
    next(action for action in actions if action.text() == "Alla 17 mått").trigger()
    assert len(desk.model.grid.rows if desk.model.grid else ()) == 17


def test_f6_goes_between_the_grid_and_the_definition(desk: Desk) -> None:
    desk.press(Key.Key_F6)
    assert desk.page.panel.isAncestorOf(desk.focused)
    desk.press(Key.Key_F6)
    assert desk.focused is desk.page.table


def test_the_keys_of_the_grid_are_listed(desk: Desk) -> None:
    desk.put("SIP04", m05=4)
    desk.put("SIP05", m05=5)
    keys = dict(known_keys(desk.window))
    assert {"F2", "+", "Delete", "Ctrl+C", "Ctrl+V", "F6", "Ctrl+."} <= set(keys)


def test_every_line_has_room_for_its_name_at_200_percent(desk: Desk, look: Look) -> None:
    look.choose_factor(2.0)
    page = desk.window.current_page
    assert isinstance(page, CountsPage)
    try:
        assert page is not desk.page
        rows = range(page.table.grid_model.rowCount())
        assert all(page.table.rowHeight(row) >= 60 for row in rows)
        assert page.table.horizontalScrollBar().maximum() > 0
    finally:
        look.choose_factor(1.0)


def test_the_axis_of_the_chart_has_whole_steps_above_the_highest() -> None:
    assert axis(14) == [0, 5, 10, 15]
    assert axis(0) == [0, 1]
    assert axis(314)[-1] >= 314
    assert len(axis(9_999_999)) <= 6
