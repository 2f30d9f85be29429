"""The list of files in Ta emot, one line each: what needs somebody, what is ready to read in, what is read in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.ui.intake.file_row import FileRow, RowActs
from fardplan_desktop.ui.intake.words import Group, cards_beside, group, group_title, tally
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import clear, column, row
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import Label, card_title
from fardplan_desktop.ui.theme.metrics import Width

_ALL: Final = "all"
_FILTERS: Final = (
    (_ALL, "Alla"),
    (Group.SORT_OUT.value, "Att reda ut"),
    (Group.READY.value, "Att läsa in"),
    (Group.DONE.value, "Redan inlästa"),
)
_FEW: Final = 8
"""So many files are taken in at a glance: no filter."""


class FileList(QWidget):
    """A line keeps its place until the files are judged anew, so that nothing jumps while they are read in."""

    def __init__(self, acts: RowActs) -> None:
        super().__init__()
        self.setObjectName("intake_list")
        self._acts = acts
        self._width = Width.NORMAL
        self._groups: list[_Part] = []
        self._filter = Segments(_FILTERS, label="Visa", name="intake_filter")
        self._filter.chosen.connect(self._sift)
        self._cards = Label("", "small", "text2", name="intake_cards", wrap=True)
        self._parts = column(gap=16)
        above = row(self._filter, gap=16)
        above.addWidget(self._cards, 1)
        self.setLayout(column(above, self._parts, gap=12))
        self.hide()

    def show_results(self, results: Sequence[FileResult], cards: int = 0) -> None:
        """These lines, in this order; ``cards`` lie among them. Hidden while there are no lines."""
        clear(self._parts)
        self._groups = []
        number = 0
        for which in Group:
            lines = [each for each in results if group(each) is which]
            if lines:
                part = _Part(which, lines, self._acts, number)
                part.set_width(self._width)
                number += len(lines)
                self._groups.append(part)
                self._parts.addWidget(part)
        several = len(self._groups) > 1
        for part in self._groups:
            part.head.setVisible(several)
        self._filter.setVisible(several and number > _FEW)
        self._cards.setText(cards_beside(cards))
        self._cards.setVisible(bool(cards))
        self._sift(self._filter.current if several else _ALL)
        self.setVisible(bool(results))

    def show_result(self, result: FileResult) -> None:
        """What has become of one of them, in its place."""
        for part in self._groups:
            part.show_result(result)

    def set_busy(self, busy: bool) -> None:
        """While something is under way the verbs wait; the lines stay as they are to look at."""
        for part in self._groups:
            for each in part.rows:
                each.verb.setEnabled(not busy)

    def set_width(self, width: Width) -> None:
        self._width = width
        for part in self._groups:
            part.set_width(width)

    def take_focus(self) -> None:
        """The first line that has something to do."""
        self.step(1, round_again=True)

    def step(self, by: int, *, round_again: bool = False) -> bool:
        """From one line that has something to do to the next (1) or the one before (−1); False when there is none."""
        rows = [each for part in self._groups if not part.isHidden() for each in part.rows if not each.verb.isHidden()]
        if not rows:
            return False
        at = next((place for place, each in enumerate(rows) if each.isAncestorOf(self.focusWidget() or self)), None)
        start = at is None or round_again
        rows[(0 if by > 0 else -1) if start or at is None else (at + by) % len(rows)].verb.setFocus()
        return True

    def _sift(self, key: str) -> None:
        """Show one group alone; when there is none of it, all."""
        known = {part.which.value for part in self._groups}
        shown = key if key in known else _ALL
        self._filter.choose(shown)
        for part in self._groups:
            part.setVisible(shown in (_ALL, part.which.value))


class _Part(QWidget):
    """One group: its heading with counts, and its lines."""

    def __init__(self, which: Group, lines: Sequence[FileResult], acts: RowActs, first: int) -> None:
        super().__init__()
        self.setObjectName(f"group_{which.value}")
        self.which = which
        self._results: dict[Path, FileResult] = {each.path: each for each in lines}
        self._title = card_title("", name=f"group_{which.value}_title")
        self._tally = Label("", "small", "text2", wrap=True, name=f"group_{which.value}_tally")
        self.head = QWidget()
        self.head.setLayout(column(self._title, self._tally, gap=2))
        self._tally.setVisible(which is Group.SORT_OUT)
        card = Card(gap=0, margins=(0, 4, 0, 4), name=f"group_{which.value}_card")
        self.rows: list[FileRow] = []
        for number, result in enumerate(lines):
            if number:
                card.pieces.addWidget(Line())
            self.rows.append(FileRow(result, acts, f"file_{first + number}"))
            card.pieces.addWidget(self.rows[-1])
        self.setLayout(column(self.head, card, gap=8))
        self._say()

    def show_result(self, result: FileResult) -> None:
        if result.path in self._results:
            self._results[result.path] = result
            next(each for each in self.rows if each.path == result.path).show_result(result)
            self._say()

    def set_width(self, width: Width) -> None:
        for each in self.rows:
            each.set_width(width)

    def _say(self) -> None:
        found = self._results.values()
        self._title.setText(group_title(self.which, found))
        self._tally.setText(tally(found))
