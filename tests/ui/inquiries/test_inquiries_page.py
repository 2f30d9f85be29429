"""Fråga ansvariga: one press makes all questions, answers let go anywhere are shown and taken in, units add up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView, QWidget

from fardplan_desktop.domain.records import Count, Inquiry
from fardplan_desktop.services import activities, counts, editing, inquiries, units
from fardplan_desktop.services.inquiries import Colleague
from fardplan_desktop.ui.answers_in.preview import AnswerPreviewDialog
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea, TextField
from tests.services.answering import fill_in
from tests.ui.inquiries.conftest import T2, Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two units and the owner of an activity; nobody is asked yet."""
    for name in ("Norr", "Söder"):
        units.add_unit(desk.workplace, name=name)
    activities.add(desk.workplace, title="Anhörigcafé", responsible="Samordnare")
    desk.open()
    return desk


@pytest.fixture
def asked(two: Desk) -> Desk:
    """All three are asked."""
    two.click("ask_make")
    two.wait(lambda: two.receipts[-1:] == ["3 frågor för tertial 2 2026"])
    return two


def table(desk: Desk) -> list[list[str]]:
    model = desk.the(QTableView, "inquiries_table").model()
    return [[str(model.index(r, c).data() or "") for c in range(model.columnCount())] for r in range(model.rowCount())]


def sentence(desk: Desk) -> str:
    return desk.the(QLabel, "page_sentence").text().replace("\u00a0", " ")


def numbers(desk: Desk) -> dict[str, int | None]:
    return {each.id: each.n for each in counts.counts(desk.workplace).values()}


def test_an_empty_page_says_who_could_be_asked_and_offers_no_empty_deed(desk: Desk) -> None:
    desk.open()
    assert sentence(desk) == "Tertial 2 2026: ingen är frågad än."
    assert "Lägg till enheter" in desk.the(QLabel, "ask_none").text()
    assert desk.shown(QPushButton, "ask_make") is None
    desk.the(TextField, "unit_name").setText("Hemtjänst Norr")
    desk.click("unit_add")
    assert desk.the(QPushButton, "ask_make").accessibleName() == "Skapa 1 fråga"
    assert desk.the(CheckBox, "ask_0").accessibleName() == "Enhetschef Hemtjänst Norr"


