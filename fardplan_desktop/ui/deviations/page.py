"""Avvikelser: the period at a glance, the list, and the deviation that is written or followed through beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import deviations, reporting
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.deviations.filters import DeviationFilters
from fardplan_desktop.ui.deviations.listing import DeviationModel, DeviationTable, Listing
from fardplan_desktop.ui.deviations.panel import DeviationPanel
from fardplan_desktop.ui.deviations.strip import PeriodStrip
from fardplan_desktop.ui.deviations.wording import answer_words
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

EMPTY: Final = (
    "Inga avvikelser ännu. Registrera den första, eller läs in statistiken ur avvikelsesystemet. "
    "Skriv aldrig något som kan röja en person."
)
_PANEL: Final = 360
_ROOM_FOR_STRIP: Final = 400
"""Design height of the page from which the strip is worth its place."""
_EMPTY, _LIST = 0, 1


class DeviationsPage(Page):
    """``arrive(new=True)`` begins a new one, ``arrive(deviation=id)`` shows one."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._book = session.workplace.codebook
        self._period = session.period
        self._listing = Listing(self._book, (), session.workplace.today)
        self._new = Button("Ny avvikelse", "primary", icon="plus", name="deviation_new", on_click=self._begin_new)
        self._read = Button(
            "Läs in från statistik …", icon="file-spreadsheet", name="deviation_read", on_click=self._choose_file
        )
        self._head = PageHead(context.title, "", self._read, self._new)
        self._strip = PeriodStrip(self._book)
        self._filters = DeviationFilters(self._book, reporting.choices(session.workplace))
        self._filters.changed.connect(self._list)
        self._model = DeviationModel(self, self._book)
        self._table = DeviationTable()
        self._table.setModel(self._model)
        self._table.row_chosen.connect(self._row_chosen)
        self._table.opened.connect(self._open_row)
        self._table.clicked.connect(lambda index: self._open_row(index.row()))
        self._panel = DeviationPanel(session, context.messages)
        self._panel.made.connect(self._made)
        self._panel.closed.connect(self._close_panel)
        self._split = _ListAndForm(self._work(), self._panel)
        self._body = QStackedWidget()
        self._empty = _empty_state(self._begin_new, self._choose_file)
        self._body.addWidget(self._empty)
        self._body.addWidget(self._split)
        area = DropArea("Släpp statistiken här", name="deviations_drop")
        area.dropped.connect(self._dropped)
        self._layout = column(self._head, self._body, gap=14)
        self._layout.setStretchFactor(self._body, 1)
        area.setLayout(self._layout)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        shortcut(self, "Ctrl+Return", "Spara och öppna nästa", self._next, only_inside=True)
        shortcut(self, "Ctrl+F", "Filtrera på text", self._filters.focus_text, only_inside=True)
        shortcut(self, "Esc", "Stäng formuläret", self._close_panel, only_inside=True)
        self.set_width(Width.NORMAL)
        self.refresh()

    def _work(self) -> QWidget:
        self._none_match = body("Inga avvikelser svarar mot filtret.", "deviations_none_match")
        self._show_all = Button("Visa alla", "quiet", name="deviations_show_all", on_click=self._show_everything)
        card = Card(self._none_match, self._show_all, self._table, gap=4, margins=(1, 1, 1, 1), name="deviations_card")
        card.pieces.setStretchFactor(self._table, 1)
        self._list_layout = column(self._strip, self._filters, card, gap=12)
        self._list_layout.setStretchFactor(card, 1)
        return holder(self._list_layout)

    @override
    def arrive(self, **argument: object) -> None:
        deviation = argument.get("deviation")
        if argument.get("new"):
            self._begin_new()
        elif isinstance(deviation, str):
            self._show_one(deviation)

    @override
    def leave(self) -> None:
        self._panel.leave()

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and change.kinds and "Deviation" not in change.kinds:
            return
        workplace = self._session.workplace
        self._listing = Listing(self._book, deviations.deviations(workplace), workplace.today)
        self._say()
        self._list()
        self._follow_shown()

    @override
    def set_period(self, period: str) -> None:
        self._period = parse_period(period)
        self._say()

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._layout.setContentsMargins(side, above, side, look.px(14))
        self._strip.set_compact(width < Width.NORMAL)
        self._split.set_width(width)
        self._fit()

    @override
    def focus_work(self) -> None:
        if self._panel.writing_new:
            self._panel.form.focus_field("direction")
        elif self._body.currentIndex() == _LIST:
            self._table.setFocus()
        else:
            self._empty.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns for the room that the list has, worked out before Qt has laid it out."""
        margins = self._layout.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.context.look.px(20)
        if self._split.panel_shown and not self._split.floating:
            room -= self._split.panel_width + self.context.look.px(16)
        self._table.fit(room)
        high = self.height() >= self.context.look.px(_ROOM_FOR_STRIP)
        self._strip.setVisible(bool(self._listing.deviations) and high)

    def _say(self) -> None:
        """The sentence of the head, the strip, and whether there is anything to list."""
        found = self._listing.deviations
        self._strip.show_period(self._period, self._listing)
        late = sum(answer_words(self._book, each, self._listing.today).startswith("Försenad") for each in found)
        words = "1 avvikelse" if len(found) == 1 else f"{len(found)} avvikelser"
        answers = (
            "svaret dröjer på en" if late == 1 else f"svaret dröjer på {late}" if late else "inget svar är försenat"
        )
        self._head.say(f"{words}, {answers}" if found else "")
        some = bool(found) or self._panel.writing_new
        self._body.setCurrentIndex(_LIST if some else _EMPTY)
        self._read.setVisible(some)
        self._new.setVisible(some and not self._panel.writing_new)
        self._fit()
        self._filters.setVisible(bool(found))

    def _list(self) -> None:
        """Fill the table as the filters ask; the chosen deviation stays chosen when it is still there."""
        self._model.show_rows(self._listing.wanted(self._filters.wanted), self._listing.today)
        nothing = self._model.rowCount() == 0 and bool(self._listing.deviations)
        self._none_match.setVisible(nothing)
        self._show_all.setVisible(nothing)
        self._table.setVisible(not nothing)
        if self._panel.deviation is not None:
            self._choose(self._panel.deviation.id)

    def _follow_shown(self) -> None:
        """The panel follows the store: the deviation as it is now, or away when it is gone."""
        shown = self._panel.deviation
        if shown is None:
            return
        now = self._stored(shown.id)
        if now is None:
            self._panel.let_go()
            self._show_panel(False)
        else:
            self._panel.show_deviation(now)

    def _stored(self, deviation_id: str) -> Deviation | None:
        return next((each for each in self._listing.deviations if each.id == deviation_id), None)

    def _row_chosen(self, row: int) -> None:
        """The arrow keys go through the deviations while the form stands beside the list."""
        if self._split.panel_shown and not self._split.floating:
            self._open_row(row)

    def _open_row(self, row: int) -> None:
        deviation = self._model.at(row)
        if deviation is not None:
            self._panel.show_deviation(deviation)
            self._show_panel(True)
            self._say()

    def _choose(self, deviation_id: str) -> None:
        """Mark the row without opening it."""
        row = self._model.row_of(deviation_id)
        if row >= 0:
            self._table.selectRow(row)
            self._table.scrollTo(self._model.index(row, 0))

    def _show_one(self, deviation_id: str) -> None:
        """Open a deviation, whatever the filters say."""
        deviation = self._stored(deviation_id)
        if deviation is None:
            return
        if self._model.row_of(deviation_id) < 0:
            self._show_everything()
        self._panel.show_deviation(deviation)
        self._show_panel(True)
        self._choose(deviation_id)
        self._say()

    def _begin_new(self) -> None:
        self._panel.begin_new()
        self._table.clearSelection()
        self._show_panel(True)
        self._say()
        self._panel.form.focus_field("direction")

    def _made(self, deviation_id: str, another: bool) -> None:
        if another:
            self._begin_new()
        else:
            self._show_one(deviation_id)

    def _next(self) -> None:
        """Ctrl+Enter: register and begin another; or go on to the next in the list."""
        if self._panel.writing_new:
            self._panel.register(True)
            return
        shown = self._panel.deviation
        following = self._model.at(self._model.row_of(shown.id) + 1) if shown is not None else None
        if following is not None:
            self._panel.leave()
            self._show_one(following.id)

    def _close_panel(self) -> None:
        self._panel.let_go()
        self._table.clearSelection()
        self._show_panel(False)
        self._say()
        self._table.setFocus()

    def _show_panel(self, shown: bool) -> None:
        self._split.show_panel(shown)
        self._fit()

    def _show_everything(self) -> None:
        self._filters.clear()
        self._list()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Läs in från statistik", "", "Tabeller (*.xlsx *.csv)")
        if path:
            self._dropped([Path(path)])

    def _dropped(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            taking_in.offer_file(self._session, self.context.jobs, path, TableKind.DEVIATIONS, self)


class _ListAndForm(WithSidePanel):
    """The list has the whole width until a deviation is opened."""

    def __init__(self, work: QWidget, panel: QWidget) -> None:
        super().__init__(work, panel, name="deviation_split", beside=_PANEL)
        self.panel_shown = False
        self._scroll.hide()

    @property
    def panel_width(self) -> int:
        return self._scroll.width()

    def show_panel(self, shown: bool) -> None:
        """Focus stays where it is, so that the arrow keys can go on in the list."""
        self.panel_shown = shown
        if shown and self.floating:
            self._place()
            self._scroll.raise_()
        self._scroll.setVisible(shown)

    @override
    def set_width(self, width: Width) -> None:
        super().set_width(width)
        self._scroll.setVisible(self.panel_shown)


def _empty_state(new: Callable[[], object], read: Callable[[], object]) -> EmptyState:
    return EmptyState(
        "triangle-alert",
        EMPTY,
        Button("Registrera den första", "primary", icon="plus", name="empty_new", on_click=new),
        Button("Läs in från statistik …", "quiet", name="empty_read", on_click=read),
    )
