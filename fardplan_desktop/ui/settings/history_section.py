"""Sections Historik and Övning: what has been done, by which function; and what a practice is."""

from __future__ import annotations

from datetime import datetime

from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.services import editing
from fardplan_desktop.ui.parts.text import body, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section

_MOST = 200
_COLUMNS = (Column("När", 150), Column("Vad", 0), Column("Funktion", 220))


class HistorySection(Section):
    """The latest 200 entries, newest first."""

    def __init__(self, session: Session) -> None:
        self._workplace = session.workplace
        self._table = TextTable("Historik", _COLUMNS, name="history_table", most=8, least=260)
        self._none = body("Inget är ändrat än.")
        about = secondary(
            f"Varje post är låst till den före, så att en ändring utanför Färdplan märks. De senaste {_MOST} visas.",
            wrap=True,
        )
        super().__init__("Historik", "section_history", (self._none, self._table, about))
        self.show_stored()

    def show_stored(self) -> None:
        entries = editing.history(self._workplace, limit=_MOST)
        self._none.setVisible(not entries)
        self._table.setVisible(bool(entries))
        self._table.show_rows([_row(each) for each in entries])


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


def _row(entry: HistoryEntry) -> tuple[str, str, str]:
    local = datetime.fromisoformat(entry.at).astimezone()
    return f"{local:%Y-%m-%d %H:%M}", entry.label, entry.who
