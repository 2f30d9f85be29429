"""The table of the obligatory measures: this period, the one before, and the same one last year."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from fardplan_desktop.domain.papers import MeasureLine
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import PADDING, clamped, table_style, value_cell
from fardplan_desktop.reports.tagged_flowables import TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable
from fardplan_desktop.reports.values import legend


def measure_table(measures: Sequence[MeasureLine], shown: int, period: Period, width: float) -> list[Flowable]:
    """The first ``shown`` measures, how many are left out, and the legend of the words and signs that occur."""
    if not measures:
        return [TaggedParagraph("Inga mått är obligatoriska för perioden.", look.BODY)]
    columns = [width - 3 * 92, 92.0, 92.0, 92.0]
    heads = (period.short, period.previous.short, period.year_before.short)
    rows: list[list[Flowable]] = [
        [TaggedParagraph("Mått", look.HEAD), *(TaggedParagraph(head, look.HEAD_NUMBER) for head in heads)]
    ]
    lines = measures[:shown]
    rows += [_measure_row(line, columns[0] - 2 * PADDING) for line in lines]
    parts: list[Flowable] = [TaggedTable(rows, columns, table_style(row_padding=1.6))]
    left = len(measures) - shown
    if left:
        parts.append(TaggedParagraph(f"… och {left} till, se SIP-uppföljningen", look.NOTE))
    explained = legend(value for line in lines for value in (line.now, line.previous, line.year_before))
    if explained:
        parts.append(TaggedParagraph(explained, look.NOTE))
    return parts


def _measure_row(line: MeasureLine, width: float) -> list[Flowable]:
    label = f"– {line.label.lstrip('– ')}" if line.part else line.label
    values = [line.now, line.previous, line.year_before]
    return [
        clamped(label, look.PART if line.part else look.CELL, width, 2),
        *(value_cell(value, strong=place == 0) for place, value in enumerate(values)),
    ]
