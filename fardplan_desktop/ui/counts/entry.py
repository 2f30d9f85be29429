"""What is done to the counts from the page: each deed is one undo step, and nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.domain.tabular import Amount
from fardplan_desktop.services import count_entry, counts
from fardplan_desktop.services.count_cells import Cell
from fardplan_desktop.services.counts import Clash
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.session import Session


class Entry:
    """The page's hands. Typed numbers give no receipt; whatever touches several cells does."""

    def __init__(self, session: Session, messages: Messages) -> None:
        self._session, self._messages = session, messages
        self._workplace: Workplace = session.workplace

    def typed(self, cells: Sequence[Cell], text: str) -> bool:
        """Take what was typed, into one cell or a whole range; False, with a sentence shown, when it is no count."""
        try:
            found = [(cell, count_entry.read_typed(self._workplace.codebook, cell, text)) for cell in cells]
        except InputProblem as error:
            self._messages.problem(error)
            return False
        values = [count for cell, count in found if count is not None and count != cell.count]
        emptied = [cell for cell, count in found if count is None and cell.count is not None]
        if emptied:
            self.clear(emptied)
        elif values:
            label = self._place(cells[0]) if len(cells) == 1 else boxes(len(values), "ifyllda")
            self.put(values, label=label, quiet=len(cells) == 1)
        return True

    def put(self, values: Sequence[Count], *, label: str, quiet: bool = False, cleared: Sequence[str] = ()) -> None:
        """Write, and empty the cells ``cleared``, after asking when the measure stands at another granularity."""

        def write() -> None:
            self._session.change(
                lambda: counts.put(self._workplace, values=values, cleared=cleared, label=label, replace=True),
                quiet=quiet,
            )

        self.asked(counts.find_clashes(self._workplace, values), write)

    def fill(self, lines: Sequence[Sequence[Cell | None]]) -> None:
        """Each line with its first cell; nothing is said when nothing would be another."""
        found = count_entry.filled(lines)
        if found.size:
            self.put(found.values, cleared=found.cleared, label=boxes(found.size, "fyllda"))

    def estimate(self, cells: Sequence[Cell]) -> None:
        ids = [cell.id for cell in cells]
        self._session.change(lambda: counts.turn_estimated(self._workplace, ids=ids))

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
            return counts.add_one(
                self._workplace, measure=cell.measure, period=cell.period, breakdown=cell.breakdown, value=cell.value
            )

        self._session.change(add, quiet=True)

    def clear(self, cells: Sequence[Cell]) -> None:
        label = boxes(len(cells), "tömda") if len(cells) > 1 else f"{self._place(cells[0])}: tömd"
        ids = [cell.id for cell in cells]
        self._session.change(lambda: counts.clear(self._workplace, ids=ids, label=label))

    def set_state(self, cells: Sequence[Cell], state: CountState) -> None:
        """*Saknas* and *ej aktuellt* fill an empty cell too; the others need a number to stand there."""
        nothing = Amount(CountState.MISSING)
        values = [counts.in_state(cell.count or count_entry.count_in(cell, nothing), state) for cell in cells]
        label = self._place(cells[0]) if len(cells) == 1 else boxes(len(cells), "ändrade")
        self.put(values, label=label, quiet=len(cells) == 1)

    def _place(self, cell: Cell) -> str:
        return count_entry.cell_place(self._workplace.codebook, cell)


def boxes(number: int, done: str) -> str:
    """``1 ruta tömd``, ``2 rutor tömda``: ``done`` as of several."""
    return f"1 ruta {done[:-1]}" if number == 1 else f"{number} rutor {done}"
