"""Underlag för godkännande as PDF: one A4 page on which the head sees what is sent and says that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.approval_paper import ApprovalPaper, ContentLine, RemarkLine
from fardplan_desktop.domain.deliveries import APPROVAL_WAYS
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, count, fitted, heading, table_style
from fardplan_desktop.reports.measure_table import measure_table
from fardplan_desktop.reports.tagged_flowables import Rule, Stack, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_MOST = (17, 14, 12)  # measures, remarks, changes: more than the page can hold together
_LEAST = (4, 1, 1)
_BLANK_HEIGHT = 30.0
_STANDING = 78.0
_VERB = 56.0


def render_approval_page(paper: ApprovalPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    title = f"Underlag för godkännande {paper.organisation}, {sheet.period_line(paper.period)}"
    return sheet.render([_page(paper)], paper, title)


def _page(paper: ApprovalPaper) -> Stack:
    width = sheet.WIDTH
    opening = [
        *_masthead(paper, width),
        heading("Det som skickas"),
        *_contents(paper.contents, width),
        clamped(paper.stays, look.NOTE, width, 2),
        heading("Obligatoriska mått"),
    ]
    closing = [heading("Beslut"), *_decision(paper, width)]
    remarks, changes = _remark_rows(paper.remarks[: _MOST[1]], width), _change_rows(paper, width)

    def build(counts: tuple[int, ...]) -> list[Flowable]:
        return [
            *opening,
            *measure_table(paper.measures, counts[0], paper.period, width),
            heading("Vad kontrollerna säger"),
            *_remarks(paper, remarks[: counts[1] + 1], width),
            heading("Ändrat sedan sist"),
            *_changes(paper, changes[: counts[2] + 1], width),
            *closing,
        ]

    lists = (len(paper.measures), len(paper.remarks), len(paper.changes))
    most, least = ([min(pair) for pair in zip(lists, bounds, strict=True)] for bounds in (_MOST, _LEAST))
    return fitted(build, most, least, sheet.ROOM)


def _masthead(paper: ApprovalPaper, width: float) -> list[Flowable]:
    lead = f"Avser <b>{escape(sheet.period_line(paper.period))}</b> · Läget per <b>{day(paper.as_of)}</b>"
    parts: list[Flowable] = [
        clamped(f"Underlag för godkännande {paper.organisation}", look.TITLE, width, 2, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(lead, look.LEAD),
        clamped(f"Skickas förseglat till {paper.audience}.", look.LEAD, width, 2),
    ]
    if paper.correction:
        parts.append(clamped(paper.correction, look.LEAD, width, 2))
    return parts


def _contents(lines: Sequence[ContentLine], width: float) -> list[Flowable]:
    columns = [168.0, 50.0, width - 218]
    rows: list[list[Flowable]] = [
        [
            TaggedParagraph("Slag", look.HEAD),
            TaggedParagraph("Rader", look.HEAD_NUMBER),
            TaggedParagraph("Vad", look.HEAD),
        ]
    ]
    rows += [
        [TaggedParagraph(line.kind, look.CELL), count(line.rows), clamped(line.what, look.CELL, columns[2] - 8, 1)]
        for line in lines
    ]
    return [TaggedTable(rows, columns, table_style(row_padding=1.4))]


def _remark_columns(width: float) -> list[float]:
    return [_STANDING, (width - _STANDING) * 0.58, (width - _STANDING) * 0.42]


def _remark_rows(lines: Sequence[RemarkLine], width: float) -> list[list[Flowable]]:
    """The heading and a row for each, set once: the page is tried with fewer and fewer of them."""
    columns = _remark_columns(width)
    rows: list[list[Flowable]] = [
        [TaggedParagraph(head, look.HEAD) for head in ("Läge", "Kontroll", "Kommunens kommentar")]
    ]
    rows += [
        [
            TaggedParagraph(line.standing, look.CELL),
            clamped(line.text, look.CELL, columns[1] - 2 * PADDING, 2),
            clamped(line.comment, look.CELL, columns[2] - 2 * PADDING, 2),
        ]
        for line in lines
    ]
    return rows


def _remarks(paper: ApprovalPaper, rows: list[list[Flowable]], width: float) -> list[Flowable]:
    if not paper.remarks:
        return [TaggedParagraph("Inget att anmärka.", look.BODY)]
    parts: list[Flowable] = [TaggedTable(rows, _remark_columns(width), table_style(row_padding=1.4))]
    return parts + _left_out(len(paper.remarks) - len(rows) + 1, "se Rapportera, steget Kontrollera")


def _change_columns(width: float) -> list[float]:
    return [width - _VERB - 150, _VERB, 150.0]


def _change_rows(paper: ApprovalPaper, width: float) -> list[list[Flowable]]:
    """The heading and a row for each, set once."""
    columns = _change_columns(width)
    heads = ("Vad", "Hur", f"Ändring {paper.changes_since}")
    rows: list[list[Flowable]] = [[clamped(head, look.HEAD, 142, 2) for head in heads]]
    rows += [
        [
            clamped(line.what, look.CELL, columns[0] - 2 * PADDING, 1),
            TaggedParagraph(line.verb, look.CELL),
            clamped(line.detail, look.CELL, columns[2] - 2 * PADDING, 1),
        ]
        for line in paper.changes[: _MOST[2]]
    ]
    return rows


def _changes(paper: ApprovalPaper, rows: list[list[Flowable]], width: float) -> list[Flowable]:
    if not paper.changes_since:
        return [TaggedParagraph("Perioden har inte skickats förut.", look.BODY)]
    if not paper.changes:
        return [clamped(f"Inget har ändrats {paper.changes_since}.", look.BODY, width, 1)]
    parts: list[Flowable] = [TaggedTable(rows, _change_columns(width), table_style(row_padding=1.4))]
    return parts + _left_out(len(paper.changes) - len(rows) + 1, "se Rapportera, steget Granska")


def _left_out(left: int, where: str) -> list[Flowable]:
    return [TaggedParagraph(f"… och {left} till, {where}", look.NOTE)] if left else []


def _decision(paper: ApprovalPaper, width: float) -> list[Flowable]:
    """The approval on record, or room to write one: a function, a day, and how."""
    columns = [width - 300, 120.0, 180.0]
    heads = ("Godkänd av (funktion, inte namn)", "Den", "Genom")
    made = paper.decision
    if made is None:
        ways = " / ".join(APPROVAL_WAYS)
        cells = [TaggedParagraph("", look.CELL), TaggedParagraph("", look.CELL), TaggedParagraph(ways, look.NOTE)]
        said = "Godkänns att uppgifterna skickas. Stryk det som inte gäller under Genom."
    else:
        words = (made.function, day(made.day), made.way)
        cells = [clamped(text, look.CELL, column - 2 * PADDING, 2) for text, column in zip(words, columns, strict=True)]
        said = "Uppgifterna är godkända att skickas."
    rows: list[list[Flowable]] = [[TaggedParagraph(head, look.HEAD) for head in heads], [*cells]]
    table = TaggedTable(rows, columns, table_style(), heights=[None, _BLANK_HEIGHT], headed_rows=False)
    return [TaggedParagraph(said, look.BODY), table]
