"""The fields that only an activity has, beside those every record has."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.ui.activities.chosen_list import ChosenList
from fardplan_desktop.ui.parts.entries import Entries, Entry, Options
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea


class ActivityEntries(Entries):
    """Also a share of the whole, several codes, and a tick."""

    def __init__(self, record: str = "activity") -> None:
        super().__init__(record)

    def percent(self, name: str, label: str) -> Entry:
        parts = ((str(part), f"{part} %") for part in (0, 25, 50, 75, 100))
        box = Combo([("", "Inte angiven"), *parts], name=self.box_name(name))
        return Entry(
            name,
            Field(label, box),
            read=lambda: int(box.key) if box.key else None,
            show=lambda value: box.choose("" if value is None else str(value)),
            leaves=box.picked,
        )

    def several(self, name: str, label: str, options: Options, *, hint: str, word: Callable[[str], str] = str) -> Entry:
        """Any number of codes of a list; ``word`` tells what a code is called that may no longer be chosen."""
        box = ChosenList(options, name=self.box_name(name), hint=hint, word=word)
        return Entry(name, Field(label, box), read=lambda: box.chosen, show=box.show_chosen, leaves=box.picked)

    def question(self, name: str, question: str) -> Entry:
        """A question that is answered in a few lines; blank is None."""
        box = TextArea(name=self.box_name(name), lines=2)
        return Entry(
            name,
            Field(question, box, wrap=True),
            read=lambda: box.toPlainText().strip() or None,
            show=lambda value: box.setPlainText(value or ""),
            leaves=box.left,
        )

    def tick(self, name: str, words: str) -> Entry:
        box = CheckBox(words, name=self.box_name(name))
        return Entry(name, box, read=box.isChecked, show=lambda value: box.setChecked(bool(value)), leaves=box.clicked)
