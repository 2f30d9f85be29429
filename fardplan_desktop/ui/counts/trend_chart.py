"""The latest values of a measure as a line with a dashed median; a gap stays a gap, and the axis starts at zero."""

from __future__ import annotations

import itertools
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.periods import MONTH_SHORT, Period, PeriodType
from fardplan_desktop.services.count_grid import Trend
from fardplan_desktop.ui.counts.grid_words import trend_values
from fardplan_desktop.ui.theme.look import Look

_HEIGHT: Final = 116
_STEPS: Final = (1, 2, 5)
_AT_AXIS: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TrendChart(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trend_chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._trend = Trend("", ())

    def show_trend(self, trend: Trend) -> None:
        self._trend = trend
        self.setAccessibleName(trend_values(trend))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(200), look.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        known = [n for n in self._trend.values if n is not None]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("badge", 400))
        if known:
            self._draw(painter, axis(max(known)))
        else:
            painter.setPen(look.colour("text2"))
            painter.setFont(look.font("side"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Inga tal att visa än")
        painter.end()

    def _draw(self, painter: QPainter, ticks: list[int]) -> None:
        look = Look.of_application()
        left = max(painter.fontMetrics().horizontalAdvance(numbers_sv.number(tick)) for tick in ticks) + look.px(6)
        area = QRectF(self.rect()).adjusted(left, look.px(8), -look.px(14), -look.px(22))

        def height(n: float) -> float:
            return area.bottom() - area.height() * n / ticks[-1]

        for tick in ticks:
            painter.fillRect(QRectF(area.left(), round(height(tick)), area.width(), 1), look.colour("border"))
            painter.setPen(look.colour("text2"))
            words = QRectF(0, height(tick) - look.px(8), left - look.px(6), look.px(16))
            painter.drawText(words, _AT_AXIS, numbers_sv.number(tick))
        median = self._trend.median
        if median is not None:
            painter.setPen(QPen(look.colour("text2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), height(median)), QPointF(area.right(), height(median)))
        points = self._trend.points
        inner = area.adjusted(look.px(6), 0, -look.px(6), 0)
        step = inner.width() / max(1, len(points) - 1)
        places = [None if p.n is None else QPointF(inner.left() + i * step, height(p.n)) for i, p in enumerate(points)]
        self._draw_line(painter, places)
        self._draw_names(painter, inner.left(), step, area.bottom() + look.px(5))

    def _draw_line(self, painter: QPainter, places: list[QPointF | None]) -> None:
        look = Look.of_application()
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for one, other in itertools.pairwise(places):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        painter.setPen(QPen(look.colour("accent"), 1.5))
        for number, place in enumerate(places):
            if place is not None:
                last = number == len(places) - 1
                painter.setBrush(look.colour("accent" if last else "surface"))
                radius = look.px(4 if last else 3)
                painter.drawEllipse(place, radius, radius)

    def _draw_names(self, painter: QPainter, left: float, step: float, top: float) -> None:
        look = Look.of_application()
        painter.setPen(look.colour("text2"))
        points = self._trend.points
        every = max(1, -(-len(points) // 3))
        for number in {*range(0, len(points) - every // 2, every), len(points) - 1}:
            middle = left + number * step
            spot = QRectF(middle - look.px(30), top, look.px(60), look.px(16))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, _name(points[number].period))


def axis(highest: int) -> list[int]:
    """Whole ticks from zero to at least the highest value, four of them at most beside zero."""
    size = 1
    while True:
        for step in (base * size for base in _STEPS):
            if step * 4 >= highest:
                return [step * tick for tick in range(max(2, -(-highest // step) + 1))]
        size *= 10


def _name(period: Period) -> str:
    return MONTH_SHORT[period.first_month - 1] if period.type is PeriodType.MONTH else period.short
