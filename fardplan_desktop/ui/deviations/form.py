"""The form of a deviation: eight fields first, depth below the fold. Says at each field what stays in the house."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.deviation_lists import DEVIATION_LISTS as LISTS
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import activities, deviations
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations.entries import DeviationEntries, SummaryEntry
from fardplan_desktop.ui.deviations.links import ActivityLinks
from fardplan_desktop.ui.deviations.wording import (
    answer_sentence,
    month_words,
    months_back,
    risk_sentence,
)
from fardplan_desktop.ui.page import Go
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.entries import Entry, held_back
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.record_words import DEVIATION_WORDS as FIELD_WORDS

_MONTHS = 36
_STAYS = "Stannar hos er, skickas aldrig."
_ONLY_DAYS = "Dagen stannar hos er, bara antalet dagar skickas."
_REQUIRED = frozenset(deviations.NEEDED)


class DeviationForm(QWidget):
    """``left`` when the user has left a field with another value than was shown."""

    left = Signal(str)

    def __init__(self, workplace: Workplace, go: Go) -> None:
        super().__init__()
        self.setObjectName("deviation_form")
        self._workplace = workplace
        self._book = workplace.codebook
        self.summary = SummaryEntry(FIELD_WORDS["summary"], deviations.SUMMARY_LIMIT)
        self._make = DeviationEntries()
        self._links = ActivityLinks(go, name="deviation_activities")
        self.refresh_activities()
        first, more, follow = self._first(), self._more(), self._follow_up()
        self._by_name = {entry.name: entry for entry in (*first, *more, *follow)}
        self._risk = Label("", "small", "text2", name="deviation_risk", wrap=True)
        self._answer = Label("", "small", "text2", name="deviation_answer", wrap=True)
        for entry in self._by_name.values():
            entry.left.connect(self._leave)
        self._more_part = _Fold("Mer …", "deviation_more", [*(each.widget for each in more), self._risk])
        followed = [each.widget for each in follow]
        followed.insert([each.name for each in follow].index("answered_on") + 1, self._answer)
        self._follow_part = _Fold("Uppföljning", "deviation_follow_up", followed)
        folds = (self._more_part, self._follow_part)
        self.setLayout(column(*(each.widget for each in first), *folds, gap=12))

    def show_deviation(self, deviation: Deviation | None, proposed: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Another deviation, or None for a new one: everything typed is let go.

        ``proposed`` stands in a new one as if it had been chosen, but is not kept as something half written.
        """
        for name, entry in self._by_name.items():
            entry.show(None if deviation is None and name in _REQUIRED else getattr(deviation or self._blank(), name))
        if deviation is None:
            for name, value in {"month": self._blank().month, **proposed}.items():
                self._by_name[name].show(value)
        self._more_part.turn(False)
        self._follow_part.turn(deviation is not None)
        self._say_computed()

    def refresh(self, deviation: Deviation) -> None:
        """The same deviation as stored now; half-written fields keep their text."""
        for name, entry in self._by_name.items():
            entry.refresh(getattr(deviation, name))
        self._say_computed()

    def refresh_activities(self) -> None:
        """The activities there are to link to, as they are called now."""
        found = activities.activities(self._workplace)
        self._links.show_options([(each.id, each.title) for each in found])

    def held_back(self) -> dict[str, Any]:
        return held_back(self._by_name.values())

    def written(self) -> dict[str, Any]:
        """What differs from what was shown, by field; not a summary to be vouched for, nor what the guard holds."""
        return {
            name: entry.read()
            for name, entry in self._by_name.items()
            if entry.changed and not entry.withheld and (entry is not self.summary or self.summary.vouched)
        }

    def draft(self) -> Deviation:
        """A new deviation from what is written; what is needed and lacking is empty."""
        said = {name: self._by_name[name].read() or "" for name in _REQUIRED}
        return msgspec.structs.replace(self._blank(), **{**self.written(), **said})

    @property
    def begun(self) -> bool:
        """Whether something has been written in a new form."""
        return any(entry.changed for entry in self._by_name.values())

    def texts(self) -> dict[str, Any]:
        """All that is written, to be put back with ``write``."""
        return {name: entry.read() for name, entry in self._by_name.items() if entry.changed}

    def write(self, texts: dict[str, Any]) -> None:
        for name, value in texts.items():
            self._by_name[name].write(value)

    def show_error(self, field: str, sentence: str) -> bool:
        """Put the sentence at the field and open its part; False when the field is not on the form."""
        entry = self._by_name.get(field)
        if entry is None:
            return False
        entry.show_error(sentence)
        if sentence:
            for part in (self._more_part, self._follow_part):
                part.open_around(entry.widget)
        return True

    def waiting_field(self) -> str:
        """The first field whose text must be changed or answered for; its part is opened and the question put."""
        waiting = next((name for name, entry in self._by_name.items() if not entry.may_save()), "")
        if waiting:
            for part in (self._more_part, self._follow_part):
                part.open_around(self._by_name[waiting].widget)
        return waiting

    def clear_errors(self) -> None:
        for entry in self._by_name.values():
            entry.show_error("")

    def focus_field(self, name: str) -> None:
        """Put the caret in the field, its part opened."""
        entry = self._by_name[name]
        for part in (self._more_part, self._follow_part):
            part.open_around(entry.widget)
        entry.input.setFocus()

    def value(self, name: str) -> Any:
        """What a field says now."""
        return self._by_name[name].read()

    def _leave(self, name: str) -> None:
        self._say_computed()
        self.left.emit(name)

    def _say_computed(self) -> None:
        self._risk.setText(risk_sentence(self._book, self.value("severity"), self.value("likelihood")))
        sent, answered = self.value("sent_on"), self.value("answered_on")
        self._answer.setText(answer_sentence(self._book, sent, answered, self._workplace.today))

    def _blank(self) -> Deviation:
        return deviations.blank(self._workplace)

    def _first(self) -> tuple[Entry, ...]:
        months = months_back(self._workplace.today, _MONTHS)
        return (
            self._make.choice("month", FIELD_WORDS["month"], months, word=month_words),
            self._code("direction"),
            self._code("counterpart"),
            self._code("category"),
            self._code("document", none="Inte angivet"),
            self.summary,
            self._code("severity", none="Inte angiven"),
            self._make.line(
                "reference",
                FIELD_WORDS["reference"],
                hint=f"Ärendets nummer i MedControl PRO. {_STAYS}",
                watch=Watch.NOTHING,
            ),
        )

    def _more(self) -> tuple[Entry, ...]:
        return (
            self._code("reporter"),
            self._make.line(
                "counterpart_org", FIELD_WORDS["counterpart_org"], hint="Till exempel vårdcentralens namn."
            ),
            self._code("kind", none="Inte angiven"),
            self._make.line(
                "document_text", FIELD_WORDS["document_text"], hint="Vilken rutin eller riktlinje det gäller."
            ),
            self._code("stage", none="Gäller inte SIP"),
            self._code("target_group", none="Inte angiven"),
            self._code("age_group", none="Inte angiven"),
            self._make.area(
                "description", FIELD_WORDS["description"], hint=f"Utan namn och personnummer. {_STAYS}", lines=3
            ),
            self._code("consequence", none="Inte angiven"),
            self._code("likelihood", none="Inte angiven"),
        )

    def _follow_up(self) -> tuple[Entry, ...]:
        today = self._workplace.today
        return (
            self._make.line("status_comment", FIELD_WORDS["status_comment"], hint=_STAYS, longest=500),
            self._make.day("sent_on", FIELD_WORDS["sent_on"], propose=today, hint=_ONLY_DAYS),
            self._make.day("answered_on", FIELD_WORDS["answered_on"], propose=today, hint=_ONLY_DAYS),
            self._make.causes("causes", FIELD_WORDS["causes"], self._options("causes"), most=deviations.MOST_CAUSES),
            self._code("action", none="Inte angiven"),
            self._make.area("action_text", FIELD_WORDS["action_text"], lines=3),
            self._make.day("follow_up", FIELD_WORDS["follow_up"], propose=today),
            self._code("effect", none="Inte angiven"),
            self._code("lex", none="Inte angivet", hint="Aldrig detaljer. Anmälan hanteras i annan ordning."),
            self._code("system", none="Inte angivet"),
            self._code("lift_to", none="Lyfts inte"),
            self._make.day("feedback", FIELD_WORDS["feedback"], propose=today),
            self._activities(),
        )

    def _activities(self) -> Entry:
        links = self._links
        field = Field(FIELD_WORDS["activities"], links, hint=_STAYS)
        return Entry("activities", field, read=lambda: links.chosen, show=links.show_chosen, leaves=links.picked)

    def _code(self, name: str, *, none: str = "", hint: str = "") -> Entry:
        word = partial(self._book.label, LISTS[name])
        return self._make.choice(name, FIELD_WORDS[name], self._options(name), word=word, none=none, hint=hint)

    def _options(self, name: str) -> list[tuple[str, str]]:
        return [(code.id, code.label) for code in self._book.list(LISTS[name]).active(self._workplace.today)]


class _Fold(QWidget):
    """A part of the form under a button that opens and closes it."""

    def __init__(self, words: str, name: str, pieces: list[QWidget]) -> None:
        super().__init__()
        self._words = words
        self._button = Button(words, "quiet", icon="chevron-down", name=name, on_click=self._toggle)
        self._part = holder(column(*pieces, gap=12))
        self.setLayout(column(self._button, self._part, gap=8))
        self.turn(False)

    def turn(self, opened: bool) -> None:
        self._part.setVisible(opened)
        self._button.setAccessibleDescription("Visas" if opened else "Dold")

    def open_around(self, piece: QWidget) -> None:
        """Open when the piece lies within."""
        if self._part.isAncestorOf(piece):
            self.turn(True)

    def _toggle(self) -> None:
        self.turn(self._part.isHidden())
