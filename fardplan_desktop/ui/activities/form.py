"""The form of one activity: five fields, the rest under *Mer* in parts. It saves nothing itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services.plan_copy import TEXTS
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.chosen_list import ChosenList
from fardplan_desktop.ui.activities.fields import Part, first_entries, further_parts, plan_options, question
from fardplan_desktop.ui.activities.indicators import IndicatorList
from fardplan_desktop.ui.activities.marks import Marked
from fardplan_desktop.ui.activities.saver import ANSWER, HOLDS, value_of, with_field
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.entries import Entry, NarrowCombo, held_back, show_whole_words
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.tab_order import tab_after
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.record_words import ACTIVITY_WORDS as FIELD_WORDS

_BLANK = Activity(id="", plan="", title="")


class ActivityForm(QWidget):
    """``left`` tells field and value when the user has left a field with another value than was shown.

    What lies under *Mer* is made when it is first asked for: the page opens in half the time without it.
    """

    left = Signal(str, object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.setObjectName("activity_form")
        self._workplace, self._book = workplace, workplace.codebook
        self._shown = _BLANK
        self._by_name: dict[str, Entry] = {}
        self._marks: list[Marked] = []
        first_part = column(*(self._known(each).widget for each in first_entries(workplace)), gap=12)
        self._note = Label("", "small", "warn", name="activity_unedited", wrap=True)
        self._toggle = Button("Mer …", "quiet", name="activity_more", on_click=self._turn_more)
        self._more_pieces = column(gap=12)
        self._more_part = holder(self._more_pieces)
        self._more_part.hide()
        self.setLayout(column(first_part, self._note, self._toggle, self._more_part, gap=12))
        self.show_activity(_BLANK)

    def show_activity(self, activity: Activity | None) -> None:
        """Another activity, or None for a new one: everything typed is let go."""
        shown = self._shown = activity or _BLANK
        self._offer_plans()
        for name, entry in self._by_name.items():
            entry.show(value_of(shown, name))
        self._toggle.setVisible(activity is not None)
        if activity is None:
            self._more_part.hide()
            self._say_more()
        self._ask_for_rest(shown)
        self._show_marks(shown)

    def refresh(self, activity: Activity) -> None:
        """The same activity as stored now; half-written fields keep their text."""
        self._shown = activity
        self._offer_plans()
        for name, entry in self._by_name.items():
            entry.refresh(value_of(activity, name))
        self._toggle.show()
        self._ask_for_rest(with_field(self._book, activity, "status", self._by_name["status"].read()))
        self._show_marks(activity)

    def held_back(self) -> dict[str, Any]:
        return held_back(self._by_name.values())

    def write(self, texts: dict[str, Any]) -> None:
        for name, value in texts.items():
            self._by_name[name].write(value)

    def show_error(self, field: str, sentence: str) -> bool:
        """Put the sentence at the field; False when the field is not on the form."""
        entry = self._by_name.get(field)
        if entry is None:
            return False
        entry.show_error(sentence)
        return entry.field is not None

    def leave_all(self) -> None:
        """As if every field had been left."""
        for entry in self._by_name.values():
            if entry.changed and not entry.withheld:
                self._leave(entry.name)

    @property
    def title_entry(self) -> QWidget:
        """Where writing begins."""
        return self._by_name["title"].input

    def _known(self, entry: Entry) -> Entry:
        entry.left.connect(self._leave)
        self._by_name[entry.name] = entry
        return entry

    def _make_more(self) -> None:
        """What lies under *Mer*, with what the activity says there."""
        for part in further_parts(self._workplace):
            for entry in part.entries:
                self._known(entry).show(value_of(self._shown, entry.name))
            for piece in self._laid_out(part):
                self._more_pieces.addWidget(piece)
        self._show_marks(self._shown)
        tab_after(self._toggle, self._stops())

    def _laid_out(self, part: Part) -> list[QWidget]:
        """The heading and the fields of a part; those that may come from last year can carry the mark."""
        pieces: list[QWidget] = [Label(part.heading, "strong", "accent")]
        answers = [each.widget for each in part.entries if each.name.startswith(ANSWER)]
        if answers:
            return [*pieces, self._marked("answers", *answers)]
        for entry in part.entries:
            pieces.append(self._marked(entry.name, entry.widget) if entry.name in TEXTS else entry.widget)
        return pieces

    def _stops(self) -> list[QWidget]:
        """What Tab stops at under *Mer*, in the order it is read."""
        stops: list[QWidget] = []
        for entry in self._by_name.values():
            box = entry.input
            if self._more_part.isAncestorOf(box):
                stops += box.stops if isinstance(box, ChosenList | IndicatorList) else [box]
                stops += [mark.holds for mark in self._marks if mark.last is entry.widget]
        return stops

    def _marked(self, field: str, *pieces: QWidget) -> Marked:
        mark = Marked(field, FIELD_WORDS[field], *pieces)
        mark.confirmed.connect(lambda name: self.left.emit(HOLDS, name))
        self._marks.append(mark)
        return mark

    def _show_marks(self, activity: Activity) -> None:
        for mark in self._marks:
            mark.show_mark(mark.field in activity.unedited)
        words = [FIELD_WORDS[name] for name in activity.unedited if name in FIELD_WORDS]
        self._note.setText(f"Från förra året, läs igenom under Mer: {', '.join(words)}." if words else "")
        self._note.setVisible(bool(words))

    def _offer_plans(self) -> None:
        """Plans come and go while the form lives."""
        if "plan" not in self._by_name:
            return
        box = self._by_name["plan"].input
        assert isinstance(box, NarrowCombo), "a plan is chosen in a box"
        box.set_options(plan_options(self._workplace), box.key)
        show_whole_words(box)

    def _leave(self, name: str) -> None:
        value = self._by_name[name].read()
        if name == "status":
            self._ask_for_rest(Activity(id="", plan="", title="", status=value))
        self.left.emit(name, value)

    def _ask_for_rest(self, activity: Activity) -> None:
        """The rest of the sentence is asked for when the status needs it, and shown when something stands there."""
        code = self._book.list("aktivitetsstatus").by_id.get(activity.status or STATUS_NOT_STATED)
        entry = self._by_name["status_note"]
        rest = code.rest if code else ""
        entry.rename(question(rest) if rest else "Statustext")
        entry.widget.setVisible(bool(rest or activity.status_note or entry.changed))

    def _turn_more(self) -> None:
        if self._more_pieces.count() == 0:
            self._make_more()
        self._more_part.setVisible(self._more_part.isHidden())
        self._say_more()

    def _say_more(self) -> None:
        self._toggle.setText("Mer …" if self._more_part.isHidden() else "Mindre")
