"""The units, or local groups, whose counts add up to the municipality's."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Unit
from fardplan_desktop.services import units
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, card_title, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

_ABOUT = (
    "Antal från enheter eller lokala grupper summeras till kommunens siffra. Bara summan skickas vidare: enheternas "
    "egna antal lämnar aldrig den här datorn."
)
_NAME_WIDTH: Final = 300


class UnitsCard(Card):
    """Add, rename, end and take up again; every act can be undone."""

    def __init__(self, session: Session) -> None:
        self._session, self._workplace = session, session.workplace
        self._lines = column(gap=2)
        self._name = TextField(name="unit_name", hint="Till exempel Hemtjänst Norr", longest=units.NAME_LIMIT)
        self._name.setFixedWidth(Look.of_application().px(_NAME_WIDTH))
        self._name.returnPressed.connect(self._add)
        self._field = Field("Ny enhet", self._name)
        add = Button("Lägg till enhet", icon="plus", name="unit_add", on_click=self._add)
        self._differing = Label("", "body", "warn", name="units_differ", wrap=True)
        self._use = Button("Använd enheternas summor", icon="sigma", name="units_use", on_click=self._use_sums)
        super().__init__(
            card_title("Enheter"), secondary(_ABOUT, wrap=True), self._differing, holder(FlowLayout(self._use)),
            holder(self._lines), Line(), holder(row(self._field, None)), holder(FlowLayout(add)),
            gap=10, name="units_card",
        )  # fmt: skip

    def show_stored(self) -> None:
        clear(self._lines)
        for at, unit in enumerate(units.units(self._workplace, ended=True)):
            self._lines.addWidget(self._line(at, unit))
        number = len(units.differing(self._workplace, period=self._session.period))
        words = "1 siffra skiljer" if number == 1 else f"{number} siffror skiljer"
        self._differing.setText(f"{words} sig från enheternas summa i {self._session.period.name}.")
        self._differing.setVisible(bool(number))
        self._use.setVisible(bool(number))

    def _line(self, at: int, unit: Unit) -> QWidget:
        name = Label(unit.name, "body", "text2" if unit.ended else "text", name=f"unit_{at}", wrap=True)
        again = "Återuppta" if unit.ended else "Avsluta"
        buttons = (
            Button("Byt namn …", "small", name=f"unit_rename_{at}", on_click=partial(self._rename, unit)),
            Button(again, "small", name=f"unit_end_{at}", on_click=partial(self._end, unit)),
        )
        for button in buttons:
            button.setAccessibleName(f"{button.text()} {unit.name}")
        line = row(gap=12)
        line.addWidget(name, 1)
        if unit.ended:
            line.addWidget(secondary("svarar inte längre"))
        for button in buttons:
            line.addWidget(button)
        return holder(line)

    def _add(self) -> None:
        typed = self._name.text()
        if typed.strip():
            self._session.change(
                lambda: units.add_unit(self._workplace, name=typed)[1],
                done=lambda _change: self._added(),
                failed=lambda error: self._field.show_error(error.sentence),
            )

    def _added(self) -> None:
        self._field.show_error("")
        self._name.clear()
        self._name.setFocus()

    def _rename(self, unit: Unit) -> None:
        dialog = _RenameDialog(unit, self.window())
        dialog.accepted.connect(lambda: self._give_name(unit, dialog.name))
        dialog.open()

    def _give_name(self, unit: Unit, name: str) -> None:
        self._session.change(lambda: units.rename_unit(self._workplace, unit=unit, name=name), failed=self._refused)

    def _refused(self, error: WorldError) -> None:
        self._field.show_error(error.sentence)

    def _end(self, unit: Unit) -> None:
        act = units.resume_unit if unit.ended else units.end_unit
        self._session.change(lambda: act(self._workplace, unit=unit))

    def _use_sums(self) -> None:
        period = self._session.period
        self._session.change(lambda: units.use_sums(self._workplace, period=period))


class _RenameDialog(Dialog):
    def __init__(self, unit: Unit, parent: QWidget | None) -> None:
        super().__init__(f"Nytt namn på {unit.name}", parent, name="rename_dialog", width=420)
        self._entry = TextField(unit.name, name="unit_new_name", longest=units.NAME_LIMIT)
        self._entry.returnPressed.connect(self.accept)
        self.content.addWidget(Field("Namn", self._entry))
        done = Button("Byt namn", "primary", name="rename_done", on_click=self.accept)
        leave = Button("Avbryt", name="rename_leave", on_click=self.reject)
        self.set_buttons(done, leave, safe=done)
        self._entry.setFocus()
        self._entry.selectAll()

    @property
    def name(self) -> str:
        return self._entry.text()
