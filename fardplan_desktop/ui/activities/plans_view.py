"""Beside the activities: the plans they lie in, joint plans and their answers, and the yearly self-assessment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.ui.activities.assessment_board import AssessmentBoard
from fardplan_desktop.ui.activities.joint_answering import JointAnswers
from fardplan_desktop.ui.activities.joint_board import JointBoard
from fardplan_desktop.ui.activities.plan_board import PlanBoard
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import title
from fardplan_desktop.ui.session import Session

PLANS, JOINT, ASSESSMENT = "plans", "joint", "assessment"
_Board = PlanBoard | JointBoard | JointAnswers | AssessmentBoard


class PlansView(QWidget):
    """``ended`` when the user wants to go back to the activities."""

    ended = Signal()

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__()
        self.setObjectName("plans_view")
        self._open = False
        self._context, self._session = context, session
        self._made: dict[str, _Board] = {}
        """Board by its key; empty until somebody asks for one, so that the activities open sooner."""
        self._asks = session.workplace.level is Level.MUNICIPALITY
        joint = "Gemensamma" if self._asks else "Gemensamma planer"
        choices = [(PLANS, "Planer"), (JOINT, joint), (ASSESSMENT, "Självskattning")]
        self._choice = Segments(choices, label="Visa", name="plans_choice")
        self._choice.chosen.connect(lambda key: self.begin(key))
        self._heads = self._head_buttons()
        back = Button("Till aktiviteterna", "quiet", icon="chevron-left", name="plans_back", on_click=self.end)
        self._boards = QStackedWidget()
        left = FlowLayout(title("Planer"), self._choice, back, gap=12)
        head = row(gap=12)
        head.addLayout(left, 1)
        for button in self._heads.values():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = column(holder(head), self._boards, gap=12)
        layout.setStretchFactor(self._boards, 1)
        self.setLayout(layout)
        shortcut(self, "Esc", "Tillbaka till aktiviteterna", self.end, only_inside=True)

    def _head_buttons(self) -> dict[str, Button]:
        """What stands in the head beside each board."""
        new = Button("Ny plan", "primary", icon="plus", name="plan_new")
        if self._asks:
            go = self._context.go
            read = Button("Läs in en plan …", icon="download", name="joint_read", on_click=lambda: go("intake"))
            return {PLANS: new, JOINT: read}
        return {PLANS: new, JOINT: Button("Ny gemensam plan", "primary", icon="plus", name="joint_new")}

    @property
    def open(self) -> bool:
        return self._open

    def begin(self, board: str = PLANS, year: int | None = None) -> None:
        """Show a board; the self-assessment of a year when given."""
        self.leave()
        if not self._made:
            self._make()
        self._open = True
        self._choice.choose(board)
        self._boards.setCurrentIndex(list(self._made).index(board))
        for key, button in self._heads.items():
            shown = self._made[key]
            writing = isinstance(shown, PlanBoard | JointBoard) and shown.writing
            button.setVisible(key == board and not writing)
        assessment = self._made[ASSESSMENT]
        if year is not None and isinstance(assessment, AssessmentBoard):
            assessment.show_year(year)
        self.refresh()

    def end(self) -> None:
        if self._open:
            self.leave()
            self._open = False
            self.ended.emit()

    def leave(self) -> None:
        """Save what is half written."""
        assessment = self._made.get(ASSESSMENT)
        if isinstance(assessment, AssessmentBoard):
            assessment.leave()

    def refresh(self) -> None:
        if self._open:
            for each in self._made.values():
                each.refresh()

    def focus_first(self) -> None:
        if self._made:
            self._made[self._choice.current].focus_first()

    def _make(self) -> None:
        joint = (
            JointAnswers(self._session, self._heads[JOINT])
            if self._asks
            else JointBoard(self._context, self._session, self._heads[JOINT])
        )
        self._made = {
            PLANS: PlanBoard(self._session, self._context.messages, self._heads[PLANS]),
            JOINT: joint,
            ASSESSMENT: AssessmentBoard(self._session),
        }
        for board in self._made.values():
            scroll = ScrollPage(name=f"{board.objectName()}_scroll", gap=12)
            scroll.content.setContentsMargins(0, 0, 0, 0)
            scroll.content.addWidget(board)
            self._boards.addWidget(scroll)
