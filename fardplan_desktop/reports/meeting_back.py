"""The meeting paper's second page: SIP per month, deviations, questions to lift, and room for decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportlab.platypus import Flowable

from fardplan_desktop.analysis.numbers_sv import number, short_day
from fardplan_desktop.charts.bars import Bar, category_bars, gathered
from fardplan_desktop.charts.lines import LineSeries, monthly_lines
from fardplan_desktop.domain.papers import DecisionLine, MeetingPaper, PaperValue, SipMonth
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, fitted, heading, table_style, value_cell
from fardplan_desktop.reports.tagged_flowables import SideBySide, Stack, TaggedFigure, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable
from fardplan_desktop.reports.values import MISSING, legend
from fardplan_desktop.reports.vector import draw_figure

_MONTHS = 16
_BARS = 9
_BAR = 16.0
_GAP = 18.0
_BLANK_LINES = (3, 9)
_BLANK_HEIGHT = 22.0


class _Setting(NamedTuple):
    """What the parts of the page are set with."""

    paper: MeetingPaper
    width: float
    fonts: Path


def back_page(paper: MeetingPaper, size: tuple[float, float], fonts: Path) -> Stack:
    """Everything on page two, fitted to ``size`` (width and height in points)."""
    setting = _Setting(paper, size[0], fonts)
    charts = [heading("SIP per månad"), *_months(setting), heading("Avvikelser i samverkan"), *_deviations(setting)]

    def build(counts: tuple[int, ...]) -> list[Flowable]:
        questions, decisions, blank = counts
        return [
            *charts,
            heading("Frågor att lyfta"),
            *_questions(setting, questions),
            heading("Beslut"),
            *_decisions(setting, decisions, blank),
        ]

    lists = (len(paper.questions), len(paper.open_decisions))
    most = [*(min(length, 12) for length in lists), _BLANK_LINES[1]]
    least = [*(min(length, 1) for length in lists), _BLANK_LINES[0]]
    return fitted(build, most, least, size)


def _months(setting: _Setting) -> list[Flowable]:
    months = setting.paper.sip_months[-_MONTHS:]
    if not months:
        return [TaggedParagraph("Inga månader är inlagda ännu.", look.BODY)]
    table = _month_table(months)
    right = 176.0
    left = setting.width - right - _GAP
    size = (left, max(table.wrap(right, 1000)[1], 120.0))
    figure = monthly_lines(
        [line.month for line in months],
        [
            LineSeries("Upprättade SIP", [_plotted(line.drawn_up) for line in months]),
            LineSeries("Uppföljda SIP", [_plotted(line.followed_up) for line in months]),
        ],
        size=size,
        fonts=setting.fonts,
    )
    alt = (
        f"Linjediagram: upprättade och uppföljda SIP per månad, {months[0].month.name} till {months[-1].month.name}. "
        "Alla tal står i tabellen efter diagrammet."
    )
    picture = TaggedFigure(size, lambda canvas: draw_figure(canvas, figure), alt)
    parts: list[Flowable] = [SideBySide(picture, table, left, _GAP)]
    explained = legend(value for line in months for value in (line.drawn_up, line.followed_up))
    if explained:
        parts.append(TaggedParagraph(explained, look.NOTE))
    return parts


def _plotted(value: PaperValue) -> int | None:
    return value.number if value.applicable else None


def _month_table(months: Sequence[SipMonth]) -> TaggedTable:
    rows: list[list[Flowable]] = [
        [
            TaggedParagraph("Månad", look.HEAD),
            TaggedParagraph("Upprättade", look.HEAD_NUMBER),
            TaggedParagraph("Uppföljda", look.HEAD_NUMBER),
        ]
    ]
    rows += [
        [
            TaggedParagraph(line.month.short, look.CELL_TIGHT),
            value_cell(line.drawn_up, tight=True),
            value_cell(line.followed_up, tight=True),
        ]
        for line in months
    ]
    return TaggedTable(rows, [56, 60, 60], table_style(row_padding=0.1))


def _deviations(setting: _Setting) -> list[Flowable]:
    paper = setting.paper
    total = paper.deviation_total
    said = {0: "Inga avvikelser är registrerade", 1: "En avvikelse är registrerad"}
    opening = said.get(total, f"{number(total)} avvikelser är registrerade")
    parts: list[Flowable] = [TaggedParagraph(f"{opening} under {paper.period.name}.", look.BODY)]
    findings = Stack([clamped(text, look.ITEM, 186, 5, "P") for text in paper.findings[:3]])
    if not paper.deviations:
        return [*parts, findings] if paper.findings else parts
    left = setting.width - 186 - _GAP
    bars = gathered([Bar(item.category, item.count) for item in paper.deviations], _BARS)
    size = (left, _BAR * len(bars))
    figure = category_bars(bars, size=size, fonts=setting.fonts)
    listed = ", ".join(f"{bar.label} {number(bar.value)}" for bar in bars)
    alt = f"Liggande stapeldiagram: avvikelser per kategori under {paper.period.name}. {listed}."
    picture = TaggedFigure(size, lambda canvas: draw_figure(canvas, figure), alt)
    return [*parts, SideBySide(picture, findings, left, _GAP)]


def _questions(setting: _Setting, shown: int) -> list[Flowable]:
    questions = setting.paper.questions
    if not questions:
        return [TaggedParagraph("Inga frågor är anmälda.", look.BODY)]
    lines = [
        Stack([clamped(f"{place}. {text}", look.ITEM, setting.width, 2, "LBody")], "LI")
        for place, text in enumerate(questions[:shown], 1)
    ]
    parts: list[Flowable] = [Stack(lines, "L")]
    left = len(questions) - shown
    if left:
        parts.append(TaggedParagraph(f"… och {left} till, se mötets dagordning", look.NOTE))
    return parts


def _decisions(setting: _Setting, shown: int, blank: int) -> list[Flowable]:
    decisions = setting.paper.open_decisions
    columns = [setting.width - 210, 130.0, 80.0]
    rows: list[list[Flowable]] = [
        [TaggedParagraph(head, look.HEAD) for head in ("Beslut", "Ansvarig", "Senast")],
        *(_decision_row(line, columns) for line in decisions[:shown]),
    ]
    rows += [[TaggedParagraph("", look.CELL) for _ in columns] for _ in range(blank)]
    heights = [None] * (len(rows) - blank) + [_BLANK_HEIGHT] * blank
    parts: list[Flowable] = [TaggedTable(rows, columns, table_style(), heights=heights, headed_rows=False)]
    left = len(decisions) - shown
    if left:
        parts.insert(0, TaggedParagraph(f"… och {left} öppna beslut till, se beslutslistan", look.ITEM))
    if decisions:
        parts.insert(0, TaggedParagraph("Öppna beslut från tidigare möten står först.", look.ITEM))
    return parts


def _decision_row(line: DecisionLine, columns: Sequence[float]) -> list[Flowable]:
    widths = [column - 2 * PADDING for column in columns]
    return [
        clamped(line.text, look.CELL, widths[0], 2),
        clamped(line.responsible or MISSING, look.CELL, widths[1], 2),
        TaggedParagraph(short_day(line.due) if line.due else MISSING, look.CELL),
    ]
