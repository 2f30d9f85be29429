"""Aktiviteter: the table of activities with the chosen one beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout
from typing_extensions import override

from fardplan_desktop.analysis.numbers_sv import of
from fardplan_desktop.analysis.tallies import is_late
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import activities, activity_views
from fardplan_desktop.ui import taking_in
from fardplan_desktop.ui.activities.listing import ActivityListing
from fardplan_desktop.ui.activities.panel import ActivityPanel
from fardplan_desktop.ui.activities.plans_view import ASSESSMENT, JOINT, PLANS, PlansView
from fardplan_desktop.ui.activities.walk import CheckInWalk
from fardplan_desktop.ui.answers_in.turn import AnswersIn
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

EMPTY = "Inga aktiviteter ännu. Klistra in handlingsplanen från Excel eller börja med länets tio gemensamma."
_PANEL = 280
_ROOM_TO_ASK = 960
_SHOWN = frozenset({"Activity", "Plan", "CheckIn", "SelfAssessment", "JointPlan", "JointTask", "JointAnswer"})


class ActivitiesPage(Page):
    """Arguments of ``go``: ``new=True`` begins a new activity, ``activity=id`` shows one, and with ``check_in=True``
    its check-in is opened too. ``walk=True`` checks in all that is due, the activity that is named first.
    ``plans=True`` shows the plans, ``joint=True`` joint plans or the answers to them, ``assessment=year`` the yearly
    self-assessment.
    """

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._answers = AnswersIn(session, context.jobs, context.messages, self)
        self._listing = ActivityListing(context, session)
        self._listing.chosen.connect(self._show_chosen)
        self._listing.clicked.connect(self._open_floating)
        self._panel = ActivityPanel(session, context.messages)
        self._panel.made.connect(self._listing.choose)
        self._panel.close_asked.connect(self._close_panel)
        self._walk = CheckInWalk(session)
        self._walk.ended.connect(self._walk_ended)
        self._plans = PlansView(context, session)
        self._plans.ended.connect(self._plans_ended)
        self._build()
        self._take_paste_key()
        self.refresh()

    def _build(self) -> None:
        paste = Button("Klistra in", icon="clipboard-paste", name="activities_paste", on_click=self._paste)
        new = Button("Ny aktivitet", "primary", icon="plus", name="activities_new", on_click=self._begin_new)
        self._begin_walk = Button("Stäm av", icon="check", name="activities_walk", on_click=self._start_walk)
        plans = Button("Planer", name="activities_plans", on_click=self._open_plans)
        self._ask = Button("Fråga ansvariga", name="ask_colleagues", on_click=lambda: self.context.go("inquiries"))
        self._buttons = (paste, new)
        self._head = PageHead("Aktiviteter", "", plans, self._begin_walk, self._ask, *self._buttons)
        self._split = WithSidePanel(self._listing, self._panel, name="activities_split", beside=_PANEL, over=self)
        self._listing.opened.connect(self._split.open_panel)
        self._body = QStackedWidget()
        empty = ScrollPage(name="activities_empty", gap=0)
        empty.content.setContentsMargins(0, 0, 0, 0)
        empty.content.addWidget(Card(self._nothing_yet(), margins=(0, 0, 0, 0)))
        for piece in (empty, self._split, self._walk, self._plans):
            self._body.addWidget(piece)
        self._layout: QVBoxLayout = column(self._head, self._body, gap=12)
        self._layout.setStretchFactor(self._body, 1)
        ground = DropArea("Släpp handlingsplanen här", name="activities_ground")
        ground.dropped.connect(lambda paths: self._answers.sort_out(paths, self._dropped))
        ground.setLayout(self._layout)
        self.setLayout(column(ground, gap=0))

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
        year = argument.get("assessment")
        if argument.get("joint"):
            self._open_plans(JOINT)
        elif argument.get("plans") or isinstance(year, int):
            self._open_plans(ASSESSMENT if isinstance(year, int) else PLANS, year if isinstance(year, int) else None)
        elif argument.get("new"):
            self._begin_new()
        elif isinstance(activity, str):
            self._walk.end()
            self._plans.end()
            self._listing.choose(activity)
            self._split.open_panel()
            if argument.get("check_in"):
                self._panel.begin_check_in()

    @override
    def leave(self) -> None:
        self._panel.leave()
        self._plans.leave()

    @property
    @override
    def half_done(self) -> bool:
        return self._panel.half_done or super().half_done

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and change.kinds and not change.kinds & _SHOWN:
            return
        self._gathered = activity_views.gather(self._session.workplace)
        self._head.say(self._sentence())
        self._walk.refresh()
        self._plans.refresh()
        self._show_body()
        self._listing.show_activities(self._gathered, self._panel.activity.id if self._panel.activity else "")
        self._show_stored()

    @override
    def set_width(self, width: Width) -> None:
        side = self.context.look.metrics.page_padding(width)
        above = self.context.look.metrics.page_top(width)
        self._layout.setContentsMargins(side, above, side, self.context.look.px(14))
        self._split.set_width(width)
        self._panel.set_floating(self._split.floating)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_ask()

    @override
    def focus_work(self) -> None:
        if self._walk.walking:
            self._walk.focus_first()
        elif self._plans.open:
            self._plans.focus_first()
        elif not self._panel.focus_begun():
            work = self._listing if self._body.currentIndex() else self._empty_paste
            work.setFocus()

    @override
    def print_view(self) -> bool:
        """The timeline, which says in words what the table says."""
        self._listing.print_timeline()
        return True

    def _sentence(self) -> str:
        found = self._gathered.activities
        if not found:
            return ""
        late = sum(is_late(self._gathered.book, each, self._gathered.today) for each in found)
        words = "1 aktivitet" if len(found) == 1 else f"{len(found)} aktiviteter"
        return f"{words}, {late or 'ingen'} {'försenade' if late > 1 else 'försenad'}"

    def _show_body(self) -> None:
        """The walk, else the activities, else what to begin with; and the buttons that fit it."""
        some = bool(self._gathered.activities) or self._panel.writing_new
        alone = self._walk.walking or self._plans.open
        self._body.setCurrentIndex(2 if self._walk.walking else 3 if self._plans.open else 1 if some else 0)
        self._head.setVisible(not alone)  # These have a head of their own, and need the height.
        for button in self._buttons:
            button.setVisible(some)
        self._show_ask()
        waiting = len(self._gathered.due)
        self._begin_walk.setText(f"Stäm av {waiting} {'aktivitet' if waiting == 1 else 'aktiviteter'}")
        self._begin_walk.setVisible(bool(waiting))

    def _show_ask(self) -> None:
        """Where there is less room the buttons would take a line of their own; Ctrl+K goes there too."""
        some = bool(self._gathered.activities) and self._session.workplace.level is Level.MUNICIPALITY
        self._ask.setVisible(some and self.width() >= self.context.look.px(_ROOM_TO_ASK))

    def _start_walk(self, first: str = "") -> None:
        self._panel.leave()
        if not self._walk.begin(first):
            self.context.messages.receipt("Inget att stämma av just nu", icon="check")
        self._show_body()
        self.focus_work()

    def _open_plans(self, board: str = PLANS, year: int | None = None) -> None:
        self._panel.leave()
        self._walk.end()
        self._plans.begin(board, year)
        self._show_body()
        self.focus_work()

    def _plans_ended(self) -> None:
        self._show_body()
        self.focus_work()

    def _walk_ended(self, stored: int, total: int) -> None:
        self._show_body()
        if stored:
            self.context.messages.receipt(f"{of(stored, total)} avstämda", icon="check")
        self.focus_work()

    def _show_stored(self) -> None:
        """The panel follows the store: the activity as it is now, or nothing when it is gone."""
        chosen = self._panel.activity
        if chosen is None:
            return
        now = self._activity(chosen.id)
        if now is None:
            self._panel.show_nothing()
            self._listing.choose_nothing()
        else:
            self._panel.show_activity(now)

    def _show_chosen(self, activity_id: str) -> None:
        activity = self._activity(activity_id)
        if activity is not None:
            if self._panel.activity is None or self._panel.activity.id != activity_id:
                self._split.show_top()
            self._panel.show_activity(activity)

    def _activity(self, activity_id: str) -> Activity | None:
        return next((each for each in self._gathered.activities if each.id == activity_id), None)

    def _begin_new(self) -> None:
        self._walk.end()
        self._plans.end()
        self._body.setCurrentIndex(1)
        self._listing.choose_nothing()
        self._split.open_panel()
        self._split.show_top()
        self._panel.begin_new()

    def _open_floating(self) -> None:
        if self._split.floating and self._panel.activity is not None:
            self._split.open_panel()

    def _close_panel(self) -> None:
        self._panel.leave()
        self._split.close_panel()
        self._listing.setFocus()

    def _add_joint(self) -> None:
        workplace = self._session.workplace
        self._session.change(lambda: activities.add_joint(workplace))

    def _paste(self) -> None:
        taking_in.paste(self._session, TableKind.ACTIVITIES, self, self.context.messages.problem)

    def _dropped(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            taking_in.offer_file(self._session, self.context.jobs, path, TableKind.ACTIVITIES, self)
