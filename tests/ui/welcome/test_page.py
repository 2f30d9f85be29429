"""The first start: who you are with three letters, what you have, and how few clicks it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace, open_workplace, shipped_codebook
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.services import activities, counts, reporting
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow
from fardplan_desktop.ui.welcome.page import WelcomePage

PLAN = "Aktivitet\tAnsvarig\tSlut\nRutin för SIP\tMAS\t2026-12-31\nUtbildning\tSAS\t2026-06-30\n"
COUNTS = "Mått\tPeriod\tAntal\nSIP01\t2026-05\t12\nSIP02\t2026-05\t3\n"


class Beginning:
    """A window that shows the first page, with what it asked for."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.bot = qtbot
        self.folder = folder
        self.made: list[Workplace] = []
        self.wanted: list[str] = []
        self.examples: list[str] = []
        self.problems: list[str] = []
        self.refusal: StoreProblem | None = None
        self.window = MainWindow()
        self.window.messages.problem_met.connect(lambda error: self.problems.append(error.sentence))
        book = shipped_codebook()
        self.window.set_pages(
            [
                PageSpec(
                    "welcome",
                    "Välkommen",
                    "house",
                    lambda at: WelcomePage(at, book, self.create, self.open, self.example),
                    in_rail=False,
                )
            ]
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.go("welcome")
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def create(self, organisation: Organisation) -> Session:
        if self.refusal is not None:
            raise self.refusal
        return self.session(new_workplace(self.folder / f"{organisation.code}.fardplan", organisation.code))

    def open(self, path: Path) -> Session:
        return self.session(open_workplace(path))

    def example(self, organisation: Organisation) -> Session:
        self.examples.append(organisation.short)
        return self.session(new_workplace(self.folder / "exempel.fardplan", organisation.code, demo=True))

    def session(self, workplace: Workplace) -> Session:
        self.made.append(workplace)
        window = self.window
        made = Session(workplace, window.jobs, window.messages, reporting.default_period(workplace), window)
        made.pages_wanted.connect(self.wanted.append)
        return made

    def shows(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def say_who(self, letters: str) -> None:
        typed = self.window.findChild(TextField, "who_typed")
        assert typed is not None
        QTest.keyClicks(typed, letters)
        QTest.keyClick(typed, Qt.Key.Key_Return)

    def press(self, name: str) -> None:
        found = [one for one in self.window.findChildren(QAbstractButton, name) if one.isVisible()]
        assert len(found) == 1, name
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def beginning(qtbot: QtBot, tmp_path: Path) -> Iterator[Beginning]:
    made = Beginning(qtbot, tmp_path)
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for workplace in made.made:
        workplace.store.close()


def test_the_caret_stands_in_the_only_field(beginning: Beginning) -> None:
    typed = beginning.window.findChild(TextField, "who_typed")
    assert typed is not None
    beginning.bot.waitUntil(typed.hasFocus)


def test_three_letters_and_enter_make_the_store(beginning: Beginning) -> None:
    beginning.say_who("lil")
    assert [each.organisation.name for each in beginning.made] == ["Lilla Edets kommun"]
    assert beginning.shows("have_plan")


def test_the_plan_is_pasted_shown_and_taken_in_with_three_clicks(beginning: Beginning) -> None:
    beginning.say_who("lil")
    QGuiApplication.clipboard().setText(PLAN)
    beginning.press("have_plan")
    beginning.bot.waitUntil(lambda: beginning.shows("table_preview"))
    beginning.press("preview_take")
    beginning.bot.waitUntil(lambda: beginning.wanted == ["meetings"])
    assert [each.title for each in activities.activities(beginning.made[0])] == ["Rutin för SIP", "Utbildning"]


def test_ctrl_v_takes_the_table_that_the_headings_speak_of(beginning: Beginning) -> None:
    beginning.say_who("lil")
    QGuiApplication.clipboard().setText(COUNTS)
    QTest.keyClick(beginning.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    beginning.bot.waitUntil(lambda: beginning.shows("table_preview"))
    beginning.press("preview_take")
    beginning.bot.waitUntil(lambda: beginning.wanted == ["meetings"])
    assert {each.n for each in counts.counts(beginning.made[0]).values()} == {12, 3}


def test_a_clipboard_without_a_table_says_what_to_do_and_stays(beginning: Beginning) -> None:
    beginning.say_who("lil")
    QGuiApplication.clipboard().setText("")
    beginning.press("have_counts")
    assert "Ctrl+C" in beginning.problems[0]
    assert beginning.shows("have_counts")
    assert beginning.wanted == []


def test_an_example_is_of_the_same_organisation(beginning: Beginning) -> None:
    beginning.say_who("lil")
    beginning.press("have_example")
    assert beginning.examples == ["Lilla Edet"]


def test_starting_empty_goes_to_start(beginning: Beginning) -> None:
    beginning.say_who("lil")
    beginning.press("have_nothing")
    assert beginning.wanted == ["start"]


@pytest.mark.parametrize("letters", ["fyrb", "vastra"])
def test_an_office_is_not_asked_what_it_has(beginning: Beginning, letters: str) -> None:
    beginning.say_who(letters)
    assert beginning.wanted == ["start"]
    assert not beginning.shows("what_have_you")


def test_arrows_choose_another_match_than_the_first(beginning: Beginning) -> None:
    typed = beginning.window.findChild(TextField, "who_typed")
    assert typed is not None
    QTest.keyClicks(typed, "li")
    QTest.keyClick(typed, Qt.Key.Key_Down)
    beginning.press("who_continue")
    assert [each.organisation.short for each in beginning.made] == ["Lilla Edet"]


def test_letters_that_fit_nobody_are_told_at_the_field(beginning: Beginning) -> None:
    beginning.say_who("xyz")
    assert beginning.made == []
    label = beginning.window.findChild(QLabel, "error_who_typed")
    assert label is not None
    assert label.text().startswith("Ingen kommun")


def test_a_store_that_cannot_be_made_is_told_at_the_field(beginning: Beginning) -> None:
    beginning.refusal = StoreProblem("Mappen är skrivskyddad.", "", "Välj en annan.")
    beginning.say_who("lil")
    label = beginning.window.findChild(QLabel, "error_who_typed")
    assert label is not None
    assert label.text() == "Mappen är skrivskyddad. Välj en annan."


def test_a_file_that_exists_is_opened(beginning: Beginning, tmp_path: Path) -> None:
    store = tmp_path / "gammal.fardplan"
    new_workplace(store, "1462").store.close()
    beginning.press("who_open")
    dialog = beginning.window.findChild(QFileDialog, "open_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(store))
    dialog.close()
    assert [each.store.path for each in beginning.made] == [store]
