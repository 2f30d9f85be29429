"""What was just made: a mail draft and a workbook for each, ready to be sent from the user's own mail program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.inquiries import Asked
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary


class ResultCard(Card):
    """Hidden until ``show_asked``. ``copy`` gets the letter whose text is wanted."""

    def __init__(self, copy: Callable[[Letter], object]) -> None:
        self._copy = copy
        self._heading = Label("", "card_title", name="asked_heading", wrap=True)
        head = row(IconView("circle-check-big", "ok", top=1), gap=12)
        head.addWidget(self._heading, 1)
        self._where = secondary("", "asked_where", wrap=True)
        self._lines = column(gap=2)
        self._folder = Path()
        self._open = Button("Öppna mappen", icon="folder-open", name="asked_folder", on_click=self._open_folder)
        hide = Button("Stäng", "quiet", name="asked_close", on_click=lambda: self.hide())
        super().__init__(
            head, self._where, holder(self._lines), holder(FlowLayout(self._open, hide)), gap=10, name="asked_card"
        )
        self.hide()

    def show_asked(self, asked: Sequence[Asked]) -> None:
        self._folder = asked[0].workbook.parent
        number = len(asked)
        self._heading.setText("1 fråga är klar att skicka" if number == 1 else f"{number} frågor är klara att skicka")
        self._where.setText(
            f"Arbetsböcker och mejlutkast ligger i {self._folder}. Färdplan skickar ingenting själv: öppna mejlet, "
            "kontrollera mottagaren och skicka. Öppnas det inte: kopiera texten och bifoga arbetsboken."
        )
        clear(self._lines)
        for at, each in enumerate(asked):
            self._lines.addWidget(self._line(at, each))
        self.show()
        first = self.findChild(Button, "open_draft_0")
        if first is not None:
            first.setFocus()

    def _open_folder(self) -> None:
        _show(self._folder)

    def _line(self, at: int, asked: Asked) -> QWidget:
        mail = Button(
            "Öppna mejlet", "small", icon="mail", name=f"open_draft_{at}", on_click=partial(_show, asked.draft)
        )
        text = Button("Kopiera texten", "small", name=f"copy_draft_{at}", on_click=partial(self._copy, asked.letter))
        line = row(gap=12)
        line.addWidget(Label(asked.inquiry.to, wrap=True), 1)
        for button in (mail, text):
            button.setAccessibleName(f"{button.text().strip()} till {asked.inquiry.to}")
            line.addWidget(button)
        return holder(line)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
