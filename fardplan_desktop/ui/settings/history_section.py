"""Sections Historik and Övning: what has been done, by which function; and what a practice is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer

from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.services import restoring
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.record_history import ask_to_erase, restore
from fardplan_desktop.ui.record_words import lines
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section

_MOST = 200
_PAUSE_MS = 200
_ACTS = {"undo": " (ångrat)", "redo": " (gjort om)"}
_COLUMNS = (Column("När", 150), Column("Vad", 0), Column("Slag", 150), Column("Funktion", 240))


class HistorySection(Section):
    """Everything that has been done, newest first, 200 at a time; the chosen entry is told in full below."""

    def __init__(self, session: Session) -> None:
        self._session, self._workplace = session, session.workplace
        self._entries: list[HistoryEntry] = []
        kinds = [("", "Alla slag"), *sorted(restoring.KIND_WORDS.items(), key=lambda each: each[1])]
        self._kind = Combo(kinds, name="history_kind")
        self._kind.setAccessibleName("Visa slag")
        self._kind.picked.connect(lambda _key: self.show_stored())
        self._text = TextField(name="history_text", hint="Sök i historiken", watch=Watch.IDENTITY)
        self._text.setAccessibleName("Sök i historiken")
        self._text.offer_clearing()
        self._pause = QTimer(self._text, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.show_stored)
        self._text.textChanged.connect(lambda _text: self._pause.start())
        self._table = TextTable("Historik", _COLUMNS, name="history_table", most=8, least=260)
        self._table.row_chosen.connect(self._tell)
        self._none = body("Inget är ändrat än.", name="history_none")
        self._more = Button(f"Visa {_MOST} till", "quiet", name="history_more", on_click=self._show_more)
        self._told = column(gap=4)
        self._restore = Button("Återställ till detta", name="history_restore", on_click=self._put_back)
        self._erase = Button("Rensa uppgift …", name="history_erase_record", on_click=self._ask_to_erase)
        self._acts = holder(FlowLayout(self._restore, self._erase))
        about = secondary("Varje post är låst till den före, så att en ändring utanför Färdplan märks.", wrap=True)
        filters = holder(FlowLayout(self._kind, self._text))
        pieces = (filters, self._none, self._table, row(self._more, None), self._told, self._acts, about)
        super().__init__("Historik", "section_history", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        """Read anew from the newest."""
        self._entries = []
        self._show_more()

    def _show_more(self) -> None:
        before = self._entries[-1].nr if self._entries else None
        kind, text = self._kind.key, self._text.text().strip()
        find = partial(restoring.entries, self._workplace, kind=kind, text=text, before=before, limit=_MOST)
        if text:  # A long history is read through: not while the window waits.
            self._session.read(find, partial(self._add, (kind, text)))
        else:
            self._add((kind, text), find())

    def _add(self, asked: tuple[str, str], found: Sequence[HistoryEntry]) -> None:
        kind, text = self._kind.key, self._text.text().strip()
        if asked != (kind, text):
            return
        self._entries += found
        self._none.setText("Inget i historiken passar." if kind or text else "Inget är ändrat än.")
        self._none.setVisible(not self._entries)
        self._table.setVisible(bool(self._entries))
        self._table.show_rows([_row(each) for each in self._entries])
        self._more.setVisible(len(found) == _MOST)
        self._tell(-1)

    def _tell(self, row: int) -> None:
        """Before and after of an entry, in words, and what can be done with it."""
        clear(self._told)
        entry = self._entry(row)
        for each in lines(self._workplace, entry) if entry else ():
            self._told.addWidget(Label(each, "side", wrap=True, name="history_line"))
        known = entry is not None and entry.record.partition(":")[0] in restoring.KIND_WORDS
        self._acts.setVisible(known and not self._workplace.read_only)
        self._restore.setVisible(entry is not None and restoring.can_restore(entry))

    def _entry(self, row: int) -> HistoryEntry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _put_back(self) -> None:
        entry = self._entry(self._table.currentIndex().row())
        if entry is not None:
            restore(self._session, entry)

    def _ask_to_erase(self) -> None:
        entry = self._entry(self._table.currentIndex().row())
        if entry is not None:
            ask_to_erase(self._session, entry.record, self)


class PracticeSection(Section):
    """Says what this store is, and how to practise without risk."""

    def __init__(self, session: Session) -> None:
        workplace = session.workplace
        if workplace.demo:
            said = "Det här är exempeldata: alla siffror är påhittade, och varje bild och utskrift säger det."
        elif workplace.practice:
            said = "Det här är en övning. Paket härifrån kan bara läsas in av andra övningar."
        else:
            said = "Det här är er riktiga fil. Vill ni öva, gör det i en fil för sig."
        how = secondary(
            "En övning skapas med kommandot: fardplan-desktop new ovning.fardplan --organisation "
            f"{workplace.organisation.code} --practice. Den är märkt Övning på alla sidor, och dess paket avvisas av "
            "riktiga mottagare.",
            wrap=True,
        )
        super().__init__("Övning", "section_practice", (body(said, name="practice_said"), how))


def _row(entry: HistoryEntry) -> tuple[str, str, str, str]:
    kind = restoring.KIND_WORDS.get(entry.record.partition(":")[0], "")
    local = datetime.fromisoformat(entry.at).astimezone()
    return f"{local:%Y-%m-%d %H:%M}", f"{entry.label}{_ACTS.get(entry.act, '')}", kind, entry.who
