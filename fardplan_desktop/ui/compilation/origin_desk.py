"""What is done with the delivery behind a figure: its seal tried again, its file saved, its parts copied as text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.services import lineage, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.compilation.origin_panel import OriginActs, OriginPanel
from fardplan_desktop.ui.page import PageContext


class OriginDesk:
    """Makes ``panel`` and carries out what is asked for there."""

    def __init__(self, context: PageContext, workplace: Workplace) -> None:
        self._context, self._workplace = context, workplace
        asks = self._ask if workplace.level is Level.DELREGION else None
        self.panel = OriginPanel(OriginActs(self._check, self._save, self._copy, asks))

    def _ask(self, code: str, row: str) -> None:
        self._context.go("replies", tab="questions", of=code, about=row)

    def _check(self, delivery: Delivery) -> None:
        self._context.jobs.read(
            lambda _work: lineage.check_seal(self._workplace, delivery=delivery),
            partial(self.panel.show_check, delivery),
            title="Prövar sigillet",
        )

    def _save(self, delivery: Delivery) -> None:
        folder = settings.deliveries_folder(self._workplace) / "Original"

        def saved(path: Path) -> None:
            self._context.messages.receipt(f"Sparad: {path}", icon="download")

        self._context.jobs.write(
            lambda _work: lineage.save_original(self._workplace, delivery=delivery, folder=folder), saved
        )

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.messages.receipt("Siffrans delar är kopierade som text", icon="copy")
