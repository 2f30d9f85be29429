"""The three steps and the way between them. Tillbaka always works; the last button names the deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import KeyProblem, WorldError
from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.reporting.check_step import CheckStep
from fardplan_desktop.ui.reporting.review_step import Paper, ReviewStep
from fardplan_desktop.ui.reporting.send_step import SendStep
from fardplan_desktop.ui.theme.metrics import Width

CHECK, REVIEW, SEND = range(3)


class Wish(msgspec.Struct, frozen=True):
    """What the user has decided when the last button is pressed."""

    approval: Approval
    passphrase: str | None
    remember: bool
    reason: str
    encrypt: bool
    """When it can be done."""


class WizardActs(msgspec.Struct, frozen=True):
    """What the wizard asks of its page."""

    comment: Callable[[tuple[Problem, ...], str], None]
    show: Callable[[RuleResult], None]
    new_passphrase: Callable[[], str]
    choose_folder: Callable[[], None]
    seal: Callable[[Wish], None]
    paper: Paper


class Wizard(QWidget):
    """Shows one step; ``steps`` and the two buttons are placed by the page. ``moved`` when another step is shown,
    ``focused`` when a field of it has been given focus."""

    moved = Signal()
    focused = Signal()

    def __init__(self, acts: WizardActs, today: date) -> None:
        super().__init__()
        self.setObjectName("reporting_wizard")
        self._acts = acts
        self._standing: Standing | None = None
        self._approval: Approval | None = None
        self.steps = WizardSteps(["Kontrollera", "Granska", "Skicka"], name="reporting_steps")
        self.back = Button("Tillbaka", name="wizard_back", on_click=self._go_back)
        self.next = Button("Granska", "primary", name="wizard_next", on_click=self._press)
        self.check = CheckStep(acts.comment, acts.show)
        self.review = ReviewStep(today, acts.paper)
        self.send = SendStep(acts.new_passphrase, acts.choose_folder)
        self.steps.asked.connect(self.go)
        self.setLayout(column(self.check, self.review, self.send, None, gap=0))
        self.go(CHECK)

    @property
    def step(self) -> int:
        return self.steps.current

    def set_width(self, width: Width) -> None:
        self.review.set_width(width)

    def show_standing(self, standing: Standing, folder: Path) -> None:
        self._standing = standing
        self.check.show_problems(standing.preview.problems)
        self.send.show_standing(standing, folder)
        self.review.show_standing(standing, folder)
        self.go(CHECK if standing.preview.errors else self.step)

    def go(self, step: int) -> None:
        self.steps.show_step(step)
        for at, page in enumerate((self.check, self.review, self.send)):
            page.setVisible(at == step)
        self.back.setVisible(step != CHECK)
        self.next.setText(self._deed())
        self.moved.emit()

    def take_focus(self) -> None:
        if self.step == CHECK:
            self.next.setFocus()
        else:
            (self.review.approval_card if self.step == REVIEW else self.send).take_focus()
        self.focused.emit()

    def show_problem(self, error: WorldError) -> bool:
        """Tell it by a field; False when it belongs to none."""
        if self.step == REVIEW and isinstance(error, KeyProblem):
            self.go(SEND)
        told = self.step == SEND and self.send.show_problem(error)
        if told:
            self.focused.emit()
        return told

    def begin_anew(self, today: date) -> None:
        """After a seal: nothing of it is left in the fields."""
        self._approval = None
        self.review.approval_card.begin_anew(today)
        self.send.forget()
        self.go(CHECK)

    def _deed(self) -> str:
        """What the primary button does here."""
        standing = self._standing
        errors = 0 if standing is None else len(standing.preview.errors)
        if self.step == CHECK:
            return f"Rätta {errors} fel" if errors else "Granska det som skickas"
        if standing is None or (self.step == REVIEW and self.send.asks):
            return "Gå vidare till Skicka"
        if standing.delivery is not None and not standing.preview.changed:
            return "Skriv paketet igen"
        period = standing.preview.period.name.rsplit(" ", 1)[0]
        return f"Försegla {period}" if standing.delivery is None else f"Försegla rättelsen av {period}"

    def _press(self) -> None:
        standing = self._standing
        if standing is None:
            return
        if self.step == CHECK and standing.preview.errors:
            self._acts.show(standing.preview.errors[0].result)
        elif self.step == CHECK:
            self._forward(REVIEW)
        elif self.step == REVIEW:
            self._approval = self.review.approval_card.approval()
            if self._approval is not None and self.send.asks:
                self._forward(SEND)
            else:
                self._seal(standing)
        else:
            self._seal(standing)

    def _seal(self, standing: Standing) -> None:
        """Straight from the review when the last step would only ask for this very press."""
        if self._approval is not None and self.send.complete(correction=standing.delivery is not None):
            wish = Wish(self._approval, self.send.passphrase, self.send.remember, self.send.reason, self.send.encrypt)
            self._acts.seal(wish)

    def _forward(self, step: int) -> None:
        self.go(step)
        self.take_focus()

    def _go_back(self) -> None:
        if self.step > CHECK:
            self.go(self.step - 1)
            self.take_focus()
