"""Excel into the grid: a plain block at the caret, a table with headings or a dropped file after a look at it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.tabular import Amount, TableKind
from fardplan_desktop.services import count_entry, sheets_in, tables_in
from fardplan_desktop.services.count_entry import MISSING, ZERO
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.counts.entry import Entry, boxes
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.dash_question import ask_about_dashes
from fardplan_desktop.ui.session import Session


class Paste:
    """What the clipboard or a file brings. Dialogs open over ``window``."""

    def __init__(self, session: Session, jobs: Jobs, messages: Messages, entry: Entry, window: QWidget) -> None:
        self._session, self._jobs, self._messages = session, jobs, messages
        self._entry, self._window = entry, window

    def paste(self, table: CountTable) -> None:
        """Take the clipboard's text: a table with headings is shown first, a plain block goes in at the caret."""
        try:
            texts = tables_in.read_block(QGuiApplication.clipboard().text())
            if not any(text for line in texts for text in line):
                raise InputProblem("Urklipp är tomt.", "", "Markera rutorna i Excel, tryck Ctrl+C och försök igen.")
            if self._is_table(texts):
                taking_in.offer_pasted(self._session, TableKind.COUNTS, self._window, refused=self._messages.problem)
            elif table.grid_model.locked:
                table.locked_met.emit()
            else:
                self._paste_block(table, texts)
        except WorldError as error:
            self._messages.problem(error)

    def _is_table(self, texts: count_entry.Texts) -> bool:
        """A table of our own, or a sheet of another make with measures and periods; else a block for the caret."""
        if count_entry.has_headings(texts):
            return True
        text = QGuiApplication.clipboard().text()
        return len(texts) > 1 and sheets_in.is_foreign(self._session.workplace, text=text, kind=TableKind.COUNTS)

    def take_file(self, path: Path) -> None:
        """Read a workbook or a text file beside, then show what it would bring."""
        taking_in.offer_file(self._session, self._jobs, path, TableKind.COUNTS, self._window)

    def _paste_block(self, table: CountTable, texts: count_entry.Texts) -> None:
        cells, chosen = table.lines_from_caret(), table.chosen_lines()
        if chosen:
            texts = count_entry.repeated(texts, len(chosen), len(chosen[0]))
        cut = table.take_cut(QGuiApplication.clipboard().text())
        if tables_in.has_dashes(texts):
            ask_about_dashes(
                self._window, lambda answer: self._put_block(cells, texts, ZERO if answer == "0" else MISSING, cut)
            )
        else:
            self._put_block(cells, texts, None, cut)

    def _put_block(
        self, cells: count_entry.Lines, texts: count_entry.Texts, dash: Amount | None, cut: Sequence[str]
    ) -> None:
        try:
            block = count_entry.read_pasted(self._session.workplace.codebook, cells, texts, dash)
        except InputProblem as error:
            self._messages.problem(error)
            return
        label = boxes(len(block.values), "flyttade") if cut else block.label
        self._entry.put(block.values, label=label, cleared=cut)
