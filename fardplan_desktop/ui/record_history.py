"""A record's history under its form: who did what and when, back to any of it, and lawful erasure."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Record
from fardplan_desktop.services import erasure, restoring
from fardplan_desktop.services.erasure import Erasable
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.scrolled import Scrolled
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.record_words import lines
from fardplan_desktop.ui.session import Session

_FOR_GOOD = (
    "Texterna tas bort för gott: ur uppgiften, ur historiken, ur sökningen och ur filen. "
    "Det går inte att ångra, och tidigare ändringar i uppgiften går inte längre att ångra."
)
_ACTS = {"undo": ", ångrat", "redo": ", gjort om"}


class History(QWidget):
    """What has been done with a record, latest first. Hidden until it is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("history_part")
        self._session = session
        self._name = ""
        self._rows = column(gap=10)
        erase = Button("Rensa uppgift …", "small", name="history_erase", on_click=self._erase)
        self._foot = holder(FlowLayout(erase))
        self.setLayout(column(self._rows, self._foot, gap=10))
        self.hide()

    def turn(self, record: Record | None) -> None:
        """Open, or close."""
        self.turn_named(None if record is None else restoring.name_of(record))

    def turn_named(self, name: str | None) -> None:
        """The same of a record that need not be there any more."""
        self.setVisible(self.isHidden())
        if name is not None:
            self.follow_named(name)

    def follow(self, record: Record) -> None:
        """The record as it is stored now; read only when it is seen."""
        self.follow_named(restoring.name_of(record))

    def follow_named(self, name: str) -> None:
        self._name = name
        if self.isHidden():
            return
        clear(self._rows)
        workplace, seen = self._session.workplace, set[str]()
        for entry in restoring.of_record(workplace, name=name):
            told = lines(workplace, entry)
            if told:
                back = restoring.can_restore(entry) and entry.record in seen
                self._rows.addWidget(self._row(entry, told, back=back))
            seen.add(entry.record)
        self._foot.setEnabled(not workplace.read_only)

    def _row(self, entry: HistoryEntry, told: list[str], *, back: bool) -> QWidget:
        """``14 maj 2026 09:05, Samordnare``; an undo says so."""
        when = f"{moment_words(entry)}, {entry.who}{_ACTS.get(entry.act, '')}"
        pieces: list[QWidget] = [Line(), secondary(when, wrap=True), *(Label(each, "side", wrap=True) for each in told)]
        if back and not self._session.workplace.read_only:
            act = partial(restore, self._session, entry)
            button = Button("Återställ till detta", "small", name=f"restore_{entry.nr}", on_click=act)
            button.setAccessibleDescription(when)
            pieces.append(holder(FlowLayout(button)))
        return holder(column(*pieces, gap=2), name="history_row")

    def _erase(self) -> None:
        ask_to_erase(self._session, self._name, self)


def moment_words(entry: HistoryEntry) -> str:
    """``14 maj 2026 09:05``."""
    moment = datetime.fromisoformat(entry.at).astimezone()
    return f"{numbers_sv.short_day(moment.date())} {moment:%H:%M}"


def restore(session: Session, entry: HistoryEntry) -> None:
    """Put the record back as it was after the entry; what hinders it is told in the problem bar."""
    session.change(lambda: restoring.restore(session.workplace, entry=entry.nr))


def ask_to_erase(session: Session, record: str, parent: QWidget) -> None:
    """Look what would be erased, then ask; when there is nothing, that is told in the problem bar."""
    session.read(
        lambda: erasure.look(session.workplace, record=record),
        lambda found: EraseDialog(session, found, parent.window()).open(),
    )


class EraseDialog(Dialog):
    """*Rensa uppgift*: which texts, why and who decided, what is out of reach. It cannot be undone."""

    def __init__(self, session: Session, found: Erasable, parent: QWidget) -> None:
        super().__init__("Rensa uppgift", parent, name="erase_dialog", width=520)
        self._session, self._found = session, found
        self._ticks = {
            field: CheckBox(word, name=f"erase_{field}", checked=True)
            for field, word in zip(found.fields, found.words, strict=True)
        }
        self._reason = TextField(name="erase_reason", longest=300)
        self._reason_field = Field("Varför?", self._reason, hint="Stannar i historiken. Nämn ingen person.")
        self._function = TextField(session.workplace.function, name="erase_function", longest=80)
        pieces = (
            body(_FOR_GOOD),
            holder(column(*self._ticks.values(), gap=0)),
            self._reason_field,
            Field("Vem har beslutat? Funktion, inte namn", self._function),
            *(secondary(sentence, wrap=True) for sentence in found.stays),
        )
        inner = holder(column(*pieces, gap=12, margins=(0, 0, 12, 0)))
        self.content.addWidget(Scrolled(inner, parent, name="erase_scroll"))
        yes = Button("Rensa för gott", "destructive", name="erase_yes", on_click=self._erase)
        no = Button("Avbryt", name="erase_no", on_click=self.reject)
        self.set_buttons(yes, no, safe=no)

    def _erase(self) -> None:
        fields = [field for field, tick in self._ticks.items() if tick.isChecked()]
        if not fields:
            self._reason_field.show_error("Ingen text är vald. Kryssa i minst en.")
            return
        workplace, found = self._session.workplace, self._found
        reason, function = self._reason.text(), self._function.text()
        self._session.change(
            lambda: erasure.erase(workplace, record=found.record, reason=reason, function=function, fields=fields)[1],
            done=lambda _change: self.accept(),
            failed=self._refused,
        )

    def _refused(self, error: WorldError) -> None:
        self._reason_field.show_error(error.sentence)
        self._reason.setFocus()
