"""Three steps that end with a seal, and the way between them. Tillbaka always works; the last button names the deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import KeyProblem, WorldError
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import ToSeal
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.reporting.review_step import ApprovalCard
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


class StepWizard(QWidget):
    """Shows one step; ``steps`` and the two buttons are placed by the page. ``moved`` when another step is shown,
    ``focused`` when a field of it has been given focus. What the steps hold is said by who inherits."""

    moved = Signal()
    focused = Signal()

    def __init__(
        self,
        steps: WizardSteps,
        pages: Sequence[QWidget],
        send: SendStep,
        approval: ApprovalCard,
        seal: Callable[[Wish], None],
    ) -> None:
        super().__init__()
        self.steps, self.send = steps, send
        self._pages, self._approval_card, self._seal_act = (*pages, send), approval, seal
        self._approval: Approval | None = None
        self.back = Button("Tillbaka", name="wizard_back", on_click=self._go_back)
        self.next = Button("Granska", "primary", name="wizard_next", on_click=self._press)
        self.steps.asked.connect(self.go)
        self.setLayout(column(*self._pages, None, gap=0))
        self.go(CHECK)

    @property
    def step(self) -> int:
        return self.steps.current

    @property
    def to_seal(self) -> ToSeal | None:
        """What is shown; None before it has been read."""
        raise NotImplementedError

    def set_width(self, width: Width) -> None:
        """The window is narrower or wider."""

    def deed_of_check(self) -> str:
        """What the primary button does in the first step."""
        raise NotImplementedError

    def press_check(self) -> None:
        """Do it."""
        raise NotImplementedError

    def go(self, step: int) -> None:
        self.steps.show_step(step)
        for at, page in enumerate(self._pages):
            page.setVisible(at == step)
        self.back.setVisible(step != CHECK)
        self.name_deed()
        self.moved.emit()

    def name_deed(self) -> None:
        """What the primary button does, as things stand."""
        self.next.setText(self._deed())

    def take_focus(self) -> None:
        if self.step == CHECK:
            self.next.setFocus()
        else:
            (self._approval_card if self.step == REVIEW else self.send).take_focus()
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
        self._approval_card.begin_anew(today)
        self.send.forget()
        self.go(CHECK)

    def forward(self, step: int) -> None:
        self.go(step)
        self.take_focus()

    def _deed(self) -> str:
        standing = self.to_seal
        if self.step == CHECK:
            return self.deed_of_check()
        if standing is None or (self.step == REVIEW and self.send.asks):
            return "Gå vidare till Skicka"
        if standing.delivery is not None and not standing.changed:
            return "Skriv paketet igen"
        period = standing.period.name.rsplit(" ", 1)[0]
        return f"Försegla {period}" if standing.delivery is None else f"Försegla rättelsen av {period}"

    def _press(self) -> None:
        standing = self.to_seal
        if standing is None:
            return
        if self.step == CHECK:
            self.press_check()
        elif self.step == REVIEW:
            self._approval = self._approval_card.approval()
            if self._approval is not None and self.send.asks:
                self.forward(SEND)
            else:
                self._seal(standing)
        else:
            self._seal(standing)

    def _seal(self, standing: ToSeal) -> None:
        """Straight from the review when the last step would only ask for this very press."""
        if self._approval is not None and self.send.complete(correction=standing.delivery is not None):
            wish = Wish(self._approval, self.send.passphrase, self.send.remember, self.send.reason, self.send.encrypt)
            self._seal_act(wish)

    def _go_back(self) -> None:
        if self.step > CHECK:
            self.forward(self.step - 1)
