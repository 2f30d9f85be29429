"""The period at a glance above the list: how many, of what kind, how they were answered. More is not worse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services.deviation_list import Glance
from fardplan_desktop.ui.parts.card import Card, Line
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.theme.look import Look

_MOST_BARS: Final = 4
_ROW: Final = 24
_NOT_WORSE: Final = "Fler rapporter betyder inte att det har blivit sämre."


class Bars(QWidget):
    """Names, bars and numbers under each other; read aloud as a sentence."""

    def __init__(self, *, name: str = "category_bars") -> None:
        super().__init__()
        self.setObjectName(name)
        self._bars: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleName(", ".join(f"{label} {count}" for label, count in self._bars))
        self.setToolTip("\n".join(f"{label}: {count}" for label, count in self._bars))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(260), max(1, len(self._bars)) * look.px(_ROW))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Look.of_application().px(160), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look = Look.of_application()
        painter = QPainter(self)
        painter.setFont(look.font("side"))
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(label) for label, _ in self._bars)
        words = min(widest + look.px(12), self.width() * 0.55)
        room = self.width() - words - look.px(36)
        most = max(count for _, count in self._bars)
        for at, (label, count) in enumerate(self._bars):
            top, height = at * look.px(_ROW), look.px(_ROW)
            painter.setPen(look.colour("text"))
            shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, int(words - look.px(8)))
            painter.drawText(QRectF(0, top, words, height), Qt.AlignmentFlag.AlignVCenter, shown)
            bar = QRectF(words, top + height / 2 - look.px(5), max(2.0, room * count / most), look.px(10))
            painter.fillRect(bar, look.colour("accent"))
            number = QRectF(bar.right() + look.px(8), top, look.px(36), height)
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, numbers_sv.number(count))
        painter.end()


class PeriodStrip(Card):
    """``show_period`` fills it; ``set_compact`` leaves one line of it."""

    def __init__(self, book: CodeBook) -> None:
        super().__init__(gap=0, margins=(16, 10, 16, 10), name="period_strip")
        self._book = book
        self._line = Label("", "side", name="strip_line", wrap=True)
        self._total = Label("", "key_figure", name="strip_total")
        self._what = secondary("", wrap=True)
        self._bars = Bars()
        self._answered, self._fed_back = Label("", "strong"), Label("", "strong")
        answers = column(
            self._answered, secondary("besvarade i tid"), 6, self._fed_back, secondary("återkopplade"), None, gap=0
        )
        number = column(self._total, self._what, secondary(_NOT_WORSE, wrap=True), None, gap=2)
        whole = row(gap=20)
        whole.addLayout(number, 2)
        whole.addWidget(Line(standing=True))
        whole.addWidget(self._bars, 4)
        whole.addWidget(Line(standing=True))
        whole.addLayout(answers, 1)
        self._whole = holder(whole)
        self.pieces.addWidget(self._line)
        self.pieces.addWidget(self._whole)
        self._compact, self._empty = False, True
        self._arrange()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._arrange()

    def _arrange(self) -> None:
        """A period without deviations has nothing to draw: one line says so."""
        one_line = self._compact or self._empty
        self._line.setVisible(one_line)
        self._whole.setVisible(not one_line)

    def show_period(self, period: Period, glance: Glance) -> None:
        """What was registered in the period, as it stands today."""
        self._total.setText(numbers_sv.number(glance.total))
        self._what.setText(f"registrerade i {period.name}, {numbers_sv.number(glance.open)} öppna")
        self._bars.show_bars(self._category_bars(glance))
        answers = glance.answers
        in_time = numbers_sv.of(answers.in_time, answers.answered) if answers.answered else "inga svar än"
        fed_back = numbers_sv.of(glance.fed_back, glance.total)
        self._answered.setText(in_time)
        self._fed_back.setText(fed_back)
        how_many = numbers_sv.number(glance.total) if glance.total else "inga"
        words = [f"{period.name.capitalize()}: {how_many} registrerade"]
        if glance.answers.answered:
            words.append(f"{in_time} besvarade i tid")
        if glance.total:
            words.append(f"{fed_back} återkopplade")
        self._line.setText(", ".join(words) + (f". {_NOT_WORSE}" if glance.total else "."))
        self._empty = not glance.total
        self._arrange()

    def _category_bars(self, glance: Glance) -> list[tuple[str, int]]:
        """The most common; what does not fit is one bar, so that the sum stays the same."""
        bars = [(self._book.label("kategori", code), count) for code, count in glance.by_category]
        if len(bars) <= _MOST_BARS:
            return bars
        rest = bars[_MOST_BARS - 1 :]
        return [*bars[: _MOST_BARS - 1], (f"{len(rest)} andra kategorier", sum(count for _, count in rest))]
