"""The indicators of an activity: what is measured, from where to where, and what it showed period by period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Indicator, Outcome
from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.entries import Entry
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.tab_order import tab_in_place
from fardplan_desktop.ui.parts.text import Label

_LONGEST = 200
_NO_PERIOD = "Utan period"


class IndicatorsEntry(Entry):
    """All indicators as one value. Blank ones are no indicators, but stay on show while one writes."""

    def __init__(self, name: str, label: str, periods: Sequence[Period], *, box_name: str) -> None:
        self._box = IndicatorList(periods, name=box_name)
        super().__init__(
            name,
            Field(label, self._box),
            read=lambda: self._box.value,
            show=self._box.show_value,
            leaves=self._box.left,
        )

    @property
    @override
    def withheld(self) -> bool:
        return any(each.guard.withheld for each in self._box.findChildren(TextField))

    @override
    def may_save(self) -> bool:
        return all(each.guard.may_leave() for each in self._box.findChildren(TextField))

    @override
    def refresh(self, value: Any) -> None:
        """What already stands there stays untouched, and with it the caret and the blank rows."""
        if self.read() == value:
            self._shown = value
            self.show_error("")
        else:
            super().refresh(value)


class IndicatorList(QWidget):
    """One block an indicator. ``left`` when a field of any of them has been left."""

    left = Signal()

    def __init__(self, periods: Sequence[Period], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._periods = periods
        self._blocks: list[_Block] = []
        self._column = column(gap=12)
        self._more = Button("Lägg till indikator", "quiet", icon="plus", name=f"{name}_add", on_click=self._add)
        self.setLayout(column(self._column, self._more, gap=8))
        self.show_value(())

    @property
    def value(self) -> tuple[Indicator, ...]:
        return tuple(each for each in (block.value for block in self._blocks) if each != Indicator(text=""))

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*(stop for block in self._blocks for stop in block.stops), self._more]

    def show_value(self, indicators: Sequence[Indicator]) -> None:
        """Anew, with one blank block when there is none."""
        clear(self._column)
        self._blocks = []
        for each in indicators or (Indicator(text=""),):
            self._append(each)
        self._order()

    def _order(self) -> None:
        tab_in_place(self, self.stops)

    def _append(self, indicator: Indicator) -> _Block:
        number = len(self._blocks) + 1
        block = _Block(indicator, self._periods, number, name=f"{self.objectName()}_{number}")
        block.left.connect(self.left)
        block.removed.connect(lambda: self._remove(block))
        block.grown.connect(self._order)
        self._blocks.append(block)
        self._column.addWidget(block)
        return block

    def _add(self) -> None:
        block = self._append(Indicator(text=""))
        self._order()
        block.setFocus()

    def _remove(self, block: _Block) -> None:
        self.show_value([each.value for each in self._blocks if each is not block])
        self._more.setFocus()
        self.left.emit()


class _Block(QWidget):
    """One indicator with its outcomes. ``grown`` when it has got one more field."""

    left = Signal()
    removed = Signal()
    grown = Signal()

    def __init__(self, indicator: Indicator, periods: Sequence[Period], number: int, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._fields = {
            part: TextField(getattr(indicator, part), name=f"{name}_{part}", longest=_LONGEST)
            for part in ("text", "unit", "start", "target")
        }
        for box in self._fields.values():
            box.setCursorPosition(0)
            box.left.connect(self.left)
        self._outcomes = _Outcomes(indicator.outcomes, periods, name=f"{name}_outcomes")
        self._outcomes.left.connect(self.left)
        self._outcomes.grown.connect(self.grown)
        self._away = away = IconButton("x", f"Ta bort indikator {number}", size=24, name=f"{name}_remove")
        away.clicked.connect(lambda _checked=False: self.removed.emit())
        head = row(Label(f"Indikator {number}", "side", "text2", bold=True), None, away)
        text = Field("Vad mäts?", self._fields["text"], hint="Hur märks det att målet nås? Ett tal eller i ord.")
        unit = Field("Enhet", self._fields["unit"], hint="Till exempel antal eller procent.")
        ends = row(Field("Startvärde", self._fields["start"]), Field("Målvärde", self._fields["target"]), gap=8)
        pieces = [] if number == 1 else [Line()]
        self.setLayout(column(*pieces, head, text, unit, ends, self._outcomes, gap=10))
        self.setFocusProxy(self._fields["text"])

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self._away, *self._fields.values(), *self._outcomes.stops]

    @property
    def value(self) -> Indicator:
        told = {part: " ".join(box.text().split()) for part, box in self._fields.items()}
        return Indicator(**told, outcomes=self._outcomes.value)


class _Outcomes(QWidget):
    """An outcome a period; a blank row follows the last that is filled. ``grown`` when one has come."""

    left = Signal()
    grown = Signal()

    def __init__(self, outcomes: Sequence[Outcome], periods: Sequence[Period], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._periods = {each.id: each.short for each in periods}
        self._rows: list[tuple[Combo, TextField]] = []
        self._column = column(gap=4)
        self.setLayout(column(Label("Utfall", "side", bold=True), self._column, gap=4))
        for each in outcomes:
            self._append(each)
        self._follow()

    @property
    def value(self) -> tuple[Outcome, ...]:
        """Those with a text, in the order of time."""
        said = ((period.key, " ".join(box.text().split())) for period, box in self._rows)
        return in_time(Outcome(period=period, value=text) for period, text in said if text)

    @property
    def stops(self) -> list[QWidget]:
        return [piece for pair in self._rows for piece in pair]

    def _append(self, outcome: Outcome) -> None:
        number = len(self._rows) + 1
        period = Combo([], name=f"{self.objectName()}_{number}_period")
        period.setAccessibleName(f"Period för utfall {number}")
        period.addItem(period_word(outcome.period, self._periods), outcome.period)
        name = f"{self.objectName()}_{number}"
        box = TextField(outcome.value, name=name, hint="Utfall", longest=_LONGEST, watch=Watch.IDENTITY)
        box.setAccessibleName(f"Utfall {number}")
        period.picked.connect(lambda _key: self._picked(box))
        box.left.connect(self._left)
        self._rows.append((period, box))
        line = row(period, gap=6)
        line.addWidget(box, 1)
        self._column.addWidget(holder(line, name=f"{self.objectName()}_row"))

    def _picked(self, box: TextField) -> None:
        self._offer()
        if box.text().strip():
            self.left.emit()

    def _left(self) -> None:
        self._follow()
        self.left.emit()

    def _follow(self) -> None:
        """Keep a blank row at the end, for the latest period that has no outcome yet."""
        if not self._rows or self._rows[-1][1].text().strip():
            taken = {period.key for period, _ in self._rows}
            self._append(Outcome(period=next((each for each in self._periods if each not in taken), "")))
            self.grown.emit()
        self._offer()

    def _offer(self) -> None:
        """A period belongs to one row; the others do not offer it."""
        for period, _ in self._rows:
            mine = period.key
            taken = {other.key for other, _ in self._rows} - {mine}
            every = {**{mine: period_word(mine, self._periods)}, **self._periods, "": _NO_PERIOD}
            keys = sorted((key for key in every if key not in taken), key=_time, reverse=True)
            period.set_options([(key, every[key]) for key in keys], mine)
            period.choose(mine)


def in_time(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The order a record keeps: without a period first, then by time."""
    return tuple(sorted(outcomes, key=lambda each: _time(each.period)))


def period_word(period: str, known: dict[str, str]) -> str:
    """``T2 2026``; a period of another kind than those reported now is told too."""
    if not period:
        return _NO_PERIOD
    return known.get(period) or parse_period(period).short


def _time(period: str) -> tuple[int, str]:
    """Where a period lies in time; what has none, or one that cannot be read, comes before the others."""
    try:
        found = parse_period(period)
    except InputProblem:
        return (0, period)
    return (found.year * 12 + found.first_month, period)
