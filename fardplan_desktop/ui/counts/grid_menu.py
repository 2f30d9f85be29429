"""What can be done with the range, on the right mouse button and the menu key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.services.count_cells import Cell, CellKind, Row

_STATES: Final = {
    CountState.ESTIMATED: "Uppskattat",
    CountState.MISSING: "Uppgift saknas",
    CountState.NOT_APPLICABLE: "Ej aktuellt",
}


class Doer(Protocol):
    """What the menu asks of the grid."""

    def begin(self) -> None: ...
    def cut(self) -> None: ...
    def copy(self) -> None: ...
    def paste(self) -> None: ...
    def fill_right(self) -> None: ...
    def fill_down(self) -> None: ...
    def clear(self) -> None: ...
    def estimate(self) -> None: ...
    def say_state(self, state: CountState) -> None: ...
    def comment(self) -> None: ...
    def open_split(self) -> None: ...
    def close_split(self) -> None: ...
    def other_way(self) -> None: ...


def grid_menu(parent: QWidget, grid: Doer, row: Row, cell: Cell | None, *, locked: bool) -> QMenu:
    """The menu for the caret's row and cell; what cannot be done there is left out, or grey in a sealed period."""
    menu = QMenu(parent)
    menu.setObjectName("grid_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(words: str, keys: str, act: Callable[[], object], *, changes: bool = True) -> None:
        action = menu.addAction(f"{words}\t{keys}" if keys else words, act)
        action.setEnabled(not (changes and locked))

    if cell is not None and cell.kind is not CellKind.NOTHING:
        add("Ändra", "F2", grid.begin)
        menu.addSeparator()
    add("Klipp ut", "Ctrl+X", grid.cut)
    add("Kopiera", "Ctrl+C", grid.copy, changes=False)
    add("Klistra in", "Ctrl+V", grid.paste)
    add("Fyll åt höger", "Ctrl+R", grid.fill_right)
    add("Fyll nedåt", "Ctrl+D", grid.fill_down)
    add("Töm", "Delete", grid.clear)
    menu.addSeparator()
    for state, words in _STATES.items():
        act = grid.estimate if state is CountState.ESTIMATED else partial(grid.say_state, state)
        add(words, {CountState.ESTIMATED: "Ctrl+U", CountState.MISSING: "-"}.get(state, "."), act)
    add("Kommentar", "Skift+F2", grid.comment, changes=False)
    _add_measure(add, grid, row)
    return menu


def _add_measure(add: Callable[..., None], grid: Doer, row: Row) -> None:
    """What concerns the measure as a whole."""
    if row.measure.breakdowns:
        if row.splits or row.code is not None:
            add("Dölj fördelningen", "Alt+←", grid.close_split, changes=False)
        else:
            add("Visa fördelningen", "Alt+→", grid.open_split, changes=False)
    if row.measure.over_time != "last" and len(row.cells) > 1:
        in_months = row.whole.kind is CellKind.ELSEWHERE or row.whole.count is None
        add("Fyll i hela perioden i stället" if in_months else "Fyll i månad för månad i stället", "", grid.other_way)
