"""What a pasted or dropped table was understood as, before anything of it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.tabular import TableContent, TableKind
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.record_table import HEAD_HEIGHT, TIGHT_HEIGHT, RecordTable
from fardplan_desktop.ui.parts.text import secondary
from fardplan_desktop.ui.theme.look import Look

SHOWN_ROWS: Final = 6
_SHOWN_NOTES: Final = 3
_NOUNS: Final = {
    TableKind.ACTIVITIES: ("aktivitet", "aktiviteter"),
    TableKind.COUNTS: ("antal", "antal"),
    TableKind.DEVIATIONS: ("avvikelse", "avvikelser"),
    TableKind.POPULATION: ("folkmängdsuppgift", "folkmängdsuppgifter"),
}
_Index = QModelIndex | QPersistentModelIndex


class TablePreview(Dialog):
    """Says how much was recognised, shows the first rows and every note. ``accepted`` when the user takes it in.

    ``outcome`` is one more sentence, such as how many rows are new; ``name`` is "table_preview", its two buttons
    "preview_take" and "preview_leave". Open it with ``open()``.
    """

    def __init__(
        self,
        content: TableContent,
        codebook: CodeBook,
        parent: QWidget | None,
        *,
        outcome: str = "",
        verb: str = "Lägg in",
    ) -> None:
        super().__init__(recognised(content), parent, name="table_preview", width=560)
        self.add_text(outcome, secondary=True)
        self.content.addWidget(_table(content, codebook))
        rest = content.size - SHOWN_ROWS
        if rest > 0:
            self.content.addWidget(secondary(f"… och {numbers_sv.number(rest)} till", "preview_rest"))
        for note in content.notes[:_SHOWN_NOTES]:
            self.content.addWidget(secondary(f"Rad {note.row}, {note.column}: {note.what}", wrap=True))
        more = len(content.notes) - _SHOWN_NOTES
        if more > 0:
            self.content.addWidget(secondary(f"… och {more} anmärkningar till"))
        take = Button(verb, "primary", name="preview_take", on_click=self.accept)
        leave = Button("Avbryt", name="preview_leave", on_click=self.reject)
        self.set_buttons(take, leave, safe=take)


def recognised(content: TableContent) -> str:
    """``12 aktiviteter kändes igen``."""
    one, many = _NOUNS[content.kind]
    return f"{numbers_sv.number(content.size)} {one if content.size == 1 else many} kändes igen"


def preview_rows(content: TableContent, codebook: CodeBook) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings, and the first rows in the words of the code book."""
    headings, rows = _VIEWS[content.kind]
    return headings, rows(content, codebook)


def _activities(content: TableContent, book: CodeBook) -> list[tuple[str, ...]]:
    return [
        (
            each.title,
            each.responsible or "",
            book.label("aktivitetsstatus", each.status) if each.status else "",
        )
        for each in content.activities[:SHOWN_ROWS]
    ]


def _counts(content: TableContent, book: CodeBook) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for each in content.counts[:SHOWN_ROWS]:
        measure = book.measures_by_id.get(each.measure)
        value = book.label(each.breakdown, each.value) if each.breakdown and each.value else ""
        shown = numbers_sv.count(each.n, each.state)
        rows.append((measure.short if measure else each.measure, value, each.period, shown))
    return rows


def _deviations(content: TableContent, book: CodeBook) -> list[tuple[str, ...]]:
    return [
        (book.label("kategori", each.category), each.month, book.label("verksamhetstyp", each.counterpart))
        for each in content.deviations[:SHOWN_ROWS]
    ]


def _population(content: TableContent, book: CodeBook) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for each in content.population[:SHOWN_ROWS]:
        municipality = book.find(each.municipality)
        name = municipality.name if municipality else each.municipality
        rows.append((name, str(each.year), numbers_sv.number(each.inhabitants)))
    return rows


_Rows = Callable[[TableContent, CodeBook], list[tuple[str, ...]]]
_VIEWS: Final[dict[TableKind, tuple[tuple[str, ...], _Rows]]] = {
    TableKind.ACTIVITIES: (("Aktivitet", "Ansvarig", "Status"), _activities),
    TableKind.COUNTS: (("Mått", "Fördelning", "Period", "Antal"), _counts),
    TableKind.DEVIATIONS: (("Kategori", "Månad", "Berörd part"), _deviations),
    TableKind.POPULATION: (("Kommun", "År", "Folkmängd"), _population),
}
_WIDTHS: Final = {
    TableKind.ACTIVITIES: (0, 120, 150),
    TableKind.COUNTS: (0, 110, 90, 80),
    TableKind.DEVIATIONS: (0, 90, 190),
    TableKind.POPULATION: (0, 80, 110),
}
_RIGHT: Final = {(TableKind.COUNTS, 3), (TableKind.POPULATION, 2)}


def _table(content: TableContent, codebook: CodeBook) -> RecordTable:
    headings, rows = preview_rows(content, codebook)
    status = {2} if content.kind is TableKind.ACTIVITIES else set[int]()
    table = RecordTable("De första raderna", name="preview_rows", status_columns=status, tight=True)
    right = {column for kind, column in _RIGHT if kind is content.kind}
    table.setModel(_PreviewModel(headings, rows, right, table))
    table.set_widths(*_WIDTHS[content.kind], least=160)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setSelectionMode(RecordTable.SelectionMode.NoSelection)
    table.setFixedHeight(Look.of_application().px(HEAD_HEIGHT + len(rows) * TIGHT_HEIGHT + 2))
    return table


class _PreviewModel(QAbstractTableModel):
    def __init__(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], right: set[int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._headings, self._rows, self._right = headings, rows, right

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._right:
            return Qt.AlignmentFlag.AlignRight
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        return self._headings[section] if across and role == Qt.ItemDataRole.DisplayRole else None
