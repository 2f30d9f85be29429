"""The list of files in Ta emot, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.ui.intake.file_row import FileRow, RowActs
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import clear
from fardplan_desktop.ui.theme.metrics import Width


class FileList(Card):
    """Hidden while it is empty."""

    def __init__(self, acts: RowActs) -> None:
        super().__init__(gap=0, margins=(0, 4, 0, 4), name="intake_list")
        self._acts = acts
        self._width = Width.NORMAL
        self._rows: list[FileRow] = []
        self.hide()

    def show_results(self, results: Sequence[FileResult]) -> None:
        """These lines, in this order."""
        clear(self.pieces)
        self._rows = []
        for number, result in enumerate(results):
            if number:
                self.pieces.addWidget(Line())
            row = FileRow(result, self._acts, f"file_{number}")
            row.set_width(self._width)
            self._rows.append(row)
            self.pieces.addWidget(row)
        self.setVisible(bool(results))

    def set_width(self, width: Width) -> None:
        self._width = width
        for row in self._rows:
            row.set_width(width)

    def take_focus(self) -> None:
        """The first line that has something to do."""
        for row in self._rows:
            if not row.verb.isHidden():
                row.verb.setFocus()
                return
