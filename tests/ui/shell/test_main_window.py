"""The frame: pages by name, responsive rail, keys, facts, search, and closing without losing a write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.keys import known_keys
from fardplan_desktop.ui.shell.facts import Action, Hit, ShellFacts
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.shell.palette import SearchPalette
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

FACTS = ShellFacts(
    organisation="Lilla Edets kommun",
    mark="Exempeldata – påhittade siffror",
    mark_short="Exempeldata",
    periods=(("2026-T2", "Tertial 2 2026"), ("2026-T1", "Tertial 1 2026")),
    period="2026-T2",
    saved="Allt är sparat 14:02",
    backup="Säkerhetskopia i dag 13:30",
    codebook="Mått och listor version 1",
    undo="4 rutor inklistrade",
)


class Sample(Page):
    """Notes what the shell tells it."""

    made: list[str]

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.told: list[object] = []
        self.entry = TextField(name="sample_entry")
        self.entry.setParent(self)
        self.entry.setAccessibleName("Kommentar")

    def arrive(self, **argument: object) -> None:
        self.told.append(argument)

    def leave(self) -> None:
        self.told.append("leave")

    def refresh(self, change: object = None) -> None:
        self.told.append(change)

    def set_period(self, period: str) -> None:
        self.told.append(period)

    def focus_work(self) -> None:
        self.entry.setFocus()


class Frame:
    """A window with three pages, and the pages made so far."""

    def __init__(self, find: Callable[[str, Callable[[Sequence[Hit]], None]], None] | None = None) -> None:
        self.pages: dict[str, Sample] = {}
        self.acts: list[str] = []
        self.window = MainWindow(find=find) if find else MainWindow()
        self.window.set_pages(
            [
                PageSpec("start", "Start", "house", self.make),
                PageSpec("counts", "SIP-uppföljning", "table-2", self.make),
                PageSpec("settings", "Inställningar", "settings", self.make, at_foot=True),
            ],
            [Action("Ny avvikelse", "plus", lambda: self.acts.append("avvikelse"), "Ctrl+N")],
        )
        self.window.show_facts(FACTS)

    def make(self, context: PageContext) -> Page:
        self.pages[context.name] = Sample(context)
        return self.pages[context.name]

    def child(self, name: str) -> QWidget:
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert found, name
        return found[-1]

    def visible_texts(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    return opened(qtbot, Frame())


def opened(qtbot: QtBot, made: Frame) -> Frame:
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def test_a_page_is_made_the_first_time_it_is_asked_for_and_gets_its_arguments(frame: Frame) -> None:
    assert frame.pages == {}
    frame.window.go("start")
    frame.window.go("counts", measure="SIP10")
    frame.window.go("start")
    assert list(frame.pages) == ["start", "counts"]
    assert frame.pages["counts"].told == ["2026-T2", {"measure": "SIP10"}, "leave"]
    assert frame.window.current_page is frame.pages["start"]


def test_focus_goes_to_the_work_area_of_the_page(qtbot: QtBot, frame: Frame) -> None:
    frame.window.go("counts")
    qtbot.waitUntil(frame.pages["counts"].entry.hasFocus)


def test_a_click_in_the_rail_shows_the_page_and_marks_it(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.window.page_shown) as told:
        QTest.mouseClick(frame.child("rail_counts"), Qt.MouseButton.LeftButton)
    assert told.args == ["counts"]
    rail = {name: frame.child(f"rail_{name}").property("checked") for name in ("start", "counts", "settings")}
    assert rail == {"start": False, "counts": True, "settings": False}


def test_a_change_reaches_every_page_that_has_been_made(frame: Frame) -> None:
    frame.window.go("start")
    frame.window.refresh("ändring")
    assert frame.pages["start"].told[-1] == "ändring"


@pytest.mark.parametrize(
    ("width", "rail", "height"), [(1366, 184, 56), (911, 104, 48), (640, 0, 48)], ids=["normal", "compact", "narrow"]
)
def test_rail_and_header_follow_the_width(qtbot: QtBot, frame: Frame, width: int, rail: int, height: int) -> None:
    frame.window.resize(width, 512)
    qtbot.waitUntil(lambda: frame.window.width() == width)
    rails = [one for one in frame.window.findChildren(QWidget, "rail") if one.isVisible()]
    assert [one.width() for one in rails] == ([rail] if rail else [])
    assert frame.child("header").height() == height
    assert ("Mått och listor version 1" in frame.visible_texts()) == (width >= 1000)


def test_the_mark_is_shortened_before_the_name_of_the_organisation(qtbot: QtBot, frame: Frame) -> None:
    mark, organisation = frame.child("data_mark"), frame.child("organisation")
    assert mark.accessibleName() == "Exempeldata – påhittade siffror"
    frame.window.resize(1010, 614)
    qtbot.waitUntil(lambda: mark.accessibleName() == "Exempeldata")
    qtbot.waitUntil(lambda: organisation.width() >= organisation.sizeHint().width())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_narrow_window_has_the_places_under_meny(qtbot: QtBot, frame: Frame) -> None:
    frame.window.resize(700, 512)
    frame.window.show_counts({"counts": 7})
    qtbot.waitUntil(lambda: frame.window.width_class is Width.NARROW)
    QTest.mouseClick(frame.child("menu_button"), Qt.MouseButton.LeftButton)
    menu = frame.window.findChild(QMenu, "rail_menu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Start", "SIP-uppföljning (7)", "Inställningar", "Hjälp"]
    menu.actions()[1].trigger()
    menu.close()
    assert list(frame.pages) == ["counts"]


def test_no_word_of_the_frame_is_wider_than_its_place(frame: Frame, look: Look) -> None:
    for factor, width in ((1.0, 1000), (1.0, 760), (1.0, 640), (1.25, 1366), (1.5, 1366), (1.5, 960), (2.0, 1366)):
        look.choose_factor(factor)
        frame.window.resize(width, 600)
        assert frame.window.minimumSizeHint().width() <= width, (factor, width)


def test_another_text_size_builds_the_frame_anew_on_the_same_page(frame: Frame, look: Look) -> None:
    frame.window.go("counts")
    first = frame.pages["counts"]
    look.choose_factor(1.25)
    assert frame.window.current_page is frame.pages["counts"]
    assert frame.pages["counts"] is not first
    assert "Lilla Edets kommun" in frame.visible_texts()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_undo_redo_and_period_are_told(qtbot: QtBot, frame: Frame) -> None:
    window = frame.window
    frame.window.go("settings")
    with qtbot.waitSignal(window.undo_asked):
        QTest.mouseClick(frame.child("undo_button"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.redo_asked):
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert frame.child("undo_button").toolTip() == "Ångra: 4 rutor inklistrade (Ctrl+Z)"
    assert not frame.child("redo_button").isEnabled()
    QTest.mouseClick(frame.child("period_button"), Qt.MouseButton.LeftButton)
    menu = window.findChild(QMenu, "period_menu")
    assert menu is not None
    with qtbot.waitSignal(window.period_chosen) as told:
        menu.actions()[1].trigger()
    assert told.args == ["2026-T1"]
    menu.close()


def test_ctrl_s_answers_that_all_is_saved_and_problems_stand_in_a_bar(qtbot: QtBot, frame: Frame) -> None:
    QTest.keyClick(frame.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Allt är redan sparat" in frame.visible_texts()
    frame.window.messages.problem(StoreProblem("Disken är full.", "", "Ta bort något."))
    assert {"Disken är full.", "Ta bort något."} <= set(frame.visible_texts())


def test_the_key_sheet_lists_the_keys_that_work(qtbot: QtBot, frame: Frame) -> None:
    keys = dict(known_keys(frame.window))
    assert keys["Ctrl+K"] == "Sök eller gå till"
    assert keys["Ctrl+N"] == "Ny avvikelse"
    assert keys["Alt+2"] == "Gå till SIP-uppföljning"
    frame.window.resize(911, 512)
    QTest.keyClick(frame.window, Qt.Key.Key_F1)
    sheet = frame.child("keys_dialog")
    assert sheet.height() <= 512 - 24  # The screen of a small laptop, less a title bar.
    assert {"Ctrl+N", "Ny avvikelse"} <= {label.text() for label in sheet.findChildren(QLabel)}
    sheet.close()


def test_ctrl_k_finds_pages_actions_and_records_and_enter_goes_there(qtbot: QtBot) -> None:
    went: list[str] = []

    def find(typed: str, deliver: Callable[[Sequence[Hit]], None]) -> None:
        deliver([Hit(f"Avvikelse 14: {typed}", "Avvikelse", "triangle-alert", lambda: went.append(typed))])

    frame = opened(qtbot, Frame(find))
    QTest.keyClick(frame.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = frame.child("search_palette")
    assert isinstance(palette, SearchPalette)
    entry = frame.child("search_entry")
    assert [hit.words for hit in palette.hits] == ["Start", "SIP-uppföljning", "Inställningar", "Ny avvikelse"]
    QTest.keyClicks(entry, "upp")
    qtbot.waitUntil(lambda: [hit.words for hit in palette.hits] == ["SIP-uppföljning", "Avvikelse 14: upp"])
    QTest.keyClick(entry, Qt.Key.Key_Down)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert went == ["upp"]
    assert not palette.isVisible()


def test_the_window_stays_until_the_last_write_is_done(qtbot: QtBot, frame: Frame) -> None:
    frame.window.go("start")
    go = threading.Event()
    written: list[bool] = []

    def write(_work: Work) -> None:
        written.append(go.wait(5))

    frame.window.jobs.write(write)
    frame.window.close()
    assert frame.window.isVisible()
    assert "Sparar det sista, fönstret stängs strax" in frame.visible_texts()
    go.set()
    qtbot.waitUntil(lambda: not frame.window.isVisible())
    assert written == [True]
    assert frame.pages["start"].told[-1] == "leave"


def test_leaving_a_page_says_which_text_was_not_saved_and_leaves_it_in_its_field(frame: Frame) -> None:
    frame.window.show()
    frame.window.go("start")
    frame.pages["start"].entry.setText("Gällde 19640823-3234")
    frame.window.go("counts")
    said = frame.window.findChild(QLabel, "receipt_text")
    assert said is not None
    assert said.text() == (
        "Texten i Kommentar är inte sparad, den ser ut att innehålla ett personnummer. Den står kvar i fältet."
    )
    frame.window.go("start")
    assert frame.pages["start"].entry.text() == "Gällde 19640823-3234"
