"""Aktiviteter: the table of activities with the chosen one beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from fardplan_desktop.analysis.numbers_sv import of
from fardplan_desktop.analysis.tallies import is_late
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import activities
from fardplan_desktop.services.due import due
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.activities.filters import ActivityFilters
from fardplan_desktop.ui.activities.panel import ActivityPanel
from fardplan_desktop.ui.activities.table_model import METHOD_COLUMN, STATUS_COLUMNS, WIDTHS, ActivityModel, Listing
from fardplan_desktop.ui.activities.walk import CheckInWalk
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.record_table import RecordTable
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

EMPTY = "Inga aktiviteter ännu. Klistra in handlingsplanen från Excel eller börja med länets tio gemensamma."
_PANEL = 280
_LEAST = 230


class ActivitiesPage(Page):
    """Arguments of ``go``: ``new=True`` begins a new activity, ``activity=id`` shows one, and with ``check_in=True``
    its check-in is opened too. ``walk=True`` checks in all that is due, the activity that is named first.
    """

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._book = session.workplace.codebook
        self._filters = ActivityFilters(self._book)
        self._filters.changed.connect(self._list)
        self._panel = ActivityPanel(session, context.messages)
        self._panel.made.connect(self._show)
        self._panel.close_asked.connect(self._close_panel)
        self._table = RecordTable("Aktiviteter", name="activities_table", status_columns=STATUS_COLUMNS)
        self._model = ActivityModel(self._table)
        self._table.setModel(self._model)
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._table.row_chosen.connect(self._row_chosen)
        self._table.opened.connect(lambda _row: self._split.open_panel())
        self._table.clicked.connect(lambda _index: self._open_floating())
        self._walk = CheckInWalk(session)
        self._walk.ended.connect(self._walk_ended)
        self._build()
        self._take_paste_key()
        self.refresh()

    def _build(self) -> None:
        paste = Button("Klistra in", icon="clipboard-paste", name="activities_paste", on_click=self._paste)
        new = Button("Ny aktivitet", "primary", icon="plus", name="activities_new", on_click=self._begin_new)
        self._begin_walk = Button("Stäm av", icon="check", name="activities_walk", on_click=self._start_walk)
        self._buttons = (self._begin_walk, paste, new)
        self._head = PageHead("Aktiviteter", "", *self._buttons)
        self._split = WithSidePanel(self._work(), self._panel, name="activities_split", beside=_PANEL)
        self._body = QStackedWidget()
        for piece in (Card(self._nothing_yet(), margins=(0, 0, 0, 0)), self._split, self._walk):
            self._body.addWidget(piece)
        self._layout: QVBoxLayout = column(self._head, self._body, gap=12)
        self._layout.setStretchFactor(self._body, 1)
        ground = DropArea("Släpp handlingsplanen här", name="activities_ground")
        ground.dropped.connect(self._dropped)
        ground.setLayout(self._layout)
        self.setLayout(column(ground, gap=0))

    def _work(self) -> QWidget:
        """Filters and table; the detail that floats lies over both, so that it gets the height there is."""
        self._none_match = body("Inga aktiviteter passar filtret.", "none_match")
        self._none_match.setContentsMargins(*(self.context.look.px(side) for side in (16, 14, 16, 4)))
        self._show_all = Button("Visa alla", "quiet", name="filter_clear", on_click=self._show_everything)
        card = Card(self._none_match, self._show_all, self._table, gap=0, margins=(1, 1, 1, 1), name="activities_card")
        card.pieces.setStretchFactor(self._table, 1)
        card.pieces.addStretch()  # Takes the room when there is no table, and none when there is.
        both = column(self._filters, card, gap=12)
        both.setStretchFactor(card, 1)
        return holder(both)

    def _nothing_yet(self) -> EmptyState:
        self._empty_paste = Button(
            "Klistra in handlingsplanen", "primary", icon="clipboard-paste", name="empty_paste", on_click=self._paste
        )
        joint = Button("Börja med de tio gemensamma", name="empty_joint", on_click=self._add_joint)
        write = Button("Skriv den första själv", "quiet", name="empty_new", on_click=self._begin_new)
        return EmptyState("list-checks", EMPTY, self._empty_paste, joint, write)

    def _take_paste_key(self) -> None:
        """Ctrl+V outside a field; a field with focus takes it before the page does."""
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setWhatsThis("Klistra in en handlingsplan med rubriker")
        key.activated.connect(self._paste)

    @override
    def arrive(self, **argument: object) -> None:
        activity = argument.get("activity")
        if argument.get("walk"):
            self._start_walk(activity if isinstance(activity, str) else "")
            return
        if argument.get("new"):
            self._begin_new()
        elif isinstance(activity, str):
            self._walk.end()
            self._show(activity)
            self._split.open_panel()
            if argument.get("check_in"):
                self._panel.begin_check_in()

    @override
    def leave(self) -> None:
        self._panel.leave()

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and change.kinds and not change.kinds & {"Activity", "Plan", "CheckIn"}:
            return
        workplace = self._session.workplace
        plans = {each.id: each for each in activities.plans(workplace)}
        self._listing = Listing(self._book, plans, activities.activities(workplace), workplace.today)
        self._head.say(self._sentence())
        self._walk.refresh()
        self._show_body()
        self._list()
        self._show_chosen()

    @override
    def set_width(self, width: Width) -> None:
        side = self.context.look.metrics.page_padding(width)
        above = self.context.look.metrics.page_top(width)
        self._layout.setContentsMargins(side, above, side, self.context.look.px(14))
        self._split.set_width(width)
        self._panel.set_floating(self._split.floating)

    @override
    def focus_work(self) -> None:
        if self._walk.walking:
            self._walk.focus_first()
        elif not self._panel.focus_begun():
            work = self._table if self._body.currentIndex() else self._empty_paste
            work.setFocus()

    def _sentence(self) -> str:
        found = self._listing.activities
        if not found:
            return ""
        late = sum(is_late(self._book, each, self._listing.today) for each in found)
        words = "1 aktivitet" if len(found) == 1 else f"{len(found)} aktiviteter"
        return f"{words}, {late or 'ingen'} {'försenade' if late > 1 else 'försenad'}"

    def _show_body(self) -> None:
        """The walk, else the activities, else what to begin with; and the buttons that fit it."""
        some = bool(self._listing.activities) or self._panel.writing_new
        self._body.setCurrentIndex(2 if self._walk.walking else 1 if some else 0)
        self._head.setVisible(not self._walk.walking)  # The walk has a head of its own, and needs the height.
        for button in self._buttons:
            button.setVisible(some)
        waiting = len(due(self._session.workplace))
        self._begin_walk.setText(f"Stäm av {waiting} {'aktivitet' if waiting == 1 else 'aktiviteter'}")
        self._begin_walk.setVisible(bool(waiting))

    def _start_walk(self, first: str = "") -> None:
        self._panel.leave()
        if not self._walk.begin(first):
            self.context.messages.receipt("Inget att stämma av just nu", icon="check")
        self._show_body()
        self.focus_work()

    def _walk_ended(self, stored: int, total: int) -> None:
        self._show_body()
        self.context.messages.receipt(f"{of(stored, total)} avstämda", icon="check")
        self.focus_work()

    def _list(self) -> None:
        """Fill the table as the filters ask; the chosen activity stays chosen when it is still there."""
        chosen = self._panel.activity
        self._model.show_rows(self._listing.rows(self._filters.wanted, self._filters.grouping))
        self._table.setColumnHidden(METHOD_COLUMN, self._filters.grouping == "method")
        self._table.set_widths(*WIDTHS, least=_LEAST)
        self._table.clearSpans()
        for row in self._model.headings:
            self._table.setSpan(row, 0, 1, self._model.columnCount())
        nothing = self._model.rowCount() == 0
        some = bool(self._listing.activities)
        self._none_match.setText("Inga aktiviteter passar filtret." if some else "Inga aktiviteter ännu.")
        self._none_match.setVisible(nothing)
        self._show_all.setVisible(nothing and some)
        self._table.setVisible(not nothing)
        if chosen is not None:
            self._choose(chosen.id)

    def _show_chosen(self) -> None:
        """The panel follows the store: the activity as it is now, or nothing when it is gone."""
        chosen = self._panel.activity
        if chosen is None:
            return
        now = next((each for each in self._listing.activities if each.id == chosen.id), None)
        if now is None:
            self._panel.show_nothing()
            self._table.clearSelection()
        else:
            self._panel.show_activity(now)

    def _row_chosen(self, row: int) -> None:
        activity = self._activity(self._model.activity_at(row))
        if activity is not None:
            self._panel.show_activity(activity)

    def _activity(self, activity_id: str) -> Activity | None:
        return next((each for each in self._listing.activities if each.id == activity_id), None)

    def _choose(self, activity_id: str) -> None:
        row = self._model.row_of(activity_id)
        if row >= 0:
            self._table.selectRow(row)
            self._table.scrollTo(self._model.index(row, 0))

    def _show(self, activity_id: str) -> None:
        """Choose an activity, whatever the filters say."""
        if self._activity(activity_id) is not None and self._model.row_of(activity_id) < 0:
            self._show_everything()
        self._choose(activity_id)

    def _show_everything(self) -> None:
        self._filters.clear()
        self._list()

    def _begin_new(self) -> None:
        self._walk.end()
        self._body.setCurrentIndex(1)
        self._table.clearSelection()
        self._split.open_panel()
        self._panel.begin_new()

    def _open_floating(self) -> None:
        if self._split.floating and self._panel.activity is not None:
            self._split.open_panel()

    def _close_panel(self) -> None:
        self._panel.leave()
        self._split.close_panel()
        self._table.setFocus()

    def _add_joint(self) -> None:
        workplace = self._session.workplace
        self._session.change(lambda: activities.add_joint(workplace))

    def _paste(self) -> None:
        try:
            taking_in.offer_pasted(self._session, TableKind.ACTIVITIES, self, refused=self.context.messages.problem)
        except WorldError as error:
            self.context.messages.problem(error)

    def _dropped(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            taking_in.offer_file(self._session, self.context.jobs, path, TableKind.ACTIVITIES, self)
