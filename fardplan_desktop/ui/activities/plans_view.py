"""Beside the activities: the plans they lie in, and the yearly self-assessment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fardplan_desktop.ui.activities.assessment_board import AssessmentBoard
from fardplan_desktop.ui.activities.plan_board import PlanBoard
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import title
from fardplan_desktop.ui.session import Session

PLANS, ASSESSMENT = "plans", "assessment"


class PlansView(QWidget):
    """``ended`` when the user wants to go back to the activities."""

    ended = Signal()

    def __init__(self, session: Session, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("plans_view")
        self._open = False
        self._session, self._messages = session, messages
        self._plans: PlanBoard | None = None
        self._assessment: AssessmentBoard | None = None
        choices = [(PLANS, "Planer"), (ASSESSMENT, "Självskattning")]
        self._choice = Segments(choices, label="Visa", name="plans_choice")
        self._choice.chosen.connect(lambda key: self.begin(key))
        self._new = Button("Ny plan", "primary", icon="plus", name="plan_new")
        back = Button("Till aktiviteterna", "quiet", icon="chevron-left", name="plans_back", on_click=self.end)
        self._boards = QStackedWidget()
        left = FlowLayout(title("Planer och självskattning"), self._choice, back, gap=12)
        head = row(gap=12)
        head.addLayout(left, 1)
        head.addWidget(self._new, 0, Qt.AlignmentFlag.AlignTop)
        layout = column(holder(head), self._boards, gap=12)
        layout.setStretchFactor(self._boards, 1)
        self.setLayout(layout)
        shortcut(self, "Esc", "Tillbaka till aktiviteterna", self.end, only_inside=True)

    @property
    def open(self) -> bool:
        return self._open

    def begin(self, board: str = PLANS, year: int | None = None) -> None:
        """Show the plans or the self-assessment, of a year when given."""
        self.leave()
        if self._assessment is None:
            self._make()
        self._open = True
        self._choice.choose(board)
        self._boards.setCurrentIndex(int(board == ASSESSMENT))
        self._new.setVisible(board == PLANS and self._plans is not None and not self._plans.writing)
        if year is not None and self._assessment is not None:
            self._assessment.show_year(year)
        self.refresh()

    def end(self) -> None:
        if self._open:
            self.leave()
            self._open = False
            self.ended.emit()

    def leave(self) -> None:
        """Save what is half written."""
        if self._assessment is not None:
            self._assessment.leave()

    def refresh(self) -> None:
        if self._open and self._plans is not None and self._assessment is not None:
            self._plans.refresh()
            self._assessment.refresh()

    def focus_first(self) -> None:
        board = self._assessment if self._choice.current == ASSESSMENT else self._plans
        if board is not None:
            board.focus_first()

    def _make(self) -> None:
        """Only when somebody asks for it: the activities open sooner."""
        self._plans = PlanBoard(self._session, self._messages, self._new)
        self._assessment = AssessmentBoard(self._session)
        for board in (self._plans, self._assessment):
            scroll = ScrollPage(name=f"{board.objectName()}_scroll", gap=12)
            scroll.content.setContentsMargins(0, 0, 0, 0)
            scroll.content.addWidget(board)
            self._boards.addWidget(scroll)
