"""The same said of several deviations at once: what is not said stays, and one undo takes it all back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS as LISTS
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.services import deviation_list, deviations
from fardplan_desktop.services.deviations import Several
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.entries import Entries, Entry
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.record_words import DEVIATION_WORDS as FIELD_WORDS
from fardplan_desktop.ui.session import Session

_NAMED = 5
_DAYS = ("feedback", "follow_up")


class SeveralPanel(Card):
    """``show_marked`` says which; ``closed`` when the user is done."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(gap=12, name="several_panel")
        self._session = session
        self._numbers: Sequence[int] = ()
        self._make = Entries("several")
        self._entries = self._fields()
        self._heading = card_title("", "several_heading")
        self._told = Label("", "side", name="several_told", wrap=True)
        self._change = Button("", "primary", name="several_change", on_click=self._store)
        close = IconButton("x", "Stäng", size=28, name="several_close", on_click=self.closed.emit)
        head = row(gap=8)
        head.addWidget(self._heading, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.pieces.addLayout(head)
        self.pieces.addWidget(
            secondary("Det du inte anger lämnas som det är. Ångra tar tillbaka allt på en gång.", wrap=True)
        )
        for entry in self._entries:
            entry.show(None)
            self.pieces.addWidget(entry.widget)
        for piece in (self._change, self._told):
            self.pieces.addWidget(piece)
        self.pieces.addStretch(1)

    def show_marked(self, numbers: Sequence[int]) -> None:
        """These row numbers; what has been chosen in the fields stays."""
        self._numbers = numbers
        count = numbers_sv.number(len(numbers))
        self._heading.setText(f"{count} avvikelser")
        self._change.setText(f"Ändra {count} avvikelser")
        self._told.hide()

    def focus_first(self) -> None:
        self._entries[0].input.setFocus()

    def _fields(self) -> tuple[Entry, ...]:
        today = self._session.workplace.today
        return (
            self._code("status"),
            self._make.line(
                "status_comment", FIELD_WORDS["status_comment"], hint="Behövs när ett steg går bakåt.", longest=500
            ),
            self._code("document"),
            self._code("category"),
            self._code("lift_to"),
            *(self._make.day(name, FIELD_WORDS[name], propose=today, hint="Tomt ändrar inget.") for name in _DAYS),
        )

    def _code(self, name: str) -> Entry:
        workplace = self._session.workplace
        codes = workplace.codebook.list(LISTS[name]).active(workplace.today)
        options = [(code.id, code.label) for code in codes]
        return self._make.choice(name, FIELD_WORDS[name], options, none="Ändra inte")

    def _store(self) -> None:
        values: dict[str, Any] = {entry.name: said for entry in self._entries if (said := entry.read())}
        for entry in self._entries:
            entry.show_error("")
        if not set(values) - {"status_comment"}:
            self._entries[0].show_error("Ange vad som ska ändras.")
            self._entries[0].input.setFocus()
            return
        if not may_save(entry.input for entry in self._entries):
            return
        workplace, numbers, came = self._session.workplace, tuple(self._numbers), list[Several]()

        def act() -> Change:
            found = deviation_list.read(workplace, rows=numbers)
            came.append(deviations.change_several(workplace, deviations=found.values(), values=values))
            return came[0].change

        self._change.setEnabled(False)
        self._session.change(act, done=lambda _change: self._done(came[0]), failed=self._failed)

    def _done(self, came: Several) -> None:
        self._change.setEnabled(True)
        for entry in self._entries:
            entry.show(None)
        self._told.setText(_told(came))
        self._told.show()

    def _failed(self, error: WorldError) -> None:
        self._change.setEnabled(True)
        named = [entry for entry in self._entries if entry.name == error.detail]
        (named or self._entries)[0].show_error(error.sentence)


def _told(came: Several) -> str:
    """How many were changed, and which were left and why."""
    lines = [f"{came.changed} ändrade." if came.changed else "Inget behövde ändras."]
    if came.left:
        lines = [f"{came.changed} ändrade, {len(came.left)} lämnade som de var:"]
        lines += [f"{number}: {why}" for number, why in came.left[:_NAMED]]
        if len(came.left) > _NAMED:
            lines.append(f"och {len(came.left) - _NAMED} till.")
    return "\n".join(lines)
