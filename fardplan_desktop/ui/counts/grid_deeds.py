"""What can be done with the cells of the range. Nothing is stored here: what is asked for is told by signals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from fardplan_desktop.domain.records import CountState
from fardplan_desktop.services.count_cells import Cell, CellKind
from fardplan_desktop.ui.counts.grid_clip import Clip, clip_of
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.counts.grid_range import RangeView


class DeedsView(RangeView):
    """Copy, cut, paste, fill, empty and the rest, on the keys of a spreadsheet."""

    one_more_asked = Signal(object)
    clear_asked = Signal(object)
    fill_asked = Signal(object)
    """Lines of cells, each to be filled with its first."""
    estimate_asked = Signal(object)
    state_asked = Signal(object)
    comment_asked = Signal()
    split_asked = Signal(bool)
    """The breakdowns of the caret's measure are to be shown, or hidden."""
    other_way_asked = Signal()
    """The caret's measure is to be entered for the whole period, or month by month again."""
    paste_asked = Signal()
    locked_met = Signal()

    def __init__(self, model: GridModel) -> None:
        super().__init__(model)
        self.clip: Clip | None = None

    # -- cells --------------------------------------------------------------------------------

    @property
    def cell(self) -> Cell | None:
        """The cell the caret stands in; None on a value that is only worked out."""
        return self.grid_model.cell_at(self.currentIndex())

    def chosen_cells(self) -> list[Cell]:
        """The cells of the range that something can be entered in."""
        cells = (cell for line in self.chosen_lines() for cell in line)
        return [cell for cell in cells if cell is not None and cell.kind is not CellKind.NOTHING]

    def chosen_lines(self) -> list[list[Cell | None]]:
        """The range as rows of cells, without headings; None where a value is only worked out."""
        chosen = self.range
        if not chosen:
            return []
        first, last = chosen[0], chosen[-1]
        return self._lines(first.row(), last.row(), first.column(), last.column())

    def lines_from_caret(self) -> list[list[Cell | None]]:
        """Rows of cells to the right of the range's first cell and below; headings are passed over."""
        chosen = self.range
        if not chosen:
            return []
        last = self.grid_model.rowCount() - 1, self.grid_model.columnCount() - 1
        return self._lines(chosen[0].row(), last[0], chosen[0].column(), last[1])

    def _lines(self, top: int, bottom: int, left: int, right: int) -> list[list[Cell | None]]:
        """Among months the period's own value takes part only where it is entered; alone it always does."""
        model = self.grid_model
        alone = model.columns[left].part is Part.WHOLE

        def cell_at(row: int, column: int) -> Cell | None:
            cell = model.cell_at(model.index(row, column))
            worked_out = cell is not None and model.columns[column].part is Part.WHOLE and cell.count is None
            return None if worked_out and not alone else cell

        rows = [row for row in range(top, bottom + 1) if model.row_at(model.index(row, left)) is not None]
        columns = [column for column in range(left, right + 1) if model.columns[column].part.figures]
        return [[cell_at(row, column) for column in columns] for row in rows]

    # -- deeds --------------------------------------------------------------------

    def copy(self) -> None:
        self._take_clip(cut=False)

    def cut(self) -> None:
        """Nothing goes away until it has been pasted."""
        if self.may_change():
            self._take_clip(cut=True)

    def paste(self) -> None:
        self.paste_asked.emit()

    def clear(self) -> None:
        cells = [cell for line in self.chosen_lines() for cell in line if cell is not None and cell.count is not None]
        if self.may_change() and cells:
            self.clear_asked.emit(cells)

    def fill_right(self) -> None:
        """The range's first column into the others; a range of one column is filled from the one at its left."""
        self._fill(right=True)

    def fill_down(self) -> None:
        self._fill(right=False)

    def estimate(self) -> None:
        if self.may_change() and (cells := self.chosen_cells()):
            self.estimate_asked.emit(cells)

    def say_state(self, state: CountState) -> None:
        if self.may_change() and self.chosen_cells():
            self.state_asked.emit(state)

    def comment(self) -> None:
        self.comment_asked.emit()

    def open_split(self) -> None:
        self.split_asked.emit(True)

    def close_split(self) -> None:
        self.split_asked.emit(False)

    def other_way(self) -> None:
        if self.may_change():
            self.other_way_asked.emit()

    def one_more(self) -> None:
        if self.may_change() and self.cell is not None and self.cell.kind is not CellKind.NOTHING:
            self.one_more_asked.emit(self.cell)

    def take_cut(self, text: str) -> tuple[str, ...]:
        """What goes away now that this text is pasted: what was cut, if it is that; the mark goes too."""
        clip = self.clip
        if clip is None or clip.text != text or not clip.cut:
            return ()
        self.forget_clip()
        return clip.cut

    def forget_clip(self) -> None:
        self.clip = None
        self.viewport().update()

    def _take_clip(self, *, cut: bool) -> None:
        if chosen := self.range:
            self.clip = clip_of(self.grid_model, chosen, cut=cut)
            QGuiApplication.clipboard().setText(self.clip.text)
            self.viewport().update()

    def _fill(self, *, right: bool) -> None:
        chosen = self.range
        if not chosen or not self.may_change():
            return
        top, left = chosen[0].row(), chosen[0].column()
        bottom, last = chosen[-1].row(), chosen[-1].column()
        if right:
            lines = self._lines(top, bottom, left - (left == last), last)
        else:
            above = [row for row in range(top) if self.grid_model.row_at(self.grid_model.index(row, left)) is not None]
            rows = self._lines(above[-1] if top == bottom and above else top, bottom, left, last)
            lines = [list(column) for column in zip(*rows, strict=True)]
        self.fill_asked.emit(lines)

    def may_change(self) -> bool:
        """False, and told, in a sealed period."""
        if self.grid_model.locked:
            self.locked_met.emit()
        return not self.grid_model.locked

    def add_keys(self, begin: Callable[[], None]) -> None:
        for keys, meaning, act in (
            ("F2", "Ändra det som står i rutan", begin),
            ("Shift+F2", "Skriv en kommentar till rutan", self.comment),
            ("+", "Lägg till en i rutan", self.one_more),
            ("Del", "Töm rutorna", self.clear),
            ("Ctrl+X", "Klipp ut rutorna", self.cut),
            ("Ctrl+C", "Kopiera rutorna till Excel", self.copy),
            ("Ctrl+V", "Klistra in från Excel", self.paste),
            ("Ctrl+R", "Fyll åt höger med områdets första ruta", self.fill_right),
            ("Ctrl+D", "Fyll nedåt med områdets första ruta", self.fill_down),
            ("Ctrl+U", "Uppskattat eller inte", self.estimate),
            ("Ctrl+A", "Markera alla rutor", self.choose_all),
            ("Alt+Right", "Visa måttets fördelning", self.open_split),
            ("Alt+Left", "Dölj måttets fördelning", self.close_split),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.setWhatsThis(meaning)
            made.activated.connect(act)
