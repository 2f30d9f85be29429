"""The page Rapportera: which of its faces to show, and every act it asks of the services."""

from __future__ import annotations

from typing_extensions import override

from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import handing_in, seals, settings
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.problem_list import ProblemWalk, walk_keys
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.reporting.approval_print import ApprovalPrint
from fardplan_desktop.ui.reporting.check_step import place, stops
from fardplan_desktop.ui.reporting.sealing_page import SealingPage, Words
from fardplan_desktop.ui.reporting.step_wizard import Wish
from fardplan_desktop.ui.reporting.tabs import ReportTabs
from fardplan_desktop.ui.reporting.wizard import Wizard, WizardActs
from fardplan_desktop.ui.reporting.words import unsent
from fardplan_desktop.ui.session import Session

_WORDS = Words(
    first="report",
    heading="Rapportera",
    sent="Inskickat",
    kept="Paketen ligger kvar i Färdplan och kan sparas igen.",
    reading="Läser perioden",
    scroll="reporting_scroll",
    papers="meetings",
)


class ReportingPage(SealingPage[Standing]):
    """``go("reporting")`` opens the period of the header; ``tab="sent"`` shows what has been sent."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._walk = ProblemWalk()
        super().__init__(context, session, _WORDS)
        walk_keys(self, self._walk, self._say_calm)

    @override
    def _make_steps(self) -> Wizard:
        workplace = self._workplace
        self._paper = ApprovalPrint(self, self.context, self._session)
        acts = WizardActs(
            comment=self._comment,
            show=self._show_cell,
            new_passphrase=lambda: seals.new_passphrase(workplace),
            choose_folder=self._choose_folder,
            seal=self._seal,
            paper=self._paper,
            explain=self._acts.explain,
        )
        self._wizard = Wizard(acts, workplace.today)
        return self._wizard

    @override
    def _make_tabs(self) -> Segments:
        return ReportTabs(lambda: self.context.go("replies"))

    @override
    def print_view(self) -> bool:
        """Underlag för godkännande, whichever step is shown."""
        if self._standing is not None and self._tabs.current == "report":
            self._paper.print_page()
            return True
        return False

    @override
    def _read(self, period: Period) -> Standing:
        return handing_in.standing(self._workplace, period=period)

    @override
    def _show_standing(self, standing: Standing, approval: Approval | None) -> None:
        self._wizard.show_standing(standing, settings.deliveries_folder(self._workplace))
        self._walk.show_problems(() if standing.locked else stops(standing.preview.problems, self._show_cell))
        if standing.locked:
            self._sealed.show_standing(standing, approval, unsent(len(standing.review.differences)))

    def _show_cell(self, result: RuleResult) -> None:
        """To the cell; there the way back is shown, and the next problem is a key away."""
        measure, month = place(result)
        self._walk.stand_at(result.comment_id)
        self.context.go("counts", measure=measure, month=month, problem=result.comment_id, back=self.name)

    def _say_calm(self) -> None:
        self.context.messages.receipt("Inget att rätta eller kommentera", icon="circle-check-big")

    def _comment(self, problems: tuple[Problem, ...], text: str) -> None:
        card = self._wizard.check.warnings
        self._acts.comment(
            problems,
            text,
            done=lambda _change: card.comment_stored() if text else None,
            failed=lambda error: card.comment_refused(error.sentence),
        )

    @override
    def _seal(self, wish: Wish) -> None:
        self._wizard.next.setEnabled(False)
        self._acts.hand_in(wish, self._handed_in, self._refused)
