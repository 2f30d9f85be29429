"""The one door: receipts, problems, questions, bugs, and the hooks that bring every bug to it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.domain.progress import Cancelled
from fardplan_desktop.ui.messages.crash import CrashHooks, crash_details, earlier_crash
from fardplan_desktop.ui.messages.door import Messages, Receipt
from fardplan_desktop.ui.messages.problem_bar import ProblemBar
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.receipt_line import ReceiptLine


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def messages(window: QWidget) -> Messages:
    return Messages(window, version="1.0.0")


def button(window: QWidget, name: str) -> Button:
    found = window.findChild(Button, name)
    assert found is not None
    return found


def test_a_world_error_is_told_and_an_interruption_is_confirmed(qtbot: QtBot, messages: Messages) -> None:
    with qtbot.waitSignal(messages.problem_met) as told:
        messages.failure(StoreProblem("Disken är full."))
    assert isinstance(told.args[0], StoreProblem)
    with qtbot.waitSignal(messages.receipt_given) as given:
        messages.failure(Cancelled())
    assert isinstance(given.args[0], Receipt)
    assert given.args[0].text == "Arbetet avbröts. Inget har ändrats."


def test_a_bug_opens_the_crash_dialog_whose_details_can_be_copied(
    qtbot: QtBot, window: QWidget, messages: Messages, expected_log: Callable[[str], None]
) -> None:
    expected_log("Unhandled ValueError")
    messages.failure(ValueError("hemligt"))
    QTest.mouseClick(button(window, "crash_copy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Färdplan Desktop 1.0.0")
    assert "ValueError: hemligt" in copied
    button(window, "crash_close").click()


def test_bugs_while_the_dialog_is_open_are_added_to_it(
    qtbot: QtBot, window: QWidget, messages: Messages, expected_log: Callable[[str], None]
) -> None:
    expected_log("Unhandled ValueError")
    expected_log("Unhandled KeyError")
    messages.failure(ValueError("ett"))
    messages.failure(KeyError("två"))
    details = window.findChildren(QPlainTextEdit, "crash_details")
    assert len(details) == 1
    assert "ett" in details[0].toPlainText()
    assert "två" in details[0].toPlainText()
    button(window, "crash_close").click()


def test_what_is_logged_of_a_bug_leaves_out_its_message() -> None:
    details = crash_details(ValueError("19121212-1212"))
    assert "19121212-1212" in details.full
    assert "19121212-1212" not in details.without_message


def test_a_destructive_question_starts_on_the_safe_choice_and_escape_means_no(
    qtbot: QtBot, window: QWidget, messages: Messages
) -> None:
    done: list[str] = []
    ask = ("Ta bort kopian?", "Den kan inte återskapas.", "Ta bort", lambda: done.append("borta"))
    dialog = messages.ask(*ask, destructive=True)
    qtbot.waitUntil(button(dialog, "ask_no").hasFocus)
    assert dialog.width() <= 560
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert done == []
    with qtbot.waitSignal(messages.ask(*ask, destructive=True).accepted):
        window.findChildren(Button, "ask_yes")[-1].click()
    assert done == ["borta"]


def test_an_uncaught_error_on_any_thread_reaches_the_door_on_the_gui_thread(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[tuple[str, bool]] = []
    hooks = CrashHooks(lambda error: seen.append((str(error), threading.current_thread() is threading.main_thread())))
    before = (sys.excepthook, threading.excepthook)
    hooks.install(tmp_path / "log" / "fault.txt")
    try:
        error = RuntimeError("på tråd")

        def fail() -> None:
            raise error

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        sys.excepthook(RuntimeError, RuntimeError("i fönstret"), None)
        qtbot.waitUntil(lambda: len(seen) == 2)
    finally:
        hooks.remove()
    assert sorted(seen) == [("i fönstret", True), ("på tråd", True)]
    assert (sys.excepthook, threading.excepthook) == before
    assert earlier_crash(tmp_path / "log" / "fault.txt") == ""


def test_what_faulthandler_wrote_is_offered_at_the_next_start(tmp_path: Path) -> None:
    fault = tmp_path / "fault.txt"
    assert earlier_crash(fault) == ""
    fault.write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    assert earlier_crash(fault) == "Fatal Python error: Segmentation fault"


def test_problems_stay_until_closed_are_not_repeated_and_number_three_at_most(qtbot: QtBot) -> None:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    for what in ("Ett.", "Två.", "Två.", "Tre.", "Fyra."):
        bar.show_problem(StoreProblem(what, "Därför.", "Gör så."))
    assert bar.sentences == ["Två. Därför. Gör så.", "Tre. Därför. Gör så.", "Fyra. Därför. Gör så."]
    for sentence in bar.sentences:
        bar.close_problem(sentence)
    assert bar.isHidden()


def test_a_receipt_offers_undo_once_and_leaves_by_itself(qtbot: QtBot) -> None:
    undone: list[str] = []
    line = ReceiptLine(shown_ms=20)
    qtbot.addWidget(line)
    line.move(400, 400)  # away from the pointer, which would keep it
    line.show_receipt("4 rutor inklistrade från Excel", lambda: undone.append("ångrat"))
    assert line.accessibleName() == "4 rutor inklistrade från Excel"
    button(line, "receipt_undo").click()
    assert undone == ["ångrat"]
    assert line.text == ""
    line.show_receipt("Allt är redan sparat")
    assert button(line, "receipt_undo").isHidden()
    qtbot.waitUntil(lambda: line.text == "")
