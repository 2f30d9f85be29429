"""One call, one screen, both directions: they read two groups of their kontrollkod, we read two of ours.

The kontrollkod that lies in the file is not shown here, so that it cannot be copied instead of heard.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.services import comparing, seals, trust
from fardplan_desktop.services.trust import Candidate, WrongGroups
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.check_code import CheckCode
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch, may_save
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import Label, body, secondary, strong
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

OWN_NUMBER = "Ring på ett nummer ni redan har, inte ett som står i mejlet eller filen."
_FIGURES = 5
_BESIDE = 720
"""Design px from which the two directions stand beside each other."""
_NO_SEAL = "Ni har inget sigill än, så de har inget att jämföra. Skapa det nu, så räcker ett samtal åt båda håll."


class CallCard(Card):
    """``ask_for`` opens it. ``trusted`` tells the key that has become known, ``closed`` that it is put away."""

    trusted = Signal(object)
    closed = Signal()

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(name="call")
        self._context, self._session, self._workplace = context, session, session.workplace
        self._candidate: Candidate | None = None
        self._asked = (0, 1)
        self._tries: dict[str, int] = {}
        """Key → how often its groups have been wrong, while the window is open: closing the card is no new start."""
        self._heading = Label("", "card_title", name="call_heading", wrap=True)
        heading = row(IconView("shield-alert", "warn", top=1), gap=12)
        heading.addWidget(self._heading, 1)
        self._halves = QGridLayout()
        self._halves.setHorizontalSpacing(Look.of_application().px(28))
        self._halves.setVerticalSpacing(Look.of_application().px(12))
        self._theirs, self._ours = self._make_theirs(), self._make_ours()
        self._error = Label("", "body", "bad", wrap=True, name="call_error")
        self._approve = Button("Godkänn avsändaren", "primary", name="call_approve", on_click=self._press)
        cancel = Button("Avbryt", name="call_cancel", on_click=self.close_call)
        self.pieces.addLayout(heading)
        self.pieces.addWidget(body(OWN_NUMBER))
        self.pieces.addLayout(self._halves)
        self._place(beside=True)  # Here, since the tab key goes to pieces in the order they get their place.
        for piece in (self._make_who(), self._error, holder(FlowLayout(self._approve, cancel))):
            self.pieces.addWidget(piece)
        self._error.hide()
        self.hide()

    def _make_theirs(self) -> QWidget:
        self._say = body("", name="call_say")
        self._first = TextField(name="call_first", longest=9, watch=Watch.NOTHING)
        self._second = TextField(name="call_second", longest=9, watch=Watch.NOTHING)
        self._fields = [Field("", self._first), Field("", self._second)]
        for each in (self._first, self._second):
            each.setFixedWidth(Look.of_application().px(130))
            each.returnPressed.connect(self._press)
        return holder(
            column(strong("1. De läser för er"), self._say, holder(FlowLayout(*self._fields, gap=16)), None, gap=4)
        )

    def _make_ours(self) -> QWidget:
        self._offer = body("", name="call_offer")
        self._code = CheckCode(name="call_own_code")
        self._have_ours = CheckBox("De har jämfört vår kod", name="call_ours")
        self._before = secondary("", "call_before", wrap=True)
        self._make = Button("Skapa sigill …", icon="badge-check", name="call_make_seal", on_click=self._make_seal)
        made = holder(FlowLayout(self._make))
        pieces = (strong("2. Ni läser för dem"), self._offer, made, self._code, self._have_ours, self._before, None)
        return holder(column(*pieces, gap=4))

    def _make_who(self) -> QWidget:
        self._function = TextField(name="call_function", longest=80, hint="Till exempel verksamhetsutvecklare")
        self._function.returnPressed.connect(self._press)
        self._function_field = Field("Vem svarade? Funktion, inte namn", self._function)
        self._function_field.setMinimumWidth(Look.of_application().px(300))
        options = [(each, each.capitalize()) for each in comparing.METHODS]
        self._method = Segments(options, label="Hur ni jämförde", name="call_method")
        how = holder(column(Label("Hur", "side", bold=True), self._method, None, gap=4))
        return holder(FlowLayout(self._function_field, how, gap=16))

    def ask_for(self, candidate: Candidate) -> None:
        """Open the card for this sender; which two groups to ask for is drawn anew."""
        self._candidate = candidate
        self._heading.setText(f"Ring {candidate.organisation.name} och jämför kontrollkoden")
        self._function.clear()
        self._function_field.show_error("")
        self._show_ours(candidate)
        self._draw()
        self._show_error("")
        self.show()
        if self._tries.get(candidate.key_id, 0) >= comparing.MOST_TRIES:
            self._stop(candidate)
        else:
            self._first.setFocus()

    def close_call(self) -> None:
        self._candidate = None
        self.hide()
        self.closed.emit()

    def _show_ours(self, candidate: Candidate) -> None:
        seal = seals.own_seal(self._workplace)
        compared = comparing.compared_ours(self._workplace).get(candidate.organisation.code)
        self._offer.setText(_NO_SEAL if seal is None else comparing.words_to_offer())
        self._make.setVisible(seal is None)
        self._code.setVisible(seal is not None)
        self._code.show_code("" if seal is None else seal.check_code)
        self._have_ours.setVisible(seal is not None and compared is None)
        self._have_ours.setChecked(False)
        self._before.setVisible(compared is not None)
        self._before.setText("" if compared is None else f"De har redan jämfört den: {comparing.told(compared)}.")

    def _make_seal(self) -> None:
        def made(_passphrase: str) -> None:
            if self._candidate is not None:
                self._show_ours(self._candidate)

        SealingDesk(self._context, self._session).make_seal(made, self)

    def _draw(self) -> None:
        self._asked = trust.asked_groups(self._workplace)
        self._say.setText(f"Säg: {comparing.words_to_ask(self._workplace.organisation.name, self._asked)}")
        for field, entry, at in zip(self._fields, (self._first, self._second), self._asked, strict=True):
            field.caption().setText(f"Grupp {at + 1}")
            entry.setAccessibleName(f"Grupp {at + 1}, fem siffror")
            entry.clear()
            field.show_error("")
            entry.setEnabled(True)
        self._approve.setEnabled(True)

    def _show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _press(self) -> None:
        groups = [re.sub(r"[\s-]", "", entry.text()) for entry in (self._first, self._second)]
        missing: QWidget | None = None
        for field, entry, group in zip(self._fields, (self._first, self._second), groups, strict=True):
            whole = len(group) == _FIGURES and group.isascii() and group.isdigit()
            field.show_error("" if whole else "Skriv fem siffror.")
            missing = missing or (None if whole else entry)
        function = " ".join(self._function.text().split())
        self._function_field.show_error("" if function else "Skriv vilken funktion personen har.")
        missing = missing or (None if function else self._function)
        if missing is not None:
            missing.setFocus()
        elif self._candidate is not None and may_save([self._function]):
            self._compare(self._candidate, " ".join(groups), function)

    def _compare(self, candidate: Candidate, heard: str, function: str) -> None:
        asked, method, ours = self._asked, self._method.current, self._have_ours.isChecked()

        def act() -> TrustedKey:
            key = trust.trust(
                self._workplace, candidate=candidate, heard=heard, asked=asked, checked_by=function, method=method
            )
            if ours:
                comparing.note_compared(self._workplace, code=key.org_code, function=function, method=method)
            return key

        self._context.jobs.write(lambda _work: act(), self._believed, failed=self._failed)

    def _believed(self, key: TrustedKey) -> None:
        self.close_call()
        said = f"{key.org_name} är känd avsändare"
        self._context.messages.receipt(said, icon="shield-check")
        self.trusted.emit(key)
        self._session.tell(Change(said, frozenset({"Trust"})))

    def _failed(self, error: WorldError) -> None:
        candidate = self._candidate
        if candidate is None or not isinstance(error, WrongGroups):
            self._show_error(error.sentence)
            return
        tries = self._tries[candidate.key_id] = self._tries.get(candidate.key_id, 0) + 1
        if tries >= comparing.MOST_TRIES:
            self._context.jobs.write(
                lambda _work: comparing.note_stopped(self._workplace, candidate=candidate), lambda _none: None
            )
            self._stop(candidate)
            return
        self._draw()
        self._show_error(
            f"Siffrorna stämmer inte. Ingenting är godkänt. Be om de två nya grupperna här ovanför: försök {tries + 1} "
            f"av {comparing.MOST_TRIES}."
        )
        self._first.setFocus()

    def _stop(self, candidate: Candidate) -> None:
        for entry in (self._first, self._second):
            entry.setEnabled(False)
        self._approve.setEnabled(False)
        self._show_error(
            f"Stopp. Siffrorna har inte stämt på {comparing.MOST_TRIES} försök, så sigillet är nog inte deras. "
            f"Ingenting är godkänt. Läs inte in filen. Be {candidate.organisation.name} lämna ett nytt avsändarkort på "
            "ett annat sätt, och ring igen då."
        )

    def _place(self, *, beside: bool) -> None:
        self._halves.addWidget(self._theirs, 0, 0)
        self._halves.addWidget(self._ours, 0 if beside else 1, 1 if beside else 0)
        for at in (0, 1):
            self._halves.setColumnStretch(at, 1 if beside or at == 0 else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(beside=event.size().width() >= Look.of_application().px(_BESIDE))
        super().resizeEvent(event)
