"""The row above the list: which deviations are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.ui.deviations.listing import Wanted
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout
from fardplan_desktop.ui.theme.look import Look


class DeviationFilters(QWidget):
    """``changed`` when the user asks for something else; ``wanted`` says what."""

    changed = Signal()

    def __init__(self, book: CodeBook, periods: Sequence[Period]) -> None:
        super().__init__()
        self.setObjectName("deviation_filters")
        statuses = [
            ("", "Alla statusar"),
            ("open", "Öppna"),
            ("late", "Försenade svar"),
            *_codes(book, "avvikelsestatus"),
        ]
        self._status = _box("filter_status", "Visa status", statuses, 134)
        self._category = _box(
            "filter_category", "Visa kategori", [("", "Alla kategorier"), *_codes(book, "kategori")], 148
        )
        self._counterpart = _box(
            "filter_counterpart", "Visa berörd part", [("", "Alla parter"), *_codes(book, "verksamhetstyp")], 124
        )
        shown = [(each.id, each.name.capitalize()) for each in periods]
        self._period = _box("filter_period", "Visa period", [("", "Alla perioder"), *shown], 140)
        self._text = TextField(name="filter_text", hint="Filtrera på text", watch=Watch.IDENTITY)
        self._text.setAccessibleName("Filtrera på text i nummer, sammanfattning, kategori och styrdokument")
        self._text.setClearButtonEnabled(True)
        self._text.setFixedWidth(Look.of_application().px(164))
        self._text.textChanged.connect(lambda _text: self.changed.emit())
        for box in self._boxes:
            box.picked.connect(lambda _key: self.changed.emit())
        self.setLayout(FlowLayout(self._status, self._category, self._counterpart, self._period, self._text))

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            text=self._text.text(),
            status=self._status.key,
            category=self._category.key,
            counterpart=self._counterpart.key,
            period=parse_period(self._period.key) if self._period.key else None,
        )

    def clear(self) -> None:
        """Ask for everything, without telling anyone."""
        self._text.blockSignals(True)
        self._text.clear()
        self._text.blockSignals(False)
        for box in self._boxes:
            box.choose("")

    def focus_text(self) -> None:
        self._text.setFocus()

    @property
    def _boxes(self) -> tuple[Combo, ...]:
        return (self._status, self._category, self._counterpart, self._period)


def _box(name: str, label: str, options: Sequence[tuple[str, str]], width: int) -> Combo:
    """A box as wide as its first words need; its list is as wide as the longest."""
    box = Combo(options, name=name)
    box.setAccessibleName(label)
    box.setFixedWidth(Look.of_application().px(width))
    box.view().setMinimumWidth(max(box.fontMetrics().horizontalAdvance(word) for _, word in options) + 48)
    return box


def _codes(book: CodeBook, list_id: str) -> list[tuple[str, str]]:
    return [(code.id, code.label) for code in book.list(list_id).codes]
