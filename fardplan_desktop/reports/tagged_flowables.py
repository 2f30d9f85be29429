"""Flowables that tell the canvas what they are: paragraphs, lists, figures, rules, and two things side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from fardplan_desktop.reports.tagged_canvas import TaggedCanvas


class TaggedParagraph(Paragraph):
    """A paragraph of ReportLab markup as the element ``tag``."""

    canv: TaggedCanvas

    def __init__(self, markup: str, style: ParagraphStyle, tag: str = "P") -> None:
        super().__init__(markup, style)
        self.tag = tag

    def draw(self) -> None:
        with self.canv.content(self.tag):
            super().draw()


class TaggedFigure(Flowable):
    """A picture with a text alternative; ``paint`` draws from its lower left corner."""

    canv: TaggedCanvas

    def __init__(self, size: tuple[float, float], paint: Callable[[TaggedCanvas], None], alt: str) -> None:
        super().__init__()
        self.width, self.height = size
        self._paint = paint
        self._alt = alt

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        with self.canv.content("Figure", alt=self._alt) as element:
            element.box = (x, y, x + self.width, y + self.height)
            self._paint(self.canv)


class Rule(Flowable):
    """A thin line over the whole width, not read aloud."""

    canv: TaggedCanvas

    def __init__(self, colour: str, thickness: float, after: float) -> None:
        super().__init__()
        self._colour = colour
        self._thickness = thickness
        self.height = thickness
        self.spaceAfter = after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        with self.canv.artifact("Layout"):
            self.canv.setStrokeColor(self._colour)
            self.canv.setLineWidth(self._thickness)
            self.canv.line(0, 0, self.width, 0)


class Stack(Flowable):
    """Flowables under each other, from the top; with ``tag`` they are the parts of one element."""

    canv: TaggedCanvas

    def __init__(self, parts: Sequence[Flowable], tag: str = "") -> None:
        super().__init__()
        self._parts = parts
        self._tag = tag
        self._heights: list[float] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self._heights = [
            part.getSpaceBefore() * (place > 0) + part.wrap(aW, aH)[1] + part.getSpaceAfter()
            for place, part in enumerate(self._parts)
        ]
        self.width, self.height = aW, sum(self._heights)
        return self.width, self.height

    def draw(self) -> None:
        if self._tag:
            with self.canv.group(self._tag):
                self._draw_parts()
        else:
            self._draw_parts()

    def _draw_parts(self) -> None:
        top = self.height
        for part, height in zip(self._parts, self._heights, strict=True):
            top -= height
            part.drawOn(self.canv, 0, top + part.getSpaceAfter())


class SideBySide(Flowable):
    """Two flowables with their tops in line, read from left to right; ``left`` is the width of the first."""

    canv: TaggedCanvas

    def __init__(self, first: Flowable, second: Flowable, left: float, gap: float) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._left, self._gap = left, gap
        self._heights = (0.0, 0.0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        right = aW - self._left - self._gap
        self._heights = (self._first.wrap(self._left, aH)[1], self._second.wrap(right, aH)[1])
        self.width, self.height = aW, max(self._heights)
        return self.width, self.height

    def draw(self) -> None:
        self._first.drawOn(self.canv, 0, self.height - self._heights[0])
        self._second.drawOn(self.canv, self._left + self._gap, self.height - self._heights[1])
