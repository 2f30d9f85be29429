"""The forms of joint plans: a plan, and an activity of it; each opens with a record and stores what is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.tallies import NOT_STATED
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Indicator, JointPlan, JointTask
from fardplan_desktop.services import plans
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.entries import ActivityEntries
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.entries import Entry
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import card_title
from fardplan_desktop.ui.session import Session

Written = Mapping[str, Any]
"""Field → what is written in it."""


class JointForm(Card):
    """Fields line by line, and one button that stores them. ``ended`` when that is done, or let go."""

    ended = Signal()

    def __init__(self, session: Session, lines: Sequence[Sequence[Entry]], *, name: str) -> None:
        super().__init__(gap=12, name=name)
        self._session = session
        self._entries = {each.name: each for line in lines for each in line}
        self._act: Callable[[Written], Change] | None = None
        self._heading = card_title("", f"{name}_title")
        self._heading.setWordWrap(True)
        self.pieces.addWidget(self._heading)
        for line in lines:
            self.pieces.addWidget(_beside(*(each.widget for each in line)))
        self._store_button = Button("", "primary", name=f"{name}_store", on_click=self._store)
        leave = Button("Avbryt", "quiet", name=f"{name}_leave", on_click=self.ended.emit)
        self.pieces.addWidget(holder(FlowLayout(self._store_button, leave)))
        self.hide()

    def open(self, heading: str, verb: str, shown: Written, act: Callable[[Written], Change]) -> None:
        """``shown``: what stands in the fields; ``act`` is called with what is written when the user is done."""
        self._act = act
        for name, entry in self._entries.items():
            entry.show(shown.get(name))
        self._heading.setText(heading)
        self._store_button.setText(verb)
        self.show()
        next(iter(self._entries.values())).input.setFocus()

    def _store(self) -> None:
        act = self._act
        if act is None or not may_save([each.input for each in self._entries.values()]):
            return
        for entry in self._entries.values():
            entry.show_error("")
        said = {name: entry.read() for name, entry in self._entries.items()}
        self._session.change(lambda: act(said), done=lambda _change: self.ended.emit(), failed=self._failed)

    def _failed(self, error: WorldError) -> None:
        self._entries.get(error.detail, next(iter(self._entries.values()))).show_error(error.sentence)


def plan_form(session: Session) -> JointForm:
    workplace, make = session.workplace, ActivityEntries("joint_plan")
    kinds = [(code.id, code.label) for code in plans.kinds(workplace)]
    return JointForm(
        session,
        (
            (make.line("title", "Planens namn", empty=""),),
            (
                make.choice("type", "Typ av plan", kinds, word=partial(workplace.codebook.label, "plantyp")),
                make.line("year", "Första år", empty="", longest=4),
                make.line("until", "Sista år", hint="Bara för flera år.", empty="", longest=4),
            ),
            (make.choice("target_group", "Målgrupp", _targets(workplace), none="Inte angiven"),),
            (make.area("text", "Text", hint="Vad planen ska leda till. Kommunerna ser den."),),
        ),
        name="joint_plan_form",
    )


def task_form(session: Session) -> JointForm:
    workplace, make = session.workplace, ActivityEntries("joint_task")
    book = workplace.codebook
    methods = [(each.id, f"{each.id} {each.title}") for each in book.working_methods]
    areas = [(each.id, f"{each.id} {each.label}") for each in book.areas]
    return JointForm(
        session,
        (
            (make.line("title", "Gemensam aktivitet", empty=""),),
            (
                make.choice("method", "Arbetssätt", methods, none="Inte angivet"),
                make.choice("target_group", "Målgrupp", _targets(workplace), none="Inte angiven"),
            ),
            (make.several("areas", "Områden", areas, hint="Lägg till ett fokusområde …"),),
            (make.area("goal", "Mål", hint="Vad ska vara annorlunda? Ett mål per rad."),),
            (make.line("indicator_text", "Indikator", hint="Vad mäts? Ett tal eller i ord.", empty=""),
             make.line("indicator_unit", "Enhet", empty="", longest=60)),
            (make.line("indicator_start", "Startvärde", empty=""), make.line("indicator_target", "Målvärde", empty="")),
            (make.line("responsible", "Ansvarig funktion", hint="En funktion, inte en persons namn.", empty=""),),
            (make.day("start", "Startar", propose=workplace.today),
             make.day("end", "Sista dag", propose=workplace.today)),
        ),
        name="joint_task_form",
    )  # fmt: skip


def shown_plan(plan: JointPlan) -> Written:
    return {
        "title": plan.title,
        "type": plan.type,
        "year": str(plan.year),
        "until": str(plan.until) if plan.until is not None else "",
        "target_group": plan.target_group,
        "text": plan.text,
    }


def written_plan(said: Written) -> dict[str, Any]:
    """0 for what is no year: it is refused by the service, with a sentence."""
    year, until = said["year"], said["until"]
    return {
        **said,
        "type": said["type"] or "",
        "year": int(year) if _is_number(year) else 0,
        "until": (int(until) if _is_number(until) else 0) if until else None,
    }


def shown_task(task: JointTask) -> Written:
    first = task.indicators[0] if task.indicators else Indicator(text="")
    parts = {f"indicator_{part}": getattr(first, part) for part in _PARTS}
    return {**{name: getattr(task, name) for name in _SAME}, **parts}


def written_task(said: Written) -> dict[str, Any]:
    parts = {part: said[f"indicator_{part}"] for part in _PARTS}
    return {**{name: said[name] for name in _SAME}, "indicators": (Indicator(**parts),)}


_PARTS = ("text", "unit", "start", "target")
_SAME = ("title", "method", "target_group", "areas", "goal", "responsible", "start", "end")


def _targets(workplace: Workplace) -> list[tuple[str, str]]:
    codes = workplace.codebook.list("malgrupp").active(workplace.today)
    return [(code.id, code.label) for code in codes if code.id != NOT_STATED]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _beside(*fields: QWidget) -> QWidget:
    """Equally wide, labels level whatever stands under them."""
    line = row(gap=12)
    for field in fields:
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return holder(line)
