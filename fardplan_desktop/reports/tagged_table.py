"""A table whose rows, headings and cells are tagged; fills and rules are artifacts.

ReportLab's ``TableRenderCB`` tells when a row, a cell, the fills and the rules begin and end.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from reportlab.platypus import Flowable, Table, TableStyle
from reportlab.platypus.tables import TableRenderCB

from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.tagged_flowables import TaggedFigure


class TaggedTable(Table):
    """Rows of flowables; the first row is headings, and the first cell of every row names it."""

    def __init__(
        self,
        rows: Sequence[Sequence[Flowable]],
        widths: Sequence[float],
        style: TableStyle,
        *,
        heights: Sequence[float | None] | None = None,
        headed_rows: bool = True,
    ) -> None:
        super().__init__(
            [list(row) for row in rows],
            colWidths=list(widths),
            rowHeights=list(heights) if heights else None,
            style=style,
            renderCB=_TableTags(headed_rows),
            hAlign="LEFT",
        )


class _TableTags(TableRenderCB):
    """Opens and closes the elements of one table."""

    def __init__(self, headed_rows: bool) -> None:
        self._headed_rows = headed_rows
        self._table = ExitStack()
        self._row = ExitStack()
        self._part = ExitStack()

    def startTable(self, T: Table) -> None:
        self._table.enter_context(_canvas(T).group("Table"))

    def endTable(self, T: Table) -> None:
        self._table.close()

    def startRow(self, T: Table, rowNo: int) -> None:
        self._row.enter_context(_canvas(T).group("TR"))

    def endRow(self, T: Table) -> None:
        self._row.close()

    def startCell(self, T: Table, rowNo: int, colNo: int, cellval: Any, cellstyle: Any, pos: Any, size: Any) -> None:
        if rowNo == 0:
            cell = _canvas(T).content("TH", scope="Column")
        elif colNo == 0 and self._headed_rows:
            cell = _canvas(T).content("TH", scope="Row")
        elif _holds_figure(cellval):
            self._part.enter_context(_canvas(T).group("TD"))
            return  # The figure is an element of its own within the cell.
        else:
            cell = _canvas(T).content("TD")
        self._part.enter_context(cell)

    def endCell(self, T: Table) -> None:
        self._part.close()

    def startBG(self, T: Table) -> None:
        self._part.enter_context(_canvas(T).artifact("Layout"))

    def endBG(self, T: Table) -> None:
        self._part.close()

    def startLines(self, T: Table) -> None:
        self._part.enter_context(_canvas(T).artifact("Layout"))

    def endLines(self, T: Table) -> None:
        self._part.close()


def _holds_figure(content: Any) -> bool:
    """ReportLab makes a list of a cell's flowables."""
    return isinstance(content, list | tuple) and any(isinstance(each, TaggedFigure) for each in content)


def _canvas(table: Table) -> TaggedCanvas:
    canvas = table.canv
    assert isinstance(canvas, TaggedCanvas)
    return canvas
