"""Inlämningsläge as PDF: landscape A4, one tagged table over as many pages as it needs, in the page's own words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, TableStyle

from fardplan_desktop.analysis.coverage_words import cell_words, due_told, head, stand, told
from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.coverage_paper import CoverageLine, CoverageList, CoveragePaper
from fardplan_desktop.domain.figures import CoverageState
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import clamped, heading, table_style
from fardplan_desktop.reports.tagged_flowables import Rule, Stack, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_WIDTH, _HEIGHT = sheet.LANDSCAPE_ROOM
_NAME: Final = 170.0
_LEGEND: Final = {
    CoverageState.DELIVERED: "Inlämnad: förseglat senast sista dagen.",
    CoverageState.LATE: "Sen: förseglat efter sista dagen.",
    CoverageState.CORRECTED: "Rättad: ett senare paket har ersatt det första.",
    CoverageState.REJECTED: "Avvisad: en fil kom men kunde inte läsas in.",
    CoverageState.MISSING: "Saknas: inget paket har lästs in, och sista dagen har passerat.",
    CoverageState.AWAITED: "Väntas: inget paket har lästs in, och sista dagen är inte förbi.",
}


def render_coverage(paper: CoveragePaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    pages = [Stack(page) for page in _pages(paper)]
    for page in pages:
        page.wrap(_WIDTH, _HEIGHT)
    return sheet.render(pages, paper, _title(paper), sheet.LANDSCAPE_ROOM)


def _title(paper: CoveragePaper) -> str:
    return f"Inlämningsläge {paper.organisation}, {sheet.period_line(paper.listed.periods[0])}"


def _pages(paper: CoveragePaper) -> list[list[Flowable]]:
    """Rows go on to the next page under the heads; the notes come last."""
    listed = paper.listed
    rows = [_row(line, listed) for line in listed.lines]
    heads = _height([_table(listed, [], ())])
    heights = [_height([_table(listed, [each], ())]) - heads for each in rows]
    pages, at = [_masthead(paper)], 0
    while at < len(rows):
        room = _HEIGHT - _height(pages[-1]) - heads
        count = max(1, bisect_right(list(accumulate(heights[at:])), room))
        pages[-1].append(_table(listed, rows[at : at + count], listed.lines[at : at + count]))
        at += count
        if at < len(rows):
            pages.append([])
    return _with_notes(pages, paper)


def _with_notes(pages: list[list[Flowable]], paper: CoveragePaper) -> list[list[Flowable]]:
    listed = paper.listed
    if not listed.lines:
        nobody = "Ingen saknas. Alla har lämnat in för perioden."
        pages[-1].append(TaggedParagraph(nobody, look.BODY))
    notes = [each for each in (_note(line) for line in listed.lines) if each]
    states = {cell.state for line in listed.lines for cell in line.cells if cell is not None}
    legend = " ".join(words for state, words in _LEGEND.items() if state in states)
    parts: list[Flowable] = [clamped(legend, look.NOTE, _WIDTH, 3)] if legend else []
    if notes:
        parts += [heading("Avvisade filer"), *(clamped(each, look.BODY, _WIDTH, 3) for each in notes)]
    for part in parts:
        if _height([*pages[-1], part]) > _HEIGHT:
            pages.append([])
        pages[-1].append(part)
    return pages


def _note(line: CoverageLine) -> str:
    """What the cell of the period at hand has no room for: why a file was refused."""
    now = line.cells[0]
    if now is None or now.refused is None:
        return ""
    return f"{line.organisation.name}: {told(now)}"


def _masthead(paper: CoveragePaper) -> list[Flowable]:
    now, listed = paper.listed.now, paper.listed
    parts: list[Flowable] = [
        clamped(_title(paper), look.TITLE, _WIDTH, 1, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(f"Läget per <b>{day(paper.as_of)}</b>", look.LEAD),
        clamped(f"{stand(now, listed.periods[0])} {due_told(now)}", look.LEAD, _WIDTH, 2),
    ]
    shown = [
        "Bara de som saknas" if listed.only_missing else "",
        "De som saknas och är sena först" if listed.late_first else "",
    ]
    chosen = ". ".join(each for each in shown if each)
    if chosen:
        parts.append(clamped(f"Urval och ordning: {chosen}.", look.LEAD, _WIDTH, 1))
    return [*parts, heading("Leveranser per period")]


def _columns(listed: CoverageList) -> list[float]:
    count = len(listed.periods)
    return [_NAME, *[(_WIDTH - _NAME) / count] * count]


def _row(line: CoverageLine, listed: CoverageList) -> list[Flowable]:
    name = escape(line.organisation.name)
    within = look.PART if any(each.heads for each in listed.lines) else look.CELL
    first = TaggedParagraph(f"<b>{name}</b>", look.CELL) if line.heads else TaggedParagraph(name, within)
    words = [_inked(cell_words(line, at), line, at) for at in range(len(listed.periods))]
    return [first, *(TaggedParagraph(text, look.CELL_TIGHT) for text in words)]


def _inked(text: str, line: CoverageLine, at: int) -> str:
    """What somebody has to act on is bold: the greyscale reader sees it too."""
    cell = line.cells[at]
    acts = cell is not None and cell.state in (CoverageState.MISSING, CoverageState.REJECTED)
    return f"<b>{escape(text)}</b>" if acts or line.heads else escape(text)


def _county(listed: CoverageList) -> bool:
    return any(line.heads for line in listed.lines)


def _table(listed: CoverageList, rows: Sequence[Sequence[Flowable]], lines: Sequence[CoverageLine]) -> TaggedTable:
    heads: list[Flowable] = [TaggedParagraph("Organisation", look.HEAD)]
    for period, found in zip(listed.periods, listed.found, strict=True):
        heads.append(TaggedParagraph(escape(head(period, found)), look.HEAD))
    tinted = [
        ("BACKGROUND", (0, at), (-1, at), HexColor(look.TINT)) for at, line in enumerate(lines, start=1) if line.heads
    ]
    style = TableStyle(tinted, parent=table_style(row_padding=1.5))
    return TaggedTable([heads, *rows], _columns(listed), style)


def _height(parts: Sequence[Flowable]) -> float:
    """With the space above the first of them."""
    return Stack(parts).wrap(_WIDTH, _HEIGHT)[1] + (parts[0].getSpaceBefore() if parts else 0)
