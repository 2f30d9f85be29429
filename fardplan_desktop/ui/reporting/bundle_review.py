"""Step 2 of Skicka vidare: packages or totals, the comment, the sums that go along, and who has approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import figure_basis
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.services.bundles import BundlePreview
from fardplan_desktop.services.sending_on import BundleStanding
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.fold import Fold
from fardplan_desktop.ui.parts.inputs import TextArea
from fardplan_desktop.ui.parts.layouts import clear, column
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.reporting.review_step import ApprovalCard
from fardplan_desktop.ui.reporting.review_tables import some
from fardplan_desktop.ui.reporting.words import not_over
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

FILES: Final = "files"
TOTALS: Final = "totals"
_WHAT = {
    FILES: "Kommunernas förseglade paket följer med oförändrade. Länet kan kontrollera varje tal.",
    TOTALS: "Bara summorna skickas. Länet ser dem som ”endast summor, kan inte kontrolleras per kommun”.",
}
_COLUMNS = (Column("Mått", 0), Column("Summa", 110, figures=True), Column("Bygger på", 260))


class BundleReview(QWidget):
    """Fill with ``show_standing``. ``chosen`` and ``comment`` tell the page what the user has decided."""

    def __init__(
        self, today: date, codebook: CodeBook, chosen: Callable[[], None], comment: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setObjectName("bundle_review")
        self._today, self._book = today, codebook
        self.approval_card = ApprovalCard(today, None)
        self.approval_card.pieces.addStretch(1)
        self._what = Segments(
            [(FILES, "Kommunernas paket"), (TOTALS, "Endast summor")], label="Vad som skickas", name="bundle_what"
        )
        self._what.chosen.connect(lambda _key: chosen())
        self._said = body("", name="bundle_said")
        self._reveals = Label("", "body", "warn", wrap=True, name="bundle_reveals")
        self._comment = TextArea(name="bundle_comment", lines=3, hint="Till exempel vad som har påverkat perioden")
        self._comment.left.connect(lambda: comment(self._comment.toPlainText()))
        self._field = Field("Kommentar till sammanställningen", self._comment, optional=True)
        self._facts = column(gap=4)
        self._package = Card(
            card_title("Det som skickas", name="bundle_to"), self._what, self._said, self._reveals, self._facts,
            self._field, gap=8, name="bundle_package",
        )  # fmt: skip
        self._sums = TextTable("Sammanställning", _COLUMNS, name="bundle_sums", most=40)
        self._tables = Fold("Sammanställningen", self._sums, opened=True, name="bundle_compilation")
        self._top = QGridLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(Look.of_application().px(16))
        self._top.addWidget(self._package, 0, 0)
        self._top.addWidget(self.approval_card, 0, 1)
        self.setLayout(column(self._top, self._tables, gap=16))

    @property
    def totals_only(self) -> bool:
        return self._what.current == TOTALS

    def set_width(self, width: Width) -> None:
        beside = width >= Width.NORMAL
        self._top.addWidget(self._package, 1 if not beside else 0, 0)
        self._top.addWidget(self.approval_card, 0, 1 if beside else 0)
        for at in (0, 1):
            self._top.setColumnStretch(at, 1 if beside or at == 0 else 0)

    def show_standing(self, standing: BundleStanding, folder: Path) -> None:
        preview = standing.preview
        what = TOTALS if preview.totals_only else FILES
        self._what.choose(what)
        self._said.setText(_WHAT[what])
        self._reveals.setText(preview.reveals)
        self._reveals.setVisible(bool(preview.reveals))
        if not self._comment.hasFocus():
            self._comment.show_stored(preview.comment)
        clear(self._facts)
        for text in _facts(preview):
            self._facts.addWidget(body(text))
        if self._today <= preview.period.end:
            self._facts.addWidget(Label(not_over(preview.period), "body", "warn", wrap=True, name="review_not_over"))
        self._facts.addWidget(secondary(f"Sparas i {folder}", wrap=True))
        self._sums.show_rows(self._rows(preview))
        self.approval_card.propose(standing)

    def refused(self, sentence: str) -> None:
        """The comment was not kept."""
        self._field.show_error(sentence)

    def _rows(self, preview: BundlePreview) -> list[tuple[str, ...]]:
        figures = [each for each in preview.compiled.figures if each.breakdown is None]
        rows: list[tuple[str, ...]] = [
            (self._book.measure(each.measure).label, numbers_sv.figure(each), figure_basis(each)) for each in figures
        ]
        basis = numbers_sv.of(len(preview.compiled.received), len(preview.members), "kommuner")
        rows.append(("Avvikelser i samverkan", numbers_sv.number(preview.compiled.deviations.total), basis))
        rows.append(("Aktiviteter", numbers_sv.number(preview.compiled.activities.total), basis))
        return rows


def _facts(preview: BundlePreview) -> list[str]:
    """What goes to the county, in a few lines."""
    present, rows = len(preview.members) - len(preview.missing), preview.rows
    with_them = "skälen för dem som saknas och sammanställningen" if preview.missing else "och sammanställningen"
    return [
        f"Till {preview.audience.name}, {preview.period.name} ({preview.period.span})",
        f"{numbers_sv.of(present, len(preview.members), 'kommuner')}, {with_them}",
        f"Era egna: {some(len(rows.activities), 'aktivitet', 'aktiviteter')}, "
        f"{some(len(rows.check_ins), 'avstämning', 'avstämningar')} och "
        f"{some(len(rows.deviations), 'avvikelse', 'avvikelser')}",
    ]
