"""Beside the grid: what the measure means, how it has been, and the comment to the cell one stands in."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.rollup import period_with
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.services.count_cells import Cell, CellKind, Row, split_words
from fardplan_desktop.ui.counts.grid_words import WHOLE_WORDS, whole_note
from fardplan_desktop.ui.counts.state_choice import StateChoice
from fardplan_desktop.ui.counts.trend_chart import TrendChart
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import CheckBox, TextArea
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.record_history import History
from fardplan_desktop.ui.theme.tokens import Token


class Place(msgspec.Struct, frozen=True):
    """Where the caret stands: a cell, or (None) a value of the period that is only worked out."""

    row: Row
    cell: Cell | None
    locked: bool


class DefinitionPanel(Card):
    """``state_chosen`` tells the new state, ``comment_left`` (cell id, text), ``answer_left`` (problem, text, and
    whether it answers every warning of its kind)."""

    state_chosen = Signal(object)
    comment_left = Signal(str, str)
    answer_left = Signal(object, str, bool)
    other_way_asked = Signal()
    close_asked = Signal()

    def __init__(self, history: History) -> None:
        super().__init__(gap=6, margins=(16, 12, 16, 12), name="definition_panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Definition")
        self._place: Place | None = None
        self._problem: Problem | None = None
        self._drafts: dict[str, tuple[str, str]] = {}
        self._title = Label("", "card_title", name="panel_title", wrap=True)
        self._when = Label("", "side", "text2", name="panel_when", wrap=True)
        self.close_button = IconButton("x", "Stäng", name="panel_close", size=28, on_click=self.close_asked.emit)
        self.state = StateChoice()
        self.state.chosen.connect(self.state_chosen)
        self._note = secondary("", "panel_note", wrap=True)
        self.way_button = Button("", "small", name="panel_way", on_click=self.other_way_asked.emit)
        self._definition = Label("", "side", name="panel_definition", wrap=True)
        self._version = secondary("", "panel_version")
        self._examples = column(gap=4)
        self._heading = Label("", "side", name="panel_trend", bold=True)
        self._median = secondary("", "panel_median")
        self.chart = TrendChart()
        self._before_name = Label("", "side", "text2")
        self._before = Label("", "side", name="panel_before", bold=True)
        self.comment = TextArea(name="cell_comment", hint="Kommentar …", lines=1)
        self.comment_field = Field("Kommentar", self.comment)
        self.comment.setMaximumHeight(self.comment.minimumHeight())
        self.comment.left.connect(self._comment_left)
        self._warning = secondary("", "panel_warning", wrap=True)
        self.answer = TextArea(name="problem_comment", hint="Skriv vad som har hänt …", lines=2)
        self.answer_field = Field("Kommentar till kontrollen", self.answer)
        self.answer.setMaximumHeight(self.answer.minimumHeight())
        self.together = CheckBox("", name="problem_together")
        self.answer.left.connect(lambda: None if self.together.hasFocus() else self._answer_left())
        self.together.toggled.connect(lambda _on: self._answer_left())
        self._history = history
        self._turn = Button("Historik", "quiet", icon="history", name="count_history", on_click=self._turn_history)
        self._build(self.pieces)

    def _build(self, pieces: QVBoxLayout) -> None:
        top = row(gap=4)
        top.addWidget(self._title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        pieces.addLayout(top)
        typed: Sequence[QWidget] = (
            self._when, self.state, self._note, self._warning, self.together, self.answer_field, self.comment_field,
            Line(),
        )  # fmt: skip
        for widget in (*typed, self._definition):
            pieces.addWidget(widget)
        pieces.addLayout(self._examples)
        pieces.addWidget(self._version)
        pieces.addWidget(Line())
        pieces.addLayout(row(self._heading, None, self._median))
        pieces.addWidget(self.chart)
        pieces.addLayout(row(self._before_name, None, self._before))
        pieces.addWidget(self.way_button)
        pieces.addLayout(row(self._turn, None))
        pieces.addWidget(self._history)
        pieces.addStretch(1)
        self.show_problem(None)

    @property
    def place(self) -> Place | None:
        return self._place

    def show_place(self, place: Place | None) -> None:
        """Show where the caret has come to; a comment that could not be saved comes back with its reason."""
        moved = place is None or self._place is None or _id(place) != _id(self._place)
        if moved:
            self.leave()
        self._place = place
        if place is None:
            return
        self._title.setText(place.row.measure.label)
        self._show_value(place)
        self._show_way(place)
        self._show_definition(place.row)
        self._show_past(place)
        if moved:
            self.show_problem(None)
        if moved or not self.comment.hasFocus():
            self._show_comment(place)
        self._turn.setVisible(place.cell is not None)
        if place.cell is None:
            self._history.hide()
        else:
            self._history.follow_named(f"Count:{place.cell.id}")

    def _turn_history(self) -> None:
        if self._place is not None and self._place.cell is not None:
            self._history.turn_named(f"Count:{self._place.cell.id}")

    def show_problem(self, problem: Problem | None, alike: int = 1) -> None:
        """Ask for the comment that answers a warning, or all ``alike``; None takes the question away."""
        self._problem = None
        self.together.setChecked(False)
        self.together.setText(f"Gäller alla {alike} av samma slag")
        self.together.setVisible(problem is not None and alike > 1)
        self._problem = problem
        for widget in (self._warning, self.answer_field):
            widget.setVisible(problem is not None)
        self.comment_field.setVisible(problem is None)
        if problem is not None:
            self._warning.setText(f"{problem.result.text} {problem.result.instruction}")
            self.answer.show_stored(problem.comment or "")
            self.answer_field.show_error("")

    def answered(self, problem: Problem) -> None:
        """The answer is saved; another question that has come up meanwhile stays."""
        if self._problem is problem:
            self.show_problem(None)

    def refuse_comment(self, cell: str, text: str, sentence: str) -> None:
        """The comment was not saved: it stays in the field, with the reason under it."""
        self._drafts[cell] = (text, sentence)
        if self._place is not None and _id(self._place) == cell:
            self._show_comment(self._place)

    def accept_comment(self, cell: str) -> None:
        self._drafts.pop(cell, None)
        if self._place is not None and _id(self._place) == cell:
            self.comment_field.show_error("")

    def leave(self) -> None:
        """Save what is half written."""
        self._comment_left()
        self._answer_left()

    def _show_value(self, place: Place) -> None:
        cell, rolled = place.cell, place.row.rolled
        when, of = period_with(cell.period if cell else rolled.period).name, place.row
        value = split_words(of.list, of.code).capitalize() if of.list and of.code else ""
        self._when.setText(f"{value} · {when}" if value else when)
        worked_out = cell is None or (cell.kind is CellKind.ELSEWHERE and cell.count is None)
        self._note.setText(whole_note(place.row) if worked_out else "")
        self._note.setVisible(bool(self._note.text()))
        self.state.setVisible(cell is not None)
        self.state.setEnabled(cell is not None and cell.kind is not CellKind.NOTHING and not place.locked)
        self.state.show_state(cell.count.state if cell and cell.count else CountState.REPORTED)

    def _show_way(self, place: Place) -> None:
        """Month by month or the whole period: one or the other for each measure."""
        row = place.row
        self.way_button.setVisible(row.measure.over_time != "last" and len(row.cells) > 1 and not place.locked)
        whole = WHOLE_WORDS.get(period_with(row.rolled.period).type, "hela perioden").lower()
        way = "månad för månad" if row.whole.count is not None else whole
        self.way_button.setText(f"Fyll i {way} i stället")

    def _show_definition(self, shown: Row) -> None:
        measure = shown.measure
        self._definition.setText(measure.definition)
        clear(self._examples)
        for text in measure.counted:
            self._examples.addWidget(_example("check", "ok", "Räknas", text))
        for text in measure.not_counted:
            self._examples.addWidget(_example("x", "bad", "Räknas inte", text))
        self._version.setText(f"{measure.id}, definitionens version {measure.version}")

    def _show_past(self, place: Place) -> None:
        trend, cell = place.row.trend, place.cell
        self._heading.setText(trend.heading)
        median = trend.median
        self._median.setText("" if median is None else f"median {numbers_sv.number(median, int(median % 1 > 0))}")
        self.chart.show_trend(trend)
        months = [each.period for each in place.row.cells]
        if cell is not None and cell.period in months:
            before = place.row.months_before[months.index(cell.period)]
            text = "" if before is None else numbers_sv.count(before.n, before.state)
        else:
            text = numbers_sv.rolled(place.row.before)
        when = period_with(cell.period if cell else place.row.rolled.period).year_before
        self._before_name.setText(when.name.capitalize())
        self._before.setText(text or "inget ifyllt")

    def _show_comment(self, place: Place) -> None:
        cell = place.cell
        stored = (cell.count.comment or "") if cell and cell.count else ""
        text, sentence = self._drafts.get(_id(place), (stored, ""))
        self.comment.guard.know(stored)
        if text != self.comment.toPlainText():
            self.comment.setPlainText(text)
        self.comment_field.show_error(sentence)
        can = cell is not None and cell.count is not None and not place.locked
        self.comment.setEnabled(can)
        month = period_with(cell.period).name.partition(" ")[0] if cell else ""
        empty = "Fyll i rutan först" if cell and cell.kind is not CellKind.NOTHING else ""
        missing = cell is not None and cell.count is not None and cell.count.state is CountState.MISSING
        asked = "Varför saknas antalet?" if missing else f"Kommentar till {month} …"
        self.comment.setPlaceholderText(asked if can else "" if place.locked else empty)

    def _comment_left(self) -> None:
        place = self._place
        if place is None or place.cell is None or place.cell.count is None or place.locked:
            return
        text = self.comment.toPlainText()
        refused, _ = self._drafts.get(_id(place), (None, ""))
        if text.strip() == (place.cell.count.comment or ""):
            self.accept_comment(place.cell.id)
        elif text != refused:
            self._drafts.pop(place.cell.id, None)
            self.comment_left.emit(place.cell.id, text)

    def _answer_left(self) -> None:
        problem = self._problem
        if problem is not None and self.answer.toPlainText().strip() != (problem.comment or ""):
            self.answer_left.emit(problem, self.answer.toPlainText(), self.together.isChecked())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The panel itself has nothing to type in: go to the first thing that has."""
        super().focusInEvent(event)
        fields: Sequence[QWidget] = (self.answer, self.state, self.comment, self.close_button)
        next((field for field in fields if field.isVisible() and field.isEnabled()), self.chart).setFocus()


def _id(place: Place) -> str:
    return place.cell.id if place.cell else f"{place.row.key}/{place.row.rolled.period}"


def _example(icon: str, token: Token, words: str, text: str) -> QWidget:
    layout = row(gap=8)
    layout.addWidget(IconView(icon, token, 16, top=2), 0, Qt.AlignmentFlag.AlignTop)
    label = Label(text, "side", wrap=True)
    label.setAccessibleName(f"{words}: {text}")
    layout.addWidget(label, 1)
    return holder(layout)
