"""The rows above the list: which deviations are shown, and how many each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.services.deviation_list import LISTS, NOT_STATED, Mark, Tally, Wanted
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.entries import NarrowCombo, show_whole_words
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout
from fardplan_desktop.ui.parts.toggle_chip import ToggleChip
from fardplan_desktop.ui.theme.look import Look

MARK_WORDS: Final[Mapping[Mark, str]] = {
    "open": "Öppna",
    "late": "Försenade svar",
    "unreturned": "Utan återkoppling",
    "flagged": "Bör analyseras",
    "lifted": "Lyfta",
}
_BOXES: Final[Mapping[str, tuple[str, str]]] = {
    "status": ("Alla statusar", "Visa status"),
    "category": ("Alla kategorier", "Visa kategori"),
    "counterpart": ("Alla parter", "Visa berörd part"),
    "direction": ("Alla riktningar", "Visa riktning"),
    "document": ("Alla styrdokument", "Visa styrdokument"),
    "severity": ("All allvarlighet", "Visa allvarlighet"),
    "lift_to": ("Alla nivåer", "Visa vart den är lyft"),
}
"""Field → the words for no choice, and what the box is called."""
_MORE, _LESS = "Fler filter", "Färre filter"
_MAY_LACK: Final = frozenset({"document", "severity", "lift_to"})
_WIDTH: Final = 158
_TEXT_WIDTH: Final = 200


class DeviationFilters(QWidget):
    """``changed`` when the user asks for something else, ``wanted`` says what; ``opened`` when boxes come in sight."""

    changed = Signal()
    opened = Signal()

    def __init__(self, book: CodeBook, periods: Sequence[Period]) -> None:
        super().__init__()
        self.setObjectName("deviation_filters")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._text = TextField(name="filter_text", hint="Sök i avvikelserna", watch=Watch.IDENTITY)
        self._text.setAccessibleName("Sök i nummer, texter, kategori och styrdokument")
        self._text.setToolTip("Alla ord ska finnas med. Sätt det som ska stå ordagrant inom citattecken.")
        self._text.offer_clearing()
        self._text.setFixedWidth(Look.of_application().px(_TEXT_WIDTH))
        self._text.textChanged.connect(lambda _text: self.changed.emit())
        self._chips = {mark: ToggleChip(word, name=f"chip_{mark}") for mark, word in MARK_WORDS.items()}
        for chip in self._chips.values():
            chip.toggled.connect(lambda _on: self.changed.emit())
        self._options = {field: _options(book, field) for field in _BOXES}
        self._boxes = {field: self._box(field) for field in _BOXES}
        shown = [("", "Alla perioder"), *((each.id, each.name.capitalize()) for each in periods)]
        self._period = NarrowCombo(shown, name="filter_period")
        self._prepare(self._period, "Visa period")
        self._more = Button(_MORE, "quiet", icon="chevron-down", name="filter_more", on_click=self._turn_more)
        self._rare = (*self._boxes.values(), self._period)
        self.setLayout(FlowLayout(self._text, *self._chips.values(), self._more, *self._rare))
        for box in self._rare:
            box.hide()

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            text=self._text.text(),
            codes={field: box.key for field, box in self._boxes.items() if box.key},
            marks=frozenset(mark for mark, chip in self._chips.items() if chip.isChecked()),
            period=parse_period(self._period.key) if self._period.key else None,
        )

    def clear(self) -> None:
        """Ask for everything, without telling anyone."""
        self.blockSignals(True)
        self._text.clear()
        for chip in self._chips.values():
            chip.setChecked(False)
        for box in self._rare:
            box.choose("")
        self.blockSignals(False)

    def show_tally(self, tally: Tally) -> None:
        """How many each mark would leave."""
        for mark, chip in self._chips.items():
            chip.show_count(tally.marks[mark])

    @property
    def fields_shown(self) -> tuple[str, ...]:
        """The fields whose boxes are in sight."""
        return tuple(field for field, box in self._boxes.items() if not box.isHidden())

    def show_counts(self, field: str, counts: Mapping[str, int]) -> None:
        """How many each code of a box would leave."""
        box = self._boxes[field]
        for at, (code, word) in enumerate(self._options[field]):
            if code:
                box.setItemText(at, f"{word} ({numbers_sv.number(counts.get(code, 0))})")
        show_whole_words(box)

    def focus_text(self) -> None:
        self._text.setFocus()
        self._text.selectAll()

    def _box(self, field: str) -> Combo:
        box = NarrowCombo(self._options[field], name=f"filter_{field}")
        self._prepare(box, _BOXES[field][1])
        return box

    def _prepare(self, box: Combo, label: str) -> None:
        box.setAccessibleName(label)
        box.setFixedWidth(Look.of_application().px(_WIDTH))
        box.picked.connect(lambda _key: self.changed.emit())
        show_whole_words(box)

    def _turn_more(self) -> None:
        """Show the boxes, or put them away: one in which something is chosen stays in sight."""
        opened = self._more.text().strip() == _MORE
        for box in self._rare:
            box.setVisible(opened or bool(box.key))
        self._more.setText(_LESS if opened else _MORE)
        self.opened.emit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Look.of_application().px(_TEXT_WIDTH), super().minimumSizeHint().height())


def _options(book: CodeBook, field: str) -> list[tuple[str, str]]:
    codes = [(code.id, code.label) for code in book.list(LISTS[field]).codes]
    not_stated = [(NOT_STATED, "Inte angivet")] if field in _MAY_LACK else []
    return [("", _BOXES[field][0]), *codes, *not_stated]
