"""The deviation beside the list: a new one to be registered, or one that is followed through."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations
from fardplan_desktop.ui.deviations.form import DeviationForm
from fardplan_desktop.ui.deviations.saver import Saver
from fardplan_desktop.ui.deviations.steps import StepBar
from fardplan_desktop.ui.messages.door import Messages
from fardplan_desktop.ui.page import Go
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder, row
from fardplan_desktop.ui.parts.text import card_title, secondary
from fardplan_desktop.ui.record_history import History
from fardplan_desktop.ui.session import Session

_PROPOSED = ("month", "direction", "counterpart")
"""What the next one most likely has in common with the one just registered."""
_IN_TURN = ("direction", "counterpart", "category")


class DeviationPanel(Card):
    """``made`` tells the id of one just registered and whether another follows; ``closed`` when the user is done."""

    made = Signal(str, bool)
    closed = Signal()

    def __init__(self, session: Session, messages: Messages, go: Go) -> None:
        super().__init__(gap=12, name="deviation_panel")
        self._session, self._messages = session, messages
        self._saver: Saver | None = None
        self._held_back: dict[str, dict[str, Any]] = {}
        self._new = False
        self._draft: dict[str, Any] = {}
        self._proposed: dict[str, Any] = {}
        self._busy = False
        self._heading = card_title("", "deviation_heading")
        self._hint = secondary("", "deviation_hint", wrap=True)
        self._steps = StepBar(session.workplace.codebook)
        self._steps.stepped.connect(self._step)
        self.form = DeviationForm(session.workplace, go)
        self._steps.wanted.connect(self.form.focus_field)
        self.form.left.connect(self._left)
        close = IconButton("x", "Stäng", size=28, name="panel_close", on_click=self.closed.emit)
        remove = Button("Ta bort", "destructive", icon="trash-2", name="deviation_remove", on_click=self._remove)
        turn = Button("Historik", "quiet", icon="history", name="deviation_history", on_click=self._turn_history)
        self._acts = holder(FlowLayout(turn, remove))
        self._history = History(session)
        self._register = Button("Registrera", "primary", name="deviation_register", on_click=self.register)
        again = Button("Registrera och skriv nästa", name="register_next", on_click=partial(self.register, True))
        again.setToolTip("Ctrl+Enter")
        self._registering = holder(FlowLayout(self._register, again))
        head = row(gap=8)
        head.addWidget(self._heading, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.pieces.addLayout(head)
        pieces: tuple[QWidget, ...] = (self._hint, self._steps, self.form, self._registering, self._acts, self._history)
        for piece in pieces:
            self.pieces.addWidget(piece)
        self.pieces.addStretch(1)

    @property
    def deviation(self) -> Deviation | None:
        """The stored deviation on show."""
        return self._saver.deviation if self._saver else None

    @property
    def writing_new(self) -> bool:
        return self._new

    @property
    def half_done(self) -> bool:
        """A new one is begun, or a text waits to be mended."""
        return bool(self._draft or self._held_back or (self._new and self.form.begun))

    def show_deviation(self, deviation: Deviation) -> None:
        """Show another deviation, or the same as it is stored now."""
        if self._saver is not None and self._saver.deviation.id == deviation.id:
            self._saver.deviation = deviation
            self.form.refresh(deviation)
            self._show_steps(deviation)
            self._history.follow(deviation)
            return
        self.let_go()
        self._saver = self._saver_for(deviation)
        self._history.hide()
        self.form.show_deviation(deviation)
        self.form.write(self._held_back.pop(deviation.id, {}))
        self._show_steps(deviation)
        self._arrange(f"Avvikelse {deviation.number}", f"Registrerad {deviation.registered.isoformat()}")

    def begin_new(self) -> None:
        """An empty form, or the one that was left half written."""
        if not self._new:
            self.let_go()
            self._new = True
            self.form.show_deviation(None, self._proposed)
            self.form.write(self._draft)
            self._arrange("Ny avvikelse", "Numret ges när den registreras. Ctrl+Enter registrerar och börjar på nästa.")

    def focus_first(self) -> None:
        """The first field that is still to be said; what was proposed has been."""
        self.form.focus_field(next((name for name in _IN_TURN if not self.form.value(name)), _IN_TURN[0]))

    def let_go(self) -> None:
        """Save what is half written; a new one that is not registered waits until next time."""
        self.leave()
        if self._new:
            self._draft = self.form.texts() if self.form.begun else {}
        self._new, self._saver = False, None

    def leave(self) -> None:
        """Save what is half written of one that is registered."""
        if self._saver is not None:
            if not self.form.summary.vouched:
                self.form.summary.ask_for_tick()
            self._saver.save()
            self._held_back[self._saver.deviation.id] = self.form.held_back()

    def register(self, another: bool = False) -> None:
        """Store the new deviation if what is needed is there; else say at the first field what is lacking."""
        draft = self.form.draft()
        self.form.clear_errors()
        missing = deviations.lacking(draft)
        for field in missing:
            self.form.show_error(field, "Uppgiften behövs. Välj Uppgift saknas om ni inte vet.")
        if missing:
            self.form.focus_field(missing[0])
        elif not self.form.summary.vouched:
            self.form.summary.ask_for_tick()
            self.form.focus_field("summary")
        elif waiting := self.form.waiting_field():
            self.form.focus_field(waiting)
        else:
            self._store(draft, another)

    def _store(self, draft: Deviation, another: bool) -> None:
        if self._busy:
            return
        self._busy = True
        workplace, stored = self._session.workplace, list[Deviation]()

        def act() -> Change:
            made, change = deviations.add(workplace, draft=draft)
            stored.append(made)
            return change

        def done(_change: Change) -> None:
            self._busy, self._new, self._draft = False, False, {}
            self._proposed = {name: getattr(draft, name) for name in _PROPOSED} if another else {}
            self.made.emit(stored[0].id, another)

        def failed(error: WorldError) -> None:
            self._busy = False
            self._refused("summary", error)

        self._session.change(act, done=done, failed=failed)

    def _saver_for(self, deviation: Deviation) -> Saver:
        """Its answers reach the form only while it is still the one on show."""
        saver = Saver(
            self._session,
            deviation,
            written=lambda: self.form.written() if self._saver is saver else {},
            saved=lambda now: self.show_deviation(now) if self._saver is saver else None,
            failed=lambda field, error: self._refused_of(saver, field, error),
        )
        return saver

    def _left(self, field: str) -> None:
        self.form.show_error(field, "")
        if field == "summary" and not self.form.summary.vouched:
            self.form.summary.ask_for_tick()
        if self._saver is not None:
            self._saver.save(field)

    def _refused_of(self, saver: Saver, field: str, error: WorldError) -> None:
        if self._saver is saver:
            self._refused(field, error)
        else:
            self._messages.problem(error)

    def _show_steps(self, deviation: Deviation) -> None:
        self._steps.show_steps(deviation, deviations.steps(self._session.workplace, deviation=deviation))

    def _step(self, status: str, comment: str) -> None:
        if self._saver is not None:
            self._saver.step(status, comment)

    def _refused(self, field: str, error: WorldError) -> None:
        """At the field the error names, else at the one that was left, else in the problem bar."""
        if error.detail and self.form.show_error(error.detail, error.sentence):
            return
        if not self.form.show_error(field, error.sentence):
            self._steps.show_error(error.sentence)

    def _arrange(self, heading: str, hint: str) -> None:
        self._heading.setText(heading)
        self._hint.setText(hint)
        self._registering.setVisible(self._new)
        self._acts.setVisible(not self._new)
        self._steps.setVisible(not self._new)
        if self._new:
            self._history.hide()

    def _remove(self) -> None:
        deviation, workplace = self.deviation, self._session.workplace
        if deviation is not None:
            self._session.change(lambda: deviations.remove(workplace, deviation=deviation))

    def _turn_history(self) -> None:
        self._history.turn(self.deviation)
