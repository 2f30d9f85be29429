"""Kvittenser: everyone whose files have been gone through is told what became of them, in one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import receipts, settings
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.receipts import Waiting
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session


class ReceiptsCard(Card):
    """Hidden while nobody waits and nothing has just been sealed; ``read`` it when it has a place on the page."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(gap=8, name="receipts")
        self._context, self._session = context, session
        self._desk = SealingDesk(context, session)
        self._folder: Path | None = None
        self._waiting: tuple[Waiting, ...] = ()
        self._heading = Label("", "card_title", name="receipts_heading", wrap=True)
        self._told = Label("", "body", "text2", wrap=True, name="receipts_told")
        self._seal = Button("", icon="send", name="receipts_seal", on_click=self._press)
        self._open = Button("Öppna mappen", icon="folder-open", name="receipts_open", on_click=self._show_folder)
        for piece in (self._heading, self._told, holder(FlowLayout(self._seal, self._open))):
            self.pieces.addWidget(piece)
        session.changed.connect(self.read)
        self.hide()

    def read(self, _change: object = None) -> None:
        """What waits is read anew; quick, since it is asked of the list of deliveries alone."""
        self._waiting = receipts.waiting(self._session.workplace)
        number = len(self._waiting)
        shown = bool(number) or self._folder is not None
        if self.parent() is not None or not shown:  # Shown before it has a place it would flash as a window.
            self.setVisible(shown)
        self._seal.setVisible(bool(number))
        self._open.setVisible(not number)
        if number:
            self._folder = None
            self._heading.setText(f"Kvittenser till {_senders(self._waiting)} är klara att försegla")
            self._told.setText(_what(self._waiting))
            self._seal.setText(_verb(number))

    def _press(self) -> None:
        folder = settings.deliveries_folder(self._session.workplace) / receipts.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> tuple[Posted, ...]:
            return receipts.send_receipts(
                self._session.workplace, folder=folder, passphrase=passphrase, remember=remember, work=work
            )[0]

        self._desk.seal(_verb(len(self._waiting)), act, lambda made: self._sealed(folder, made), self)

    def _sealed(self, folder: Path, made: tuple[Posted, ...]) -> None:
        self._folder = folder
        number = len(made)
        kept = "1 kvittens är förseglad" if number == 1 else f"{number} kvittenser är förseglade"
        self._heading.setText(kept)
        self._told.setText(f"Kvittenser och mejlutkast ligger i {folder}. Öppna ett utkast i taget och skicka det.")
        self._context.messages.receipt(kept, icon="send")
        self.read()
        self._open.setFocus()

    def _show_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _senders(waiting: tuple[Waiting, ...]) -> str:
    number = len(waiting)
    if number == 1:
        return waiting[0].organisation.name
    towns = all(each.organisation.level is Level.MUNICIPALITY for each in waiting)
    return f"{number} {'kommuner' if towns else 'delregioner'}"


def _what(waiting: tuple[Waiting, ...]) -> str:
    refused = sum(each.refused for each in waiting)
    files = sum(len(each.rows) for each in waiting) - refused
    told = f"De säger vad som är inläst ({files} paket)"
    if refused:
        told += f" och vad som inte gick att läsa in ({refused}), med vad avsändaren kan göra"
    return f"{told}. Kvittenserna sparas i mappen med ett mejlutkast till var och en."


def _verb(number: int) -> str:
    return "Försegla kvittensen" if number == 1 else f"Försegla {number} kvittenser"
