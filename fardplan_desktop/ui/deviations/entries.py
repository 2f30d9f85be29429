"""The fields of the deviation form: each knows how to show a value, read it back, and when the user has left it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, DateField, TextArea, TextField
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label

Options = Sequence[tuple[str, str]]


class Entry(QObject):
    """One field of the record. ``left`` with its name when the user has left it with another value than was shown."""

    left = Signal(str)

    def __init__(
        self,
        name: str,
        field: Field,
        *,
        read: Callable[[], Any],
        show: Callable[[Any], object],
        leaves: SignalInstance,
        widget: QWidget | None = None,
    ) -> None:
        super().__init__(field)
        self.name, self.field = name, field
        self.widget = widget or field
        self.read, self._show = read, show
        self._shown: Any = read()
        leaves.connect(self._leave)

    @property
    def changed(self) -> bool:
        """Whether the user has written something that is not what was last shown."""
        return bool(self.read() != self._shown)

    def show(self, value: Any) -> None:
        """Show a stored value, and forget the error."""
        self._show(value)
        self._shown = self.read()
        self.field.show_error("")

    def refresh(self, value: Any) -> None:
        """Show a stored value unless the user is in the middle of writing another."""
        if not self.changed or self.read() == value:
            self.show(value)

    def write(self, value: Any) -> None:
        """As if the user had written it: it counts as changed."""
        self._show(value)

    def _leave(self) -> None:
        if self.changed:
            self.left.emit(self.name)


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
            widget=holder(column(field, row(None, self._count), self._tick, gap=4)),
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
        self.field.show_error("Texten är inte sparad. Läs den en gång till och bocka i rutan under.")

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
            self.field.show_error("")
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


def line(name: str, label: str, *, hint: str = "", longest: int = 200) -> Entry:
    """A line of text; blank is None."""
    box = TextField(name=f"deviation_{name}", longest=longest)
    return Entry(
        name,
        Field(label, box, hint=hint),
        read=lambda: " ".join(box.text().split()) or None,
        show=lambda value: box.setText(value or ""),
        leaves=box.left,
    )


def area(name: str, label: str, *, hint: str = "") -> Entry:
    """Several lines of text; blank is None."""
    box = TextArea(name=f"deviation_{name}", lines=3)
    return Entry(
        name,
        Field(label, box, hint=hint),
        read=lambda: box.toPlainText().strip() or None,
        show=lambda value: box.setPlainText(value or ""),
        leaves=box.left,
    )


def choice(
    name: str, label: str, options: Options, *, word: Callable[[str], str], none: str = "", hint: str = ""
) -> Entry:
    """A code of a list; ``none`` is the word for no code, without it nothing is chosen until the user does.

    ``word`` tells what a code is called that may no longer be chosen: it is put in the list, seen and kept.
    """
    every = [("", none), *options] if none else list(options)
    box = Combo(every, name=f"deviation_{name}", hint="" if none else "Välj …")
    box.view().setMinimumWidth(max(box.fontMetrics().horizontalAdvance(each) for _, each in every) + 48)

    def show(value: str | None) -> None:
        if value and box.findData(value) < 0:
            box.addItem(word(value), value)
        box.choose(value or "")

    return Entry(name, Field(label, box, hint=hint), read=lambda: box.key or None, show=show, leaves=box.picked)


def day(name: str, label: str, *, propose: date, hint: str = "") -> Entry:
    """A day; None when empty. The calendar opens at ``propose``."""
    box = DateField(name=f"deviation_{name}")
    box.propose(propose)
    return Entry(name, Field(label, box, hint=hint), read=lambda: box.day, show=box.show_day, leaves=box.left)


def causes(name: str, label: str, options: Options, *, most: int) -> Entry:
    box = Causes(options, name=f"deviation_{name}", most=most)
    return Entry(name, Field(label, box), read=lambda: box.chosen, show=box.show_chosen, leaves=box.picked)
