"""Check-ins planned ahead for one activity: when the next are, made early, moved off, and one more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.services import activities
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.tab_order import tab_in_place
from fardplan_desktop.ui.parts.text import Label, strong
from fardplan_desktop.ui.session import Session


class PlannedCheckIns(QWidget):
    """``begin_asked`` with the planned check-in that is to be made now."""

    begin_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("planned_check_ins")
        self._session = session
        self._activity: Activity | None = None
        self._rows = column(gap=2)
        self._open = Button(
            "Planera avstämning", "quiet", icon="calendar-clock", name="plan_check_in", on_click=self._ask
        )
        self._day = DateField(name="plan_check_in_day")
        self._day.propose(session.workplace.today)
        self._field = Field("Dag för avstämningen", self._day)
        keep = Button("Planera", name="plan_check_in_store", on_click=self._plan)
        leave = Button("Avbryt", "quiet", name="plan_check_in_leave", on_click=self._leave)
        self._asking = holder(column(self._field, holder(FlowLayout(keep, leave)), gap=8))
        self._asking.hide()
        self.setLayout(column(self._rows, self._open, self._asking, gap=6))

    def show_activity(self, activity: Activity) -> None:
        """The planned check-ins of an activity as they are stored now."""
        if self._activity is None or self._activity.id != activity.id:
            self._leave()
        self._activity = activity
        clear(self._rows)
        found = activities.planned_check_ins(self._session.workplace, activity=activity.id)
        if found:
            self._rows.addWidget(strong("Planerade avstämningar"))
        stops: list[QWidget] = []
        for each in found:
            self._rows.addWidget(self._row(each, stops))
        tab_in_place(self, [*stops, self._open, self._day])

    def _row(self, planned: CheckIn, stops: list[QWidget]) -> QWidget:
        day = numbers_sv.short_day(planned.date)
        begin = Button("Gör nu", "small", name="planned_begin", on_click=partial(self.begin_asked.emit, planned))
        begin.setAccessibleDescription(f"Avstämningen som är planerad till {day}")
        away = IconButton("x", f"Ta bort avstämningen {day}", size=24, name="planned_remove")
        away.clicked.connect(lambda _checked=False: self._cancel(planned))
        come = planned.date <= self._session.workplace.today
        line = row(IconView("calendar-clock", "warn" if come else "text2", 16), gap=6)
        line.addWidget(Label(f"{day}, dags nu" if come else day), 1)
        for piece in (begin, away):
            line.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)
            stops.append(piece)
        return holder(line, name="planned_row")

    def _ask(self) -> None:
        self._day.show_day(None)
        self._field.show_error("")
        self._open.hide()
        self._asking.show()
        self._day.setFocus()

    def _leave(self) -> None:
        self._asking.hide()
        self._open.show()

    def _plan(self) -> None:
        activity, day = self._activity, self._day.day
        if activity is None or day is None:
            self._field.show_error("Dagen saknas. Skriv den som 2026-09-14.")
            return
        workplace = self._session.workplace
        self._session.change(
            lambda: activities.plan_check_in(workplace, activity=activity, day=day),
            done=self._planned,
            failed=self._failed,
        )

    def _planned(self, _change: Change) -> None:
        self._leave()
        self._open.setFocus()

    def _failed(self, error: WorldError) -> None:
        self._field.show_error(error.sentence)

    def _cancel(self, planned: CheckIn) -> None:
        workplace = self._session.workplace
        self._session.change(lambda: activities.cancel_check_in(workplace, planned=planned))
        self._open.setFocus()
