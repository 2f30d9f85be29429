"""One file in Ta emot: outcome word, sender and file, one sentence, one verb; the rest unfolds under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.ui.intake.words import heading, sentence
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.status_text import StatusText, status_look
from fardplan_desktop.ui.parts.text import ElidedLabel, Label
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_WORD_WIDTH = 190
_LONGEST_NAME = 30


class RowActs(msgspec.Struct, frozen=True):
    """What a row asks of the page: its verb, the lines of its details, its attachments and the saving of one."""

    verb: Callable[[FileResult], object]
    details: Callable[[FileResult], list[tuple[str, str]]]
    attachments: Callable[[FileResult], tuple[str, ...]]
    save: Callable[[FileResult, str], object]


class FileRow(QWidget):
    """``verb`` is the button of the verb, hidden when there is nothing to do."""

    def __init__(self, result: FileResult, acts: RowActs, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._result, self._acts = result, acts
        self._unfolded: QWidget | None = None
        verdict = result.verdict
        who = heading(verdict, result.path.name)
        shown = status_look(verdict.word, refusal=verdict.outcome == "refused")
        self._word = StatusText(verdict.word, name=f"{name}_word", shown=shown, wrap=True)
        self._sentence = Label("", wrap=True, name=f"{name}_sentence")
        self._words = self._beside(who)
        self.verb = Button("", "quiet", name=f"{name}_verb", on_click=lambda: acts.verb(self._result))
        self.verb.setAccessibleDescription(who)
        self._more = Button("Detaljer", "quiet", name=f"{name}_more", on_click=self._toggle)
        self._more.setAccessibleDescription(who)
        self._buttons = holder(row(self.verb, self._more, gap=4))
        look = Look.of_application()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(16), look.px(4), look.px(8), look.px(6))
        for each in (self._word, self._words):  # level with the words of the buttons
            each.setContentsMargins(0, look.px(6), 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(4))
        self._narrow: bool | None = None
        self.show_result(result)
        self.set_width(Width.NORMAL)

    @property
    def path(self) -> Path:
        return self._result.path

    def show_result(self, result: FileResult) -> None:
        """What has become of the file; its outcome word stays when it is read in."""
        self._result = result
        said = sentence(result)
        self._sentence.setText(said)
        self.setAccessibleName(f"{result.verdict.word}: {heading(result.verdict, result.path.name)}. {said}")
        action = "" if result.stored else result.verdict.verb
        self.verb.setText(action)
        self.verb.setVisible(bool(action))

    def set_width(self, width: Width) -> None:
        """Narrow: word and buttons lie above and below the sentence."""
        narrow = width is Width.NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        top = Qt.AlignmentFlag.AlignTop
        room = Look.of_application().px(_WORD_WIDTH)
        self._grid.setColumnMinimumWidth(0, 0 if narrow else room)
        self._word.setFixedWidth(room * (2 if narrow else 1))
        self._grid.addWidget(self._word, 0, 0, Qt.AlignmentFlag.AlignLeft | top)
        self._grid.addWidget(self._words, *((1, 0) if narrow else (0, 1)))
        self._grid.addWidget(self._buttons, *((2, 0) if narrow else (0, 2)), Qt.AlignmentFlag.AlignRight | top)
        for at in range(3):
            self._grid.setColumnStretch(at, int(at == (0 if narrow else 1)))
        self._place_details()

    def _beside(self, who: str) -> QWidget:
        name = self.objectName()
        who_line = row(Label(who, "strong", name=f"{name}_who"), gap=12)
        if self._result.verdict.issuer_name:
            who_line.addWidget(ElidedLabel(visible(self._result.path.name), "small", "text2", name=f"{name}_file"), 1)
        return holder(column(who_line, self._sentence, gap=1))

    def _toggle(self) -> None:
        if self._unfolded is None:
            facts = _facts(self._acts.details(self._result), f"{self.objectName()}_details")
            self._unfolded = holder(column(facts, *map(self._saving, self._acts.attachments(self._result)), gap=4))
            self._place_details()
            self._more.setText("Dölj")
        else:
            self._grid.removeWidget(self._unfolded)
            self._unfolded.hide()
            self._unfolded.deleteLater()
            self._unfolded = None
            self._more.setText("Detaljer")

    def _saving(self, attachment: str) -> Button:
        short = attachment if len(attachment) <= _LONGEST_NAME else f"{attachment[: _LONGEST_NAME - 1]}…"
        button = Button(
            f"Spara bilagan {short}",
            "quiet",
            icon="download",
            name=f"{self.objectName()}_save_{attachment}",
            on_click=lambda: self._acts.save(self._result, attachment),
        )
        button.setAccessibleName(f"Spara bilagan {attachment}")
        return button

    def _place_details(self) -> None:
        if self._unfolded is not None:
            place = (3, 0, 1, 1) if self._narrow else (1, 1, 1, 2)
            self._grid.addWidget(self._unfolded, *place)


def _facts(facts: list[tuple[str, str]], name: str) -> QWidget:
    grid = QGridLayout()
    look = Look.of_application()
    grid.setContentsMargins(0, look.px(6), look.px(8), look.px(4))
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(2))
    for line, (label, text) in enumerate(facts):
        grid.addWidget(Label(label, "small", "text2"), line, 0, Qt.AlignmentFlag.AlignTop)
        fact = Label(text, "small", wrap=True)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(fact, line, 1)
    grid.setColumnStretch(1, 1)
    return holder(grid, name=name)
