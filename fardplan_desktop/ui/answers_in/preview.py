"""What a colleague's answer would change, before anything of it is taken in."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services.answer_lines import LineState
from fardplan_desktop.services.answers import AnswerPreview, SumLine
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.scrolled import Scrolled
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable

_MOST: Final = 200
_LEAST: Final = 180
_LINES: Final = (Column("Uppgift"), Column("Står i dag", 90), Column("Svar", 100), Column("Läge", 120))
_FITS: Final = 14
"""Letters that surely have room in the table. A longer answer is read whole below it before it is taken in."""
_SUMS: Final = (Column("Hela kommunen"), Column("Står i dag", 84), Column("Blir", 72), Column("Enheter", 104))


class AnswerPreviewDialog(Dialog):
    """``accepted`` when the user takes the answer in; ``conflicts`` and ``replace`` are what was ticked then.

    Named "answer_preview"; its buttons "answer_take" and "answer_leave". Open it with ``open()``.
    """

    def __init__(self, found: AnswerPreview, parent: QWidget | None) -> None:
        super().__init__(f"Svar från {found.inquiry.to}", parent, name="answer_preview", width=560)
        self._found = found
        rows = [(line.what, line.stands or "tomt", line.answer, line.state.value) for line in found.lines]
        lines = TextTable(
            "Svaret", _LINES, rows, name="answer_lines", most=_MOST, least=_LEAST, status_columns={3}, tight=True
        )
        self._sums = TextTable("Hela kommunen", _SUMS, name="answer_sums", most=_MOST, least=_LEAST, tight=True)
        self._take_conflicts = CheckBox("Låt svaret ersätta det som har ändrats här", name="answer_conflicts")
        self._use_sums = CheckBox("Låt enheternas summa ersätta kommunens siffra", name="answer_use_sums")
        self._take_conflicts.toggled.connect(lambda _on: self._show_sums())
        told = body(f"{parse_period(found.inquiry.period).name.capitalize()}: {found.told}", "answer_told")
        whole = [secondary(words, wrap=True) for words in _long_answers(found)]
        pieces = (told, lines, *whole, self._sums, self._take_conflicts, self._use_sums, *_notes(found))
        self.content.addWidget(Scrolled(holder(column(*pieces, gap=10)), parent, name="answer_scroll"))
        self._take_conflicts.setVisible(found.has_conflicts)
        self._use_sums.setVisible(found.has_contested_sums)
        self._show_sums()
        take = Button("Lägg in svaret", "primary", name="answer_take", on_click=self.accept)
        leave = Button("Avbryt", name="answer_leave", on_click=self.reject)
        self.set_buttons(take, leave, safe=take)

    @property
    def conflicts(self) -> bool:
        """The answer replaces what was changed here meanwhile too."""
        return self._take_conflicts.isChecked()

    @property
    def replace(self) -> bool:
        """The units' sums replace figures typed for the whole."""
        return self._use_sums.isChecked()

    def _show_sums(self) -> None:
        sums = self._found.sums_with_conflicts if self.conflicts else self._found.sums
        self._sums.show_rows([_sum_row(each) for each in sums])
        self._sums.setVisible(bool(sums))


def _long_answers(found: AnswerPreview) -> list[str]:
    return [
        f"{each.what}: ”{each.answer}”"
        for each in found.lines
        if len(each.answer) > _FITS and each.state is not LineState.UNCHANGED
    ]


def _notes(found: AnswerPreview) -> list[Label]:
    notes = []
    if found.has_conflicts or found.has_contested_sums:
        notes.append(secondary("Utan bock behålls det som står.", wrap=True))
    if found.contacts:
        words = ", ".join(found.contacts)
        said = f"Telefonnummer eller e-postadress verkar stå i: {words}. Får de vara kvar?"
        notes.append(Label(said, "small", "warn", name="answer_contacts", wrap=True))
    return notes


def _sum_row(line: SumLine) -> tuple[str, str, str, str]:
    coverage = line.coverage.removeprefix("Summan gäller ").removesuffix(" enheter.")
    return line.what, line.stands or "tomt", line.becomes or "tomt", coverage or "alla"
