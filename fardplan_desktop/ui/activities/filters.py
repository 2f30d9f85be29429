"""The row above the table: how activities are gathered, and which of them are shown."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.ui.activities.table_model import Grouping, Wanted
from fardplan_desktop.ui.parts.entries import show_whole_words
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.theme.look import Look

_TEXT_WIDTH = 190
_COMBO_WIDTH = 170


class ActivityFilters(QWidget):
    """``changed`` when the user asks for something else; ``wanted`` and ``grouping`` say what."""

    changed = Signal()

    def __init__(self, book: CodeBook) -> None:
        super().__init__()
        self.setObjectName("activity_filters")
        orders = [("method", "Arbetssätt"), ("plan", "Plan"), ("status", "Status")]
        self._grouping = Segments(orders, label="Ordna efter", name="activity_grouping")
        methods = [(each.id, f"{each.id} {each.title}") for each in book.working_methods]
        self._method = Combo([("", "Alla arbetssätt"), *methods], name="filter_method")
        self._method.setAccessibleName("Visa arbetssätt")
        codes = [(code.id, code.label) for code in book.list("aktivitetsstatus").codes]
        some = [("", "Alla statusar"), ("open", "Inte avslutade"), ("late", "Försenade")]
        self._status = Combo([*some, *codes], name="filter_status")
        self._status.setAccessibleName("Visa status")
        self._text = TextField(name="filter_text", hint="Filtrera på text", watch=Watch.IDENTITY)
        self._text.setAccessibleName("Filtrera på text")
        self._text.setClearButtonEnabled(True)
        look = Look.of_application()
        for box in (self._method, self._status):
            show_whole_words(box)
            box.setFixedWidth(look.px(_COMBO_WIDTH))
            box.picked.connect(lambda _key: self.changed.emit())
        self._text.setFixedWidth(look.px(_TEXT_WIDTH))
        self._text.textChanged.connect(lambda _text: self.changed.emit())
        self._grouping.chosen.connect(lambda _key: self.changed.emit())
        self.setLayout(FlowLayout(self._grouping, self._method, self._status, self._text))

    @property
    def wanted(self) -> Wanted:
        return Wanted(self._text.text(), self._method.key, self._status.key)

    @property
    def grouping(self) -> Grouping:
        return cast(Grouping, self._grouping.current)

    def clear(self) -> None:
        """Show everything again, without a word."""
        self.blockSignals(True)
        self._text.clear()
        self._method.choose("")
        self._status.choose("")
        self.blockSignals(False)
