"""Excel into the grid: a plain block at the caret, a table with headings or a dropped file after a look at it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.tabular import Amount, TableContent, TableKind
from fardplan_desktop.services import count_entry, counts, tables_in
from fardplan_desktop.services.count_entry import MISSING, ZERO
from fardplan_desktop.services.count_grid import Cell
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.ui.counts.entry import Entry, clash_words
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dash_question import ask_about_dashes
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.session import Session

_SHOWN: Final = 4


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
            if count_entry.has_headings(texts):
                self._look_at_pasted(QGuiApplication.clipboard().text())
            elif table.grid_model.locked:
                table.locked_met.emit()
            else:
                self._paste_block(table, texts)
        except WorldError as error:
            self._messages.problem(error)

    def take_file(self, path: Path) -> None:
        """Read a workbook or a text file beside, then show what it would bring."""
        workplace = self._session.workplace
        self._jobs.read(
            lambda _work: tables_in.add_table(workplace, path=path, kind=TableKind.COUNTS, dry_run=True),
            self._show_import,
            title=f"Läser {path.name}",
        )

    def _paste_block(self, table: CountTable, texts: count_entry.Texts) -> None:
        cells = table.cells_from_caret()
        chosen = table.chosen_cells()
        if len(texts) == len(texts[0]) == 1 and len(chosen) > 1:
            cells, texts = [chosen], [[texts[0][0]] * len(chosen)]
        if tables_in.has_dashes(texts):
            self._ask_about_dashes(cells, texts)
        else:
            self._put_block(cells, texts, None)

    def _put_block(self, cells: Sequence[Sequence[Cell]], texts: count_entry.Texts, dash: Amount | None) -> None:
        try:
            block = count_entry.read_pasted(self._session.workplace.codebook, cells, texts, dash)
        except InputProblem as error:
            self._messages.problem(error)
            return
        self._entry.put(block.values, label=block.label)

    def _ask_about_dashes(self, cells: Sequence[Sequence[Cell]], texts: count_entry.Texts) -> None:
        def answer(text: str) -> None:
            self._put_block(cells, texts, ZERO if text == "0" else MISSING)

        ask_about_dashes(self._window, answer)

    def _look_at_pasted(self, text: str, dash: str = "") -> None:
        if not dash and tables_in.has_dashes(tables_in.read_block(text)):
            ask_about_dashes(self._window, lambda answer: self._look_again(text, answer))
            return
        workplace = self._session.workplace
        content = tables_in.paste_table(workplace, text=text, kind=TableKind.COUNTS, dash=dash)
        self._show_import(tables_in.take_in(workplace, content=content, dry_run=True))

    def _look_again(self, text: str, dash: str) -> None:
        try:
            self._look_at_pasted(text, dash)
        except WorldError as error:
            self._messages.problem(error)

    def _show_import(self, found: Import) -> None:
        """What was recognised, before anything is stored."""
        content = found.content
        dialog = Dialog("Det här kändes igen", self._window, name="import_dialog", width=520)
        for sentence in import_words(found):
            dialog.add_text(sentence)
        for note in content.notes[:_SHOWN]:
            dialog.add_text(f"Rad {note.row}, {note.column}: {note.what}", secondary=True)
        clashes = counts.find_clashes(self._session.workplace, content.counts)
        if clashes:
            dialog.add_text(f"{clash_words(self._session.workplace, clashes)} Det ersätts.")
        take = Button("Lägg in", "primary", name="import_take", on_click=dialog.accept)
        cancel = Button("Avbryt", name="import_cancel", on_click=dialog.reject)
        dialog.accepted.connect(partial(self._take_in, content))
        dialog.set_buttons(take, cancel, safe=take)
        dialog.open()

    def _take_in(self, content: TableContent) -> None:
        def write() -> Change:
            done = tables_in.take_in(self._session.workplace, content=content, replace=True).change
            assert done is not None, "it was no dry run"
            return done

        self._session.change(write)


def import_words(found: Import) -> tuple[str, ...]:
    """What a table holds, in sentences."""
    content = found.content
    periods = sorted({period_with(count.period) for count in content.counts})
    measures = len({count.measure for count in content.counts})
    span = periods[0].name if len(periods) == 1 else f"{periods[0].name} – {periods[-1].name}" if periods else ""
    return (
        f"{content.source}: {content.size} antal för {measures} mått, {span}.",
        f"{found.new} nya, {found.replaced} ändrade och {found.unchanged} oförändrade.",
    )
