"""Tidslinje: the activities of a year as bars under its months, in a table that a screen reader reads as sentences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from fardplan_desktop.analysis.timeline_words import bar_words, share_of_year
from fardplan_desktop.domain.periods import MONTH_SHORT
from fardplan_desktop.domain.timeline import Bar, Timeline
from fardplan_desktop.ui.activities.table_model import BAR_ROLE, ActivityModel, Heading, Row
from fardplan_desktop.ui.parts.record_table import RecordDelegate, RecordHeader, RecordTable
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token

BAR_COLUMN: Final = 2
_STATUS: Final = 1
_WIDTHS: Final = (222, 152, 0)
_LEAST: Final = 440
"""Design px the twelve months need, so that every name has room."""
_THICK: Final = 14
_RING: Final = 9
_Index = QModelIndex | QPersistentModelIndex


class TimelineTable(RecordTable):
    """Shows a Timeline; rows are chosen and opened as in the other table."""

    def __init__(self) -> None:
        super().__init__("Tidslinje", name="activities_timeline", status_columns=(_STATUS,))
        self.year = 0
        self.today = date.min
        self.setHorizontalHeader(_TimelineHeader(self))
        self.setItemDelegateForColumn(BAR_COLUMN, _BarDelegate(self))
        self.rows = ActivityModel(self, ("Aktivitet", "Status", "Januari till december"))
        self.setModel(self.rows)
        self.set_widths(*_WIDTHS, least=_LEAST)

    def show_timeline(self, shown: Timeline) -> None:
        self.year, self.today = shown.year, shown.today
        found: list[Heading | Row] = []
        for group in shown.groups:
            if group.words:
                found.append(Heading(group.words, len(group.bars)))
            found.extend(_row(bar, shown.year) for bar in group.bars)
        self.rows.show_rows(found)
        self.clearSpans()
        for row in self.rows.headings:
            self.setSpan(row, 0, 1, self.rows.columnCount())


class _TimelineHeader(RecordHeader):
    """The names of the months over the bars."""

    def __init__(self, table: TimelineTable) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex != BAR_COLUMN:
            super().paintSection(painter, rect, logicalIndex)
            return
        look = Look.of_application()
        painter.save()
        painter.fillRect(rect, look.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("control"))
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour("text2"))
        area, step = _months(rect), _months(rect).width() / 12
        for month, name in enumerate(MONTH_SHORT):
            spot = QRectF(area.left() + month * step + look.px(3), rect.top(), step, rect.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


class _BarDelegate(RecordDelegate):
    """Draws a bar in place of the words that say the same."""

    def __init__(self, table: TimelineTable) -> None:
        super().__init__(table)
        self._timeline = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        bar = index.data(BAR_ROLE)
        if not isinstance(bar, Bar):
            super().paint(painter, option, index)
            return
        painter.save()
        area: QRect = option.rect
        self.draw_ground(painter, area, index)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = _Drawn(painter, bar, self._timeline, _months(area))
        drawn.months()
        drawn.span()
        drawn.today()
        drawn.late()
        drawn.marks()
        painter.restore()


class _Drawn:
    """One bar on its ground."""

    def __init__(self, painter: QPainter, bar: Bar, table: TimelineTable, area: QRectF) -> None:
        self._painter, self._bar, self._area = painter, bar, area
        self._year, self._now = table.year, table.today
        self._look = Look.of_application()
        self._middle = area.center().y()
        self._thick = self._look.px(_THICK)

    def months(self) -> None:
        for month in range(13):
            x = round(self._area.left() + month * self._area.width() / 12)
            self._painter.fillRect(x, round(self._area.top()), 1, round(self._area.height()), self._colour("border"))

    def span(self) -> None:
        """Full for what is ended, tinted for what is under way, empty for what has not begun; dashes without end."""
        bar, painter = self._bar, self._painter
        if bar.start is not None and bar.end is not None:
            left, right = self._at(bar.start), self._at(bar.end + timedelta(days=1))
            if right > left:
                ground: Token = "accent" if bar.ended else "accent_tint" if bar.begun else "surface"
                painter.setPen(QPen(self._colour("accent" if bar.begun or bar.ended else "control"), 1.5))
                painter.setBrush(self._colour(ground))
                body = QRectF(left, self._middle - self._thick / 2, right - left, self._thick)
                painter.drawRoundedRect(body, self._look.px(3), self._look.px(3))
        elif bar.start is not None:
            self._dashes(self._at(bar.start), self._area.right(), "accent")
            self._edge(bar.start)
        elif bar.end is not None:
            self._edge(bar.end)

    def today(self) -> None:
        if self._now.year == self._year:
            x, width = round(self._at(self._now)), max(2, self._look.px(2))
            self._painter.fillRect(x, round(self._area.top()), width, round(self._area.height()), self._colour("text2"))

    def late(self) -> None:
        """Dashes from the last day until today, and a flag where it should have ended."""
        bar = self._bar
        if not bar.late or bar.end is None:
            return
        at = self._at(bar.end + timedelta(days=1))
        self._dashes(at, self._at(self._now), "warn")
        if bar.end.year == self._year:
            spot = self._look.icon_rect(at, self._middle - self._thick / 2, 16)
            self._painter.drawPixmap(spot.topLeft(), self._look.pixmap("flag", "warn", 16, bold=True))

    def marks(self) -> None:
        """A full ring for a check-in that was made, an empty one for what is planned."""
        self._painter.setPen(QPen(self._colour("surface"), 1.5))
        for mark in self._bar.marks:
            if mark.day.year == self._year:
                self._painter.setPen(QPen(self._colour("text" if mark.planned else "surface"), 1.5))
                self._painter.setBrush(self._colour("surface" if mark.planned else "text"))
                half = self._look.px(_RING) / 2
                self._painter.drawEllipse(QPointF(self._at(mark.day), self._middle), half, half)

    def _edge(self, day: date) -> None:
        """A stated day whose other end is not."""
        if day.year == self._year:
            width = self._look.px(3)
            self._painter.fillRect(
                QRectF(self._at(day), self._middle - self._thick / 2, width, self._thick), self._colour("accent")
            )

    def _dashes(self, left: float, right: float, token: Token) -> None:
        if right > left:
            self._painter.setPen(QPen(self._colour(token), 1.5, Qt.PenStyle.DashLine))
            self._painter.drawLine(QPointF(left, self._middle), QPointF(right, self._middle))

    def _at(self, day: date) -> float:
        return self._area.left() + share_of_year(day, self._year) * self._area.width()

    def _colour(self, token: Token) -> QColor:
        return self._look.colour(token)


def _row(bar: Bar, year: int) -> Row:
    return Row(bar.activity, (bar.title, bar.status, bar_words(bar, year)), bar)


def _months(cell: QRect) -> QRectF:
    """Where the twelve months lie in the cell."""
    side = Look.of_application().px(12)
    return QRectF(cell).adjusted(side, 0, -side, -1)
