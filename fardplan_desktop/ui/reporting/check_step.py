"""Step 1, Kontrollera: what must be put right, what wants a comment, each with the verb that goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis import rules
from fardplan_desktop.domain.figures import Problem, RuleResult
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import CheckBox, TextArea
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.problem_list import Problem as Stop
from fardplan_desktop.ui.parts.problem_list import Weight
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary

_MOST = 40
"""Rows shown at a time: what is answered moves out of the way, and the next come up."""

Comment = Callable[[tuple[Problem, ...], str], None]
Show = Callable[[RuleResult], None]


class CheckStep(QWidget):
    """``comment`` stores one text as the answer to several warnings; ``show`` goes to the cell."""

    def __init__(self, comment: Comment, show: Show) -> None:
        super().__init__()
        self.setObjectName("check_step")
        self._show = show
        self._calm = _calm()
        self._errors = Card(gap=0, margins=(0, 0, 0, 4), name="check_errors")
        self.warnings = WarningCard(comment, show)
        self.setLayout(column(self._calm, self._errors, self.warnings, gap=16))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        errors = tuple(each for each in problems if each.blocks)
        warnings = tuple(each for each in problems if not each.blocks)
        self._calm.setVisible(not problems)
        self._errors.setVisible(bool(errors))
        self._fill_errors(errors)
        self.warnings.setVisible(bool(warnings))
        self.warnings.show_warnings(warnings)

    def _fill_errors(self, errors: tuple[Problem, ...]) -> None:
        clear(self._errors.pieces)
        self._errors.pieces.addWidget(holder(row(card_title(f"Rätta {len(errors)}"), margins=(16, 10, 16, 6))))
        for number, problem in enumerate(errors[:_MOST]):
            button = _place_button(problem.result, f"error_{number}_show", self._show)
            words = column(body(problem.result.text), secondary(problem.result.instruction, wrap=True), gap=0)
            line = row(IconView("circle-alert", "bad"), gap=12, margins=(16, 5, 8, 5))
            line.addLayout(words, 1)
            line.addWidget(button)
            self._errors.pieces.addWidget(Line())
            self._errors.pieces.addWidget(holder(line, name=f"error_{number}"))


class WarningCard(Card):
    """Warnings with a tick each, and one comment for all that are ticked."""

    def __init__(self, comment: Comment, show: Show) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 12), name="check_warnings")
        self._comment, self._show = comment, show
        self._ticks: list[tuple[CheckBox, Problem]] = []
        self._warnings: tuple[Problem, ...] = ()
        self._heading = card_title("Kommentera")
        self._all = Button("Välj alla utan kommentar", "quiet", name="warnings_all", on_click=self._tick_all)
        self._rows = column(gap=0)
        self._text = TextArea(name="warnings_comment", lines=2, hint="Till exempel: systemet byttes i juli")
        self._field = Field("Kommentar till de valda", self._text, hint="En kommentar kan besvara flera varningar.")
        self._together = CheckBox("", name="warnings_together")
        self._together.hide()
        self._button = Button("Spara kommentaren", name="warnings_save", on_click=self._save)
        self.pieces.addWidget(holder(row(self._heading, None, self._all, margins=(16, 8, 8, 4))))
        self.pieces.addLayout(self._rows)
        self.pieces.addWidget(Line())
        foot = column(self._field, self._together, FlowLayout(self._button), gap=8, margins=(16, 12, 16, 0))
        self.pieces.addLayout(foot)

    def show_warnings(self, warnings: tuple[Problem, ...]) -> None:
        """Those without a comment first; ticks that were set stay."""
        kept = {problem.result.comment_id for problem in self._chosen}
        self._warnings = warnings
        order = sorted(warnings, key=lambda each: each.comment is not None)
        left = [each for each in order if each.comment is None]
        if len(left) == 1:
            kept.add(left[0].result.comment_id)
        self._heading.setText(_heading(len(left), len(order) - len(left)))
        self._all.setVisible(len(left) > 1)
        clear(self._rows)
        self._ticks = []
        for number, problem in enumerate(order[:_MOST]):
            self._rows.addWidget(Line())
            self._rows.addWidget(self._row(problem, number, ticked=problem.result.comment_id in kept))
        if len(order) > _MOST:
            self._rows.addWidget(Line())
            rest = secondary(f"{len(order) - _MOST} till visas när de här är besvarade.")
            self._rows.addWidget(holder(row(rest, margins=(16, 8, 16, 8))))
        self._offer_alike()

    def _row(self, problem: Problem, number: int, *, ticked: bool) -> QWidget:
        box = CheckBox("", name=f"warning_{number}_tick", checked=ticked and problem.comment is None)
        box.setAccessibleName(f"Välj: {problem.result.text}")
        self._ticks.append((box, problem))
        box.toggled.connect(lambda _on: self._offer_alike())
        words = column(body(problem.result.text), gap=0)
        if problem.comment is None:
            words.addWidget(secondary(problem.result.instruction, wrap=True))
        else:
            answer = row(IconView("message-square-text", "ok", 16, top=1), gap=6)
            answer.addWidget(Label(problem.comment, "small", "text2", wrap=True), 1)
            words.addLayout(answer)
        line = row(box, gap=4, margins=(16, 5, 8, 5))
        line.addLayout(words, 1)
        if problem.comment is not None:
            for name, verb, act in (("change", "Ändra", self._change), ("clear", "Ta bort", self._drop)):
                button = Button(verb, "quiet", name=f"warning_{number}_{name}", on_click=partial(act, problem))
                button.setAccessibleDescription(f"Kommentaren till: {problem.result.text}")
                line.addWidget(button)
        line.addWidget(_place_button(problem.result, f"warning_{number}_show", self._show))
        return holder(line, name=f"warning_{number}")

    def _tick_all(self) -> None:
        for box, problem in self._ticks:
            box.setChecked(problem.comment is None)

    @property
    def _chosen(self) -> tuple[Problem, ...]:
        return tuple(problem for box, problem in self._ticks if box.isChecked())

    def _offer_alike(self) -> None:
        """Whether the comment shall answer the others of the same kind too, when there are any."""
        chosen = self._chosen
        alike = rules.alike(self._warnings, chosen)
        self._together.setVisible(len(alike) > len(chosen))
        self._together.setText(f"Använd kommentaren för alla {len(alike)} av samma slag")
        if len(alike) == len(chosen):
            self._together.setChecked(False)

    def _change(self, problem: Problem) -> None:
        """Its comment comes back to the field, and its tick is the only one."""
        for box, each in self._ticks:
            box.setChecked(each is problem)
        self._text.setPlainText(problem.comment or "")
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setFocus()

    def _drop(self, problem: Problem) -> None:
        self._comment((problem,), "")

    def _save(self) -> None:
        chosen = self._chosen
        text = self._text.toPlainText().strip()
        if not chosen:
            self._field.show_error("Kommentaren gäller ingen varning än. Välj en eller flera ovanför.")
        elif not text:
            self._field.show_error("Kommentaren är tom. Skriv varför det ser ut så.")
        elif may_save([self._text]):
            self._field.show_error("")
            self._comment(rules.alike(self._warnings, chosen) if self._together.isChecked() else chosen, text)

    def comment_stored(self) -> None:
        self._text.clear()
        for box, _problem in self._ticks:
            box.setChecked(False)

    def comment_refused(self, sentence: str) -> None:
        self._field.show_error(sentence)


def place(result: RuleResult) -> tuple[str, str]:
    """Measure and period of the first cell that a result is about."""
    measure, period = (result.cells[0] if result.cells else result.subject).split("/")[:2]
    return measure, period


def stops(problems: Iterable[Problem], show: Show) -> list[Stop]:
    """The problems as places to walk between."""
    found = []
    for problem in problems:
        weight: Weight = "fix" if problem.blocks else "note" if problem.comment else "comment"
        result = problem.result
        found.append(Stop(weight, result.text, "Visa rutan", partial(show, result), result.comment_id))
    return found


def _place_button(result: RuleResult, name: str, show: Show) -> Button:
    button = Button("Visa rutan", "quiet", name=name, on_click=lambda: show(result))
    button.setAccessibleDescription(result.text)
    return button


def _heading(left: int, answered: int) -> str:
    if not left:
        return f"Kommenterade varningar: {answered}"
    done = f", {answered} redan {'besvarad' if answered == 1 else 'besvarade'}" if answered else ""
    return f"Kommentera {left}{done}"


def _calm() -> Card:
    words = column(
        Label("Inget att rätta", "card_title"),
        body("Alla kontroller är gjorda på det ni har fyllt i. Granska det som skickas."),
        gap=2,
    )
    layout = row(IconView("circle-check-big", "ok"), gap=12)
    layout.addLayout(words, 1)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return Card(layout, name="check_calm")
