"""The fields of the activity form: each knows how to show a value, read it back, and when the user has left it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStyleOptionComboBox, QWidget
from typing_extensions import override

from fardplan_desktop.ui.activities.chosen_list import ChosenList
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, DateField, TextArea, TextField
from fardplan_desktop.ui.theme.look import Look

Options = Sequence[tuple[str, str]]


class Entry(QObject):
    """One field of the record on the form. ``left`` with its name when the user has left it with another value."""

    left = Signal(str)

    def __init__(
        self,
        name: str,
        widget: QWidget,
        *,
        read: Callable[[], Any],
        show: Callable[[Any], object],
        leaves: SignalInstance,
    ) -> None:
        super().__init__(widget)
        self.name = name
        self.widget = widget
        self.field = widget if isinstance(widget, Field) else None
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
        self.show_error("")

    def refresh(self, value: Any) -> None:
        """Show a stored value unless the user is in the middle of writing another."""
        if not self.changed or self.read() == value:
            self.show(value)

    def show_error(self, sentence: str) -> None:
        if self.field is not None:
            self.field.show_error(sentence)

    def _leave(self) -> None:
        if self.changed:
            self.left.emit(self.name)


def line(name: str, label: str, *, hint: str = "", empty: Any = "", longest: int = 200) -> Entry:
    """A line of text; blank is ``empty``."""
    box = TextField(name=f"activity_{name}", longest=longest)

    def show(value: str | None) -> None:
        """A long text shows its beginning; the caret stays when nothing is new."""
        if box.text() != (value or ""):
            box.setText(value or "")
            box.setCursorPosition(0)

    return Entry(
        name,
        Field(label, box, hint=hint),
        read=lambda: " ".join(box.text().split()) or empty,
        show=show,
        leaves=box.left,
    )


def area(name: str, label: str, *, hint: str = "") -> Entry:
    """Several lines of text; blank is None."""
    box = TextArea(name=f"activity_{name}", lines=2)
    return Entry(
        name,
        Field(label, box, hint=hint),
        read=lambda: box.toPlainText().strip() or None,
        show=lambda value: box.setPlainText(value or ""),
        leaves=box.left,
    )


def choice(
    name: str, label: str, options: Options, *, none: str, word: Callable[[str], str] = str, as_none: str = ""
) -> Entry:
    """A code of a list; ``none`` is the word for no code, and for the code ``as_none``.

    ``word`` tells what a code is called that may no longer be chosen: it is put in the list, seen and kept.
    """
    box = NarrowCombo([("", none), *options], name=f"activity_{name}")
    show_whole_words(box)

    def show(value: str | None) -> None:
        key = value if value and value != as_none else ""
        if box.findData(key) < 0:
            box.addItem(word(key), key)
        box.choose(key)

    return Entry(name, Field(label, box), read=lambda: box.key or None, show=show, leaves=box.picked)


def percent(name: str, label: str) -> Entry:
    box = Combo(
        [("", "Inte angiven"), *((str(part), f"{part} %") for part in (0, 25, 50, 75, 100))], name=f"activity_{name}"
    )
    return Entry(
        name,
        Field(label, box),
        read=lambda: int(box.key) if box.key else None,
        show=lambda value: box.choose("" if value is None else str(value)),
        leaves=box.picked,
    )


def day(name: str, label: str, *, propose: date) -> Entry:
    """A day; None when empty. The calendar opens at ``propose``."""
    box = DateField(name=f"activity_{name}")
    box.propose(propose)
    return Entry(name, Field(label, box), read=lambda: box.day, show=box.show_day, leaves=box.left)


def several(name: str, label: str, options: Options, *, hint: str) -> Entry:
    """Any number of codes of a list."""
    box = ChosenList(options, name=f"activity_{name}", hint=hint)
    return Entry(name, Field(label, box), read=lambda: box.chosen, show=box.show_chosen, leaves=box.picked)


def tick(name: str, words: str) -> Entry:
    box = CheckBox(words, name=f"activity_{name}")
    return Entry(name, box, read=box.isChecked, show=lambda value: box.setChecked(bool(value)), leaves=box.clicked)


class NarrowCombo(Combo):
    """A box that is narrower than its longest words: what is chosen ends in …, the list shows it all."""

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.width() - Look.of_application().px(52)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)


def show_whole_words(box: Combo) -> None:
    """Let the list of a narrow box be as wide as its longest word."""
    words = [box.itemText(at) for at in range(box.count())]
    box.view().setMinimumWidth(max(box.fontMetrics().horizontalAdvance(word) for word in words) + 48)
