"""Section Sigill: our kontrollkod, the card that others know us by, the key file, and the senders we know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.host import preferences
from fardplan_desktop.services import key_files, seals, trust
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section, fact

_NONE = "Ni har inget sigill än. Det skapas av sig självt när ni förseglar första gången."
_NO_SENDERS = "Inga kända avsändare än. De läggs till under Ta emot, med Ring och jämför."
_NO_SENDERS_NEEDED = "Kommunen tar inte emot några paket, så här behövs ingen."
_STATES = {"active": "Känd", "replaced": "Utbytt", "revoked": "Spärrad"}


class SealSection(Section):
    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._workplace = context, session.workplace
        self._none = body(_NONE, name="seal_none")
        self._code = Label("", "card_title", name="own_check_code", wrap=True)
        self._made = secondary("", wrap=True)
        card = Button("Spara avsändarkort …", icon="badge-check", name="seal_card", on_click=self._save_card)
        key = Button("Spara nyckelfil …", icon="key-round", name="seal_key", on_click=self._save_key)
        self._remember = CheckBox("Spara lösenfrasen på den här datorn", name="seal_remember")
        self._remember.setChecked(preferences.load().remember_passphrase)
        self._remember.toggled.connect(self._choose_remember)
        self._verbs = holder(FlowLayout(card, key))
        self._about = secondary(
            "Nyckelfilen är låst med lösenfrasen. Lägg den på ett usb-minne i kassaskåpet.", wrap=True
        )
        self._own = fact("Er kontrollkod", self._code)
        pieces = (self._none, self._own, self._made, self._verbs, self._about, self._remember)
        super().__init__("Sigill", "section_seal", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        seal = seals.own_seal(self._workplace)
        self._none.setVisible(seal is None)
        for piece in (self._own, self._made, self._verbs, self._about):
            piece.setVisible(seal is not None)
        if seal is not None:
            self._code.setText(seal.check_code)
            self._made.setText(f"Skapat {seal.created_at[:10]}. Läs upp koden när en mottagare ringer.")

    def _save_card(self) -> None:
        code = self._workplace.organisation.code
        name, _ = QFileDialog.getSaveFileName(self, "Spara avsändarkort", f"avsandarkort_{code}.nyckelkort")
        if name:
            save_card(self, self._context, self._workplace, Path(name))

    def _save_key(self) -> None:
        code = self._workplace.organisation.code
        name, _ = QFileDialog.getSaveFileName(self, "Spara nyckelfil", f"nyckel_{code}")
        if name:
            self._context.jobs.write(
                lambda _work: save_file(Path(name), key_files.key_file(self._workplace).encode("ascii")),
                lambda file: self._context.messages.receipt(f"{file.name} är sparad", icon="key-round"),
            )

    def _choose_remember(self, on: bool) -> None:
        preferences.save(msgspec.structs.replace(preferences.load(), remember_passphrase=on))
        if on:
            self._context.messages.receipt("Lösenfrasen sparas vid nästa försegling")
            return
        self._context.jobs.write(
            lambda _work: seals.forget_passphrase(self._workplace),
            lambda _none: self._context.messages.receipt("Lösenfrasen finns inte längre på den här datorn"),
        )


def save_card(parent: QWidget, context: PageContext, workplace: Workplace, path: Path) -> None:
    """The card is signed, so it needs the passphrase: the remembered one, else asked for until it is right."""

    def write(passphrase: str, failed: Callable[[WorldError], object] | None, done: Callable[[], object]) -> None:
        def saved(file: Path) -> None:
            done()
            context.messages.receipt(f"{file.name} är sparad", icon="badge-check")

        context.jobs.write(
            lambda _work: save_file(
                path, seals.own_card(workplace, key=seals.open_seal(workplace, passphrase=passphrase))
            ),
            saved,
            title="Sparar avsändarkortet",
            failed=failed,
        )

    remembered = seals.remembered_passphrase(workplace)
    if remembered is not None:
        write(remembered, None, lambda: None)
    else:
        PassphraseDialog(parent.window(), write).open()


class PassphraseDialog(Dialog):
    """Asks for the passphrase; a wrong one is told at the field."""

    def __init__(
        self,
        parent: QWidget,
        act: Callable[[str, Callable[[WorldError], object] | None, Callable[[], object]], None],
    ) -> None:
        super().__init__("Öppna sigillet", parent, name="passphrase_dialog")
        self._act = act
        self._phrase = TextField(name="settings_passphrase", watch=Watch.NOTHING)
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = Field("Lösenfras", self._phrase, hint="Den står på kuvertbladet.")
        self._phrase.returnPressed.connect(self._press)
        self.content.addWidget(self._field)
        go = Button("Spara avsändarkort", "primary", name="passphrase_go", on_click=self._press)
        self.set_buttons(go, Button("Avbryt", name="passphrase_cancel", on_click=self.reject), safe=go)
        self._phrase.setFocus()

    def _press(self) -> None:
        self._act(self._phrase.text(), lambda error: self._field.show_error(error.sentence), self.accept)


class SendersSection(Section):
    """Who we take packages from, and how we know that their seal is theirs."""

    def __init__(self, session: Session) -> None:
        self._workplace = session.workplace
        office = self._workplace.level is not Level.MUNICIPALITY
        self._none = body(_NO_SENDERS if office else _NO_SENDERS_NEEDED, name="senders_none")
        columns = (
            Column("Avsändare", 0), Column("Läge", 90), Column("Jämförd", 110), Column("Hur", 90),
            Column("Av", 170), Column("Kontrollkod", 320),
        )  # fmt: skip
        self._table = TextTable("Kända avsändare", columns, name="senders_table", most=10, least=190)
        super().__init__("Kända avsändare", "section_senders", (self._none, self._table))
        self.show_stored()

    def show_stored(self) -> None:
        senders = trust.senders(self._workplace)
        self._none.setVisible(not senders)
        self._table.setVisible(bool(senders))
        self._table.show_rows([_sender(each) for each in senders])


def _sender(key: TrustedKey) -> tuple[str, ...]:
    by = key.checked_by or key.entered_by
    state = _STATES[key.status]
    return key.org_name, state, key.entered_at[:10], key.method, by, seals.check_code_of(key)
