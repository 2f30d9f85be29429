"""Avvikelser in the window: registering by keyboard, following through, filtering, what is refused and undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations, editing
from fardplan_desktop.services.deviation_list import NOT_STATED
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations.listing import DeviationTable
from fardplan_desktop.ui.deviations.panel import DeviationPanel
from fardplan_desktop.ui.messages.door import Receipt
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea, TextField
from fardplan_desktop.ui.parts.table_preview import TablePreview
from fardplan_desktop.ui.parts.toggle_chip import ToggleChip
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.deviations.hands import error, fill, find, numbers, page_of, pick, registered, stored, write


def test_an_empty_store_says_how_to_begin(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    qtbot.waitUntil(find(page, Button, "empty_new").isVisible)
    find(page, Button, "empty_new").click()
    assert find(page, DeviationPanel, "deviation_panel").writing_new


def test_a_new_one_is_registered_when_what_is_needed_is_there(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    page = page_of(window, new=True)
    assert page.focusWidget() is find(page, Combo, "deviation_direction")
    register = find(page, Button, "deviation_register")
    register.click()
    assert all("behövs" in error(page, name) for name in ("direction", "counterpart", "category"))
    fill(page)
    with qtbot.waitSignal(window.messages.receipt_given) as told:
        register.click()
    assert told.args is not None
    receipt = told.args[0]
    assert isinstance(receipt, Receipt)
    assert receipt.text == "Ny avvikelse 1462-2026-0001"
    made = stored(workplace)
    assert (made.month, made.direction, made.status) == ("2026-09", "kommun-region", "registrerad")
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    assert not find(page, DeviationPanel, "deviation_panel").writing_new


def test_ctrl_enter_registers_and_opens_the_next(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    page = page_of(window, new=True)
    qtbot.waitActive(window)
    fill(page)
    QTest.keyClick(find(page, Combo, "deviation_direction"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    assert find(page, DeviationPanel, "deviation_panel").writing_new
    assert stored(workplace).category == "lakemedel"
    assert find(page, Combo, "deviation_category").key == ""
    assert find(page, Combo, "deviation_direction").key == "kommun-region"
    assert find(page, Combo, "deviation_counterpart").key == "vardcentral"
    assert page.focusWidget() is find(page, Combo, "deviation_category")
    QTest.keyClick(find(page, Combo, "deviation_category"), Qt.Key.Key_Escape)
    page_of(window, new=True)
    assert find(page, Combo, "deviation_direction").key == "kommun-region"


def test_a_summary_is_saved_only_when_somebody_vouches_for_it(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    page = page_of(window, new=True)
    fill(page)
    write(page, "summary", "Läkemedelslistan saknades.")
    assert find(page, QLabel, "summary_count").text() == "26 av 300 tecken"
    find(page, Button, "deviation_register").click()
    assert "bocka i rutan" in error(page, "summary")
    find(page, CheckBox, "deviation_tick").click()
    find(page, Button, "deviation_register").click()
    qtbot.waitUntil(lambda: len(deviations.deviations(workplace)) == 1)
    assert stored(workplace).summary == "Läkemedelslistan saknades."
    qtbot.waitUntil(lambda: not find(page, DeviationPanel, "deviation_panel").writing_new)
    write(page, "summary", "Listan saknades vid hemgång.")
    assert "bocka i rutan" in error(page, "summary")
    find(page, CheckBox, "deviation_tick").click()
    qtbot.waitUntil(lambda: stored(workplace).summary == "Listan saknades vid hemgång.")


def test_a_personal_number_is_refused_at_its_field_and_the_text_is_kept(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    write(page, "description", "Gällde 811218-9876")
    qtbot.waitUntil(lambda: "personnummer" in error(page, "description"))
    assert find(page, TextArea, "deviation_description").toPlainText() == "Gällde 811218-9876"
    assert stored(workplace) == made
    write(page, "description", "Gällde den enskilde")
    qtbot.waitUntil(lambda: stored(workplace).description == "Gällde den enskilde")
    qtbot.waitUntil(lambda: error(page, "description") == "")


def test_a_telephone_number_is_asked_about_once(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    write(page, "action_text", "Ring växeln 0520-65 95 00.")
    pick(page, "effect", workplace.codebook.list("effekt").codes[0].id)
    qtbot.waitUntil(lambda: stored(workplace).effect is not None)
    assert stored(workplace).action_text is None
    find(page, Button, "question_deviation_action_text_keep").click()
    qtbot.waitUntil(lambda: stored(workplace).action_text == "Ring växeln 0520-65 95 00.")
    pick(page, "action", "andrad-rutin")
    qtbot.waitUntil(lambda: stored(workplace).action == "andrad-rutin")
    assert not find(page, QWidget, "question_deviation_action_text").isVisible()


def test_a_text_that_waits_is_still_there_when_one_comes_back_to_the_deviation(
    window: MainWindow, workplace: Workplace
) -> None:
    made, other = registered(workplace), registered(workplace)
    page = page_of(window, deviation=made.id)
    text = "Gällde 811218-9876 i maj"
    find(page, TextArea, "deviation_description").replace(text)
    page_of(window, deviation=other.id)
    assert find(page, TextArea, "deviation_description").toPlainText() == ""
    page_of(window, deviation=made.id)
    assert find(page, TextArea, "deviation_description").toPlainText() == text
    assert error(page, "description").startswith("Ser ut som ett personnummer.")
    assert deviations.find(workplace, deviation=made.id) == made
    assert not any(text in str(each) for each in editing.history(workplace))
    assert text.encode() not in workplace.store.path.read_bytes()


def test_a_new_one_left_half_written_is_still_there_afterwards(window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, new=True)
    pick(page, "category", "lakemedel")
    write(page, "summary", "Halvt skrivet")
    page_of(window, deviation=made.id)
    assert find(page, TextArea, "deviation_summary").toPlainText() == ""
    page_of(window, new=True)
    assert find(page, Combo, "deviation_category").key == "lakemedel"
    assert find(page, TextArea, "deviation_summary").toPlainText() == "Halvt skrivet"
    assert stored(workplace) == made


def test_removing_is_undone_with_ctrl_z(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    find(page, Button, "deviation_remove").click()
    qtbot.waitUntil(lambda: numbers(page) == [])
    qtbot.waitUntil(find(page, Button, "empty_new").isVisible)
    window.undo_asked.emit()
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    assert stored(workplace) == made


def test_a_deviation_is_put_back_as_it_was_from_its_history(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    made = registered(workplace, severity="mattlig")
    page = page_of(window, deviation=made.id)
    write(page, "description", "Listan saknades")
    qtbot.waitUntil(lambda: stored(workplace).description == "Listan saknades" and not window.jobs.writing)
    find(page, Button, "deviation_history").click()
    find(page, Button, "restore_1").click()
    qtbot.waitUntil(lambda: stored(workplace) == made)
    qtbot.waitUntil(lambda: find(page, TextArea, "deviation_description").toPlainText() == "")
    assert not page.findChildren(Button, "restore_3"), "the state of now is no place to go back to"


def test_a_text_is_erased_from_the_history_part_after_a_question_that_starts_on_the_safe_choice(
    qtbot: QtBot, window: MainWindow, workplace: Workplace
) -> None:
    made = registered(workplace, summary="Grannen till fiskaffären", reference="640823-3234")
    page = page_of(window, deviation=made.id)
    find(page, Button, "deviation_history").click()
    find(page, Button, "history_erase").click()
    qtbot.waitUntil(lambda: window.findChild(Dialog, "erase_dialog") is not None)
    dialog = find(window, Dialog, "erase_dialog")
    qtbot.waitUntil(lambda: find(dialog, Button, "erase_no").hasFocus())
    assert [each.text() for each in dialog.findChildren(CheckBox)] == ["Sammanfattningen", "Referensen"]
    find(dialog, CheckBox, "erase_reference").setChecked(False)
    find(dialog, Button, "erase_yes").click()
    qtbot.waitUntil(lambda: "Skälet saknas" in find(dialog, QLabel, "error_erase_reason").text())
    find(dialog, TextField, "erase_reason").setText("Gick att känna igen")
    find(dialog, Button, "erase_yes").click()
    qtbot.waitUntil(lambda: stored(workplace).summary is None)
    assert stored(workplace).reference == "640823-3234"
    qtbot.waitUntil(lambda: find(page, TextArea, "deviation_summary").toPlainText() == "")
    told = [each.text() for each in find(page, QWidget, "history_part").findChildren(QLabel)]
    assert "Rensad uppgift: Sammanfattningen. Skäl: Gick att känna igen" in told
    assert "Innehållet är rensat" in told


def test_the_history_tells_what_was_changed_in_words(qtbot: QtBot, window: MainWindow, workplace: Workplace) -> None:
    made = registered(workplace)
    page = page_of(window, deviation=made.id)
    pick(page, "severity", "mattlig")
    qtbot.waitUntil(lambda: stored(workplace).severity == "mattlig")
    find(page, Button, "deviation_history").click()
    part = find(page, QWidget, "history_part")
    qtbot.waitUntil(lambda: "Allvarlighet: tomt → Måttlig" in [each.text() for each in part.findChildren(QLabel)])
    assert "Registrerades" in [each.text() for each in part.findChildren(QLabel)]


@pytest.fixture
def several(workplace: Workplace) -> list[Deviation]:
    today = workplace.today
    return [
        registered(workplace, registered=date(2026, 3, 2), category="lakemedel", counterpart="vardcentral",
                   status="avslutad"),
        registered(workplace, registered=date(2026, 5, 2), category="sip-och-samordning", counterpart="habilitering",
                   status="skickad", sent_on=today - timedelta(days=64), summary="Kallelsen kom för sent."),
        registered(workplace, registered=date(2026, 8, 2), category="lakemedel", counterpart="sjukhus-somatik",
                   status="skickad", sent_on=today - timedelta(days=41), document="rutin-in-utskrivning",
                   summary="Ålderdomshemmets lista saknades."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("box", "key", "expected"),
    [
        ("filter_status", "avslutad", ["0001"]),
        ("filter_category", "lakemedel", ["0003", "0001"]),
        ("filter_counterpart", "habilitering", ["0002"]),
        ("filter_document", NOT_STATED, ["0002", "0001"]),
        ("filter_period", "2026-T2", ["0003", "0002"]),
    ],
)
def test_a_filter_leaves_what_was_asked_for(
    qtbot: QtBot, several: list[Deviation], window: MainWindow, box: str, key: str, expected: list[str]
) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: numbers(page) == ["0003", "0002", "0001"])
    find(page, Button, "filter_more").click()
    chosen = find(page, Combo, box)
    assert chosen.isVisible()
    chosen.choose(key)
    chosen.picked.emit(key)
    qtbot.waitUntil(lambda: numbers(page) == expected)
    find(page, Button, "filter_more").click()
    assert chosen.isVisible()


def test_chips_and_boxes_say_how_many_they_would_leave_given_the_others(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window)
    opened, late = find(page, ToggleChip, "chip_open"), find(page, ToggleChip, "chip_late")
    qtbot.waitUntil(lambda: (opened.words, late.words) == ("Öppna 2", "Försenade svar 1"))
    find(page, Button, "filter_more").click()
    category = find(page, Combo, "filter_category")
    qtbot.waitUntil(lambda: "Läkemedel (2)" in [category.itemText(at) for at in range(category.count())])
    opened.click()
    qtbot.waitUntil(lambda: numbers(page) == ["0003", "0002"])
    qtbot.waitUntil(lambda: "Läkemedel (1)" in [category.itemText(at) for at in range(category.count())])
    late.click()
    qtbot.waitUntil(lambda: numbers(page) == ["0002"])
    assert opened.accessibleName() == "Öppna 1"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("ÅLDERDOMS", ["0003"]), ("utskrivning", ["0003"]), ("2026-0002", ["0002"]), ("läkemedel lista", ["0003"]),
     ("kallelsen sent", ["0002"]), ('"kom för sent"', ["0002"]), ('"för kom"', []), ("finns inte", [])],
)  # fmt: skip
def test_text_is_looked_for_in_summary_number_category_and_document(
    qtbot: QtBot, several: list[Deviation], window: MainWindow, typed: str, expected: list[str]
) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 3)
    QTest.keyClick(find(page, DeviationTable, "deviation_table"), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = find(page, TextField, "filter_text")
    qtbot.waitUntil(lambda: page.focusWidget() is field)
    field.setText(typed)
    qtbot.waitUntil(lambda: numbers(page) == expected)
    assert find(page, Button, "deviations_show_all").isVisible() == (not expected)


def test_going_to_one_shows_it_whatever_the_filter_says(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window)
    find(page, TextField, "filter_text").setText("kallelsen")
    qtbot.waitUntil(lambda: numbers(page) == ["0002"])
    page_of(window, deviation=several[0].id)
    assert find(page, QLabel, "deviation_heading").text() == "Avvikelse 1462-2026-0001"
    table = find(page, DeviationTable, "deviation_table")
    qtbot.waitUntil(lambda: (numbers(page), table.currentIndex().row()) == (["0003", "0002", "0001"], 2))


def test_a_click_on_a_head_sorts_and_another_turns_it_round(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 3)
    head = find(page, DeviationTable, "deviation_table").horizontalHeader()

    def click(column: int) -> None:
        spot = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click(4)
    qtbot.waitUntil(lambda: numbers(page) == ["0002", "0003", "0001"])  # Habilitering, Sjukhus, Vårdcentral
    click(4)
    qtbot.waitUntil(lambda: numbers(page) == ["0001", "0003", "0002"])
    click(7)
    qtbot.waitUntil(lambda: numbers(page) == ["0002", "0003", "0001"])


def test_the_answer_column_counts_down_and_says_when_it_is_late(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    model = find(page_of(window), DeviationTable, "deviation_table").model()
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    assert [model.index(row, 7).data() for row in range(3)] == ["19 dagar kvar", "Försenad 4 dagar", ""]
    assert model.index(0, 6).data() == "Skickad"


def test_the_strip_counts_the_period_and_says_that_more_is_not_worse(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window)
    page.set_period("2026-T2")
    qtbot.waitUntil(lambda: find(page, QLabel, "strip_total").text() == "2")
    assert find(page, QWidget, "category_bars").accessibleName() == "Läkemedel 1, SIP och samordning 1"
    assert "inte att det har blivit sämre" in find(page, QLabel, "strip_line").text()


def test_a_period_without_deviations_takes_one_line(qtbot: QtBot, several: list[Deviation], window: MainWindow) -> None:
    page = page_of(window)
    page.set_period("2027-T1")
    line = find(page, QLabel, "strip_line")
    qtbot.waitUntil(lambda: line.text() == "Tertial 1 2027: inga registrerade.")
    assert line.isVisible()
    assert not find(page, QLabel, "strip_total").isVisible()


def test_arrow_keys_go_through_the_deviations_while_the_form_is_open(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    page = page_of(window, deviation=several[2].id)
    table = find(page, DeviationTable, "deviation_table")
    qtbot.waitUntil(lambda: table.currentIndex().row() == 0)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert find(page, QLabel, "deviation_heading").text() == "Avvikelse 1462-2026-0002"
    assert page.focusWidget() is table


def test_a_dropped_file_is_shown_before_anything_is_taken_in(
    qtbot: QtBot, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    page = page_of(window)
    path = tmp_path / "statistik.csv"
    path.write_text(
        "Händelsedatum;Registrerad;Riktning;Rapporterande;Berörd part;Kategori;Referens\n"
        "2026-08-03;2026-08-04;Kommun → region;Vård och omsorg;Vårdcentral;Läkemedel;4711\n",
        encoding="utf-8",
    )
    page._dropped([path])
    qtbot.waitUntil(lambda: window.findChild(TablePreview) is not None)
    assert deviations.deviations(workplace) == ()
    find(window, Button, "preview_take").click()
    qtbot.waitUntil(lambda: numbers(page) == ["0001"])
    assert stored(workplace).reference == "4711"


def test_few_columns_step_aside_where_there_is_little_room(
    qtbot: QtBot, several: list[Deviation], window: MainWindow
) -> None:
    table = find(page_of(window), DeviationTable, "deviation_table")
    assert not any(table.isColumnHidden(column) for column in range(8))
    page_of(window, deviation=several[0].id)
    assert [column for column in range(8) if table.isColumnHidden(column)] == [1, 2, 4]
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
