"""Underlag för godkännande from the window: printed, or saved beside the packages and shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services import approval_papers, correction_papers, papers, settings
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, ask_printer, print_pages
from fardplan_desktop.ui.session import Session


class ApprovalPrint:
    """The page of the period in the header, as it stands now."""

    def __init__(self, owner: QWidget, context: PageContext, session: Session) -> None:
        self._owner, self._context, self._session = owner, context, session

    def print_page(self) -> None:
        """Ask for a printer; what is printed is the very page that is saved."""
        ask_printer(self._owner, self._print)

    def save(self) -> None:
        """Into the organisation's folder, and open it."""
        workplace, period = self._session.workplace, self._session.period
        folder = settings.deliveries_folder(workplace)

        def make() -> Path:
            pdf = approval_papers.approval_pdf(workplace, period=period)
            return approval_papers.save_approval_pdf(workplace, pdf=pdf, period=period, folder=folder)

        self._context.jobs.write(lambda _work: make(), self._saved, title="Underlaget görs")

    def print_correction(self) -> None:
        """Rättelseblad: what the package about to be sealed corrects."""
        ask_printer(self._owner, lambda printer: self._print(printer, correction_papers.correction_pdf))

    def _print(self, printer: QPrinter, made: Callable[..., bytes] = approval_papers.approval_pdf) -> None:
        workplace, period = self._session.workplace, self._session.period
        self._context.jobs.read(
            lambda _work: papers.preview(made(workplace, period=period), PRINT_SCALE),
            partial(print_pages, printer),
            title="Skriver ut",
        )

    def _saved(self, path: Path) -> None:
        self._context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
