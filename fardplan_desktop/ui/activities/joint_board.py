"""Gemensamma planer at county and delregion: what each plan asks for, what has changed since it was sealed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.services import joint_list, joint_plans, joint_sealing
from fardplan_desktop.services.joint_plans import JointContent
from fardplan_desktop.services.plans import years_words
from fardplan_desktop.ui.activities.joint_form import (
    Written,
    plan_form,
    shown_plan,
    shown_task,
    task_form,
    written_plan,
    written_task,
)
from fardplan_desktop.ui.activities.joint_seal import JointSealCard
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.session import Session

_NONE = (
    "Inga gemensamma planer ännu. Skriv en plan med aktiviteter, försegla den och skicka den till dem som ska ta "
    "ställning till den."
)


class JointBoard(QWidget):
    """A card a plan; the form and the seal open above them."""

    def __init__(self, context: PageContext, session: Session, new: Button) -> None:
        """``new`` stands in the head of the page, and begins another plan."""
        super().__init__()
        self.setObjectName("joint_board")
        self._session, self._messages = session, context.messages
        self._new = new
        new.clicked.connect(lambda _checked=False: self._open_plan(None))
        self._plan_form, self._task_form = plan_form(session), task_form(session)
        self._seal = JointSealCard(context, session)
        for each in (self._plan_form, self._task_form, self._seal):
            each.ended.connect(self._ended)
        self._cards = column(gap=12)
        self.setLayout(column(self._plan_form, self._task_form, self._seal, self._cards, None, gap=12))
        self.refresh()

    @property
    def writing(self) -> bool:
        """Whether a form is open, which has a primary button of its own."""
        return any(not each.isHidden() for each in (self._plan_form, self._task_form, self._seal))

    def focus_first(self) -> None:
        self._new.setFocus()

    def refresh(self) -> None:
        """Every plan as it is written now, and how it stands to what was sealed."""
        clear(self._cards)
        found = joint_plans.contents(self._session.workplace)
        sealed = joint_list.sealed_here(self._session.workplace)
        for each in found:
            self._cards.addWidget(self._card(each, sealed))
        if not found:
            self._cards.addWidget(Card(body(_NONE), name="joint_none"))

    def _card(self, content: JointContent, sealed: joint_list.Version) -> Card:
        plan = content.plan
        known = any(each.id == plan.id for each in sealed.plans)
        changes = joint_sealing.preview(self._session.workplace, plan=plan.id).changes
        title = card_title(plan.title)
        title.setWordWrap(True)
        said = secondary(self._said(content, known=known, changed=bool(changes.differences)), wrap=True)
        acts = [
            self._button("Ny aktivitet", f"joint_add_{plan.id}", partial(self._open_task, plan, None), plan.title),
            self._button("Ändra", f"joint_change_{plan.id}", partial(self._open_plan, plan), plan.title),
        ]
        if known:
            following = (plan.until or plan.year) + 1
            acts.append(self._button(f"Gå vidare till {following}", f"joint_next_{plan.id}",
                                     partial(self._go_on, plan), plan.title))  # fmt: skip
        else:
            acts.append(self._button("Ta bort", f"joint_drop_{plan.id}", partial(self._drop, plan), plan.title))
        if content.tasks:
            verb = "Försegla …" if changes.differences else "Spara förseglad fil …"
            acts.append(self._button(verb, f"joint_seal_{plan.id}", partial(self._open_seal, plan), plan.title))
        head = column(title, said, *([body(plan.text)] if plan.text else []), holder(FlowLayout(*acts)), gap=6)
        card = Card(holder(column(head, margins=(16, 12, 16, 10))), gap=0, margins=(1, 1, 1, 1), name="joint_plan_card")
        for task in content.tasks:
            card.pieces.addWidget(Line())
            card.pieces.addWidget(self._row(task, any(each.id == task.id for each in sealed.tasks)))
        return card

    def _row(self, task: JointTask, known: bool) -> QWidget:
        words = column(Label(task.title, "strong", wrap=True), secondary(self._told(task), wrap=True), gap=2)
        acts = (
            []
            if task.ended
            else [self._button("Ändra", f"joint_task_{task.id}", partial(self._edit, task), task.title)]
        )
        if not known:
            acts.append(self._button("Ta bort", f"joint_away_{task.id}", partial(self._remove, task), task.title))
        elif task.ended:
            acts.append(self._button("Återuppta", f"joint_resume_{task.id}", partial(self._resume, task), task.title))
        else:
            acts.append(self._button("Avsluta", f"joint_end_{task.id}", partial(self._end, task), task.title))
        line = row(gap=12, margins=(16, 10, 12, 10))
        line.addLayout(words, 1)
        for act in acts:
            line.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder(line, name="joint_task_row")

    def _button(self, words: str, name: str, act: Callable[[], object], about: str) -> Button:
        button = Button(words, "small", name=name, on_click=act)
        button.setAccessibleDescription(about)
        return button

    def _said(self, content: JointContent, *, known: bool, changed: bool) -> str:
        """``Äldres hälsa · 2026 · 4 aktiviteter · Ändrad sedan den förseglades``"""
        plan, book = content.plan, self._session.workplace.codebook
        amount = len(content.asked)
        parts = [book.label("plantyp", plan.type), years_words(plan.year, plan.until)]
        parts += [book.label("malgrupp", plan.target_group)] if plan.target_group else []
        parts.append("1 aktivitet" if amount == 1 else f"{amount or 'inga'} aktiviteter")
        state = "Inte förseglad" if not known else "Ändrad sedan den förseglades" if changed else "Förseglad"
        return " · ".join([*parts, state])

    def _told(self, task: JointTask) -> str:
        """What it asks for, on a line."""
        if task.ended:
            return f"Avslutad {day(task.ended)}"
        until = f"Senast {day(task.end)}" if task.end else ""
        goal = " ".join((task.goal or "").split())
        told = [part for part in (task.method, goal, task.responsible, until) if part]
        return " · ".join(told) or "Inget mål angivet"

    # -- what is done -------------------------------------------------------------------------

    def _begin(self) -> None:
        for each in (self._plan_form, self._task_form, self._seal):
            each.hide()
        self._new.hide()

    def _ended(self) -> None:
        for each in (self._plan_form, self._task_form, self._seal):
            each.hide()
        self._new.show()
        self._new.setFocus()

    def _open_plan(self, plan: JointPlan | None) -> None:
        self._begin()
        workplace = self._session.workplace
        shown = plan or JointPlan(id="", title="", type=joint_plans.DEFAULT_TYPE, year=workplace.today.year)

        def act(said: Written) -> Change:
            written = written_plan(said)
            if plan is None:
                return joint_plans.add_plan(workplace, **written)[1]
            return joint_plans.update_plan(workplace, before=plan, after=msgspec.structs.replace(plan, **written))

        heading = f"Ändra ”{plan.title}”" if plan else "Ny gemensam plan"
        self._plan_form.open(heading, "Ändra planen" if plan else "Lägg till planen", shown_plan(shown), act)

    def _edit(self, task: JointTask) -> None:
        plan = joint_plans.content(self._session.workplace, plan=task.plan).plan
        self._open_task(plan, task)

    def _open_task(self, plan: JointPlan, task: JointTask | None) -> None:
        self._begin()
        workplace = self._session.workplace
        shown = task or JointTask(id="", plan=plan.id, title="")

        def act(said: Written) -> Change:
            written = written_task(said)
            if task is None:
                return joint_plans.add_task(workplace, plan=plan.id, **written)[1]
            return joint_plans.update_task(workplace, before=task, after=msgspec.structs.replace(task, **written))

        heading = f"Ändra ”{task.title}”" if task else f"Ny gemensam aktivitet i ”{plan.title}”"
        self._task_form.open(heading, "Ändra aktiviteten" if task else "Lägg till aktiviteten", shown_task(shown), act)

    def _open_seal(self, plan: JointPlan) -> None:
        self._begin()
        self._seal.open(plan)

    def _change(self, act: Callable[[], Change]) -> None:
        self._session.change(act, failed=self._messages.problem)
        self._new.setFocus()

    def _go_on(self, plan: JointPlan) -> None:
        self._change(lambda: joint_plans.next_year(self._session.workplace, plan=plan)[1])

    def _drop(self, plan: JointPlan) -> None:
        self._change(partial(joint_plans.remove_plan, self._session.workplace, plan=plan))

    def _end(self, task: JointTask) -> None:
        self._change(partial(joint_plans.end_task, self._session.workplace, task=task))

    def _resume(self, task: JointTask) -> None:
        self._change(partial(joint_plans.resume_task, self._session.workplace, task=task))

    def _remove(self, task: JointTask) -> None:
        self._change(partial(joint_plans.remove_task, self._session.workplace, task=task))
