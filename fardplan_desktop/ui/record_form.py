"""What the panels of single records share: edits stored one at a time, and a record's history in plain Swedish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change, HistoryEntry
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Record
from fardplan_desktop.services import editing
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.layouts import clear, column, holder
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.session import Session

_LONGEST = 60


class Edits:
    """Keeps one edit in flight, so that the next starts from what it stored.

    ``next_edit`` is called whenever an edit may begin; it calls ``store`` if something waits.
    """

    def __init__(self, session: Session, next_edit: Callable[[], object]) -> None:
        self._session = session
        self._next = next_edit
        self._busy = False

    def go_on(self) -> None:
        if not self._busy:
            self._next()

    def store(
        self, act: Callable[[], Change], *, done: Callable[[], object], failed: Callable[[WorldError], object]
    ) -> None:
        """Store this one; what waits goes on after ``done`` or ``failed``."""
        self._busy = True

        def stored(_change: Change) -> None:
            self._busy = False
            done()
            self.go_on()

        def refused(error: WorldError) -> None:
            self._busy = False
            failed(error)
            self.go_on()

        self._session.change(act, done=stored, failed=refused)


@dataclass(frozen=True)
class Wording:
    """How a kind of record is told: that it came in, its fields in words, and which code list a field draws on.

    ``words`` tells what one value of a field is called that is in no list. ``parts`` takes a field apart that holds
    several things, each with a name of its own, so that a line tells of the one that was changed.
    """

    book: CodeBook
    came_in: str
    fields: Mapping[str, str]
    lists: Mapping[str, str]
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    parts: Mapping[str, Callable[[object], Mapping[str, str]]] = field(default_factory=dict)

    def lines(self, entry: HistoryEntry) -> list[str]:
        """What an entry changed, one line a field; empty when nothing of it concerns the record's own fields."""
        if entry.before is None:
            return [self.came_in if entry.act == "edit" else "Lades tillbaka"]
        if entry.after is None:
            return ["Togs bort"]
        pairs = [(name, entry.before.get(name), entry.after.get(name)) for name in self.fields]
        return [line for name, before, after in pairs if before != after for line in self._told(name, before, after)]

    def _told(self, name: str, before: object, after: object) -> list[str]:
        if name not in self.parts:
            return [f"{self.fields[name]}: {self._value(name, before)} → {self._value(name, after)}"]
        old, new = self.parts[name](before), self.parts[name](after)
        changed = [part for part in dict.fromkeys((*old, *new)) if old.get(part) != new.get(part)]
        return [f"{part}: {_short(old.get(part, ''))} → {_short(new.get(part, ''))}" for part in changed]

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, list | tuple):
            # Whole: what came in or went out may be the last of them.
            return ", ".join(self._value(name, each) for each in value) or "tomt"
        if isinstance(value, bool):
            text = "ja" if value else "nej"
        elif name == "percent" and value is not None:
            text = f"{value} %"
        elif value and name in self.words:
            text = self.words[name](str(value))
        elif value and name in self.lists:
            text = self.book.label(self.lists[name], str(value))
        else:
            text = str(value or "")
        return _short(text)


def _short(text: str) -> str:
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…") or "tomt"


class History(QWidget):
    """What has been done with a record, latest first. Hidden until it is asked for."""

    def __init__(self, session: Session, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("history_part")
        self._workplace, self._wording = session.workplace, wording
        self._rows = column(gap=10)
        self.setLayout(self._rows)
        self.hide()

    def turn(self, record: Record | None) -> None:
        """Open, or close."""
        self.setVisible(self.isHidden())
        if record is not None:
            self.follow(record)

    def follow(self, record: Record) -> None:
        """The record as it is stored now; read only when it is seen."""
        if self.isHidden():
            return
        clear(self._rows)
        for entry in editing.history(self._workplace, record=record):
            lines = [Label(each, "side", wrap=True) for each in self._wording.lines(entry)]
            if lines:
                self._rows.addWidget(_row(entry, lines))


def _row(entry: HistoryEntry, lines: list[Label]) -> QWidget:
    """``14 maj 2026 09:05, Samordnare``; an undo says so."""
    moment = datetime.fromisoformat(entry.at).astimezone()
    act = {"undo": ", ångrat", "redo": ", gjort om"}.get(entry.act, "")
    when = f"{numbers_sv.short_day(moment.date())} {moment:%H:%M}, {entry.who}{act}"
    return holder(column(Line(), secondary(when, wrap=True), *lines, gap=2), name="history_row")
