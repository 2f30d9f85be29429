"""Who is asked and about what: the function, whose counts, and which measures."""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.records import Unit
from fardplan_desktop.services.inquiries import FUNCTION_LIMIT, Colleague
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextField
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.scrolled import Scrolled
from fardplan_desktop.ui.parts.text import Label

_WHOLE: Final = "whole"
_SHOWN: Final = 56


class ColleagueDialog(Dialog):
    """``given`` tells the Colleague as it is to be. The mailbox stands on its line; what else is asked stays."""

    given = Signal(object)

    def __init__(
        self, colleague: Colleague, units: tuple[Unit, ...], measures: tuple[Measure, ...], parent: QWidget | None
    ) -> None:
        super().__init__("Vem ska svara, och på vad?", parent, name="colleague_dialog", width=560)
        self._before = colleague
        self._to = TextField(colleague.to, name="colleague_to", longest=FUNCTION_LIMIT)
        options = [(_WHOLE, "Hela kommunen"), *((each.id, each.name) for each in units)]
        self._unit = Combo(options, name="colleague_unit", current=colleague.unit or _WHOLE)
        self._to_field = Field("Ansvarig funktion", self._to, hint="Funktionen, inte namnet.")
        self._ticks = {
            each.id: CheckBox(
                f"{each.id} {each.short}"[:_SHOWN], name=f"ask_{each.id}", checked=each.id in colleague.measures
            )
            for each in measures
        }
        fields = (self._to_field, Field("Antalen gäller", self._unit), Label("Mått", "side", bold=True))
        inner = holder(column(*fields, column(*self._ticks.values(), gap=0), gap=12, margins=(0, 0, 12, 0)))
        self.content.addWidget(Scrolled(inner, parent, name="colleague_scroll"))
        done = Button("Klar", "primary", name="colleague_done", on_click=self._give)
        leave = Button("Avbryt", name="colleague_leave", on_click=self.reject)
        self.set_buttons(done, leave, safe=done)
        self._to.setFocus()

    def _give(self) -> None:
        to = " ".join(self._to.text().split())
        if not to:
            self._to_field.show_error("Funktionen saknas. Skriv till exempel Enhetschef hemtjänst.")
            return
        measures = tuple(id_ for id_, tick in self._ticks.items() if tick.isChecked())
        unit = None if self._unit.key == _WHOLE else self._unit.key
        self.accept()
        self.given.emit(msgspec.structs.replace(self._before, to=to, unit=unit, measures=measures))
