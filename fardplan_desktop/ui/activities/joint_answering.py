"""Gemensamma aktiviteter at a municipality: one after another until all are answered, and what has been answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.joint import ANSWER_WORDS, Answering, Joint, Standing
from fardplan_desktop.services import activities, joint_answers
from fardplan_desktop.ui.activities.entries import ActivityEntries
from fardplan_desktop.ui.activities.fields import plan_options
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.entries import Entry, Options
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.status_text import StatusText
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.session import Session

_OWN_PLAN = "Årets egna handlingsplan"
_WHAT = {
    Answering.FOLLOWS: "Aktiviteten läggs i er plan som den är skriven. Den följs sedan upp som era andra.",
    Answering.ADAPTS: "Aktiviteten läggs i er plan med era ord.",
    Answering.HAS: "Välj den av era aktiviteter som redan gör det här.",
    Answering.DECLINES: "Svaret visas som ”Prioriterar inte”, aldrig som ej påbörjad.",
}


class JointAnswers(QWidget):
    """The one that is asked above, what has been answered below."""

    def __init__(self, session: Session, read_in: Button) -> None:
        """``read_in`` goes to where plans are read in."""
        super().__init__()
        self.setObjectName("joint_answers")
        self._session = session
        self._read_in = read_in
        self._skipped: list[str] = []
        self._said = secondary("", "joint_said", wrap=True)
        self._ask = AskCard(session)
        self._ask.done.connect(self._answered)
        self._ask.skipped.connect(self._skip)
        self._rows = column(gap=0)
        self._card = Card(self._rows, gap=0, margins=(1, 1, 1, 1), name="joint_answer_rows")
        self.setLayout(column(self._said, self._ask, self._card, None, gap=12))
        self.refresh()

    def refresh(self) -> None:
        """As it stands now; what is half written on the one that is asked stays."""
        found = joint_answers.standings(self._session.workplace)
        answered = [each for each in found if each.answer is not None]
        waiting = [each.joint for each in found if each.answer is None]
        self._say(len(waiting), len(found))
        if self._ask.joint is None or all(each.joint.id != self._ask.joint.id for each in found):
            self._show_next(waiting)
        clear(self._rows)
        for number, each in enumerate(answered):
            if number:
                self._rows.addWidget(Line())
            self._rows.addWidget(self._row(each))
        self._card.setVisible(bool(answered))

    def focus_first(self) -> None:
        if self._ask.isHidden():
            self._read_in.setFocus()
        else:
            self._ask.focus_first()

    def _say(self, waiting: int, every: int) -> None:
        left = f"{waiting} att ta ställning till" if waiting else "Alla gemensamma aktiviteter är besvarade"
        self._said.setText(f"{left}. {every - waiting} av {every} besvarade. Svaren går med nästa rapportering.")

    def _show_next(self, waiting: list[Joint]) -> None:
        """Those that were skipped come last."""
        order = sorted(waiting, key=lambda each: each.id in self._skipped)
        self._ask.setVisible(bool(order))
        if order:
            self._ask.open(order[0], None)

    def _answered(self) -> None:
        self._go_on()

    def _skip(self) -> None:
        if self._ask.joint is not None:
            self._skipped = [each for each in self._skipped if each != self._ask.joint.id] + [self._ask.joint.id]
        self._go_on()

    def _go_on(self) -> None:
        now = self._ask.joint.id if self._ask.joint else ""
        waiting = joint_answers.waiting(self._session.workplace)
        rest = [each for each in waiting if each.id != now] or list(waiting)
        rest.sort(key=lambda each: self._skipped.index(each.id) if each.id in self._skipped else -1)
        self._show_next(rest)
        self.refresh()
        self.focus_first()

    def _row(self, standing: Standing) -> QWidget:
        answer, joint = standing.answer, standing.joint
        assert answer is not None, "only answered ones are listed"
        told = answer.reason or (standing.activity.title if standing.activity else "")
        told = "" if told == joint.task.title else told
        ended = [f"Avslutad {day(joint.task.ended)}"] if joint.task.ended else []
        under = " · ".join(part for part in (joint.plan.title, *ended, told) if part)
        words = column(Label(joint.task.title, "strong", wrap=True), secondary(under, wrap=True), gap=2)
        change = Button("Ändra svar", "small", name=f"joint_again_{joint.id}", on_click=partial(self._again, standing))
        change.setAccessibleDescription(joint.task.title)
        line = row(gap=12, margins=(16, 10, 12, 10))
        line.addLayout(words, 1)
        line.addWidget(StatusText(ANSWER_WORDS[answer.answer]), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder(line, name="joint_answer_row")

    def _again(self, standing: Standing) -> None:
        self._ask.show()
        self._ask.open(standing.joint, standing)
        self._ask.focus_first()


def _offer(entry: Entry, options: Options) -> None:
    box = entry.input
    assert isinstance(box, Combo), "a choice is a box to choose in"
    box.set_options(options)


class AskCard(Card):
    """One joint activity, what it asks for, and the four answers. ``done`` when the answer is stored."""

    done = Signal()
    skipped = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(gap=10, name="joint_ask")
        self._session = session
        self.joint: Joint | None = None
        self._plan_line = secondary("", "joint_ask_plan", wrap=True)
        self._title = card_title("", "joint_ask_title")
        self._title.setWordWrap(True)
        self._facts = column(gap=2)
        words = [(each.value, ANSWER_WORDS[each]) for each in Answering]
        self._choice = Segments(words, label="Svar", name="joint_choice")
        self._choice.chosen.connect(lambda _key: self._dress())
        self._what = secondary("", "joint_what", wrap=True)
        make = ActivityEntries("joint")
        self._plan = make.choice("plan", "Läggs i planen", [], none=_OWN_PLAN)
        self._own_title = make.line("title", "Aktivitet", empty="")
        self._goal = make.area("goal", "Mål")
        self._responsible = make.line("responsible", "Ansvarig funktion", empty="")
        self._end = make.day("end", "Klar senast", propose=session.workplace.today)
        self._activity = make.choice("activity", "Er aktivitet", [])
        self._reason = make.area("reason", "Skäl", hint="Varför ni inte prioriterar den. Inga uppgifter om personer.")
        self._shown = {
            Answering.FOLLOWS: (self._plan,),
            Answering.ADAPTS: (self._own_title, self._goal, self._responsible, self._end, self._plan),
            Answering.HAS: (self._activity,),
            Answering.DECLINES: (self._reason,),
        }
        every = dict.fromkeys(entry for entries in self._shown.values() for entry in entries)
        self._entries: tuple[Entry, ...] = tuple(every)
        self._store_button = Button("", "primary", icon="check", name="joint_store", on_click=self._store)
        self._skip = Button("Hoppa över", name="joint_skip", on_click=self.skipped.emit)
        for piece in (self._title, self._plan_line):
            self.pieces.addWidget(piece)
        self.pieces.addLayout(self._facts)
        for widget in (self._choice, self._what, *(each.widget for each in (
            self._own_title, self._goal, self._responsible, self._end, self._activity, self._reason, self._plan
        ))):  # fmt: skip
            self.pieces.addWidget(widget)
        self.pieces.addWidget(holder(FlowLayout(self._store_button, self._skip)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, "Spara svaret och gå till nästa", self._store, only_inside=True)
        shortcut(self, "Ctrl+Shift+Return", "Hoppa över", self.skipped.emit, only_inside=True)

    def focus_first(self) -> None:
        self._choice.setFocus()

    def open(self, joint: Joint, standing: Standing | None) -> None:
        """Ask about this one; ``standing``: it has an answer that may be changed."""
        self.joint = joint
        workplace = self._session.workplace
        self._title.setText(joint.task.title)
        maker = workplace.codebook.organisation(joint.issuer).name
        self._plan_line.setText(f"{joint.plan.title} · {maker}")
        self.setAccessibleName(f"Ta ställning till {joint.task.title}")
        self._show_facts(joint)
        proposal = joint_answers.proposed(workplace, joint=joint)
        _offer(self._plan, [("", _OWN_PLAN), *plan_options(workplace)])
        _offer(self._activity, [(each.id, each.title) for each in activities.activities(workplace)])
        for entry in (self._own_title, self._goal, self._responsible, self._end):
            entry.show(getattr(proposal, entry.name))
        self._plan.show(None)
        self._activity.show(standing.activity.id if standing and standing.activity else None)
        self._reason.show(standing.answer.reason if standing and standing.answer else None)
        self._choice.choose(standing.answer.answer if standing and standing.answer else Answering.FOLLOWS.value)
        self._dress()

    def _show_facts(self, joint: Joint) -> None:
        task, book = joint.task, self._session.workplace.codebook
        first = task.indicators[0] if task.indicators else None
        values = " → ".join(part for part in (first.start, first.target) if part) if first else ""
        unit = f" {first.unit}" if first and first.unit and values else ""
        measured = f"{first.text}{f' ({values}{unit})' if values else ''}" if first else ""
        when = [f"från {day(task.start)}"] if task.start else []
        when += [f"senast {day(task.end)}"] if task.end else []
        told = (
            ("Mål", task.goal or ""),
            ("Indikator", measured),
            ("Målgrupp", book.label("malgrupp", task.target_group) if task.target_group else ""),
            ("Ansvarig funktion", task.responsible),
            ("Tid", " ".join(when)),
        )
        clear(self._facts)
        for word, text in told:
            if text:
                self._facts.addWidget(body(f"{word}: {' '.join(text.split())}"))

    def _dress(self) -> None:
        answer = Answering(self._choice.current)
        for entry in self._entries:
            entry.widget.setVisible(entry in self._shown[answer])
            entry.show_error("")
        self._what.setText(_WHAT[answer])
        self._store_button.setText(f"{ANSWER_WORDS[answer]}, gå till nästa")

    def _store(self) -> None:
        joint, answer = self.joint, Answering(self._choice.current)
        if joint is None or not may_save([each.input for each in self._shown[answer]]):
            return
        if answer is Answering.HAS and not self._activity.read():
            self._activity.show_error("Välj vilken av era aktiviteter som gör det här.")
            return
        said = {entry.name: entry.read() for entry in self._entries}
        workplace = self._session.workplace

        def act() -> Change:
            if answer is Answering.DECLINES:
                return joint_answers.decline(workplace, joint=joint.id, reason=said["reason"] or "")
            if answer is Answering.HAS:
                return joint_answers.have(workplace, joint=joint.id, activity=said["activity"])
            adapted = answer is Answering.ADAPTS
            return joint_answers.carry_out(
                workplace, joint=joint.id, adapted=adapted, plan=said["plan"], title=said["title"], goal=said["goal"],
                responsible=said["responsible"], end=said["end"],
            )[1]  # fmt: skip

        self._session.change(act, done=lambda _change: self.done.emit(), failed=self._failed)

    def _failed(self, error: WorldError) -> None:
        shown = self._shown[Answering(self._choice.current)]
        found = next((each for each in shown if each.name == error.detail), shown[0])
        found.show_error(error.sentence)
        found.input.setFocus()
