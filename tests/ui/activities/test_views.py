"""Views on the page: gathering, chips with counts, what hides everything, and views saved by name."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from fardplan_desktop.services import activities, activity_views
from fardplan_desktop.services.activity_views import Filter, View
from fardplan_desktop.ui.activities.filters import ActivityFilters
from fardplan_desktop.ui.activities.saved_views import SavedViews
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.chip import Chip
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from tests.ui.activities.conftest import Frame, choose_view, offered, turn
from tests.ui.activities.hands import pick
from tests.ui.activities.test_page import rows


@pytest.fixture
def page(frame: Frame) -> Frame:
    """The page with four activities: two under way in A4, one of them late; one done in A1; one with nothing stated."""
    add = activities.add
    add(frame.workplace, title="Rutin för SIP", method="A4", end=date(2026, 12, 31), status="pagar")
    add(frame.workplace, title="Utbildning", method="A4", end=date(2026, 6, 30), status="pagar")
    add(frame.workplace, title="Anhörigcafé", method="A1", status="klar")
    add(frame.workplace, title="Välfärdsteknik")
    frame.open()
    return frame


def titles(frame: Frame) -> list[str]:
    return [row[0] for row in rows(frame)]


def chips(frame: Frame) -> list[str]:
    return [each.text() for each in frame.window.findChildren(Chip) if each.isVisible()]


@pytest.mark.parametrize(
    ("grouping", "headings"),
    [
        ("plan", ["Handlingsplan 2026 · 4"]),
        ("target_group", ["Ingen målgrupp angiven · 4"]),
        ("status", ["Status saknas · 1", "Pågår · 2", "Klar · 1"]),
        ("none", []),
    ],
)
def test_the_activities_are_gathered_as_asked(page: Frame, grouping: str, headings: list[str]) -> None:
    pick(page.find(Combo, "activity_grouping"), grouping)
    assert [each for each in titles(page) if " · " in each] == headings
    assert len(titles(page)) == 4 + len(headings)


def test_what_is_asked_from_elsewhere_empties_the_text_and_its_cross_goes(page: Frame) -> None:
    box = page.find(TextField, "filter_text")
    cross = box.findChild(QToolButton)
    assert cross is not None
    assert not cross.isVisible()
    box.setText("xyzzy")
    assert cross.isVisible()
    page.press("filter_clear")
    assert box.text() == ""
    page.bot.waitUntil(lambda: not cross.isVisible())


def test_the_menu_offers_every_value_that_occurs_with_its_count(page: Frame) -> None:
    menu = offered(page.find(ActivityFilters, "activity_filters").menu())
    assert menu["filter_open"] == "Inte avslutade · 3"
    assert menu["filter_late"] == "Försenade · 1"
    assert (menu["filter_status_pagar"], menu["filter_status_klar"]) == ("Pågår · 2", "Klar · 1")
    assert menu["filter_method_"] == "Inget arbetssätt angivet · 1"
    assert "filter_method_A6" not in menu
    turn(page, "filter_method_A4")
    menu = offered(page.find(ActivityFilters, "activity_filters").menu())
    assert (menu["filter_status_pagar"], menu["filter_status_klar"]) == ("Pågår · 2", "Klar · 0")


def test_a_chip_stands_for_each_filter_and_is_taken_away_with_mouse_or_key(page: Frame) -> None:
    for name in ("filter_method_A4", "filter_status_pagar", "filter_late"):
        turn(page, name)
    assert [each.rpartition(" · ")[2] for each in chips(page)] == ["1", "1", "1"], "each under the others"
    assert titles(page)[1:] == ["Utbildning"]
    page.press("chip_late")
    assert titles(page)[1:] == ["Rutin för SIP", "Utbildning"]
    page.find(Chip, "chip_method_A4").setFocus()
    QTest.keyClick(page.find(Chip, "chip_method_A4"), Qt.Key.Key_Delete)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Chip)
    assert focused.accessibleName() == "Ta bort Status: Pågår, 2"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert chips(page) == []
    assert page.find(Button, "filter_add").hasFocus()
    assert len(titles(page)) == 7


def test_a_count_on_a_chip_follows_what_is_stored(page: Frame) -> None:
    turn(page, "filter_status_pagar")
    assert chips(page) == ["Status: Pågår · 2"]
    page.session.change(lambda: activities.add(page.workplace, title="Ny rutin", status="pagar")[1])
    page.bot.waitUntil(lambda: chips(page) == ["Status: Pågår · 3"])


def test_the_empty_result_says_what_hides_everything_and_offers_to_take_it_away(page: Frame) -> None:
    turn(page, "filter_method_A1")
    turn(page, "filter_late")
    assert page.find(QLabel, "none_match").text().startswith("Inga aktiviteter passar. Det är filtret ”")
    assert {page.find(Button, f"release_{at}").accessibleName() for at in (0, 1)} == {
        "Ta bort filtret ”Försenade” · 1",
        "Ta bort filtret ”Arbetssätt: A1 Öka hälsofrämjande och förebyggande insatser” · 1",
    }
    page.press("release_0")
    assert len(chips(page)) == 1
    assert not page.shows("none_match")


def test_a_text_that_hides_everything_is_named(page: Frame) -> None:
    page.find(TextField, "filter_text").setText("finns inte")
    assert (
        page.find(QLabel, "none_match").text()
        == "Inga aktiviteter passar. Det är texten ”finns inte” som döljer dem här."
    )
    page.press("filter_clear")
    assert page.find(TextField, "filter_text").text() == ""
    assert len(titles(page)) == 7


def save_as(page: Frame, name: str) -> None:
    choose_view(page, "view_save")
    entry = page.find(TextField, "view_name")
    page.bot.waitUntil(entry.hasFocus)
    entry.setText(name)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    page.settle()


def test_a_view_is_saved_opened_renamed_and_taken_away(page: Frame) -> None:
    turn(page, "filter_late")
    pick(page.find(Combo, "activity_grouping"), "plan")
    save_as(page, "Försenade per plan")
    assert page.find(Button, "views_open").accessibleName() == "Vy: Försenade per plan"
    page.press("chip_late")
    assert page.find(Button, "views_open").accessibleName() == "Vyer"
    choose_view(page, "view_Försenade per plan")
    assert titles(page) == ["Handlingsplan 2026 · 1", "Utbildning"]
    assert page.find(Combo, "activity_grouping").key == "plan"
    choose_view(page, "view_rename")
    page.find(TextField, "view_name").setText("Sena")
    page.press("view_store")
    page.bot.waitUntil(lambda: page.find(Button, "views_open").accessibleName() == "Vy: Sena")
    choose_view(page, "view_remove")
    page.bot.waitUntil(lambda: page.find(Button, "views_open").accessibleName() == "Vyer")
    assert activity_views.saved_views(page.workplace) == ()
    assert page.receipts[-1] == "Vyn ”Sena” är borttagen"
    page.press("receipt_undo")
    page.bot.waitUntil(lambda: page.find(Button, "views_open").accessibleName() == "Vy: Sena")


def test_a_name_that_is_refused_stays_with_the_reason_and_esc_leaves(page: Frame) -> None:
    save_as(page, "19121212-1212")
    page.bot.waitUntil(lambda: page.shows("error_view_name"))
    assert "personnummer" in page.find(QLabel, "error_view_name").text()
    assert activity_views.saved_views(page.workplace) == ()
    QTest.keyClick(page.find(TextField, "view_name"), Qt.Key.Key_Escape)
    assert not page.shows("view_name")
    assert page.find(Button, "views_open").hasFocus()


def test_a_saved_view_whose_code_is_gone_opens_and_says_what_hides_everything(page: Frame) -> None:
    gone = View(filters=(Filter("status", "finns-inte-mer"), Filter("plan", "borta")))
    activity_views.save_view(page.workplace, name="Gammal", view=gone)
    choose_view(page, "view_Gammal")
    assert chips(page) == ["Status: finns-inte-mer · 0", "Plan: Borttagen plan · 0"]
    assert page.shows("none_match")
    page.press("filter_clear")
    assert len(titles(page)) == 7


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menus_are_reached_by_keyboard(page: Frame) -> None:
    for button in ("filter_add", "views_open"):
        page.find(Button, button).setFocus()
        QTest.keyClick(page.find(Button, button), Qt.Key.Key_Space)
        page.bot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()


def test_naming_is_not_in_the_way_until_it_is_asked_for(page: Frame) -> None:
    assert not page.shows("view_naming")
    assert isinstance(page.window.findChildren(SavedViews)[0], SavedViews)
