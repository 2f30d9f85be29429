"""The matrix joint activity × municipality as PDF: landscape A4, one tagged table a delregion, words beside shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, TableStyle

from fardplan_desktop.analysis.numbers_sv import day, of
from fardplan_desktop.domain.joint import (
    ANSWER_SIGNS,
    ANSWER_WORDS,
    Group,
    JointCell,
    JointMatrix,
    JointPaper,
    JointRow,
)
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, shaped, table_style
from fardplan_desktop.reports.paging import Row, Section, paged
from fardplan_desktop.reports.tagged_flowables import Rule, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

_WIDTH, _ = sheet.LANDSCAPE_ROOM
_FIRST: Final = 116.0
"""Of the column that names the activity."""
_MOST_WIDE: Final = 74.0
_OFFICE_WIDE: Final = 84.0
"""Of a delregion's column: "Närvårdssamverkan" is not broken."""
_MOST_COLUMNS: Final = 15
_SIDE: Final = 1.2
_NARROW = 60.0
"""Points a column under which its words are set smaller."""
_LONGEST = 110
"""Letters of a name."""
_SMALL = ParagraphStyle("", parent=look.CELL_TIGHT, fontSize=7.3, leading=8.8)
_SMALL_HEAD = ParagraphStyle("", parent=look.HEAD, fontSize=7.3, leading=8.8)


def render_joint_matrix(paper: JointPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    title = f"Gemensamma aktiviteter, {paper.organisation}"
    matrix = paper.matrix
    sections = [*_summary(matrix)] if len(matrix.groups) > 1 else []
    sections += [part for group in matrix.groups for part in _group(matrix, group)]
    pages = paged(_masthead(paper, title), sections if matrix.rows else [], _foot(matrix), sheet.LANDSCAPE_ROOM)
    return sheet.render(pages, paper, title, sheet.LANDSCAPE_ROOM)


def _masthead(paper: JointPaper, title: str) -> list[Flowable]:
    matrix = paper.matrix
    delivered = f"{of(matrix.delivered, len(matrix.members))} kommuner har lämnat in"
    lead = f"Läget per <b>{day(paper.as_of)}</b> · {escape(matrix.period)} · {delivered}"
    return [
        clamped(title, look.TITLE, _WIDTH, 1, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(lead, look.LEAD),
        *(clamped(each, look.NOTE, _WIDTH, 2) for each in matrix.remarks),
    ]


def _foot(matrix: JointMatrix) -> list[Flowable]:
    if not matrix.rows:
        return [TaggedParagraph("Inga gemensamma aktiviteter gäller ännu.", look.BODY)]
    signs = " · ".join(f"{ANSWER_SIGNS[code]} {word}" for code, word in ANSWER_WORDS.items())
    words = (
        f"{signs}. Ej svarat: kommunen har lämnat in men inte tagit ställning. Ej inlämnat: inget paket att läsa "
        "svaret i. Under svaret står hur aktiviteten som genomför den går, och prognosen: ● enligt plan, ▲ risk, "
        "■ når inte målet."
    )
    return [TaggedParagraph(shaped(words), look.NOTE)]


def _summary(matrix: JointMatrix) -> Iterator[Section]:
    """How many have answered, by delregion: the county's first page."""
    widths = _widths(len(matrix.groups) + 1, _OFFICE_WIDE)
    heads = ["Hela länet", *(each.name for each in matrix.groups)]
    everyone = frozenset(code for code, _ in matrix.members)

    def row(line: JointRow) -> Row:
        parts = [everyone, *(frozenset(code for code, _ in group.members) for group in matrix.groups)]
        return [_name(line), *(TaggedParagraph(_counted(line, part), look.CELL_TIGHT) for part in parts)]

    yield Section("Så många har svarat", [row(each) for each in matrix.rows], partial(_table, heads, widths))


def _counted(line: JointRow, members: frozenset[str]) -> str:
    """``12 av 15`` and under it what they answer."""
    asked = [code for code in line.cells if code in members]
    if not asked:
        return "Inte tillfrågade"
    counts = {code: line.count(code, members) for code in ANSWER_WORDS}
    told = ", ".join(f"{ANSWER_SIGNS[code]}&nbsp;{number}" for code, number in counts.items() if number)
    text = f"<b>{of(sum(counts.values()), len(asked))}</b>"
    return f'{text}<br/><font color="{look.GREY}">{told}</font>' if told else text


def _group(matrix: JointMatrix, group: Group) -> Iterator[Section]:
    """The municipalities of a delregion, at most fifteen beside each other."""
    parts = -(-len(group.members) // _MOST_COLUMNS)
    most = -(-len(group.members) // max(parts, 1))
    for at in range(0, len(group.members), max(most, 1)):
        members = group.members[at : at + most]
        widths = _widths(len(members))
        rows = [[_name(line, members), *(_cell(line.cells.get(code), widths[1]) for code, _ in members)]
                for line in matrix.rows if any(code in line.cells for code, _ in members)]  # fmt: skip
        words = group.name if parts == 1 else f"{group.name}, del {at // most + 1}"
        yield Section(words, rows, partial(_table, [short for _, short in members], widths))


def _widths(columns: int, most: float = _MOST_WIDE) -> list[float]:
    wide = min(most, (_WIDTH - _FIRST) / max(columns, 1))
    return [min(270.0, _WIDTH - wide * columns), *([wide] * columns)]


def _table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[Row]) -> TaggedTable:
    style = table_style(side=_SIDE)
    first = TableStyle([("RIGHTPADDING", (0, 0), (0, -1), PADDING)], parent=style)
    head = _SMALL_HEAD if widths[-1] < _NARROW else look.HEAD
    cells = [TaggedParagraph("Gemensam aktivitet", look.HEAD), *(_head(each, head, widths[-1]) for each in heads)]
    return TaggedTable([cells, *rows], list(widths), first)


def _head(words: str, style: ParagraphStyle, width: float) -> TaggedParagraph:
    return clamped(words, style, width - 2 * _SIDE, 2)


def _name(line: JointRow, members: Sequence[tuple[str, str]] = ()) -> TaggedParagraph:
    """The activity, its plan, and how many of these have answered."""
    answered = sum(bool(cell.answer) for code, _ in members if (cell := line.cells.get(code)))
    asked = sum(code in line.cells for code, _ in members)
    under = [line.source, *([f"{of(answered, asked)} har svarat"] if members else [])]
    under += ["Avslutad"] if line.joint.ended else []
    small = "<br/>".join(escape(_cut(each)) for each in under)
    text = f'{escape(_cut(line.joint.task.title))}<br/><font size="7.4" color="{look.GREY}">{small}</font>'
    return TaggedParagraph(text, look.CELL_TIGHT)


def _cut(text: str) -> str:
    """The rest of a very long name would make the row higher than it is worth."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0] or text[:_LONGEST]}…"


def _cell(cell: JointCell | None, width: float) -> TaggedParagraph:
    style = _SMALL if width < _NARROW else look.CELL_TIGHT
    if cell is None:
        return TaggedParagraph("Inte tillfrågad", style)
    if not cell.answer:
        return TaggedParagraph(f'<font color="{look.GREY}">{cell.word}</font>', style)
    text = f"<b>{ANSWER_SIGNS[cell.answer]}&nbsp;{cell.word}</b>"
    under = [escape(cell.status)] if cell.status else []
    under += [shaped(cell.forecast)] if cell.forecast else []
    return TaggedParagraph("<br/>".join([text, *under]), style)
