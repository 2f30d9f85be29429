"""Avvikelser: the period at a glance, the list, and the deviation that is written or followed through beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import deviations
from fardplan_desktop.services.deviation_list import Glance, Tally
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.answers_in.turn import AnswersIn
from fardplan_desktop.ui.deviations.list_view import DeviationList
from fardplan_desktop.ui.deviations.panel import DeviationPanel
from fardplan_desktop.ui.deviations.several import SeveralPanel
from fardplan_desktop.ui.deviations.strip import PeriodStrip
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
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
        self._answers = AnswersIn(session, context.jobs, context.messages, self)
        self._period = session.period
        self._any: bool | None = None
        self._new = Button("Ny avvikelse", "primary", icon="plus", name="deviation_new", on_click=self._begin_new)
        self._read = Button(
            "Läs in från statistik …", icon="file-spreadsheet", name="deviation_read", on_click=self._choose_file
        )
        self._head = PageHead(context.title, "", self._read, self._new)
        self._strip = PeriodStrip(session.workplace.codebook)
        self._list = DeviationList(session, context)
        self._list.opened.connect(self._open)
        self._list.passed.connect(self._passed)
        self._list.marked.connect(self._marked)
        self._list.change_asked.connect(self._change_marked)
        self._list.asking.glanced.connect(self._say)
        self._panel = DeviationPanel(session, context.messages, context.go)
        self._panel.made.connect(self._made)
        self._panel.closed.connect(self._close_panel)
        self._several = SeveralPanel(session)
        self._several.closed.connect(self._close_panel)
        self._several.hide()
        work = column(self._strip, self._list, gap=12)
        work.setStretchFactor(self._list, 1)
        self._split = _ListAndForm(holder(work), holder(column(self._panel, self._several, gap=0)), self)
        self._body = QStackedWidget()
        self._empty = _empty_state(self._begin_new, self._choose_file)
        self._body.addWidget(Card(self._empty, margins=(0, 0, 0, 0)))
        self._body.addWidget(self._split)
        self._body.setCurrentIndex(_LIST)
        self._lay_out()
        self.set_width(Width.NORMAL)
        self.refresh()

    def _lay_out(self) -> None:
        area = DropArea("Släpp statistiken här", name="deviations_drop")
        area.dropped.connect(lambda paths: self._answers.sort_out(paths, self._dropped))
        self._layout = column(self._head, self._body, gap=14)
        self._layout.setStretchFactor(self._body, 1)
        area.setLayout(self._layout)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        shortcut(self, "Ctrl+Return", "Spara och öppna nästa", self._next, only_inside=True)
        shortcut(self, "Ctrl+F", "Sök i avvikelserna", self._list.focus_text, only_inside=True)
        shortcut(self, "Ctrl+V", "Klistra in avvikelser med rubriker", self._paste, only_inside=True)
        shortcut(self, "Esc", "Stäng formuläret", self._close_panel, only_inside=True)

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

    @property
    @override
    def half_done(self) -> bool:
        return self._panel.half_done or super().half_done

    @override
    def refresh(self, change: object = None) -> None:
        kinds = change.kinds if isinstance(change, Change) else frozenset()
        if not kinds or "Activity" in kinds:
            self._panel.form.refresh_activities()
        if kinds and "Deviation" not in kinds:
            return
        self._list.read()
        self._list.asking.glance(self._period)
        self._follow_shown()

    @override
    def set_period(self, period: str) -> None:
        self._period = parse_period(period)
        self._list.asking.glance(self._period)

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
            self._panel.focus_first()
        elif self._body.currentIndex() == _LIST:
            self._list.table.setFocus()
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
        self._list.table.fit(room)
        high = self.height() >= self.context.look.px(_ROOM_FOR_STRIP)
        self._strip.setVisible(bool(self._any) and high)

    def _say(self, glance: Glance, whole: Tally) -> None:
        """The sentence of the head, the strip, and whether there is anything to list."""
        self._any = whole.total > 0
        self._strip.show_period(self._period, glance)
        late = whole.marks["late"]
        words = "1 avvikelse" if whole.total == 1 else f"{numbers_sv.number(whole.total)} avvikelser"
        answers = (
            "svaret dröjer på en"
            if late == 1
            else f"svaret dröjer på {numbers_sv.number(late)}"
            if late
            else "inget svar är försenat"
        )
        self._head.say(f"{words}, {answers}" if self._any else "")
        self._arrange()

    def _arrange(self) -> None:
        """What is in sight: the list or how to begin, and the buttons that make sense now."""
        some = self._any is not False or self._panel.writing_new
        at_work = self._body.isAncestorOf(self.focusWidget() or self)
        self._body.setCurrentIndex(_LIST if some else _EMPTY)
        if at_work and not some:
            self._empty.setFocus()
        self._read.setVisible(some)
        self._new.setVisible(some and not self._panel.writing_new and self._several.isHidden())
        self._list.show_filters(bool(self._any))
        self._fit()

    def _follow_shown(self) -> None:
        """The panel follows the store: the deviation as it is now, or away when it is gone."""
        shown = self._panel.deviation
        if shown is None:
            return
        now = deviations.find(self._session.workplace, deviation=shown.id)
        if now is None:
            self._panel.let_go()
            self._show_panel(False)
        else:
            self._panel.show_deviation(now)

    def _open(self, deviation: Deviation) -> None:
        if self._panel.deviation is None or self._panel.deviation.id != deviation.id:
            self._split.show_top()
        self._panel.show_deviation(deviation)
        self._show_panel(True)

    def _passed(self, deviation: Deviation) -> None:
        """The arrow keys go through the deviations while the form stands beside the list."""
        if self._split.panel_shown and not self._split.floating:
            self._open(deviation)

    def _show_one(self, deviation_id: str) -> None:
        """Open a deviation, whatever the filters say."""
        deviation = deviations.find(self._session.workplace, deviation=deviation_id)
        if deviation is not None:
            self._open(deviation)
            self._list.seek(deviation_id)

    def _begin_new(self) -> None:
        self._split.show_top()
        self._panel.begin_new()
        self._list.table.clearSelection()
        self._show_panel(True)
        self._panel.focus_first()

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
        following = self._list.next_after(shown) if shown is not None else None
        if following is not None:
            self._panel.leave()
            self._show_one(following.id)

    def _marked(self, count: int) -> None:
        """The panel of several goes when they are no longer marked."""
        if self._several.isHidden():
            return
        if count > 1:
            self._several.show_marked(self._list.table.marked_numbers())
        else:
            self._show_panel(False)

    def _change_marked(self) -> None:
        self._panel.let_go()
        self._several.show_marked(self._list.table.marked_numbers())
        self._split.show_top()
        self._show_panel(True, several=True)
        self._several.focus_first()

    def _close_panel(self) -> None:
        self._panel.let_go()
        self._list.table.clearSelection()
        self._show_panel(False)
        self._list.table.setFocus()

    def _show_panel(self, shown: bool, *, several: bool = False) -> None:
        self._several.setVisible(several)
        self._panel.setVisible(not several)
        self._split.show_panel(shown)
        self._arrange()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Läs in från statistik", "", "Tabeller (*.xlsx *.csv)")
        if path:
            self._dropped([Path(path)])

    def _paste(self) -> None:
        taking_in.paste(self._session, TableKind.DEVIATIONS, self, self.context.messages.problem)

    def _dropped(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            taking_in.offer_file(self._session, self.context.jobs, path, TableKind.DEVIATIONS, self)


class _ListAndForm(WithSidePanel):
    """The list has the whole width until a deviation is opened."""

    def __init__(self, work: QWidget, panel: QWidget, page: QWidget) -> None:
        super().__init__(work, panel, name="deviation_split", beside=_PANEL, over=page)
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
