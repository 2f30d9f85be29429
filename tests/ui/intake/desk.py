"""Somebody at Ta emot: the page in its window, pressed as a user does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fardplan_desktop.services import trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.intake.file_row import FileRow
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.office import find


class Desk:
    """The page in its window, pressed as a user does; ``clicks`` counts."""

    def __init__(self, qtbot: QtBot, window: MainWindow, office: Workplace) -> None:
        page = window.current_page
        assert isinstance(page, IntakePage)
        self.qtbot, self.window, self.office, self.page, self.clicks = qtbot, window, office, page, 0

    def drop(self, *paths: Path) -> None:
        find(self.page, DropArea, "intake_drop").dropped.emit(list(paths))

    def lines(self) -> dict[str, FileRow]:
        """The rows that are shown, by file name or, when known, by the sender's heading."""
        rows = [row for row in self.page.findChildren(FileRow) if not row.isHidden()]
        return {find(row, QLabel, f"{row.objectName()}_who").text().partition(",")[0]: row for row in rows}

    def words(self) -> list[str]:
        return [row.accessibleName().partition(":")[0] for row in self.lines().values()]

    def wait_for(self, sentence: str) -> None:
        label = find(self.page, QLabel, "page_sentence")
        self.qtbot.waitUntil(lambda: label.text() == sentence, timeout=20_000)

    def press(self, name: str) -> None:
        self.click(find(self.page, Button, name))

    def click(self, button: Button) -> None:
        """As soon as it has its place: what is pressed before it is laid out slips away under the pointer."""
        self.qtbot.waitUntil(
            lambda: button.isVisible() and button.isEnabled() and button.height() == button.sizeHint().height()
        )
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def line(self, sender: str) -> FileRow:
        """The sender's row, as soon as Qt shows it."""
        self.qtbot.waitUntil(lambda: sender in self.lines(), timeout=20_000)
        return self.lines()[sender]

    def verb(self, sender: str) -> None:
        self.click(self.line(sender).verb)

    @contextmanager
    def said_anew(self, label: QLabel) -> Iterator[None]:
        """Until what is done within has changed what the label says."""
        before = label.text()
        yield
        self.qtbot.waitUntil(lambda: label.text() != before, timeout=20_000)

    def type_heard(self, office: Workplace, card: Path, *, wrong: bool = False) -> None:
        """What the sender reads aloud: the two groups the page asks for."""
        groups = trust.candidate(office, path=card).check_code.split()
        say = find(self.page, QLabel, "call_say").text()
        asked = [int(number) for number in re.findall(r"grupp (\d)", say)]
        for name, number in zip(("call_first", "call_second"), asked, strict=True):
            field = find(self.page, QLineEdit, name)
            field.setText("00000" if wrong else groups[number - 1])
        find(self.page, QLineEdit, "call_function").setText("Registrator")
