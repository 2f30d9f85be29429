"""What leaves the PC, kind by kind: every row, and every field of the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from fardplan_desktop.services.handing_in import Standing
from fardplan_desktop.services.review import DEVIATION_STAYS, STAYS, Review
from fardplan_desktop.services.sent_fields import SentField
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.fold import Fold
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.text import Label, body, card_title, secondary
from fardplan_desktop.ui.parts.text_table import Column, TextTable

_MOST = 40
"""Rows of a table before it scrolls by itself: the page should be read from top to bottom."""


def review_tables(standing: Standing) -> Iterable[Card]:
    """One card a kind; those with texts that somebody must read are open."""
    review = standing.review
    yield _counts(review)
    yield _texts(review)
    yield _deviations(review)
    yield _activities(review)
    if review.joint:
        yield _joint(review)
    yield _check_ins(review)
    yield _checks(review)
    yield Card(card_title("Stannar hos er"), body(STAYS), name="review_stays")


def _counts(review: Review) -> Card:
    heading = "SIP-uppföljning"
    if not review.counts:
        return Card(card_title(heading), body("Inga tal är ifyllda för perioden."), name="review_no_counts")
    months = [Column(head, 70 if len(head) <= 3 else 110, figures=True) for head in review.columns]
    columns = [Column("Mått", 0), *months, Column("Perioden", 130, figures=True, bold=True)]
    rows = [(("    " if line.part else "") + line.label, *line.cells, line.total) for line in review.counts]
    legend = [
        "saknas = uppgiften finns inte, och är inte 0." if _occurs(rows, "saknas") else "",
        "≈ = uppskattat." if _occurs(rows, "≈") else "",
        "En tom ruta är inte ifylld än." if any("" in line.cells for line in review.counts) else "",
    ]
    notes = [_note(" ".join(text for text in legend if text))] if any(legend) else []
    return Fold(heading, _table(heading, columns, rows, "review_counts"), *notes, opened=True, name="review_counts")


def _texts(review: Review) -> Card:
    heading = f"Texter att läsa igenom: {len(review.texts)}"
    if not review.texts:
        return Card(card_title(heading), body("Inga fria texter skickas."), name="review_no_texts")
    columns = [Column("Var", 340), Column("Fält", 170), Column("Text", 0)]
    rows = [(each.where, each.field, " ".join(each.text.split())) for each in review.texts]
    details = [f"{each.where}, {each.field.lower()}\n{each.text}" for each in review.texts]
    pieces = _with_details(heading, columns, rows, details, "review_texts")
    return Fold(heading, *pieces, opened=True, name="review_texts")


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
    details = [_fields(each.fields) for each in review.deviations]
    pieces = _with_details(heading, columns, rows, details, "review_deviations")
    return Fold(heading, *pieces, _note(DEVIATION_STAYS), opened=True, name="review_deviations")


def _activities(review: Review) -> Card:
    heading = f"Aktiviteter: {len(review.activities)}"
    if not review.activities:
        return Card(card_title(heading), body("Inga aktiviteter finns än."), name="review_no_activities")
    columns = [Column("Aktivitet", 0), Column("Ansvarig funktion", 220), Column("Status", 210)]
    rows = [(each.title, each.responsible, each.status) for each in review.activities]
    details = [_fields(each.fields) for each in review.activities]
    pieces = _with_details(heading, columns, rows, details, "review_activities", status_columns=(2,))
    return Fold(heading, *pieces, opened=False, name="review_activities")


def _joint(review: Review) -> Card:
    heading = f"Svar på gemensamma aktiviteter: {len(review.joint)}"
    columns = [Column("Gemensam aktivitet", 0), Column("Svar", 160), Column("Skäl eller egen aktivitet", 330)]
    rows = [(each.title, each.answer, each.detail) for each in review.joint]
    table = _table(heading, columns, rows, "review_joint", status_columns=(1,))
    return Fold(heading, table, opened=True, name="review_joint")


def _check_ins(review: Review) -> Card:
    heading = f"Avstämningar: {len(review.check_ins)}"
    if not review.check_ins:
        return Card(card_title(heading), body("Inga avstämningar är gjorda i perioden."), name="review_no_check_ins")
    columns = [
        Column("Aktivitet", 0), Column("Dag", 110), Column("Status", 170), Column("Prognos", 150),
        Column("Kommentar", 260),
    ]  # fmt: skip
    rows = [(one.activity, one.day, one.status, one.forecast, one.comment) for one in review.check_ins]
    return Fold(
        heading, _table(heading, columns, rows, "review_check_ins", status_columns=(2,)), opened=False,
        name="review_check_ins",
    )  # fmt: skip


def _checks(review: Review) -> Card:
    heading = f"Kontroller: {review.checks} utfall, {some(len(review.answers), 'kommentar', 'kommentarer')}"
    said = _note("För varje kontroll skickas vad den prövade och om talen klarade den.")
    if not review.answers:
        return Fold(heading, said, opened=False, name="review_checks")
    columns = [Column("Om", 330), Column("Kommentar", 0)]
    rows = [(each.about, each.comment) for each in review.answers]
    return Fold(heading, _table(heading, columns, rows, "review_checks"), said, opened=False, name="review_checks")


def some(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _with_details(
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    details: Sequence[str],
    name: str,
    *,
    status_columns: Sequence[int] = (),
) -> tuple[QWidget, QWidget]:
    """A table, and all of the row that is chosen in it."""
    table = _table(heading, columns, rows, name, status_columns=status_columns)
    detail = Label(
        "Välj en rad för att läsa allt som skickas om den.", "side", "text2", wrap=True, name=f"{name}_detail"
    )

    def show() -> None:
        at = table.currentIndex().row()
        if 0 <= at < len(details):
            detail.setText(details[at])

    table.row_chosen.connect(lambda _row: show())
    return table, _indented(detail)


def _fields(fields: Sequence[SentField]) -> str:
    return "\n".join(f"{each.label}: {each.text}" for each in fields)


def _table(
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    name: str,
    *,
    status_columns: Sequence[int] = (),
) -> TextTable:
    return TextTable(heading, columns, rows, name=f"{name}_table", status_columns=status_columns, most=_MOST)


def _note(text: str) -> QWidget:
    return _indented(secondary(text, wrap=True))


def _indented(piece: QWidget) -> QWidget:
    """In line with the text of a table that fills its card from edge to edge."""
    return holder(column(piece, margins=(16, 0, 16, 0)))


def _occurs(rows: Sequence[Sequence[str]], word: str) -> bool:
    return any(word in cell for row in rows for cell in row[1:])
