"""Avsändarkort and kuvertblad from the window: printed, or saved where the user says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from fardplan_desktop.services import papers, seal_papers, seals
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, ask_printer, print_pages

_SHEET = (
    "Bladet har lösenfrasen, kontrollkoden, vad ni gör när något händer och en spärr i förväg. Lägg det i kassaskåpet. "
    "Sparar ni det som fil: skriv ut den och radera den."
)


class SealPapers:
    """``owner`` is what the system's dialogs stand over."""

    def __init__(self, owner: QWidget, context: PageContext, workplace: Workplace) -> None:
        self._owner, self._context, self._workplace = owner, context, workplace

    def save_card(self) -> None:
        """The file that others read, or the card on paper when the name ends so."""
        suggested = f"avsandarkort_{self._workplace.organisation.code}.nyckelkort"
        kinds = "Avsändarkort (*.nyckelkort);;Avsändarkort på papper (*.pdf)"
        name, chosen = QFileDialog.getSaveFileName(self._owner, "Spara avsändarkort", suggested, kinds)
        if not name:
            return
        path = Path(name)
        paper = path.suffix.lower() == ".pdf" or "pdf" in chosen
        make = partial(seal_papers.card_pdf if paper else seals.kept_card, self._workplace)
        self._save(make, path.with_suffix(".pdf") if paper else path)

    def print_card(self) -> None:
        self._print(partial(seal_papers.card_pdf, self._workplace))

    def offer_envelope(self, passphrase: str) -> None:
        """The kuvertblad for this passphrase, which has been tried."""
        make = partial(seal_papers.envelope_pdf, self._workplace, passphrase=passphrase)
        dialog = Dialog("Kuvertblad till kassaskåpet", self._owner.window(), name="envelope_dialog")
        dialog.add_text(_SHEET)

        def save() -> None:
            name, _ = QFileDialog.getSaveFileName(dialog, "Spara kuvertblad", "kuvertblad.pdf", "PDF (*.pdf)")
            if name:
                self._save(make, Path(name))
                dialog.accept()

        def print_it() -> None:
            dialog.accept()
            self._print(make)

        out = Button("Skriv ut kuvertblad", "primary", icon="printer", name="envelope_print", on_click=print_it)
        file = Button("Spara som PDF …", name="envelope_save", on_click=save)
        dialog.set_buttons(out, file, Button("Stäng", name="envelope_close", on_click=dialog.reject), safe=out)
        dialog.open()

    def _save(self, make: Callable[[], bytes], path: Path) -> None:
        self._context.jobs.write(
            lambda _work: save_file(path, make()),
            lambda file: self._context.messages.receipt(f"{file.name} är sparad", icon="badge-check"),
        )

    def _print(self, make: Callable[[], bytes]) -> None:
        def chosen(printer: QPrinter) -> None:
            self._context.jobs.write(
                lambda _work: papers.preview(make(), PRINT_SCALE), partial(print_pages, printer), title="Skriver ut"
            )

        ask_printer(self._owner, chosen)
