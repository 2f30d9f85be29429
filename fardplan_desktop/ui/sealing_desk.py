"""Sealing from any page: the passphrase is asked for only when this computer does not know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QLineEdit, QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import KeyProblem, WorldError
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.host import preferences
from fardplan_desktop.services import seals
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.session import Session

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_MADE = "Sigillet är skapat"
_KNOWN = "Ert sigill öppnas med lösenfrasen som står på kuvertbladet."
_NEW = (
    "Ert sigill skapas nu, en gång för alla. Lösenfrasen är gjord åt er: skriv av den och lägg den i kassaskåpet, "
    "den visas inte igen."
)


class Sealing(Protocol[T_co]):
    """What is sealed. ``passphrase`` None: the one this computer remembers."""

    def __call__(self, work: Work, passphrase: str | None, remember: bool) -> T_co: ...


class SealingDesk:
    """Asks, and seals beside the window."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session = context, session

    def seal(self, verb: str, act: Sealing[T], done: Callable[[T], object], parent: QWidget) -> None:
        """``verb``: what the button says, ``Försegla 14 kvittenser``. What goes wrong is told in the problem bar."""
        workplace = self._session.workplace
        if seals.own_seal(workplace) is not None and seals.remembered_passphrase(workplace) is not None:
            self._run(act, done, None, False, verb, self._context.messages.problem)
            return
        new = "" if seals.own_seal(workplace) else seals.new_passphrase(workplace)
        dialog = PassphraseDialog(verb, parent.window(), new=new)

        def go() -> None:
            def sealed(made: T) -> None:
                dialog.accept()
                done(made)

            self._run(act, sealed, dialog.passphrase, dialog.remember, verb, dialog.refused)

        dialog.on_go = go
        dialog.failed = self._context.messages.problem
        dialog.open()

    def make_seal(self, done: Callable[[str], object], parent: QWidget) -> None:
        """A seal before anything is sealed, so that one call goes both ways. ``done`` gets its passphrase."""

        def act(work: Work, passphrase: str | None, remember: bool) -> str:
            work.check()
            assert passphrase is not None, "without a seal it is always asked for"
            seals.make_key(self._session.workplace, passphrase=passphrase)
            if remember:
                seals.remember_passphrase(self._session.workplace, passphrase=passphrase)
            return passphrase

        def made(passphrase: str) -> None:
            self._context.messages.receipt(_MADE, icon="shield-check")
            self._session.tell(Change(_MADE, frozenset({"Key"})))
            done(passphrase)

        self.seal("Skapa sigill", act, made, parent)

    def _run(
        self,
        act: Sealing[T],
        done: Callable[[T], object],
        passphrase: str | None,
        remember: bool,
        title: str,
        failed: Callable[[WorldError], object],
    ) -> None:
        self._context.jobs.write(lambda work: act(work, passphrase, remember), done, title=title, failed=failed)


class PassphraseDialog(Dialog):
    """``new``: the passphrase of a seal that is made now."""

    def __init__(self, verb: str, parent: QWidget, *, new: str) -> None:
        super().__init__(verb, parent, name="seal_dialog")
        self.on_go: Callable[[], object] = self.reject
        self.failed: Callable[[WorldError], object] = lambda _error: None
        self.add_text(_NEW if new else _KNOWN)
        self._phrase = TextField(new, name="seal_passphrase", watch=Watch.NOTHING)
        self._phrase.setEchoMode(QLineEdit.EchoMode.Normal if new else QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._press)
        self._field = Field("Lösenfras", self._phrase)
        self._remember = CheckBox("Spara lösenfrasen på den här datorn", name="seal_remember")
        self._remember.setChecked(preferences.load().remember_passphrase)
        self.content.addWidget(self._field)
        self.content.addWidget(self._remember)
        self._go = Button(verb, "primary", name="seal_go", on_click=self._press)
        leave = Button("Avbryt", name="seal_cancel", on_click=self.reject)
        self.set_buttons(self._go, leave, safe=leave)
        self._phrase.setFocus()

    @property
    def passphrase(self) -> str:
        return self._phrase.text()

    @property
    def remember(self) -> bool:
        return self._remember.isChecked()

    def refused(self, error: WorldError) -> None:
        """A wrong passphrase is told at its field; everything else where problems are told."""
        self._go.setEnabled(True)
        if isinstance(error, KeyProblem):
            self._field.show_error(error.sentence)
            self._phrase.setFocus()
            self._phrase.selectAll()
        else:
            self.reject()
            self.failed(error)

    def _press(self) -> None:
        if not self._phrase.text():
            self._field.show_error("Skriv lösenfrasen som den står på kuvertbladet.")
            return
        self._go.setEnabled(False)
        self.on_go()
