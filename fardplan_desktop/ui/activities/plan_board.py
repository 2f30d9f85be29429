"""The plans: what each is, what lies in it, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.tallies import is_late
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.services import plan_copy, plans
from fardplan_desktop.services.plans import PlanContent
from fardplan_desktop.ui.activities.plan_form import PlanForm
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.session import Session

_NONE = "Inga planer ännu. Lägg till er första, eller skriv en aktivitet så får den årets handlingsplan."


class PlanBoard(QWidget):
    """One row a plan; the form opens above them."""

    def __init__(self, session: Session, messages: Messages, new: Button) -> None:
        """``new`` stands in the head of the page, and begins another plan."""
        super().__init__()
        self.setObjectName("plan_board")
        self._session, self._messages = session, messages
        self._book = session.workplace.codebook
        self._new = new
        new.clicked.connect(lambda _checked=False: self._open(None))
        self._form = PlanForm(session)
        self._form.ended.connect(self._ended)
        self._rows = column(gap=0)
        self._card = Card(self._rows, gap=0, margins=(1, 1, 1, 1), name="plan_rows")
        self.setLayout(column(self._form, self._card, None, gap=12))
        self.refresh()

    def refresh(self) -> None:
        """Every plan as it is stored now."""
        clear(self._rows)
        found = plans.contents(self._session.workplace)
        for number, each in enumerate(found):
            if number:
                self._rows.addWidget(Line())
            self._rows.addWidget(self._row(each))
        if not found:
            self._rows.addWidget(holder(row(body(_NONE), margins=(16, 14, 16, 14))))

    @property
    def writing(self) -> bool:
        """Whether the form is open, which has a primary button of its own."""
        return not self._form.isHidden()

    def focus_first(self) -> None:
        self._new.setFocus()

    def _row(self, content: PlanContent) -> QWidget:
        plan = content.plan
        words = column(Label(plan.title, "strong", wrap=True), secondary(self._said(content), wrap=True), gap=2)
        follows = plan_copy.copied_to(self._session.workplace, plan=plan)
        if follows is not None:
            words.addWidget(secondary(f"Fortsätter i ”{follows.title}”", wrap=True))
        acts = [Button("Ändra", "small", name=f"plan_change_{plan.id}", on_click=partial(self._open, plan))]
        if follows is None:
            words_on = f"Kopiera till {plan_copy.next_year(plan)}"
            acts.append(Button(words_on, "small", name=f"plan_copy_{plan.id}", on_click=partial(self._copy, plan)))
        if not content.activities:
            acts.append(Button("Ta bort", "small", name=f"plan_remove_{plan.id}", on_click=partial(self._drop, plan)))
        for act in acts:
            act.setAccessibleDescription(plan.title)
        line = row(gap=12, margins=(16, 10, 12, 10))
        line.addLayout(words, 1)
        for act in acts:
            line.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder(line, name="plan_row")

    def _said(self, content: PlanContent) -> str:
        """``Egen handlingsplan · Lokal · 2026 · Äldre/multisjuka · 7 aktiviteter, 2 försenade``."""
        plan, today = content.plan, self._session.workplace.today
        amount = len(content.activities)
        late = sum(is_late(self._book, each, today) for each in content.activities)
        held = "1 aktivitet" if amount == 1 else f"{amount or 'inga'} aktiviteter"
        parts = [self._book.label("plantyp", plan.type)]
        parts += [self._book.label("niva", plan.level)] if plan.level else []
        parts.append(plans.years_words(plan.year, plan.until))
        parts += [self._book.label("malgrupp", plan.target_group)] if plan.target_group else []
        parts.append(f"{held}, {late} {'försenad' if late == 1 else 'försenade'}" if late else held)
        return " · ".join(parts)

    def _open(self, plan: Plan | None) -> None:
        self._new.hide()
        self._form.open(plan)

    def _ended(self) -> None:
        self._form.hide()
        self._new.show()
        self._new.setFocus()

    def _copy(self, plan: Plan) -> None:
        workplace = self._session.workplace
        self._session.change(
            lambda: plan_copy.copy_to_next_year(workplace, plan=plan)[1], failed=self._messages.problem
        )
        self._new.setFocus()

    def _drop(self, plan: Plan) -> None:
        workplace = self._session.workplace
        self._session.change(lambda: plans.remove(workplace, plan=plan), failed=self._messages.problem)
        self._new.setFocus()
