"""Step 2, Granska: exactly what leaves the PC, what has changed since last time, and who has approved it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.domain.deliveries import APPROVAL_WAYS
from fardplan_desktop.services.approvals import LONGEST_FUNCTION, Approval
from fardplan_desktop.services.handing_in import Standing, ToSeal
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.reporting.correction_card import Explain, correction_card
from fardplan_desktop.ui.reporting.review_tables import review_tables, some
from fardplan_desktop.ui.reporting.words import not_over
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class Paper(Protocol):
    """Underlag för godkännande."""

    def print_page(self) -> None: ...

    def save(self) -> None: ...

    def print_correction(self) -> None:
        """Rättelseblad, of what is about to be sealed."""


class ReviewStep(QWidget):
    """Fill with ``show_standing``; ``approval`` is None, with a sentence at the field, until it is whole."""

    def __init__(self, today: date, paper: Paper, explain: Explain) -> None:
        super().__init__()
        self.setObjectName("review_step")
        self._paper, self._explain = paper, explain
        self._today = today
        self._package = Card(name="review_package", gap=4)
        self.approval_card = ApprovalCard(today, paper)
        self._tables = column(gap=16)
        self._top = QGridLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(Look.of_application().px(16))
        self._top.addWidget(self._package, 0, 0)
        self._top.addWidget(self.approval_card, 0, 1)
        self.setLayout(column(self._top, self._tables, gap=16))

    def set_width(self, width: Width) -> None:
        beside = width >= Width.NORMAL
        self._top.addWidget(self._package, 1 if not beside else 0, 0)
        self._top.addWidget(self.approval_card, 0, 1 if beside else 0)
        for at in (0, 1):
            self._top.setColumnStretch(at, 1 if beside or at == 0 else 0)

    def show_standing(self, standing: Standing, folder: Path) -> None:
        """``folder``: where the package will be saved."""
        self._show_package(standing, folder)
        self.approval_card.propose(standing)
        clear(self._tables)
        corrected = correction_card(standing, self._explain, self._paper.print_correction)
        if corrected is not None:
            self._tables.addWidget(corrected)
        for card in review_tables(standing):
            self._tables.addWidget(card)

    def _show_package(self, standing: Standing, folder: Path) -> None:
        pieces = self._package.pieces
        clear(pieces)
        review, preview = standing.review, standing.preview
        measures = len({row.measure for row in preview.rows.counts})
        pieces.addWidget(card_title(f"Till {preview.audience.name}"))
        for text in (
            f"{preview.period.name.capitalize()} ({preview.period.span})",
            some(measures, "mått", "mått") + " i SIP-uppföljningen",
            some(len(review.activities), "aktivitet", "aktiviteter")
            + f" och {some(len(review.check_ins), 'avstämning', 'avstämningar')}",
            some(len(review.deviations), "avvikelse", "avvikelser"),
            *([some(len(review.joint), "svar", "svar") + " på gemensamma aktiviteter"] if review.joint else []),
            some(len(preview.problems), "varning", "varningar")
            + f", {some(len(review.answers), 'kommenterad', 'kommenterade')}",
        ):
            pieces.addWidget(body(text))
        if self._today <= preview.period.end:
            pieces.addWidget(Label(not_over(preview.period), "body", "warn", wrap=True, name="review_not_over"))
        pieces.addWidget(secondary("Inget annat än det som räknas upp på den här sidan lämnar datorn.", wrap=True))
        pieces.addWidget(secondary(f"Sparas i {folder}", wrap=True))
        pieces.addStretch(1)


class ApprovalCard(Card):
    """Godkänd av … den … genom …, and the tick that nothing personal is in it."""

    def __init__(self, today: date, paper: Paper | None) -> None:
        super().__init__(gap=12, name="approval_card")
        self._function = TextField(name="approved_by", hint="Till exempel Socialchef", longest=LONGEST_FUNCTION)
        self._day = DateField(today, name="approved_day")
        self._way = Combo([(way, way.capitalize()) for way in APPROVAL_WAYS], name="approved_way")
        self._tick = CheckBox("Inga uppgifter som kan röja en person", name="approved_no_person")
        self._function_field = Field("Godkänd av", self._function, hint="Funktion, inte namn.")
        self._day_field = Field("Den", self._day)
        self._tick_error = Label("", "small", "bad", wrap=True, name="error_approved_no_person")
        self._tick_error.hide()
        self.pieces.addWidget(card_title("Godkännande"))
        self.pieces.addWidget(self._function_field)
        self.pieces.addWidget(holder(FlowLayout(self._day_field, Field("Genom", self._way), gap=12)))
        self.pieces.addLayout(column(self._tick, self._tick_error, gap=2))
        if paper is not None:
            page = FlowLayout(
                Button("Skriv ut underlag", icon="printer", name="approval_print", on_click=paper.print_page),
                Button("Spara underlag", icon="download", name="approval_save", on_click=paper.save),
            )
            self.pieces.addLayout(column(secondary("En sida till den som godkänner:"), holder(page), gap=4))
        self._tick.toggled.connect(lambda _on: self._say_tick(""))

    def propose(self, standing: ToSeal) -> None:
        """Who approved last time, until something is typed."""
        if not self._function.text():
            self._function.show_stored(standing.approver)

    def begin_anew(self, today: date) -> None:
        """After a seal: the next package needs an approval of its own."""
        self._tick.setChecked(False)
        self._day.show_day(today)

    def take_focus(self) -> None:
        (self._tick if self._function.text() else self._function).setFocus()

    def approval(self) -> Approval | None:
        """What is filled in; None when something is missing, said at its field."""
        function, day = self._function.text().strip(), self._day.day
        self.show_error("" if function else "Skriv vem som har godkänt, till exempel Socialchef.")
        self._day_field.show_error("" if day else "Välj dagen.")
        self._say_tick("" if self._tick.isChecked() else "Gå igenom texterna nedanför och kryssa i rutan.")
        if not function or day is None or not self._tick.isChecked() or not may_save([self._function]):
            return None
        return Approval(function, day, self._way.key)

    def show_error(self, sentence: str) -> None:
        self._function_field.show_error(sentence)

    def _say_tick(self, sentence: str) -> None:
        self._tick_error.setText(sentence)
        self._tick_error.setVisible(bool(sentence))
