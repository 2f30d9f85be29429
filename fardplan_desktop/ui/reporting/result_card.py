"""After the seal: the file, what to do with it, and the kontrollkod to read aloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.handing_in import SAFE_CHANNEL, ZIP_COPY, HandedIn
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.reporting.files import Files


class ResultView(QWidget):
    """``show_result`` fills it; the passphrase of a new key is shown here and nowhere later."""

    def __init__(self, files: Files, done: Callable[[], None], sent: str) -> None:
        """``sent``: what the list of everything that has been sent is called."""
        super().__init__()
        self.setObjectName("reporting_result")
        self._files, self._done, self._sent = files, done, sent
        self._cards = column(gap=16)
        self.setLayout(self._cards)

    def show_result(self, result: HandedIn, receiver: str) -> None:
        clear(self._cards)
        self._cards.addWidget(self._package(result, receiver))
        if result.passphrase is not None:
            self._cards.addWidget(self._envelope(result, result.passphrase))
        self._cards.addWidget(self._channel(result))
        self._cards.addWidget(_code(result.seal.check_code))

    def forget(self) -> None:
        clear(self._cards)

    def take_focus(self) -> None:
        button = self.findChild(Button, "result_draft")
        if button is not None:
            button.setFocus()

    def _package(self, result: HandedIn, receiver: str) -> Card:
        sealed, folder = result.sealed, result.sealed.file.parent
        if sealed.repeated:
            said = "Inget hade ändrats sedan sist. Samma paket skrevs en gång till."
        else:
            said = f"Paket nummer {sealed.delivery.sequence} är förseglat och sparat."
        name = Label(sealed.file.name, "strong", name="result_file", wrap=True)
        self._mail = Button(
            "Kopiera mejltext", icon="copy", name="result_mail", on_click=lambda: self._copy_mail(result)
        )
        buttons = FlowLayout(
            Button(
                "Öppna mejlutkast", "primary", icon="mail", name="result_draft",
                on_click=lambda: self._files.draft(result),
            ),
            self._mail,
            Button("Öppna mappen", icon="folder-open", name="result_open", on_click=lambda: _open(folder)),
            Button(f"Till {self._sent}", "quiet", name="result_done", on_click=self._done),
        )  # fmt: skip
        steps = (
            f"1. Öppna mejlutkastet till {receiver}. {'Paketet och avsändarkortet' if sealed.with_card else 'Paketet'} "
            f"är {'bifogade' if sealed.with_card else 'bifogat'}.",
            "2. Fyll i adressen och skicka. Färdplan skickar ingenting själv.",
        )
        head = row(IconView("circle-check-big", "ok"), gap=12)
        head.addWidget(body(said, name="result_said"), 1)
        return Card(
            head, name, secondary(str(folder), wrap=True), *(body(step) for step in steps), 4, holder(buttons),
            gap=6, name="result_package",
        )  # fmt: skip

    def _channel(self, result: HandedIn) -> Card:
        """Which way to send, and what to do when the mail stops the file."""
        copy = Button(
            "Spara kopia som .zip", icon="archive", name="result_zip", on_click=lambda: self._files.zip_copy(result)
        )
        return Card(
            card_title("Skicka säkert"), *(body(sentence) for sentence in SAFE_CHANNEL), body(ZIP_COPY),
            holder(FlowLayout(copy)), gap=6, name="result_channel",
        )  # fmt: skip

    def _envelope(self, result: HandedIn, passphrase: str) -> Card:
        where = (
            "Den är sparad på den här datorn och behövs bara om datorn eller personen byts."
            if result.kept
            else "Den är inte sparad på den här datorn och frågas efter vid nästa försegling."
        )
        phrase = Label(passphrase, "strong", name="result_passphrase", wrap=True)
        self._copy = Button(
            "Kopiera lösenfrasen",
            icon="copy",
            name="result_copy_passphrase",
            on_click=lambda: self._copy_phrase(passphrase),
        )
        save = Button(
            "Kuvertblad …",
            icon="file-text",
            name="result_envelope",
            on_click=lambda: self._files.envelope(self, passphrase),
        )
        return Card(
            card_title("Lösenfrasen till ert sigill"),
            phrase,
            body(f"{where} Lägg den i kassaskåpet nu: den visas inte igen."),
            holder(FlowLayout(self._copy, save)),
            name="result_key",
        )

    def _copy_mail(self, result: HandedIn) -> None:
        QGuiApplication.clipboard().setText(self._files.mail_text(result))
        self._mail.setText("Mejltexten är kopierad")

    def _copy_phrase(self, passphrase: str) -> None:
        QGuiApplication.clipboard().setText(passphrase)
        self._copy.setText("Kopierad")


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _code(check_code: str) -> Card:
    code = Label(check_code, "card_title", name="result_check_code", wrap=True)
    return Card(
        card_title("Er kontrollkod"),
        code,
        body("Första gången ringer mottagaren och ber er läsa upp två av grupperna. Läs dem härifrån."),
        gap=6,
        name="result_code",
    )
