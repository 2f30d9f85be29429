"""How the activities of a view are pictured: as a table, or as a timeline over a year."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.timeline import Timeline
from fardplan_desktop.services import timelines
from fardplan_desktop.services.activity_views import Gathered, View
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.table_model import METHOD_COLUMN, STATUS_COLUMNS, WIDTHS, ActivityModel, rows
from fardplan_desktop.ui.activities.timeline import TimelineTable
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.record_table import RecordTable
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import ElidedLabel, strong

_LEAST: Final = 230
_LEGEND: Final = "Fylld ring: avstämd. Tom ring: planerad. Flagga: försenad. Lodrätt streck: i dag."


class Pictures(QWidget):
    """``switch`` chooses between the two. ``chosen`` with the id of another activity, ``opened`` when its detail is
    wanted, ``clicked`` at the mouse, ``turned`` when another picture or year is asked for.
    """

    chosen = Signal(str)
    opened = Signal()
    clicked = Signal()
    turned = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.year = workplace.today.year
        options = [("table", "Tabell"), ("timeline", "Tidslinje")]
        self.switch = Segments(options, label="Visa som", name="activities_picture")
        self.switch.chosen.connect(lambda _key: self._turn())
        self._table = RecordTable("Aktiviteter", name="activities_table", status_columns=STATUS_COLUMNS)
        self._rows = ActivityModel(self._table)
        self._table.setModel(self._rows)
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._timeline = TimelineTable()
        for table in (self._table, self._timeline):
            table.row_chosen.connect(self._row_chosen)
            table.opened.connect(lambda _row: self.opened.emit())
            table.clicked.connect(lambda _index: self.clicked.emit())
        pieces = column(self._years(), self._table, self._timeline, gap=0)
        for table in (self._table, self._timeline):
            pieces.setStretchFactor(table, 1)
        self.setLayout(pieces)
        self._show_current()

    @property
    def as_timeline(self) -> bool:
        return self.switch.current == "timeline"

    def show_table(self) -> None:
        self.switch.choose("table")
        self._show_current()
        self.turned.emit()

    def fill(self, gathered: Gathered, view: View) -> None:
        """Show what the view lets through."""
        if self.as_timeline:
            found = timelines.timeline(self._workplace, year=self.year, view=view, gathered=gathered)
            self._timeline.show_timeline(found)
            self._say(found)
            return
        self._rows.show_rows(rows(gathered, view))
        self._table.setColumnHidden(METHOD_COLUMN, view.grouping == "method")
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._table.clearSpans()
        for heading in self._rows.headings:
            self._table.setSpan(heading, 0, 1, self._rows.columnCount())

    @property
    def selected(self) -> str:
        return self._model.activity_at(self._current.currentIndex().row())

    def select(self, activity: str) -> bool:
        """Choose a row; False when it is not among them."""
        at = self._model.row_of(activity)
        if at >= 0:
            self._current.selectRow(at)
            self._current.scrollTo(self._model.index(at, 0))
        return at >= 0

    def select_nothing(self) -> None:
        self._current.clearSelection()

    def _years(self) -> QWidget:
        """The years before and after, and what the shapes mean."""
        self._before = Button("", "small", icon="chevron-left", name="year_before", on_click=lambda: self._go(-1))
        self._shown_year = strong("", "year_shown")
        self._after = Button("", "small", icon="chevron-right", name="year_after", on_click=lambda: self._go(1))
        self._legend = ElidedLabel("", "small", "text2", name="timeline_legend")
        line = row(self._before, self._shown_year, self._after, 8, gap=4, margins=(12, 6, 16, 0))
        line.addWidget(self._legend, 1)
        self._year_row = holder(line)
        return self._year_row

    def _say(self, found: Timeline) -> None:
        self._before.setText(str(self.year - 1))
        self._shown_year.setText(str(self.year))
        self._after.setText(str(self.year + 1))
        self._before.setEnabled(self.year > timelines.FIRST_YEAR)
        self._after.setEnabled(self.year < timelines.LAST_YEAR)
        outside = f"{found.outside} utanför {self.year}. " if found.outside else ""
        self._legend.setText(f"{outside}{_LEGEND}")

    def _go(self, years: int) -> None:
        self.year += years
        self.turned.emit()

    def _turn(self) -> None:
        """The other picture, with the same activity chosen."""
        left, model = (self._table, self._rows) if self.as_timeline else (self._timeline, self._timeline.rows)
        kept = model.activity_at(left.currentIndex().row())
        self._show_current()
        self.turned.emit()
        self.select(kept)

    def _show_current(self) -> None:
        self._table.setVisible(not self.as_timeline)
        self._timeline.setVisible(self.as_timeline)
        self._year_row.setVisible(self.as_timeline)
        self.setFocusProxy(self._current)

    def _row_chosen(self, at: int) -> None:
        activity = self._model.activity_at(at)
        if activity:
            self.chosen.emit(activity)

    @property
    def _current(self) -> RecordTable:
        return self._timeline if self.as_timeline else self._table

    @property
    def _model(self) -> ActivityModel:
        return self._timeline.rows if self.as_timeline else self._rows
