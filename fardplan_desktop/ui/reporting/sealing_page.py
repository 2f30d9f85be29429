"""What Rapportera and Skicka vidare have in common: a period from three steps to a sealed file, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.services import approvals, deliveries, receipts_in, reporting, settings
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import HandedIn, ToSeal
from fardplan_desktop.services.receipts_in import Answers
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.reporting.acts import Acts
from fardplan_desktop.ui.reporting.files import Files
from fardplan_desktop.ui.reporting.result_card import ResultView
from fardplan_desktop.ui.reporting.sealed_view import SealedView
from fardplan_desktop.ui.reporting.sent_view import SentActs, SentView
from fardplan_desktop.ui.reporting.step_wizard import CHECK, SEND, StepWizard, Wish
from fardplan_desktop.ui.reporting.words import how_it_stands
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

S = TypeVar("S", bound=ToSeal)
_SENT = "sent"


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What such a page is called, and its parts."""

    first: str
    """Key of the tab with the steps."""
    heading: str
    sent: str
    """Heading of the tab with what was sent."""
    kept: str
    """What is said above it."""
    reading: str
    """Title of the job that reads the period."""
    scroll: str
    """Object name of the part that scrolls."""
    papers: str
    """Page with the papers most come for when the period is sealed."""


class SealingPage(Page, Generic[S]):
    """``tab="sent"`` shows what has been sent. Who inherits makes the wizard and the tabs, reads the period, shows what
    was read, and seals."""

    def __init__(self, context: PageContext, session: Session, words: Words) -> None:
        super().__init__(context)
        self._session, self._words = session, words
        self._workplace = session.workplace
        self._acts = Acts(context, session)
        self._standing: S | None = None
        self._result: HandedIn | None = None
        self._asked = 0
        self._focus_wanted = False
        self._make_faces()
        self._head = PageHead(context.title, "", self._steps.back, self._steps.next)
        self._tabs = self._make_tabs()
        self._tabs.chosen.connect(lambda _key: self._show_face())
        self._scroll = ScrollPage(name=words.scroll)
        for face in (self._sealed, self._steps, self._result_view, self._sent):
            self._scroll.content.addWidget(face)
        self._scroll.content.addStretch(1)
        self._top = column(self._head, holder(FlowLayout(self._tabs, self._steps.steps, gap=24)), gap=10)
        whole = column(self._top, self._scroll, gap=0)
        whole.setStretchFactor(self._scroll, 1)
        self.setLayout(whole)
        self.set_width(Width.NORMAL)
        self._show_face()

    # -- what the page that inherits says -----------------------------------------------------

    def _make_steps(self) -> StepWizard:
        raise NotImplementedError

    def _make_tabs(self) -> Segments:
        raise NotImplementedError

    def _read(self, period: Period) -> S:
        """The period as it stands; not on the GUI thread."""
        raise NotImplementedError

    def _show_standing(self, standing: S, approval: Approval | None) -> None:
        """Fill the steps, and ``_sealed`` for a locked period. ``approval``: of the delivery that counts."""
        raise NotImplementedError

    def _seal(self, wish: Wish) -> None:
        """Ends with ``_handed_in`` or ``_refused``."""
        raise NotImplementedError

    # -- what the shell calls -----------------------------------------------------------------

    @override
    def arrive(self, **argument: object) -> None:
        self._choose_tab(_SENT if argument.get("tab") == _SENT else self._words.first)
        self._load()

    @override
    def leave(self) -> None:
        """The passphrase of a new key is shown once; a finished report is not shown again."""
        if self._result is not None:
            self._result = None
            self._result_view.forget()
            self._steps.go(CHECK)

    @override
    def refresh(self, change: object = None) -> None:
        """Hidden, it reads when it is shown again."""
        if self.isVisible():
            self._load()

    @override
    def set_period(self, period: str) -> None:
        if self._standing is None or self._standing.period.id != period:
            self._result = None
            self._steps.go(CHECK)
            self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._top.setContentsMargins(side, above, side, 0)
        self._scroll.set_width(width)
        self._steps.set_width(width)

    @override
    def focus_work(self) -> None:
        self._focus_wanted = self._standing is None
        if self._tabs.current == _SENT:
            self._sent.take_focus()
        elif self._result is not None:
            self._result_view.take_focus()
        elif self._standing is not None and self._standing.locked:
            self._sealed.take_focus()
        else:
            self._steps.take_focus()

    # -- reading ------------------------------------------------------------------------------

    def _load(self) -> None:
        self._asked += 1
        asked, period = self._asked, self._session.period
        self.context.jobs.read(
            lambda _work: (
                self._read(period),
                deliveries.sent(self._workplace),
                approvals.recorded(self._workplace),
                receipts_in.answers(self._workplace),
            ),
            lambda found: self._loaded(asked, *found),
            title=self._words.reading,
        )

    def _loaded(
        self,
        asked: int,
        standing: S,
        sent: tuple[Delivery, ...],
        approved: Mapping[str, Approval],
        answers: Answers,
    ) -> None:
        if asked != self._asked:
            return  # A later reading is on its way.
        self._standing = standing
        self._sent.show_deliveries(sent, approved, answers)
        self._show_standing(standing, None if standing.delivery is None else approved.get(standing.delivery.digest))
        self._show_face()
        if self._focus_wanted and self.isVisible():
            self.focus_work()

    # -- faces --------------------------------------------------------------------------------

    def _make_faces(self) -> None:
        files = Files(self.context, self._workplace)
        self._steps = self._make_steps()
        self._steps.moved.connect(self._step_changed)
        self._steps.focused.connect(lambda: QTimer.singleShot(0, self, self._reveal))
        self._sealed = SealedView(self._reopen, lambda: self.context.go(self._words.papers))
        self._result_view = ResultView(files, self._show_sent, self._words.sent)
        self._sent = SentView(
            SentActs(files.save_again, self._correct, files.correction_sheet),
            lambda: self._choose_tab(self._words.first),
            lambda: self.context.go("intake", choose=True),
        )

    def _show_face(self) -> None:
        first, standing = self._tabs.current == self._words.first, self._standing
        done = self._result is not None
        locked = standing is not None and standing.locked
        steps = first and not done and not locked and standing is not None
        self._steps.setVisible(steps)
        self._steps.steps.setVisible(steps or (first and done))
        self._steps.steps.setEnabled(not done)
        self._steps.next.setVisible(steps)
        self._steps.back.setVisible(steps and self._steps.step != CHECK)
        self._result_view.setVisible(first and done)
        self._sealed.setVisible(first and locked and not done)
        self._sent.setVisible(not first)
        self._head.set_heading(f"{self._words.heading} {self._session.period.name}" if first else self._words.sent)
        self._head.say(self._sentence() if first else self._words.kept)

    def _sentence(self) -> str:
        standing = self._standing
        if self._result is not None:
            return "Förseglat. Skicka nu filen."
        if standing is None:
            return ""
        return how_it_stands(standing, reporting.days_left(self._workplace, period=standing.period))

    def _step_changed(self) -> None:
        if self._standing is not None:
            self._show_face()
            self._scroll.verticalScrollBar().setValue(0)

    def _reveal(self) -> None:
        """Scroll to the field in focus, once the step has its place."""
        field = self.focusWidget()
        if field is not None and self._steps.isAncestorOf(field):
            self._scroll.ensureWidgetVisible(field, 0, self.context.look.px(48))

    def _choose_tab(self, key: str) -> None:
        self._tabs.choose(key)
        self._show_face()

    def _show_sent(self) -> None:
        self.leave()
        self._choose_tab(_SENT)
        self._sent.take_focus()

    # -- acts ---------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        now = settings.deliveries_folder(self._workplace)
        name = QFileDialog.getExistingDirectory(self, "Mapp för förseglade paket", str(now))
        if name:
            self.context.jobs.write(
                lambda _work: settings.set_deliveries_folder(self._workplace, folder=Path(name)),
                lambda _done: self._load(),
            )

    def _handed_in(self, result: HandedIn) -> None:
        self._steps.next.setEnabled(True)
        self._steps.begin_anew(self._workplace.today)
        self._result = result
        receiver = self._workplace.codebook.organisation(result.sealed.delivery.audience).name
        self._result_view.show_result(result, receiver)
        self._steps.steps.show_step(SEND)
        self._show_face()
        self._result_view.take_focus()

    def _refused(self, error: WorldError) -> None:
        self._steps.next.setEnabled(True)
        if not self._steps.show_problem(error):
            self.context.messages.problem(error)
            self._session.tell()

    def _reopen(self, reason: str) -> None:
        self._acts.reopen(reason, lambda error: self._sealed.show_error(error.sentence))

    def _correct(self, delivery: Delivery) -> None:
        self._session.choose_period(parse_period(delivery.period))
        self._choose_tab(self._words.first)
        self._load()
        self._focus_wanted = True