def test_one_press_makes_a_workbook_and_a_draft_for_each_and_says_where(
    asked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked.workbook("Enhetschef Norr").exists()
    assert asked.the(QLabel, "asked_heading").text() == "3 frågor är klara att skicka"
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    asked.click("open_draft_0")
    asked.click("asked_folder")
    assert [Path(each).name for each in opened] == ["Fråga 2026-T2 Enhetschef Norr.eml", "Frågor 2026-T2"]
    asked.click("copy_draft_2")
    assert "– 1 aktivitet\n" in QGuiApplication.clipboard().text()
    assert [row[0] for row in table(asked)] == ["Enhetschef Norr", "Enhetschef Söder", "Samordnare"]
    assert sentence(asked) == "Tertial 2 2026: 0 av 3 har svarat."
    assert asked.shown(QPushButton, "ask_make") is None  # Nobody is ticked any more.


def test_only_those_ticked_are_asked_and_their_mailbox_is_kept(two: Desk) -> None:
    QTest.mouseClick(two.the(CheckBox, "ask_1"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(two.the(CheckBox, "ask_2"), Qt.MouseButton.LeftButton)
    two.the(TextField, "mail_0").setText(" norr@edet.example ")
    two.click("ask_make")
    two.wait(lambda: two.receipts[-1:] == ["1 fråga för tertial 2 2026"])
    (inquiry,) = two.workplace.store.own(Inquiry)
    assert (inquiry.to, inquiry.mail) == ("Enhetschef Norr", "norr@edet.example")


def test_a_mailbox_that_cannot_be_used_is_told_and_nobody_is_asked(two: Desk) -> None:
    two.the(TextField, "mail_0").setText("ingen adress")
    two.click("ask_make")
    two.wait(lambda: bool(two.problems))
    assert two.problems == ["Adressen till Enhetschef Norr går inte att använda. Skriv en adress, eller lämna tomt."]
    assert two.the(TextField, "mail_0").text() == "ingen adress"
    assert two.workplace.store.own(Inquiry) == ()


def test_what_a_colleague_is_asked_can_be_changed_and_a_colleague_added(two: Desk) -> None:
    two.click("change_0")
    dialog = two.the(QDialog, "colleague_dialog")
    for tick in dialog.findChildren(CheckBox):
        tick.setChecked(tick.objectName() in ("ask_SIP04", "ask_KON01"))
    two.click("colleague_done")
    two.wait(lambda: two.shown(QDialog, "colleague_dialog") is None)
    two.click("ask_add")
    two.the(TextField, "colleague_to").setText("SIP-samordnare")
    two.the(CheckBox, "ask_SIP08").setChecked(True)
    assert two.the(Combo, "colleague_unit").currentText() == "Hela kommunen"
    two.click("colleague_done")
    two.click("ask_make")
    two.wait(lambda: two.receipts[-1:] == ["4 frågor för tertial 2 2026"])
    asked = {each.to: each.measures for each in two.workplace.store.own(Inquiry)}
    assert asked["Enhetschef Norr"] == ("SIP04", "KON01")
    assert asked["SIP-samordnare"] == ("SIP08",)


def test_an_answer_let_go_on_the_page_is_shown_and_taken_in_as_one_step(asked: Desk) -> None:
    path = fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", 4), ("SIP04", "juni 2026", 5))
    asked.drop(path)
    dialog = asked.the(AnswerPreviewDialog, "answer_preview")
    assert asked.the(QLabel, "answer_told").text() == "Tertial 2 2026: 2 nya."
    lines = dialog.findChild(QTableView, "answer_lines")
    assert lines is not None
    assert lines.model().index(0, 0).data() == "maj 2026: Genomförda SIP-möten"
    assert numbers(asked) == {}
    asked.click("answer_take")
    asked.wait(lambda: numbers(asked) == {"SIP04/2026-05": 4, "SIP04/2026-06": 5})
    asked.wait(lambda: table(asked)[-1][3] == "Har svarat")
    assert sentence(asked) == "Tertial 2 2026: 1 av 3 har svarat."
    editing.undo(asked.workplace)
    assert numbers(asked) == {}


def test_a_long_answer_is_read_whole_before_it_is_taken_in(two: Desk) -> None:
    two.click("ask_make")
    two.wait(lambda: len(two.workplace.store.own(Inquiry)) == 3)
    said = "Ring 0302-12345 om något är oklart"
    two.drop(fill_in(two.workbook("Samordnare"), ("1", "Kommentar", said)))
    dialog = two.the(AnswerPreviewDialog, "answer_preview")
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert f"Kommentar: Anhörigcafé: ”{said}”" in shown


def test_several_answers_come_one_after_another_and_a_refused_one_stops_none(asked: Desk, tmp_path: Path) -> None:
    north = fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", 4), out=tmp_path / "a.xlsx")
    bad = fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", "tolv"), out=tmp_path / "b.xlsx")
    south = fill_in(asked.workbook("Enhetschef Söder"), ("SIP04", "maj 2026", 3), out=tmp_path / "c.xlsx")
    asked.drop(north, bad, south)
    asked.click("answer_take")
    asked.wait(lambda: len(asked.problems) == 1)
    assert "”tolv” är inget heltal" in asked.problems[0]
    asked.wait(lambda: asked.shown(QDialog, "answer_preview") is not None)
    asked.click("answer_take")
    asked.wait(lambda: numbers(asked) == {"SIP04/2026-05": 7})


def test_a_lone_dash_is_asked_about_before_the_answer_is_shown(asked: Desk) -> None:
    asked.drop(fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", "-"), ("SIP04", "juni 2026", 2)))
    asked.click("dash_zero")
    asked.click("answer_take")
    asked.wait(lambda: numbers(asked) == {"SIP04/2026-05": 0, "SIP04/2026-06": 2})


def test_an_answer_that_is_left_changes_nothing_and_the_next_can_be_taken(asked: Desk) -> None:
    path = fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", 4))
    asked.drop(path)
    asked.click("answer_leave")
    asked.wait(lambda: asked.shown(QDialog, "answer_preview") is None)
    assert numbers(asked) == {}
    asked.drop(path)
    asked.click("answer_take")
    asked.wait(lambda: numbers(asked) == {"SIP04/2026-05": 4})
    asked.drop(path)
    asked.wait(lambda: any("är redan inlagt" in each for each in asked.receipts))


def test_a_figure_typed_for_the_whole_is_replaced_only_with_a_tick(asked: Desk) -> None:
    counts.put(asked.workplace, values=[Count(measure="SIP04", period="2026-05", n=20)])
    asked.drop(fill_in(asked.workbook("Enhetschef Norr"), ("SIP04", "maj 2026", 4)))
    sums = asked.the(QTableView, "answer_sums").model()
    assert [sums.index(0, column).data() for column in (1, 2, 3)] == ["20", "4", "1 av 2"]
    asked.click("answer_take")
    asked.wait(lambda: asked.shown(QPushButton, "units_use") is not None)
    assert numbers(asked) == {"SIP04/2026-05": 20}
    asked.click("units_use")
    asked.wait(lambda: numbers(asked) == {"SIP04/2026-05": 4})
    asked.wait(lambda: asked.shown(QPushButton, "units_use") is None)


def test_who_has_not_answered_is_reminded_with_a_ready_text(desk: Desk) -> None:
    for name in ("A", "B"):
        who = Colleague(to=name, measures=("SIP04",), mail=f"{name.lower()}@edet.example")
        inquiries.ask(desk.workplace, period=T2, colleagues=[who], latest=date(2026, 9, 14))
    desk.open()
    desk.click("remind_all")
    assert "Påminnelse: uppgifter för tertial 2 2026" in desk.the(TextArea, "inquiry_letter_text").toPlainText()
    desk.the(QTableView, "inquiries_table").selectRow(0)
    desk.click("remind_one")
    desk.click("inquiry_remove")
    desk.wait(lambda: len(desk.workplace.store.own(Inquiry)) == 1)


def test_units_are_renamed_ended_and_taken_up_again(two: Desk) -> None:
    two.click("unit_rename_0")
    two.the(TextField, "unit_new_name").setText("Nordost")
    two.click("rename_done")
    two.wait(lambda: two.the(QLabel, "unit_0").text() == "Nordost")
    two.click("unit_end_0")
    two.wait(lambda: two.the(QPushButton, "unit_end_0").accessibleName() == "Återuppta Nordost")
    assert [each.name for each in units.units(two.workplace)] == ["Söder"]
    two.click("unit_end_0")
    two.wait(lambda: len(units.units(two.workplace)) == 2)
    two.the(TextField, "unit_name").setText("söder")
    two.click("unit_add")
    two.wait(lambda: "finns redan" in two.the(QLabel, "error_unit_name").text())


def test_twenty_colleagues_and_the_longest_names_have_room_at_every_width(desk: Desk) -> None:
    for number in range(20):
        units.add_unit(desk.workplace, name=f"Barn- och ungdomshälsan med elevhälsa i Lödöse {number:02d}")
    desk.open()
    for width, height in ((1366, 768), (911, 512), (640, 480)):
        desk.window.resize(width, height)
        assert desk.window.width() == width
        desk.wait(lambda: all(_right(desk, each) < desk.window.width() for each in _pieces(desk)))


def _pieces(desk: Desk) -> list[QWidget]:
    return [each for each in (*desk.window.findChildren(CheckBox), *desk.window.findChildren(QPushButton))
            if each.isVisible()]  # fmt: skip


def _right(desk: Desk, piece: QWidget) -> int:
    return piece.mapTo(desk.window, piece.rect().topRight()).x()


def test_a_hidden_page_shows_what_has_changed_when_it_is_shown_again(two: Desk) -> None:
    two.window.hide()
    who = Colleague(to="SIP-samordnare", measures=("SIP04",))
    change = inquiries.ask(two.workplace, period=T2, colleagues=[who], latest=date(2026, 9, 21))[1]
    two.session.tell(change)
    two.window.show()
    two.wait(lambda: [row[0] for row in table(two)] == ["SIP-samordnare"])
    assert sentence(two) == "Tertial 2 2026: 0 av 1 har svarat."
