"""The three steps of Skicka vidare: Vilka är med, Granska, Skicka."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from typing_extensions import override

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.services.sending_on import BundleStanding
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.reporting.bundle_review import BundleReview
from fardplan_desktop.ui.reporting.members_step import MembersStep, SetReason
from fardplan_desktop.ui.reporting.send_step import SendStep
from fardplan_desktop.ui.reporting.step_wizard import REVIEW, StepWizard, Wish
from fardplan_desktop.ui.theme.metrics import Width


class BundleActs(msgspec.Struct, frozen=True):
    """What the wizard asks of its page; ``chosen``: packages or totals, read from ``review.totals_only``."""

    set_reason: SetReason
    comment: Callable[[str], None]
    chosen: Callable[[], None]
    take_in: Callable[[], None]
    new_passphrase: Callable[[], str]
    choose_folder: Callable[[], None]
    seal: Callable[[Wish], None]


class BundleWizard(StepWizard):
    """``show_standing`` fills it."""

    def __init__(self, acts: BundleActs, today: date, codebook: CodeBook) -> None:
        self._take_in = acts.take_in
        self._standing: BundleStanding | None = None
        self.members = MembersStep(acts.set_reason, acts.take_in)
        self.review = BundleReview(today, codebook, acts.chosen, acts.comment)
        super().__init__(
            WizardSteps(["Vilka är med", "Granska", "Skicka"], name="bundle_steps"),
            [self.members, self.review],
            SendStep(acts.new_passphrase, acts.choose_folder),
            self.review.approval_card,
            acts.seal,
        )
        self.setObjectName("bundle_wizard")

    @property
    @override
    def to_seal(self) -> BundleStanding | None:
        return self._standing

    @override
    def set_width(self, width: Width) -> None:
        self.review.set_width(width)

    def show_standing(self, standing: BundleStanding, folder: Path) -> None:
        self._standing = standing
        self.members.show_members(standing.preview)
        self.review.show_standing(standing, folder)
        self.send.show_standing(standing, folder)
        self.name_deed()

    @override
    def deed_of_check(self) -> str:
        return "Till Ta emot" if self._nobody else "Granska det som skickas"

    @override
    def press_check(self) -> None:
        if self._nobody:
            self._take_in()
        elif not self.members.lacks():
            self.forward(REVIEW)

    @property
    def _nobody(self) -> bool:
        preview = None if self._standing is None else self._standing.preview
        return preview is not None and len(preview.missing) == len(preview.members)
