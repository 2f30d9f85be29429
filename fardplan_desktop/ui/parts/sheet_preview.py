"""A foreign sheet as it was understood: first what waits for an answer, then what was recognised or left out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.sheets import LEAVE, Asked, AskedKind, Sure, Understanding
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.theme.look import Look

_NOUNS: Final = {
    TableKind.ACTIVITIES: ("aktivitet", "aktiviteter"),
    TableKind.COUNTS: ("värde", "värden"),
    TableKind.DEVIATIONS: ("avvikelse", "avvikelser"),
}
_LINES: Final = (AskedKind.LINE, AskedKind.COLUMN)
_COMBO: Final = 244
_POPUP: Final = 460
_AROUND: Final = 210
"""Height of what stands around the list: heading, sentences, buttons, and some of the window behind."""
_LEAST: Final = 120


class SheetPreview(Dialog):
    """``answered`` tells the keys and answers that the user gives, ``accepted`` that all of it goes in.

    Whoever opened it reckons anew and calls ``show_understanding``. Its name is "sheet_preview", its buttons
    "preview_take", "preview_leave" and "preview_leave_rest"; a combo is named "choice_" and the number of its question.
    """

    answered = Signal(dict)

    def __init__(self, understood: Understanding, parent: QWidget, *, outcome: str = "") -> None:
        super().__init__(understood.source, parent, name="sheet_preview", width=560)
        self._waited: list[str] = []
        self._opened: set[str] = set()
        self._combos: dict[str, Combo] = {}
        self._state = Label("", "body", name="preview_state", wrap=True)
        self._outcome = secondary("", "preview_outcome", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(Look.of_application().px(4))
        self._list.setContentsMargins(0, 0, Look.of_application().px(8), 0)
        self._inner = holder(self._list, "surface")
        self._scroll = _scroll(self._inner)
        self.content.addWidget(self._state)
        self.content.addWidget(self._scroll)
        self.content.addWidget(self._outcome)
        self._take = Button("Lägg in", "primary", name="preview_take", on_click=self.accept)
        self._take.setDefault(True)  # Return takes it in from anywhere, once nothing waits
        leave = Button("Avbryt", name="preview_leave", on_click=self.reject)
        self._rest = Button("Ta inte med resten", "quiet", name="preview_leave_rest", on_click=self._leave_rest)
        self.set_buttons(self._take, leave, self._rest, safe=leave)
        self.show_understanding(understood, outcome)

    def show_understanding(self, understood: Understanding, outcome: str = "") -> None:
        """Show what is understood now; focus goes to the next question, or to the button that takes it in."""
        self.understood = understood
        self._waited += [asked.key for asked in understood.waiting if asked.key not in self._waited]
        at = self._scroll.verticalScrollBar().value()
        self._fill()
        self._state.setText(state_words(understood))
        self._outcome.setText(outcome)
        self._outcome.setVisible(bool(outcome))
        one, many = _NOUNS[understood.kind]
        size = f"{numbers_sv.number(understood.size)} {one if understood.size == 1 else many}"
        self._take.setText(f"Lägg in {size}" if understood.size else "Lägg in")
        self._take.setEnabled(understood.content is not None)
        self._rest.setVisible(len(self._leavable()) > 1)
        self._fit()
        self._scroll.verticalScrollBar().setValue(at)
        self._focus_next()

    def _fill(self) -> None:
        clear(self._list)
        self._combos.clear()
        questions = {asked.key: asked for asked in self.understood.asked}
        waited = [questions[key] for key in self._waited if key in questions]
        rest = [asked for asked in self.understood.asked if asked.key not in self._waited]
        for asked in waited:
            self._list.addWidget(self._question(asked))
        for sentence in self.understood.differences:
            self._list.addWidget(_warned(sentence))
        if waited and rest:
            self._list.addWidget(Line())
        for asked in rest:
            self._list.addWidget(self._question(asked) if asked.key in self._opened else self._known(asked))
        for sentence in self.understood.notes:
            self._list.addWidget(secondary(sentence, wrap=True))
        self._list.addStretch(1)

    # -- rows -----------------------------------------------------------------------------

    def _question(self, asked: Asked) -> QWidget:
        """What is asked at the left, the choices at the right."""
        number = self._number(asked)
        words = Label(asked.words, "body", wrap=True, bold=asked.kind in _LINES)
        combo = Combo(
            [(option.id, option.label) for option in self.understood.options_of(asked)],
            name=f"choice_{number}", current=asked.answer, hint="Välj …",
        )  # fmt: skip
        self._combos[asked.key] = combo
        combo.setAccessibleName(f"{asked.words}. {_detail(asked)}")
        combo.setFixedWidth(Look.of_application().px(_COMBO))
        combo.view().setMinimumWidth(Look.of_application().px(_POPUP))
        combo.picked.connect(partial(self._answer, asked.key))
        left = column(words, secondary(_detail(asked), wrap=True), gap=0)
        left.addStretch(1)
        right = column(combo, gap=2)
        if asked.sure is Sure.SUGGESTED:
            confirm = Button("Förslaget stämmer", "small", name=f"confirm_{number}")
            confirm.clicked.connect(partial(self._answer, asked.key, asked.answer))
            right.addWidget(confirm, 0, Qt.AlignmentFlag.AlignLeft)
        layout = row(gap=12, margins=(0, 4, 0, 4))
        left.addStretch(1)
        layout.addLayout(left, 1)
        layout.addLayout(right)
        layout.setAlignment(right, Qt.AlignmentFlag.AlignTop)
        return holder(layout)

    def _known(self, asked: Asked) -> QWidget:
        """A recognised row on two lines, with a way to change it."""
        label = "Tas inte med" if asked.answer == LEAVE else self.understood.label(asked)
        again = ", som förra gången" if asked.sure is Sure.REMEMBERED else ""
        change = Button("Ändra", "small", name=f"change_{self._number(asked)}")
        change.setAccessibleName(f"Ändra {asked.words}")
        change.clicked.connect(partial(self._open, asked.key))
        icon = IconView("check", "ok", 16, top=3)
        layout = row(icon, gap=8, margins=(0, 2, 0, 2))
        layout.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        told = " · ".join(filter(None, (f"{label}{again}", asked.detail)))
        layout.addLayout(column(Label(asked.words, "body", wrap=True), secondary(told, wrap=True), gap=0), 1)
        layout.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return holder(layout)

    # -- answering ------------------------------------------------------------------------

    def _number(self, asked: Asked) -> int:
        return next(at for at, each in enumerate(self.understood.asked) if each.key == asked.key)

    def _answer(self, key: str, answer: str, _checked: bool = False) -> None:
        self.answered.emit({key: answer})

    def _open(self, key: str, _checked: bool = False) -> None:
        self._opened.add(key)
        self._fill()
        self._fit()
        self._focus(key)

    def _leavable(self) -> list[Asked]:
        """What is open and may be left out, as a column of costs."""
        waiting = (each for each in self.understood.waiting if each.sure is Sure.OPEN)
        return [each for each in waiting if any(option.id == LEAVE for option in self.understood.options_of(each))]

    def _leave_rest(self) -> None:
        self.answered.emit({asked.key: LEAVE for asked in self._leavable()})

    def _focus_next(self) -> None:
        following = next(iter(self.understood.waiting), None)
        if following is not None:
            self._focus(following.key)
        elif self._take.isEnabled():
            self._take.setFocus()

    def _focus(self, key: str) -> None:
        combo = self._combos.get(key)
        if combo is not None:
            combo.setFocus()
            self._scroll.ensureWidgetVisible(combo)

    def _fit(self) -> None:
        """As high as the list, but inside the window behind."""
        for at in range(self._list.count()):
            item = self._list.itemAt(at)
            shown = item.widget() if item is not None else None
            if shown is not None:
                shown.show()  # What is new in an open dialog has no height before it is shown.
        look, parent = Look.of_application(), self.parentWidget()
        width = self.width() - look.px(48) - self._scroll.verticalScrollBar().sizeHint().width()
        needed = self._inner.heightForWidth(width)
        room = parent.window().height() - look.px(_AROUND) if parent is not None else needed
        self._scroll.setFixedHeight(max(look.px(_LEAST), min(needed, room)))
        self.adjustSize()


def state_words(understood: Understanding) -> str:
    """``7 rader kändes igen. 2 saker återstår att välja.``"""
    what = ("rad", "rader") if understood.kind is TableKind.COUNTS else ("kolumn", "kolumner")
    known, waiting = understood.known, len(understood.waiting)
    start = (
        f"{numbers_sv.number(known)} {what[known != 1]} kändes igen." if known else "Inget kändes igen av sig självt."
    )
    if waiting:
        return f"{start} {waiting} {'sak' if waiting == 1 else 'saker'} återstår att välja; valen används nästa gång."
    return f"{start} Inget återstår att välja."


def _detail(asked: Asked) -> str:
    again = "Som förra gången" if asked.sure is Sure.REMEMBERED else ""
    return " · ".join(filter(None, (asked.place, asked.detail, again)))


def _warned(sentence: str) -> QWidget:
    layout = row(IconView("triangle-alert", "warn", 16, top=2), gap=8, margins=(0, 2, 0, 2))
    layout.addWidget(Label(sentence, "small", "warn", wrap=True), 1)
    return holder(layout)


def _scroll(inner: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setObjectName("preview_list")
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    return scroll
