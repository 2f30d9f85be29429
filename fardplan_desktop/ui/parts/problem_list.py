"""Problems under the work: worst first, a sentence, a verb that goes there; and the walk from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import clear, holder, row
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.tokens import Token

Weight = Literal["fix", "comment", "note"]

_LOOKS: Final[dict[Weight, tuple[str, Token, str]]] = {
    "fix": ("circle-alert", "bad", "Rätta"),
    "comment": ("message-square-text", "warn", "Kommentera"),
    "note": ("info", "text2", "Att veta"),
}


class Problem(msgspec.Struct, frozen=True):
    """``act`` goes to the place and is called by ``verb`` ("Visa rutan")."""

    weight: Weight
    sentence: str
    verb: str
    act: Callable[[], object]
    key: str = ""
    """What it is known by when the list is read anew; the sentence when not given."""

    @property
    def name(self) -> str:
        return self.key or self.sentence


class ProblemWalk:
    """From one problem's place to the next, round and round; remembers where it stands when problems come and go."""

    def __init__(self) -> None:
        self._problems: tuple[Problem, ...] = ()
        self._at = -1
        self._gone = False

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What is only to be known is passed over while something is left to do.

        The one it stood at keeps its turn; when that one is gone, the next has moved into its place.
        """
        name = self._problems[self._at].name if self._at >= 0 and not self._gone else ""
        left = tuple(problem for problem in problems if problem.weight != "note")
        self._problems = left or tuple(problems)
        names = [problem.name for problem in self._problems]
        if name in names:
            self._at = names.index(name)
        elif self._at >= 0:
            self._gone = True

    def stand_at(self, name: str) -> None:
        """Someone has gone to this problem by another way."""
        names = [problem.name for problem in self._problems]
        if name in names:
            self._at, self._gone = names.index(name), False

    def step(self, by: int) -> bool:
        """Go to the next problem (1) or the one before (−1), past the end to the start; False when there are none."""
        if not self._problems:
            return False
        stays = by > 0 and self._gone
        at = min(0, by) if self._at < 0 else self._at + (0 if stays else by)
        self._at, self._gone = at % len(self._problems), False
        self._problems[self._at].act()
        return True


def walk_keys(page: QWidget, walk: ProblemWalk, nothing: Callable[[], object]) -> None:
    """Ctrl+. and Ctrl+Skift+. from anywhere while ``page`` is shown; ``nothing`` answers when there is no problem."""
    shortcut(page, "Ctrl+.", "Gå till nästa problem", lambda: walk.step(1) or nothing())
    shortcut(page, "Ctrl+Shift+.", "Gå till förra problemet", lambda: walk.step(-1) or nothing())


class ProblemList(Card):
    """Shows at most ``most`` rows in full; ``compact`` shows one line with counts and "Visa nästa"."""

    def __init__(self, *, name: str = "problem_list", most: int = 6) -> None:
        super().__init__(gap=0, margins=(0, 4, 0, 4), name=name)
        self._most, self._compact = most, False
        self._problems: list[Problem] = []
        self.walk = ProblemWalk()
        self.hide()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Worst first, otherwise in the order given; the whole list hides itself when empty."""
        order = list(_LOOKS)
        self._problems = sorted(problems, key=lambda problem: order.index(problem.weight))
        self.walk.show_problems(self._problems)
        self._fill()

    def set_compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self._fill()

    def _fill(self) -> None:
        clear(self.pieces)
        self.setVisible(bool(self._problems))
        if self._compact:
            self.pieces.addWidget(self._summary())
            return
        for number, problem in enumerate(self._problems[: self._most]):
            if number:
                self.pieces.addWidget(Line())
            self.pieces.addWidget(self._row(problem, number))
        rest = len(self._problems) - self._most
        if rest > 0:
            self.pieces.addWidget(Line())
            more = Button("Visa nästa", "quiet", name="problem_next", on_click=lambda: self.walk.step(1))
            words = Label(f"{rest} till. Ctrl+. går till nästa.", "body", "text2")
            self.pieces.addWidget(holder(row(words, None, more, margins=(16, 3, 8, 3))))

    def _row(self, problem: Problem, number: int) -> QWidget:
        icon, token, word = _LOOKS[problem.weight]
        said = row(gap=8)
        for piece in (IconView(icon, token), Label(f"{word}:", "strong", token)):
            said.addWidget(piece, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(Label(problem.sentence, wrap=True), 1)
        layout = row(gap=8, margins=(16, 3, 8, 3))
        layout.addWidget(holder(said), 1, Qt.AlignmentFlag.AlignVCenter)
        button = Button(problem.verb, "quiet", name=f"problem_{number}_verb", on_click=problem.act)
        button.setAccessibleDescription(problem.sentence)
        layout.addWidget(button)
        return holder(layout, name=f"problem_{number}")

    def _summary(self) -> QWidget:
        layout = row(gap=8, margins=(16, 3, 8, 3))
        for weight, phrase in (("fix", "att rätta"), ("comment", "att kommentera"), ("note", "att veta")):
            count = sum(problem.weight == weight for problem in self._problems)
            if count:
                icon, token, _ = _LOOKS[weight]  # type: ignore[index]  # the tuple above holds weights
                layout.addWidget(IconView(icon, token))
                layout.addWidget(Label(f"{count} {phrase}", "strong", token))
        layout.addStretch(1)
        layout.addWidget(Button("Visa nästa", "quiet", name="problem_next", on_click=lambda: self.walk.step(1)))
        return holder(layout, name="problem_summary")
