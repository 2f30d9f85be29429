"""The page Rapportera: which of its faces to show, and every act it asks of the services."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.services import approvals, deliveries, handing_in, receipts_in, reporting, seals, settings
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import HandedIn, Standing
from fardplan_desktop.services.receipts_in import Answers
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.problem_list import ProblemWalk, walk_keys
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.reporting.acts import Acts
from fardplan_desktop.ui.reporting.approval_print import ApprovalPrint
from fardplan_desktop.ui.reporting.check_step import place, stops
from fardplan_desktop.ui.reporting.files import Files
from fardplan_desktop.ui.reporting.result_card import ResultView
from fardplan_desktop.ui.reporting.sealed_view import SealedView
from fardplan_desktop.ui.reporting.sent_view import SentView
from fardplan_desktop.ui.reporting.step_wizard import CHECK, SEND, Wish
from fardplan_desktop.ui.reporting.tabs import ReportTabs
from fardplan_desktop.ui.reporting.wizard import Wizard, WizardActs
from fardplan_desktop.ui.reporting.words import how_it_stands, unsent
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width


class ReportingPage(Page):
    """``go("reporting")`` opens the period of the header; ``tab="sent"`` shows what has been sent."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._workplace = session.workplace
        self._acts = Acts(context, session)
        self._paper = ApprovalPrint(self, context, session)
        self._standing: Standing | None = None
        self._result: HandedIn | None = None
        self._asked = 0
        self._focus_wanted = False
        self._make_faces()
        self._head = PageHead(context.title, "", self._wizard.back, self._wizard.next)
        self._tabs = ReportTabs(lambda: self.context.go("replies"))
        self._tabs.chosen.connect(lambda _key: self._show_face())
        self._scroll = ScrollPage(name="reporting_scroll")
        for face in (self._sealed, self._wizard, self._result_view, self._sent):
            self._scroll.content.addWidget(face)
        self._scroll.content.addStretch(1)
        self._top = column(self._head, holder(FlowLayout(self._tabs, self._wizard.steps, gap=24)), gap=10)
        whole = column(self._top, self._scroll, gap=0)
        whole.setStretchFactor(self._scroll, 1)
        self.setLayout(whole)
        self.set_width(Width.NORMAL)
        self._walk = ProblemWalk()
        walk_keys(self, self._walk, self._say_calm)
        self._show_face()

    def _make_faces(self) -> None:
        workplace = self._workplace
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
        self._wizard.moved.connect(self._step_changed)
        self._wizard.focused.connect(lambda: QTimer.singleShot(0, self, self._reveal))
        self._sealed = SealedView(self._reopen, lambda: self.context.go("meetings"))
        self._result_view = ResultView(Files(self.context, workplace), self._show_sent)
        self._sent = SentView(
            Files(self.context, workplace).save_again, self._correct, lambda: self._choose_tab("report")
        )

    # -- what the shell calls -----------------------------------------------------------------

    @override
    def arrive(self, **argument: object) -> None:
        self._choose_tab("sent" if argument.get("tab") == "sent" else "report")
        self._load()

    @override
    def leave(self) -> None:
        """The passphrase of a new key is shown once; a finished report is not shown again."""
        if self._result is not None:
            self._result = None
            self._result_view.forget()
            self._wizard.go(CHECK)

    @override
    def refresh(self, change: object = None) -> None:
        """Hidden, it reads when it is shown again."""
        if self.isVisible():
            self._load()

    @override
    def set_period(self, period: str) -> None:
        if self._standing is None or self._standing.preview.period.id != period:
            self._result = None
            self._wizard.go(CHECK)
            self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._top.setContentsMargins(side, above, side, 0)
        self._scroll.set_width(width)
        self._wizard.set_width(width)

    @override
    def focus_work(self) -> None:
        self._focus_wanted = self._standing is None
        if self._tabs.current == "sent":
            self._sent.take_focus()
        elif self._result is not None:
            self._result_view.take_focus()
        elif self._standing is not None and self._standing.locked:
            self._sealed.take_focus()
        else:
            self._wizard.take_focus()

    @override
    def print_view(self) -> bool:
        """Underlag för godkännande, whichever step is shown."""
        if self._standing is not None and self._tabs.current == "report":
            self._paper.print_page()
            return True
        return False

    # -- reading ------------------------------------------------------------------------------

    def _load(self) -> None:
        self._asked += 1
        asked, period = self._asked, self._session.period
        self.context.jobs.read(
            lambda _work: (
                handing_in.standing(self._workplace, period=period),
                deliveries.sent(self._workplace),
                approvals.recorded(self._workplace),
                receipts_in.answers(self._workplace),
            ),
            lambda found: self._loaded(asked, *found),
            title="Läser perioden",
        )

    def _loaded(
        self,
        asked: int,
        standing: Standing,
        sent: tuple[Delivery, ...],
        approved: Mapping[str, Approval],
        answers: Answers,
    ) -> None:
        if asked != self._asked:
            return  # A later reading is on its way.
        self._standing = standing
        self._sent.show_deliveries(sent, approved, answers)
        approval = None if standing.delivery is None else approved.get(standing.delivery.digest)
        self._wizard.show_standing(standing, settings.deliveries_folder(self._workplace))
        self._walk.show_problems(() if standing.locked else stops(standing.preview.problems, self._show_cell))
        if standing.locked:
            self._sealed.show_standing(standing, approval, unsent(len(standing.review.differences)))
        self._show_face()
        if self._focus_wanted and self.isVisible():
            self.focus_work()

    # -- faces --------------------------------------------------------------------------------

    def _show_face(self) -> None:
        report, standing = self._tabs.current == "report", self._standing
        done = self._result is not None
        locked = standing is not None and standing.locked
        steps = report and not done and not locked and standing is not None
        self._wizard.setVisible(steps)
        self._wizard.steps.setVisible(steps or (report and done))
        self._wizard.steps.setEnabled(not done)
        self._wizard.next.setVisible(steps)
        self._wizard.back.setVisible(steps and self._wizard.step != CHECK)
        self._result_view.setVisible(report and done)
        self._sealed.setVisible(report and locked and not done)
        self._sent.setVisible(not report)
        self._head.set_heading(f"Rapportera {self._session.period.name}" if report else "Inskickat")
        self._head.say(self._sentence(report=report))

    def _sentence(self, *, report: bool) -> str:
        standing = self._standing
        if not report:
            return "Paketen ligger kvar i Färdplan och kan sparas igen."
        if self._result is not None:
            return "Förseglat. Skicka nu filen."
        if standing is None:
            return ""
        return how_it_stands(standing, reporting.days_left(self._workplace, period=standing.preview.period))

    def _step_changed(self) -> None:
        if self._standing is not None:
            self._show_face()
            self._scroll.verticalScrollBar().setValue(0)

    def _reveal(self) -> None:
        """Scroll to the field in focus, once the step has its place."""
        field = self.focusWidget()
        if field is not None and self._wizard.isAncestorOf(field):
            self._scroll.ensureWidgetVisible(field, 0, self.context.look.px(48))

    def _choose_tab(self, key: str) -> None:
        self._tabs.choose(key)
        self._show_face()

    def _show_sent(self) -> None:
        self.leave()
        self._choose_tab("sent")
        self._sent.take_focus()

    # -- acts ---------------------------------------------------------------------------------

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

    def _choose_folder(self) -> None:
        now = settings.deliveries_folder(self._workplace)
        name = QFileDialog.getExistingDirectory(self, "Mapp för förseglade paket", str(now))
        if name:
            self.context.jobs.write(
                lambda _work: settings.set_deliveries_folder(self._workplace, folder=Path(name)),
                lambda _done: self._load(),
            )

    def _seal(self, wish: Wish) -> None:
        self._wizard.next.setEnabled(False)
        self._acts.hand_in(wish, self._handed_in, self._refused)

    def _handed_in(self, result: HandedIn) -> None:
        self._wizard.next.setEnabled(True)
        self._wizard.begin_anew(self._workplace.today)
        self._result = result
        receiver = self._workplace.codebook.organisation(result.sealed.delivery.audience).name
        self._result_view.show_result(result, receiver)
        self._wizard.steps.show_step(SEND)
        self._show_face()
        self._result_view.take_focus()

    def _refused(self, error: WorldError) -> None:
        self._wizard.next.setEnabled(True)
        if not self._wizard.show_problem(error):
            self.context.messages.problem(error)
            self._session.tell()

    def _reopen(self, reason: str) -> None:
        self._acts.reopen(reason, lambda error: self._sealed.show_error(error.sentence))

    def _correct(self, delivery: Delivery) -> None:
        self._session.choose_period(parse_period(delivery.period))
        self._choose_tab("report")
        self._load()
        self._focus_wanted = True
