"""The fields that only a deviation has, beside those every record has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.entries import Entries, Entry, Options
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label


class SummaryEntry(Entry):
    """The summary with its counter, and the tick without which it is not saved."""

    def __init__(self, label: str, limit: int) -> None:
        self._box = TextArea(name="deviation_summary", lines=4)
        self._tick = CheckBox("Inga uppgifter som kan röja en person", name="deviation_tick")
        self._count = Label("", "small", "text2", name="summary_count")
        self._limit = limit
        field = Field(label, self._box, hint="Skriv utan personer: ”den enskilde”, inga namn, dagar eller platser.")
        super().__init__(
            "summary",
            field,
            read=lambda: self._box.toPlainText().strip() or None,
            show=self._fill,
            leaves=self._box.left,
            around=holder(column(field, row(None, self._count), self._tick, gap=4)),
        )
        self._box.textChanged.connect(self._typed)
        self._tick.clicked.connect(self._ticked)
        self._typed()

    @property
    def vouched(self) -> bool:
        """Empty, unchanged, or ticked as without persons."""
        return self.read() is None or not self.changed or self._tick.isChecked()

    def show(self, value: Any) -> None:
        super().show(value)
        self._tick.setChecked(value is not None)

    def ask_for_tick(self) -> None:
        self.show_error("Texten är inte sparad. Läs den en gång till och bocka i rutan under.")

    def _fill(self, value: Any) -> None:
        self._box.setPlainText(value or "")

    def _typed(self) -> None:
        """Another text must be vouched for anew."""
        length = len(self._box.toPlainText().strip())
        self._count.setText(f"{length} av {self._limit} tecken")
        self._count.set_ink("bad" if length > self._limit else "text2")
        if self.changed:
            self._tick.setChecked(False)

    def _ticked(self) -> None:
        if self._tick.isChecked():
            self.show_error("")
            self._leave()


class Causes(QWidget):
    """Up to ``most`` codes of a list, in boxes under each other; an empty box follows the last chosen."""

    picked = Signal()

    def __init__(self, options: Options, *, name: str, most: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._boxes = [Combo([("", "Ingen"), *options], name=f"{name}_{number}") for number in range(most)]
        for number, box in enumerate(self._boxes, start=1):
            box.setAccessibleName(f"Orsak {number}")
            box.picked.connect(self._pick)
        self.setFocusProxy(self._boxes[0])
        self.setLayout(column(*self._boxes, gap=4))
        self.show_chosen(())

    @property
    def chosen(self) -> tuple[str, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(box.key for box in self._boxes if box.key))

    def show_chosen(self, codes: Sequence[str] | None) -> None:
        chosen = tuple(codes or ())
        for number, box in enumerate(self._boxes):
            code = chosen[number] if number < len(chosen) else ""
            if box.findData(code) < 0:
                box.addItem(code, code)
            box.choose(code)
            box.setVisible(number <= len(chosen))

    def _pick(self) -> None:
        self.show_chosen(self.chosen)
        self.picked.emit()


class DeviationEntries(Entries):
    """Also the causes."""

    def __init__(self) -> None:
        super().__init__("deviation")

    def causes(self, name: str, label: str, options: Options, *, most: int) -> Entry:
        box = Causes(options, name=self.box_name(name), most=most)
        return Entry(name, Field(label, box), read=lambda: box.chosen, show=box.show_chosen, leaves=box.picked)
