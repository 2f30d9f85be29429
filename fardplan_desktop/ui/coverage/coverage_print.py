"""Inlämningsläge from the window: printed, or saved as PDF and shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services import coverage_list, papers, settings
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, ask_printer, print_pages
from fardplan_desktop.ui.session import Session


class CoveragePrint:
    """The list as it stands on the page: ``wanted`` gives its filter and order."""

    def __init__(
        self, owner: QWidget, context: PageContext, session: Session, wanted: Callable[[], tuple[bool, bool]]
    ) -> None:
        self._owner, self._context, self._session, self._wanted = owner, context, session, wanted

    def print_page(self) -> None:
        """Ask for a printer; what is printed is the very list that is saved."""
        ask_printer(self._owner, self._print, landscape=True)

    def save(self) -> None:
        """Into the organisation's folder, and open it."""
        workplace, period, make = self._session.workplace, self._session.period, self._maker()
        folder = settings.deliveries_folder(workplace)
        self._context.jobs.write(
            lambda _work: coverage_list.save_coverage_pdf(workplace, pdf=make(), period=period, folder=folder),
            self._saved,
            title="Utskriften görs",
        )

    def _maker(self) -> Callable[[], bytes]:
        only_missing, late_first = self._wanted()
        return partial(
            coverage_list.coverage_pdf,
            self._session.workplace,
            period=self._session.period,
            only_missing=only_missing,
            late_first=late_first,
        )

    def _print(self, printer: QPrinter) -> None:
        make = self._maker()
        self._context.jobs.read(
            lambda _work: papers.preview(make(), PRINT_SCALE), partial(print_pages, printer), title="Skriver ut"
        )

    def _saved(self, path: Path) -> None:
        self._context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
