"""The colleagues who are likely to know: one line each, ticked to be asked, with their mailbox."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.records import Inquiry
from fardplan_desktop.services import inquiries, question_papers, units
from fardplan_desktop.services.inquiries import Colleague
from fardplan_desktop.ui.inquiries.colleague_dialog import ColleagueDialog
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

_SHOWN: Final = 42
_TICK_WIDTH: Final = 330
_MAIL_WIDTH: Final = 200
Key = tuple[str, str | None]


class AskCard(Card):
    """``changed`` when other colleagues are ticked, or none; read ``chosen`` and ``latest`` then."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[Key, Colleague] = {}
        self._edited: dict[Key, Colleague] = {}
        self._ticks: dict[Key, CheckBox] = {}
        self._mails: dict[Key, TextField] = {}
        self._lines = column(gap=8)
        self._none = secondary(
            "Lägg till enheter nedan, ange ansvarig funktion på aktiviteterna, eller lägg till en kollega här.",
            "ask_none",
            wrap=True,
        )
        self._latest = DateField(name="ask_latest")
        self._more = Button("Lägg till kollega …", icon="plus", name="ask_add", on_click=self._add)
        super().__init__(
            card_title("Vem ska svara?"), self._none, holder(self._lines), holder(FlowLayout(self._more)), Line(),
            holder(row(Field("Svar senast", self._latest), None)), gap=12, name="ask_card",
        )  # fmt: skip

    @property
    def chosen(self) -> tuple[Colleague, ...]:
        """Those ticked, with the mailbox as it is written now."""
        return tuple(
            msgspec.structs.replace(each, mail=self._mails[key].text().strip())
            for key, each in self._found.items()
            if self._ticks[key].isChecked()
        )

    @property
    def first(self) -> QWidget:
        """Where the work begins."""
        return next(iter(self._ticks.values()), self._more)

    def begin(self) -> None:
        """Another period: suggestions from the start, with ``show_stored``."""
        self._edited.clear()
        self._ticks.clear()
        self._latest.show_day(inquiries.default_latest(self._session.workplace, period=self._session.period))

    def show_stored(self) -> None:
        """Read anew who there is to ask; ticks and mailboxes that are half done stay."""
        workplace, period = self._session.workplace, self._session.period
        ticked = {key: tick.isChecked() for key, tick in self._ticks.items()}
        mails = {key: field.text() for key, field in self._mails.items()}
        asked = {_key(inquiries.as_colleague(each)): each for each in inquiries.inquiries(workplace, period=period)}
        suggested = {_key(each): each for each in inquiries.colleagues(workplace, period=period)}
        self._found = {**suggested, **self._edited}
        self._ticks, self._mails = {}, {}
        clear(self._lines)
        for key, each in self._found.items():
            inquiry = asked.get(key)
            known = ticked.get(key, inquiry is None)
            checked = known and not (key in ticked and inquiry is not None and inquiry.answered is not None)
            self._lines.addWidget(self._line(key, each, inquiry, checked=checked, mail=mails.get(key, each.mail)))
        self._none.setVisible(not self._found)
        self.changed.emit()

    def untick(self) -> None:
        """They have been asked."""
        for tick in self._ticks.values():
            tick.setChecked(False)

    @property
    def latest(self) -> DateField:
        return self._latest

    def _line(self, key: Key, colleague: Colleague, asked: Inquiry | None, *, checked: bool, mail: str) -> QWidget:
        name = colleague.to if len(colleague.to) <= _SHOWN else f"{colleague.to[: _SHOWN - 1]}…"
        tick = CheckBox(name, name=f"ask_{len(self._ticks)}", checked=checked)
        tick.setAccessibleName(colleague.to)
        tick.setToolTip("" if name == colleague.to else colleague.to)
        tick.setFixedWidth(Look.of_application().px(_TICK_WIDTH))
        tick.toggled.connect(lambda _on: self.changed.emit())
        field = TextField(
            mail, name=f"mail_{len(self._mails)}", hint="E-post (valfritt)", longest=200, watch=Watch.IDENTITY
        )
        field.setAccessibleName(f"E-post till {colleague.to}")
        field.setFixedWidth(Look.of_application().px(_MAIL_WIDTH))
        change = Button("Ändra …", "small", name=f"change_{len(self._ticks)}", on_click=partial(self._change, key))
        change.setAccessibleName(f"Ändra vad {colleague.to} ska svara på")
        self._ticks[key], self._mails[key] = tick, field
        about = Label(self._about(colleague, asked), "small", "text2", wrap=True)
        under = row(30, gap=0)  # In line with the words beside the box.
        under.addWidget(about, 1)
        return holder(column(holder(FlowLayout(tick, field, change, gap=12, line_gap=2)), under, gap=0))

    def _about(self, colleague: Colleague, asked: Inquiry | None) -> str:
        workplace, period = self._session.workplace, self._session.period
        given = {name: getattr(colleague, name) for name in Colleague.__struct_fields__}
        draft = Inquiry(id="", period=period.id, asked=workplace.today, **given)
        words = ", ".join(question_papers.asked_words(workplace, inquiry=draft)) or "Inget valt än"
        if asked is None:
            return words
        state = inquiries.state(workplace, asked).value
        return f"{words}. Frågad {asked.asked}: {state[:1].lower()}{state[1:]}."

    def _add(self) -> None:
        self._open(Colleague(to=""), None)

    def _change(self, key: Key) -> None:
        colleague = msgspec.structs.replace(self._found[key], mail=self._mails[key].text())
        self._open(colleague, key)

    def _open(self, colleague: Colleague, key: Key | None) -> None:
        workplace = self._session.workplace
        measures = tuple(each for each in workplace.codebook.measures if workplace.codebook.offered(each))
        dialog = ColleagueDialog(colleague, units.units(workplace), measures, self.window())
        dialog.given.connect(lambda given: self._take(given, key))
        dialog.open()

    def _take(self, given: Colleague, key: Key | None) -> None:
        if key is not None and key in self._edited:
            del self._edited[key]
        self._edited[_key(given)] = given
        self._mails.pop(_key(given), None)
        if key is not None and key != _key(given):
            self._ticks.pop(key, None)
        self.show_stored()
        self._ticks[_key(given)].setChecked(True)
        self.changed.emit()


def _key(colleague: Colleague) -> Key:
    return colleague.to.casefold(), colleague.unit
