"""Rättelseblad as PDF: landscape A4, one line for each value that a package corrects, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.correction_paper import CorrectionLine, CorrectionPaper
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, table_style
from fardplan_desktop.reports.paging import Row, Section, paged
from fardplan_desktop.reports.tagged_flowables import Rule, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_WIDTH = sheet.LANDSCAPE_ROOM[0]
_HEADS: Final = ("Vad", "Fält", "Förut", "Nu", "Skäl", "Funktion")
_SHARES: Final = (0.28, 0.10, 0.10, 0.10, 0.25, 0.17)
_LINES: Final = 4
"""Of one cell; a longer text is cut, since the package itself has the whole."""


def render_correction_sheet(paper: CorrectionPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    title = f"Rättelseblad {paper.sender}, {sheet.period_line(paper.period)}"
    section = Section("", [_row(each) for each in paper.lines], _table)
    pages = paged(_top(paper, title), [section], _foot(paper), sheet.LANDSCAPE_ROOM)
    return sheet.render(pages, paper, title, sheet.LANDSCAPE_ROOM)


def _top(paper: CorrectionPaper, title: str) -> list[Flowable]:
    said = " · ".join(each for each in (paper.numbers, paper.approved) if each)
    return [
        clamped(title, look.TITLE, _WIDTH, 1, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(f"Läget per <b>{day(paper.as_of)}</b>", look.LEAD),
        clamped(said, look.LEAD, _WIDTH, 2),
    ]


def _foot(paper: CorrectionPaper) -> list[Flowable]:
    if not paper.lines:
        return [TaggedParagraph("Inget värde har ändrats.", look.BODY)]
    count = len(paper.lines)
    told = f"{count} {'värde är ändrat' if count == 1 else 'värden är ändrade'}. Tom: där fanns eller finns inget."
    return [clamped(told, look.NOTE, _WIDTH, 1), *(clamped(each, look.BODY, _WIDTH, 2) for each in paper.remarks)]


def _widths() -> list[float]:
    return [_WIDTH * share for share in _SHARES]


def _row(line: CorrectionLine) -> list[Flowable]:
    texts = (line.what, line.field, line.old, line.new, line.reason, line.function)
    return [clamped(text, look.CELL, width - 2 * PADDING, _LINES) for text, width in zip(texts, _widths(), strict=True)]


def _table(rows: Sequence[Row]) -> TaggedTable:
    heads: list[Flowable] = [TaggedParagraph(each, look.HEAD) for each in _HEADS]
    return TaggedTable([heads, *rows], _widths(), table_style(row_padding=1.6))
