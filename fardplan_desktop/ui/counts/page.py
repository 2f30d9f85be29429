"""SIP-uppföljning: the grid, the definition beside it and the problems under it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from fardplan_desktop.analysis import rules
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.host import preferences
from fardplan_desktop.services import count_grid
from fardplan_desktop.services.count_grid import CountGrid, Known
from fardplan_desktop.ui.answers_in.turn import AnswersIn
from fardplan_desktop.ui.counts.entry import Entry
from fardplan_desktop.ui.counts.going import Going
from fardplan_desktop.ui.counts.grid_model import GridModel
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.counts.grid_words import period_words
from fardplan_desktop.ui.counts.head import CountsHead
from fardplan_desktop.ui.counts.panel import DefinitionPanel, Place
from fardplan_desktop.ui.counts.paste import Paste
from fardplan_desktop.ui.counts.question_line import QuestionLine
from fardplan_desktop.ui.counts.said import Said
from fardplan_desktop.ui.counts.shown_problems import awaited, shown
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.problem_list import Problem as ShownProblem
from fardplan_desktop.ui.parts.problem_list import ProblemList, walk_keys
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.record_history import History
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_OTHERS: Final = frozenset({"Plan", "Activity", "CheckIn", "Deviation", "Meeting", "Decision", "Population"})
"""Changes of these leave the grid as it is."""
_LOW: Final = 560
"""Under this height the problems become one line."""


class CountsPage(Page):
    """``arrive(measure=…, month=…)`` puts the caret there; without them it goes to the first empty cell asked for.

    ``problem=…`` is the id of the problem one comes for, and ``back="reporting"`` shows the way back there.
    ``breakdown`` and ``value`` beside the measure name a value of its breakdown.
    """

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._entry = Entry(session, context.messages)
        self._paste = Paste(session, context.jobs, context.messages, self._entry, self)
        self._answers = AnswersIn(session, context.jobs, context.messages, self)
        self._known: Known | None = None
        self._stale, self._width = True, Width.NORMAL
        self._model = GridModel()
        self.head = CountsHead(session.workplace.codebook)
        self.table = CountTable(self._model, self._entry.typed)
        self.table.widths = dict(preferences.load().count_widths)
        self.panel = DefinitionPanel(History(session))
        self.problems = ProblemList(most=2)
        self._going = Going(session, self.head, self.table, self.reload)
        self._said = Said(
            session,
            self._entry,
            self.table,
            self.panel,
            go=self._going.to_count,
            answer=self._answer,
            alike=self._alike,
        )
        self._make_body()
        self._connect()
        self.reload()

    @override
    def arrive(self, **argument: object) -> None:
        named = [argument.get(name) for name in ("measure", "month", "breakdown", "value")]
        measure, month, *split = (each if isinstance(each, str) else None for each in named)
        if self._stale:
            self.reload()
        self.head.show_way_back(argument.get("back") == "reporting")
        self._say()
        if measure is not None:
            self._going.to(measure, month, tuple(each for each in split if each is not None))
            self.problems.walk.stand_at(str(argument.get("problem", "")))
        else:
            self._going.on()

    @override
    def leave(self) -> None:
        self.table.finish()
        self.panel.leave()

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and change.kinds and change.kinds <= _OTHERS:
            return
        if not isinstance(change, Change):
            self._known = None
        elif self._known is not None:
            self._known = count_grid.read(self._session.workplace, before=self._known, change=change)
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    @override
    def set_period(self, period: str) -> None:
        if self.isVisible() and self._session.period != self._grid.period:
            self.leave()
            self.reload()
            self._going.on()
        else:
            self._stale = True

    @override
    def set_width(self, width: Width) -> None:
        self._width = width
        look, roomy = self.context.look, width >= Width.NORMAL
        side = look.metrics.page_padding(width)
        self._layout.setContentsMargins(side, look.px(18 if roomy else 10), side, look.px(14 if roomy else 10))
        self._split.set_width(width)
        self.head.set_width(width, floating=self._split.floating)
        self.panel.close_button.setVisible(self._split.floating)
        self.table.set_width(width)
        self._fit()
        self._say()

    @override
    def focus_work(self) -> None:
        self.table.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_body(self) -> None:
        self._grid_card = Card(self.table, gap=0, margins=(1, 1, 1, 1), name="grid_card")
        work = column(gap=12)
        work.addWidget(self._grid_card, 100)
        work.addWidget(self.problems)
        work.addStretch(1)
        self._split = WithSidePanel(holder(work), self.panel, name="counts_split", over=self)
        self._layout = column(self.head, QuestionLine(self.context, self._session), self._split, gap=12)
        self._layout.setStretchFactor(self._split, 1)
        self._drop = DropArea("Släpp arbetsboken här", name="counts_drop")
        self._drop.setLayout(self._layout)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._drop)

    def _connect(self) -> None:
        table, panel, head = self.table, self.panel, self.head
        table.caret_moved.connect(self._show_place)
        table.one_more_asked.connect(self._entry.one_more)
        table.clear_asked.connect(self._entry.clear)
        table.fill_asked.connect(self._entry.fill)
        table.estimate_asked.connect(self._entry.estimate)
        table.state_asked.connect(lambda state: self._entry.set_state(table.chosen_cells(), state))
        table.comment_asked.connect(self._write_comment)
        table.split_asked.connect(self._show_split)
        table.other_way_asked.connect(self._going.other_way)
        table.header.let_go.connect(self._keep_widths)
        table.paste_asked.connect(self._paste_here)
        table.locked_met.connect(self._say_locked)
        table.fitted.connect(self._fit)
        panel.close_asked.connect(self._close_panel)
        panel.other_way_asked.connect(self._going.other_way)
        head.view_changed.connect(self.reload)
        head.panel_asked.connect(self._split.toggle_panel)
        head.paste_asked.connect(self._paste_here)
        head.report_asked.connect(lambda: self.context.go("reporting"))
        self._drop.dropped.connect(lambda paths: self._answers.sort_out(paths, self._take_files))
        head.ask_asked.connect(lambda: self.context.go("inquiries"))
        walk_keys(self, self.problems.walk, self._say_calm)
        switch = QShortcut(QKeySequence("F6"), self)
        switch.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        switch.setWhatsThis("Gå mellan rutorna och definitionen")
        switch.activated.connect(self._switch)

    # -- showing --------------------------------------------------------------------------

    def reload(self) -> None:
        """Show the grid anew; the caret stays where it was."""
        at = self.panel.place
        workplace = self._session.workplace
        self._known = self._known or count_grid.read(workplace)
        grid = count_grid.count_grid(
            workplace,
            period=self._session.period,
            all_measures=self.head.all_measures,
            opened=self._going.opened,
            known=self._known,
        )
        self._stale = False
        self._model.show_grid(grid, whole=self.head.whole)
        self._say()
        self.problems.show_problems([self._shown(each) for each in self._problems()])
        self._fit()
        if not self.table.currentIndex().isValid() and at is not None:
            again = self._model.place(at.row.key, at.cell.period if at.cell else None)
            self.table.go_to(again if again.isValid() else self._model.place(at.row.measure.id))
        self._show_place()

    @property
    def _grid(self) -> CountGrid:
        grid = self._model.grid
        assert grid is not None, "the grid is read when the page is made"
        return grid

    def _say(self) -> None:
        if self._model.grid is not None:
            workplace, period = self._session.workplace, self._grid.period
            deadline = workplace.codebook.deadline(period)
            words = period_words(period, deadline=deadline, today=workplace.today, locked=self._grid.locked)
            self.head.say(self._grid, words)

    def _shown(self, problem: Problem) -> ShownProblem:
        return shown(problem, locked=self._grid.locked, go=self._going.to_problem, answer=self._answer)

    def _show_place(self) -> None:
        index = self.table.currentIndex()
        row = self._model.row_at(index) if index.isValid() else None
        if row is not None:
            self.panel.show_place(Place(row, self.table.cell, self._grid.locked))

    def _fit(self) -> None:
        """Problems on one line where height is scarce; the grid no higher than its lines."""
        low = self.height() < self.context.look.px(_LOW)
        self.problems.set_compact(self._width < Width.NORMAL or low)
        self._grid_card.setMaximumHeight(self.table.sizeHint().height() + 4)

    # -- going ----------------------------------------------------------------------------

    def _answer(self, problem: Problem) -> None:
        """To the cell, and to the field where the warning is answered."""
        self.panel.leave()
        self._going.to_problem(problem)
        self.panel.show_problem(problem, len(self._alike(problem)))
        self._split.open_panel()

    def _alike(self, problem: Problem) -> tuple[Problem, ...]:
        return rules.alike(self._problems(), (problem,))

    def _problems(self) -> tuple[Problem, ...]:
        """Those that are shown in the list; the others show as empty cells."""
        book = self._session.workplace.codebook
        return tuple(each for each in self._grid.problems if not awaited(book, self._grid, each))

    def _switch(self) -> None:
        if self.table.hasFocus():
            self._split.open_panel()
        else:
            self._close_panel()

    def _close_panel(self) -> None:
        self._split.close_panel()
        self.table.setFocus()

    def _write_comment(self) -> None:
        """To the comment of the cell; the definition is shown for it where it lies over the page."""
        self._split.open_panel()
        self.panel.comment.setFocus()

    def _show_split(self, shown: bool) -> None:
        row = self._model.row_at(self.table.currentIndex())
        if row is not None and row.measure.breakdowns:
            self._going.show_split(row, shown=shown)
        elif row is not None:
            self.context.messages.receipt(f"{row.measure.label} har ingen fördelning", icon="info")

    # -- doing ----------------------------------------------------------------------------

    def _keep_widths(self) -> None:
        preferences.save(msgspec.structs.replace(preferences.load(), count_widths=self.table.widths))

    def _paste_here(self) -> None:
        self._paste.paste(self.table)

    def _take_files(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            self._paste.take_file(path)

    def _say_calm(self) -> None:
        self.context.messages.receipt("Inget att rätta eller kommentera", icon="circle-check-big")

    def _say_locked(self) -> None:
        self.context.messages.problem(count_grid.locked_problem(self._grid.period))
