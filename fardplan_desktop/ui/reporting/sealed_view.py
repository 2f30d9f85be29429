"""A period that is sealed: what was sent, and the way to correct it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.handing_in import ToSeal
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.reporting.words import moment


class SealedView(QWidget):
    """``reopen`` gets the reason when the user opens a correction; ``print_papers`` is what most come for next."""

    def __init__(self, reopen: Callable[[str], None], print_papers: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("sealed_view")
        self._reopen = reopen
        self._title = card_title("")
        self._facts = body("")
        self._changed = Label("", "body", "warn", wrap=True, name="sealed_changed")
        self._reason = TextField(name="reopen_reason", longest=300, hint="Till exempel: augusti var dubbelräknad")
        self._reason.returnPressed.connect(self._press)
        self._field = Field("Varför behöver uppgifterna rättas?", self._reason)
        self._papers = Button("Gör mötesunderlag", "primary", name="sealed_papers", on_click=print_papers)
        button = Button("Öppna rättelse", icon="pencil", name="reopen", on_click=self._press)
        after = secondary("Talen går att ändra medan rättelsen är öppen. Nästa paket ersätter det här.", wrap=True)
        head = row(IconView("lock", "ok"), self._title, None, gap=12)
        sealed = Card(head, self._facts, self._changed, holder(FlowLayout(self._papers)), name="sealed_card")
        correct = Card(
            card_title("Är något fel i det som skickades?"), self._field, after, holder(FlowLayout(button)),
            name="sealed_correct",
        )  # fmt: skip
        self.setLayout(column(sealed, correct, gap=16))

    def show_standing(self, standing: ToSeal, approval: Approval | None, changed: str) -> None:
        delivery = standing.delivery
        assert delivery is not None, "only a sealed period is shown here"
        self._title.setText(f"{standing.period.name.capitalize()} är förseglad")
        self._facts.setText(
            f"Paket nummer {delivery.sequence} till {standing.audience.name}, förseglat {moment(delivery.at)}. "
            f"Godkänt av {delivery.approved_by if approval is None else approval.words}."
        )
        self._changed.setText(changed)
        self._changed.setVisible(bool(changed))
        self._field.show_error("")

    def show_error(self, sentence: str) -> None:
        self._field.show_error(sentence)

    def take_focus(self) -> None:
        self._papers.setFocus()

    def _press(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._field.show_error("Skriv varför uppgifterna behöver rättas.")
            self._reason.setFocus()
            return
        if not may_save([self._reason]):
            return
        self._field.show_error("")
        self._reason.clear()
        self._reopen(reason)
