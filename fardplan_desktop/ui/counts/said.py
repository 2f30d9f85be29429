"""What is said beside the numbers: the state of a count, the comment to it, and the answer to a warning."""

from __future__ import annotations

from collections.abc import Callable

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.services import counts, quality
from fardplan_desktop.ui.counts.entry import Entry
from fardplan_desktop.ui.counts.grid_view import CountTable
from fardplan_desktop.ui.counts.panel import DefinitionPanel
from fardplan_desktop.ui.session import Session


class Said:
    """Takes what is chosen and written in the panel to the store.

    A text that is refused stays in its field with the reason, and the caret comes back to it: ``go`` (a count's id)
    for a comment, ``answer`` (problem) for an answer. ``alike``: a warning and the others that one comment may answer.
    """

    def __init__(
        self,
        session: Session,
        entry: Entry,
        table: CountTable,
        panel: DefinitionPanel,
        *,
        go: Callable[[str], object],
        answer: Callable[[Problem], object],
        alike: Callable[[Problem], tuple[Problem, ...]],
    ) -> None:
        self._session, self._entry = session, entry
        self._table, self._panel = table, panel
        self._go, self._answer, self._alike = go, answer, alike
        panel.state_chosen.connect(self._set_state)
        panel.comment_left.connect(self._save_comment)
        panel.answer_left.connect(self._save_answer)

    def _set_state(self, state: CountState) -> None:
        """A number is needed for *antal* and *uppskattat*: without one the cell opens to be typed in."""
        cell = self._table.cell
        if cell is None:
            return
        numbered = state in (CountState.REPORTED, CountState.ESTIMATED)
        if numbered and (cell.count is None or cell.count.n is None):
            self._panel.show_place(self._panel.place)
            self._table.setFocus()
            self._table.begin("≈ " if state is CountState.ESTIMATED else "")
        else:
            self._entry.set_state([cell], state)

    def _save_comment(self, cell: str, text: str) -> None:
        def refused(error: WorldError) -> None:
            self._panel.refuse_comment(cell, text, error.sentence)
            self._go(cell)

        workplace = self._session.workplace
        self._session.change(
            lambda: counts.comment(workplace, id=cell, text=text),
            done=lambda _change: self._panel.accept_comment(cell),
            failed=refused,
            quiet=True,
        )

    def _save_answer(self, problem: Problem, text: str, together: bool) -> None:
        def refused(error: WorldError) -> None:
            self._answer(problem)
            self._panel.answer.setPlainText(text)
            self._panel.answer_field.show_error(error.sentence)

        workplace, problems = self._session.workplace, self._alike(problem) if together else (problem,)
        self._session.change(
            lambda: quality.comment(workplace, problems=problems, text=text),
            done=lambda _change: self._panel.answered(problem),
            failed=refused,
        )
