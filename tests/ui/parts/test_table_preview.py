"""The preview of a table: how much was recognised, the first rows in words, and every note."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Count, CountState, Population
from fardplan_desktop.domain.tabular import ActivityDraft, DeviationDraft, TableContent, TableKind, TableNote
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.table_preview import SHOWN_ROWS, TablePreview, preview_rows, recognised


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return shipped_codebook()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the preview belongs to; a dialog deletes itself when it is closed, a window waits for the test's end."""
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    return made


def content(kind: TableKind, **parts: tuple[object, ...]) -> TableContent:
    return TableContent(kind=kind, source="Inklistrat", sha256="0" * 64, **parts)  # type: ignore[arg-type]


def drafts(number: int) -> TableContent:
    found = [ActivityDraft(row=row, title=f"Rutin {row}", end=date(2026, 5, 1)) for row in range(2, number + 2)]
    return content(TableKind.ACTIVITIES, activities=tuple(found))


@pytest.mark.parametrize(("number", "words"), [(1, "1 aktivitet kändes igen"), (12, "12 aktiviteter kändes igen")])
def test_it_says_how_much_was_recognised(number: int, words: str) -> None:
    assert recognised(drafts(number)) == words


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            content(TableKind.COUNTS, counts=(Count(measure="SIP02", period="2026-05", state=CountState.MISSING),)),
            ("varav tackat nej", "", "2026-05", "saknas"),
        ),
        (
            content(
                TableKind.POPULATION,
                population=(Population(municipality="1462", year=2025, inhabitants=14123, source="SCB"),),
            ),
            ("Lilla Edets kommun", "2025", "14\u202f123"),
        ),
        (
            content(
                TableKind.DEVIATIONS,
                deviations=(
                    DeviationDraft(
                        row=2, month="2026-05", direction="x", reporter="x", counterpart="okänd kod", category="okänd"
                    ),
                ),
            ),
            ("okänd", "2026-05", "okänd kod"),
        ),
    ],
    ids=["counts", "population", "deviations"],
)
def test_rows_are_in_the_words_of_the_code_book(book: CodeBook, table: TableContent, row: tuple[str, ...]) -> None:
    headings, rows = preview_rows(table, book)
    assert rows == [row]
    assert len(headings) == len(row)


def test_many_rows_are_cut_and_notes_are_told(window: QWidget, book: CodeBook) -> None:
    notes = tuple(TableNote(row, "Antal", "”..” är läst som uppgift saknas.") for row in range(5))
    table = drafts(20)
    noted = TableContent(
        kind=table.kind, source=table.source, sha256=table.sha256, activities=table.activities, notes=notes
    )
    preview = TablePreview(noted, book, window, outcome="20 nya.")
    texts = [label.text() for label in preview.findChildren(QLabel)]
    assert {f"… och {20 - SHOWN_ROWS} till", "20 nya.", "… och 2 anmärkningar till"} <= set(texts)


@pytest.mark.parametrize(("button", "answer"), [("preview_take", "accepted"), ("preview_leave", "rejected")])
def test_its_buttons_answer(qtbot: QtBot, window: QWidget, book: CodeBook, button: str, answer: str) -> None:
    preview = TablePreview(drafts(2), book, window)
    preview.open()
    pressed = preview.findChild(Button, button)
    assert pressed is not None
    with qtbot.waitSignal(getattr(preview, answer)):
        pressed.click()
