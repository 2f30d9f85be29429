"""Mer: what the activities become outside the program, on paper, as a PDF and in a calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMenu

from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import papers, reminders, settings, timelines
from fardplan_desktop.services.activity_views import View
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.menus import add_act, open_under
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, Picture, ask_printer, print_pages
from fardplan_desktop.ui.session import Session


class ActivityFiles(QObject):
    """``button`` opens the menu; ``shown`` tells the view and the year on show."""

    def __init__(self, context: PageContext, session: Session, shown: Callable[[], tuple[View, int]]) -> None:
        super().__init__()
        self._context, self._session, self._shown = context, session, shown
        self.button = Button("Mer", name="activities_more", on_click=self._open)

    def menu(self) -> QMenu:
        menu = QMenu(self.button)
        menu.setObjectName("more_menu")
        offers = (
            ("Skriv ut tidslinjen", "timeline_print", self.print_timeline),
            ("Spara tidslinjen som PDF", "timeline_save", self._save_timeline),
            ("Spara påminnelser (.ics)", "reminders_save", self._save_reminders),
        )
        for words, name, act in offers:
            add_act(menu, words, name, act)
        return menu

    def print_timeline(self) -> None:
        """Ask for a printer and print the view on show."""
        ask_printer(self.button.window(), self._print, landscape=True)

    def _print(self, printer: QPrinter) -> None:
        workplace, (view, year) = self._session.workplace, self._shown()

        def draw(_work: Work) -> list[Picture]:
            return papers.preview(timelines.timeline_pdf(workplace, year=year, view=view), PRINT_SCALE)

        self._context.jobs.read(draw, partial(print_pages, printer), title="Skriver ut")

    def _save_timeline(self) -> None:
        workplace, (view, year) = self._session.workplace, self._shown()
        folder = settings.deliveries_folder(workplace)
        save = partial(timelines.save_timeline_pdf, workplace, year=year, view=view, folder=folder)
        self._context.jobs.write(lambda _work: save(), self._saved)

    def _save_reminders(self) -> None:
        workplace = self._session.workplace
        folder = settings.deliveries_folder(workplace)
        save = partial(reminders.save_reminders, workplace, folder=folder)
        self._context.jobs.write(lambda _work: save(), self._saved)

    def _saved(self, path: Path) -> None:
        self._context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _open(self) -> None:
        open_under(self.button, self.menu())
