"""Återkoppling from the window: printed, or saved as PDF and shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services import feedback_in, papers, settings
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, ask_printer, print_pages
from fardplan_desktop.ui.session import Session


class FeedbackPrint:
    """What has come for the period of the header."""

    def __init__(self, owner: QWidget, context: PageContext, session: Session) -> None:
        self._owner, self._context, self._session = owner, context, session

    def print_page(self) -> None:
        """Ask for a printer; what is printed is the very paper that is saved."""
        ask_printer(self._owner, self._print)

    def save(self) -> None:
        """Into the organisation's folder, and open it."""
        workplace, period = self._session.workplace, self._session.period
        folder = settings.deliveries_folder(workplace)
        self._context.jobs.write(
            lambda _work: feedback_in.save_pdf(workplace, period=period, folder=folder),
            self._saved,
            title="Utskriften görs",
        )

    def _print(self, printer: QPrinter) -> None:
        workplace, period = self._session.workplace, self._session.period
        self._context.jobs.read(
            lambda _work: papers.preview(feedback_in.pdf(workplace, period=period), PRINT_SCALE),
            partial(print_pages, printer),
            title="Skriver ut",
        )

    def _saved(self, path: Path) -> None:
        self._context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
