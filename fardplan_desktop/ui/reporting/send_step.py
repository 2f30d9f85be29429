"""Step 3, Skicka: where the package is saved, the seal's passphrase, and the reason when it is a correction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from fardplan_desktop.domain.errors import KeyProblem, WorldError
from fardplan_desktop.host import preferences
from fardplan_desktop.services.handing_in import ToSeal
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch, may_save
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary

_MADE = (
    "Sigillet visar att paketet kommer från er och inte har ändrats. Det skapas nu, en gång för alla. "
    "Lösenfrasen nedan är gjord åt er; ni kan skriva en egen på minst 14 tecken."
)
_KEEP = "Kopiera den eller skriv av den. Efter förseglingen kan ni spara ett kuvertblad för kassaskåpet."


class SendStep(QWidget):
    """``passphrase`` is None when this computer knows it."""

    def __init__(self, new_passphrase: Callable[[], str], choose_folder: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("send_step")
        self._new_passphrase = new_passphrase
        self._asks = False
        self._first = False
        self._explanation = body("")
        self._folder = Label("", "body", "text2", wrap=True, name="send_folder")
        change = Button("Byt mapp …", name="send_change_folder", on_click=choose_folder)
        self._encrypt = CheckBox("", name="send_encrypt")
        self._encrypt.setChecked(True)
        self._no_encryption = secondary("", wrap=True, name="send_no_encryption")
        self._where = Card(
            card_title("Försegla och spara"), self._explanation, self._encrypt, self._no_encryption, self._folder,
            holder(FlowLayout(change)), name="send_where",
        )  # fmt: skip
        self._reason = TextField(name="send_reason", longest=300)
        self._reason_field = Field(
            "Orsak till rättelsen", self._reason, hint="Står i historiken och i mejltexten. Inga uppgifter om personer."
        )
        self._reason_card = Card(self._reason_field, name="send_correction")
        self._seal_card = self._make_seal_card()
        self.setLayout(column(self._where, self._reason_card, self._seal_card, gap=16))

    def _make_seal_card(self) -> Card:
        self._seal_title = card_title("")
        self._seal_text = body("")
        self._phrase = TextField(name="send_passphrase", watch=Watch.NOTHING)
        self._phrase_field = Field("Lösenfras", self._phrase)
        self._copy = Button("Kopiera", icon="copy", name="send_copy_passphrase", on_click=self._copy_phrase)
        self._look_at = CheckBox("Visa lösenfrasen", name="send_show_passphrase")
        self._look_at.toggled.connect(self._show_phrase)
        self._remember = CheckBox("Spara lösenfrasen på den här datorn", name="send_remember")
        self._remember.setChecked(preferences.load().remember_passphrase)
        self._advice = secondary(_KEEP, wrap=True)
        ticks = holder(FlowLayout(self._look_at, self._copy, self._remember, gap=16))
        return Card(
            self._seal_title, self._seal_text, self._phrase_field, ticks, self._advice, gap=10, name="send_seal"
        )

    @property
    def asks(self) -> bool:
        """Whether anything has to be filled in or known here; else the review may seal at once."""
        return self._asks or not self._reason_card.isHidden()

    @property
    def passphrase(self) -> str | None:
        return self._phrase.text() if self._asks else None

    @property
    def remember(self) -> bool:
        return self._remember.isChecked()

    @property
    def encrypt(self) -> bool:
        """When it can be done."""
        return self._encrypt.isChecked()

    @property
    def reason(self) -> str:
        return self._reason.text().strip()

    def show_standing(self, standing: ToSeal, folder: Path) -> None:
        first, previous = standing.seal is None, standing.delivery
        again = previous is not None and not standing.changed
        if again:
            self._explanation.setText("Inget har ändrats sedan sist, så samma paket skrivs en gång till.")
        else:
            self._explanation.setText(
                f"Paketet till {standing.audience.name} förseglas och sparas här. Sedan mejlar ni filen."
            )
        self._show_encryption(standing)
        self._folder.setText(str(folder))
        self._reason_card.setVisible(previous is not None and not again)
        if previous is not None and not self._reason.text():
            self._reason.show_stored(previous.reopened or "")
        self._asks = first or not standing.remembered
        self._seal_card.setVisible(self._asks)
        if first and not self._first:
            self._phrase.setText(self._new_passphrase())
        elif self._first and not first:
            self._phrase.clear()
        self._first = first
        self._dress(first)

    def _show_encryption(self, standing: ToSeal) -> None:
        receiver = standing.audience.name
        self._encrypt.setText(f"Kryptera filen, så att bara {receiver} kan läsa den")
        self._encrypt.setVisible(standing.can_encrypt)
        self._no_encryption.setText(
            f"Filen förseglas men krypteras inte: {receiver} har inte jämfört sitt avsändarkort med er än. "
            "Läs in kortet under Inställningar, Kända avsändare."
        )
        self._no_encryption.setVisible(not standing.can_encrypt)

    def _dress(self, first: bool) -> None:
        self._seal_title.setText("Ert sigill skapas nu" if first else "Öppna sigillet")
        text = _MADE if first else "Skriv lösenfrasen som står på kuvertbladet."
        self._seal_text.setText(text)
        self._copy.setVisible(first)
        self._advice.setVisible(first)
        self._look_at.setVisible(not first)
        self._show_phrase(first or self._look_at.isChecked())

    def take_focus(self) -> None:
        if not self._reason_card.isHidden() and not self._reason.text():
            self._reason.setFocus()
        elif self._asks and not self._first:
            self._phrase.setFocus()
        else:
            self.setFocus()

    def complete(self, *, correction: bool) -> bool:
        """Whether everything asked for is there; says what is missing at its field."""
        wants_reason = correction and not self._reason_card.isHidden() and not self.reason
        self._reason_field.show_error("Skriv varför uppgifterna har ändrats." if wants_reason else "")
        wants_phrase = self._asks and not self._phrase.text()
        self._phrase_field.show_error("Skriv lösenfrasen som den står på kuvertbladet." if wants_phrase else "")
        return not (wants_reason or wants_phrase) and may_save([] if self._reason_card.isHidden() else [self._reason])

    def show_problem(self, error: WorldError) -> bool:
        """A problem with the passphrase is told at its field; False for every other."""
        if not isinstance(error, KeyProblem):
            return False
        self._asks = True
        self._seal_card.show()
        self._phrase_field.show_error(error.sentence)
        self._phrase.setFocus()
        return True

    def forget(self) -> None:
        """After the seal: nothing secret stays in a field, and the next period starts empty."""
        self._phrase.clear()
        self._reason.clear()
        self._look_at.setChecked(False)
        self._encrypt.setChecked(True)

    def _show_phrase(self, shown: bool) -> None:
        self._phrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _copy_phrase(self) -> None:
        QGuiApplication.clipboard().setText(self._phrase.text())
        self._copy.setText("Kopierad")
