"""A ready text to somebody: copied, shown, and handed to the mail program only when the user asks for that."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import TextArea
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary


class LetterCard(Card):
    """Hidden until ``show_letter``, which copies the text at once. ``closed`` when the user is done with it."""

    closed = Signal()

    def __init__(self, *, name: str = "letter") -> None:
        super().__init__(name=name)
        self._subject = self._body = self._address = ""
        self._heading = Label("", "card_title", name=f"{name}_heading", wrap=True)
        heading = row(IconView("copy", "ok", top=1), gap=12)
        heading.addWidget(self._heading, 1)
        self._text = TextArea(name=f"{name}_text", lines=6, watch=Watch.NOTHING)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Text att skicka")
        self._open = Button("Öppna i e-postprogrammet", icon="mail", name=f"{name}_mail", on_click=self._open_mail)
        buttons = FlowLayout(
            self._open,
            Button("Kopiera igen", icon="copy", name=f"{name}_copy", on_click=self._copy),
            Button("Stäng", "quiet", name=f"{name}_close", on_click=self.close_letter),
        )
        hint = secondary("Färdplan skickar ingenting själv. Klistra in texten i ett mejl till en adress ni redan har.")
        hint.setWordWrap(True)
        for piece in (self._text, hint, holder(buttons)):
            self.pieces.addWidget(piece)
        self.pieces.insertLayout(0, heading)
        self.hide()

    def show_letter(self, to: str, subject: str, body: str, address: str = "") -> None:
        """Copy the text and show what was copied. ``address``: the function mailbox, when it is known."""
        self._subject, self._body, self._address = subject, body, address
        self._heading.setText(f"Text till {to} är kopierad")
        self._text.setPlainText(self._whole())
        self._copy()
        self.show()
        self._open.setFocus()

    def close_letter(self) -> None:
        self.hide()
        self.closed.emit()

    def _whole(self) -> str:
        return f"Ämne: {self._subject}\n\n{self._body}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole())

    def _open_mail(self) -> None:
        address = f"mailto:{quote(self._address)}?subject={quote(self._subject)}&body={quote(self._body)}"
        QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
