"""Start: the page a coordinator opens every Monday."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import msgspec
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout
from typing_extensions import override

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Decision
from fardplan_desktop.services import meetings, safekeeping
from fardplan_desktop.services.overview import Overview, office_figures, overview
from fardplan_desktop.services.overview_figures import KeyFigure
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.key_figure import KeyFigureCard
from fardplan_desktop.ui.parts.layouts import clear, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.todo_row import ToDoCard
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.start import wording
from fardplan_desktop.ui.start.cards import MeetingCard, NewsCard, PeriodCard, WelcomeCard
from fardplan_desktop.ui.start.todos import Deeds, todos
from fardplan_desktop.ui.theme.metrics import Width

_ASIDE: Final = 330
_FOUR_FIGURES: Final = 680
_NO_LIMIT: Final = 16_777_215
"""Qt's largest width."""


class StartPage(Page):
    """Reads itself in milliseconds; an office's key figures are added up beside the window and come after."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._period = session.period
        self._office = session.workplace.level is not Level.MUNICIPALITY
        self._stale = True
        self._columns = 4
        self._cards: list[KeyFigureCard] = []
        walk = partial(context.go, "activities", walk=True)
        self._walk = Button("Stäm av", icon="check", name="start_walk", on_click=walk)
        self._head = PageHead(wording.greeting(session.workplace.clock().astimezone()), "", self._walk)
        self._report = PeriodCard()
        self._report.asked.connect(context.go)
        self._welcome = WelcomeCard(
            [
                ("Lägg in aktiviteter", "activities", partial(context.go, "activities")),
                ("Fyll i SIP-uppföljningen", "counts", partial(context.go, "counts")),
                ("Registrera en avvikelse", "deviations", partial(context.go, "deviations", new=True)),
            ]
        )
        self._figures = QGridLayout()
        self._figures.setSpacing(context.look.px(16))
        self._todo = ToDoCard("Att göra", "Inget att göra just nu.", name="start_todo")
        self._news = NewsCard()
        self._meeting = MeetingCard(partial(context.go, "meetings"))
        self._deeds = Deeds(context.go, self._decision_done, self._back_up)
        self._scroll = ScrollPage(name="start_scroll")
        main = holder(column(self._report, self._welcome, self._figures, self._todo, None, gap=16))
        aside = holder(column(self._news, self._meeting, None, gap=16))
        self._grid = QGridLayout()
        self._grid.setSpacing(context.look.px(16))
        self._main, self._aside = main, aside
        self._scroll.content.addWidget(self._head)
        self._scroll.content.addLayout(self._grid)
        self._scroll.content.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._meeting.setVisible(not self._office)
        self._welcome.hide()
        self.set_width(Width.NORMAL)

    @override
    def refresh(self, change: object = None) -> None:
        """Read anew when it is seen: other pages store something at every key."""
        self._stale = True
        if self.isVisible():
            self._read()

    @override
    def set_period(self, period: str) -> None:
        self._period = parse_period(period)
        self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        beside = width >= Width.NORMAL
        look = self.context.look
        self._aside.setMinimumWidth(look.px(_ASIDE) if beside else 0)
        self._aside.setMaximumWidth(look.px(_ASIDE) if beside else _NO_LIMIT)
        self._grid.addWidget(self._main, 0, 0)
        self._grid.addWidget(self._aside, *((0, 1) if beside else (1, 0)))
        self._side, self._beside = look.metrics.page_padding(width), beside
        self._choose_columns()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_columns()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        workplace, period = self._session.workplace, self._period
        found = overview(workplace, period=period, since=self._session.last_visit)
        self._show(found)
        if self._office:
            self.context.jobs.read(
                lambda _work: office_figures(workplace, period=period),
                lambda figures: self._show_figures(figures) if period == self._period else None,
                title="Räknar ihop",
            )
        else:
            self._show_figures(found.figures)

    def _show(self, found: Overview) -> None:
        self._head.set_heading(wording.greeting(self._session.workplace.clock().astimezone()))
        self._report.show_overview(found)
        begins = found.fresh and not self._office
        self._welcome.setVisible(begins)
        rows = todos(found, self._session.workplace.codebook, self._deeds)
        self._head.say(wording.sentence(found, len(rows)))
        self._walk.setText(f"Stäm av {wording.activities(len(found.due))}")
        self._walk.setVisible(bool(found.due))
        self._todo.show_rows(rows)
        self._todo.setVisible(not begins)
        self._news.show_news(found)
        self._meeting.show_meeting(found)

    def _show_figures(self, figures: Sequence[KeyFigure]) -> None:
        clear(self._figures)
        self._cards = []
        for number, each in enumerate(figures):
            card = KeyFigureCard(each.label, each.figure, each.comparison, each.points, name=f"key_figure_{number}")
            card.opened.connect(partial(self._open, each))
            self._cards.append(card)
        self._place_figures()

    def _choose_columns(self) -> None:
        """Four figures in a row where their words have room, otherwise two."""
        look = self.context.look
        aside = look.px(_ASIDE + 16) if self._beside else 0
        columns = 4 if self.width() - 2 * self._side - aside >= look.px(_FOUR_FIGURES) else 2
        if columns != self._columns:
            self._columns = columns
            self._place_figures()

    def _place_figures(self) -> None:
        for number, card in enumerate(self._cards):
            self._figures.addWidget(card, *divmod(number, self._columns))
        for at in range(4):
            self._figures.setColumnStretch(at, 1 if at < self._columns else 0)

    def _open(self, figure: KeyFigure) -> None:
        """To the records the figure is made of."""
        if self._office:
            self.context.go("compilation")
        elif figure.measure:
            self.context.go("counts", measure=figure.measure)
        else:
            self.context.go("deviations")

    def _decision_done(self, decision: Decision) -> None:
        workplace = self._session.workplace
        done = msgspec.structs.replace(decision, done=True)
        self._session.change(lambda: meetings.put_decision(workplace, before=decision, after=done))

    def _back_up(self) -> None:
        workplace = self._session.workplace
        self.context.jobs.write(
            lambda _work: safekeeping.back_up(workplace), lambda _copy: self._backed_up(), title="Säkerhetskopierar"
        )

    def _backed_up(self) -> None:
        self.context.messages.receipt("Säkerhetskopian är gjord och kontrollerad", icon="hard-drive")
        self._session.tell()
