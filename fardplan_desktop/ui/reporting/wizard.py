"""The three steps of Rapportera: Kontrollera, Granska, Skicka."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from typing_extensions import override

from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.reporting.check_step import CheckStep
from fardplan_desktop.ui.reporting.correction_card import Explain
from fardplan_desktop.ui.reporting.review_step import Paper, ReviewStep
from fardplan_desktop.ui.reporting.send_step import SendStep
from fardplan_desktop.ui.reporting.step_wizard import CHECK, REVIEW, StepWizard, Wish
from fardplan_desktop.ui.theme.metrics import Width


class WizardActs(msgspec.Struct, frozen=True):
    """What the wizard asks of its page."""

    comment: Callable[[tuple[Problem, ...], str], None]
    show: Callable[[RuleResult], None]
    new_passphrase: Callable[[], str]
    choose_folder: Callable[[], None]
    seal: Callable[[Wish], None]
    paper: Paper
    explain: Explain


class Wizard(StepWizard):
    """``show_standing`` fills it."""

    def __init__(self, acts: WizardActs, today: date) -> None:
        self._acts = acts
        self._standing: Standing | None = None
        self.check = CheckStep(acts.comment, acts.show)
        self.review = ReviewStep(today, acts.paper, acts.explain)
        super().__init__(
            WizardSteps(["Kontrollera", "Granska", "Skicka"], name="reporting_steps"),
            [self.check, self.review],
            SendStep(acts.new_passphrase, acts.choose_folder),
            self.review.approval_card,
            acts.seal,
        )
        self.setObjectName("reporting_wizard")

    @property
    @override
    def to_seal(self) -> Standing | None:
        return self._standing

    @override
    def set_width(self, width: Width) -> None:
        self.review.set_width(width)

    def show_standing(self, standing: Standing, folder: Path) -> None:
        self._standing = standing
        self.check.show_problems(standing.preview.problems)
        self.send.show_standing(standing, folder)
        self.review.show_standing(standing, folder)
        self.go(CHECK if standing.preview.errors else self.step)

    @override
    def deed_of_check(self) -> str:
        errors = 0 if self._standing is None else len(self._standing.preview.errors)
        return f"Rätta {errors} fel" if errors else "Granska det som skickas"

    @override
    def press_check(self) -> None:
        assert self._standing is not None, "the button is pressed on what is shown"
        if self._standing.preview.errors:
            self._acts.show(self._standing.preview.errors[0].result)
        else:
            self.forward(REVIEW)
