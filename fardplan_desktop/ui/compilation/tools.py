"""What is shown of the compilation, and how: the views, and the choices of each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.services.compilation import Against
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look

SUMS, MEMBERS, RATES, TALLIES, JOINT = "sums", "members", "rates", "tallies", "joint"
ALL = "alla"
_VIEWS = [
    (SUMS, "Summor"),
    (MEMBERS, "Per kommun"),
    (RATES, "Per 1 000 invånare"),
    (TALLIES, "Avvikelser och aktiviteter"),
    (JOINT, "Gemensamma"),
]


class Tools(QWidget):
    """``changed`` when another view, or another choice in it, is wanted."""

    changed = Signal()

    def __init__(self, book: CodeBook, look: Look) -> None:
        super().__init__()
        self.views = Segments(_VIEWS, label="Visa", name="compilation_views")
        self.views.chosen.connect(lambda _key: self.changed.emit())
        self.breakdowns = CheckBox("Visa fördelningar", name="breakdowns")
        self.same = CheckBox("Bara kommuner som har lämnat båda perioderna", name="same_set")
        for box in (self.breakdowns, self.same):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.against = Combo(
            [(Against.BEFORE.value, "Mot perioden före"), (Against.YEAR_AGO.value, "Mot samma period i fjol")],
            name="same_set_against",
        )
        self.against.setAccessibleName("Jämför med")
        self.same_told = Label("", "small", "text2", wrap=True, name="same_set_told")
        measures = [(each.id, each.label) for each in book.measures]
        self.measure = Combo([(ALL, "Alla mått"), *measures], name="compilation_measure")
        self.rate = Combo(measures, name="compilation_rate", current="SIP08")
        for combo in (self.measure, self.rate):
            combo.setAccessibleName("Mått")
        for combo in (self.measure, self.rate, self.against):
            combo.picked.connect(lambda _key: self.changed.emit())
            combo.setMaximumWidth(look.px(420))
        choices = (self.views, self.breakdowns, self.same, self.against, self.measure, self.rate)
        self.setLayout(column(holder(FlowLayout(*choices, gap=16)), self.same_told, gap=4))

    @property
    def view(self) -> str:
        return self.views.current

    def choose(self, view: str) -> None:
        """Show ``view`` as chosen without telling anyone."""
        self.views.choose(view)

    def dress(self) -> None:
        """Only what the view on show has a use for."""
        sums = self.view == SUMS
        self.breakdowns.setVisible(sums)
        self.same.setVisible(sums)
        for each in (self.against, self.same_told):
            each.setVisible(sums and self.same.isChecked())
        self.measure.setVisible(self.view == MEMBERS)
        self.rate.setVisible(self.view == RATES)
