"""Återkoppling as PDF: portrait A4, the numbers in one tagged table, the words after it; working material."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.feedback_paper import FeedbackLine, FeedbackPaper, Remark
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, table_style
from fardplan_desktop.reports.paging import Row, Section, paged
from fardplan_desktop.reports.tagged_flowables import Rule, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_WIDTH = sheet.WIDTH
_SHARES: Final = (0.48, 0.11, 0.15, 0.11, 0.15)
_LINES: Final = 12
"""Of one remark; a longer text is cut, since the program has the whole."""


def render_feedback(paper: FeedbackPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    found = paper.found
    title = f"Återkoppling till {paper.organisation}, {sheet.period_line(found.period)}"
    heads = ("Mått", "Eget tal", found.whole, "Median", "Rapporterat")
    numbers = Section("Tal", [_row(each) for each in found.lines], lambda rows: _numbers(heads, rows))
    words = [Section(heading, [_words(each) for each in remarks], _plain) for heading, remarks in found.words]
    legend: list[Flowable] = [clamped(paper.legend, look.NOTE, _WIDTH, 5)]
    pages = paged(_top(paper, title), [numbers, *words], legend, sheet.ROOM)
    return sheet.render(pages, paper, title)


def _top(paper: FeedbackPaper, title: str) -> list[Flowable]:
    return [
        clamped(title, look.TITLE, _WIDTH, 2, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(f"Läget per <b>{day(paper.as_of)}</b>", look.LEAD),
        clamped(f"Från {paper.found.by.name}, inläst {paper.found.received}.", look.LEAD, _WIDTH, 1),
    ]


def _widths() -> list[float]:
    return [_WIDTH * share for share in _SHARES]


def _row(line: FeedbackLine) -> list[Flowable]:
    first = clamped(line.label, look.PART if line.part else look.CELL, _widths()[0] - 2 * PADDING, 2)
    return [first, *(TaggedParagraph(escape(text), look.CELL) for text in _figures(line))]


def _figures(line: FeedbackLine) -> tuple[str, ...]:
    return line.own, line.total, line.median, line.coverage


def _numbers(heads: Sequence[str], rows: Sequence[Row]) -> TaggedTable:
    top: list[Flowable] = [TaggedParagraph(escape(each), look.HEAD) for each in heads]
    return TaggedTable([top, *rows], _widths(), table_style(row_padding=1.5))


def _words(remark: Remark) -> list[Flowable]:
    head = ", ".join(text for text in (remark.title, remark.of) if text) or "Till alla"
    room = _WIDTH / 2 - 2 * PADDING
    return [clamped(head, look.CELL, room * 0.6, 4), clamped(remark.text, look.CELL, room * 1.4, _LINES)]


def _plain(rows: Sequence[Row]) -> TaggedTable:
    top: list[Flowable] = [TaggedParagraph(each, look.HEAD) for each in ("Vad", "Text")]
    return TaggedTable([top, *rows], [_WIDTH * 0.3, _WIDTH * 0.7], table_style(row_padding=1.5))
