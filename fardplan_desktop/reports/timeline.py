"""The timeline as PDF: landscape A4, a tagged table a group, with every bar in words as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from reportlab.platypus import Flowable, TableStyle

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.analysis.timeline_words import check_in_words, span_words
from fardplan_desktop.domain.timeline import Bar, Timeline, TimelinePaper
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, table_style
from fardplan_desktop.reports.paging import Section, paged
from fardplan_desktop.reports.tagged_flowables import Rule, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable
from fardplan_desktop.reports.timeline_bar import MonthHeads, bar_figure
from fardplan_desktop.reports.values import MISSING

_WIDTH, _HEIGHT = sheet.LANDSCAPE_ROOM
_COLUMNS: Final = (144.0, 102.0, 92.0, 102.0)
"""Activity, responsible, status and forecast, time; the months get the rest."""
_MONTHS: Final = _WIDTH - sum(_COLUMNS)
_HEADS: Final = ("Aktivitet", "Ansvarig", "Status och prognos", "Tid och avstämningar")
_LEGEND = (
    "Fylld stapel: avslutad. Tonad: pågår. Tom: inte påbörjad. Fylld ring: avstämd. Tom ring: planerad avstämning. "
    "Flagga och streckad linje: slutdatum har passerat. Lodrätt streck: läget per dagen ovan."
)


def render_timeline(paper: TimelinePaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    title = f"Tidslinje {paper.timeline.year}, {paper.organisation}"
    sections = [Section(each.words, [_row(bar, paper.timeline) for bar in each.bars], _table)
                for each in paper.timeline.groups]  # fmt: skip
    pages = paged(_masthead(paper), sections, _foot(paper.timeline), sheet.LANDSCAPE_ROOM)
    return sheet.render(pages, paper, title, sheet.LANDSCAPE_ROOM)


def _masthead(paper: TimelinePaper) -> list[Flowable]:
    title = f"Tidslinje {paper.timeline.year}, {paper.organisation}"
    lead = f"Läget per <b>{day(paper.as_of)}</b>"
    parts: list[Flowable] = [
        clamped(title, look.TITLE, _WIDTH, 1, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(lead, look.LEAD),
    ]
    if paper.shown:
        parts.append(clamped(paper.shown, look.LEAD, _WIDTH, 2))
    return parts


def _foot(timeline: Timeline) -> list[Flowable]:
    """What is not here, and what the shapes mean."""
    if not timeline.bars:
        words = f"Inga aktiviteter att visa för {timeline.year}."
        parts: list[Flowable] = [TaggedParagraph(words, look.BODY)]
    else:
        parts = [TaggedParagraph(_LEGEND, look.NOTE)]
    if timeline.outside:
        words = "1 aktivitet ligger" if timeline.outside == 1 else f"{timeline.outside} aktiviteter ligger"
        parts.append(TaggedParagraph(f"{words} utanför {timeline.year}.", look.NOTE))
    return parts


def _table(rows: Sequence[Sequence[Flowable]]) -> TaggedTable:
    heads = [*(TaggedParagraph(each, look.HEAD) for each in _HEADS), MonthHeads(_MONTHS)]
    style = TableStyle(
        [("LEFTPADDING", (-1, 0), (-1, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0)],
        parent=table_style(),
    )
    return TaggedTable([heads, *rows], [*_COLUMNS, _MONTHS], style)


def _row(bar: Bar, timeline: Timeline) -> list[Flowable]:
    """What is said of the bar, and the bar itself as high as the words."""
    words = list(_words(bar, timeline.year))
    height = max(cell.wrap(column - 2 * PADDING, _HEIGHT)[1] for cell, column in zip(words, _COLUMNS, strict=True))
    return [*words, bar_figure(bar, timeline.year, timeline.today, (_MONTHS, height))]


def _words(bar: Bar, year: int) -> Iterator[Flowable]:
    rooms = [column - 2 * PADDING for column in _COLUMNS]
    yield clamped(bar.title, look.CELL, rooms[0], 3)
    yield clamped(bar.responsible or MISSING, look.CELL, rooms[1], 3)
    standing = ". ".join(each for each in (bar.status, bar.forecast) if each)
    yield clamped(standing, look.CELL, rooms[2], 3)
    yield clamped(f"{span_words(bar)}. {check_in_words(bar, year)}".strip(), look.CELL_TIGHT, rooms[3], 4)
