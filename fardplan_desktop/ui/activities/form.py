"""The form of one activity: five fields and the forecast, the rest under *Mer*. It saves nothing itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.entries import ActivityEntries
from fardplan_desktop.ui.activities.saver import INDICATOR, indicator_value, with_field
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.entries import Entry, held_back
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.text import Label

_BLANK = Activity(id="", plan="", title="")


class ActivityForm(QWidget):
    """``left`` tells field and value when the user has left a field with another value than was shown."""

    left = Signal(str, object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.setObjectName("activity_form")
        self._book = workplace.codebook
        self._first = _first_entries(workplace)
        self._more = _more_entries(workplace)
        self._by_name = {each.name: each for each in (*self._first, *self._more)}
        for entry in self._by_name.values():
            entry.left.connect(self._leave)
        self._first_part = holder(column(*(each.widget for each in self._first), gap=12))
        self._toggle = Button("Mer …", "quiet", name="activity_more", on_click=self._turn_more)
        more = column(*_with_headings(self._more), gap=12)
        self._more_part = holder(more)
        self._more_part.hide()
        layout = column(self._first_part, self._toggle, self._more_part, gap=12)
        self.setLayout(layout)
        self.show_activity(_BLANK)

    def show_activity(self, activity: Activity | None) -> None:
        """Another activity, or None for a new one: everything typed is let go."""
        for name, entry in self._by_name.items():
            entry.show(value_of(activity or _BLANK, name))
        self._toggle.setVisible(activity is not None)
        if activity is None:
            self._more_part.hide()
        self._ask_for_rest(activity or _BLANK)

    def refresh(self, activity: Activity) -> None:
        """The same activity as stored now; half-written fields keep their text."""
        for name, entry in self._by_name.items():
            entry.refresh(value_of(activity, name))
        self._toggle.show()
        self._ask_for_rest(with_field(activity, "status", self._by_name["status"].read()))

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

    def _leave(self, name: str) -> None:
        entry = self._by_name[name]
        value = entry.read()
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
        opened = self._more_part.isHidden()
        self._more_part.setVisible(opened)
        self._toggle.setText("Mindre" if opened else "Mer …")


def question(rest: str) -> str:
    """``På vad?``: how the rest of a status's sentence is asked for."""
    return f"{rest[:1].upper()}{rest[1:]}?"


def value_of(activity: Activity, field: str) -> Any:
    """The field's value as the form shows it."""
    if field.startswith(INDICATOR):
        return indicator_value(activity, field.removeprefix(INDICATOR))
    return getattr(activity, field)


def _first_entries(workplace: Workplace) -> tuple[Entry, ...]:
    book, make = workplace.codebook, ActivityEntries()
    methods = [(each.id, f"{each.id} {each.title}") for each in book.working_methods]
    return (
        make.line("title", "Aktivitet", empty=""),
        make.choice("method", "Arbetssätt", methods, none="Inte angivet"),
        make.line("responsible", "Ansvarig funktion", hint="En funktion, inte en persons namn.", empty=""),
        make.day("end", "Klar senast", propose=workplace.today),
        status_choice(workplace, "status"),
        make.line("status_note", "Statustext"),
        forecast_choice(workplace, "forecast"),
    )


def status_choice(workplace: Workplace, name: str) -> Entry:
    """The statuses that may be chosen today; none of them is "Status saknas"."""
    book, list_id = workplace.codebook, "aktivitetsstatus"
    options = [each for each in _codes(workplace, list_id) if each[0] != STATUS_NOT_STATED]
    none = book.label(list_id, STATUS_NOT_STATED)
    word = partial(book.label, list_id)
    return ActivityEntries().choice(name, "Status", options, none=none, word=word, as_none=STATUS_NOT_STATED)


def forecast_choice(workplace: Workplace, name: str) -> Entry:
    """The forecasts with their shapes."""
    codes = workplace.codebook.list("prognos").active(workplace.today)
    options = [(code.id, f"{code.sign} {code.label}".strip()) for code in codes]
    return ActivityEntries().choice(
        name, "Prognos", options, none="Inte angiven", word=partial(workplace.codebook.label, "prognos")
    )


def _more_entries(workplace: Workplace) -> tuple[Entry, ...]:
    book, make = workplace.codebook, ActivityEntries()
    preconditions = [(each.id, f"{each.id} {each.title}") for each in book.preconditions]
    levels = _codes(workplace, "lyfts-till")
    lift = make.choice("lift_to", "Behöver lyftas till", levels, none="Behöver inte lyftas")
    return (
        make.area("goal", "Mål", hint="Vad ska vara annorlunda när aktiviteten är klar?"),
        make.line("indicator_text", "Indikator", hint="Hur märks det att målet nås?", empty=""),
        make.line("indicator_unit", "Indikatorns enhet", empty=""),
        make.line("indicator_start", "Startvärde", empty=""),
        make.line("indicator_target", "Målvärde", empty=""),
        make.line("indicator_outcome", "Utfall", empty=""),
        make.several("partners", "Samverkande parter", _codes(workplace, "part"), hint="Lägg till en part …"),
        make.several("preconditions", "Förutsättningar", preconditions, hint="Lägg till en förutsättning …"),
        make.day("start", "Start", propose=workplace.today),
        make.percent("percent", "Andel klar"),
        make.area("obstacle", "Hinder"),
        make.area("next_step", "Nästa steg"),
        lift,
        make.area("resources", "Resurser", hint="Pengar, årsarbetare, finansiering."),
        make.area("involvement", "Den enskildes medverkan"),
        make.area("children", "Barnets rättigheter"),
        make.area("lesson", "Lärdom", hint="Får inte röja någon person."),
        make.tick("shareable", "Gott exempel, får delas"),
    )


def _with_headings(entries: tuple[Entry, ...]) -> list[QWidget]:
    """The further fields in four parts, so that the eye finds its way."""
    parts = {
        "goal": "Mål och utfall",
        "partners": "Samverkan och tid",
        "obstacle": "Framåt",
        "resources": "Frivilligt",
    }
    pieces: list[QWidget] = []
    for entry in entries:
        if entry.name in parts:
            pieces.append(Label(parts[entry.name], "strong", "accent"))
        pieces.append(entry.widget)
    return pieces


def _codes(workplace: Workplace, list_id: str) -> list[tuple[str, str]]:
    return [(code.id, code.label) for code in workplace.codebook.list(list_id).active(workplace.today)]
