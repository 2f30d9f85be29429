"""One bar of the printed timeline, drawn as lines and fills that can be told apart without colour."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reportlab.lib.colors import HexColor

from fardplan_desktop.analysis.timeline_words import bar_words, share_of_year
from fardplan_desktop.domain.periods import MONTH_SHORT
from fardplan_desktop.domain.timeline import Bar
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.tagged_flowables import TaggedFigure, TaggedParagraph

_THICK = 8.0
_LEAST = 14.0
_RING = 2.4


class MonthHeads(TaggedParagraph):
    """The names of the months over their part of the column; read as one heading."""

    def __init__(self, width: float) -> None:
        super().__init__(" ".join(MONTH_SHORT), look.HEAD)
        self._width = width

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        super().wrap(10_000, aH)
        self.height = look.HEAD.leading
        return self._width, self.height

    def draw(self) -> None:
        with self.canv.content("Span"):
            self.canv.setFont(look.HEAD.fontName, look.HEAD.fontSize)
            self.canv.setFillColor(look.HEAD.textColor)
            for month, name in enumerate(MONTH_SHORT):
                self.canv.drawString(month * self._width / 12 + 1.5, 2, f"{name} ")


def bar_figure(bar: Bar, year: int, today: date, size: tuple[float, float]) -> TaggedFigure:
    """The activity's days in the year; the text alternative says the same."""
    width, height = size[0], max(size[1], _LEAST)

    def paint(canvas: TaggedCanvas) -> None:
        drawn = _Drawn(canvas, bar, year, width, height)
        canvas.saveState()
        drawn.months()
        drawn.span()
        if today.year == year:
            drawn.today(today)
        if bar.late:
            drawn.late(today)
        drawn.marks()
        canvas.restoreState()

    return TaggedFigure((width, height), paint, bar_words(bar, year))


class _Drawn(NamedTuple):
    """A bar on its ground, from the lower left corner."""

    canvas: TaggedCanvas
    bar: Bar
    year: int
    width: float
    height: float

    def months(self) -> None:
        self.canvas.setStrokeColor(HexColor(look.RULE))
        self.canvas.setLineWidth(0.4)
        for month in range(13):
            self.canvas.line(month * self.width / 12, 0, month * self.width / 12, self.height)

    def span(self) -> None:
        """Full for what is ended, tinted for what is under way, empty for what has not begun; dashed without end."""
        canvas, bar = self.canvas, self.bar
        canvas.setStrokeColor(HexColor(look.BLUE))
        canvas.setLineWidth(0.9)
        if bar.start is not None and bar.end is not None:
            left, right = self._at(bar.start), self._at(_after(bar.end))
            if right > left:
                fill = look.BLUE if bar.ended else look.LIGHT_BLUE if bar.begun else look.WHITE
                canvas.setFillColor(HexColor(fill))
                canvas.rect(left, self._low, right - left, _THICK, fill=1)
        elif bar.start is not None:
            self._dashes(self._at(bar.start), self.width)
            self._edge(bar.start)
        elif bar.end is not None:
            self._edge(bar.end)

    def today(self, today: date) -> None:
        at = self._at(today)
        self.canvas.setStrokeColor(HexColor(look.INK))
        self.canvas.setLineWidth(0.9)
        self.canvas.line(at, 0, at, self.height)

    def late(self, today: date) -> None:
        """Dashes from the last day until today, and a flag where it should have ended."""
        canvas, end = self.canvas, self.bar.end
        assert end is not None, "only what has a last day is late"
        canvas.setStrokeColor(HexColor(look.ORANGE))
        canvas.setFillColor(HexColor(look.ORANGE))
        canvas.setLineWidth(1)
        at, top = self._at(_after(end)), self._low + _THICK + 3
        self._dashes(at, self._at(today))
        if end.year == self.year:
            canvas.line(at, self._low - 1, at, top)
            flag = canvas.beginPath()
            flag.moveTo(at, top)
            flag.lineTo(at + 5, top - 2)
            flag.lineTo(at, top - 4)
            flag.close()
            canvas.drawPath(flag, fill=1)

    def marks(self) -> None:
        """A full ring for a check-in that was made, an empty one for what is planned."""
        self.canvas.setLineWidth(0.9)
        for mark in self.bar.marks:
            if mark.day.year == self.year:
                self.canvas.setStrokeColor(HexColor(look.INK if mark.planned else look.WHITE))
                self.canvas.setFillColor(HexColor(look.WHITE if mark.planned else look.INK))
                self.canvas.circle(self._at(mark.day), self.height / 2, _RING, fill=1)

    @property
    def _low(self) -> float:
        return (self.height - _THICK) / 2

    def _at(self, day: date) -> float:
        return share_of_year(day, self.year) * self.width

    def _dashes(self, left: float, right: float) -> None:
        if right > left:
            self.canvas.setDash(1.5, 1.5)
            self.canvas.line(left, self.height / 2, right, self.height / 2)
            self.canvas.setDash()

    def _edge(self, day: date) -> None:
        """A stated day whose other end is not."""
        if day.year == self.year:
            self.canvas.setLineWidth(2)
            self.canvas.line(self._at(day), self._low, self._at(day), self._low + _THICK)


def _after(day: date) -> date:
    """The bar holds its last day."""
    return date.fromordinal(day.toordinal() + 1)
