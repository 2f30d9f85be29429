"""What is done to the counts from the page: each deed is one undo step, and nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.services import count_entry, counts
from fardplan_desktop.services.count_grid import Cell
from fardplan_desktop.services.counts import Clash, place_words
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.session import Session


class Entry:
    """The page's hands. Typed numbers give no receipt; whatever touches several cells does."""

    def __init__(self, session: Session, messages: Messages) -> None:
        self._session, self._messages = session, messages
        self._workplace: Workplace = session.workplace

    def typed(self, cell: Cell, text: str) -> bool:
        """Take what was typed; False, with a sentence shown, when it is no count."""
        try:
            count = count_entry.read_typed(self._workplace.codebook, cell, text)
        except InputProblem as error:
            self._messages.problem(error)
            return False
        if count is None:
            if cell.count is not None:
                self.clear([cell])
        elif count != cell.count:
            self.put([count], label=self._place(cell), quiet=True)
        return True

    def put(self, values: Sequence[Count], *, label: str, quiet: bool = False) -> None:
        """Write, after asking when the measure stands at another granularity."""

        def write() -> None:
            self._session.change(
                lambda: counts.put(self._workplace, values=values, label=label, replace=True), quiet=quiet
            )

        self.asked(counts.find_clashes(self._workplace, values), write)

    def asked(self, clashes: Sequence[Clash], write: Callable[[], object]) -> None:
        """Call ``write``; if values would have to go, only when the user says so."""
        if not clashes:
            write()
            return
        self._messages.ask(
            "Ersätta det som står?",
            f"{counts.clash_words(self._workplace.codebook, clashes)} Ett mått fylls antingen i månad för månad "
            "eller för hela perioden. Ersätter du försvinner det som står; det går att ångra.",
            "Ersätt",
            write,
            otherwise="Behåll",
        )

    def one_more(self, cell: Cell) -> None:
        """Counted in the store and not from what is shown, so that quick presses all count."""

        def add() -> Change:
            return counts.add_one(self._workplace, measure=cell.measure, period=cell.period)

        self._session.change(add, quiet=True)

    def clear(self, cells: Sequence[Cell]) -> None:
        label = f"{len(cells)} rutor tömda" if len(cells) > 1 else f"{self._place(cells[0])}: tömd"
        ids = [cell.id for cell in cells]
        self._session.change(lambda: counts.clear(self._workplace, ids=ids, label=label))

    def set_state(self, cell: Cell, state: CountState) -> None:
        """*Saknas* and *ej aktuellt* fill an empty cell too; the others need a number to stand there."""
        standing = cell.count or Count(measure=cell.measure, period=cell.period, state=CountState.MISSING)
        self.put([counts.in_state(standing, state)], label=self._place(cell), quiet=True)

    def _place(self, cell: Cell) -> str:
        return place_words(self._workplace.codebook, cell.measure, cell.period)
