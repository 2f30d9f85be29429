"""Fråga ansvariga: one action makes a workbook and a mail draft for each colleague; their answers are let go here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.services import inquiries
from fardplan_desktop.services.inquiries import Asked
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.ui.answers_in.turn import AnswersIn
from fardplan_desktop.ui.inquiries.ask_card import AskCard
from fardplan_desktop.ui.inquiries.result_card import ResultCard
from fardplan_desktop.ui.inquiries.standing_card import StandingCard
from fardplan_desktop.ui.inquiries.units_card import UnitsCard
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.letter_card import LetterCard
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width


class InquiriesPage(Page):
    """Of the period in the header."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._stale = True
        self._answers = AnswersIn(session, context.jobs, context.messages, self)
        self._make = Button("", "primary", icon="file-spreadsheet", name="ask_make", on_click=self._ask)
        self._head = PageHead("Fråga ansvariga", "", self._make)
        self._letter = LetterCard(name="inquiry_letter")
        self._result = ResultCard(self._show_letter)
        self._standing = StandingCard(session, self._show_letter)
        self._standing.read_asked.connect(self._choose_files)
        self._who = AskCard(session)
        self._who.changed.connect(self._count)
        self._units = UnitsCard(session)
        self._scroll = ScrollPage(name="inquiries_scroll")
        for piece in (self._head, self._letter, self._result, self._standing, self._who, self._units):
            self._scroll.content.addWidget(piece)
        self._scroll.content.addStretch(1)
        drop = DropArea("Släpp svaren här", name="inquiries_drop")
        drop.dropped.connect(self._answers.offer)
        drop.setLayout(column(self._scroll, gap=0))
        self.setLayout(column(drop, gap=0))
        self.set_width(Width.NORMAL)
        self._begin()

    @override
    def refresh(self, change: object = None) -> None:
        """A hidden page waits until it is shown: every typed number is a change."""
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def _reload(self) -> None:
        self._stale = False
        self._standing.show_stored()
        self._who.show_stored()
        self._units.show_stored()
        self._head.say(self._standing.sentence)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    @override
    def set_period(self, period: str) -> None:
        self._begin()

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)

    @override
    def focus_work(self) -> None:
        (self._standing.first if self._standing.inquiries else self._who.first).setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def _begin(self) -> None:
        """The period is another: what was made and ticked for the one before is put away."""
        self._result.hide()
        self._who.begin()
        self._reload()

    def _count(self) -> None:
        number = len(self._who.chosen)
        self._make.setText("Skapa 1 fråga" if number == 1 else f"Skapa {number} frågor")
        self._make.setVisible(bool(number))

    def _ask(self) -> None:
        workplace, period = self._session.workplace, self._session.period
        chosen, latest = self._who.chosen, self._who.latest.day or workplace.today
        made: list[Asked] = []

        def act() -> Change:
            asked, change = inquiries.ask(workplace, period=period, colleagues=chosen, latest=latest)
            made.extend(asked)
            return change

        self._session.change(act, done=lambda _change: self._asked(made))

    def _asked(self, made: list[Asked]) -> None:
        self._who.untick()
        self._result.show_asked(made)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_letter(self, letter: Letter) -> None:
        self._letter.show_letter(letter.to, letter.subject, letter.body)
        self.context.messages.receipt("Texten är kopierad", icon="copy")
        self._scroll.ensureWidgetVisible(self._letter, 0, 0)

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Läs in svar", "", "Arbetsböcker (*.xlsx);;Alla filer (*)")
        if names:
            self._answers.offer([Path(name) for name in names])
