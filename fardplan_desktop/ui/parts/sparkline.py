"""A small line without axes: the last values, a dashed median, a dot on the latest."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look


def draw_sparkline(painter: QPainter, area: QRectF, values: Sequence[float | None], width: float = 1.5) -> None:
    """Draw ``values`` from left to right in ``area``; ``None`` is a gap in the line, never 0."""
    known = [value for value in values if value is not None]
    if not known:
        return
    look = Look.of_application()
    low, span = min(known), (max(known) - min(known)) or 1.0

    def height(value: float) -> float:
        return area.bottom() - area.height() * (value - low) / span

    step = area.width() / max(1, len(values) - 1)
    points = [None if v is None else QPointF(area.left() + i * step, height(v)) for i, v in enumerate(values)]
    middle = height(statistics.median(known))
    painter.setPen(QPen(look.colour("control"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
    line = QPen(look.colour("accent"), width)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(line)
    for one, other in itertools.pairwise(points):
        if one is not None and other is not None:
            painter.drawLine(one, other)
    last = points[-1]
    if last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(last, 2.6, 2.6)


class Sparkline(QWidget):
    """A sparkline that fills its width. ``meaning`` is read aloud instead of the picture."""

    def __init__(self, values: Sequence[float | None], meaning: str = "", *, height: int = 34) -> None:
        super().__init__()
        self._values = tuple(values)
        self._height = height
        self.setObjectName("sparkline")
        self.setAccessibleName(meaning)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_values(self, values: Sequence[float | None]) -> None:
        self._values = tuple(values)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(80), look.px(self._height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sparkline(painter, QRectF(self.rect()).adjusted(2, 4, -6, -4), self._values, 2)
        painter.end()
