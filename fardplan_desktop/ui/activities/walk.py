"""Stäm av: what is due, one activity after another, without letting go of the keyboard."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea
from typing_extensions import override

from fardplan_desktop.analysis.numbers_sv import of, short_day
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities
from fardplan_desktop.services.due import Due, due
from fardplan_desktop.ui.activities.check_in import CheckInFields, CheckInList
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.look import Look

_BESIDE: Final = 640
"""From this width the earlier check-in stands beside the fields, else under them."""
_FACTS: Final = (("responsible", "Ansvarig funktion"), ("obstacle", "Hinder"), ("next_step", "Nästa steg"))


class CheckInWalk(Card):
    """``begin`` it; ``ended`` tells how many were checked in and how many there were.

    What was due at the start is walked through once. Words written on an activity that is skipped stand there when
    the walk comes to it again.
    """

    ended = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__(gap=12, margins=(1, 12, 1, 12), name="check_in_walk")
        self._session = session
        self._left: list[Due] = []
        self._total = self._stored = 0
        self._drafts: dict[str, dict[str, Any]] = {}
        self._place = Label("", "side", "text2", name="walk_place")
        self._title = card_title("", "walk_title")
        self._title.setWordWrap(True)
        self._why = secondary("", "walk_why", wrap=True)
        self._fields = CheckInFields(session)
        self._fields.stored.connect(self._next_after_storing)
        self._before = CheckInList("Senaste avstämningen")
        self._none_before = body("Inte avstämd tidigare.", "walk_none_before")
        self._facts = column(gap=8)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, "Spara avstämningen och gå till nästa", self._fields.store, only_inside=True)
        shortcut(self, "Ctrl+Shift+Return", "Hoppa över aktiviteten", self.skip, only_inside=True)
        shortcut(self, "Esc", "Sluta stämma av", self.end, only_inside=True)

    def begin(self, first: str = "") -> bool:
        """Start with the activity ``first`` when it is due; False when nothing is."""
        found = due(self._session.workplace)
        self._left = sorted(found, key=lambda each: each.activity.id != first)
        self._total, self._stored = len(found), 0
        self._show()
        return bool(found)

    @property
    def walking(self) -> bool:
        return bool(self._left)

    def focus_first(self) -> None:
        self._fields.focus_first()

    def skip(self) -> None:
        """Go on without a check-in; what is written is kept for later."""
        self._keep_draft()
        self._go_on()

    def end(self) -> None:
        if not self._left:
            return
        self._keep_draft()
        self._left = []
        self.ended.emit(self._stored, self._total)

    def refresh(self) -> None:
        """Stored data have changed: the activity as it is now, or the next one when it is gone."""
        if not self._left:
            return
        now = self._now(self._left[0])
        if now is None:
            self._go_on()
        else:
            self._fields.follow(now)
            self._show_beside(now)

    def _lay_out(self) -> None:
        self._fields_side = holder(column(self._fields, None, gap=0))
        self._beside = holder(column(self._none_before, self._before, self._facts, None, gap=8))
        self._grid = QGridLayout()
        look = Look.of_application()
        self._grid.setHorizontalSpacing(look.px(32))
        self._grid.setVerticalSpacing(look.px(16))
        self._grid.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(8))
        scroll = QScrollArea()
        scroll.setObjectName("walk_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder(self._grid, "surface"))
        self._arrange()
        store = Button("Spara och nästa", "primary", icon="check", name="walk_store", on_click=self._fields.store)
        skip = Button("Hoppa över", name="walk_skip", on_click=self.skip)
        end = Button("Avsluta", "quiet", name="walk_end", on_click=self.end)
        keys = secondary("Ctrl+Enter sparar, Ctrl+Skift+Enter hoppar över, Esc avslutar")
        head = row(gap=16)
        head.addWidget(self._title, 1)
        head.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        self.pieces.addWidget(holder(column(head, self._why, gap=2, margins=(16, 0, 16, 0))))
        self.pieces.addWidget(Line())
        self.pieces.addWidget(scroll, 1)
        self.pieces.addWidget(Line())
        self.pieces.addWidget(holder(column(FlowLayout(store, skip, end, keys), margins=(16, 0, 16, 0))))

    def _show(self) -> None:
        """The first of those left, as it is stored now."""
        while self._left:
            asked = self._left[0]
            activity = self._now(asked)
            if activity is not None:
                self._show_one(asked, activity)
                return
            self._left.pop(0)

    def _show_one(self, asked: Due, activity: Activity) -> None:
        place = of(self._total - len(self._left) + 1, self._total)
        self._place.setText(f"Stäm av {place}")
        self._title.setText(activity.title)
        self._why.setText(asked.why)
        self.setAccessibleName(f"Stäm av {place}: {activity.title}. {asked.why}")
        self._fields.open(activity)
        self._fields.write(self._drafts.pop(activity.id, {}))
        self._show_beside(activity)

    def _show_beside(self, activity: Activity) -> None:
        """The last check-in, and what the activity says of itself."""
        workplace = self._session.workplace
        earlier = activities.check_ins(workplace, activity=activity.id)[:1]
        self._before.show_check_ins(workplace.codebook, earlier)
        self._none_before.setVisible(not earlier)
        clear(self._facts)
        told = [(word, getattr(activity, field)) for field, word in _FACTS]
        told.insert(1, ("Klar senast", short_day(activity.end) if activity.end else ""))
        for word, text in told:
            if text:
                self._facts.addWidget(holder(column(secondary(word), body(text), gap=0)))

    def _next_after_storing(self) -> None:
        self._stored += 1
        self._go_on()

    def _go_on(self) -> None:
        self._left = self._left[1:]
        self._show()
        if self._left:
            self._fields.focus_first()
        else:
            self.ended.emit(self._stored, self._total)

    def _keep_draft(self) -> None:
        written = self._fields.written
        if self._left and written:
            self._drafts[self._left[0].activity.id] = written

    def _now(self, asked: Due) -> Activity | None:
        return activities.find(self._session.workplace, activity=asked.activity.id)

    def _arrange(self) -> None:
        beside = self.width() >= Look.of_application().px(_BESIDE)
        self._grid.addWidget(self._fields_side, 0, 0)
        self._grid.addWidget(self._beside, *((0, 1) if beside else (1, 0)))
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1 if beside or not at else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
