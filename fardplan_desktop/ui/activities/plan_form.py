"""The form of a plan: what kind it is, what it is called, its level, years and target group."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.services import activities, plans
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.entries import Entries
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import card_title
from fardplan_desktop.ui.session import Session


class PlanForm(Card):
    """A new plan, or one that is changed; ``ended`` when it has been stored or let go."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(gap=12, name="plan_form")
        self._session = session
        self._plan: Plan | None = None
        book, make = session.workplace.codebook, Entries("plan")
        codes = {
            name: [(code.id, code.label) for code in book.list(name).active(session.workplace.today)]
            for name in ("niva", "malgrupp")
        }
        kinds = [(code.id, code.label) for code in plans.kinds(session.workplace)]
        word = partial(book.label, "plantyp")
        self._type = make.choice("type", "Typ av plan", kinds, word=word)
        self._title = make.line("title", "Namn", hint="Lämna tomt så får planen namn efter typ och år.", empty="")
        self._level = make.choice("level", "Nivå", codes["niva"], none="Inte angiven")
        self._year = make.line("year", "Första år", empty="", longest=4)
        self._until = make.line("until", "Sista år", hint="Bara för en plan på flera år.", empty="", longest=4)
        self._target = make.choice("target_group", "Målgrupp", codes["malgrupp"], none="Inte angiven")
        entries = (self._type, self._title, self._level, self._year, self._until, self._target)
        self._entries = {each.name: each for each in entries}
        for entry in (self._type, self._year, self._until):
            entry.left.connect(lambda _name: self._suggest())
        self._heading = card_title("", "plan_form_title")
        self._store_button = Button("Lägg till planen", "primary", name="plan_store", on_click=self._store)
        leave = Button("Avbryt", "quiet", name="plan_leave", on_click=self.ended.emit)
        what = _beside(self._type.widget, self._level.widget)
        when = _beside(self._year.widget, self._until.widget, self._target.widget)
        for piece in (self._heading, what, self._title.widget, when):
            self.pieces.addWidget(piece)
        self.pieces.addWidget(holder(FlowLayout(self._store_button, leave)))
        self.hide()

    def open(self, plan: Plan | None) -> None:
        """Begin with this plan as it is stored, or with a new one of the year."""
        self._plan = plan
        shown = plan or Plan(id="", title="", type=activities.OWN_PLAN, year=self._session.workplace.today.year)
        for name, entry in self._entries.items():
            value = getattr(shown, name)
            entry.show(str(value) if isinstance(value, int) else value)
        self._heading.setText(f"Ändra ”{plan.title}”" if plan else "Ny plan")
        self._store_button.setText("Ändra planen" if plan else "Lägg till planen")
        self._suggest()
        self.show()
        self._type.input.setFocus()

    def _suggest(self) -> None:
        """What it will be called when nobody says otherwise."""
        box = self._title.input
        assert isinstance(box, TextField), "a title is one line"
        year, until = _year(self._year.read()), _year(self._until.read()) or None
        book, type = self._session.workplace.codebook, self._type.read()
        told = plans.suggested_title(book, type=type, year=year, until=until) if type and year else ""
        box.setPlaceholderText(told)

    def _store(self) -> None:
        if not may_save([self._title.input]):
            return
        for entry in self._entries.values():
            entry.show_error("")
        workplace, plan = self._session.workplace, self._plan
        said = {name: entry.read() for name, entry in self._entries.items()}
        said |= {"year": _year(said["year"]), "until": _year(said["until"]) if said["until"] else None}

        def act() -> Change:
            if plan is None:
                return plans.add(workplace, **said)[1]
            return plans.update(workplace, before=plan, after=msgspec.structs.replace(plan, **said))

        self._session.change(act, done=lambda _change: self.ended.emit(), failed=self._failed)

    def _failed(self, error: WorldError) -> None:
        self._entries.get(error.detail, self._title).show_error(error.sentence)


def _beside(*fields: QWidget) -> QWidget:
    """Equally wide, labels level whatever stands under them."""
    line = row(gap=12)
    for field in fields:
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return holder(line)


def _year(text: str) -> int:
    """0 for what is no year: it is refused by the service, with a sentence."""
    return int(text) if text.isascii() and text.isdigit() else 0
