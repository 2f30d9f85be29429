"""Before the next version is sealed: everything it changes, who approves, and the passphrase when it is needed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QLineEdit, QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.services.codebook_draft import Draft
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.text import Label

_MOST = 10
"""Changes that are listed; the rest stand on the page behind."""


class Wish(msgspec.Struct, frozen=True):
    """``passphrase`` None: the one this computer remembers."""

    approved_by: str
    passphrase: str | None
    remember: bool


class SealDialog(Dialog):
    """``asks``: the passphrase is not remembered here. ``new``: that of a key which is made now, to be kept."""

    def __init__(
        self, draft: Draft, parent: QWidget, act: Callable[[Wish, SealDialog], object], *, asks: bool, new: str
    ) -> None:
        super().__init__(f"Försegla mått och listor version {draft.book.version}", parent, name="codebook_seal")
        self._act, self._asks = act, asks or bool(new)
        told = [each.sentence for each in draft.differences]
        rest = [f"… och {len(told) - _MOST} ändringar till"] if len(told) > _MOST else []
        self.content.addWidget(Label("\n".join([*told[:_MOST], *rest]), wrap=True, name="codebook_seal_changes"))
        self.add_text(
            "Versionen gäller här så snart den är förseglad, och hos andra när de läser in den.", secondary=True
        )
        self._approved = TextField(name="codebook_approved_by", longest=80)
        self._approved_field = Field("Godkänd av", self._approved, hint="En funktion, aldrig ett namn.")
        self.content.addWidget(self._approved_field)
        self._phrase = TextField(new, name="codebook_passphrase", watch=Watch.NOTHING)
        if not new:
            self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        for each in (self._approved, self._phrase):
            each.returnPressed.connect(self._go)
        hint = "Den är ny. Skriv av den nu och lägg den i kassaskåpet." if new else "Den står på kuvertbladet."
        self._phrase_field = Field("Lösenfras", self._phrase, hint=hint)
        self._remember = CheckBox("Spara lösenfrasen på den här datorn", name="codebook_remember")
        if self._asks:
            self.content.addWidget(self._phrase_field)
            self.content.addWidget(self._remember)
        self._error = Label("", "small", "bad", wrap=True, name="codebook_seal_error")
        self.content.addWidget(self._error)
        self._error.hide()
        go = Button(f"Försegla version {draft.book.version}", "primary", name="codebook_seal_go", on_click=self._go)
        leave = Button("Avbryt", name="codebook_seal_cancel", on_click=self.reject)
        self.set_buttons(go, leave, safe=leave)
        self._approved.setFocus()

    def show_error(self, error: WorldError) -> None:
        self._error.setText(error.sentence)
        self._error.show()

    def _go(self) -> None:
        if not self._approved.text().strip():
            self._approved_field.show_error("Den som godkänner saknas. Skriv en funktion.")
            return
        phrase = self._phrase.text() if self._asks else None
        self._act(Wish(self._approved.text(), phrase, self._asks and self._remember.isChecked()), self)
