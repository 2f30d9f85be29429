"""Going to a cell, whatever has to be shown for it: its period, all measures, a breakdown, the period's own values."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.periods import parse_period, period_of
from fardplan_desktop.services.count_cells import CellKind, Row
from fardplan_desktop.services.count_grid import CountGrid
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.counts.head import CountsHead
from fardplan_desktop.ui.session import Session


class Going:
    """``opened`` are the measures whose breakdowns are shown; ``reload`` shows the grid anew after a choice."""

    def __init__(self, session: Session, head: CountsHead, table: CountTable, reload: Callable[[], object]) -> None:
        self._session, self._head, self._table, self._reload = session, head, table, reload
        self._model = table.grid_model
        self.opened: set[str] = set()

    @property
    def _grid(self) -> CountGrid:
        grid = self._model.grid
        assert grid is not None, "the grid is read when the page is made"
        return grid

    def on(self) -> None:
        """To the first empty cell that is asked for, else to where one was, else to the first cell."""
        empty = self._grid.progress(whole=self._model.whole).first_empty
        if empty is not None:
            self._table.go_to(self._model.place(empty.measure, empty.period))
        elif not self._table.currentIndex().isValid() and self._grid.rows:
            self._table.go_to(self._model.place(self._grid.rows[0].key))

    def to_count(self, id: str) -> None:
        """To the cell of this count, whether it stands there or not."""
        measure, when, *split = id.split("/")
        self.to(measure, when, tuple(split))

    def to(self, measure: str, when: str | None, split: tuple[str, ...] = ()) -> None:
        """``split``: ids of a breakdown and one of its values; nothing for the measure itself."""
        asked = self._session.workplace.codebook.reporting.type
        if when is not None and parse_period(when).type.months <= asked.months:
            self._session.choose_period(period_of(parse_period(when).start, asked))
        if self._grid.row(measure) is None:
            self._head.choose(all_measures=True)
        if split:
            self.opened.add(measure)
        key = "/".join((measure, *split))
        if self._grid.row(key) is None or self._grid.period != self._session.period:
            self._reload()
        row = self._grid.row(key)
        if row is None:
            return
        if when is not None and when != row.whole.period and self._head.choose(whole=False):
            self._reload()
        self._table.go_to(self._model.place(key, when))

    def to_problem(self, problem: Problem) -> None:
        """To the cell; where a breakdown does not add up it is opened too."""
        measure = problem.result.subject.partition("/")[0]
        if self._session.workplace.codebook.rule(problem.result.rule).breakdown and measure not in self.opened:
            self.opened.add(measure)
            self._reload()
        self.to_count(problem.result.subject)
        self._table.setFocus()

    def show_split(self, row: Row, *, shown: bool) -> None:
        """Open or close the breakdowns of the row's measure."""
        if shown:
            self.opened.add(row.measure.id)
        else:
            self.opened.discard(row.measure.id)
        self._reload()
        self._table.setFocus()

    def other_way(self) -> None:
        """Type the caret's row for the whole period, or month by month again; what stands is asked about first."""
        row = self._model.row_at(self._table.currentIndex())
        if row is None:
            return
        in_whole = row.whole.count is not None or (self._model.whole and row.whole.kind is not CellKind.ELSEWHERE)
        self.to(row.measure.id, row.cells[0].period if in_whole else row.whole.period, row.split)
        self._table.setFocus()
        self._table.begin("")
