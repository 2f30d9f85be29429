"""SIP-uppföljning: the grid, the definition beside it and the problems under it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from fardplan_desktop.analysis import rules
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.codebook import RuleKind
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.periods import parse_period, period_of
from fardplan_desktop.services import count_grid
from fardplan_desktop.services.count_grid import CountGrid, Row
from fardplan_desktop.ui.counts.entry import Entry
from fardplan_desktop.ui.counts.grid_model import GridModel
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.counts.grid_words import period_words
from fardplan_desktop.ui.counts.head import CountsHead
from fardplan_desktop.ui.counts.panel import DefinitionPanel, Place
from fardplan_desktop.ui.counts.paste import Paste
from fardplan_desktop.ui.counts.said import Said
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.problem_list import Problem as ShownProblem
from fardplan_desktop.ui.parts.problem_list import ProblemList, Weight, walk_keys
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_OTHERS: Final = frozenset({"Plan", "Activity", "CheckIn", "Deviation", "Meeting", "Decision", "Population"})
"""Changes of these leave the grid as it is."""
_LOW: Final = 560
"""Under this height the problems become one line."""


class CountsPage(Page):
    """``arrive(measure=…, month=…)`` puts the caret there; without them it goes to the first empty cell asked for.

    ``problem=…`` is the id of the problem one comes for, and ``back="reporting"`` shows the way back there.
    """

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._entry = Entry(session, context.messages)
        self._paste = Paste(session, context.jobs, context.messages, self._entry, self)
        self._stale = True
        self._width = Width.NORMAL
        self._model = GridModel()
        self.head = CountsHead(session.workplace.codebook)
        self.table = CountTable(self._model, self._entry.typed)
        self.panel = DefinitionPanel()
        self.problems = ProblemList(most=2)
        self._said = Said(
            session, self._entry, self.table, self.panel, go=self._go, answer=self._answer, alike=self._alike
        )
        self._make_body()
        self._connect()
        self.reload()

    @override
    def arrive(self, **argument: object) -> None:
        measure, month = argument.get("measure"), argument.get("month")
        if self._stale:
            self.reload()
        self.head.show_way_back(argument.get("back") == "reporting")
        self._say()
        if isinstance(measure, str):
            self._go(measure, month if isinstance(month, str) else None)
            self.problems.walk.stand_at(str(argument.get("problem", "")))
        else:
            self._go_on()

    @override
    def leave(self) -> None:
        self.table.finish()
        self.panel.leave()

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and change.kinds and change.kinds <= _OTHERS:
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    @override
    def set_period(self, period: str) -> None:
        if self.isVisible() and self._session.period != self._grid.period:
            self.leave()
            self.reload()
            self._go_on()
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
        self._split = WithSidePanel(holder(work), self.panel, name="counts_split")
        self._layout = column(self.head, self._split, gap=12)
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
        table.paste_asked.connect(self._paste_here)
        table.locked_met.connect(self._say_locked)
        table.fitted.connect(self._fit)
        panel.close_asked.connect(self._close_panel)
        head.view_changed.connect(self.reload)
        head.panel_asked.connect(self._split.toggle_panel)
        head.paste_asked.connect(self._paste_here)
        head.report_asked.connect(lambda: self.context.go("reporting"))
        self._drop.dropped.connect(self._take_files)
        walk_keys(self, self.problems.walk, self._say_calm)
        switch = QShortcut(QKeySequence("F6"), self)
        switch.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        switch.setWhatsThis("Gå mellan rutorna och definitionen")
        switch.activated.connect(self._switch)

    # -- showing --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the grid anew and show it; the caret stays where it was."""
        at = self.panel.place
        workplace = self._session.workplace
        grid = count_grid.count_grid(workplace, period=self._session.period, all_measures=self.head.all_measures)
        self._stale = False
        self._model.show_grid(grid, whole=self.head.whole)
        self._say()
        self.problems.show_problems([self._shown(each) for each in grid.problems if not self._awaited(grid, each)])
        self._fit()
        if not self.table.currentIndex().isValid() and at is not None:
            self.table.go_to(self._model.place(at.row.measure.id, at.cell.period if at.cell else None))
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
        text, key = problem.result.text, problem.result.comment_id
        if problem.blocks or self._grid.locked:
            weight: Weight = "fix" if problem.blocks else "note"
            return ShownProblem(weight, text, "Visa rutan", partial(self._show_problem, problem), key)
        if problem.comment:
            said = f"{text} Kommentar: {problem.comment}"
            return ShownProblem("note", said, "Ändra kommentar", partial(self._answer, problem), key)
        return ShownProblem("comment", text, "Skriv kommentar", partial(self._answer, problem), key)

    def _awaited(self, grid: CountGrid, problem: Problem) -> bool:
        """A number that is asked for and not yet entered shows as an empty cell, not as a problem."""
        rule = self._session.workplace.codebook.rule(problem.result.rule)
        row = grid.row(problem.result.subject.partition("/")[0])
        return rule.kind is RuleKind.OBLIGATORY and row is not None and any(cell.to_fill for cell in row.cells)

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

    def _go_on(self) -> None:
        """To the first empty cell that is asked for, else to where one was, else to the first cell."""
        empty = self._grid.progress(whole=self._model.whole).first_empty
        if empty is not None:
            self.table.go_to(self._model.place(empty.measure, empty.period))
        elif not self.table.currentIndex().isValid() and self._grid.rows:
            self.table.go_to(self._model.place(self._grid.rows[0].measure.id))

    def _go(self, measure: str, when: str | None) -> None:
        """To a cell, whatever has to be shown for it: its period, all measures, the period's own values."""
        asked = self._session.workplace.codebook.reporting.type
        if when is not None and parse_period(when).type.months <= asked.months:
            self._session.choose_period(period_of(parse_period(when).start, asked))
        if self._grid.row(measure) is None:
            self.head.choose(all_measures=True)
        if self._grid.row(measure) is None or self._grid.period != self._session.period:
            self.reload()
        row = self._grid.row(measure)
        if row is None:
            return
        if when is not None and self.head.choose(whole=self._shown_as_whole(row, when)):
            self.reload()
        self.table.go_to(self._model.place(measure, when))

    def _shown_as_whole(self, row: Row, when: str) -> bool | None:
        """Whether the cell stands among the period's own values; None when it can be reached as it is."""
        if when == row.whole.period:
            return True if row.whole.count is not None and row.whole not in row.cells else None
        return False

    def _show_problem(self, problem: Problem) -> None:
        measure, when = problem.result.subject.split("/")[:2]
        self._go(measure, when)
        self.table.setFocus()

    def _answer(self, problem: Problem) -> None:
        """To the cell, and to the field where the warning is answered."""
        self.panel.leave()
        self._show_problem(problem)
        self.panel.show_problem(problem, len(self._alike(problem)))
        self._split.open_panel()

    def _alike(self, problem: Problem) -> tuple[Problem, ...]:
        shown = (each for each in self._grid.problems if not self._awaited(self._grid, each))
        return rules.alike(shown, (problem,))

    def _switch(self) -> None:
        if self.table.hasFocus():
            self._split.open_panel()
        else:
            self._close_panel()

    def _close_panel(self) -> None:
        self._split.close_panel()
        self.table.setFocus()

    # -- doing ----------------------------------------------------------------------------

    def _paste_here(self) -> None:
        self._paste.paste(self.table)

    def _take_files(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            self._paste.take_file(path)

    def _say_calm(self) -> None:
        self.context.messages.receipt("Inget att rätta eller kommentera", icon="circle-check-big")

    def _say_locked(self) -> None:
        self.context.messages.problem(count_grid.locked_problem(self._grid.period))
