"""Step 2, Granska: exactly what leaves the PC, what has changed since last time, and who has approved it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import APPROVAL_WAYS
from fardplan_desktop.services.approvals import LONGEST_FUNCTION, Approval
from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.services.review import DEVIATION_SENT, DEVIATION_STAYS, Review
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, DateField, TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_MOST = 40
"""Rows of a table before it scrolls by itself: the page should be read from top to bottom."""


class Paper(Protocol):
    """Underlag för godkännande."""

    def print_page(self) -> None: ...

    def save(self) -> None: ...


class ReviewStep(QWidget):
    """Fill with ``show_standing``; ``approval`` is None, with a sentence at the field, until it is whole."""

    def __init__(self, codebook: CodeBook, today: date, paper: Paper) -> None:
        super().__init__()
        self.setObjectName("review_step")
        self._codebook = codebook
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
        review = standing.review
        cards = [
            _differences(standing),
            _counts(review),
            _deviations(review),
            _activities(review),
        ]
        for card in cards:
            if card is not None:
                self._tables.addWidget(card)

    def _show_package(self, standing: Standing, folder: Path) -> None:
        pieces = self._package.pieces
        clear(pieces)
        review, preview = standing.review, standing.preview
        measures = len({row.measure for row in preview.rows.counts})
        pieces.addWidget(card_title(f"Till {preview.audience.name}"))
        for text in (
            f"{preview.period.name.capitalize()} ({preview.period.span})",
            _some(measures, "mått", "mått") + " i SIP-uppföljningen",
            _some(len(review.activities), "aktivitet", "aktiviteter")
            + f" och {_some(review.check_ins, 'avstämning', 'avstämningar')}",
            _some(len(review.deviations), "avvikelse", "avvikelser"),
            _some(len(preview.problems), "varning", "varningar") + f", {review.comments} kommenterade",
        ):
            pieces.addWidget(body(text))
        pieces.addWidget(secondary("Inget annat än det som räknas upp på den här sidan lämnar datorn.", wrap=True))
        pieces.addWidget(secondary(f"Sparas i {folder}", wrap=True))
        pieces.addStretch(1)


class ApprovalCard(Card):
    """Godkänd av … den … genom …, and the tick that nothing personal is in it."""

    def __init__(self, today: date, paper: Paper) -> None:
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
        page = FlowLayout(
            Button("Skriv ut underlag", icon="printer", name="approval_print", on_click=paper.print_page),
            Button("Spara underlag", icon="download", name="approval_save", on_click=paper.save),
        )
        self.pieces.addLayout(column(secondary("En sida till den som godkänner:"), holder(page), gap=4))
        self._tick.toggled.connect(lambda _on: self._say_tick(""))

    def propose(self, standing: Standing) -> None:
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


def _differences(standing: Standing) -> Card | None:
    if standing.delivery is None:
        return None
    found = standing.review.differences
    since = f"sedan paket nummer {standing.delivery.sequence}"
    if not found:
        return Card(card_title(f"Inget har ändrats {since}"), name="review_same")
    columns = [Column("Vad", 0), Column("Slag", 110), Column("", 80), Column("Ändring", 220)]
    rows = [(each.what, each.kind, each.verb, each.detail) for each in found]
    return _table_card(f"{_some(len(found), 'ändring', 'ändringar')} {since}", columns, rows, "review_differences")


def _counts(review: Review) -> Card:
    heading = "SIP-uppföljning"
    if not review.counts:
        return Card(card_title(heading), body("Inga tal är ifyllda för perioden."), name="review_no_counts")
    months = [Column(head, 70 if len(head) <= 3 else 110, figures=True) for head in review.columns]
    columns = [Column("Mått", 0), *months, Column("Perioden", 130, figures=True, bold=True)]
    rows = [(("    " if line.part else "") + line.label, *line.cells, line.total) for line in review.counts]
    card = _table_card(heading, columns, rows, "review_counts")
    legend = [
        "saknas = uppgiften finns inte, och är inte 0." if _occurs(rows, "saknas") else "",
        "≈ = uppskattat." if _occurs(rows, "≈") else "",
        "En tom ruta är inte ifylld än." if any("" in line.cells for line in review.counts) else "",
    ]
    if any(legend):
        card.pieces.addWidget(_indented(secondary(" ".join(text for text in legend if text), wrap=True)))
    return card


def _deviations(review: Review) -> Card:
    heading = f"Avvikelser i samverkan: {len(review.deviations)}"
    if not review.deviations:
        return Card(
            card_title(heading), body("Inga avvikelser är registrerade i perioden."), name="review_no_deviations"
        )
    columns = [
        Column("Nummer", 150), Column("Månad", 100), Column("Riktning", 170), Column("Kategori", 210),
        Column("Sammanfattning", 0), Column("Status", 120),
    ]  # fmt: skip
    rows = [(one.number, one.month, one.direction, one.category, one.summary, one.status) for one in review.deviations]
    card = _table_card(heading, columns, rows, "review_deviations")
    card.pieces.addWidget(_indented(secondary(DEVIATION_SENT, wrap=True)))
    card.pieces.addWidget(_indented(body(DEVIATION_STAYS)))
    return card


def _activities(review: Review) -> Card:
    heading = f"Aktiviteter: {len(review.activities)}"
    if not review.activities:
        return Card(card_title(heading), body("Inga aktiviteter finns än."), name="review_no_activities")
    columns = [Column("Aktivitet", 0), Column("Ansvarig funktion", 220), Column("Status", 210)]
    rows = [(each.title, each.responsible, each.status) for each in review.activities]
    card = _table_card(heading, columns, rows, "review_activities", status_columns=(2,))
    card.pieces.addWidget(
        _indented(secondary("Alla uppgifter under aktiviteterna skickas, med avstämningarna i perioden.", wrap=True))
    )
    return card


def _table_card(
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    name: str,
    *,
    status_columns: Sequence[int] = (),
) -> Card:
    table = TextTable(heading, columns, rows, name=f"{name}_table", status_columns=status_columns, most=_MOST)
    return Card(_indented(card_title(heading)), table, gap=4, margins=(1, 12, 1, 12), name=name)


def _indented(piece: QWidget) -> QWidget:
    """In line with the text of a table that fills its card from edge to edge."""
    return holder(column(piece, margins=(16, 0, 16, 0)))


def _occurs(rows: Sequence[Sequence[str]], word: str) -> bool:
    return any(word in cell for row in rows for cell in row[1:])


def _some(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
