"""The page Skicka vidare: a delregion's period, from who is in to the sealed file and the draft of a mail."""

from __future__ import annotations

from typing_extensions import override

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import bundles, seals, sending_on, settings
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import HandedIn
from fardplan_desktop.services.sending_on import BundleStanding
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.reporting.bundle_wizard import BundleActs, BundleWizard
from fardplan_desktop.ui.reporting.sealing_page import SealingPage, Words
from fardplan_desktop.ui.reporting.step_wizard import Wish
from fardplan_desktop.ui.session import Session

_CHANGED = "Det som skulle skickas är ett annat i dag. Öppna rättelse för att skicka en ny samlingsfil."


_WORDS = Words(
    first="send",
    heading="Skicka vidare",
    sent="Skickat",
    kept="Samlingsfilerna ligger kvar i Färdplan och kan sparas igen.",
    reading="Räknar ihop perioden",
    scroll="bundle_scroll",
    papers="compilation",
)


class BundlePage(SealingPage[BundleStanding]):
    """``go("sending")`` opens the period of the header; ``tab="sent"`` shows what has been sent."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._totals: bool | None = None
        super().__init__(context, session, _WORDS)

    @override
    def _make_steps(self) -> BundleWizard:
        workplace = self._workplace
        acts = BundleActs(
            set_reason=self._set_reason,
            comment=self._comment,
            chosen=self._choose_what,
            take_in=lambda: self.context.go("intake"),
            new_passphrase=lambda: seals.new_passphrase(workplace),
            choose_folder=self._choose_folder,
            seal=self._seal,
        )
        self._wizard = BundleWizard(acts, workplace.today, workplace.codebook)
        return self._wizard

    @override
    def _make_tabs(self) -> Segments:
        return Segments([("send", "Skicka vidare"), ("sent", "Skickat")], label="Visa", name="bundle_tabs")

    @override
    def set_period(self, period: str) -> None:
        if self._standing is None or self._standing.period.id != period:
            self._totals = None
        super().set_period(period)

    @override
    def _read(self, period: Period) -> BundleStanding:
        return sending_on.standing(self._workplace, period=period, totals_only=self._totals)

    @override
    def _show_standing(self, standing: BundleStanding, approval: Approval | None) -> None:
        self._wizard.show_standing(standing, settings.deliveries_folder(self._workplace))
        if standing.locked and standing.delivery is not None:
            self._sealed.show_standing(standing, approval, _CHANGED if standing.changed else "")

    @override
    def _handed_in(self, result: HandedIn) -> None:
        self._totals = None
        super()._handed_in(result)

    def _set_reason(self, member: str, text: str) -> None:
        standing = self._standing
        stored = {each.organisation.code: each.reason for each in standing.preview.missing} if standing else {}
        if text.strip() != stored.get(member):
            self._session.change(
                lambda: bundles.set_reason(self._workplace, period=self._session.period, member=member, text=text),
                failed=lambda error: self._wizard.members.refused(member, error.sentence),
            )

    def _comment(self, text: str) -> None:
        if self._standing is not None and text.strip() != self._standing.preview.comment:
            self._session.change(
                lambda: bundles.set_comment(self._workplace, period=self._session.period, text=text),
                failed=lambda error: self._wizard.review.refused(error.sentence),
            )

    def _choose_what(self) -> None:
        self._totals = self._wizard.review.totals_only
        self._load()

    @override
    def _seal(self, wish: Wish) -> None:
        self._wizard.next.setEnabled(False)
        self._acts.send_on(wish, self._wizard.review.totals_only, self._handed_in, self._refused)
