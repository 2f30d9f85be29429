"""The first question of all: who are you?"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.record_table import SECONDARY_ROLE, TIGHT_HEIGHT, RecordTable
from fardplan_desktop.ui.parts.text import title
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.welcome.matching import described, matches

_LEAST: Final = 4 * TIGHT_HEIGHT
_Index = QModelIndex | QPersistentModelIndex


class WhoAreYou(QWidget):
    """``chosen`` tells the organisation, ``open_asked`` that there is a file already."""

    chosen = Signal(object)
    open_asked = Signal()

    def __init__(self, book: CodeBook) -> None:
        super().__init__()
        self.setObjectName("who_are_you")
        self._book = book
        self._typed = TextField(name="who_typed", watch=Watch.IDENTITY)
        self._field = Field("Vilka är ni?", self._typed, hint="Skriv de första bokstäverna och tryck Enter.")
        self._table = RecordTable("Organisationer som passar", name="who_table", tight=True)
        self._model = _Organisations(book, self._table)
        self._table.setModel(self._model)
        self._table.set_widths(0, 120)
        self._table.horizontalHeader().hide()
        self._table.setMinimumHeight(Look.of_application().px(_LEAST))
        self._go = Button("Fortsätt", "primary", name="who_continue", on_click=self._take)
        other = Button("Öppna en fil eller säkerhetskopia …", "quiet", name="who_open", on_click=self.open_asked.emit)
        card = Card(self._table, margins=(1, 1, 1, 1), name="who_list")
        layout = column(8, title("Välkommen till Färdplan"), 4, self._field, card, gap=12)
        layout.setStretchFactor(card, 1)
        layout.addWidget(holder(FlowLayout(self._go, other)))
        self.setLayout(layout)
        self._typed.installEventFilter(self)
        self._typed.textEdited.connect(lambda _text: self._filter())
        self._typed.returnPressed.connect(self._take)
        self._table.opened.connect(lambda _row: self._take())
        self._table.row_chosen.connect(lambda _row: self._name_button())
        self._filter()

    def focus_work(self) -> None:
        self._typed.setFocus()

    def show_error(self, sentence: str) -> None:
        self._field.show_error(sentence)

    def _filter(self) -> None:
        """The first match is chosen as soon as something has been typed."""
        self._field.show_error("")
        self._model.show_organisations(matches(self._book, self._typed.text()))
        self._table.clearSelection()
        if self._typed.text().strip() and self._model.rowCount():
            self._table.selectRow(0)
        self._name_button()

    def _chosen(self) -> Organisation | None:
        rows = self._table.selectionModel().selectedRows()
        return self._model.organisation(rows[0].row()) if rows else None

    def _name_button(self) -> None:
        organisation = self._chosen()
        self._go.setEnabled(organisation is not None)
        self._go.setText(f"Börja som {organisation.name}" if organisation else "Fortsätt")

    def _take(self) -> None:
        organisation = self._chosen()
        if organisation is not None:
            self.chosen.emit(organisation)
        elif self._typed.text().strip():
            self._field.show_error("Ingen kommun, delregion eller län heter så. Skriv de första bokstäverna i namnet.")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while one goes on typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                rows = self._table.selectionModel().selectedRows()
                at = rows[0].row() + step if rows else 0
                self._table.selectRow(max(0, min(at, self._model.rowCount() - 1)))
                return True
        return False


class _Organisations(QAbstractTableModel):
    def __init__(self, book: CodeBook, parent: QObject) -> None:
        super().__init__(parent)
        self._book = book
        self._shown: list[Organisation] = []

    def show_organisations(self, shown: list[Organisation]) -> None:
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def organisation(self, row: int) -> Organisation:
        return self._shown[row]

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        organisation = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return described(organisation) if index.column() else organisation.name
        return index.column() == 1 if role == SECONDARY_ROLE else None
