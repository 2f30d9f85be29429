"""What is written to disk beside the package itself: copies, drafts, and the kuvertblad."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services import correction_papers, deliveries, handing_in, settings
from fardplan_desktop.services.handing_in import HandedIn
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.seal_papers import SealPapers


class Files:
    """Each act writes in the background and gives a receipt when the file is there."""

    def __init__(self, context: PageContext, workplace: Workplace) -> None:
        self._context, self._workplace = context, workplace

    def zip_copy(self, result: HandedIn) -> None:
        """The same bytes under a name that mail filters let through."""
        self._save(result.sealed.delivery, handing_in.beside(result.sealed, ".zip"), show=False)

    def draft(self, result: HandedIn) -> None:
        """A mail draft with package and card, opened in the mail program; without one its text is on the clipboard."""

        def saved(file: Path) -> None:
            QGuiApplication.clipboard().setText(self.mail_text(result))
            opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
            told = "Mejlutkastet är öppnat" if opened else "Inget mejlprogram tog emot utkastet. Texten är kopierad"
            self._context.messages.receipt(told, icon="mail")

        self._context.jobs.write(lambda _work: handing_in.save_draft(self._workplace, sealed=result.sealed), saved)

    def save_again(self, delivery: Delivery) -> None:
        folder = settings.deliveries_folder(self._workplace)
        self._save(delivery, folder / delivery.file_name, show=True)

    def correction_sheet(self, delivery: Delivery) -> None:
        """The rättelseblad of a sealed package, saved beside it and opened."""
        folder, period = settings.deliveries_folder(self._workplace), parse_period(delivery.period)

        def make() -> Path:
            pdf = correction_papers.delivery_pdf(self._workplace, delivery=delivery)
            return correction_papers.save_correction_pdf(self._workplace, pdf=pdf, period=period, folder=folder)

        def saved(file: Path) -> None:
            self._tell(file)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._context.jobs.write(lambda _work: make(), saved, title="Rättelsebladet görs")

    def mail_text(self, result: HandedIn) -> str:
        return handing_in.letter(self._workplace, delivery=result.sealed.delivery).text

    def envelope(self, owner: QWidget, passphrase: str) -> None:
        """The kuvertblad of a key made just now, to be printed or saved."""
        SealPapers(owner, self._context, self._workplace).offer_envelope(passphrase)

    def _save(self, delivery: Delivery, path: Path, *, show: bool) -> None:
        def saved(file: Path) -> None:
            self._tell(file)
            if show:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

        self._context.jobs.write(
            lambda _work: deliveries.save_copy(self._workplace, delivery=delivery, path=path), saved
        )

    def _tell(self, file: Path) -> None:
        self._context.messages.receipt(f"{file.name} är sparad", icon="download")
