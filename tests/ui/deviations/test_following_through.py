"""From registered to closed in the window: steps, what they lack, several at once, the activities that answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import activities, deviations, editing
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations.listing import DeviationTable
from fardplan_desktop.ui.deviations.page import DeviationsPage
from fardplan_desktop.ui.deviations.several import SeveralPanel
from fardplan_desktop.ui.page import Page, PageSpec
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.table_preview import TablePreview
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.deviations.hands import find, numbers, page_of, pick, registered, stored, write


def test_the_next_step_is_one_click_and_sets_its_day(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    assert find(page, QWidget, "step_status").accessibleName() == "Registrerad"
    find(page, Button, "step_skickad").click()
    qtbot.waitUntil(lambda: find(page, QWidget, "step_status").accessibleName() == "Skickad")
    assert (stored(workplace).status, stored(workplace).sent_on) == ("skickad", date(2026, 9, 14))
    assert find(page, DateField, "deviation_sent_on").day == date(2026, 9, 14)
    assert find(page, QLabel, "deviation_answer").text() == "Svar senast 13\u00a0november 2026: 60 dagar kvar."


def test_a_step_back_asks_why_in_its_place(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace, status="utreds", sent_on=date(2026, 9, 1))
    page = page_of(window, deviation=made.id)
    find(page, Button, "step_others").click()
    find(page, Button, "step_skickad").click()
    box = find(page, TextField, "step_comment")
    qtbot.waitUntil(lambda: page.focusWidget() is box)
    find(page, Button, "step_go").click()
    assert find(page, QLabel, "error_step_comment").text() == "Skriv varför."
    assert stored(workplace).status == "utreds"
    box.setText("Fel mottagare.")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(workplace).status == "skickad")
    assert stored(workplace).status_comment == "Fel mottagare."
    qtbot.waitUntil(lambda: find(page, TextField, "deviation_status_comment").text() == "Fel mottagare.")


def test_a_reason_that_points_out_a_person_is_refused_where_it_was_asked(
    window: MainWindow, workplace: Workplace
) -> None:
    page = page_of(window, deviation=registered(workplace, status="utreds").id)
    find(page, Button, "step_avvisad-av-mottagaren").click()
    find(page, TextField, "step_comment").setText("Gällde 811218-9876")
    find(page, Button, "step_go").click()
    assert "personnummer" in find(page, QLabel, "error_step_comment").text()
    assert stored(workplace).status == "utreds"


def test_closing_says_what_is_missing_and_leads_there(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace, status="atgardad")
    page = page_of(window, deviation=made.id)
    find(page, Button, "step_avslutad").click()
    assert "fyll i det som saknas" in find(page, QLabel, "step_lacks").text()
    find(page, Button, "step_fill_causes").click()
    qtbot.waitUntil(lambda: page.focusWidget() is find(page, Combo, "deviation_causes_0"))
    pick(page, "causes_0", "utbildning-och-kompetens")
    pick(page, "action", "andrad-rutin")
    qtbot.waitUntil(lambda: find(page, Button, "step_avslutad").text().strip() == "Till Avslutad")
    find(page, Button, "step_avslutad").click()
    qtbot.waitUntil(lambda: stored(workplace).status == "avslutad")


def test_a_field_half_written_is_stored_before_the_step(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    page = page_of(window, deviation=registered(workplace).id)
    find(page, TextField, "deviation_reference").setText("MC4711")
    find(page, Button, "step_skickad").click()
    qtbot.waitUntil(lambda: stored(workplace).status == "skickad")
    assert stored(workplace).reference == "MC4711"


@pytest.mark.parametrize(
    ("sent", "answered", "expected"),
    [
        (None, None, "Svaret ska finnas inom 60 dagar från den dag den skickas."),
        (70, None, "Svar senast 4\u00a0september 2026: 10 dagar försenat."),
        (70, 1, "Svaret kom efter 69 dagar, för sent."),
        (40, 39, "Svaret kom efter 1 dag, i tid."),
    ],
)
def test_the_form_says_how_the_answer_stands(
    window: MainWindow, workplace: Workplace, sent: int | None, answered: int | None, expected: str
) -> None:
    def ago(days: int | None) -> date | None:
        return None if days is None else workplace.today - timedelta(days=days)

    made = registered(workplace, sent_on=ago(sent), answered_on=ago(answered))
    page = page_of(window, deviation=made.id)
    assert find(page, QLabel, "deviation_answer").text() == expected


@pytest.fixture
def four(workplace: Workplace) -> list[Deviation]:
    ready = {"causes": ("utbildning-och-kompetens",), "action": "andrad-rutin"}
    return [registered(workplace, **(ready if each != 2 else {})) for each in range(4)]


def mark(qtbot: QtBot, page: DeviationsPage, rows: list[int]) -> None:
    """Click the first row, the others with Ctrl."""
    table = find(page, DeviationTable, "deviation_table")
    for place, row in enumerate(rows):
        spot = table.visualRect(table.model().index(row, 3)).center()
        modifier = Qt.KeyboardModifier.ControlModifier if place else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(spot))


def test_several_are_changed_together_and_one_undo_takes_it_back(
    qtbot: QtBot, four: list[Deviation], window: MainWindow, workplace: Workplace
) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 4)
    mark(qtbot, page, [0, 1, 2])
    assert find(page, QLabel, "marked_count").text() == "3 markerade"
    change = find(page, Button, "marked_change")
    assert change.text().strip() == "Ändra 3 avvikelser"
    change.click()
    panel = find(page, SeveralPanel, "several_panel")
    find(panel, Button, "several_change").click()
    assert find(panel, QLabel, "error_several_status").text() == "Ange vad som ska ändras."
    for name, code in (("status", "avslutad"), ("lift_to", "delregional")):
        find(panel, Combo, f"several_{name}").choose(code)
    find(panel, Button, "several_change").click()
    told = find(panel, QLabel, "several_told")
    qtbot.waitUntil(told.isVisible)
    assert told.text().splitlines()[0] == "2 ändrade, 1 lämnade som de var:"
    assert told.text().splitlines()[1].startswith("1462-2026-0003: Avvikelsen kan inte avslutas än.")
    assert [each.lift_to for each in deviations.deviations(workplace)] == ["delregional", None, "delregional", None]
    assert find(panel, Combo, "several_status").key == ""
    table = find(page, DeviationTable, "deviation_table")
    assert table.marked == 3
    window.undo_asked.emit()
    qtbot.waitUntil(lambda: editing.undo_labels(workplace)[1] == "Ändrat 2 avvikelser")
    assert [each.lift_to for each in deviations.deviations(workplace)] == [None] * 4


def test_all_that_the_filter_leaves_are_marked_with_ctrl_a_and_let_go_again(
    qtbot: QtBot, four: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window)
    find(page, TextField, "filter_text").setText("2026-000")
    qtbot.waitUntil(lambda: len(numbers(page)) == 4)
    table = find(page, DeviationTable, "deviation_table")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.marked == 4
    find(page, TextField, "filter_text").setText("0002")
    qtbot.waitUntil(lambda: numbers(page) == ["0002"])
    assert table.marked == 1
    find(page, Button, "marked_clear").click()
    assert table.marked == 0


def test_marks_and_place_stay_when_the_list_is_read_anew(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    for _ in range(60):
        registered(workplace)
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 60)
    table = find(page, DeviationTable, "deviation_table")
    mark(qtbot, page, [1, 2])
    table.verticalScrollBar().setValue(700)
    registered(workplace)
    window.refresh()
    qtbot.waitUntil(lambda: len(numbers(page)) == 61)
    assert sorted(table.marked_rows()) == [2, 3]
    assert table.verticalScrollBar().value() == 700


class Other(Page):
    """Stands for the page of activities: remembers what it was asked for."""

    asked: object = None

    def arrive(self, **argument: object) -> None:
        self.asked = argument.get("activity")


def test_an_activity_is_linked_opened_and_let_go(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    activity, _ = activities.add(workplace, title="Gemensam rutin för läkemedelslistan")
    window.set_pages([*window._specs, PageSpec("activities", "Aktiviteter", "list-checks", Other)])
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    pick(page, "activities_add", activity.id)
    qtbot.waitUntil(lambda: stored(workplace).activities == (activity.id,))
    find(page, Button, f"link_{activity.id}").click()
    other = window.current_page
    assert isinstance(other, Other)
    assert other.asked == activity.id
    page = page_of(window, deviation=made.id)
    find(page, IconButton, f"unlink_{activity.id}").click()
    qtbot.waitUntil(lambda: stored(workplace).activities == ())


def test_a_reason_is_enough_where_nothing_was_done(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    page = page_of(window, deviation=registered(workplace, action="ingen-atgard").id)
    find(page, Button, "step_avslutad").click()
    find(page, Button, "step_fill_status_comment").click()
    write(page, "status_comment", "Parterna är överens.")
    qtbot.waitUntil(lambda: find(page, Button, "step_avslutad").text().strip() == "Till Avslutad")
    find(page, Button, "step_avslutad").click()
    qtbot.waitUntil(lambda: stored(workplace).status == "avslutad")


def test_a_list_with_headings_is_pasted_with_ctrl_v(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    page = page_of(window)
    qtbot.waitActive(window)
    QGuiApplication.clipboard().setText(
        "Händelsedatum\tRegistrerad\tRiktning\tRapporterande\tBerörd part\tKategori\n"
        "2026-08-03\t2026-08-04\tKommun → region\tVård och omsorg\tVårdcentral\tLäkemedel\n"
    )
    qtbot.waitUntil(find(page, Button, "empty_new").hasFocus)
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.findChild(TablePreview) is not None)
    find(window, Button, "preview_take").click()
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    assert stored(workplace).category == "lakemedel"


def test_fields_left_in_a_hurry_are_all_stored(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    pick(page, "severity", "betydande")
    pick(page, "likelihood", "stor")
    pick(page, "causes_0", "utbildning-och-kompetens")
    sent = find(page, DateField, "deviation_sent_on")
    sent.show_day(date(2026, 9, 1))
    sent.left.emit()
    qtbot.waitUntil(lambda: stored(workplace).sent_on is not None and bool(stored(workplace).causes))
    now = stored(workplace)
    assert now.sent_on == date(2026, 9, 1)
    assert (now.severity, now.likelihood, now.causes) == ("betydande", "stor", ("utbildning-och-kompetens",))
    assert find(page, QLabel, "deviation_risk").text() == "Riskvärde 9 av 16: bör analyseras."
