"""The first start: one question about who you are, one about what you have, and the papers stand there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget
from typing_extensions import override

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.layouts import column, row
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width
from fardplan_desktop.ui.welcome.have import COUNTS, EXAMPLE, NOTHING, PLAN, WhatHaveYou
from fardplan_desktop.ui.welcome.who import WhoAreYou

_WIDEST: Final = 640
_KINDS: Final = {PLAN: TableKind.ACTIVITIES, COUNTS: TableKind.COUNTS}
_KINDS_OF_FILE: Final = "Färdplan och säkerhetskopior (*.fardplan *.fpkopia)"


class WelcomePage(Page):
    """Makes a store through ``create``, opens one through ``open_store``, or shows the finished ``example``.

    A municipality is asked one thing more; then ``session.pages_wanted`` says where to go: after a pasted table to
    the meeting paper, which stands there with their own data.
    """

    def __init__(
        self,
        context: PageContext,
        codebook: CodeBook,
        create: Callable[[Organisation], Session],
        open_store: Callable[[Path], object],
        example: Callable[[Organisation], Session],
    ) -> None:
        super().__init__(context)
        self._create, self._open_store, self._example = create, open_store, example
        self._organisation: Organisation | None = None
        self._session: Session | None = None
        self._who = WhoAreYou(codebook)
        self._who.chosen.connect(self._begin)
        self._who.open_asked.connect(self._choose_file)
        self._have = WhatHaveYou()
        self._have.answered.connect(self._answer)
        self._questions = QStackedWidget()
        for question in (self._who, self._have):
            self._questions.addWidget(question)
        self._questions.setMaximumWidth(context.look.px(_WIDEST))
        across = row(gap=0)
        across.addStretch(1)
        across.addWidget(self._questions, 8)
        across.addStretch(1)
        self._scroll = ScrollPage(name="welcome_scroll")
        self._scroll.content.addLayout(across, 1)
        self.setLayout(column(self._scroll, gap=0))
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self._have)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.setWhatsThis("Klistra in handlingsplanen eller antal")
        paste.activated.connect(self._paste_either)

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)

    @override
    def focus_work(self) -> None:
        (self._have if self._session else self._who).focus_work()

    def _begin(self, organisation: Organisation) -> None:
        try:
            session = self._create(organisation)
        except WorldError as error:
            self._who.show_error(error.sentence)
            return
        if organisation.level is not Level.MUNICIPALITY:
            session.pages_wanted.emit("start")
            return
        self._organisation, self._session = organisation, session
        self._have.begin(organisation)
        self._questions.setCurrentWidget(self._have)
        self._have.focus_work()

    def _answer(self, answer: str) -> None:
        session, organisation = self._session, self._organisation
        assert session is not None, "asked after a store has been made"
        assert organisation is not None, "asked after a store has been made"
        if answer == NOTHING:
            session.pages_wanted.emit("start")
        elif answer == EXAMPLE:
            self._try(lambda: self._example(organisation))
        else:
            self._try(lambda: self._paste(_KINDS[answer]))

    def _paste(self, kind: TableKind) -> None:
        session = self._session
        assert session is not None, "asked after a store has been made"
        taking_in.offer_pasted(
            session,
            kind,
            self,
            lambda _change: session.pages_wanted.emit("meetings"),
            refused=self.context.messages.problem,
        )

    def _paste_either(self) -> None:
        """Ctrl+V: the table that its content speaks of; what is said of the plan is said when it is neither."""
        session = self._session
        assert session is not None, "asked after a store has been made"
        self._try(lambda: self._paste(taking_in.pasted_kind(session)))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), "Öppna en fil som redan finns", "", _KINDS_OF_FILE)
        dialog.setObjectName("open_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._try(lambda: self._open_store(Path(path))))
        dialog.open()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except WorldError as error:
            self.context.messages.problem(error)
