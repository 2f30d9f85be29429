"""Mail drafts from Inlämningsläge: made in one folder, opened in the mail program, else copied and the folder shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import drafts, mailboxes
from fardplan_desktop.services.drafts import Draft
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.coverage.drafts_card import DraftActs, DraftsCard
from fardplan_desktop.ui.page import PageContext


class DraftsDesk:
    """Makes ``card`` and carries out what is asked for there. ``show`` opens a file or folder; false when it cannot."""

    def __init__(self, context: PageContext, workplace: Workplace, show: Callable[[Path], bool] | None = None) -> None:
        self._context, self._workplace = context, workplace
        self._show = show or _opened
        self._made: list[tuple[Draft, Path]] = []
        self._what = ""
        self.card = DraftsCard(DraftActs(self._open, self._copy, self._show_folder, self._set_address))

    def make(self, period: Period, made: Sequence[Draft], what: str) -> None:
        """Save the drafts and show them; a single one is opened in the mail program at once."""
        folder = drafts.folder(self._workplace, period=period)

        def saved(paths: tuple[Path, ...]) -> None:
            self._made, self._what = list(zip(made, paths, strict=True)), what
            self.card.show_drafts(what, self._made)
            if len(made) == 1:
                self._open(made[0], paths[0])
            else:
                self._context.messages.receipt(f"{what}. De ligger i {folder}", icon="mail")

        self._context.jobs.write(lambda _work: drafts.save(self._workplace, drafts=made, folder=folder), saved)

    def open_mail(self, path: Path, to: str, text: str) -> None:
        """In the mail program; without one the text is on the clipboard and the folder is shown."""
        QGuiApplication.clipboard().setText(text)
        if self._show(path):
            told = f"Mejlutkastet till {to} är öppnat, och texten är kopierad"
        else:
            self._show(path.parent)
            told = "Inget mejlprogram tog emot utkastet. Texten är kopierad, och mappen med utkastet är öppnad"
        self._context.messages.receipt(told, icon="mail")

    def _open(self, draft: Draft, path: Path) -> None:
        self.open_mail(path, draft.organisation.name, draft.letter.text)

    def _copy(self, draft: Draft) -> None:
        QGuiApplication.clipboard().setText(draft.letter.text)
        self._context.messages.receipt(f"Texten till {draft.organisation.name} är kopierad", icon="copy")

    def _show_folder(self, folder: Path) -> None:
        self._show(folder)

    def _set_address(self, draft: Draft, address: str) -> None:
        mailboxes.set_mailbox(self._workplace, code=draft.organisation.code, address=address)
        changed = [drafts.readdressed(self._workplace, draft=each) for each, _ in self._made]
        folder = self._made[0][1].parent
        paths = drafts.save(self._workplace, drafts=changed, folder=folder)
        self._made = list(zip(changed, paths, strict=True))
        self.card.show_drafts(self._what, self._made)
        self._context.messages.receipt(f"Adressen till {draft.organisation.name} är sparad", icon="mail")


def _opened(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
