"""Fields of a form about one record: each knows how to show a value, read it back, and when the user has left it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStyleOptionComboBox, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField
from fardplan_desktop.ui.theme.look import Look

Options = Sequence[tuple[str, str]]
"""(code, word)."""


class Entry(QObject):
    """One field of the record. ``left`` with its name when the user has left it with another value than was shown.

    ``widget`` is what the form lays out: the field itself, or what is drawn ``around`` it.
    """

    left = Signal(str)

    def __init__(
        self,
        name: str,
        widget: QWidget,
        *,
        read: Callable[[], Any],
        show: Callable[[Any], object],
        leaves: SignalInstance,
        around: QWidget | None = None,
    ) -> None:
        super().__init__(widget)
        self.name = name
        self.widget = around or widget
        self.field = widget if isinstance(widget, Field) else None
        self.input = widget.entry if isinstance(widget, Field) else widget
        self.read, self._show = read, show
        self._shown: Any = read()
        leaves.connect(self._leave)

    @property
    def withheld(self) -> bool:
        """Whether the guard keeps the text from being saved as it stands."""
        return isinstance(self.input, TextField | TextArea) and self.input.guard.withheld

    def may_save(self) -> bool:
        """Whether it may be saved; when the user must answer first, the question is put."""
        return not isinstance(self.input, TextField | TextArea) or self.input.guard.may_leave()

    @property
    def changed(self) -> bool:
        """Whether the user has written something that is not what was last shown."""
        return bool(self.read() != self._shown)

    def show(self, value: Any) -> None:
        """Show a stored value, and forget the error."""
        self._show(value)
        self._shown = self.read()
        if isinstance(self.input, TextField | TextArea):
            self.input.guard.know(self.input.guard.text)
        self.show_error("")

    def refresh(self, value: Any) -> None:
        """Show a stored value unless the user is in the middle of writing another."""
        if not self.changed or self.read() == value:
            self.show(value)

    def write(self, value: Any) -> None:
        """As if the user had written it: it counts as changed."""
        self._show(value)

    def show_error(self, sentence: str) -> None:
        if self.field is not None:
            self.field.show_error(sentence)

    def rename(self, label: str) -> None:
        """Ask for the value in other words."""
        if self.field is not None:
            self.field.caption().setText(label)
            self.input.setAccessibleName(label)

    def _leave(self) -> None:
        if self.changed and self.may_save():
            self.left.emit(self.name)


def held_back(entries: Iterable[Entry]) -> dict[str, Any]:
    """What the guard keeps from being saved, by field: so that it can be put back when the record is shown again."""
    return {entry.name: entry.read() for entry in entries if entry.changed and entry.withheld}


class Entries:
    """Makes the fields of one kind of record; every box is called ``record`` and the field's name."""

    def __init__(self, record: str) -> None:
        self._record = record

    def line(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        empty: str | None = None,
        longest: int = 200,
        watch: Watch = Watch.EVERYTHING,
    ) -> Entry:
        """A line of text; blank is ``empty``."""
        box = TextField(name=self.box_name(name), longest=longest, watch=watch)

        def show(value: str | None) -> None:
            """A long text shows its beginning; the caret stays when nothing is new."""
            if box.text() != (value or ""):
                box.setText(value or "")
                box.setCursorPosition(0)

        field = Field(label, box, hint=hint)
        return Entry(name, field, read=lambda: " ".join(box.text().split()) or empty, show=show, leaves=box.left)

    def area(self, name: str, label: str, *, hint: str = "", lines: int = 2) -> Entry:
        """Several lines of text; blank is None."""
        box = TextArea(name=self.box_name(name), lines=lines)
        return Entry(
            name,
            Field(label, box, hint=hint),
            read=lambda: box.toPlainText().strip() or None,
            show=lambda value: box.setPlainText(value or ""),
            leaves=box.left,
        )

    def choice(
        self,
        name: str,
        label: str,
        options: Options,
        *,
        none: str = "",
        word: Callable[[str], str] = str,
        as_none: str = "",
        hint: str = "",
    ) -> Entry:
        """A code of a list; ``none`` is the word for no code, and for the code ``as_none``.

        Without ``none`` nothing is chosen until the user does. ``word`` tells what a code is called that may no
        longer be chosen: it is put in the list, seen and kept.
        """
        every = [("", none), *options] if none else options
        box = NarrowCombo(every, name=self.box_name(name), hint="" if none else "Välj …")
        show_whole_words(box)

        def show(value: str | None) -> None:
            key = value if value and value != as_none else ""
            if key and box.findData(key) < 0:
                box.addItem(word(key), key)
            box.choose(key)

        return Entry(name, Field(label, box, hint=hint), read=lambda: box.key or None, show=show, leaves=box.picked)

    def day(self, name: str, label: str, *, propose: date, hint: str = "") -> Entry:
        """A day; None when empty. The calendar opens at ``propose``."""
        box = DateField(name=self.box_name(name))
        box.propose(propose)
        return Entry(name, Field(label, box, hint=hint), read=lambda: box.day, show=box.show_day, leaves=box.left)

    def box_name(self, name: str) -> str:
        return f"{self._record}_{name}"


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
    widest = max((box.fontMetrics().horizontalAdvance(word) for word in words), default=0)
    box.view().setMinimumWidth(widest + 48)
