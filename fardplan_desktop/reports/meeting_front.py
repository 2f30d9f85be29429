"""The meeting paper's first page: how it stands, the working methods, what needs attention, the SIP key figures."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import day, short_day
from fardplan_desktop.domain.papers import AttentionLine, MeetingPaper, MethodLine, MethodTable
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import (
    PADDING,
    clamped,
    count,
    fitted,
    heading,
    table_style,
    widest_word,
)
from fardplan_desktop.reports.measure_table import measure_table
from fardplan_desktop.reports.sheet import period_line
from fardplan_desktop.reports.tagged_flowables import Rule, Stack, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable
from fardplan_desktop.reports.values import MISSING

_MOST = 24  # more rows than a page can hold
_NARROW = 2.5  # beside figures in the widest table
_ATTENTION = (101.0, 57.0, 114.0, 97.0)  # responsible, due, status and forecast, reason; the activity gets the rest


def front_page(paper: MeetingPaper, size: tuple[float, float]) -> Stack:
    """Everything on page one, fitted to ``size`` (width and height in points)."""
    width = size[0]
    opening: list[Flowable] = [
        *_masthead(paper, width),
        heading("Läget i korthet"),
        *(clamped(sentence, look.BODY, width, 2) for sentence in paper.summary[:3]),
        heading("Aktiviteter per arbetssätt"),
        *_methods(paper.methods, width),
        heading("Aktiviteter som behöver uppmärksamhet"),
    ]
    columns = [width - sum(_ATTENTION), *_ATTENTION]
    attention = [_attention_row(line, columns) for line in paper.attention[:_MOST]]

    def build(counts: tuple[int, ...]) -> list[Flowable]:
        return [
            *opening,
            *_attention(paper, attention[: counts[0]], columns),
            heading("SIP: obligatoriska mått"),
            *measure_table(paper.measures, counts[1], paper.period, width),
        ]

    lists = (len(paper.attention), len(paper.measures))
    return fitted(build, [min(length, _MOST) for length in lists], [min(length, 2) for length in lists], size)


def _masthead(paper: MeetingPaper, width: float) -> list[Flowable]:
    lead = f"Avser <b>{escape(period_line(paper.period))}</b> · Läget per <b>{day(paper.as_of)}</b>"
    parts: list[Flowable] = [
        clamped(f"Mötesunderlag {paper.organisation}", look.TITLE, width, 2, "H1"),
        Rule(look.BLUE, 1.4, after=5),
        TaggedParagraph(lead, look.LEAD),
    ]
    if paper.meeting:
        parts.append(clamped(paper.meeting, look.LEAD, width, 2))
    return parts


def _methods(table: MethodTable, width: float) -> list[Flowable]:
    heads = ["Antal", *table.statuses, *table.forecasts, "Försenade"]
    columns = [max(widest_word(head, look.HEAD_SMALL) + 2 * _NARROW + 0.5, 26) for head in heads]
    first = width - sum(columns)
    rows: list[list[Flowable]] = [
        [
            TaggedParagraph("Arbetssätt", look.HEAD),
            *(
                clamped(head, look.HEAD_SMALL, column - 2 * _NARROW, 3)
                for head, column in zip(heads, columns, strict=True)
            ),
        ]
    ]
    rows += [_method_row(line, first) for line in table.lines]
    rows.append(_method_row(table.total, first, strong=True))
    parts: list[Flowable] = [
        TaggedTable(rows, [first, *columns], table_style(total=True, row_padding=1.6, side=_NARROW))
    ]
    if table.total.late:
        note = "<b>Försenade</b> slutdatum har passerat och aktiviteten är inte klar, integrerad eller avbruten"
        parts.append(TaggedParagraph(note, look.NOTE))
    return parts


def _method_row(line: MethodLine, width: float, *, strong: bool = False) -> list[Flowable]:
    numbers = (line.activities, *line.statuses, *line.forecasts, line.late)
    name = clamped(line.name, look.HEAD if strong else look.CELL_TIGHT, width - 2 * _NARROW, 2)
    return [name, *(count(value, strong=strong) for value in numbers)]


def _attention(paper: MeetingPaper, shown: list[list[Flowable]], columns: list[float]) -> list[Flowable]:
    if not paper.attention:
        text = "Ingen aktivitet är försenad, i riskläge eller behöver lyftas."
        if not paper.methods.total.activities:
            text = "Inga aktiviteter är inlagda ännu."
        return [TaggedParagraph(text, look.BODY)]
    heads = ("Aktivitet", "Ansvarig", "Klar senast", "Status och prognos", "Varför")
    rows: list[list[Flowable]] = [[TaggedParagraph(head, look.HEAD) for head in heads]]
    rows += shown
    parts: list[Flowable] = [TaggedTable(rows, columns, table_style(row_padding=1.6))]
    left = len(paper.attention) - len(shown)
    if left:
        parts.append(TaggedParagraph(f"… och {left} till, se handlingsplanen", look.NOTE))
    return parts


def _attention_row(line: AttentionLine, columns: list[float]) -> list[Flowable]:
    widths = [column - 2 * PADDING for column in columns]
    standing = [clamped(line.status, look.CELL, widths[3], 2)]
    if line.forecast:
        standing.append(clamped(line.forecast, look.CELL, widths[3], 1))
    return [
        clamped(line.activity, look.CELL, widths[0], 3),
        clamped(line.responsible or MISSING, look.CELL, widths[1], 2),
        TaggedParagraph(short_day(line.due) if line.due else MISSING, look.CELL),
        Stack(standing),
        clamped(line.reason, look.CELL, widths[4], 3),
    ]
