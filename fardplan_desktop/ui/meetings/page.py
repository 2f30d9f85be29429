"""Mötesunderlag: the two pages in preview, printed with one press."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import meetings, papers, settings
from fardplan_desktop.ui.meetings.decisions import DecisionsCard
from fardplan_desktop.ui.meetings.meeting_card import MeetingCard
from fardplan_desktop.ui.meetings.preview import PaperPreview, Picture
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, ask_printer, print_pages
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_SCREEN_SCALE = 2.0


class MeetingsPage(Page):
    """Opens with the next meeting chosen. ``go("meetings")`` takes no arguments."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._pdf = b""
        self._stale = True
        self._running = False
        self._head = PageHead(
            "Mötesunderlag",
            "Underlaget görs.",
            Button("Spara som PDF", icon="download", name="save_paper", on_click=self._save),
            Button("Skriv ut", "primary", icon="printer", name="print_paper", on_click=self.print_view),
        )
        self._preview = PaperPreview()
        self._meeting = MeetingCard(session)
        self._decisions = DecisionsCard(session)
        self._as_of = DateField(session.workplace.today, name="paper_as_of")
        self._panel_button = Button("Möte och beslut", icon="panel-right", name="meeting_panel")
        self._new = Button("Nytt möte", icon="plus", name="meeting_new", on_click=self._add_meeting)
        self._scroll = ScrollPage(name="paper_scroll")
        self._scroll.content.addWidget(self._preview)
        self._scroll.content.addStretch(1)
        self._work = WithSidePanel(self._scroll, self._panel(), name="meeting_split", beside=330, over=self)
        self._panel_button.clicked.connect(lambda _checked=False: self._work.toggle_panel())
        tools = row(self._panel_button, self._new, None)
        self._layout = column(self._head, tools, self._work, gap=12)
        self._layout.setStretch(2, 1)
        self.setLayout(self._layout)
        self._meeting.chosen.connect(self._choose)
        self._as_of.left.connect(self._render)
        self._choose(self._meeting.meeting.id if self._meeting.meeting else "")

    @property
    def pdf(self) -> bytes:
        """The file in preview; empty while it is made."""
        return b"" if self._stale else self._pdf

    @override
    def refresh(self, change: object = None) -> None:
        self._meeting.show_stored()
        self._decisions.show_meeting(self._meeting.meeting.id if self._meeting.meeting else "")
        self._render()

    @override
    def set_period(self, period: str) -> None:
        self._render()

    @override
    def set_width(self, width: Width) -> None:
        side = self.context.look.metrics.page_padding(width)
        above = self.context.look.metrics.page_top(width)
        self._layout.setContentsMargins(side, above, side, 0)
        self._scroll.content.setContentsMargins(0, 0, 0, 0)
        self._work.set_width(width)
        self._panel_button.setVisible(self._work.floating)

    @override
    def focus_work(self) -> None:
        self._scroll.setFocus()

    @override
    def print_view(self) -> bool:
        """Ask for a printer and print; the same pages as in preview."""
        if self.pdf:
            ask_printer(self, self._print)
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._render()

    def _panel(self) -> QWidget:
        as_of = Field("Läget per", self._as_of, hint="Dagen som trycks på underlaget.")
        return holder(column(self._meeting, self._decisions, as_of, None, gap=12))

    def _add_meeting(self) -> None:
        self._work.open_panel()
        self._meeting.add()

    def _choose(self, meeting: str) -> None:
        self._decisions.show_meeting(meeting)
        self._render()

    def _render(self) -> None:
        """Make the paper anew, off the GUI thread; while one is being made the next waits for it."""
        self._stale = True
        if self._running or not self.isVisible():
            return
        self._running = True
        self._stale = False
        workplace, period = self._session.workplace, self._session.period
        meeting = self._meeting.meeting
        chosen = meeting.id if meeting else None
        as_of: date = self._as_of.day or workplace.today

        def make(_work: Work) -> tuple[bytes, list[Picture]]:
            pdf = papers.meeting_pdf(workplace, period=period, as_of=as_of, meeting=chosen)
            return pdf, papers.preview(pdf, _SCREEN_SCALE)

        self.context.jobs.read(make, self._made, title="Underlaget görs", failed=self._failed)

    def _made(self, made: tuple[bytes, list[Picture]]) -> None:
        self._running = False
        if self._stale:
            self._render()
            return
        self._pdf, pictures = made
        period = self._session.period
        meaning = f"Mötesunderlag för {period.name}, {len(pictures)} sidor. Spara som PDF för att läsa med skärmläsare."
        self._preview.show_pages(pictures, meaning)
        self._head.say(self._sentence())

    def _failed(self, error: Exception) -> None:
        self._running = False
        self.context.messages.failure(error)

    def _sentence(self) -> str:
        period = self._session.period
        told = f"{period.name.capitalize()} ({period.span}), två sidor, arbetsmaterial."
        coming = meetings.next_meeting(self._session.workplace)
        if coming is None:
            return f"{told} Inget möte är planerat."
        days = (coming.date - self._session.workplace.today).days
        when = "i dag" if days == 0 else "i morgon" if days == 1 else f"om {days} dagar"
        return f"{told} Nästa möte {when}."

    def _save(self) -> None:
        if not self.pdf:
            return
        workplace, period, pdf = self._session.workplace, self._session.period, self.pdf
        folder = settings.deliveries_folder(workplace)
        self.context.jobs.write(
            lambda _work: papers.save_meeting_pdf(workplace, pdf=pdf, period=period, folder=folder), self._saved
        )

    def _saved(self, path: Path) -> None:
        self.context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _print(self, printer: QPrinter) -> None:
        pdf = self.pdf
        self.context.jobs.read(
            lambda _work: papers.preview(pdf, PRINT_SCALE),
            partial(print_pages, printer),
            title="Skriver ut",
        )
